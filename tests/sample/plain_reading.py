"""Reads a batch as a careful person would, with the standard library: no code of the project."""

from __future__ import annotations

import csv
import datetime as dt
import re
from pathlib import Path
from typing import Any

import polars as pl
from python_calamine import CalamineWorkbook

Row = dict[str, Any]


def decode(data: bytes) -> str:
    if data.startswith(b"\xff\xfe"):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    # One wrong byte does not make a UTF-8 file GB18030: whichever reads with fewer losses.
    readings = [data.decode("utf-8-sig", errors="replace"), data.decode("gb18030", errors="replace")]
    return min(readings, key=lambda text: text.count("\ufffd"))


def read_csv(path: Path) -> list[Row]:
    lines = [line for line in re.split(r"\r?\n", decode(path.read_bytes())) if line.strip()]
    separator = max(",\t|", key=lines[0].count)
    header = next(csv.reader([lines[0]], delimiter=separator))
    rows = []
    for line in lines[1:]:
        cells = next(csv.reader([line], delimiter=separator))
        row: Row = dict(zip(header, cells, strict=False))
        row["__cells"], row["__width"] = len(cells), len(header)
        rows.append(row)
    return rows


def read_xlsx(path: Path) -> list[Row]:
    cells = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    header = list(map(str, cells[0]))
    return [dict(zip(header, line, strict=True)) for line in cells[1:]]


def read_extract(batch: Path, extract: str) -> list[Row]:
    """Rows of an extract over its parts in name order; row k of the truth is element k - 1."""
    rows: list[Row] = []
    for path in sorted(batch.glob(f"{extract}.*")):
        if path.suffix == ".csv":
            rows += read_csv(path)
        elif path.suffix == ".xlsx":
            rows += read_xlsx(path)
        else:
            rows += pl.read_parquet(path).to_dicts()
    return rows


def as_date(value: Any) -> dt.date | None:
    """A date in any of the forms that departments write, or None."""
    if isinstance(value, dt.date):
        return value
    text = "" if value is None else str(value).strip()
    if re.fullmatch(r"\d{5}(\.0)?", text):
        return dt.date(1899, 12, 30) + dt.timedelta(days=int(float(text)))
    if re.fullmatch(r"\d{8}", text):
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    parts = [int(part) for part in re.findall(r"\d+", text)]
    try:
        return dt.date(*parts) if len(parts) == 3 else None
    except ValueError:
        return None
