"""One night of a deployment: where it works, what it leaves, and that no asset runs without its night."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import time
from dataclasses import replace
from pathlib import Path

import dagster as dg
import pytest

from assets import release
from assets.graph import night_assets
from assets.nightly_run import WORK_KEPT_DAYS, DeploymentResource, NightlyRun
from outreach.settings import Settings
from pipelines.partitions import night_key, nights

DAY = dt.date(2026, 11, 20)


def a_night(home: Path, run_id: str = "r1", root_run_id: str = "r1") -> NightlyRun:
    return NightlyRun(
        region="yaohai",
        as_of=DAY,
        run_id=run_id,
        root_run_id=root_run_id,
        home=home,
        landing=home / "landing",
        policies=home / "policies",
        engine="duckdb",
        allowed=frozenset(),
        settings=Settings(),
    )


def test_a_run_continued_from_failure_goes_on_in_the_first_ones_tables(tmp_path: Path) -> None:
    with a_night(tmp_path).begin() as warehouse:
        warehouse.con.execute("CREATE TABLE facts.probe AS SELECT 1 AS x")
    with a_night(tmp_path, run_id="r2").warehouse() as warehouse:
        assert warehouse.con.execute("SELECT x FROM facts.probe").fetchall() == [(1,)]


def test_a_restarted_night_begins_empty(tmp_path: Path) -> None:
    with a_night(tmp_path).begin() as warehouse:
        warehouse.con.execute("CREATE TABLE facts.probe AS SELECT 1 AS x")
    with a_night(tmp_path).begin() as warehouse:
        assert warehouse.con.execute(
            "SELECT count(*) FROM duckdb_tables() WHERE table_name = 'probe'"
        ).fetchall() == [(0,)]


def test_a_finished_night_leaves_no_working_files(tmp_path: Path) -> None:
    night = a_night(tmp_path)
    night.begin().close()
    night.finish()
    assert list((tmp_path / "warehouse" / ".work").iterdir()) == []


def test_old_working_files_go_and_young_ones_stay(tmp_path: Path) -> None:
    old, young = (a_night(tmp_path, root_run_id=name) for name in ("old", "young"))
    for night in (old, young):
        night.begin().close()
    long_ago = time.time() - (WORK_KEPT_DAYS + 1) * 86400
    os.utime(old.work_dir, (long_ago, long_ago))
    a_night(tmp_path, root_run_id="new").begin().close()
    assert not old.work_dir.exists()
    assert young.work_dir.exists()


def test_working_files_of_a_killed_run_go_at_once_and_those_of_a_failed_one_stay(tmp_path: Path) -> None:
    killed, failed = (a_night(tmp_path, root_run_id=name) for name in ("killed", "failed"))
    child = os.fork()
    if child == 0:
        killed.begin()
        with contextlib.suppress(ValueError), failed.begin():
            raise ValueError
        os._exit(0)
    os.waitpid(child, 0)
    assert killed.work_dir.exists()
    another = replace(
        a_night(tmp_path, root_run_id="new"), region="yanling", as_of=DAY + dt.timedelta(days=1)
    )
    another.begin().close()
    assert not killed.work_dir.exists()
    assert failed.work_dir.exists()


def test_nothing_that_follows_publication_raises(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    night = a_night(tmp_path)
    night.begin().close()

    def failing(*_: object) -> None:
        raise KeyError("unforeseen")

    monkeypatch.setattr(release, "prune", failing)
    warned: list[str] = []
    release.clear_up(night, warned)
    assert len(warned) == 1
    assert not night.work_dir.exists()


def test_working_files_are_for_their_owner_alone(tmp_path: Path) -> None:
    night = a_night(tmp_path)
    night.begin().close()
    assert night.work_dir.stat().st_mode & 0o077 == 0


def test_an_asset_alone_is_refused_with_a_hint_to_run_the_whole_night(tmp_path: Path) -> None:
    partitions = nights(["yaohai"], including=DAY)
    facts = next(asset for asset in night_assets(partitions) if asset.key.path == ["facts", "person"])
    deployment = DeploymentResource(home=str(tmp_path), landing=str(tmp_path), policies=str(tmp_path))
    result = dg.materialize(
        [facts],
        partition_key=night_key("yaohai", DAY),
        resources={"deployment": deployment},
        raise_on_error=False,
    )
    assert not result.success
    (failure,) = (event for event in result.all_events if event.is_step_failure)
    shown = failure.step_failure_data.user_failure_data
    assert shown is not None
    assert "whole job" in str(shown.description)
    assert not any((tmp_path / "warehouse").rglob("*.duckdb"))
