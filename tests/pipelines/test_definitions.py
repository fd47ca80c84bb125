"""What Dagster loads: a change of the graph, the job, the schedule or the sensors is seen here in review."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path

import dagster as dg

from contracts.extracts import EXTRACT_BY_NAME
from outreach.policy import regions
from pipelines.definitions import build_defs
from pipelines.partitions import night_key
from pipelines.place import Place

ROOT = Path(__file__).resolve().parents[2]
DEPENDENCIES = {
    "landing/batch": set(),
    **{f"intake/{name}": {"landing/batch"} for name in EXTRACT_BY_NAME},
    "identity/person": {f"intake/{name}" for name in EXTRACT_BY_NAME},
    "facts/person": {"identity/person"},
    "decisions/decision": {"facts/person"},
    "indicators/indicator": {"decisions/decision"},
    "changes/change": {"decisions/decision"},
    "mart/candidate": {"decisions/decision", "changes/change", "indicators/indicator"},
    "release/snapshot": {"mart/candidate"},
    "release/analyst": {"mart/candidate"},
    "release/lists": {"mart/candidate"},
    "release/publication": {"release/snapshot", "release/analyst", "release/lists"},
}


def test_the_graph_is_the_way_of_the_data(defs: dg.Definitions) -> None:
    graph = defs.resolve_asset_graph()
    found = {
        key.to_user_string(): {parent.to_user_string() for parent in graph.get(key).parent_keys}
        for key in graph.get_all_asset_keys()
    }
    assert found == DEPENDENCIES


def test_every_asset_says_what_it_is_and_who_answers_for_it(defs: dg.Definitions) -> None:
    graph = defs.resolve_asset_graph()
    for key in graph.get_all_asset_keys():
        node = graph.get(key)
        assert node.group_name == key.path[0]
        assert node.owners, key
        assert node.kinds, key
        english, chinese = node.description.split("\n\n")
        assert english, key
        assert any("\u4e00" <= character <= "\u9fff" for character in chinese), key


def test_every_extract_has_its_blocking_checks(defs: dg.Definitions) -> None:
    graph = defs.resolve_asset_graph()
    checks = {key: graph.get_check_spec(key) for key in graph.asset_check_keys}
    found = {f"{key.asset_key.to_user_string()}:{key.name}" for key in checks}
    of_extracts = {
        f"intake/{name}:{check}"
        for name in EXTRACT_BY_NAME
        for check in ("delivered", "contract", "conservation", "volume")
    }
    in_order = "release/publication:in_order"
    assert found == of_extracts | {"identity/person:every_row_linked_once", in_order}
    blocking = {key.name for key, spec in checks.items() if spec.blocking}
    assert blocking == {key.name for key in checks} - {"in_order"}


def test_a_check_has_a_result_for_each_region_and_night(defs: dg.Definitions) -> None:
    graph = defs.resolve_asset_graph()
    partitions = graph.get(dg.AssetKey(["landing", "batch"])).partitions_def
    assert partitions is not None
    assert {graph.get(key).partitions_def for key in graph.asset_check_keys} == {partitions}


def test_one_job_one_schedule_and_the_sensors(defs: dg.Definitions) -> None:
    repository = defs.get_repository_def()
    jobs = {job.name for job in repository.get_all_jobs()} - {"__ASSET_JOB"}
    assert jobs == {"nightly"}
    schedules = {(s.name, s.cron_schedule, s.execution_timezone) for s in repository.schedule_defs}
    assert schedules == {("nightly_0200", "0 2 * * *", "Asia/Shanghai")}
    assert {s.name for s in repository.sensor_defs} == {
        "completed_batch",
        "extract_refused",
        "missing_batch",
        "night_failed",
    }


def test_partitions_are_every_region_and_every_day_to_today(defs: dg.Definitions, place: Place) -> None:
    partitions = defs.resolve_job_def("nightly").partitions_def
    assert isinstance(partitions, dg.MultiPartitionsDefinition)
    by_region = partitions.get_partitions_def_for_dimension("region")
    assert set(by_region.get_partition_keys()) == set(regions(place.policies))
    # 16:30 UTC on the 19th is half past midnight on the 20th in China.
    clock = dt.datetime(2026, 11, 19, 16, 30, tzinfo=dt.UTC)
    with dg.partition_loading_context(effective_dt=clock):
        by_date = partitions.get_partitions_def_for_dimension("date")
        assert by_date.get_last_partition_key() == "2026-11-20"


def test_a_night_ahead_of_the_clock_can_be_asked_for(place: Place) -> None:
    day = dt.date.today() + dt.timedelta(days=40)  # noqa: DTZ011
    job = build_defs(place, including=day).resolve_job_def("nightly")
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
