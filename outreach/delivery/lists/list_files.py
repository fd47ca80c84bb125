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
from outreach.delivery.lists.workbook import Layout, Rows, row_xml
from outreach.engine import make_folder, write_new
from outreach.engine.folders import GROUP

TASK_LINES = 30_000
"""About so many lines are in memory at a time, whatever the population."""


@dataclass(frozen=True)
class ListFile:
    """A file of the index.

    ``kind``: `contracts.vocabulary.ListKind`. ``area_code``: a town or community, or ``unassigned``; None:
    the whole region. ``label``: its Chinese name without the ending, by which it is packed with its town.
    """

    path: str
    kind: str
    programme: str | None
    action: str | None
    area_code: str | None
    rows: int
    sha256: str
    label: str


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
    con: duckdb.DuckDBPyConnection,
    query: str,
    values: Sequence[str],
    layout: Layout,
    more: Sequence[str] = (),
) -> pl.DataFrame:
    """The rows of a task, their text (and that of ``more`` columns) made plain.

    Columns to be filled in are not there.
    """
    rows: pl.DataFrame = con.cursor().sql(query, params=list(values)).pl()
    sources = dict.fromkeys([*(column.source for column in layout.columns), *more])
    there = [source for source in sources if source in rows.columns]
    return plain_rows(rows, there, lines=[c.source for c in layout.columns if c.lines])


@dataclass(frozen=True)
class Sheet:
    """The rows of one workbook: their place in the frame, the layout that fits them, their XML."""

    name: str
    start: int
    length: int
    layout: Layout
    xml: Rows


def sheets(layout: Layout, rows: pl.DataFrame, key: str, banded: str | None = None) -> list[Sheet]:
    """A sheet for each run of equal keys; optional columns in which it has no text are left out of it.

    The rows are in key order. Sheets that leave out the same columns are made at one time.
    """
    names = [name for name in layout.optional if name in rows.columns]
    missing = [name for name in layout.optional if name not in rows.columns]
    filled = rows.select(key, *((pl.col(name) != "").alias(name) for name in names))
    found = filled.group_by(key, maintain_order=True).agg(pl.col(names).any(), pl.len().alias("#rows"))
    alike: dict[frozenset[str], list[str]] = {}
    for town, *some, _ in found.iter_rows():
        without = [name for name, has_text in zip(names, some, strict=True) if not has_text]
        empty = frozenset([*without, *missing])
        alike.setdefault(empty, []).append(town)
    made: dict[str, tuple[Layout, Rows, int]] = {}
    lengths = dict(found.select(key, "#rows").iter_rows())
    for empty, towns in alike.items():
        fitting, at = layout.without(empty), 0
        own = rows if len(alike) == 1 else rows.filter(pl.col(key).is_in(towns))
        xml = row_xml(fitting, own, banded)
        for town in towns:
            made[town] = fitting, xml, at
            at += lengths[town]
    return [
        Sheet(town, start, length, made[town][0], made[town][1].starting(made[town][2]))
        for town, start, length in runs(rows, key)
    ]


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
