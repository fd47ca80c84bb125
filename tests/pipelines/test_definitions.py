"""What Dagster loads: a change of the graph, the job, the schedule or the sensors is seen here in review."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path

import dagster as dg
from definitions_text import PATH, definitions_text

from outreach.deployment import Deployment
from outreach.policy import regions
from pipelines.definitions import build_defs
from pipelines.partitions import night_key

ROOT = Path(__file__).resolve().parents[2]


def test_the_definitions_are_those_of_the_snapshot(defs: dg.Definitions) -> None:
    """Meant? ``python tests/pipelines/definitions_text.py`` writes the file; commit it with the change."""
    assert definitions_text(defs) == PATH.read_text(encoding="utf-8")


def test_every_asset_has_a_description_and_an_owner(defs: dg.Definitions) -> None:
    graph = defs.resolve_asset_graph()
    for key in graph.get_all_asset_keys():
        node = graph.get(key)
        assert node.group_name == key.path[0]
        assert node.owners, key
        assert node.kinds, key
        english, chinese = str(node.description).split("\n\n")
        assert english, key
        assert any("\u4e00" <= character <= "\u9fff" for character in chinese), key


def test_a_check_has_a_result_for_each_region_and_night(defs: dg.Definitions) -> None:
    graph = defs.resolve_asset_graph()
    partitions = graph.get(dg.AssetKey(["landing", "batch"])).partitions_def
    assert partitions is not None
    assert {graph.get(key).partitions_def for key in graph.asset_check_keys} == {partitions}


def test_partitions_are_every_region_and_every_day_to_today(
    defs: dg.Definitions, deployment: Deployment
) -> None:
    partitions = defs.resolve_job_def("nightly").partitions_def
    assert isinstance(partitions, dg.MultiPartitionsDefinition)
    by_region = partitions.get_partitions_def_for_dimension("region")
    assert set(by_region.get_partition_keys()) == set(regions(deployment.policies))
    # 16:30 UTC on the 19th is half past midnight on the 20th in China.
    clock = dt.datetime(2026, 11, 19, 16, 30, tzinfo=dt.UTC)
    with dg.partition_loading_context(effective_dt=clock):
        by_date = partitions.get_partitions_def_for_dimension("date")
        assert by_date.get_last_partition_key() == "2026-11-20"


def test_a_night_ahead_of_the_clock_can_be_requested(deployment: Deployment) -> None:
    day = dt.date.today() + dt.timedelta(days=40)  # noqa: DTZ011
    job = build_defs(deployment, including=day).resolve_job_def("nightly")
    assert job.partitions_def is not None
    assert job.partitions_def.has_partition_key(night_key("yaohai", day))


def test_a_deployment_loads_them(tmp_path: Path) -> None:
    dagster = Path(sys.executable).parent / "dagster"
    loaded = subprocess.run(
        [dagster, "definitions", "validate", "--workspace", ROOT / "workspace.yaml"],
        cwd=ROOT,
        env={"DAGSTER_HOME": str(tmp_path), "OUTREACH_HOME": str(tmp_path / "home"), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert loaded.returncode == 0, loaded.stderr
