"""The published night that tonight is compared with, attached read-only under a fixed shape.

A night is compared with the last published night *before its own date*: a rerun never with itself, an older
date that is run late never with a newer one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from contracts.published import TABLES, PublishedTable
from outreach.delivery.release.nights import DamagedNight, PublishedNight, last_sound
from outreach.engine import Warehouse, sql_text, warn

PREVIOUS = "previous"
"""The schema of the working warehouse in which the previous night is found."""
_FILE = "previous_file"


@contextmanager
def attach_previous_release(
    warehouse: Warehouse, home: Path, region: str, as_of: dt.date
) -> Iterator[PublishedNight | None]:
    """Within, ``previous.<table>`` is each table of ``mart`` as the previous night published it.

    Each has just the columns of ``contracts.published``: one that the older release does not have yet is
    NULL throughout, a table that it lacks is empty. So are all where the region has no previous night
    (then the answer is None). Nothing of the previous release is changed. A night that is damaged is reported
    (`outreach.engine.warn`) and left out: the next older one is the previous night.
    """
    con = warehouse.con
    con.execute(f"CREATE OR REPLACE SCHEMA {PREVIOUS}")
    try:
        night = _attach_last(con, home, region, as_of)
        there = _columns(con)
        for table in TABLES:
            con.execute(_view(table, there.get(table.name, frozenset())))
        yield night
    finally:
        con.execute(f"DROP SCHEMA IF EXISTS {PREVIOUS} CASCADE")
        con.execute(f"DETACH DATABASE IF EXISTS {_FILE}")


def _attach_last(
    con: duckdb.DuckDBPyConnection, home: Path, region: str, before: dt.date
) -> PublishedNight | None:
    """Attach the newest night before the date that can be read; None where there is none."""
    while True:
        night, damaged = last_sound(home, region, before)
        for other in damaged:
            warn(con, other.message)
        if night is None:
            return None
        try:
            con.execute(f"ATTACH '{sql_text(night.mart.resolve())}' AS {_FILE} (READ_ONLY)")
        except duckdb.Error as error:
            warn(con, DamagedNight(region, night.as_of, f"mart.duckdb：{type(error).__name__}").message)
            before = night.as_of
        else:
            return night


def _columns(con: duckdb.DuckDBPyConnection) -> dict[str, frozenset[str]]:
    rows = con.execute(
        "SELECT table_name, list(column_name) FROM duckdb_columns() "
        "WHERE database_name = ? AND schema_name = 'mart' GROUP BY ALL",
        [_FILE],
    ).fetchall()
    return {name: frozenset(columns) for name, columns in rows}


def _view(table: PublishedTable, there: frozenset[str]) -> str:
    columns = ", ".join(
        column.name if column.name in there else f"CAST(NULL AS {column.sql_type}) AS {column.name}"
        for column in table.columns
    )
    source = f"FROM {_FILE}.mart.{table.name}" if there else "WHERE FALSE"
    return f"CREATE VIEW {PREVIOUS}.{table.name} AS SELECT {columns} {source}"
