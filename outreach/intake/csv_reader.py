"""CSV: encoding and delimiter from the header's known names, then lines to rows, block by block."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from contracts.extracts import Extract
from outreach.intake import decoding
from outreach.intake.header import find_header, last_needed, recognised, run_on
from outreach.intake.reader import Chunk, ReaderError
from outreach.intake.records import BLANK, MOST_LINES, Layout, is_cut, parse_lines, split_line
from outreach.intake.returned_list import below_title
from outreach.settings import IntakeSettings
from outreach.standards.characters import visible

DELIMITERS = (",", "\t", "|")
# So many lines are searched for the header.
_SEARCHED = 40


class CsvReader:
    """A CSV file whose encoding, delimiter and header are known.

    Encoding and delimiter are those under which the first line names most columns of the extract: a wrong
    byte somewhere else in the file cannot change that choice.

    ``ends_within_line``: once all chunks are read, whether the file breaks off within its last line: that
    line has no end, and not all cells that a row must have.

    Raises:
        ReaderError: under no encoding and delimiter is the first line a header of this extract.
    """

    sheet = None
    notes: tuple[str, ...] = ()

    def __init__(self, path: Path, extract: Extract, limits: IntakeSettings) -> None:
        self._path = path
        self._extract = extract
        self.ends_within_line = False
        with path.open("rb") as stream:
            head = stream.read(decoding.HEAD_BYTES)
        _, skip = decoding.bom_of(head)
        best = 0
        reason = "文件中没有可识别的表头"
        for encoding in decoding.candidates(head):
            text = decoding.decode(decoding.first_lines(head[skip:], encoding, _SEARCHED), encoding)
            lines = [visible(line) for line in text.split("\n", _SEARCHED)[:_SEARCHED]]
            filled = [place for place, line in enumerate(lines) if line.strip(BLANK + ",|")]
            for delimiter in DELIMITERS if filled else ():
                title, _ = below_title([split_line(lines[place], delimiter) for place in filled], extract)
                top = _read_top(lines, filled[len(title)], delimiter, extract)
                below = [split_line(lines[place], delimiter) for place in filled if place >= top.lines]
                try:
                    found, cells = find_header([top.header, *below], extract)
                except ReaderError as error:
                    reason = str(error)
                    continue
                if found > best:
                    best, self._top = found, top
                    self.encoding, self.delimiter, self.header = encoding, delimiter, list(cells)
                    self.title = title
        if best == 0:
            raise ReaderError(reason)

    def chunks(self, width: int, wanted: Sequence[int]) -> Iterator[Chunk]:
        needed = min(last_needed(self.header, self._extract) + 1, width)
        layout = Layout(self.delimiter, width, needed, tuple(wanted))
        rows, above, held = 0, self._top.lines, self._top.first_row
        line = above + 1 - held.count("\n")
        blocks = decoding.blocks(self._path, self.encoding)
        block = next(blocks, None)
        while block is not None:
            following = next(blocks, None)
            text, above = _without_lines(block, above)
            text = held + text
            chunk, held = parse_lines(text, layout, rows, line, more=following is not None)
            line += text.count("\n") - held.count("\n")
            rows += chunk.rows
            if chunk.rows:
                yield chunk
            if following is None:
                self.ends_within_line = is_cut(text, layout)
            block = following

    def close(self) -> None:
        """Nothing is held between the header and the rows."""


@dataclass(frozen=True)
class _Top:
    """The header's cells, how many lines end with it, and the first row where it is on the header's line."""

    header: list[str]
    lines: int
    first_row: str = ""


def _read_top(lines: Sequence[str], start: int, delimiter: str, extract: Extract) -> _Top:
    """The row that begins on a line, as header.

    It spans more lines only where a quoted name goes on there, and the row then names more columns.
    """
    alone = split_line(lines[start], delimiter)
    if not split_line(lines[start], delimiter, whole=True):
        for spanned in range(2, MOST_LINES + 1):
            cells = split_line("\n".join(lines[start : start + spanned]), delimiter, whole=True)
            if recognised(cells, extract) > recognised(alone, extract):
                return _Top(cells, start + spanned)
    run = run_on(alone, extract) if '"' not in lines[start] else None
    if run is None:
        return _Top(alone, start + 1)
    # The line end after the header is lost.
    row = lines[start].split(delimiter)[run.place :]
    return _Top(list(run.cells), start + 1, delimiter.join([row[0][run.length :], *row[1:]]) + "\n")


def _without_lines(text: str, count: int) -> tuple[str, int]:
    """The text without its first ``count`` lines, and how many of them are still to come."""
    start = 0
    while count:
        end = text.find("\n", start)
        if end < 0:
            return "", count
        start = end + 1
        count -= 1
    return text[start:], 0
