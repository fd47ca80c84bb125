"""What tonight reads of older releases: the series of figures, and the ledger of a month ago.

The series is stored in the releases: each holds all before it. A night that was withdrawn, replaced
or damaged since is left out; one that the last release does not have as it is published now is read from its
own.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from contracts.published import TABLES
from outreach.delivery.release.ledger import read_ledger
from outreach.delivery.release.nights import DamagedNight, PublishedNight, damage_of, published_nights
from outreach.engine import Warehouse, sql_text, warn

_FILE = "earlier_file"
_HISTORY = "night DATE, area_code VARCHAR, programme VARCHAR, measure VARCHAR, value DOUBLE, run_id VARCHAR"
_OWN_FIGURES = """
SELECT r.as_of AS night, s.area_code, s.programme, s.measure, s.value, r.run_id
FROM {file}.mart.statistic AS s CROSS JOIN {file}.mart.run AS r
UNION ALL
SELECT r.as_of, c.area_code, i.programme, i.indicator, i.value, r.run_id
FROM {file}.mart.indicator AS i CROSS JOIN {file}.mart.run AS r
CROSS JOIN (SELECT min(area_code) AS area_code FROM {file}.mart.statistic WHERE length(area_code) = 6) AS c
UNION ALL
SELECT r.as_of, a.area_code, i.programme, a.indicator, a.value, r.run_id
FROM {file}.mart.indicator_area AS a
INNER JOIN {file}.mart.indicator AS i ON i.indicator = a.indicator CROSS JOIN {file}.mart.run AS r
"""
"""The figures of one release, in the columns of the series, from a release that has no series yet."""


def recall_earlier_nights(warehouse: Warehouse, home: Path, region: str, as_of: dt.date) -> int:
    """Make ``changes.earlier_history``, ``changes.earlier_ledger`` and ``changes.earlier_night``.

    - earlier_history: night, area_code, programme, measure, value, run_id: the published nights before the
      date, without those that were withdrawn or replaced since;
    - earlier_ledger: night and the columns of ``mart.ledger``, as the newest night published not after the
      same day of the month before had it, else the oldest one that there is;
    - earlier_night: night: of that ledger; no row where there is none.

    Returns:
        How many earlier nights the series has. Damaged releases are reported (`outreach.engine.warn`) and
        left out.
    """
    con = warehouse.con
    con.execute(f"CREATE OR REPLACE TABLE changes.earlier_history ({_HISTORY})")
    nights = published_nights(home, region, before=as_of)
    for night in reversed(nights):
        with _attached(warehouse, night) as there:
            if "history" in there:
                con.execute(
                    "INSERT INTO changes.earlier_history BY NAME SELECT night, area_code, programme, "
                    f"measure, value, run_id FROM {_FILE}.mart.history WHERE night < ?",
                    [as_of],
                )
                break
    _take_out(con, home, region, nights)
    known = {run for (run,) in con.execute("SELECT DISTINCT run_id FROM changes.earlier_history").fetchall()}
    for night in nights:
        if night.run_id in known:
            continue
        with _attached(warehouse, night) as there:
            if "history" in there:
                con.execute(
                    "INSERT INTO changes.earlier_history BY NAME SELECT night, area_code, programme, "
                    f"measure, value, run_id FROM {_FILE}.mart.history WHERE run_id = ?",
                    [night.run_id],
                )
            elif {"statistic", "indicator", "indicator_area", "run"} <= there:
                con.execute(f"INSERT INTO changes.earlier_history {_OWN_FIGURES.format(file=_FILE)}")
    _recall_ledger(warehouse, nights, as_of)
    return int(con.execute("SELECT count(DISTINCT night) FROM changes.earlier_history").fetchall()[0][0])


def _take_out(con: duckdb.DuckDBPyConnection, home: Path, region: str, nights: list[PublishedNight]) -> None:
    """Take out of the series what is not published any more: withdrawn runs, and those of replaced nights."""
    last: dict[str, str] = {}
    for event in read_ledger(home, region):
        if event["event"] in ("published", "withdrawn"):
            last[event["run_id"]] = event["event"]
    gone = [run for run, event in last.items() if event == "withdrawn"]
    con.execute(
        "DELETE FROM changes.earlier_history WHERE list_contains(CAST(? AS VARCHAR[]), run_id)", [gone]
    )
    for night in nights:
        con.execute(
            "DELETE FROM changes.earlier_history WHERE night = ? AND run_id <> ?", [night.as_of, night.run_id]
        )


def _recall_ledger(warehouse: Warehouse, nights: list[PublishedNight], as_of: dt.date) -> None:
    con = warehouse.con
    (ledger,) = (table for table in TABLES if table.name == "ledger")
    columns = ", ".join(f"{column.name} {column.sql_type}" for column in ledger.columns)
    con.execute(f"CREATE OR REPLACE TABLE changes.earlier_ledger (night DATE, {columns})")
    con.execute("CREATE OR REPLACE TABLE changes.earlier_night (night DATE)")
    month_ago = _month_before(as_of)
    before = [night for night in reversed(nights) if night.as_of <= month_ago]
    since = [night for night in nights if night.as_of > month_ago]
    for night in (*before, *since):
        with _attached(warehouse, night) as there:
            if "ledger" in there:
                con.execute("INSERT INTO changes.earlier_night VALUES (?)", [night.as_of])
                known = ", ".join(_columns_there(con, [column.name for column in ledger.columns]))
                con.execute(
                    f"INSERT INTO changes.earlier_ledger BY NAME SELECT {known}, ?::DATE AS night "
                    f"FROM {_FILE}.mart.ledger",
                    [night.as_of],
                )
                return


def _columns_there(con: duckdb.DuckDBPyConnection, wanted: list[str]) -> list[str]:
    """Of the columns of the ledger those that the older release has, too."""
    found = con.execute(
        "SELECT column_name FROM duckdb_columns() "
        "WHERE database_name = ? AND schema_name = 'mart' AND table_name = 'ledger'",
        [_FILE],
    ).fetchall()
    there = {name for (name,) in found}
    return [name for name in wanted if name in there]


def _month_before(day: dt.date) -> dt.date:
    """The same day of the month before, or that month's last day."""
    year, month = (day.year, day.month - 1) if day.month > 1 else (day.year - 1, 12)
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


@contextmanager
def _attached(warehouse: Warehouse, night: PublishedNight) -> Iterator[frozenset[str]]:
    """Within, the night's snapshot is attached read-only; the tables it has, none where it is damaged."""
    con = warehouse.con
    why = damage_of(night.directory)
    if why is None:
        try:
            con.execute(f"ATTACH '{sql_text(night.mart.resolve())}' AS {_FILE} (READ_ONLY)")
        except duckdb.Error as error:
            why = f"mart.duckdb：{type(error).__name__}"
    if why is not None:
        warn(con, DamagedNight(night.region, night.as_of, why).message)
        yield frozenset()
        return
    try:
        found = con.execute(
            "SELECT table_name FROM duckdb_tables() WHERE database_name = ? AND schema_name = 'mart'", [_FILE]
        ).fetchall()
        yield frozenset(name for (name,) in found)
    finally:
        con.execute(f"DETACH {_FILE}")
