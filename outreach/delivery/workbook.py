"""Workbooks of text, fast: XlsxWriter makes the shell once, rows are put in as ready XML.

A night writes about a million lines into thousands of workbooks. Cell by cell that takes minutes; the
styles, header, widths and print set-up are the same in all of them, so XlsxWriter makes one shell of
each layout and this module fills it. Every cell is an inline string: none is a formula, none a number.
The bytes depend on the content alone.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from xml.sax.saxutils import escape

import polars as pl
import xlsxwriter  # type: ignore[import-untyped]

from outreach.delivery.cells import is_formula_like, xml_text
from outreach.delivery.errors import DeliveryError

MAX_ROWS = 1_048_575
_SHEET = "xl/worksheets/sheet1.xml"
_BOOK = "xl/workbook.xml"
_APP = "docProps/app.xml"
# The space makes XlsxWriter quote the name wherever a range refers to it.
_TITLE_TOKEN = "TITLE TOKEN"
_HEADING_TOKEN = "HEADINGTOKEN"
_LAST_ROW_TOKEN = 987_654
_STYLES = 4


@dataclass(frozen=True)
class Column:
    """A column of a layout: where its text is found in the frame, its Chinese header, its look.

    ``wrap`` breaks long text into lines; ``choices`` are offered when the cell is filled in.
    """

    source: str
    header: str
    width: float
    wrap: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Layout:
    """Columns and print set-up (A4 landscape, one page wide, header on each page)."""

    columns: tuple[Column, ...]
    row_height: float | None = None
    printed: int = 0

    @cached_property
    def shell(self) -> Shell:
        """The empty workbook of this layout, taken apart."""
        return _make_shell(self)


@dataclass(frozen=True)
class Shell:
    """A workbook without its rows: parts that never change, already packed, and three to fill in."""

    packed: tuple[Part, ...]
    before_rows: str
    after_rows: str
    book: str
    app: str


@dataclass(frozen=True)
class Part:
    """A packed member of a zip archive."""

    name: str
    data: bytes
    crc: int
    size: int


def pack(name: str, content: bytes | Sequence[bytes], level: int = 1) -> Part:
    """Pack a member. Level 1: row XML is so regular that more effort saves little."""
    pieces = [content] if isinstance(content, bytes) else content
    squeeze = zlib.compressobj(level, zlib.DEFLATED, -15)
    crc = size = 0
    out = []
    for piece in pieces:
        crc = zlib.crc32(piece, crc)
        size += len(piece)
        out.append(squeeze.compress(piece))
    out.append(squeeze.flush())
    return Part(name, b"".join(out), crc, size)


def archive(parts: Iterable[Part]) -> bytes:
    """A zip archive of packed members, with a fixed date, so that equal content is equal bytes."""
    out, directory, offset, count = [], [], 0, 0
    for part in parts:
        name = part.name.encode()
        # version 2.0, deflate, 1980-01-01 00:00
        common = struct.pack(
            "<HHHHHIIIHH", 20, 0, 8, 0, 0x21, part.crc, len(part.data), part.size, len(name), 0
        )
        local = b"PK\x03\x04" + common + name
        out += [local, part.data]
        directory.append(
            b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, offset) + name
        )
        offset += len(local) + len(part.data)
        count += 1
    central = b"".join(directory)
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count, count, len(central), offset, 0)
    return b"".join([*out, central, end])


def _make_shell(layout: Layout) -> Shell:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"constant_memory": True, "strings_to_formulas": False})
    # A fixed date: the night it belongs to stands in the heading.
    book.set_properties({"created": dt.datetime(2000, 1, 1)})  # noqa: DTZ001 - xlsxwriter takes naive dates
    base = {"font_name": "宋体", "font_size": 10, "border": 1, "valign": "vcenter", "num_format": "@"}
    # Order matters: style numbers 1..8 are plain/banded × one line/wrapped, then the same with the mark
    # that keeps a spreadsheet from running the text when somebody edits the cell.
    look = []
    for quoted in (False, True):
        for banded in (False, True):
            for wrap in (False, True):
                form = {**base, "text_wrap": wrap, "quote_prefix": quoted}
                look.append(book.add_format({**form, "bg_color": "#EDEDED"} if banded else form))
    head = book.add_format(
        {**base, "bold": True, "text_wrap": True, "align": "center", "bg_color": "#D9E1F2"}
    )
    sheet = book.add_worksheet(_TITLE_TOKEN)
    last = len(layout.columns) - 1
    for number, column in enumerate(layout.columns):
        sheet.set_column(number, number, column.width)
        sheet.write_string(0, number, column.header, head)
        if column.choices:
            rule = {"validate": "list", "source": list(column.choices), "error_type": "information"}
            sheet.data_validation(1, number, _LAST_ROW_TOKEN - 1, number, rule)
    for number, form in enumerate(look):
        sheet.write_string(1 + number, 0, "", form)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, _LAST_ROW_TOKEN - 1, last)
    sheet.ignore_errors({"number_stored_as_text": f"A1:{column_letters(last)}{_LAST_ROW_TOKEN}"})
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    if layout.printed:
        sheet.print_area(0, 0, _LAST_ROW_TOKEN - 1, layout.printed - 1)
    sheet.set_header(f'&L&"宋体,Bold"&14{_HEADING_TOKEN}')
    sheet.set_footer("&L内部使用，含个人信息，用后收回&C第 &P 页，共 &N 页")
    book.close()
    with zipfile.ZipFile(buffer) as archived:
        parts = {name: archived.read(name) for name in archived.namelist()}
    sheet_xml = parts.pop(_SHEET).decode()
    sheet_xml = re.sub(r"<dimension [^>]*/>", "", sheet_xml)
    before, _, rest = sheet_xml.partition("<sheetData>")
    rows, _, after = rest.partition("</sheetData>")
    header_row = rows[: rows.index("</row>") + len("</row>")]
    return Shell(
        packed=tuple(pack(name, data, 6) for name, data in parts.items() if name not in (_BOOK, _APP)),
        before_rows=f"{before}<sheetData>{header_row}",
        after_rows=f"</sheetData>{after}",
        book=parts[_BOOK].decode(),
        app=parts[_APP].decode(),
    )


def column_letters(number: int) -> str:
    """The letters of a column counted from 0: A, B, … Z, AA."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def row_xml(layout: Layout, rows: pl.DataFrame, row: str = "row", banded: str | None = None) -> pl.Series:
    """Each row of the frame as a ``<row>`` element.

    ``row`` names the integer column with the row's number in its sheet (from 2), ``banded`` a boolean
    column: true rows are shaded. Cells hold the text of `cells.plain_text`; missing and empty are blank.
    """
    text = [c for c in layout.columns if c.source in rows.columns]
    exprs: list[pl.Expr] = [pl.col(row).cast(pl.String).alias("#row")]
    number = pl.col("#row")
    shade = pl.lit(0) if banded is None else pl.col(banded).cast(pl.Int8) * 2
    pieces: list[pl.Expr] = [pl.lit('<row r="'), number]
    if layout.row_height is not None:
        pieces.append(pl.lit(f'" ht="{layout.row_height:g}" customHeight="1'))
    pieces.append(pl.lit('">'))
    by_header = {c.header for c in text}
    for index, column in enumerate(layout.columns):
        letters = column_letters(index)
        wrap = int(column.wrap)
        if column.header not in by_header:
            style = (shade + 1 + wrap).cast(pl.String)
            pieces += [pl.lit(f'<c r="{letters}'), number, pl.lit('" s="'), style, pl.lit('"/>')]
            continue
        quoted = is_formula_like(column.source).cast(pl.Int8) * _STYLES
        exprs += [
            xml_text(column.source).alias(f"#{index}"),
            (shade + quoted + 1 + wrap).cast(pl.String).alias(f"#s{index}"),
        ]
        pieces += [
            pl.lit(f'<c r="{letters}'),
            number,
            pl.lit('" s="'),
            pl.col(f"#s{index}"),
            pl.lit('" t="inlineStr"><is><t>'),
            pl.col(f"#{index}"),
            pl.lit("</t></is></c>"),
        ]
    pieces.append(pl.lit("</row>"))
    return rows.with_columns(exprs).select(xml=pl.concat_str(pieces)).get_column("xml")


def workbook(layout: Layout, title: str, heading: str, rows: pl.Series) -> bytes:
    """The bytes of a workbook: ``title`` names the sheet, ``heading`` stands on every printed page.

    Raises:
        DeliveryError: more rows than a sheet can hold.
    """
    if len(rows) > MAX_ROWS:
        raise DeliveryError(f"{len(rows)} lines do not fit on a sheet (at most {MAX_ROWS})")
    shell = layout.shell
    last = str(max(len(rows), 1) + 1)
    quotes = {'"': "&quot;"}
    token = str(_LAST_ROW_TOKEN)

    def filled(template: str) -> bytes:
        return (
            template.replace(_TITLE_TOKEN, escape(sheet_title(title), quotes))
            .replace(_HEADING_TOKEN, escape(heading.replace("&", "&&"), quotes))
            .replace(token, last)
            .encode()
        )

    body = rows.str.join("").item() or ""
    sheet = [filled(shell.before_rows), body.encode(), filled(shell.after_rows)]
    return archive(
        [
            *shell.packed,
            pack(_BOOK, filled(shell.book)),
            pack(_APP, filled(shell.app)),
            pack(_SHEET, sheet),
        ]
    )


def sheet_title(title: str) -> str:
    """A title as a sheet's name: at most 31 characters, none of those that a spreadsheet forbids."""
    return "".join(" " if c in "[]:*?/\\'" else c for c in title)[:31].strip() or "清单"
