"""Workbooks of text, fast: XlsxWriter makes the shell once, rows are put in as ready XML.

A sheet opens with its title and what holds for all of it (region, town, date, count, by whom and when, the
ground); then come the header, repeated on each printed page, and the rows, in sections where it has parts.

A night writes about a million lines into thousands of workbooks. Cell by cell that takes minutes; the
styles, header, widths and print set-up are the same in all of them, so XlsxWriter makes one shell of
each layout and this module fills it. Every cell is an inline string: none is a formula, none a number.
The bytes depend on the content alone.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import chain, groupby, product
from xml.sax.saxutils import escape

import polars as pl
import xlsxwriter

from outreach.delivery.errors import DeliveryError
from outreach.delivery.lists.drawing import SIDE_MILLIMETRES, Pictures, drawing, is_drawn
from outreach.delivery.lists.escaping import is_formula_like, needing_escape, with_formula_like, xml_text
from outreach.delivery.lists.page_breaks import Groups, page_breaks
from outreach.delivery.lists.qr_codes import qr_pictures
from outreach.delivery.lists.zip_parts import Part, archive, pack

MAX_ROWS = 1_048_575
_SHEET = "xl/worksheets/sheet1.xml"
_BOOK = "xl/workbook.xml"
_APP = "docProps/app.xml"
_TEXTS = "xl/sharedStrings.xml"
# Every text is in its cell; the part has to be there all the same.
_NO_TEXTS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="0" uniqueCount="0"/>'
)
# The space makes XlsxWriter quote the name wherever a range refers to it.
_TITLE_TOKEN = "TITLE TOKEN"
_HEADING_TOKEN = "HEADINGTOKEN"
_ABOUT_TOKEN = "ABOUTTOKEN"
_RULES_TOKEN = "RULESTOKEN"
_BREAKS_TOKEN = "BREAKSTOKEN"
_LAST_ROW_TOKEN = 987_654
_ABOUT_HEIGHT = 123
HEAD_ROWS = 3
"""Title, what holds for the whole list, header."""
BODY_POINTS = 10
_SMALL_POINTS = 6.5
_LINE_POINTS = 14.5
_MARGIN_INCHES = 0.25
_TOP_INCHES, _BOTTOM_INCHES = 0.35, 0.6
_TITLE_POINTS, SECTION_POINTS = 24, 20
_HEADER_POINTS = 2 * _LINE_POINTS + 3
# What a page holds below its header; programs round the heights of rows, so a little is left.
_PAGE_POINTS = ((210 / 25.4 - _TOP_INCHES - _BOTTOM_INCHES) * 72 - _HEADER_POINTS) * 0.97
PAGE_PIXELS = 1072
"""What A4 across holds between its margins (6.4 mm each), at the 96 pixels an inch of column widths."""
_PIXELS_A_DIGIT, _PADDING = 7, 5
# Column widths count digits of the default font, so paper depends on how wide its stand-in is where a machine
# lacks it. Verdana is as wide as DejaVu Sans, which Linux puts in place of whatever it lacks: with Calibri,
# LibreOffice made every column a third wider and shrank the page to three quarters.
_DEFAULT_FONT = {"font_name": "Verdana", "font_size": 8}
# Pixels of text of 10 points, whatever font stands in for 宋体: a Chinese character (3 bytes) 13.5, a digit
# 8.5; here twice, as so many a character and so many a byte.
_TWICE_A_CHARACTER, _TWICE_A_BYTE = 12, 5
_CHINESE_PIXELS = 13.5
# A line ends early where a comma would open the next one: so much of a character is lost on the average.
_RAGGED = 0.4
# LibreOffice makes a column narrower than its digits are wide; in a wide column that is a character.
_NARROWED = 0.965
_RANGES_A_RULE = 100
_NO_PICTURES = Pictures()
_PICTURE_LINES = -int(-(SIDE_MILLIMETRES + 1) * 72 / 25.4 // _LINE_POINTS)


@dataclass(frozen=True)
class Column:
    """A column of a layout: where its text is found in the frame, its Chinese header, its look.

    ``width``: in digits; of a column with a ``share`` the least width, to which it adds so many parts of what
    the page has left. ``wrap`` breaks long text into lines, ``lines``: the text itself has line
    feeds; ``small``: in small print; ``optional``: left out of a list in which it is empty; ``printed``: on
    paper, too; ``picture``: its text is an address, and the cell holds a picture in place of it.
    """

    source: str
    header: str
    width: float
    wrap: bool = False
    lines: bool = False
    small: bool = False
    optional: bool = False
    printed: bool = True
    share: float = 0
    picture: bool = False

    @property
    def pixels(self) -> int:
        """The width on paper."""
        return int(self.width * _PIXELS_A_DIGIT) + _PADDING


@dataclass(frozen=True)
class Layout:
    """Columns (printed ones first) and print set-up: A4 landscape, one page wide, header on each page."""

    columns: tuple[Column, ...]
    answers: str = ""
    """The source of the column in which the result is chosen."""

    @property
    def printed(self) -> tuple[Column, ...]:
        """The columns on paper."""
        return tuple(column for column in self.columns if column.printed)

    @property
    def pictured(self) -> int | None:
        """The place of the column that holds pictures."""
        return next((place for place, column in enumerate(self.columns) if column.picture), None)

    @property
    def optional(self) -> tuple[str, ...]:
        """The sources of the columns that a list may leave out."""
        return tuple(column.source for column in self.columns if column.optional)

    def without(self, empty: frozenset[str]) -> Layout:
        """The layout without these columns; what they leave of the page goes to those with a share."""
        return _fitted(self, empty)

    @cached_property
    def shell(self) -> Shell:
        """The empty workbook of this layout, taken apart."""
        return _make_shell(self)


@cache
def _fitted(layout: Layout, empty: frozenset[str]) -> Layout:
    kept = [column for column in layout.columns if column.source not in empty]
    free = PAGE_PIXELS - sum(column.pixels for column in kept if column.printed)
    shares = sum(column.share for column in kept)
    wide = (
        replace(c, width=c.width + max(free, 0) * c.share / shares // _PIXELS_A_DIGIT) if c.share else c
        for c in kept
    )
    return replace(layout, columns=tuple(wide))


@dataclass(frozen=True)
class Shell:
    """A workbook without its rows: parts that never change, already packed, and three to fill in."""

    packed: tuple[Part, ...]
    before_rows: str
    after_rows: str
    book: str
    app: str
    styles: dict[Look, str]
    section_style: str


@dataclass(frozen=True)
class Look:
    """How a cell looks. ``quoted``: a spreadsheet does not run the text when somebody edits the cell."""

    wrap: bool
    banded: bool = False
    quoted: bool = False
    small: bool = False


def _make_shell(layout: Layout) -> Shell:
    buffer = io.BytesIO()
    # In memory: it is small, and the system's temporary folder may be full.
    book = xlsxwriter.Workbook(
        buffer,
        {"in_memory": True, "strings_to_formulas": False, "default_format_properties": _DEFAULT_FONT},
    )
    # A fixed date: the night it belongs to is in the heading.
    book.set_properties({"created": dt.datetime(2000, 1, 1)})  # noqa: DTZ001 - xlsxwriter takes naive dates
    text = {"font_name": "宋体", "font_size": BODY_POINTS, "valign": "vcenter", "num_format": "@"}
    base = {**text, "border": 1}
    looks = [Look(*flags) for flags in product((False, True), repeat=4)]
    forms = [
        book.add_format(
            {
                **base,
                "text_wrap": look.wrap,
                "quote_prefix": look.quoted,
                **({"bg_color": "#EDEDED"} if look.banded else {}),
                **({"font_size": _SMALL_POINTS} if look.small else {}),
            }
        )
        for look in looks
    ]
    # No line between cells: it would cut the words that run across them.
    section = book.add_format({**text, "bold": True, "bg_color": "#D9E1F2", "top": 1, "bottom": 1})
    head = book.add_format(
        {**base, "bold": True, "text_wrap": True, "align": "center", "bg_color": "#D9E1F2"}
    )
    sheet = book.add_worksheet(_TITLE_TOKEN)
    last, last_printed = len(layout.columns) - 1, len(layout.printed) - 1
    header = HEAD_ROWS - 1
    sheet.merge_range(
        0, 0, 0, last_printed, _HEADING_TOKEN, book.add_format({**text, "bold": True, "font_size": 14})
    )
    sheet.merge_range(1, 0, 1, last_printed, _ABOUT_TOKEN, book.add_format({**text, "text_wrap": True}))
    sheet.set_row(0, _TITLE_POINTS)
    sheet.set_row(1, _ABOUT_HEIGHT)
    sheet.set_row(header, _HEADER_POINTS)
    for number, column in enumerate(layout.columns):
        sheet.set_column(number, number, column.width)
        sheet.write_string(header, number, column.header, head)
        if column.source == layout.answers:
            rule = {"validate": "list", "source": ["0"], "error_type": "information"}
            sheet.data_validation(HEAD_ROWS, number, _LAST_ROW_TOKEN - 1, number, rule)
    for number, form in enumerate((*forms, section)):
        sheet.write_blank(HEAD_ROWS + number, 0, None, form)
    sheet.freeze_panes(HEAD_ROWS, 0)
    sheet.autofilter(header, 0, _LAST_ROW_TOKEN - 1, last)
    sheet.ignore_errors({"number_stored_as_text": f"A1:{column_letters(last)}{_LAST_ROW_TOKEN}"})
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=_MARGIN_INCHES, right=_MARGIN_INCHES, top=_TOP_INCHES, bottom=_BOTTOM_INCHES)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(header)
    sheet.set_h_pagebreaks([_LAST_ROW_TOKEN])
    sheet.print_area(0, 0, _LAST_ROW_TOKEN - 1, last_printed)
    if layout.pictured is not None:
        # So that the parts that `drawing` writes are declared; the picture itself is not kept.
        (any_picture,) = qr_pictures("", ["0"]).values()
        sheet.insert_image(HEAD_ROWS, layout.pictured, "0.png", {"image_data": io.BytesIO(any_picture)})
    sheet.set_footer(
        '&L&"宋体"&10经办人（签名）：＿＿＿＿＿＿＿　　日期：＿＿＿＿＿＿＿'
        '&C&"宋体"&10第 &P 页，共 &N 页&R&"宋体"&10内部使用，含个人信息，用后收回'
    )
    book.close()
    with zipfile.ZipFile(buffer) as archived:
        parts = {name: archived.read(name) for name in archived.namelist()}
    shared = re.findall(r"<si><t[^>]*>(.*?)</t></si>", parts[_TEXTS].decode(), re.DOTALL)
    parts[_TEXTS] = _NO_TEXTS
    sheet_xml = parts.pop(_SHEET).decode()
    sheet_xml = re.sub(r"<dimension [^>]*/>", "", sheet_xml)
    before, _, rest = sheet_xml.partition("<sheetData>")
    rows, _, after = rest.partition("</sheetData>")
    head_rows = "".join(re.findall(r"<row .*?</row>", rows, re.DOTALL)[:HEAD_ROWS])
    samples = rows[len(head_rows) :]
    head_rows = re.sub(
        ' t="s"><v>([0-9]+)</v>',
        lambda found: f' t="inlineStr"><is><t xml:space="preserve">{shared[int(found[1])]}</t></is>',
        head_rows,
    )
    after = re.sub("<dataValidations.*</dataValidations>", _RULES_TOKEN, after)
    after = re.sub("<rowBreaks.*</rowBreaks>", _BREAKS_TOKEN, after)
    numbers = re.findall(r'<c r="A\d+" s="(\d+)"', samples)
    return Shell(
        packed=tuple(
            pack(name, data, 6)
            for name, data in parts.items()
            if name not in (_BOOK, _APP) and not is_drawn(name)
        ),
        before_rows=f"{before}<sheetData>{head_rows}",
        after_rows=f"</sheetData>{after}",
        book=parts[_BOOK].decode(),
        app=parts[_APP].decode(),
        styles=dict(zip(looks, numbers[:-1], strict=True)),
        section_style=numbers[-1],
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
    heights: pl.Series
    first: int = 0

    def starting(self, row: int) -> Rows:
        """The same rows, counted from ``row``."""
        return replace(self, first=self.first + row)

    def between(self, start: int, length: int) -> memoryview:
        """The bytes of ``length`` rows from row ``start``; nothing is copied."""
        begin = self.first + start
        return self.content[self.offsets[begin] : self.offsets[begin + length]]

    def heights_between(self, start: int, length: int) -> pl.Series:
        """How high these rows are, in points."""
        return self.heights.slice(self.first + start, length)


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
            .then(pl.lit(styles[Look(wrap, True, small=small)]))
            .otherwise(pl.lit(styles[Look(wrap, small=small)]))
            .alias(f"#style{wrap:d}{small:d}")
            for wrap, small in product((False, True), repeat=2)
        )
    rows = rows.with_columns(_height(layout, rows).alias("#height"))
    pieces: list[pl.Expr | str] = ['<row ht="', pl.col("#height").cast(pl.String), '" customHeight="1">']
    for column in layout.columns:
        pieces.append('<c s="')
        if column.source not in rows.columns or column.picture:
            pieces += [_style(layout, column, banded, None), '"/>']
            continue
        quoted = column.source if column.source in formulas else None
        pieces += [
            _style(layout, column, banded, quoted),
            '" t="inlineStr"><is><t>',
            pl.col(column.source),
            "</t></is></c>",
        ]
    pieces.append("</row>")
    xml = rows.select(xml=pl.concat_str(_merged(pieces))).get_column("xml")
    return _as_bytes(xml, rows.get_column("#height"))


def _height(layout: Layout, rows: pl.DataFrame) -> pl.Expr:
    """The height of each row in points: so many lines as its longest wrapped cell, or its picture, takes.

    Said outright because not every program fits the heights of a file that leaves them open.
    """
    counts = [
        pl.col(column.source).str.split("\n").list.eval(_lines(pl.element(), column)).list.sum()
        if column.lines
        else _lines(pl.col(column.source), column)
        for column in layout.columns
        if column.wrap and column.source in rows.columns
    ]
    counts += [
        pl.when(pl.col(column.source) != "").then(pl.lit(_PICTURE_LINES)).otherwise(pl.lit(1))
        for column in layout.columns
        if column.picture and column.source in rows.columns
    ]
    return pl.max_horizontal(pl.lit(1), *counts) * _LINE_POINTS + 2


def _lines(text: pl.Expr, column: Column) -> pl.Expr:
    """Lines that a text takes in a column: room for the widest font that may stand in for its own."""
    pixels = text.str.len_chars() * _TWICE_A_CHARACTER + text.str.len_bytes() * _TWICE_A_BYTE
    character = _CHINESE_PIXELS * (_SMALL_POINTS if column.small else BODY_POINTS) / BODY_POINTS
    whole = column.width * _PIXELS_A_DIGIT * _NARROWED // character
    room = int(2 * (max(whole, 1) - _RAGGED) * _CHINESE_PIXELS)
    return (pixels // room + 1).cast(pl.Int32)


def _style(layout: Layout, column: Column, banded: str | None, quoted: str | None) -> pl.Expr | str:
    """The style number of a cell: a constant, unless rows differ."""
    styles = layout.shell.styles
    wrap, small = column.wrap, column.small
    plain = styles[Look(wrap, small=small)] if banded is None else pl.col(f"#style{wrap:d}{small:d}")
    if quoted is None:
        return plain
    shade = pl.lit(False) if banded is None else pl.col(banded)
    marked = (
        pl.when(shade)
        .then(pl.lit(styles[Look(wrap, True, True, small)]))
        .otherwise(pl.lit(styles[Look(wrap, False, True, small)]))
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


def _as_bytes(text: pl.Series, heights: pl.Series) -> Rows:
    """The column's UTF-8 bytes in one piece: no Python string is made of them."""
    array = text.to_arrow(compat_level=pl.CompatLevel.oldest())
    _, offsets, data = array.buffers()
    ends = pl.Series(memoryview(offsets).cast("q")[array.offset : array.offset + len(array) + 1])
    return Rows(memoryview(data) if data is not None else memoryview(b""), ends, heights)


@dataclass(frozen=True)
class Answers:
    """Rows, counted from 0 over the body with its section lines, whose result is one of ``words``."""

    words: tuple[str, ...]
    ranges: Sequence[tuple[int, int]]


def section_row(layout: Layout, text: str) -> bytes:
    """A line across the sheet that opens a part of it."""
    style = layout.shell.section_style
    blank = f'<c s="{style}"/>' * (len(layout.columns) - 1)
    cell = f'<c s="{style}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'
    return f'<row ht="{SECTION_POINTS}" customHeight="1">{cell}{blank}</row>'.encode()


def workbook(
    layout: Layout,
    sheet_name: str,
    heading: str,
    about: Sequence[str],
    body: Sequence[bytes | memoryview],
    rows: int,
    answers: Sequence[Answers] = (),
    pictures: Pictures = _NO_PICTURES,
    groups: Groups | None = None,
) -> bytes:
    """The bytes of a workbook of ``rows`` rows (section lines counted).

    ``heading`` is its title, ``about`` the lines below; ``answers`` the results that are offered, by rows,
    ``pictures`` what the column for pictures shows, ``groups`` rows that are better printed on one page.

    Raises:
        DeliveryError: more rows than a sheet can hold.
    """
    if rows + HEAD_ROWS > MAX_ROWS:
        raise DeliveryError(f"{rows} lines do not fit on a sheet (at most {MAX_ROWS - HEAD_ROWS})")
    shell = layout.shell
    quotes = {'"': "&quot;"}
    across = sum(column.width for column in layout.printed)
    lines = sum(-(-_digits_wide(line) // max(int(across) - 2, 1)) for line in about)
    height = max(lines, 1) * _LINE_POINTS + 6
    first_page = _PAGE_POINTS - _TITLE_POINTS - height
    breaks = page_breaks(groups, first_page, _PAGE_POINTS) if groups else []

    def filled(template: str) -> bytes:
        return (
            template.replace(_TITLE_TOKEN, escape(sheet_title(sheet_name), quotes))
            .replace(_HEADING_TOKEN, escape(heading))
            .replace(_ABOUT_TOKEN, escape("\n".join(about)))
            .replace(f'ht="{_ABOUT_HEIGHT}"', f'ht="{height}"')
            .replace(_RULES_TOKEN, _rules(layout, answers))
            .replace(_BREAKS_TOKEN, _row_breaks(breaks))
            .replace(str(_LAST_ROW_TOKEN), str(max(rows, 1) + HEAD_ROWS))
            .encode()
        )

    place = layout.pictured
    drawn = () if place is None else drawing(pictures, place, layout.columns[place].pixels)
    parts = (
        pack(_BOOK, filled(shell.book)),
        pack(_APP, filled(shell.app)),
        pack(_SHEET, [filled(shell.before_rows), *body, filled(shell.after_rows)]),
    )
    return archive(chain(shell.packed, drawn, parts))


def _row_breaks(rows: Sequence[int]) -> str:
    """The breaks before these rows of the body."""
    if not rows:
        return ""
    breaks = "".join(f'<brk id="{row + HEAD_ROWS}" max="16383" man="1"/>' for row in rows)
    return f'<rowBreaks count="{len(rows)}" manualBreakCount="{len(rows)}">{breaks}</rowBreaks>'


def _digits_wide(text: str) -> int:
    return sum(1 if character.isascii() else 2 for character in text)


def _rules(layout: Layout, answers: Sequence[Answers]) -> str:
    """The drop-downs of the results: another word can be typed, too, and is remarked on."""
    place = next((i for i, c in enumerate(layout.columns) if c.source == layout.answers), None)
    if place is None or not any(each.ranges for each in answers):
        return ""
    letter = column_letters(place)
    rules = []
    for each in answers:
        for start in range(0, len(each.ranges), _RANGES_A_RULE):
            cells = " ".join(
                f"{letter}{first + HEAD_ROWS + 1}:{letter}{last + HEAD_ROWS + 1}"
                for first, last in each.ranges[start : start + _RANGES_A_RULE]
            )
            rules.append(
                '<dataValidation type="list" errorStyle="information" allowBlank="1" showInputMessage="1" '
                f'showErrorMessage="1" sqref="{cells}"><formula1>"{",".join(each.words)}"</formula1>'
                "</dataValidation>"
            )
    return f'<dataValidations count="{len(rules)}">{"".join(rules)}</dataValidations>'


def sheet_title(title: str) -> str:
    """A title as a sheet's name: at most 31 characters, none of those that a spreadsheet forbids."""
    return "".join(" " if c in "[]:*?/\\'" else c for c in title)[:31].strip() or "清单"
