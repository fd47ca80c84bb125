"""A release is taken back on somebody's word: the date is not published, and what it was stays on record."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import signal
from pathlib import Path

import pytest

from delivery.conftest import BuildRelease
from delivery.test_publication import YESTERDAY, break_at, shown
from delivery.world import AS_OF
from outreach.delivery import (
    DeliveryError,
    last_sound,
    list_releases,
    plan_release,
    prune,
    publish,
    published_nights,
    withdraw,
)
from outreach.settings import ReleaseSettings, Settings

FAR = dt.date(2099, 1, 1)


def test_a_mistyped_date_is_taken_back_whole(release: BuildRelease, home: Path) -> None:
    publish(release("good"))
    publish(release("mistyped", as_of=FAR))
    assert shown(home, "latest") == {"mistyped"}
    done = withdraw(home, "yaohai", FAR, "李主任", "日期写错")
    assert done.run_id == "mistyped"
    assert shown(home, "2099-01-01") == set()
    assert not os.path.lexists(home / "warehouse" / "yaohai" / "2099-01-01.duckdb")
    assert not os.path.lexists(home / "lists" / "yaohai" / "2099-01-01")
    assert shown(home, "latest") == {"good"}
    assert [night.as_of for night in published_nights(home, "yaohai")] == [AS_OF]
    release_ = list_releases(home, "yaohai", FAR)[0]
    assert release_.status == "withdrawn"
    assert (release_.withdrawn_by, release_.withdrawn_why) == ("李主任", "日期写错")
    last = json.loads((home / "state/yaohai/releases.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    assert (last["event"], last["who"], last["why"]) == ("withdrawn", "李主任", "日期写错")
    assert dt.datetime.fromisoformat(last["at"]).tzinfo is not None
    assert done.mart.exists()


def test_the_only_night_is_taken_back(release: BuildRelease, home: Path) -> None:
    publish(release("only"))
    withdraw(home, "yaohai", AS_OF, "李主任", "名单有误")
    assert shown(home, "latest") == set()
    assert not os.path.lexists(home / "releases" / "yaohai" / "latest")
    assert not os.path.lexists(home / "warehouse" / "yaohai" / "latest.duckdb")
    with pytest.raises(DeliveryError, match="无可撤回"):
        withdraw(home, "yaohai", AS_OF, "李主任", "名单有误")


def test_an_older_night_is_taken_back_and_latest_stays(release: BuildRelease, home: Path) -> None:
    publish(release("older", as_of=YESTERDAY))
    publish(release("newer"))
    withdraw(home, "yaohai", YESTERDAY, "李主任", "名单有误")
    assert shown(home, "latest") == {"newer"}
    assert last_sound(home, "yaohai", before=AS_OF) == (None, [])


def test_a_run_of_the_date_publishes_again(release: BuildRelease, home: Path) -> None:
    publish(release("first"))
    withdraw(home, "yaohai", AS_OF, "李主任", "名单有误")
    with pytest.raises(DeliveryError, match="never written again"):
        plan_release(home, "yaohai", AS_OF, "first")
    publish(release("second"))
    assert shown(home, AS_OF.isoformat()) == shown(home, "latest") == {"second"}
    assert [(r.run_id, r.status) for r in list_releases(home, "yaohai")] == [
        ("first", "withdrawn"),
        ("second", "published"),
    ]


@pytest.mark.parametrize(("who", "why"), [(" ", "日期写错"), ("李主任", " ")])
def test_without_a_name_or_a_reason_nothing_is_moved(
    release: BuildRelease, home: Path, who: str, why: str
) -> None:
    publish(release("good"))
    with pytest.raises(DeliveryError):
        withdraw(home, "yaohai", AS_OF, who, why)
    assert shown(home, "latest") == {"good"}


def test_a_withdrawal_that_cannot_be_recorded_moves_nothing(
    release: BuildRelease, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from outreach.delivery.release import publication

    def refusing(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    publish(release("good"))
    monkeypatch.setattr(publication, "record", refusing)
    with pytest.raises(DeliveryError, match="台账"):
        withdraw(home, "yaohai", AS_OF, "李主任", "名单有误")
    assert shown(home, "latest") == {"good"}


def test_a_lost_ledger_still_knows_who_withdrew_it(release: BuildRelease, home: Path) -> None:
    publish(release("first"))
    withdraw(home, "yaohai", AS_OF, "李主任", "名单有误")
    (home / "state/yaohai/releases.jsonl").unlink()
    (found,) = list_releases(home, "yaohai")
    assert (found.status, found.withdrawn_by, found.withdrawn_why) == ("withdrawn", "李主任", "名单有误")


def test_its_files_stay_for_the_time_of_a_night_and_keep_no_place(release: BuildRelease, home: Path) -> None:
    publish(release("mistyped", as_of=FAR))
    withdraw(home, "yaohai", FAR, "李主任", "日期写错")
    for days in range(3):
        publish(release(f"run-{days}", as_of=AS_OF + dt.timedelta(days=days)))
    settings = Settings(release=ReleaseSettings(keep_nights=2))
    now = dt.datetime.now(dt.UTC)
    prune(home, settings, now + dt.timedelta(days=1.5))
    assert [r.run_id for r in list_releases(home, "yaohai")] == ["run-1", "run-2", "mistyped"]
    prune(home, settings, now + dt.timedelta(days=3))
    assert [r.run_id for r in list_releases(home, "yaohai")] == ["run-1", "run-2"]


def test_killed_at_any_step_it_can_be_repeated(
    release: BuildRelease,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    step = 0
    while True:
        step += 1
        publish(release("good", as_of=YESTERDAY))
        publish(release("wrong"))
        child = os.fork()
        if child == 0:
            break_at(step, lambda: os.kill(os.getpid(), signal.SIGKILL), monkeypatch)
            withdraw(home, "yaohai", AS_OF, "李主任", "名单有误")
            os._exit(0)
        killed = os.WIFSIGNALED(os.waitpid(child, 0)[1])
        # whole or not at all: never another date's files under this one
        assert shown(home, AS_OF.isoformat()) in ({"wrong"}, set()), step
        with contextlib.suppress(DeliveryError):
            withdraw(home, "yaohai", AS_OF, "李主任", "名单有误")
        assert shown(home, "latest") == {"good"}, step
        assert not os.path.lexists(home / "lists" / "yaohai" / AS_OF.isoformat()), step
        assert {r.run_id: r.status for r in list_releases(home, "yaohai")}["wrong"] == "withdrawn"
        home.rename(tmp_path_factory.mktemp("done") / "home")
        if not killed:
            break
    assert step > 8
