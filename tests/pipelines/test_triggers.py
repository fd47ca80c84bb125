"""When a night starts by itself: at 02:00, and when a batch is completed or delivered again."""

from __future__ import annotations

import datetime as dt
import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import dagster as dg
import pytest

from outreach.deployment import Deployment
from pipelines.jobs import BATCH_TAG
from pipelines.partitions import today

SHANGHAI = ZoneInfo("Asia/Shanghai")


def deliver(deployment: Deployment, region: str, day: dt.date, age: float = 3600) -> Path:
    folder = deployment.landing / region / day.isoformat()
    folder.mkdir(parents=True)
    for name in ("household_register.csv", "_SUCCESS"):
        (folder / name).touch()
        os.utime(folder / name, (time.time() - age, time.time() - age))
    return folder


@pytest.fixture
def instance(tmp_path: Path) -> Iterator[dg.DagsterInstance]:
    home = tmp_path / "dagster"
    home.mkdir()
    with dg.DagsterInstance.local_temp(str(home), overrides={"telemetry": {"enabled": False}}) as instance:
        yield instance


def fire(defs: dg.Definitions, instance: dg.DagsterInstance, at: dt.datetime) -> list[dg.RunRequest]:
    repository = defs.get_repository_def()
    # Left open, a context leaves its instance behind as that of every definition loaded later.
    with dg.build_schedule_context(
        instance=instance, scheduled_execution_time=at, repository_def=repository, resources=defs.resources
    ) as context:
        return list(repository.get_schedule_def("nightly_0200").evaluate_tick(context).run_requests or [])


def look(defs: dg.Definitions, instance: dg.DagsterInstance) -> list[dg.RunRequest]:
    repository = defs.get_repository_def()
    with dg.build_sensor_context(
        instance=instance, repository_def=repository, resources=defs.resources
    ) as context:
        return list(repository.get_sensor_def("completed_batch").evaluate_tick(context).run_requests or [])


def keys(requests: list[dg.RunRequest]) -> set[tuple[str, str]]:
    found = set()
    for request in requests:
        date, region = str(request.partition_key).split("|")
        found.add((region, date))
    return found


def test_at_two_the_days_own_batch_is_run(
    defs: dg.Definitions, deployment: Deployment, instance: dg.DagsterInstance
) -> None:
    deliver(deployment, "yaohai", dt.date(2026, 11, 20))
    deliver(deployment, "yanling", dt.date(2026, 11, 19))
    at = dt.datetime(2026, 11, 20, 2, 0, tzinfo=SHANGHAI)
    assert keys(fire(defs, instance, at)) == {("yaohai", "2026-11-20")}


def test_two_in_shanghai_is_the_evening_before_in_utc(
    defs: dg.Definitions, deployment: Deployment, instance: dg.DagsterInstance
) -> None:
    deliver(deployment, "yaohai", dt.date(2026, 11, 20))
    at = dt.datetime(2026, 11, 19, 18, 0, tzinfo=dt.UTC)
    assert keys(fire(defs, instance, at)) == {("yaohai", "2026-11-20")}


def test_a_region_without_a_complete_batch_is_left_alone(
    defs: dg.Definitions, deployment: Deployment, instance: dg.DagsterInstance
) -> None:
    (deliver(deployment, "yaohai", dt.date(2026, 11, 20)) / "_SUCCESS").unlink()
    assert fire(defs, instance, dt.datetime(2026, 11, 20, 2, 0, tzinfo=SHANGHAI)) == []


def test_the_schedule_does_not_repeat_what_the_sensor_started(
    defs: dg.Definitions, deployment: Deployment, instance: dg.DagsterInstance
) -> None:
    deliver(deployment, "yaohai", today())
    (request,) = look(defs, instance)
    instance.create_run_for_job(
        defs.resolve_job_def("nightly"), tags=dict(request.tags), status=dg.DagsterRunStatus.SUCCESS
    )
    two = dt.datetime.combine(today(), dt.time(2), tzinfo=SHANGHAI)
    assert fire(defs, instance, two) == []


def test_a_failed_run_is_not_a_run(
    defs: dg.Definitions, deployment: Deployment, instance: dg.DagsterInstance
) -> None:
    deliver(deployment, "yaohai", today())
    (request,) = look(defs, instance)
    instance.create_run_for_job(
        defs.resolve_job_def("nightly"), tags=dict(request.tags), status=dg.DagsterRunStatus.FAILURE
    )
    two = dt.datetime.combine(today(), dt.time(2), tzinfo=SHANGHAI)
    assert keys(fire(defs, instance, two)) == {("yaohai", today().isoformat())}


def test_a_completed_batch_starts_its_night(
    defs: dg.Definitions, deployment: Deployment, instance: dg.DagsterInstance
) -> None:
    yesterday = today() - dt.timedelta(days=1)
    deliver(deployment, "yanling", yesterday)
    (request,) = look(defs, instance)
    assert keys([request]) == {("yanling", yesterday.isoformat())}
    assert request.tags[BATCH_TAG]


def test_a_redelivered_batch_has_another_run_key(
    defs: dg.Definitions, deployment: Deployment, instance: dg.DagsterInstance
) -> None:
    folder = deliver(deployment, "yaohai", today())
    (first,) = look(defs, instance)
    os.utime(folder / "household_register.csv", (time.time() - 600, time.time() - 600))
    (second,) = look(defs, instance)
    assert first.run_key != second.run_key


def test_a_batch_still_in_copying_waits(
    defs: dg.Definitions, deployment: Deployment, instance: dg.DagsterInstance
) -> None:
    deliver(deployment, "yaohai", today(), age=0)
    assert look(defs, instance) == []


def test_an_old_batch_is_left_to_the_operator(
    defs: dg.Definitions, deployment: Deployment, instance: dg.DagsterInstance
) -> None:
    deliver(deployment, "yaohai", today() - dt.timedelta(days=30))
    assert look(defs, instance) == []


@pytest.mark.parametrize("region_folder", [False, True])
def test_trouble_with_one_region_is_reported_and_the_others_run(
    defs: dg.Definitions, deployment: Deployment, instance: dg.DagsterInstance, region_folder: bool
) -> None:
    broken = deployment.landing / "yaohai"
    if not region_folder:
        broken.mkdir(parents=True)
        broken = broken / today().isoformat()
    else:
        deployment.landing.mkdir()
    broken.symlink_to(broken.name)
    deliver(deployment, "yanling", today())
    two = dt.datetime.combine(today(), dt.time(2), tzinfo=SHANGHAI)
    assert keys(look(defs, instance)) == {("yanling", today().isoformat())}
    assert keys(fire(defs, instance, two)) == {("yanling", today().isoformat())}
    (alert,) = (deployment.home / "state" / "alerts").iterdir()
    body = json.loads(alert.read_text(encoding="utf-8"))
    assert (body["kind"], body["region"]) == ("batch_unreadable", "yaohai")


def test_a_file_dated_in_the_future_does_not_keep_its_batch_waiting(
    defs: dg.Definitions, deployment: Deployment, instance: dg.DagsterInstance
) -> None:
    folder = deliver(deployment, "yaohai", today())
    os.utime(folder / "household_register.csv", (time.time() + 9e6, time.time() + 9e6))
    assert keys(look(defs, instance)) == {("yaohai", today().isoformat())}
