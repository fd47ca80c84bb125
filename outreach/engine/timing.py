"""How long each model and step of a night took: ``run.timing`` of the working warehouse.

Noted by the code that builds (``models.build``, ``stages.build_stage``) or runs a step; a connection whose
first database has no such table notes nothing. Read back for metadata, and published as ``mart.timing``.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import duckdb

TIMING = "run.timing (ended DOUBLE, kind VARCHAR, step VARCHAR, model VARCHAR, rows BIGINT, seconds DOUBLE)"
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
    return str(min(con.execute("PRAGMA database_list").fetchall())[1])


def note_timings(con: duckdb.DuckDBPyConnection, timings: Iterable[Timing]) -> None:
    """Add to ``run.timing``, in this order; whatever database new tables go to at the moment."""
    now = time.time()
    rows = [
        f"({now + place * 1e-6}, {_text(t.kind)}, {_text(t.step)}, {_text(t.model)}, "
        f"{'NULL' if t.rows is None else t.rows}, {t.seconds})"
        for place, t in enumerate(timings)
    ]
    if rows:
        with contextlib.suppress(duckdb.CatalogException):
            table = f'"{first_database(con)}".run.timing'
            con.execute(f"INSERT INTO {table} VALUES {', '.join(rows)}").fetchall()


def _text(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"


def read_timings(con: duckdb.DuckDBPyConnection, since: float = 0) -> list[Timing]:
    """The timings in the order in which they were noted, from a time (seconds since the epoch) on."""
    rows = con.execute(
        f'SELECT kind, step, model, rows, seconds FROM "{first_database(con)}".run.timing '
        "WHERE ended >= ? ORDER BY ended",
        [since],
    ).fetchall()
    return [Timing(*row) for row in rows]
