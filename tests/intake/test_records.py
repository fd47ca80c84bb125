"""Lines to rows: what a writer of CSV puts in comes out, wherever the file is cut in blocks."""

from __future__ import annotations

import csv
import io
import random

import pytest

from outreach.intake.records import Layout, parse_lines

Rows = list[list[str | None]]


def read(text: str, layout: Layout, blocks: int = 1) -> tuple[Rows, list[int], int]:
    """Cells of the rows, the line of each, and how many rows are bad; the text cut into so many blocks."""
    lines = text.splitlines(keepends=True)
    cuts = sorted(random.Random(len(text)).sample(range(len(lines) + 1), min(blocks - 1, len(lines))))
    pieces = ["".join(lines[a:b]) for a, b in zip([0, *cuts], [*cuts, len(lines)], strict=True)]
    rows: Rows = []
    places: list[int] = []
    held, line, count, bad = "", 1, 0, 0
    for number, piece in enumerate(pieces, 1):
        chunk, rest = parse_lines(held + piece, layout, count, line, more=number < len(pieces))
        line += (held + piece).count("\n") - rest.count("\n")
        held = rest
        count += chunk.rows
        bad += chunk.bad.height
        assert chunk.rows == chunk.cells.height + chunk.bad.height
        cells = chunk.cells.sort("row_number")
        rows += [list(row) for row in cells.select(cells.columns[2:]).iter_rows()]
        places += chunk.cells.sort("row_number").get_column("line").to_list()
    return rows, places, bad


CELLS = (
    "",
    "甲",
    "a b",
    "胜利路1号",
    'say "a"',
    "一,二",
    "一\n二",
    '"',
    "\n",
    'x"\ny',
    "5\"寸,\n'",
    "甲\n\n乙|丙\t丁",
    "N/A",
)


@pytest.mark.parametrize("delimiter", [",", "\t", "|"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
def test_what_was_written_is_read(delimiter: str, quoting: int) -> None:
    chance = random.Random(f"{delimiter}{quoting}")
    for trial in range(20):
        width = chance.randrange(4, 8)
        # The first cell is never empty or broken, so that no row is blank or begins within a field.
        rows = [
            ["甲", *(chance.choice(CELLS) for _ in range(width - 1))] for _ in range(chance.randrange(1, 30))
        ]
        stream = io.StringIO()
        csv.writer(stream, delimiter=delimiter, quoting=quoting, lineterminator="\n").writerows(rows)  # type: ignore[arg-type]
        layout = Layout(delimiter, width, width, tuple(range(width)))
        found, places, bad = read(stream.getvalue(), layout, blocks=trial % 4 + 1)
        expected = [[one_line(cell) for cell in row] for row in rows]
        # Only where a line of a field holds as many delimiters as a row has is the row given up.
        if bad == 0:
            assert [[cell or "" for cell in row] for row in found] == expected
            starts = [1]
            for row in rows:
                starts.append(starts[-1] + 1 + sum(cell.count("\n") for cell in row))
            assert places == starts[:-1]
        assert bad == 0 or "一,二" in stream.getvalue() or delimiter != ","


def one_line(cell: str) -> str:
    """The cell as it is kept: a space for a line end between Latin letters, digits or signs, else nothing."""
    kept = ""
    for at, character in enumerate(cell):
        if character not in "\n\t":
            kept += character
        elif at and cell[at + 1 :].lstrip("\n\t") and cell[at - 1] not in "\n\t":
            after = cell[at + 1 :].lstrip("\n\t")[0]
            kept += " " if "!" <= cell[at - 1] <= "~" and "!" <= after <= "~" else ""
    return kept


@pytest.mark.parametrize("blocks", [1, 2, 5])
def test_any_text_is_read_and_nothing_is_lost(blocks: int) -> None:
    chance = random.Random(blocks)
    alphabet = '""",,\n\n甲乙12 |\t\x1a\u200b\ue001\ufdd0'
    layout = Layout(",", 4, 3, (0, 2, 3))
    for _ in range(50):
        text = "".join(chance.choice(alphabet) for _ in range(chance.randrange(400)))
        rows, places, bad = read(text, layout, blocks)
        assert places == sorted(set(places))
        blank = sum(1 for line in text.split("\n") if not line.strip(', \t\x1a\u200b"'))
        assert len(rows) + bad <= len(text.split("\n"))
        assert len(rows) + bad + 19 * (len(rows) + bad) >= len(text.split("\n")) - blank - 1
        # However the text is cut into blocks, the rows are the same.
        assert read(text, layout, 1) == (rows, places, bad)
