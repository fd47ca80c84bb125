"""How a department happens to deliver: file type, encoding, separator, codes or labels, date styles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import numpy as np
import polars as pl
import xlsxwriter

from contracts.extracts import Column, Extract, Kind

EXCEL_ROWS = 20_000
_SLICE = 200_000
_BAD_BYTE = "\x1aWRONG BYTE\x1a"
_MISSING_MARKS = ("-", "无", "NULL", "null", "N/A")
DATE_STYLES = ("dashes", "slashes", "compact", "dots", "chinese", "serial")
MONTH_STYLES = ("dashes", "compact", "chinese")


@dataclass(frozen=True)
class Form:
    """One way to deliver an extract; ``describe`` is what a person would call it."""

    ending: str
    encoding: str = ""
    separator: str = ","
    parts: int = 1
    labels: bool = False
    date_style: str = "dashes"
    month_style: str = "dashes"
    quote_all: bool = False
    line_end: str = "\r\n"
    marker: str = ""
    typed: bool = False

    @property
    def lines(self) -> bool:
        """The file is text made of lines."""
        return self.ending == "csv"

    def describe(self) -> str:
        """The form in a few words."""
        if self.ending != "csv":
            return self.ending
        return f"csv {self.encoding} {self.separator!a}{f' {self.parts} parts' if self.parts > 1 else ''}"


# Forms that a world deals out, most usual first; a world starts somewhere in the list and goes round.
_ROUND: tuple[Form, ...] = (
    Form("csv", "gb18030", ",", parts=3, labels=True, date_style="compact"),
    Form("csv", "utf-8", ",", labels=True, date_style="slashes", month_style="compact"),
    Form("csv", "utf-8-sig", "\t", date_style="chinese", month_style="chinese", marker="'"),
    Form("xlsx", labels=False, typed=True),
    Form("csv", "gb18030", ",", date_style="slashes", quote_all=True, line_end="\n"),
    Form("csv", "utf-16", "|", labels=True, date_style="dots", month_style="compact"),
    Form("parquet", typed=True),
    Form("csv", "utf-8-sig", ",", labels=True, date_style="dashes", marker="\t"),
    Form("csv", "gb18030", "\t", date_style="serial", month_style="chinese"),
    Form("parquet", labels=True),
    Form("csv", "gb18030", "|", labels=True, date_style="dots", parts=2, line_end="\n"),
    Form("xlsx", labels=True),
)
# Easy to open by hand: what the committed samples are made of, with one of each harder kind.
_READABLE: tuple[Form, ...] = (
    Form("csv", "utf-8", ",", labels=True, date_style="dashes"),
    Form("csv", "utf-8-sig", ",", date_style="slashes", month_style="compact"),
    Form("csv", "gb18030", ",", labels=True, date_style="compact", parts=2),
    Form("csv", "utf-8", "\t", labels=True, date_style="chinese", month_style="chinese"),
    Form("csv", "utf-8-sig", ",", labels=True, date_style="dots", quote_all=True),
    Form("xlsx", typed=True),
    Form("csv", "utf-8", "|", labels=False, date_style="dashes", line_end="\n"),
)


def deal(extracts: tuple[Extract, ...], rng: np.random.Generator, readable: bool) -> dict[str, Form]:
    """A form for every extract; two worlds deal differently, the register goes round like the rest."""
    forms = _READABLE if readable else _ROUND
    start = int(rng.integers(0, len(forms)))
    step = int(rng.choice([1, 5, 7])) if not readable else int(rng.choice([1, 2, 3]))
    return {
        extract.name: forms[(start + step * index) % len(forms)] for index, extract in enumerate(extracts)
    }


def for_size(form: Form, rows: int) -> Form:
    """The form, or a text file where there are too many rows for a workbook."""
    if form.ending == "xlsx" and rows > EXCEL_ROWS:
        return Form("csv", "gb18030", ",", labels=form.labels, date_style="slashes")
    return replace(form, parts=1) if rows < 2 * form.parts else form


def _label(column: Column, form: Form) -> pl.Expr:
    value = pl.col(column.name)
    if column.codes is None:
        return value.cast(pl.String)
    entries = column.codes.entries
    codes = {entry.value: entry.code for entry in entries}
    labels = {entry.value: entry.label for entry in entries}
    other = {entry.value: entry.also[0] if entry.also else entry.label for entry in entries}
    bracketed = {
        entry.value: f"{entry.label}（{entry.also[0]}）"
        if entry.also and entry.label != entry.also[0]
        else entry.label
        for entry in entries
        if column.codes.name in ("ability_level", "family_planning")
    }

    def mapped(mapping: dict[int | str | bool, str]) -> pl.Expr:
        return value.replace_strict(
            list(mapping), list(mapping.values()), return_dtype=pl.String, default=None
        )

    if not form.labels:
        return mapped(codes)
    turn = pl.col("place") % 11
    if bracketed:
        return (
            pl.when(turn == 3)
            .then(mapped(other))
            .when(turn == 7)
            .then(mapped(bracketed))
            .otherwise(mapped(labels))
        )
    return mapped(labels)


def _date_text(name: str, style: str) -> pl.Expr:
    value = pl.col(name)
    return {
        "dashes": value.dt.strftime("%Y-%m-%d"),
        "slashes": pl.format("{}/{}/{}", value.dt.year(), value.dt.month(), value.dt.day()),
        "compact": value.dt.strftime("%Y%m%d"),
        "dots": value.dt.strftime("%Y.%m.%d"),
        "chinese": pl.format("{}年{}月{}日", value.dt.year(), value.dt.month(), value.dt.day()),
        "serial": (value.cast(pl.Int32) + 25_569).cast(pl.String),
    }[style]


def _month_text(name: str, style: str) -> pl.Expr:
    value = pl.col(name)
    return {
        "dashes": value.dt.strftime("%Y-%m"),
        "compact": value.dt.strftime("%Y%m"),
        "chinese": pl.format("{}年{}月", value.dt.year(), value.dt.month()),
    }[style]


def _other(styles: tuple[str, ...], style: str, by: int) -> str:
    return styles[(styles.index(style) + by) % len(styles)]


def text_cells(extract: Extract, frame: pl.DataFrame, form: Form) -> pl.DataFrame:
    """The delivered columns of ``extract`` as text under their Chinese headers, missing values still NULL."""
    turn = pl.col("place") % 13
    cells: list[pl.Expr] = []
    for column in extract.columns:
        if column.kind is Kind.DATE:
            style = form.date_style
            cell = (
                pl.when(turn == 5)
                .then(_date_text(column.name, _other(DATE_STYLES, style, 1)))
                .when(turn == 9)
                .then(_date_text(column.name, _other(DATE_STYLES, style, 3)))
                .otherwise(_date_text(column.name, style))
            )
        elif column.kind is Kind.MONTH:
            style = form.month_style
            cell = (
                pl.when(turn == 4)
                .then(_month_text(column.name, _other(MONTH_STYLES, style, 1)))
                .otherwise(_month_text(column.name, style))
            )
        elif column.kind is Kind.AMOUNT:
            cell = pl.col(column.name).cast(pl.Decimal(12, 2)).cast(pl.String)
            cell = pl.when(turn == 2).then(cell).otherwise(cell.str.strip_suffix(".00"))
        elif column.kind in (Kind.CODE, Kind.YES_NO):
            cell = _label(column, form)
        elif column.kind in (Kind.TEXT, Kind.ADDRESS):
            cell = pl.col(column.name)
            cell = pl.when(turn == 6).then(pl.lit("\u3000") + cell + " ").otherwise(cell)
        elif column.kind in (Kind.IDENTITY_NUMBER, Kind.CERTIFICATE_NUMBER) and form.marker:
            cell = pl.lit(form.marker) + pl.col(column.name)
        else:
            cell = pl.col(column.name)
        if f"{column.name}__text" in frame.columns:
            cell = pl.coalesce(f"{column.name}__text", cell)
        cells.append(cell.alias(column.header))
    return frame.select(cells)


def _ordered(cells: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """Columns in another order, an extra one among them."""
    columns = list(cells.columns)
    cut = int(rng.integers(0, len(columns)))
    columns = columns[cut:] + columns[:cut]
    if rng.random() < 0.4:
        columns.insert(int(rng.integers(0, len(columns))), "数据来源")
        cells = cells.with_columns(数据来源=pl.lit("业务系统"))
    return cells.select(columns)


def write(
    extract: Extract, frame: pl.DataFrame, form: Form, folder: Path, rng: np.random.Generator
) -> Iterator[tuple[Path, int]]:
    """Write the file (or parts) of an extract into ``folder``; gives each path with its number of rows."""
    if form.ending == "parquet":
        path = folder / f"{extract.name}.parquet"
        _parquet(extract, frame, form, rng).write_parquet(path, compression="zstd")
        yield path, frame.height
    elif form.ending == "xlsx":
        path = folder / f"{extract.name}.xlsx"
        _workbook(extract, frame, form, path, rng)
        yield path, frame.height
    else:
        cells = _ordered(text_cells(extract, frame, form), rng)
        cells = cells.with_columns(kind__=frame["row_kind"], place__=frame["place"])
        size = -(-max(1, frame.height) // form.parts)
        for part in range(form.parts):
            suffix = f".part{part + 1:02d}" if form.parts > 1 else ""
            path = folder / f"{extract.name}{suffix}.csv"
            rows = cells.slice(part * size, size)
            _lines(rows, form, path)
            yield path, rows.height


def _parquet(extract: Extract, frame: pl.DataFrame, form: Form, rng: np.random.Generator) -> pl.DataFrame:
    cells = text_cells(extract, frame, form)
    if form.typed:
        for column in extract.columns:
            if f"{column.name}__text" in frame.columns or column.name not in frame.columns:
                continue
            if column.kind is Kind.DATE:
                cells = cells.with_columns(frame[column.name].alias(column.header))
            elif column.kind is Kind.AMOUNT:
                cells = cells.with_columns(frame[column.name].cast(pl.Float64).alias(column.header))
            elif column.kind is Kind.CODE and not form.labels:
                cells = cells.with_columns(pl.col(column.header).cast(pl.Int64, strict=False))
    return _ordered(cells, rng)


def _workbook(
    extract: Extract, frame: pl.DataFrame, form: Form, path: Path, rng: np.random.Generator
) -> None:
    cells = _ordered(text_cells(extract, frame, form), rng)
    by_header = extract.by_header
    excel = frame["number_kind"].to_list() if "number_kind" in frame.columns else [None] * frame.height
    book = xlsxwriter.Workbook(
        str(path), {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    )
    book.set_properties({"created": datetime(2026, 1, 1)})  # noqa: DTZ001 - a fixed stamp, so that the same world has the same bytes
    sheet = book.add_worksheet("Sheet1")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(0, 0, cells.columns)
    for at, header in enumerate(cells.columns):
        column = by_header.get(header)
        kind = column.kind if column else Kind.TEXT
        texts = cells[header].to_list()
        typed: list[object] = texts
        if column and form.typed and kind is Kind.DATE:
            override = (
                frame[f"{column.name}__text"].to_list()
                if f"{column.name}__text" in frame.columns
                else [None] * len(texts)
            )
            typed = [
                text if bad else value
                for text, bad, value in zip(texts, override, frame[column.name].to_list(), strict=True)
            ]
        elif kind in (Kind.AMOUNT, Kind.CODE, Kind.YES_NO, Kind.AREA, Kind.PHONE) and form.typed:
            typed = [_number(text) for text in texts]
        elif column and column.name == "id_number":
            typed = [
                float(text) if how == "number_excel" else text for text, how in zip(texts, excel, strict=True)
            ]
        for row, value in enumerate(typed, 1):
            if isinstance(value, date):
                sheet.write_datetime(row, at, value, day)
            elif isinstance(value, int | float):
                sheet.write_number(row, at, value)
            elif value:
                sheet.write_string(row, at, str(value))
    book.close()


def _number(text: str | None) -> object:
    try:
        return None if text is None else float(text)
    except ValueError:
        return text


def _lines(cells: pl.DataFrame, form: Form, path: Path) -> None:
    """Write lines, broken ones among them, in slices so that memory stays small."""
    headers = [name for name in cells.columns if name not in ("kind__", "place__")]
    codec = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le"}.get(form.encoding, form.encoding)
    start = {"utf-8-sig": b"\xef\xbb\xbf", "utf-16": b"\xff\xfe"}.get(form.encoding, b"")
    # A byte that no text in the encoding has (in UTF-16: half of a pair).
    wrong = b"\x00\xd8" if form.encoding == "utf-16" else b"\xff"
    with path.open("wb") as out:
        out.write(start + (form.separator.join(headers) + form.line_end).encode(codec))
        for offset in range(0, cells.height, _SLICE):
            text = _joined(cells.slice(offset, _SLICE), headers, form)
            out.write(text.encode(codec).replace(_BAD_BYTE.encode(codec), wrong))


def _joined(cells: pl.DataFrame, headers: list[str], form: Form) -> str:
    turn = pl.col("place__")
    texts = []
    for index, header in enumerate(headers):
        missing = pl.lit("")
        for step, mark in enumerate(_MISSING_MARKS):
            missing = pl.when((turn + index) % 150 == 30 * step).then(pl.lit(mark)).otherwise(missing)
        texts.append(pl.coalesce(pl.col(header), missing))
    quoted = []
    for text in texts:
        always = pl.lit('"') + text.str.replace_all('"', '""', literal=True) + pl.lit('"')
        needs = text.str.contains(form.separator, literal=True) | text.str.contains('"', literal=True)
        quoted.append(always if form.quote_all else pl.when(needs).then(always).otherwise(text))
    whole = pl.concat_str(quoted, separator=form.separator)
    middle = len(headers) // 2
    short = pl.concat_str(quoted[: max(1, middle)], separator=form.separator)
    open_quote = pl.concat_str(
        [*quoted[:middle], pl.lit('"') + texts[middle], *texts[middle + 1 :]], separator=form.separator
    )
    wrong = pl.concat_str(
        [*quoted[:middle], pl.lit(_BAD_BYTE), *quoted[middle + 1 :]], separator=form.separator
    )
    kind = pl.col("kind__")
    # Harmless: blank lines between rows, and empty cells too many.
    blank = pl.when(turn % 97 == 50).then(pl.lit(form.line_end)).otherwise(pl.lit(""))
    surplus = pl.when(turn % 89 == 40).then(pl.lit(form.separator * 2)).otherwise(pl.lit(""))
    line = (
        pl.when(kind == "row_ragged")
        .then(short)
        .when(kind == "row_open_quote")
        .then(open_quote)
        .when(kind == "row_wrong_byte")
        .then(wrong)
        .otherwise(whole + surplus)
    )
    lines = cells.select(line=blank + line + pl.lit(form.line_end))["line"]
    return str(lines.str.join("").item())
