"""How much two names agree: graded levels made for Chinese names, computed on whole arrays at once.

A name is compared character by character as Unicode code points (a byte-wise distance is wrong for
Chinese): the common beginning and end are found first, and what is left between them shows what happened.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations
from string import ascii_uppercase
from threading import Lock

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from pypinyin import Style, pinyin

from outreach.identity.lookalikes import LOOKALIKE_GROUPS

EQUAL = 6
"""The same name."""
READING = 5
"""Every character is the same or may be read the same, or one name is the other's spelling."""
GLYPH = 4
"""One character differs and looks alike."""
GAP = 3
"""One character is missing, unreadable, or a name is cut short; or its characters are in another order."""
ONE_OFF = 2
"""One character of three or more differs."""
SURNAME = 1
"""Only the first character agrees."""
DIFFERENT = 0

COMPATIBLE = GAP
"""The least level at which two names may be one person's on an equal number."""

_UNREADABLE = "?*□■�〇○◯×_#〓"
_LETTERS = ascii_uppercase
_UNREAD, _LATIN = 1, 2
_TABLE = 0x32400
_READINGS = 4
_WITH_LONG_SURNAME = 3
"""From so many characters on the surname may have two (欧阳, 诸葛)."""
_WHOLE = 3
"""From so many characters on a name hides none behind a mark at its end (王荣来*); of 王小* one is hidden."""
_LONG_NAME = 5
"""From so many characters on a name has parts (阿卜杜拉·买买提), and a row may hold its first part only."""

Codes = npt.NDArray[np.uint32]
Lengths = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.intp]


class _Readings:
    """Readings of characters without tones, filled in as characters appear.

    ``spelled`` holds up to four readings of each character; the last one is repeated. ``ids`` holds them as
    numbers, ``sketch`` as bits, to rule most pairs out at once.
    """

    def __init__(self) -> None:
        self.known = np.zeros(_TABLE, dtype=np.bool_)
        self.ids = np.zeros((_TABLE, _READINGS), dtype=np.int16)
        self.sketch = np.zeros(_TABLE, dtype=np.uint64)
        self.spelled: dict[str, list[str]] = {}
        self._numbers: dict[str, int] = {}
        self._learning = Lock()

    def learn(self, codes: Codes) -> None:
        """Look up the characters of ``codes`` that are not known yet.

        The engine compares on several threads: one learns at a time, and a character is known last of all.
        """
        if self.known[codes].all():
            return
        with self._learning:
            unknown = np.unique(codes[~self.known[codes]])
            if len(unknown):
                self._look_up(unknown)

    def _look_up(self, unknown: Codes) -> None:
        for code in unknown.tolist():
            found = pinyin(chr(code), style=Style.NORMAL, heteronym=True, errors="default")[0]
            spelled = [r.upper().replace("Ü", "V") for r in dict.fromkeys(found)][:_READINGS]
            spelled += spelled[-1:] * (_READINGS - len(spelled))
            self.ids[code] = [self._numbers.setdefault(reading, len(self._numbers)) for reading in spelled]
            self.spelled[chr(code)] = spelled
        bits = np.uint64(1) << (self.ids[unknown].astype(np.uint64) % np.uint64(61))
        self.sketch[unknown] = np.bitwise_or.reduce(bits, axis=1)
        self.known[unknown] = True

    def same(self, left: Codes, right: Codes) -> Flags:
        """Elementwise, for characters that differ: may the two be read the same?"""
        found: Flags = np.not_equal(self.sketch[left] & self.sketch[right], 0)
        some = np.flatnonzero(found)
        each = self.ids[left[some], :, None] == self.ids[right[some], None, :]
        found[some] = each.any(axis=(1, 2))
        return found


_TABLE_OF_READINGS = _Readings()
"""One for all threads, made before any uses it: of two, one would not know what the other has learned."""


@lru_cache(maxsize=1)
def _lookalikes() -> tuple[npt.NDArray[np.uint16], Flags]:
    """For each code point its line in a table, 0 for most; and the table, by which two look alike."""
    characters = sorted(set("".join(LOOKALIKE_GROUPS)))
    line = np.zeros(_TABLE, dtype=np.uint16)
    line[[ord(character) for character in characters]] = np.arange(1, len(characters) + 1)
    alike = np.zeros((len(characters) + 1, len(characters) + 1), dtype=np.bool_)
    for group in LOOKALIKE_GROUPS:
        for a, b in permutations(group, 2):
            alike[line[ord(a)], line[ord(b)]] = True
    return line, alike


def _look_alike(left: Codes, right: Codes) -> Flags:
    """Elementwise, for characters that differ: do the two look alike?"""
    line, alike = _lookalikes()
    return alike[line[left], line[right]]


@lru_cache(maxsize=1)
def _marks() -> npt.NDArray[np.uint8]:
    """For each code point, whether it marks an unreadable character, or is a Latin letter."""
    marks = np.zeros(_TABLE, dtype=np.uint8)
    marks[[ord(character) for character in _UNREADABLE]] = _UNREAD
    marks[[ord(letter) for letter in _LETTERS]] = _LATIN
    return marks


def _code_points(names: pa.StringArray) -> Codes:
    """The code points of all names, one after another."""
    _, offsets, text = names.buffers()
    within = np.frombuffer(offsets, dtype=np.int32)[names.offset : names.offset + len(names) + 1]
    written = text.slice(within[0], within[-1] - within[0]).to_pybytes() if text else b""
    codes = np.frombuffer(written.decode("utf-8").encode("utf-32-le"), dtype=np.uint32)
    if codes.max(initial=0) >= _TABLE:
        codes = np.where(codes < _TABLE, codes, np.uint32(0xFFFD))
    return codes


@lru_cache(maxsize=1 << 16)
def _spellings(name: str) -> frozenset[str]:
    """A name spelled out with the first reading of every character, with the second …; a letter stays.

    The surname, of one character or of two, is first or, as in English, last.
    """
    spelled = [list(nth) for nth in zip(*(_TABLE_OF_READINGS.spelled[c] for c in name), strict=True)]
    turns = (0, 1) if len(name) < _WITH_LONG_SURNAME else (0, 1, 2)
    return frozenset("".join(nth[turn:] + nth[:turn]) for nth in spelled for turn in turns)


@dataclass(frozen=True)
class _Side:
    """One name of each pair: ``codes`` holds all names, one after another, each from ``first`` to ``end``."""

    codes: Codes
    first: Rows
    end: Rows
    length: Lengths

    @classmethod
    def of(cls, names: pa.Array | pa.ChunkedArray) -> _Side:
        flat = names.combine_chunks() if isinstance(names, pa.ChunkedArray) else names
        length = pc.utf8_length(flat).to_numpy(zero_copy_only=False)
        end = np.cumsum(length, dtype=np.intp)
        return cls(_code_points(flat), end - length, end, length)

    def at(self, rows: Rows, place: int | Lengths) -> Codes:
        """The character of each of ``rows`` at a place, counted from 0."""
        found: Codes = self.codes[self.first[rows] + place]
        return found

    def from_end(self, rows: Rows, place: int) -> Codes:
        """The same, counted from the end."""
        return self.codes[self.end[rows] - (place + 1)]

    def sums(self, rows: Rows) -> npt.NDArray[np.int64]:
        """The sum of the code points of each name: of the same characters in any order it is the same."""
        ends_at = np.concatenate(([0], np.cumsum(self.codes, dtype=np.int64)))
        found: npt.NDArray[np.int64] = ends_at[self.end[rows]] - ends_at[self.first[rows]]
        return found

    def text(self, row: int, start: int = 0, end: int = 0) -> str:
        """The name of one row, without so many characters at its start and its end."""
        return "".join(map(chr, self.codes[self.first[row] + start : self.end[row] - end].tolist()))

    def marked(self) -> tuple[Rows, Rows]:
        """Rows with an unreadable character, rows with a Latin letter; a row may come again."""
        of_characters = _marks()[self.codes]
        marked = np.flatnonzero(of_characters)
        rows, marks = np.searchsorted(self.end, marked, "right"), of_characters[marked]
        return rows[marks == _UNREAD], rows[marks == _LATIN]


def _run(left: Callable[[Rows, int], Codes], right: Callable[[Rows, int], Codes], most: Lengths) -> Lengths:
    """How many characters agree from the first place on, ``most`` at the most."""
    run = np.zeros(len(most), dtype=np.int32)
    place, going = 0, np.flatnonzero(most)
    while len(going):
        going = going[left(going, place) == right(going, place)]
        place += 1
        run[going] = place
        going = going[most[going] > place]
    return run


def _lost(left: str, right: str) -> bool:
    """Of what is between the common beginning and end: is one unreadable, the other no longer, or spelt?"""
    return any(
        gap != "" and not gap.strip(_UNREADABLE) and (len(other) <= len(gap) or not other.strip(_LETTERS))
        for gap, other in ((left, right), (right, left))
    )


def _marked(left: str, right: str) -> bool:
    """Of the same: is the one, but for a mark after it (来*), read as the other?"""
    return any(
        marked != plain != "" and len(plain) == len(other) and _same_reading(plain, other)
        for marked, plain, other in (
            (left, left.strip(_UNREADABLE), right),
            (right, right.strip(_UNREADABLE), left),
        )
    )


def _same_reading(left: str, right: str) -> bool:
    """Of names as long as each other: may every character be read the same?"""
    readings = _TABLE_OF_READINGS.spelled
    pairs = zip(left, right, strict=True)
    return all(a == b or not set(readings[a]).isdisjoint(readings[b]) for a, b in pairs)


def _same_spelling(left: str, right: str) -> bool:
    """Is one name, character by character in some reading, spelt as the other is?"""
    return not _spellings(left).isdisjoint(_spellings(right))


def _reordered(a: _Side, b: _Side, rows: Rows) -> Flags:
    """Of names as long as each other: are the one's characters the other's, in another order?"""
    found = np.equal(a.sums(rows), b.sums(rows))
    some = np.flatnonzero(found)
    found[some] = [sorted(a.text(row)) == sorted(b.text(row)) for row in rows[some].tolist()]
    return found


def _levels(a: _Side, b: _Side) -> npt.NDArray[np.uint8]:
    short, long = np.minimum(a.length, b.length), np.maximum(a.length, b.length)
    start = _run(a.at, b.at, short)
    end = _run(a.from_end, b.from_end, short - start)
    as_long = short == long

    level = np.full(len(start), DIFFERENT, dtype=np.uint8)
    # from the least level to the highest, so that the highest remains
    level[start >= 1] = SURNAME
    one_differs = as_long & (start + end == long - 1)
    level[one_differs & (long >= 3)] = ONE_OFF
    level[(long - short == 1) & (start + end >= short) & (short >= 2)] = GAP
    level[(start == short) & (short >= 2) & (long >= _LONG_NAME)] = GAP
    (unread_a, latin_a), (unread_b, latin_b) = a.marked(), b.marked()
    for row in np.union1d(unread_a, unread_b).tolist():
        begun, ended = start[row], end[row]
        between = a.text(row, begun, ended), b.text(row, begun, ended)
        if begun + ended >= 1 and (_lost(*between) or (short[row] >= _WHOLE and _marked(*between))):
            level[row] = GAP
    edited = np.flatnonzero(as_long & (start < long) & (long >= 2))
    level[edited[_reordered(a, b, edited)]] = GAP
    left, right = a.at(edited, start[edited]), b.at(edited, start[edited])
    one = one_differs[edited]
    level[edited[one & _look_alike(left, right)]] = GLYPH
    # most pairs are ruled out by the first character that differs
    same_reading = _TABLE_OF_READINGS.same(left, right)
    level[edited[one & same_reading]] = READING
    for row in edited[~one & same_reading].tolist():
        if _same_reading(a.text(row), b.text(row)):
            level[row] = READING
    for row in np.union1d(latin_a, latin_b).tolist():
        if _same_spelling(a.text(row), b.text(row)):
            level[row] = READING
    level[as_long & (start == long) & (long > 0)] = EQUAL
    return level


def name_level(left: pa.Array, right: pa.Array) -> pa.Array:
    """Agreement level (``EQUAL`` … ``DIFFERENT``) of each pair of normalised names; no NULLs in.

    Names are ``N_key`` as in docs/tables.md: simplified, without separators, upper case.
    """
    if len(left) == 0:
        return pa.array([], type=pa.uint8())
    a, b = _Side.of(left), _Side.of(right)
    _TABLE_OF_READINGS.learn(a.codes)
    _TABLE_OF_READINGS.learn(b.codes)
    return pa.array(_levels(a, b), type=pa.uint8())
