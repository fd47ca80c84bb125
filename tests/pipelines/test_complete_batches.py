"""Which batches start a night: complete ones, and redelivered ones; trouble with one stops no other."""

from __future__ import annotations

import datetime as dt
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.batches import CompleteBatch, UnreadableBatch, complete_batches
from pipelines.batches import complete_batch as look

DAY = dt.date(2026, 11, 20)


def complete_batch(landing: Path, region: str, as_of: dt.date) -> CompleteBatch | None:
    """The batch, of a folder in which nothing is wrong."""
    found = look(landing, region, as_of)
    assert not isinstance(found, UnreadableBatch), found
    return found


def deliver(landing: Path, region: str, day: dt.date = DAY, success: bool = True) -> Path:
    folder = landing / region / day.isoformat()
    folder.mkdir(parents=True)
    (folder / "household_register.csv").write_text("户号\n1\n", encoding="utf-8")
    if success:
        (folder / "_SUCCESS").touch()
    return folder


def test_a_batch_without_success_is_not_complete(tmp_path: Path) -> None:
    deliver(tmp_path, "yaohai", success=False)
    assert complete_batch(tmp_path, "yaohai", DAY) is None


def test_an_absent_batch_is_not_complete(tmp_path: Path) -> None:
    assert complete_batch(tmp_path, "yaohai", DAY) is None


def test_the_fingerprint_stays_while_nothing_changes(tmp_path: Path) -> None:
    deliver(tmp_path, "yaohai")
    first, second = (complete_batch(tmp_path, "yaohai", DAY) for _ in range(2))
    assert first is not None
    assert first == second


def test_a_redelivered_file_is_another_batch(tmp_path: Path) -> None:
    folder = deliver(tmp_path, "yaohai")
    before = complete_batch(tmp_path, "yaohai", DAY)
    register = folder / "household_register.csv"
    os.utime(register, ns=(register.stat().st_atime_ns, register.stat().st_mtime_ns + 1))
    after = complete_batch(tmp_path, "yaohai", DAY)
    assert before is not None
    assert after is not None
    assert before.fingerprint != after.fingerprint


def test_a_further_extract_is_another_batch(tmp_path: Path) -> None:
    folder = deliver(tmp_path, "yaohai")
    before = complete_batch(tmp_path, "yaohai", DAY)
    (folder / "visit_log.csv").write_text("姓名\n", encoding="utf-8")
    after = complete_batch(tmp_path, "yaohai", DAY)
    assert before is not None
    assert after is not None
    assert before.fingerprint != after.fingerprint


def test_batches_come_by_date_then_region(tmp_path: Path) -> None:
    earlier = DAY - dt.timedelta(days=1)
    for region, day in (("yaohai", DAY), ("yanling", DAY), ("yaohai", earlier)):
        deliver(tmp_path, region, day)
    found = complete_batches(tmp_path, ["yaohai", "yanling"], [DAY, earlier])
    assert [(b.region, b.as_of) for b in found] == [("yaohai", earlier), ("yaohai", DAY), ("yanling", DAY)]


def no_folder(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        path.unlink()
    folder.rmdir()


def a_dangling_link(folder: Path) -> None:
    no_folder(folder)
    folder.symlink_to("/no/such/share")


def a_link_loop(folder: Path) -> None:
    no_folder(folder)
    folder.symlink_to(folder.name)


def a_file(folder: Path) -> None:
    no_folder(folder)
    folder.touch()


def a_mark_that_is_a_folder(folder: Path) -> None:
    (folder / "_SUCCESS").unlink()
    (folder / "_SUCCESS").mkdir()


def a_mark_that_leads_nowhere(folder: Path) -> None:
    (folder / "_SUCCESS").unlink()
    (folder / "_SUCCESS").symlink_to("nowhere")


def a_region_that_leads_nowhere(folder: Path) -> None:
    no_folder(folder)
    folder.parent.rmdir()
    folder.parent.symlink_to("/no/such/share")


def a_region_that_is_a_file(folder: Path) -> None:
    no_folder(folder)
    folder.parent.rmdir()
    folder.parent.touch()


TROUBLES = [
    a_dangling_link,
    a_link_loop,
    a_file,
    a_mark_that_is_a_folder,
    a_mark_that_leads_nowhere,
    a_region_that_leads_nowhere,
    a_region_that_is_a_file,
]


@pytest.mark.parametrize("trouble", TROUBLES)
def test_a_folder_that_cannot_be_looked_at_is_named_and_stops_no_other(
    tmp_path: Path, trouble: Callable[[Path], None]
) -> None:
    trouble(deliver(tmp_path, "yaohai"))
    deliver(tmp_path, "yanling")
    by_region = {batch.region: batch for batch in complete_batches(tmp_path, ["yaohai", "yanling"], [DAY])}
    assert isinstance(by_region["yanling"], CompleteBatch)
    unreadable = by_region["yaohai"]
    assert isinstance(unreadable, UnreadableBatch)
    assert str(tmp_path / "yaohai") in unreadable.reason


def test_a_folder_without_permission_stops_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = deliver(tmp_path, "yaohai")
    deliver(tmp_path, "yanling")
    scandir = os.scandir

    def guarded(path: str | Path) -> object:
        if Path(path) == folder:
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", guarded)
    by_region = {batch.region: batch for batch in complete_batches(tmp_path, ["yaohai", "yanling"], [DAY])}
    assert isinstance(by_region["yanling"], CompleteBatch)
    unreadable = by_region["yaohai"]
    assert isinstance(unreadable, UnreadableBatch)
    assert "没有读取权限" in unreadable.reason


def test_what_is_wrong_with_one_file_is_left_to_intake(tmp_path: Path) -> None:
    folder = deliver(tmp_path, "yaohai")
    (folder / "visit_log.csv").symlink_to("nowhere")
    (folder / "care_survey.csv").symlink_to("care_survey.csv")
    (folder / "benefit_roll.csv").mkdir()
    os.mkfifo(folder / "death_record.csv")
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff\xfe.csv")).touch()
    assert complete_batch(tmp_path, "yaohai", DAY) is not None


def test_a_file_dated_ahead_of_the_clock_does_not_block_its_batch(tmp_path: Path) -> None:
    folder = deliver(tmp_path, "yaohai")
    hour_ago, next_year = time.time() - 3600, time.time() + 365 * 86400
    for path in folder.iterdir():
        os.utime(path, (hour_ago, hour_ago))
    os.utime(folder / "household_register.csv", (next_year, next_year))
    batch = complete_batch(tmp_path, "yaohai", DAY)
    assert batch is not None
    assert batch.settled()


def test_a_clock_that_runs_a_little_ahead_is_waited_for(tmp_path: Path) -> None:
    folder = deliver(tmp_path, "yaohai")
    for path in folder.iterdir():
        os.utime(path, (time.time() + 20, time.time() + 20))
    batch = complete_batch(tmp_path, "yaohai", DAY)
    assert batch is not None
    assert not batch.settled()
    assert batch.settled(now=time.time() + 120)
