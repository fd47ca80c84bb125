"""Lines of text to rows of cells. Only a quoted field that holds line breaks joins one line to the next."""

from __future__ import annotations

import re
from dataclasses import dataclass

import polars as pl

from outreach.intake.decoding import WRONG
from outreach.intake.reader import Chunk, no_bad_rows
from outreach.standards.characters import is_plain, legible, on_one_line, visible

MOST_LINES = 20
"""A quoted field that holds more lines than these was left open by mistake."""

BLANK = " \t\u3000"
# Control characters (with the end-of-file mark of old systems) are in no value and are taken out.
_CONTROL = bytes(code for code in (*range(32), 127) if code not in b"\t\n")
# One of them, free to mark the end of a cell that is never there: a line is read as one cell.
_UNUSED = "\x1f"
_ESCAPED = {",": ",", "\t": "\\t", "|": "\\|"}


@dataclass(frozen=True)
class Layout:
    """How the rows of a file are laid out.

    ``width``: the cells of its header. ``needed``: the cells that a row must have, up to the last column that
    must not be empty. ``wanted``: the places to be read.
    """

    delimiter: str
    width: int
    needed: int
    wanted: tuple[int, ...]


def _field_patterns(delimiter: str) -> tuple[str, str]:
    mark = _ESCAPED[delimiter]
    quoted = ' *"(?:[^"]|"")*" *'
    unquoted = f'(?: *[^" {mark}\\n][^{mark}\\n]*| *)'
    return mark, f"(?:{quoted}|{unquoted})"


def _open_pattern(delimiter: str) -> str:
    """A text that ends within a quoted field."""
    mark, field = _field_patterns(delimiter)
    return f'^(?:{field}{mark})* *"(?:[^"]|"")*$'


def split_line(line: str, delimiter: str, *, whole: bool = False) -> list[str]:
    """The cells of one line (used for headers and single lines only); a broken quote is kept as text.

    ``whole``: nothing where a quote is broken.
    """
    mark, field = _field_patterns(delimiter)
    cells = re.findall(f"{mark}({field})", delimiter + line)
    if sum(map(len, cells)) + len(cells) != len(line) + 1:
        cells = [] if whole else line.split(delimiter)
    return [_unquote(cell) for cell in cells]


def _unquote(cell: str) -> str:
    cell = cell.strip(" ")
    return cell[1:-1].replace('""', '"') if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell


def is_cut(text: str, layout: Layout) -> bool:
    """Whether a text breaks off within its last line.

    The line then has no end, and not all cells that a row must have (where a quoted cell or a character is
    left unfinished: not all cells of the header).
    """
    last = visible(text[text.rfind("\n") + 1 :])
    if not last.strip(BLANK + layout.delimiter):
        return False
    is_unfinished = last.endswith(WRONG) or re.search(_open_pattern(layout.delimiter), last) is not None
    return len(split_line(last, layout.delimiter)) < (layout.width if is_unfinished else layout.needed)


def parse_lines(text: str, layout: Layout, done: int, first_line: int, *, more: bool) -> tuple[Chunk, str]:
    """Lines to rows; ``done`` rows came before, the text begins at line ``first_line`` of its file.

    Blank lines (nothing but spaces and delimiters) are no rows. A row is bad by rule ``wrong_byte``,
    ``broken_quote`` (a quote not closed, or text after the closing one) or ``ragged_row`` (fewer cells than a
    row must have, or more than the header and not empty). Cells missing at a line's end are NULL.

    ``more``: text follows. Then the lines at the end that may be the beginning of one row with what follows
    are not read, but come back.
    """
    data = text.encode("utf-8", "replace").translate(None, _CONTROL)
    if not data.strip(b"\n"):
        return Chunk(_no_cells(layout), no_bad_rows(), 0), ""
    column = pl.read_csv(
        data, has_header=False, separator=_UNUSED, quote_char=None, infer_schema=False, new_columns=["text"]
    ).get_column("text")
    if not is_plain(data):
        column = legible(column)
    lines = column.to_frame().with_columns(
        line=pl.int_range(first_line, first_line + pl.len(), dtype=pl.Int64)
    )
    held, is_broken = "", b"\t" in data
    if b'"' in data:
        lines, kept = _join_quoted(lines, layout, more)
        held = "".join(f"{line}\n" for line in kept).removesuffix("" if text.endswith("\n") else "\n")
        is_broken = is_broken or lines.select(pl.col("text").str.contains("\n", literal=True).any()).item()
    lines = lines.filter(pl.col("text").str.strip_chars(BLANK + layout.delimiter) != "")
    frame = lines.with_columns(row_number=pl.int_range(done + 1, done + 1 + pl.len(), dtype=pl.Int64))
    sorter = _Sorter(layout)
    frame = sorter.set_aside(frame, pl.col("text").str.contains(WRONG, literal=True), "wrong_byte")
    if b'"' in data:
        has_quote = pl.col("text").str.contains('"', literal=True)
        sorter.add_quoted(sorter.add_fully_quoted(frame.filter(has_quote)))
        frame = frame.filter(~has_quote)
    sorter.add_unquoted(frame)
    cells = pl.concat(sorter.cells)
    if is_broken:
        cells = cells.select("row_number", "line", *map(on_one_line, cells.get_columns()[2:]))
    return Chunk(cells, pl.concat(sorter.bad), lines.height), held


def _no_cells(layout: Layout) -> pl.DataFrame:
    texts = {str(place): pl.String() for place in layout.wanted}
    return pl.DataFrame(schema={"row_number": pl.Int64(), "line": pl.Int64(), **texts})


def _join_quoted(lines: pl.DataFrame, layout: Layout, more: bool) -> tuple[pl.DataFrame, list[str]]:
    """Join the lines over which a quoted field goes on, and find those at the end that may go on in what
    follows.

    Lines are joined only where the quote that was left open is closed within 20 lines, before a delimiter
    or the end of a line, and the row that comes of it has the header's number of cells. Nor are they where
    one of the lines could be a row by itself: two stray quotes would swallow rows. Else every line stays as
    it is.
    """
    text = pl.col("text")
    lines = lines.with_columns(text.fill_null(""), at=pl.int_range(pl.len(), dtype=pl.Int64))
    quoted = lines.filter(text.str.contains('"', literal=True))
    is_open = text.str.contains(_open_pattern(layout.delimiter))
    opened = quoted.filter(~_is_fully_quoted(layout)).filter(is_open).select("at", end="at", text="text")
    if opened.is_empty():
        return lines.drop("at"), []
    closes = text.str.replace_all('""', "", literal=True).str.contains('"', literal=True)
    closing = quoted.filter(closes).select(close="at")
    whole, waiting = [opened.clear()], [opened.clear()]
    while opened.height:
        after = opened.with_columns(after=pl.col("end") + 1).sort("after")
        opened = after.join_asof(closing, left_on="after", right_on="close", strategy="forward")
        is_last = pl.col("close").is_null() & (lines.height - pl.col("at") < MOST_LINES)
        waiting.append(opened.filter(is_last).select("at", "end", "text"))
        opened = _longer(opened.filter(pl.col("close") - pl.col("at") < MOST_LINES), lines, layout)
        is_whole = _is_row(layout)
        whole.append(opened.filter(is_whole))
        opened = opened.filter(is_open)
    joined = pl.concat(whole).sort("at")
    joined = joined.filter(pl.col("at") > pl.col("end").cum_max().shift(1).fill_null(-1))
    kept: list[str] = []
    if more:
        goes_on = pl.concat(waiting).join(_inside(joined), on="at", how="anti")
        first = goes_on.select(pl.col("at").min()).item()
        if first is not None:
            kept = lines.filter(pl.col("at") >= first).get_column("text").to_list()
            lines = lines.filter(pl.col("at") < first)
            joined = joined.filter(pl.col("at") < first)
    lines = (
        lines.join(_inside(joined), on="at", how="anti", maintain_order="left")
        .join(joined.select("at", whole="text"), on="at", how="left", maintain_order="left")
        .select("line", text=pl.coalesce("whole", "text"))
    )
    return lines, kept


def _is_fully_quoted(layout: Layout) -> pl.Expr:
    """Whether a line begins and ends with a quote and has two for each cell: no field of it is open."""
    line = pl.col("text")
    count = line.str.count_matches('"', literal=True)
    return (count == 2 * layout.width) & line.str.starts_with('"') & line.str.ends_with('"')


def _longer(opened: pl.DataFrame, lines: pl.DataFrame, layout: Layout) -> pl.DataFrame:
    """Open texts (``at``, ``after``, ``close``, ``text``) with the lines up to ``close``.

    Not where one of these, but the last of a broken first cell, could be a row by itself.
    """
    added = (
        opened.select("at", "close", "text", place=pl.int_ranges("after", pl.col("close") + 1))
        .explode("place")
        .join(lines.select(place="at", added="text"), on="place")
        .sort("at", "place")
    )
    could_be_row = pl.col("added").str.count_matches(layout.delimiter, literal=True) >= layout.width - 1
    may_end = (pl.col("place") == pl.col("close")) & pl.col("text").str.contains('^ *"(?:[^"]|"")*$')
    longer = added.group_by("at", maintain_order=True).agg(
        end=pl.col("close").first(),
        text=pl.col("text").first() + "\n" + pl.col("added").str.join("\n"),
        swallows=(could_be_row & ~may_end).any() if layout.width > 1 else pl.lit(False),
    )
    return longer.filter(~pl.col("swallows")).drop("swallows")


def _is_row(layout: Layout) -> pl.Expr:
    """Whether ``text`` is a row of as many cells as the header, all its quotes closed."""
    mark, field = _field_patterns(layout.delimiter)
    cells = (layout.delimiter + pl.col("text")).str.extract_all(f"{mark}{field}")
    surplus = cells.list.slice(layout.width).list.join("").str.strip_chars(BLANK + layout.delimiter + '"')
    closed = pl.col("text").str.contains(f"^{field}(?:{mark}{field})*$")
    return closed & (cells.list.len() >= layout.width) & (surplus == "")


def _inside(joined: pl.DataFrame) -> pl.DataFrame:
    """The lines that are part of a joined row, but not its first."""
    return joined.select(at=pl.int_ranges(pl.col("at") + 1, pl.col("end") + 1)).explode("at")


class _Sorter:
    """Sorts lines (``row_number``, ``line``, ``text``) into cells and bad rows."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.cells: list[pl.DataFrame] = []
        self.bad: list[pl.DataFrame] = [no_bad_rows()]

    def set_aside(self, frame: pl.DataFrame, is_bad: pl.Expr, rule: str) -> pl.DataFrame:
        """Note the rows that are bad by a rule; the others come back."""
        frame = frame.with_columns(is_bad=is_bad)
        bad = frame.filter("is_bad")
        if bad.height == 0:
            return frame
        self.bad.append(bad.select("row_number", "line", rule=pl.lit(rule), text="text"))
        return frame.filter(~pl.col("is_bad"))

    def add_unquoted(self, frame: pl.DataFrame) -> None:
        delimiter, width = self.layout.delimiter, self.layout.width
        text = pl.col("text")
        count = text.str.count_matches(delimiter, literal=True).cast(pl.Int32) + 1
        frame = frame.with_columns(count=count)
        frame = self.set_aside(frame, pl.col("count") < self.layout.needed, "ragged_row")
        longer = pl.col("count") > width
        if frame.select(longer.any()).item():
            rest = text.str.split(delimiter).list.slice(width).list.join("")
            frame = self.set_aside(frame, longer & (rest.str.strip_chars(BLANK) != ""), "ragged_row")
        self._add_split(frame, text, delimiter)

    def _add_split(self, frame: pl.DataFrame, line: pl.Expr, between: str) -> None:
        cell = pl.col("cell").struct
        wanted = (cell.field(f"field_{place}").alias(str(place)) for place in self.layout.wanted)
        split = frame.select("row_number", "line", cell=line.str.split_exact(between, self.layout.width - 1))
        self.cells.append(split.select("row_number", "line", *wanted))

    def add_fully_quoted(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Take the lines whose every cell is quoted and holds no quote; the others come back.

        Such a line has two quotes a cell and ``","`` between any two, so nothing needs to be matched.
        """
        line = pl.col("text")
        between = f'"{self.layout.delimiter}"'
        simple = _is_fully_quoted(self.layout) & (
            line.str.count_matches(between, literal=True) == self.layout.width - 1
        )
        frame = frame.with_columns(simple=simple)
        inner = line.str.strip_prefix('"').str.strip_suffix('"')
        self._add_split(frame.filter("simple"), inner, between)
        return frame.filter(~pl.col("simple"))

    def add_quoted(self, frame: pl.DataFrame) -> None:
        mark, pattern = _field_patterns(self.layout.delimiter)
        whole = pl.col("text").str.contains(f"^{pattern}(?:{mark}{pattern})*$")
        frame = self.set_aside(frame, ~whole, "broken_quote")
        # A delimiter is put before the line so that no match is empty: empty matches would hide cells.
        cells = (self.layout.delimiter + pl.col("text")).str.extract_all(f"{mark}{pattern}")
        frame = frame.with_columns(cells=cells)
        rest = pl.col("cells").list.slice(self.layout.width).list.join("")
        surplus = rest.str.strip_chars(BLANK + self.layout.delimiter + '"')
        too_short = pl.col("cells").list.len() < self.layout.needed
        frame = self.set_aside(frame, too_short | (surplus != ""), "ragged_row")
        wanted = (
            _without_quotes(pl.col("cells").list.get(place, null_on_oob=True).str.slice(1)).alias(str(place))
            for place in self.layout.wanted
        )
        self.cells.append(frame.select("row_number", "line", *wanted))


def _without_quotes(cell: pl.Expr) -> pl.Expr:
    bare = cell.str.strip_chars(" ")
    inner = bare.str.slice(1, bare.str.len_chars() - 2).str.replace_all('""', '"', literal=True)
    return pl.when(bare.str.starts_with('"')).then(inner).otherwise(cell)
