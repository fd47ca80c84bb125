"""Old releases go, current ones and work in progress stay, a full disk is reported in time."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest

from delivery.conftest import BuildRelease
from delivery.test_publication import YESTERDAY, shown
from delivery.world import AS_OF
from outreach.delivery import DeliveryError, list_releases, plan_release, prune, publish, require_space
from outreach.settings import ReleaseSettings, Settings

NEXT_WEEK = dt.datetime.now(dt.UTC) + dt.timedelta(days=7)


def keep(nights: int) -> Settings:
    return Settings(release=ReleaseSettings(keep_nights=nights))


def test_only_the_newest_nights_are_kept(release: BuildRelease, home: Path) -> None:
    for days in range(4):
        publish(release(f"run-{days}", as_of=AS_OF + dt.timedelta(days=days)))
    done = prune(home, keep(2), NEXT_WEEK)
    assert done.dates == 2
    assert [r.run_id for r in list_releases(home, "yaohai")] == ["run-2", "run-3"]
    assert not os.path.lexists(home / "warehouse/yaohai/2026-11-20.duckdb")
    assert not os.path.lexists(home / "lists/yaohai/2026-11-20")
    assert shown(home, "latest") == {"run-3"}


def test_a_date_released_today_is_not_removed_today(release: BuildRelease, home: Path) -> None:
    publish(release("new"))
    publish(release("backfill", as_of=AS_OF - dt.timedelta(days=90)))
    assert prune(home, keep(1)).dates == 0
    assert shown(home, "2026-08-22") == {"backfill"}


def test_the_latest_published_night_stays_although_held_ones_are_newer(
    release: BuildRelease, home: Path
) -> None:
    publish(release("good", as_of=YESTERDAY))
    for number in range(3):
        paths = release(f"held-{number}", as_of=AS_OF + dt.timedelta(days=number))
        paths.hold_note.write_text('{"reasons": []}')
        paths.directory.rename(paths.final)
    prune(home, keep(1), NEXT_WEEK)
    assert shown(home, "latest") == {"good"}


def test_of_superseded_releases_the_last_is_kept(release: BuildRelease, home: Path) -> None:
    for number in range(4):
        publish(release(f"run-{number}"))
        os.utime(home / f"releases/yaohai/2026-11-20/run-{number}/manifest.json", (number, number))
    prune(home, keep(30), NEXT_WEEK)
    assert [r.run_id for r in list_releases(home, "yaohai")] == ["run-2", "run-3"]


def test_half_built_leftovers_go_and_work_in_progress_stays(home: Path) -> None:
    mine = plan_release(home, "yaohai", AS_OF, "mine")
    child = os.fork()
    if child == 0:
        plan_release(home, "yaohai", AS_OF, "killed")
        os._exit(0)
    os.waitpid(child, 0)
    left = home / "releases/yaohai/2026-11-20/.building-killed"
    assert left.exists()
    assert prune(home, keep(30)).leftovers == 1
    assert not left.exists()
    assert mine.directory.exists()


def test_an_empty_home_has_nothing_to_prune(home: Path) -> None:
    assert prune(home, Settings()).dates == 0


def test_a_nearly_full_disk_is_reported_in_one_sentence(home: Path) -> None:
    require_space(home, Settings(release=ReleaseSettings(min_free_gib=0)))
    with pytest.raises(DeliveryError, match=r"disk nearly full: .* GiB free"):
        require_space(home, Settings(release=ReleaseSettings(min_free_gib=10_000_000)))
