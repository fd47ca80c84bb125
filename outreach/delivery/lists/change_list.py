"""What is not as it was on the published night before: ``changes.csv``, ``changes/<town>.xlsx``."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import duckdb
import polars as pl

from contracts.vocabulary import Cause, Change
from outreach.delivery.lists.escaping import csv_rows
from outreach.delivery.lists.list_columns import CHANGES as LAYOUT
from outreach.delivery.lists.list_files import ListFile, csv_bytes, groups, put_file, read_rows, runs, spans
from outreach.delivery.lists.workbook import row_xml, workbook

_ROWS = """
SELECT * FROM lists.change_line WHERE town_file BETWEEN ? AND ?
ORDER BY town_file, programme, cause, change, person_id
"""
_TITLE = "名单变化"
_FILE = "changes.csv"


def write_changes(con: duckdb.DuckDBPyConnection, root: Path, heading: str) -> list[ListFile]:
    """Write what changed: the whole region as CSV, each town as a workbook; nothing where nothing did.

    Reads ``lists.change_line``, in which identity numbers are masked.
    """
    files: list[ListFile] = []
    written, digest = 0, hashlib.sha256()
    by_town = groups(con, "town_file", "lists.change_line")
    if by_town.is_empty():
        return files
    handle = os.open(root / _FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o440)
    with os.fdopen(handle, "wb") as file:
        os.fchmod(handle, 0o440)
        for span in spans(by_town):
            rows = _named(read_rows(con, _ROWS, span, LAYOUT))
            files.extend(_write_towns(root, heading, rows))
            content = csv_bytes(_cells(rows), begins=written == 0)
            file.write(content)
            digest.update(content)
            written += rows.height
    return [*files, ListFile(_FILE, "changes", None, None, None, written, digest.hexdigest())]


def _named(rows: pl.DataFrame) -> pl.DataFrame:
    """Changes and causes by their Chinese names."""
    return rows.with_columns(
        pl.col("change").replace_strict(Change.names()).alias("change_name"),
        pl.col("cause").replace_strict(Cause.names()).alias("cause_name"),
    )


def _cells(rows: pl.DataFrame) -> pl.DataFrame:
    safe = csv_rows(rows, [column.source for column in LAYOUT.columns])
    return safe.select(pl.col(column.source).alias(column.header) for column in LAYOUT.columns)


def _write_towns(root: Path, heading: str, rows: pl.DataFrame) -> Iterator[ListFile]:
    xml = row_xml(LAYOUT, rows)
    for town, start, length in runs(rows, "town_file"):
        heads = f"{_TITLE}　{town}　{heading}　共 {length} 条"
        path = f"changes/{town}.xlsx"
        book = workbook(LAYOUT, _TITLE, heads, xml.between(start, length), length)
        yield ListFile(path, "changes", None, None, town, length, put_file(root / path, book))
