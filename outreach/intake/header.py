"""A file's header against the contract: which cell is which column, by name, in any order."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

import polars as pl
from rapidfuzz.distance import Levenshtein

from contracts.extracts import EXTRACTS, Column, Extract
from outreach.intake.reader import ReaderError
from outreach.standards import identity_number
from outreach.standards.characters import INVISIBLE_CHARACTERS

_NOISE = re.compile(rf"[\s{INVISIBLE_CHARACTERS}'\"“”*＊‡]+")

_MAY_BE_NUMBER = re.compile(r"\d{15}")


@dataclass(frozen=True)
class Header:
    """``positions``: delivered columns by position, an optional one perhaps at several; ``doubled``: the
    names of these.

    ``extra``: which header cells are no column of the extract, by place (``第 3 列``). A cell itself is
    never shown: where a line end is lost, the values of a row follow the header on its line.
    """

    positions: dict[int, Column]
    extra: tuple[str, ...]
    doubled: tuple[str, ...]
    width: int


def plain(cell: str) -> str:
    """A header cell without spaces, quotes, markers; full-width letters and brackets as ASCII."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", cell))


def recognised(cells: Sequence[str], extract: Extract) -> int:
    """How many different columns of the extract these header cells name."""
    return len({plain(cell) for cell in cells} & extract.by_header.keys())


def last_needed(cells: Sequence[str], extract: Extract) -> int:
    """The last place of a header cell whose column must not be empty; 0 where there is none."""
    names = [extract.by_header.get(plain(cell)) for cell in cells]
    return max((place for place, column in enumerate(names) if column and column.required_value), default=0)


def find_header(rows: Sequence[Sequence[str]], extract: Extract) -> tuple[int, Sequence[str]]:
    """The first row as header, and how many columns of the extract it names.

    Raises:
        ReaderError: a later one of ``rows`` is the header.
    """
    counts = [recognised(row, extract) for row in rows]
    if counts and max(counts) > counts[0]:
        place = counts.index(max(counts)) + 1
        raise ReaderError(f"第一行不是表头（表头在第 {place} 行，请删去其上各行后重新送达）")
    return (counts[0], rows[0]) if rows else (0, [])


def match_header(
    cells: Sequence[str], extract: Extract, elsewhere: Collection[str] = (), printed: Collection[str] = ()
) -> Header:
    """Find each column of the extract by its name.

    ``elsewhere``: columns that may be missing here. ``printed``: names of other columns that belong here and
    are not worth a word.

    Raises:
        ReaderError: a required column is missing, or is there twice; or the line holds values, too.
    """
    names = [plain(cell) for cell in cells]
    while names and not names[-1]:
        names.pop()
    known = [name for name in names if name in extract.by_header]
    doubled = sorted({name for name in known if known.count(name) > 1})
    required = [name for name in doubled if extract.by_header[name].required_header]
    if required:
        raise ReaderError(f"表头中列名重复：{'、'.join(required)}")
    missing = [
        c.header
        for c in extract.columns
        if c.required_header and c.header not in known and c.name not in elsewhere
    ]
    if missing:
        raise ReaderError(f"表头缺少必需的列：{'、'.join(missing)}")
    if has_identity_number(names):
        raise ReaderError("表头行中混有数据（表头之后可能缺少换行），请重新导出")
    positions = {
        place: extract.by_header[name] for place, name in enumerate(names) if name in extract.by_header
    }
    extra = tuple(
        f"第 {place + 1} 列{_likeness(name)}"
        for place, name in enumerate(names)
        if place not in positions and name not in printed
    )
    return Header(positions, extra, tuple(doubled), len(names))


def has_identity_number(cells: Sequence[str]) -> bool:
    """Whether a cell is a valid identity number: then it is a value, and no name of a column."""
    cells = [cell for cell in cells if _MAY_BE_NUMBER.search(cell)]
    if not cells:
        return False
    texts = pl.Series(cells, dtype=pl.String).str.to_uppercase()
    return identity_number.examine(texts, dt.date.max).get_column("number18").is_not_null().any()


@cache
def _known_names() -> tuple[str, ...]:
    return tuple(dict.fromkeys(column.header for extract in EXTRACTS for column in extract.columns))


def _likeness(name: str) -> str:
    """Which column of any extract a header cell may mean, in words for a department; empty where none is
    near."""
    for known in _known_names():
        if name == known:
            return f"（“{known}”）"
    for known in sorted(_known_names(), key=len, reverse=True):
        if known in name or (len(known) > 2 and Levenshtein.distance(known, name, score_cutoff=1) <= 1):
            return f"（近似“{known}”）"
    return ""


@dataclass(frozen=True)
class Run:
    """A header line on which the first row follows, for the line end between them is lost: the header's
    cells, and where the row's first cell begins, in the cell at ``place`` after ``length`` characters."""

    cells: tuple[str, ...]
    place: int
    length: int


def run_on(cells: Sequence[str], extract: Extract) -> Run | None:
    """Whether the cells of a header line are the header and the first row, and where the one ends.

    Only where it is clear: the last name of a column has a value after it in its cell, no column's name
    follows, and as many cells follow as a row goes on to have, or an identity number is among them.
    """
    names = [cell.strip() for cell in cells]
    known = [place for place, name in enumerate(names) if name in extract.by_header]
    others = sorted(extract.by_header.keys() - {names[place] for place in known}, key=len, reverse=True)
    start = known[-1] + 1 if known else len(names)
    begins = [name for name in others if start < len(names) and names[start].startswith(name)]
    # Where the row's first cell is empty, nothing follows the last name in its cell.
    place, name = (start, begins[0]) if begins else (start - 1, names[start - 1] if known else "")
    following = len(names) - 1 - place
    numbered = 0 < following <= place and has_identity_number(
        [names[place][len(name) :], *names[place + 1 :]]
    )
    if len(known) < 2 or not (numbered or (begins and following == place)):
        return None
    length = cells[place].index(name) + len(name)
    return Run((*cells[:place], cells[place][:length]), place, length)
