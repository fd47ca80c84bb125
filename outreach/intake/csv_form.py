"""CSV: encoding and delimiter from the header's known names, then lines to rows, block by block."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from contracts.extracts import Extract
from outreach.intake import decoding
from outreach.intake.form import Chunk, FormError
from outreach.intake.header import find_header, last_needed, recognised, run_on
from outreach.intake.records import BLANK, MOST_LINES, Layout, is_cut, parse_lines, split_line
from outreach.intake.returned_list import below_title
from outreach.settings import IntakeSettings
from outreach.standards.characters import visible

DELIMITERS = (",", "\t", "|")
# So many lines are searched for the header.
_SEARCHED = 40


class CsvForm:
    """A CSV file whose encoding, delimiter and header are known.

    Encoding and delimiter are those under which the first line names most columns of the extract: a wrong
    byte somewhere else in the file cannot change that choice.

    ``ends_within_line``: once all chunks are read, whether the file breaks off within its last line: that
    line has no end, and not all cells that a row must have.

    Raises:
        FormError: under no encoding and delimiter is the first line a header of this extract.
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
            top = decoding.decode(head[skip:], encoding).split("\n", _SEARCHED)[:_SEARCHED]
            lines = [visible(line) for line in top]
            filled = [place for place, line in enumerate(lines) if line.strip(BLANK + ",|")]
            for delimiter in DELIMITERS if filled else ():
                title, _ = below_title([split_line(lines[place], delimiter) for place in filled], extract)
                start = filled[len(title)]
                first, spanned = _first_record(lines[start:], delimiter, extract)
                below = [split_line(lines[place], delimiter) for place in filled if place >= start + spanned]
                try:
                    found, cells = find_header([first, *below], extract)
                except FormError as error:
                    reason = str(error)
                    continue
                if found > best:
                    best = found
                    self.encoding, self.delimiter, self.header = encoding, delimiter, list(cells)
                    self.title = title
                    self._above = start + spanned
                    self._first_row = ""
                    if (run := run_on(first, extract)) and '"' not in lines[start]:
                        # The line end after the header is lost: the first row is on its line.
                        self.header = list(run.cells)
                        row = lines[start].split(delimiter)[run.place :]
                        self._first_row = delimiter.join([row[0][run.length :], *row[1:]]) + "\n"
        if best == 0:
            raise FormError(reason)

    def chunks(self, width: int, wanted: Sequence[int]) -> Iterator[Chunk]:
        needed = min(last_needed(self.header, self._extract) + 1, width)
        layout = Layout(self.delimiter, width, needed, tuple(wanted))
        rows, above, held = 0, self._above, self._first_row
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


def _first_record(lines: Sequence[str], delimiter: str, extract: Extract) -> tuple[list[str], int]:
    """The cells of the row that begins on the first line, and how many lines it spans.

    More than one only where a quoted name goes on there, and the row then names more columns.
    """
    alone = split_line(lines[0], delimiter)
    if split_line(lines[0], delimiter, whole=True):
        return alone, 1
    for spanned in range(2, MOST_LINES + 1):
        cells = split_line("\n".join(lines[:spanned]), delimiter, whole=True)
        if recognised(cells, extract) > recognised(alone, extract):
            return cells, spanned
    return alone, 1


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
