"""What every form of file (CSV, XLSX, parquet) gives: a header, then cells as text, chunk by chunk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import polars as pl

CHUNK_ROWS = 200_000

# Control characters, zero-width spaces, byte order marks: in no value, and invisible where they stand.
INVISIBLE = r"[\x00-\x1f\x7f\x{200B}\x{FEFF}]"

BAD_SCHEMA = {"row_number": pl.Int64, "rule": pl.String, "text": pl.String}


class FormError(Exception):
    """The file cannot be taken; the message is the reason (Chinese, no personal data)."""


@dataclass(frozen=True)
class Chunk:
    """Some rows of a file. Row numbers count from 1 within the file.

    ``cells``: ``row_number`` and a String column for each wanted header cell, named by its place (``"0"`` …).
    ``bad``: rows whose form is broken (row_number, rule, text as far as it can be read). ``rows``: how many
    rows both hold.
    """

    cells: pl.DataFrame
    bad: pl.DataFrame
    rows: int


class Form(Protocol):
    """An opened file: its header is read, its rows are not. ``title``: the lines above the header."""

    @property
    def header(self) -> list[str]: ...

    @property
    def title(self) -> list[str]: ...

    @property
    def encoding(self) -> str: ...

    @property
    def delimiter(self) -> str | None: ...

    def chunks(self, width: int, wanted: Sequence[int]) -> Iterator[Chunk]:
        """The rows: the cells at the ``wanted`` places of a header ``width`` cells wide.

        Raises:
            FormError: the file turns out to be broken midway.
        """
        ...


def as_text(cells: Sequence[str]) -> pl.Expr:
    """The named cells of a row as one text, tabs between them."""
    return pl.concat_str(list(cells), separator="\t", ignore_nulls=True)


def no_bad_rows() -> pl.DataFrame:
    """An empty frame of broken rows."""
    return pl.DataFrame(schema=BAD_SCHEMA)
