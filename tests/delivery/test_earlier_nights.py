"""The series of figures and the ledger of a month ago: what of earlier releases counts, and what does not."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb
import pytest

from delivery.conftest import build_release
from outreach.delivery import (
    ReleasePaths,
    publish,
    read_mart,
    recall_earlier_nights,
    withdraw,
    write_manifest,
)
from outreach.engine import Warehouse, warnings_of

D1, D2, D3 = (dt.date(2026, 11, day) for day in (17, 18, 19))
LINES = "SELECT night, run_id, sum(value) FROM {} WHERE measure = 'due' AND area_code = '340102' GROUP BY ALL"


def publish_night(night: Warehouse, home: Path, run_id: str, as_of: dt.date) -> ReleasePaths:
    """A published night with the history of those before it, as a run makes it."""
    recall_earlier_nights(night, home, "yaohai", as_of)
    paths = build_release(night, home, run_id, as_of=as_of)
    publish(paths)
    return paths


def series(night: Warehouse, home: Path, as_of: dt.date) -> dict[dt.date, tuple[str, float]]:
    """Run and due lines of every night in the history of a night on the date."""
    recall_earlier_nights(night, home, "yaohai", as_of)
    rows = night.con.execute(LINES.format("changes.earlier_history") + " ORDER BY 1").fetchall()
    assert len({day for day, _, _ in rows}) == len(rows)
    return {day: (run, value) for day, run, value in rows}


def drop_line(night: Warehouse) -> None:
    night.con.execute(
        "DELETE FROM decisions.candidate WHERE action = 'due' AND person_key = "
        "(SELECT min(person_key) FROM decisions.candidate WHERE action = 'due')"
    )


def test_a_trend_is_one_query_over_the_last_night(night: Warehouse, home: Path) -> None:
    assert series(night, home, D1) == {}
    for run_id, day in (("a", D1), ("b", D2), ("c", D3)):
        last = publish_night(night, home, run_id, day)
        drop_line(night)
    with duckdb.connect(str(last.final / "mart.duckdb"), read_only=True) as con:
        rows = con.execute(LINES.format("mart.history") + " ORDER BY night").fetchall()
        own = con.execute(
            "SELECT area_code, programme, measure, value FROM mart.statistic EXCEPT ALL "
            "SELECT area_code, programme, measure, value FROM mart.history WHERE night = ?",
            [D3],
        ).fetchall()
    assert [(day, run) for day, run, _ in rows] == [(D1, "a"), (D2, "b"), (D3, "c")]
    assert [rows[0][2] - value for _, _, value in rows] == [0, 1, 2]
    assert own == []


def test_what_was_replaced_counts_as_it_is_published_now(night: Warehouse, home: Path) -> None:
    publish_night(night, home, "a", D1)
    publish_night(night, home, "b", D2)
    before = series(night, home, D3)[D1][1]
    drop_line(night)
    publish_night(night, home, "again", D1)
    found = series(night, home, D3)
    assert {day: run for day, (run, _) in found.items()} == {D1: "again", D2: "b"}
    assert found[D1][1] == before - 1


def test_a_withdrawn_night_leaves_the_series(night: Warehouse, home: Path) -> None:
    publish_night(night, home, "a", D1)
    publish_night(night, home, "b", D2)
    withdraw(home, "yaohai", D1, "李主任", "名单有误")
    assert {day: run for day, (run, _) in series(night, home, D3).items()} == {D2: "b"}


def test_a_night_never_counts_itself_or_a_later_one(night: Warehouse, home: Path) -> None:
    publish_night(night, home, "a", D1)
    publish_night(night, home, "b", D2)
    assert set(series(night, home, D2)) == {D1}


def test_a_damaged_night_is_reported_and_left_out(night: Warehouse, home: Path) -> None:
    publish_night(night, home, "a", D1)
    damaged = publish_night(night, home, "b", D2)
    file = (damaged.final / "mart.duckdb").resolve()
    file.chmod(0o640)
    file.write_bytes(file.read_bytes()[:-4096])
    assert set(series(night, home, D3)) == {D1}
    assert any("2026-11-18" in message for message in warnings_of(night.con))


def test_a_release_from_before_the_series_gives_its_own_figures(night: Warehouse, home: Path) -> None:
    publish_night(night, home, "a", D1)
    full = series(night, home, D2)
    paths = build_release(night, home, "b", as_of=D2)
    paths.mart_file.chmod(0o640)
    with duckdb.connect(str(paths.mart_file)) as con:
        con.execute("DROP TABLE mart.history")
    (home / "releases/yaohai/2026-11-18").mkdir(exist_ok=True)
    paths.manifest.unlink()
    with read_mart(night, paths):
        write_manifest(paths, night)
    publish(paths)
    assert series(night, home, D3) == {**full, D2: ("b", full[D1][1])}


@pytest.mark.parametrize(
    ("tonight", "compared"),
    [
        (dt.date(2026, 11, 20), D1),
        (dt.date(2026, 12, 17), D1),
        (dt.date(2026, 12, 18), D2),
        (dt.date(2027, 3, 1), D2),
        (D1, None),
    ],
)
def test_the_ledger_is_compared_with_the_newest_of_a_month_ago_else_the_oldest(
    night: Warehouse, home: Path, tonight: dt.date, compared: dt.date | None
) -> None:
    publish_night(night, home, "a", D1)
    publish_night(night, home, "b", D2)
    recall_earlier_nights(night, home, "yaohai", tonight)
    found = night.con.execute("SELECT night FROM changes.earlier_night").fetchall()
    assert found == ([] if compared is None else [(compared,)])
    nights = night.con.execute("SELECT DISTINCT night FROM changes.earlier_ledger").fetchall()
    assert {day for (day,) in nights} <= {compared}
