"""How long each model and step of a night took: ``run.timing`` of the working warehouse.

Noted by whoever builds (``models.build``, ``stages.build_stage``) or runs a step; a connection whose first
database has no such table notes nothing. Read back for metadata, and published as ``mart.timing``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import duckdb

TIMING = "run.timing (number INTEGER, kind VARCHAR, step VARCHAR, model VARCHAR, rows BIGINT, seconds DOUBLE)"
Kind = Literal["step", "stage", "model"]
"""A step of the night (an asset) whole; a stage of one, made of models and code; one model of ``sql/``."""


@dataclass(frozen=True)
class Timing:
    """Wall seconds of a step, stage or model, and the rows of what it made (None: it has none of its own)."""

    kind: Kind
    step: str
    model: str
    rows: int | None
    seconds: float


def first_database(con: duckdb.DuckDBPyConnection) -> str:
    """The database that was opened first: of a night's connection the working file."""
    ((name,),) = con.execute(
        "SELECT database_name FROM duckdb_databases() WHERE NOT internal ORDER BY database_oid LIMIT 1"
    ).fetchall()
    return str(name)


def note_timings(con: duckdb.DuckDBPyConnection, timings: Iterable[Timing]) -> None:
    """Add to ``run.timing``, in this order; whatever database new tables go to at the moment."""
    rows = [[t.kind, t.step, t.model, t.rows, t.seconds] for t in timings]
    database = first_database(con)
    ((there,),) = con.execute(
        "SELECT count(*) FROM duckdb_tables() "
        "WHERE database_name = ? AND schema_name = 'run' AND table_name = 'timing'",
        [database],
    ).fetchall()
    if rows and there:
        before = count_timings(con)
        con.execute(
            f'INSERT INTO "{database}".run.timing VALUES {", ".join(["(?, ?, ?, ?, ?, ?)"] * len(rows))}',
            [value for number, row in enumerate(rows, before) for value in (number, *row)],
        ).fetchall()


def count_timings(con: duckdb.DuckDBPyConnection) -> int:
    """How many timings the night has noted."""
    ((count,),) = con.execute(f'SELECT count(*) FROM "{first_database(con)}".run.timing').fetchall()
    return int(count)


def read_timings(con: duckdb.DuckDBPyConnection, since: int = 0) -> list[Timing]:
    """The timings in the order in which they were noted, from the ``since``-th on."""
    rows = con.execute(
        f'SELECT kind, step, model, rows, seconds FROM "{first_database(con)}".run.timing '
        "WHERE number >= ? ORDER BY number",
        [since],
    ).fetchall()
    return [Timing(*row) for row in rows]
