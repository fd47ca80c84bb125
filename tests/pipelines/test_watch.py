"""What the daemon reports by itself: a batch that did not come, once a region and day."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import dagster as dg
import pytest

from outreach.deployment import Deployment
from outreach.settings import AlertSettings
from pipelines.missing import expected_regions, missing_batches

DAY = dt.date(2026, 11, 20)
REGIONS = ["yaohai", "yanling", "shenyang"]


def publish(home: Path, region: str, as_of: dt.date) -> None:
    """As much of a published night as shows that there was one."""
    night = home / "releases" / region / as_of.isoformat()
    (night / "r1").mkdir(parents=True)
    (night / "r1" / "manifest.json").write_text("{}", encoding="utf-8")
    (night / "current").symlink_to("r1")


def deliver(landing: Path, region: str, success: bool = True) -> None:
    folder = landing / region / DAY.isoformat()
    folder.mkdir(parents=True)
    if success:
        (folder / "_SUCCESS").touch()


def at(clock: str, defs: dg.Definitions, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the sensor look at that time of the day."""

    class Clock(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> Clock:
            return cls.combine(DAY, dt.time.fromisoformat(clock), tzinfo=tz)

    monkeypatch.setattr("pipelines.watch.dt.datetime", Clock)
    repository = defs.get_repository_def()
    with dg.build_sensor_context(repository_def=repository, resources=defs.resources) as context:
        ran = repository.get_sensor_def("missing_batch").evaluate_tick(context)
    assert not ran.run_requests


def raised(home: Path) -> list[tuple[str, str]]:
    bodies = [json.loads(path.read_text(encoding="utf-8")) for path in (home / "state" / "alerts").glob("*")]
    return sorted((body["kind"], body["region"]) for body in bodies)


def test_who_published_last_week_is_expected(tmp_path: Path) -> None:
    publish(tmp_path, "yaohai", DAY - dt.timedelta(days=2))
    publish(tmp_path, "yanling", DAY - dt.timedelta(days=20))
    assert expected_regions(tmp_path, AlertSettings(), REGIONS, DAY) == ["yaohai"]
    named = AlertSettings(expected_regions=("shenyang",))
    assert expected_regions(tmp_path, named, REGIONS, DAY) == ["shenyang"]


def test_what_came_is_not_missing(tmp_path: Path) -> None:
    deployment = Deployment.find(tmp_path / "home", tmp_path / "landing")
    deliver(deployment.landing, "yaohai")
    deliver(deployment.landing, "yanling", success=False)
    settings = AlertSettings(expected_regions=tuple(REGIONS))
    publish(deployment.home, "shenyang", DAY)
    (alert,) = missing_batches(deployment, settings, REGIONS, DAY)
    assert (alert.region, alert.kind) == ("yanling", "batch_missing")
    assert "_SUCCESS" in alert.reason
    assert "outreach run --region yanling --date 2026-11-20" in alert.command


def test_after_the_deadline_each_missing_batch_is_raised_once(
    defs: dg.Definitions, deployment: Deployment, monkeypatch: pytest.MonkeyPatch
) -> None:
    for region in ("yaohai", "yanling"):
        publish(deployment.home, region, DAY - dt.timedelta(days=1))
    deliver(deployment.landing, "yanling")
    at("06:59", defs, monkeypatch)
    assert raised(deployment.home) == []
    for clock in ("07:00", "07:05", "23:00"):
        at(clock, defs, monkeypatch)
    assert raised(deployment.home) == [("batch_missing", "yaohai")]


def test_a_landing_folder_that_cannot_be_looked_at_is_not_called_missing(
    defs: dg.Definitions, deployment: Deployment, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(deployment.home, "yaohai", DAY - dt.timedelta(days=1))
    deployment.landing.mkdir()
    (deployment.landing / "yaohai").symlink_to("/no/such/share")
    at("08:00", defs, monkeypatch)
    assert raised(deployment.home) == [("batch_unreadable", "yaohai")]
