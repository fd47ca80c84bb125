"""What is not as it was on the published night before: ``changes.csv``, ``<town_code>/changes.xlsx``."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import duckdb
import polars as pl

from contracts.vocabulary import Cause, Change, ListKind
from outreach.delivery.lists.area_names import AreaNames
from outreach.delivery.lists.escaping import csv_rows
from outreach.delivery.lists.list_columns import CHANGES as LAYOUT
from outreach.delivery.lists.list_files import (
    ListFile,
    csv_bytes,
    groups,
    put_file,
    read_rows,
    sheets,
    spans,
)
from outreach.delivery.lists.workbook import workbook

_ROWS = """
SELECT * FROM lists.change_line WHERE town_file BETWEEN ? AND ?
ORDER BY town_file, programme, cause, change, person_id
"""
_FILE = "changes.csv"
_KIND = ListKind.CHANGES


def write_changes(con: duckdb.DuckDBPyConnection, root: Path, areas: AreaNames) -> list[ListFile]:
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
            files.extend(_write_towns(root, areas, rows))
            content = csv_bytes(_cells(rows), begins=written == 0)
            file.write(content)
            digest.update(content)
            written += rows.height
    return [*files, ListFile(_FILE, _KIND, None, None, None, written, digest.hexdigest(), _KIND.chinese)]


def _named(rows: pl.DataFrame) -> pl.DataFrame:
    """Changes and causes by their Chinese names."""
    return rows.with_columns(
        pl.col("change").replace_strict(Change.names()).alias("change_name"),
        pl.col("cause").replace_strict(Cause.names()).alias("cause_name"),
    )


def _cells(rows: pl.DataFrame) -> pl.DataFrame:
    safe = csv_rows(rows, [column.source for column in LAYOUT.columns])
    return safe.select(pl.col(column.source).alias(column.header) for column in LAYOUT.columns)


def _write_towns(root: Path, areas: AreaNames, rows: pl.DataFrame) -> Iterator[ListFile]:
    for sheet in sheets(LAYOUT, rows, "town_file"):
        town, length = sheet.name, sheet.length
        about = [f"{areas.region}　{areas.town(town)}　{areas.night}　共 {length} 条"]
        title = f"{_KIND.chinese}　{areas.town(town)}"
        book = workbook(sheet.layout, _KIND.chinese, title, about, [sheet.xml.between(0, length)], length)
        path = f"{town}/changes.xlsx"
        yield ListFile(path, _KIND, None, None, town, length, put_file(root / path, book), _KIND.chinese)
