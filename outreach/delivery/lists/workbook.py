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
from itertools import groupby, product
from xml.sax.saxutils import escape

import polars as pl
import xlsxwriter

from outreach.delivery.errors import DeliveryError
from outreach.delivery.lists.escaping import is_formula_like, needing_escape, with_formula_like, xml_text

MAX_ROWS = 1_048_575
_SHEET = "xl/worksheets/sheet1.xml"
_BOOK = "xl/workbook.xml"
_APP = "docProps/app.xml"
# The space makes XlsxWriter quote the name wherever a range refers to it.
_TITLE_TOKEN = "TITLE TOKEN"
_HEADING_TOKEN = "HEADINGTOKEN"
_LAST_ROW_TOKEN = 987_654
_LINE_POINTS = 15


@dataclass(frozen=True)
class Column:
    """A column of a layout: where its text is found in the frame, its Chinese header, its look.

    ``wrap`` breaks long text into lines, ``lines`` says that the text itself has line feeds; ``choices``
    are offered when the cell is filled in.
    """

    source: str
    header: str
    width: float
    wrap: bool = False
    lines: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Layout:
    """Columns and print set-up (A4 landscape, one page wide, header on each page)."""

    columns: tuple[Column, ...]
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
    styles: dict[Look, str]


@dataclass(frozen=True)
class Look:
    """How a cell looks. ``quoted``: a spreadsheet does not run the text when somebody edits the cell."""

    wrap: bool
    banded: bool = False
    quoted: bool = False


@dataclass(frozen=True)
class Part:
    """A packed member of a zip archive."""

    name: str
    data: bytes
    crc: int
    size: int


def pack(name: str, content: bytes | Sequence[bytes | memoryview], level: int = 1) -> Part:
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
    # In memory: it is small, and the system's temporary folder may be full.
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    # A fixed date: the night it belongs to stands in the heading.
    book.set_properties({"created": dt.datetime(2000, 1, 1)})  # noqa: DTZ001 - xlsxwriter takes naive dates
    base = {"font_name": "宋体", "font_size": 10, "border": 1, "valign": "vcenter", "num_format": "@"}
    looks = [Look(*flags) for flags in product((False, True), repeat=3)]
    forms = [
        book.add_format(
            {
                **base,
                "text_wrap": look.wrap,
                "quote_prefix": look.quoted,
                **({"bg_color": "#EDEDED"} if look.banded else {}),
            }
        )
        for look in looks
    ]
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
    for number, form in enumerate(forms):
        sheet.write_blank(1 + number, 0, None, form)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, _LAST_ROW_TOKEN - 1, last)
    sheet.ignore_errors({"number_stored_as_text": f"A1:{column_letters(last)}{_LAST_ROW_TOKEN}"})
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.3, right=0.3, top=0.6, bottom=0.5)
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
    header_row, _, samples = rows.partition("</row>")
    shared = list(dict.fromkeys(column.header for column in layout.columns))
    header_row = re.sub(
        ' t="s"><v>([0-9]+)</v>',
        lambda found: f' t="inlineStr"><is><t>{escape(shared[int(found[1])])}</t></is>',
        header_row,
    )
    numbers = re.findall(r'<c r="A\d+" s="(\d+)"', samples)
    return Shell(
        packed=tuple(pack(name, data, 6) for name, data in parts.items() if name not in (_BOOK, _APP)),
        before_rows=f"{before}<sheetData>{header_row}</row>",
        after_rows=f"</sheetData>{after}",
        book=parts[_BOOK].decode(),
        app=parts[_APP].decode(),
        styles=dict(zip(looks, numbers, strict=True)),
    )


def column_letters(number: int) -> str:
    """The letters of a column counted from 0: A, B, … Z, AA."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass(frozen=True)
class Rows:
    """Row elements of many sheets, one after the other, as bytes with the offset of each row."""

    content: memoryview
    offsets: pl.Series

    def between(self, start: int, length: int) -> memoryview:
        """The bytes of ``length`` rows from row ``start``; nothing is copied."""
        return self.content[self.offsets[start] : self.offsets[start + length]]


def row_xml(layout: Layout, rows: pl.DataFrame, banded: str | None = None) -> Rows:
    """Each row of the frame as a ``<row>`` element of cells in column order.

    Cells hold the text of `cells.plain_text`; columns that the frame lacks are blank. ``banded`` names a
    boolean column: true rows are shaded. Rows and cells carry no reference of their own: they follow one
    another, as the standard (ECMA-376, 18.3.1.4 and 18.3.1.73) allows.
    """
    free = [c.source for c in layout.columns if c.source in rows.columns]
    rows = rows.with_columns(xml_text(name) for name in needing_escape(rows, free))
    formulas = set(with_formula_like(rows, free))
    if banded is not None:
        styles = layout.shell.styles
        rows = rows.with_columns(
            pl.when(banded)
            .then(pl.lit(styles[Look(wrap, True)]))
            .otherwise(pl.lit(styles[Look(wrap)]))
            .alias(f"#style{wrap:d}")
            for wrap in (False, True)
        )
    pieces: list[pl.Expr | str] = ['<row ht="', _height(layout, rows), '" customHeight="1">']
    for column in layout.columns:
        pieces.append('<c s="')
        if column.source not in rows.columns:
            pieces += [_style(layout, column.wrap, banded, None), '"/>']
            continue
        quoted = column.source if column.source in formulas else None
        pieces += [
            _style(layout, column.wrap, banded, quoted),
            '" t="inlineStr"><is><t>',
            pl.col(column.source),
            "</t></is></c>",
        ]
    pieces.append("</row>")
    return _as_bytes(rows.select(xml=pl.concat_str(_merged(pieces))).get_column("xml"))


def _height(layout: Layout, rows: pl.DataFrame) -> pl.Expr:
    """The height of each row in points, as text: so many lines as its longest wrapped cell takes.

    Said outright because not every program fits the heights of a file that leaves them open.
    """
    counts = [
        pl.col(column.source).str.split("\n").list.eval(_lines(pl.element(), column.width)).list.sum()
        if column.lines
        else _lines(pl.col(column.source), column.width)
        for column in layout.columns
        if column.wrap and column.source in rows.columns
    ]
    lines = pl.max_horizontal(pl.lit(1), *counts)
    return (lines * _LINE_POINTS + 2).cast(pl.String)


def _lines(text: pl.Expr, width: float) -> pl.Expr:
    """Lines that a text takes in a column. A Chinese character (3 bytes) is two digits wide, ASCII one."""
    digits = (text.str.len_bytes() + text.str.len_chars()) // 2
    return (digits // int(width) + 1).cast(pl.Int32)


def _style(layout: Layout, wrap: bool, banded: str | None, quoted: str | None) -> pl.Expr | str:
    """The style number of a cell: a constant, unless rows differ."""
    styles = layout.shell.styles
    plain = styles[Look(wrap)] if banded is None else pl.col(f"#style{wrap:d}")
    if quoted is None:
        return plain
    shade = pl.lit(False) if banded is None else pl.col(banded)
    marked = (
        pl.when(shade)
        .then(pl.lit(styles[Look(wrap, True, True)]))
        .otherwise(pl.lit(styles[Look(wrap, False, True)]))
    )
    unmarked = pl.lit(plain) if isinstance(plain, str) else plain
    return pl.when(is_formula_like(quoted)).then(marked).otherwise(unmarked)


def _merged(pieces: Iterable[pl.Expr | str]) -> list[pl.Expr]:
    """Neighbouring constants as one: every piece is paid for once a row."""
    merged: list[pl.Expr] = []
    for constant, run in groupby(pieces, key=lambda piece: isinstance(piece, str)):
        if constant:
            merged.append(pl.lit("".join(str(piece) for piece in run)))
        else:
            merged += [piece for piece in run if isinstance(piece, pl.Expr)]
    return merged


def _as_bytes(text: pl.Series) -> Rows:
    """The column's UTF-8 bytes in one piece: no Python string is made of them."""
    array = text.to_arrow(compat_level=pl.CompatLevel.oldest())
    _, offsets, data = array.buffers()
    ends = pl.Series(memoryview(offsets).cast("q")[array.offset : array.offset + len(array) + 1])
    return Rows(memoryview(data) if data is not None else memoryview(b""), ends)


def workbook(layout: Layout, title: str, heading: str, body: memoryview, rows: int) -> bytes:
    """The bytes of a workbook of ``rows`` rows: ``title`` names the sheet, ``heading`` heads printed pages.

    Raises:
        DeliveryError: more rows than a sheet can hold.
    """
    if rows > MAX_ROWS:
        raise DeliveryError(f"{rows} lines do not fit on a sheet (at most {MAX_ROWS})")
    shell = layout.shell
    quotes = {'"': "&quot;"}

    def filled(template: str) -> bytes:
        return (
            template.replace(_TITLE_TOKEN, escape(sheet_title(title), quotes))
            .replace(_HEADING_TOKEN, escape(heading.replace("&", "&&"), quotes))
            .replace(str(_LAST_ROW_TOKEN), str(max(rows, 1) + 1))
            .encode()
        )

    return archive(
        [
            *shell.packed,
            pack(_BOOK, filled(shell.book)),
            pack(_APP, filled(shell.app)),
            pack(_SHEET, [filled(shell.before_rows), body, filled(shell.after_rows)]),
        ]
    )


def sheet_title(title: str) -> str:
    """A title as a sheet's name: at most 31 characters, none of those that a spreadsheet forbids."""
    return "".join(" " if c in "[]:*?/\\'" else c for c in title)[:31].strip() or "清单"
