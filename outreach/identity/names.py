"""How much two names agree: graded levels made for Chinese names, computed on whole arrays at once.

A name is compared character by character as Unicode code points (a byte-wise distance is wrong for
Chinese): the common beginning and end are found first, and what is left between them says what happened.
"""

from __future__ import annotations

from functools import lru_cache
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
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

_UNREADABLE = np.array(sorted(map(ord, "?*□■�〇○◯×_#〓")), dtype=np.uint32)
_TABLE = 0x32400
_READINGS = 4
_A, _Z = ord("A"), ord("Z")
_LONG_NAME = 5
"""From so many characters on a name has parts (阿卜杜拉·买买提), and a row may hold its first part only."""

Codes = npt.NDArray[np.uint32]
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
        """Elementwise, for one column of characters: may the two be read the same?"""
        found: Flags = np.not_equal(self.sketch[left] & self.sketch[right], 0)
        some = np.flatnonzero(found & (left != right))
        a, b = self.ids[left[some]], self.ids[right[some]]
        equal = np.zeros(len(some), dtype=np.bool_)
        for i in range(_READINGS):
            for j in range(_READINGS):
                equal |= a[:, i] == b[:, j]
        found[some] = equal
        return found


@lru_cache(maxsize=1)
def _readings() -> _Readings:
    return _Readings()


@lru_cache(maxsize=1)
def _glyph_pairs() -> npt.NDArray[np.uint64]:
    pairs = {(ord(a) << 32) | ord(b) for group in LOOKALIKE_GROUPS for a in group for b in group if a != b}
    return np.array(sorted(pairs), dtype=np.uint64)


def _matrix(names: list[str]) -> Codes:
    array = np.array(names, dtype=np.str_)
    width = max(array.dtype.itemsize // 4, 1)
    codes = array.view(np.uint32).reshape(len(names), width)
    return np.where(codes < _TABLE, codes, np.uint32(0xFFFD))


def _is_in(sorted_values: npt.NDArray[Any], values: npt.NDArray[Any]) -> Flags:
    at = np.searchsorted(sorted_values, values).clip(max=len(sorted_values) - 1)
    return np.asarray(sorted_values[at] == values, dtype=np.bool_)


def _spelled(codes: Codes, nth: int) -> npt.NDArray[np.str_]:
    """Each name spelled out with the ``nth`` reading of every character; other characters stay."""
    table = _readings()
    spelled = np.full(len(codes), "", dtype=np.str_)
    for column in range(codes.shape[1]):
        spelled = np.strings.add(spelled, table.text[table.ids[codes[:, column], nth]])
    return spelled


def _levels(left: list[str], right: list[str]) -> npt.NDArray[np.uint8]:
    a, b = _matrix(left), _matrix(right)
    width = max(a.shape[1], b.shape[1])
    a = np.pad(a, ((0, 0), (0, width - a.shape[1])))
    b = np.pad(b, ((0, 0), (0, width - b.shape[1])))
    _readings().learn(np.concatenate([a.ravel(), b.ravel()]))
    rows = np.arange(len(a))
    len_a, len_b = (a != 0).sum(axis=1), (b != 0).sum(axis=1)
    short, long = np.minimum(len_a, len_b), np.maximum(len_a, len_b)

    same = (a == b) & (a != 0)
    start = np.cumprod(same, axis=1).sum(axis=1)
    columns = np.arange(width)
    end = np.zeros(len(a), dtype=np.int64)
    open_end = np.flatnonzero(start < short)
    for back in range(1, width + 1):
        open_end = open_end[short[open_end] >= back]
        agree = a[open_end, len_a[open_end] - back] == b[open_end, len_b[open_end] - back]
        open_end = open_end[agree]
        end[open_end] = back
    end = np.minimum(end, short - start)

    level = np.full(len(a), DIFFERENT, dtype=np.uint8)

    def at_least(where: Flags, value: int) -> None:
        level[where] = np.maximum(level[where], value)

    at_least(same[:, 0], SURNAME)
    one_differs = (len_a == len_b) & (start + end == len_a - 1)
    at_least(one_differs & (len_a >= 3), ONE_OFF)
    at_least((long - short == 1) & (start + end >= short) & (short >= 2), GAP)
    at_least((start == short) & (short >= 2) & (long >= _LONG_NAME), GAP)

    lost = []
    for codes, length in ((a, len_a), (b, len_b)):
        inside = (columns >= start[:, None]) & (columns < (length - end)[:, None])
        unread = (_is_in(_UNREADABLE, codes) | ~inside).all(axis=1) & (length - start - end >= 1)
        spelt = (((codes >= _A) & (codes <= _Z)) | ~inside).all(axis=1) & (length - start - end >= 1)
        lost.append((unread, spelt, length - start - end))
    for (unread, _, gap), (_, other_spelt, other_gap) in (lost, lost[::-1]):
        at_least(unread & (start + end >= 1) & ((other_gap <= gap) | other_spelt), GAP)

    at = np.minimum(start, width - 1)
    pairs = (a[rows, at].astype(np.uint64) << np.uint64(32)) | b[rows, at].astype(np.uint64)
    at_least(one_differs & (len_a >= 2) & _is_in(_glyph_pairs(), pairs), GLYPH)

    heard = np.flatnonzero((len_a == len_b) & (len_a >= 2))
    for column in range(width):
        x, y = a[heard, column], b[heard, column]
        heard = heard[(x == y) | _readings().same(x, y)]
    at_least(np.isin(rows, heard), READING)

    latin = (((a >= _A) & (a <= _Z)).any(axis=1) | ((b >= _A) & (b <= _Z)).any(axis=1)) & (short >= 1)
    if latin.any():
        some = np.flatnonzero(latin)
        equal = np.zeros(len(some), dtype=np.bool_)
        for i in range(_READINGS):
            spelled = _spelled(a[some], i)
            for j in range(_READINGS):
                equal |= spelled == _spelled(b[some], j)
        at_least(np.isin(rows, some[equal]), READING)

    at_least((len_a == len_b) & (start == len_a) & (len_a > 0), EQUAL)
    return level


def name_level(left: pa.Array, right: pa.Array) -> pa.Array:
    """Agreement level (``EQUAL`` … ``DIFFERENT``) of each pair of normalised names; no NULLs in.

    Names are ``N_key`` as in docs/tables.md: simplified, without separators, upper case.
    """
    if len(left) == 0:
        return pa.array([], type=pa.uint8())
    return pa.array(_levels(left.to_pylist(), right.to_pylist()), type=pa.uint8())
