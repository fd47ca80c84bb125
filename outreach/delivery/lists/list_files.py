"""What every list file needs: its place in the index, its rows cut into tasks, its bytes on the disk."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

from outreach.delivery.lists.escaping import plain_rows
from outreach.delivery.lists.workbook import Layout
from outreach.engine import make_folder, write_new
from outreach.engine.folders import GROUP

TASK_LINES = 30_000
"""About so many lines are in memory at a time, whatever the population."""


@dataclass(frozen=True)
class ListFile:
    """A file of the index.

    ``kind``: list, by_household, corrections or changes; ``area_code`` may be ``unknown``.
    """

    path: str
    kind: str
    programme: str | None
    action: str | None
    area_code: str | None
    rows: int
    sha256: str


def groups(con: duckdb.DuckDBPyConnection, keys: str, table: str) -> pl.DataFrame:
    """Rows by file, in file order."""
    query = f"SELECT {keys}, count(*) AS rows FROM {table} GROUP BY ALL ORDER BY ALL"
    found: pl.DataFrame = con.cursor().sql(query).pl()
    return found


def spans(files: pl.DataFrame) -> Iterator[tuple[str, str]]:
    """Runs of neighbouring files that together have about `TASK_LINES` lines."""
    first = last = None
    lines = 0
    for name, rows in files.iter_rows():
        if first is not None and lines + rows > TASK_LINES:
            yield first, str(last)
            first, lines = None, 0
        first = first or str(name)
        last, lines = name, lines + rows
    if first is not None:
        yield first, str(last)


def read_rows(
    con: duckdb.DuckDBPyConnection, query: str, values: Sequence[str], layout: Layout
) -> pl.DataFrame:
    """The rows of a task, their text made plain; columns to be filled in are not there."""
    rows: pl.DataFrame = con.cursor().sql(query, params=list(values)).pl()
    there = [c.source for c in layout.columns if c.source in rows.columns]
    return plain_rows(rows, there, lines=[c.source for c in layout.columns if c.lines])


def runs(rows: pl.DataFrame, key: str) -> Iterator[tuple[str, int, int]]:
    """Name, first row and length of each run of equal keys; the rows are in key order."""
    lengths = rows.select(pl.col(key).rle()).unnest(key)
    start = 0
    for length, name in lengths.select("len", "value").iter_rows():
        yield str(name), start, length
        start += length


def csv_bytes(cells: pl.DataFrame, *, begins: bool = True) -> bytes:
    """UTF-8, every cell in quotes: no separator inside a cell can open another one.

    What begins a file has the BOM and the header line before it.
    """
    buffer = io.BytesIO()
    cells.write_csv(buffer, include_bom=begins, include_header=begins, quote_style="always")
    return buffer.getvalue()


def put_file(path: Path, content: bytes) -> str:
    """Write a read-only file; its SHA-256."""
    for folder in (path.parent.parent, path.parent):
        if not folder.exists():
            make_folder(folder, GROUP)
    write_new(path, content, 0o440)
    return hashlib.sha256(content).hexdigest()
