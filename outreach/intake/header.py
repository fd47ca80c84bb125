"""A file's header against the contract: which cell is which column, by name, in any order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from contracts.extracts import Column, Extract
from outreach.intake.form import FormError

# A header that is longer is no name of a column; it is cut so that no text of a cell gets into a message.
LONGEST_EXTRA = 12

_NOISE = re.compile(r"[\s\ufeff\u200b'\"“”*＊‡]+")


@dataclass(frozen=True)
class Header:
    """``positions``: delivered columns by position; ``extra``: headers that are no column of the extract."""

    positions: dict[int, Column]
    extra: tuple[str, ...]
    width: int


def plain(cell: str) -> str:
    """A header cell without spaces, quotes, markers; full-width letters and brackets as ASCII."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", cell))


def recognised(cells: Sequence[str], extract: Extract) -> int:
    """How many different columns of the extract these header cells name."""
    return len({plain(cell) for cell in cells} & extract.by_header.keys())


def find_header(rows: Sequence[Sequence[str]], extract: Extract) -> tuple[int, Sequence[str]]:
    """The first row as header, and how many columns of the extract it names.

    Raises:
        FormError: a later one of ``rows`` is the header.
    """
    counts = [recognised(row, extract) for row in rows]
    if counts and max(counts) > counts[0]:
        place = counts.index(max(counts)) + 1
        raise FormError(f"第一行不是表头（表头在第 {place} 行，请删去其上各行后重新送达）")
    return (counts[0], rows[0]) if rows else (0, [])


def match_header(cells: Sequence[str], extract: Extract, elsewhere: Collection[str] = ()) -> Header:
    """Find each column of the extract by its name. ``elsewhere``: columns that may be missing here.

    Raises:
        FormError: a required column is missing, or a column stands there twice.
    """
    names = [plain(cell) for cell in cells]
    while names and not names[-1]:
        names.pop()
    known = [name for name in names if name in extract.by_header]
    doubled = sorted({name for name in known if known.count(name) > 1})
    if doubled:
        raise FormError(f"表头中列名重复：{'、'.join(doubled)}")
    missing = [
        c.header
        for c in extract.columns
        if c.required_header and c.header not in known and c.name not in elsewhere
    ]
    if missing:
        raise FormError(f"表头缺少必需的列：{'、'.join(missing)}")
    positions = {
        place: extract.by_header[name] for place, name in enumerate(names) if name in extract.by_header
    }
    extra = tuple(
        name[:LONGEST_EXTRA] or f"第{place + 1}列（无列名）"
        for place, name in enumerate(names)
        if place not in positions
    )
    return Header(positions, extra, len(names))
