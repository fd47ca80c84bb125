"""What a reader of CSV, XLSX or parquet gives: a header, then cells as text, chunk by chunk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import polars as pl

from outreach.errors import OutreachError
from outreach.standards.characters import INVISIBLE_CHARACTERS

CHUNK_ROWS = 200_000

# Control characters (tabs and line ends, too) and what else is invisible: cells of nothing else are blank.
INVISIBLE = rf"[\t\r\n{INVISIBLE_CHARACTERS}]"

BAD_SCHEMA = {"row_number": pl.Int64, "line": pl.Int64, "rule": pl.String, "text": pl.String}


class ReaderError(OutreachError):
    """The file cannot be taken; the message is the reason (Chinese, no personal data, no header cell)."""


@dataclass(frozen=True)
class Chunk:
    """Some rows of a file. Row numbers count from 1 within the file.

    ``cells``: ``row_number``, ``line`` and a String column for each wanted header cell, named by its place
    (``"0"`` …). ``bad``: rows whose form is broken (row_number, line, rule, text as far as it can be read).
    ``line`` (Int64) is where the row begins as its department sees it, from 1, header, blank lines and title
    lines counted: the line of a text file, the row of a sheet, the position in a parquet file.
    ``rows``: how many rows both hold. Cells of workbooks and parquet files are as delivered; the code that
    reads them makes them legible (``outreach.standards.characters``).
    """

    cells: pl.DataFrame
    bad: pl.DataFrame
    rows: int


class Reader(Protocol):
    """An opened file: its header is read, its rows are not. ``title``: the lines above the header."""

    @property
    def header(self) -> list[str]: ...

    @property
    def title(self) -> list[str]: ...

    @property
    def encoding(self) -> str: ...

    @property
    def delimiter(self) -> str | None: ...

    @property
    def sheet(self) -> str | None:
        """The name of the worksheet that the rows come from; None where there are no sheets."""
        ...

    @property
    def notes(self) -> tuple[str, ...]:
        """What is to be reported of the file (Chinese, no personal data)."""
        ...

    def chunks(self, width: int, wanted: Sequence[int]) -> Iterator[Chunk]:
        """The rows: the cells at the ``wanted`` places of a header ``width`` cells wide.

        Raises:
            ReaderError: the file turns out to be broken midway.
        """
        ...

    def close(self) -> None:
        """Let go of what is held for reading the rows; from any thread. ``chunks`` may still be called."""
        ...


def as_text(cells: Sequence[str]) -> pl.Expr:
    """The named cells of a row as one text, tabs between them."""
    return pl.concat_str(list(cells), separator="\t", ignore_nulls=True)


def no_bad_rows() -> pl.DataFrame:
    """An empty frame of broken rows."""
    return pl.DataFrame(schema=BAD_SCHEMA)
