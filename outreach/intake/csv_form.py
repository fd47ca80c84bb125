"""CSV: encoding and delimiter from the header's known names, then lines to cells, each line by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from contracts.extracts import Extract
from outreach.intake import decoding
from outreach.intake.form import Chunk, FormError, no_bad_rows
from outreach.intake.header import find_header
from outreach.intake.returned_list import below_title

DELIMITERS = (",", "\t", "|")
# Control characters (with the end-of-file mark of old systems) are in no value and are taken out.
_CONTROL = bytes(code for code in (*range(32), 127) if code not in b"\t\n")
# One of them, free to stand for the end of a cell that is never there: a line is read as one cell.
_UNUSED = "\x1f"
_BLANK = " \t\u3000"
_ESCAPED = {",": ",", "\t": "\\t", "|": "\\|"}


class CsvForm:
    """A CSV file whose encoding, delimiter and header are known.

    Encoding and delimiter are those under which the first line names most columns of the extract: a wrong
    byte somewhere else in the file cannot change that choice.

    Raises:
        FormError: under no encoding and delimiter is the first line a header of this extract.
    """

    def __init__(self, path: Path, extract: Extract) -> None:
        self._path = path
        with path.open("rb") as stream:
            head = stream.read(decoding.HEAD_BYTES)
        _, skip = decoding.bom_of(head)
        best = 0
        reason = "文件中没有可识别的表头"
        for encoding in decoding.candidates(head):
            text = decoding.decode(head[skip:], encoding)
            lines = [line for line in text.split("\n")[:40] if line.strip(_BLANK + ",|")]
            for delimiter in DELIMITERS:
                title, rows = below_title([split_line(line, delimiter) for line in lines], extract)
                try:
                    found, cells = find_header(rows, extract)
                except FormError as error:
                    reason = str(error)
                    continue
                if found > best:
                    best = found
                    self.encoding, self.delimiter, self.header = encoding, delimiter, list(cells)
                    self.title = title
        if best == 0:
            raise FormError(reason)

    def chunks(self, width: int, wanted: Sequence[int]) -> Iterator[Chunk]:
        done = 0
        above = len(self.title) + 1
        for block in decoding.blocks(self._path, self.encoding):
            text: str | None = block
            while above and text is not None:
                text = _after_line(text, self.delimiter)
                above -= text is not None
            if text is None:
                continue
            if text.strip("\n"):
                chunk = parse_lines(text, self.delimiter, width, wanted, done)
                done += chunk.rows
                yield chunk


def _after_line(text: str, delimiter: str) -> str | None:
    """What follows the first line that is not blank; None where there is none yet."""
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if text[start:end].strip(_BLANK + delimiter):
            return text[end + 1 :]
        start = end + 1
    return None


def _field_patterns(delimiter: str) -> tuple[str, str]:
    mark = _ESCAPED[delimiter]
    quoted = ' *"(?:[^"]|"")*" *'
    unquoted = f'(?: *[^" {mark}][^{mark}]*| *)'
    return mark, f"(?:{quoted}|{unquoted})"


def split_line(line: str, delimiter: str) -> list[str]:
    """The cells of one line (used for headers only); a broken quote is kept as text."""
    mark, field = _field_patterns(delimiter)
    cells = re.findall(f"{mark}({field})", delimiter + line)
    if sum(map(len, cells)) + len(cells) != len(line) + 1:
        cells = line.split(delimiter)
    return [_unquote(cell) for cell in cells]


def _unquote(cell: str) -> str:
    cell = cell.strip(" ")
    return cell[1:-1].replace('""', '"') if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell


def parse_lines(text: str, delimiter: str, width: int, wanted: Sequence[int], done: int) -> Chunk:
    """Lines to cells; ``done`` rows came before. A line is judged by itself: no fault reaches its neighbours.

    Blank lines (nothing but spaces and delimiters) are no rows. A row is bad by rule ``wrong_byte``,
    ``broken_quote`` (a quote not closed on its line, or text after the closing one) or ``ragged_row``
    (fewer cells than the header, or more and not empty).
    """
    lines = pl.read_csv(
        text.encode("utf-8", "replace").translate(None, _CONTROL),
        has_header=False,
        separator=_UNUSED,
        quote_char=None,
        infer_schema=False,
        new_columns=["line"],
    )
    lines = lines.filter(pl.col("line").str.strip_chars(_BLANK + delimiter) != "")
    frame = lines.with_columns(row_number=pl.int_range(done + 1, done + 1 + pl.len(), dtype=pl.Int64))
    sorter = _Sorter(delimiter, width, wanted)
    frame = sorter.set_aside(frame, pl.col("line").str.contains(decoding.WRONG, literal=True), "wrong_byte")
    if '"' in text:
        has_quote = pl.col("line").str.contains('"', literal=True)
        sorter.add_quoted(sorter.add_fully_quoted(frame.filter(has_quote)))
        frame = frame.filter(~has_quote)
    sorter.add_unquoted(frame)
    return Chunk(pl.concat(sorter.cells), pl.concat(sorter.bad), lines.height)


class _Sorter:
    """Sorts lines (``row_number``, ``line``) into cells and bad rows."""

    def __init__(self, delimiter: str, width: int, wanted: Sequence[int]) -> None:
        self.delimiter = delimiter
        self.width = width
        self.wanted = wanted
        self.cells: list[pl.DataFrame] = []
        self.bad: list[pl.DataFrame] = [no_bad_rows()]

    def set_aside(self, frame: pl.DataFrame, is_bad: pl.Expr, rule: str) -> pl.DataFrame:
        """Note the rows that are bad by a rule; the others come back."""
        frame = frame.with_columns(is_bad=is_bad)
        bad = frame.filter("is_bad")
        if bad.height == 0:
            return frame
        self.bad.append(bad.select("row_number", rule=pl.lit(rule), text="line"))
        return frame.filter(~pl.col("is_bad"))

    def add_unquoted(self, frame: pl.DataFrame) -> None:
        surplus = pl.col("line").str.count_matches(self.delimiter, literal=True).cast(pl.Int32) - (
            self.width - 1
        )
        frame = self.set_aside(frame.with_columns(surplus=surplus), pl.col("surplus") < 0, "ragged_row")
        longer = pl.col("surplus") > 0
        if frame.select(longer.any()).item():
            rest = pl.col("line").str.split(self.delimiter).list.slice(self.width).list.join("")
            frame = self.set_aside(frame, longer & (rest.str.strip_chars(_BLANK) != ""), "ragged_row")
        self._add_split(frame, pl.col("line"), self.delimiter)

    def _add_split(self, frame: pl.DataFrame, line: pl.Expr, between: str) -> None:
        cell = pl.col("cell").struct
        self.cells.append(
            frame.select("row_number", cell=line.str.split_exact(between, self.width - 1)).select(
                "row_number", *(cell.field(f"field_{place}").alias(str(place)) for place in self.wanted)
            )
        )

    def add_fully_quoted(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Take the lines whose every cell is quoted and holds no quote; the others come back.

        Such a line has two quotes a cell and ``","`` between any two, so nothing needs to be matched.
        """
        line = pl.col("line")
        between = f'"{self.delimiter}"'
        simple = (
            (line.str.count_matches('"', literal=True) == 2 * self.width)
            & (line.str.count_matches(between, literal=True) == self.width - 1)
            & line.str.starts_with('"')
            & line.str.ends_with('"')
        )
        frame = frame.with_columns(simple=simple)
        inner = line.str.strip_prefix('"').str.strip_suffix('"')
        self._add_split(frame.filter("simple"), inner, between)
        return frame.filter(~pl.col("simple"))

    def add_quoted(self, frame: pl.DataFrame) -> None:
        mark, pattern = _field_patterns(self.delimiter)
        whole = pl.col("line").str.contains(f"^{pattern}(?:{mark}{pattern})*$")
        frame = self.set_aside(frame, ~whole, "broken_quote")
        # A delimiter is put before the line so that no match is empty: empty matches would hide cells.
        frame = frame.with_columns(
            cells=(self.delimiter + pl.col("line")).str.extract_all(f"{mark}{pattern}")
        )
        rest = (
            pl.col("cells")
            .list.slice(self.width)
            .list.join("")
            .str.strip_chars(_BLANK + self.delimiter + '"')
        )
        frame = self.set_aside(frame, (pl.col("cells").list.len() < self.width) | (rest != ""), "ragged_row")
        self.cells.append(
            frame.select(
                "row_number",
                *(
                    _without_quotes(pl.col("cells").list.get(place).str.slice(1)).alias(str(place))
                    for place in self.wanted
                ),
            )
        )


def _without_quotes(cell: pl.Expr) -> pl.Expr:
    bare = cell.str.strip_chars(" ")
    inner = bare.str.slice(1, bare.str.len_chars() - 2).str.replace_all('""', '"', literal=True)
    return pl.when(bare.str.starts_with('"')).then(inner).otherwise(cell)
