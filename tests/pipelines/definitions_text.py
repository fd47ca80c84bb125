"""What Dagster loads, as text: ``python tests/pipelines/definitions_text.py`` writes ``definitions.txt``.

A change of the graph, the checks, the job, the schedule or the sensors is seen there in review.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import dagster as dg

PATH = Path(__file__).with_name("definitions.txt")


def definitions_text(defs: dg.Definitions) -> str:
    """Assets by group with what they depend on and their checks; partitions, jobs, schedules, sensors."""
    return "\n".join(["# Made by: python tests/pipelines/definitions_text.py", *_lines(defs), ""])


def _lines(defs: dg.Definitions) -> Iterator[str]:
    graph = defs.resolve_asset_graph()
    checks: dict[dg.AssetKey, list[str]] = {}
    for check in graph.asset_check_keys:
        kind = "blocking" if graph.get_check_spec(check).blocking else "warning"
        checks.setdefault(check.asset_key, []).append(f"{check.name} ({kind})")
    nodes = [graph.get(key) for key in graph.toposorted_asset_keys]
    for group in dict.fromkeys(node.group_name for node in nodes):
        yield from ("", f"group {group}")
        for node in sorted((n for n in nodes if n.group_name == group), key=lambda n: n.key):
            label = node.metadata.get("label")
            yield f"  asset {node.key.to_user_string()}  {label}  {'+'.join(sorted(node.kinds))}"
            yield from (f"    needs {parent.to_user_string()}" for parent in sorted(node.parent_keys))
            yield from (f"    check {name}" for name in sorted(checks.get(node.key, ())))
    yield from ("", "partitions")
    for partitions in {node.partitions_def for node in nodes}:
        assert isinstance(partitions, dg.MultiPartitionsDefinition)
        for dimension in partitions.partitions_defs:
            yield f"  {dimension.name}: {type(dimension.partitions_def).__name__}"
    repository = defs.get_repository_def()
    yield from ("", "jobs")
    for job in sorted(repository.get_all_jobs(), key=lambda job: job.name):
        yield f"  {job.name}: {len(list(job.nodes))} steps"
    yield from ("", "schedules")
    for schedule in repository.schedule_defs:
        yield (
            f"  {schedule.name}: {schedule.cron_schedule} {schedule.execution_timezone}, job "
            f"{schedule.job_name}, {schedule.default_status.value}"
        )
    yield from ("", "sensors")
    for sensor in sorted(repository.sensor_defs, key=lambda sensor: sensor.name):
        target = f", job {sensor.job_name}" if sensor.has_jobs else ""
        yield (
            f"  {sensor.name}: {sensor.sensor_type.value}, every {sensor.minimum_interval_seconds or 30} s"
            f"{target}, {sensor.default_status.value}"
        )
    yield from ("", "resources")
    yield from (f"  {name}" for name in sorted(defs.resources or {}))


if __name__ == "__main__":
    from outreach.deployment import Deployment
    from pipelines.definitions import build_defs

    PATH.write_text(definitions_text(build_defs(Deployment.find())), encoding="utf-8")
