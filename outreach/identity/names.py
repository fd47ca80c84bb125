"""How much two names agree: graded levels made for Chinese names, computed on whole arrays at once.

A name is compared character by character as Unicode code points (a byte-wise distance is wrong for
Chinese): the common beginning and end are found first, and what is left between them says what happened.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import Any

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
"""One character is missing, unreadable, or a name is cut short."""
ONE_OFF = 2
"""One character of three or more differs."""
SURNAME = 1
"""Only the first character agrees."""
DIFFERENT = 0

COMPATIBLE = GAP
"""The least level at which two names may be one person's on an equal number."""

_UNREADABLE = "?*□■�〇○◯×_#〓"
_UNREAD, _LATIN = 1, 2
_TABLE = 0x32400
_READINGS = 4
_LONG_NAME = 5
"""From so many characters on a name has parts (阿卜杜拉·买买提), and a row may hold its first part only."""

Codes = npt.NDArray[np.uint32]
Lengths = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]


class _Readings:
    """Readings of characters without tones, filled in as characters appear.

    ``ids`` holds up to four readings of each code point as places in ``text``; the last one is repeated.
    ``sketch`` holds them as bits, to rule most pairs out at once.
    """

    def __init__(self) -> None:
        self.known = np.zeros(_TABLE, dtype=np.bool_)
        self.ids = np.zeros((_TABLE, _READINGS), dtype=np.int16)
        self.sketch = np.zeros(_TABLE, dtype=np.uint64)
        self._numbers: dict[str, int] = {"": 0}
        self.text = np.array([""])
        self.known[0] = True
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
            for i in range(_READINGS):
                reading = spelled[min(i, len(spelled) - 1)]
                self.ids[code, i] = self._numbers.setdefault(reading, len(self._numbers))
        self.text = np.array(list(self._numbers))
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
"""One for all threads, made before any asks: of two, one would not know what the other has learned."""


@lru_cache(maxsize=1)
def _glyph_pairs() -> npt.NDArray[np.uint64]:
    pairs = {(ord(a) << 32) | ord(b) for group in LOOKALIKE_GROUPS for a in group for b in group if a != b}
    return np.array(sorted(pairs), dtype=np.uint64)


@lru_cache(maxsize=1)
def _marks() -> npt.NDArray[np.uint8]:
    """For each code point, whether it stands for an unreadable character, or is a Latin letter."""
    marks = np.zeros(_TABLE, dtype=np.uint8)
    marks[[ord(character) for character in _UNREADABLE]] = _UNREAD
    marks[ord("A") : ord("Z") + 1] = _LATIN
    return marks


def _code_points(names: pa.Array) -> Codes:
    """The code points of all names, one after another."""
    codes = np.frombuffer("".join(names.to_pylist()).encode("utf-32-le"), dtype=np.uint32)
    if codes.max(initial=0) >= _TABLE:
        codes = np.where(codes < _TABLE, codes, np.uint32(0xFFFD))
    return codes


def _is_in(sorted_values: npt.NDArray[Any], values: npt.NDArray[Any]) -> Flags:
    at = np.searchsorted(sorted_values, values).clip(max=len(sorted_values) - 1)
    return np.asarray(sorted_values[at] == values, dtype=np.bool_)


def _spelled(codes: Codes, nth: int) -> npt.NDArray[np.str_]:
    """Each name spelled out with the ``nth`` reading of every character; other characters stay."""
    table = _TABLE_OF_READINGS
    spelled = np.full(codes.shape[1], "", dtype=np.str_)
    for column in codes:
        spelled = np.strings.add(spelled, table.text[table.ids[column, nth]])
    return spelled


@dataclass(frozen=True)
class _Side:
    """One name of each pair. ``codes``: a line a place in the name, 0 beyond its end, so places lie together.

    ``from_end``: the same, counted from the end. ``marks``: those of its characters.
    """

    codes: Codes
    from_end: Codes
    length: Lengths
    marks: npt.NDArray[np.uint8]

    @classmethod
    def of(cls, codes: Codes, length: Lengths, width: int) -> _Side:
        places = np.arange(width)
        filled = np.zeros((len(length), width), dtype=np.uint32)
        filled[places < length[:, None]] = codes
        aligned = np.zeros_like(filled)
        aligned[places >= width - length[:, None]] = codes
        of_characters = _marks()[codes]
        marked = np.flatnonzero(of_characters)
        marks = np.zeros(len(length), dtype=np.uint8)
        np.bitwise_or.at(marks, np.searchsorted(np.cumsum(length), marked, "right"), of_characters[marked])
        return cls(np.ascontiguousarray(filled.T), np.ascontiguousarray(aligned.T[::-1]), length, marks)

    def take(self, rows: npt.NDArray[np.intp]) -> _Side:
        return _Side(self.codes[:, rows], self.from_end[:, rows], self.length[rows], self.marks[rows])


def _run(left: Codes, right: Codes) -> Lengths:
    """How many characters agree from the first line on."""
    length = np.zeros(left.shape[1], dtype=np.int32)
    going = np.ones(left.shape[1], dtype=np.bool_)
    for x, y in zip(left, right, strict=True):
        going &= (x == y) & (x != 0)
        length += going
    return length


def _lost(a: _Side, b: _Side, start: Lengths, end: Lengths) -> Flags:
    """Is what lies between a name's common beginning and end unreadable, the other's no longer, or spelt?"""
    places = np.arange(len(a.codes))[:, None]

    def between(side: _Side) -> tuple[Flags, Flags, Lengths]:
        outside = (places < start) | (places >= side.length - end)
        marks, gap = _marks()[side.codes], side.length - start - end
        unread, spelt = (((marks == mark) | outside).all(axis=0) & (gap >= 1) for mark in (_UNREAD, _LATIN))
        return unread, spelt, gap

    (unread_a, spelt_a, gap_a), (unread_b, spelt_b, gap_b) = between(a), between(b)
    found = unread_a & ((gap_b <= gap_a) | spelt_b) | unread_b & ((gap_a <= gap_b) | spelt_a)
    return found & (start + end >= 1)


def _same_reading(a: _Side, b: _Side, start: Lengths) -> npt.NDArray[np.intp]:
    """Pairs as long as each other of which every character may be read the same."""
    table = _TABLE_OF_READINGS
    some = np.flatnonzero((a.length == b.length) & (a.length >= 2) & (start < a.length))
    first = start[some]
    # most pairs are ruled out by the first character that differs
    some = some[table.same(a.codes[first, some], b.codes[first, some])]
    left, right = a.codes[:, some], b.codes[:, some]
    place, pair = np.nonzero(left != right)
    heard = np.ones(len(some), dtype=np.bool_)
    heard[pair[~table.same(left[place, pair], right[place, pair])]] = False
    return some[heard]


def _same_spelling(a: _Side, b: _Side) -> Flags:
    """Is one name, character by character in some reading, spelt as the other is?"""
    rights = [_spelled(b.codes, j) for j in range(_READINGS)]
    equal = np.zeros(len(a.length), dtype=np.bool_)
    for i in range(_READINGS):
        left = _spelled(a.codes, i)
        for right in rights:
            equal |= left == right
    return equal


def _levels(left: pa.Array, right: pa.Array) -> npt.NDArray[np.uint8]:
    len_a, len_b = (pc.utf8_length(names).to_numpy(zero_copy_only=False) for names in (left, right))
    short, long = np.minimum(len_a, len_b), np.maximum(len_a, len_b)
    left_codes, right_codes = _code_points(left), _code_points(right)
    _TABLE_OF_READINGS.learn(left_codes)
    _TABLE_OF_READINGS.learn(right_codes)
    width = max(int(long.max()), 1)
    a, b = _Side.of(left_codes, len_a, width), _Side.of(right_codes, len_b, width)
    start = _run(a.codes, b.codes)
    end = np.minimum(_run(a.from_end, b.from_end), short - start)

    level = np.full(len(start), DIFFERENT, dtype=np.uint8)
    # from the least level to the highest, so that the highest stands
    level[start >= 1] = SURNAME
    as_long = len_a == len_b
    one_differs = as_long & (start + end == len_a - 1)
    level[one_differs & (len_a >= 3)] = ONE_OFF
    level[(long - short == 1) & (start + end >= short) & (short >= 2)] = GAP
    level[(start == short) & (short >= 2) & (long >= _LONG_NAME)] = GAP
    marks = a.marks | b.marks
    unread = np.flatnonzero(marks & _UNREAD)
    if len(unread):
        level[unread[_lost(a.take(unread), b.take(unread), start[unread], end[unread])]] = GAP
    slips = np.flatnonzero(one_differs & (len_a >= 2))
    at = start[slips]
    pairs = (a.codes[at, slips].astype(np.uint64) << np.uint64(32)) | b.codes[at, slips]
    level[slips[_is_in(_glyph_pairs(), pairs)]] = GLYPH
    level[_same_reading(a, b, start)] = READING
    latin = np.flatnonzero((marks & _LATIN != 0) & (short >= 1))
    if len(latin):
        level[latin[_same_spelling(a.take(latin), b.take(latin))]] = READING
    level[as_long & (start == len_a) & (len_a > 0)] = EQUAL
    return level


def name_level(left: pa.Array, right: pa.Array) -> pa.Array:
    """Agreement level (``EQUAL`` … ``DIFFERENT``) of each pair of normalised names; no NULLs in.

    Names are ``N_key`` as in docs/tables.md: simplified, without separators, upper case.
    """
    if len(left) == 0:
        return pa.array([], type=pa.uint8())
    return pa.array(_levels(left, right), type=pa.uint8())
