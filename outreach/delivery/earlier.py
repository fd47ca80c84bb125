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
from outreach.delivery.errors import DeliveryError
from outreach.delivery.nights import PublishedNight, published_nights
from outreach.delivery.snapshot import sql_text
from outreach.engine import Warehouse

EARLIER = "earlier"
"""The schema of the working warehouse in which the earlier night is found."""
_FILE = "earlier_file"


@contextmanager
def earlier_night(
    warehouse: Warehouse, home: Path, region: str, as_of: dt.date
) -> Iterator[PublishedNight | None]:
    """Within, ``earlier.<table>`` is each table of ``mart`` as the earlier night published it.

    Each has just the columns of ``contracts.published``: one that the older release does not have yet is
    NULL throughout, a table that it lacks is empty. So are all where the region has no earlier night
    (then the answer is None). Nothing of the earlier release is changed.

    Raises:
        DeliveryError: the earlier release cannot be read; the message says which it is and what to do.
    """
    nights = published_nights(home, region, before=as_of)
    night = nights[-1] if nights else None
    con = warehouse.con
    con.execute(f"CREATE OR REPLACE SCHEMA {EARLIER}")
    try:
        if night is not None:
            _attach(con, night)
        there = _columns(con)
        for table in TABLES:
            con.execute(_view(table, there.get(table.name, frozenset())))
        yield night
    finally:
        con.execute(f"DROP SCHEMA IF EXISTS {EARLIER} CASCADE")
        con.execute(f"DETACH DATABASE IF EXISTS {_FILE}")


def _attach(con: duckdb.DuckDBPyConnection, night: PublishedNight) -> None:
    try:
        con.execute(f"ATTACH '{sql_text(night.mart.resolve())}' AS {_FILE} (READ_ONLY)")
    except duckdb.Error as error:
        raise DeliveryError(
            f"the published night {night.as_of} of {night.region}, run {night.run_id}, cannot be read "
            f"({type(error).__name__}): restore it from a backup, or run that date again"
        ) from error


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
    return f"CREATE VIEW {EARLIER}.{table.name} AS SELECT {columns} {source}"
