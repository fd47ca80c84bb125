"""The log of answers: nothing is half written, nothing is forgotten unnoticed, a night's own are replaced."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from outreach.engine import Warehouse
from outreach.intake import begin_run
from outreach.outcomes import OutcomeLog, OutcomeLogError, recall
from outreach.outcomes.log import ENTRY

MONDAY, TUESDAY, WEDNESDAY = (date(2026, 11, day) for day in (16, 17, 18))


def answers(*results: str, on: date = MONDAY) -> pl.DataFrame:
    """One answer a result, about one person."""
    rows = [
        {"person_id": "p1", "programme": "visit", "result": r, "contacted_on": on, "grade": "exact"}
        for r in results
    ]
    return pl.DataFrame(rows, schema=ENTRY)


def results(log: OutcomeLog, until: date) -> list[str]:
    """What a night finds in the log."""
    return [result for lot in log.counting(until) for result in lot.read()["result"]]


@pytest.fixture
def log(tmp_path: Path) -> OutcomeLog:
    return OutcomeLog(tmp_path / "state" / "outcomes")


def test_a_night_finds_what_was_received_by_then(log: OutcomeLog) -> None:
    log.add(answers("同意"), MONDAY, "landing")
    log.add(answers("不同意"), WEDNESDAY, "landing")
    log.add(answers("已服务"), TUESDAY, "import")
    assert results(log, MONDAY) == ["同意"]
    assert results(log, TUESDAY) == ["同意", "已服务"]
    assert results(log, WEDNESDAY) == ["同意", "不同意", "已服务"]


def test_what_a_batch_brings_again_replaces_what_it_brought_and_nothing_else(log: OutcomeLog) -> None:
    log.add(answers("同意", "不同意"), MONDAY, "landing")
    log.add(answers("属实"), MONDAY, "import")
    log.add(answers("属实"), MONDAY, "import")
    log.add(answers("同意"), MONDAY, "landing")
    assert results(log, MONDAY) == ["属实", "属实", "同意"]
    log.add(answers(), MONDAY, "landing")
    assert results(log, MONDAY) == ["属实", "属实"]


def test_the_same_answers_again_write_nothing(log: OutcomeLog) -> None:
    first = log.add(answers("同意", "不同意"), MONDAY, "landing")
    again = log.add(answers("不同意", "同意"), MONDAY, "landing")
    assert again == first
    assert len(log.lots()) == 1
    assert log.add(answers(), TUESDAY, "landing") is None


def test_what_a_killed_writer_left_counts_for_nothing(log: OutcomeLog) -> None:
    log.add(answers("同意"), MONDAY, "landing")
    (log.folder / f".new-{os.getpid()}").write_bytes(b"half")
    assert results(log, MONDAY) == ["同意"]
    log.add(answers("不同意"), TUESDAY, "landing")
    assert results(log, TUESDAY) == ["同意", "不同意"]


@pytest.mark.parametrize("damage", [b"", b"PAR1"], ids=["emptied", "cut"])
def test_a_damaged_lot_is_reported_with_what_to_do(log: OutcomeLog, damage: bytes) -> None:
    lot = log.add(answers("同意"), MONDAY, "landing")
    assert lot is not None
    lot.path.chmod(0o600)
    lot.path.write_bytes(damage)
    with pytest.raises(OutcomeLogError, match=r"第 1 份.*outreach outcome rebuild"):
        results(log, MONDAY)


def test_writers_at_one_time_lose_nothing(log: OutcomeLog) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: log.add(answers("同意"), MONDAY, "portal"), range(24)))
    assert [lot.number for lot in log.lots()] == list(range(1, 25))


def test_the_files_are_their_owners_alone(log: OutcomeLog) -> None:
    lot = log.add(answers("同意"), MONDAY, "landing")
    assert lot is not None
    assert (log.folder.stat().st_mode & 0o777, lot.path.stat().st_mode & 0o777) == (0o700, 0o400)


@pytest.mark.parametrize(
    ("delivered", "found"), [(True, ["属实", "同意"]), (False, ["不同意", "属实", "同意"])]
)
def test_a_night_does_not_remember_its_own_batch_unless_it_did_not_come_again(
    log: OutcomeLog, tmp_path: Path, delivered: bool, found: list[str]
) -> None:
    log.add(answers("同意"), MONDAY, "landing")
    log.add(answers("不同意"), TUESDAY, "landing")
    log.add(answers("属实"), TUESDAY, "import")
    with Warehouse(tmp_path / "work.duckdb") as warehouse:
        begin_run(warehouse, "r", "yaohai", "340102", TUESDAY)
        warehouse.con.execute("INSERT INTO run.extract VALUES ('outreach_outcome', ?, '', 0)", [delivered])
        assert recall(warehouse, log, TUESDAY) == len(found)
        rows = warehouse.con.execute("SELECT result FROM run.remembered_outcome ORDER BY result").fetchall()
    assert [result for (result,) in rows] == sorted(found)
