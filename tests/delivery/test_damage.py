"""Damaged state and damaged releases stop nobody: they are reported, set aside, left out, replaced."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from delivery.conftest import BuildRelease
from delivery.test_publication import TOMORROW, YESTERDAY, shown
from delivery.world import AS_OF
from outreach.delivery import (
    DeliveryError,
    HoldReason,
    ReleasePaths,
    approve,
    hold,
    last_published,
    last_sound,
    list_releases,
    plan_release,
    prune,
    publish,
    read_history,
)
from outreach.settings import LockSettings, ReleaseSettings, Settings

REASON = HoldReason("stop", None, 900, 1.0, 1000, "全区停发 900 人次")
LATER = dt.datetime.now(dt.UTC) + dt.timedelta(days=7)
Damage = Callable[[Path], object]


def unlinked(path: Path) -> Path:
    """The path with nothing there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
    return path


def half(path: Path) -> None:
    content = path.read_bytes()
    unlinked(path).write_bytes(content[: len(content) // 2])


FORMS: dict[str, Damage] = {
    "empty": lambda path: unlinked(path).write_bytes(b""),
    "garbage": lambda path: unlinked(path).write_bytes(b"\xff\x00\xfe garbage \xc3\n\x80{\n" * 40),
    "half": half,
    "no object": lambda path: unlinked(path).write_text('[1, "x", null]\n'),
    "nested": lambda path: unlinked(path).write_text("[" * 100_000),
    "folder": lambda path: unlinked(path).mkdir(),
    "dangling link": lambda path: unlinked(path).symlink_to("nowhere"),
    "link loop": lambda path: unlinked(path).symlink_to(path.name),
    "gone": unlinked,
}
damaged = pytest.mark.parametrize("damage", FORMS.values(), ids=FORMS)


def ledger(home: Path, region: str = "yaohai") -> Path:
    return home / "state" / region / "releases.jsonl"


@damaged
def test_a_damaged_ledger_is_reported_set_aside_and_rebuilt(
    release: BuildRelease, home: Path, damage: Damage
) -> None:
    publish(release("first"))
    publish(release("second"))
    hold(release("held", as_of=YESTERDAY), [REASON])
    approve(home, "yaohai", YESTERDAY, "李主任", "已核实", "held")
    publish(release("newer", as_of=YESTERDAY))
    before = list_releases(home, "yaohai")
    damage(ledger(home))
    reports: list[str] = []
    publish(release("today", as_of=TOMORROW), reports.append)
    assert shown(home, "latest") == {"today"}
    statuses = {r.run_id: (r.status, r.approved_by) for r in list_releases(home, "yaohai")}
    assert statuses == {r.run_id: (r.status, r.approved_by) for r in before} | {"today": ("published", None)}
    assert any("台账" in words for words in reports) is (damage is not half or bool(reports))
    events = [json.loads(line) for line in ledger(home).read_text(encoding="utf-8").splitlines()]
    assert {event["run_id"] for event in events} >= {"first", "second", "held", "newer", "today"}
    again: list[str] = []
    publish(release("tomorrow", as_of=TOMORROW + dt.timedelta(days=1)), again.append)
    assert again == []


def test_what_a_damaged_ledger_held_is_kept_next_to_the_new_one(release: BuildRelease, home: Path) -> None:
    publish(release("first"))
    with ledger(home).open("ab") as file:
        file.write(b"\xff\xfe{bad}\n")
    content = ledger(home).read_bytes()
    reports: list[str] = []
    publish(release("second"), reports.append)
    (aside,) = ledger(home).parent.glob("releases.jsonl.damaged-*")
    assert aside.read_bytes() == content
    assert len(reports) == 1
    assert aside.name in reports[0]


def test_a_line_cut_short_by_a_kill_is_no_damage(release: BuildRelease, home: Path) -> None:
    publish(release("first"))
    with ledger(home).open("ab") as file:
        file.write(b'{"at": "2026-11-20T00:00:00+00:00", "event": "publ')
    reports: list[str] = []
    publish(release("second"), reports.append)
    assert reports == []
    assert [r.status for r in list_releases(home, "yaohai")] == ["superseded", "published"]


def test_a_first_night_reports_nothing(release: BuildRelease) -> None:
    reports: list[str] = []
    publish(release("first"), reports.append)
    assert reports == []


@damaged
def test_damage_in_another_region_stops_no_retention(
    release: BuildRelease, home: Path, damage: Damage
) -> None:
    publish(release("mine"))
    for region in ("aaa", "zzz"):
        hold(release("held", region=region), [REASON])
        for name in ("held.json", "manifest.json"):
            damage(home / "releases" / region / AS_OF.isoformat() / "held" / name)
        damage(ledger(home, region))
    (home / "releases" / "a stray file").touch()
    for days in range(1, 4):
        publish(release(f"run-{days}", as_of=AS_OF + dt.timedelta(days=days)))
    done = prune(home, Settings(release=ReleaseSettings(keep_nights=2)), LATER)
    assert done.problems == ()
    assert [r.run_id for r in list_releases(home, "yaohai")] == ["run-2", "run-3"]


@damaged
def test_a_damaged_claim_is_no_reason_to_remove_young_work(home: Path, damage: Damage) -> None:
    paths = plan_release(home, "yaohai", AS_OF, "mine")
    build_mark = home / "state" / "yaohai" / "building" / "mine.json"
    damage(build_mark)
    prune(home, Settings())
    assert paths.directory.exists() is os.path.lexists(build_mark)
    assert prune(home, Settings(), LATER).problems == () or build_mark.is_dir()
    assert not paths.directory.exists()


def test_what_cannot_be_removed_is_named_and_stops_nothing(
    release: BuildRelease, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for days in range(4):
        publish(release(f"run-{days}", as_of=AS_OF + dt.timedelta(days=days)))
    original = shutil.rmtree

    def refusing(path: Path, **named: Any) -> None:
        if "run-0" in str(path):
            raise PermissionError(1, "Operation not permitted")
        original(path, **named)

    monkeypatch.setattr(shutil, "rmtree", refusing)
    done = prune(home, Settings(release=ReleaseSettings(keep_nights=2)), LATER)
    assert len(done.problems) == 1
    assert "run-0" in done.problems[0]
    assert [r.run_id for r in list_releases(home, "yaohai")] == ["run-2", "run-3"]


def test_a_locked_region_is_named_and_the_others_are_cleared(release: BuildRelease, home: Path) -> None:
    publish(release("other", region="aaa"))
    for days in range(3):
        publish(release(f"run-{days}", as_of=AS_OF + dt.timedelta(days=days)))
    from outreach.engine import locked

    settings = Settings(release=ReleaseSettings(keep_nights=2), locks=LockSettings(wait_seconds=0))
    with locked(home / "state" / "aaa" / "publication.lock", "x", 0):
        done = prune(home, settings, LATER)
        with pytest.raises(DeliveryError, match=f"进程 {os.getpid()}"):
            publish(release("more", region="aaa"), wait=0)
    assert len(done.problems) == 1
    assert done.dates == 1


@damaged
@pytest.mark.parametrize("part", ["manifest.json", "mart.duckdb"])
def test_a_damaged_earlier_night_is_left_out_and_reported(
    release: BuildRelease, home: Path, damage: Damage, part: str
) -> None:
    older = AS_OF - dt.timedelta(days=5)
    publish(release("older", as_of=older))
    paths = publish(release("yesterday", as_of=YESTERDAY))
    damage(paths.directory / part if part == "manifest.json" else paths.mart_file)
    night, found = last_sound(home, "yaohai", before=AS_OF)
    assert night is not None
    assert night.run_id == "older"
    assert [lost.as_of for lost in found] == [YESTERDAY]
    for words in ("yaohai", YESTERDAY.isoformat(), "重跑"):
        assert words in found[0].message
    history = read_history(home, "yaohai", before=AS_OF)
    if part == "manifest.json":
        assert [night.run_id for night, _ in history.nights] == ["older"]
        assert [lost.as_of for lost in history.damaged] == [YESTERDAY]
    last = last_published(home, "yaohai", AS_OF)
    assert last is not None
    assert last.rows_read["household_register"] > 0


@pytest.mark.parametrize(
    "damage",
    [
        lambda paths: shutil.rmtree(paths.directory),
        lambda paths: unlinked(paths.night / "current").symlink_to("nowhere"),
        lambda paths: unlinked(paths.night / "current").symlink_to("current"),
    ],
    ids=["release gone", "dangling", "loop"],
)
def test_a_link_that_leads_nowhere_is_a_damaged_night(
    release: BuildRelease, home: Path, damage: Callable[[ReleasePaths], object]
) -> None:
    publish(release("older", as_of=AS_OF - dt.timedelta(days=5)))
    damage(publish(release("yesterday", as_of=YESTERDAY)))
    night, found = last_sound(home, "yaohai", before=AS_OF)
    assert night is not None
    assert night.run_id == "older"
    assert [lost.as_of for lost in found] == [YESTERDAY]
    publish(release("again", as_of=YESTERDAY))
    assert shown(home, YESTERDAY.isoformat()) == shown(home, "latest") == {"again"}
    assert last_sound(home, "yaohai", before=AS_OF)[1] == []


@pytest.mark.parametrize(
    "counts", [None, {}, {"extracts": {"x": 1}}, {"extracts": {}, "receiving": {"p": "many"}}]
)
def test_counts_that_are_none_are_a_damaged_night(release: BuildRelease, home: Path, counts: object) -> None:
    paths = publish(release("yesterday", as_of=YESTERDAY))
    manifest = json.loads(paths.manifest.read_text(encoding="utf-8"))
    unlinked(paths.manifest).write_text(json.dumps(manifest | {"counts": counts}), encoding="utf-8")
    history = read_history(home, "yaohai", before=AS_OF)
    assert (len(history.nights), len(history.damaged)) == ((1, 0) if counts == {} else (0, 1))
    last_published(home, "yaohai", AS_OF)


def test_a_folder_in_the_place_of_a_link_is_set_aside(release: BuildRelease, home: Path) -> None:
    """As a backup that was restored with its links followed leaves them."""
    publish(release("first"))
    lists = home / "lists" / "yaohai" / AS_OF.isoformat()
    kept = shutil.copytree(lists.resolve(), home / "kept")
    unlinked(lists)
    kept.rename(lists)
    file = home / "warehouse" / "yaohai" / f"{AS_OF}.duckdb"
    content = file.read_bytes()
    unlinked(file).write_bytes(content)
    publish(release("second"))
    assert shown(home, AS_OF.isoformat()) == {"second"}


@pytest.mark.parametrize("step", ["record", "unlock_build", "_advance_latest", "sync_path"])
def test_what_fails_after_the_link_has_moved_is_reported(
    release: BuildRelease, home: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from outreach.delivery.release import publication

    publish(release("first"))
    paths = release("second")
    original = getattr(publication, step)

    def failing(*args: object, **named: object) -> object:
        if shown(home, AS_OF.isoformat()) == {"second"}:
            raise OSError(5, "Input/output error")
        return original(*args, **named)

    monkeypatch.setattr(publication, step, failing)
    reports: list[str] = []
    publish(paths, reports.append)
    assert shown(home, AS_OF.isoformat()) == {"second"}
    assert len(reports) == 1
    assert "Input/output error" in reports[0]
