"""Days, birthdays and random streams: what every part of an invented world reckons with.

Days are counted from 1970-01-01; ``NEVER`` is a day that does not come.
"""

from __future__ import annotations

from datetime import date
from typing import Protocol

import numpy as np
import numpy.typing as npt

from outreach.sample import numbers

NEVER = 10**6


YEAR = 365.2425
"""Days in a year, on average."""


IntArray = npt.NDArray[np.int64]


BoolArray = npt.NDArray[np.bool_]


class Streams(Protocol):
    """Gives the random stream of a purpose; the same purpose always starts the same stream."""

    def __call__(self, purpose: str) -> np.random.Generator: ...


def epoch_days(day: date) -> int:
    """Days from 1970-01-01 to ``day``."""
    return (day - date(1970, 1, 1)).days


def birthday(birth: IntArray, years: IntArray | int) -> IntArray:
    """The day on which completed ``years`` are reached; 29 February gives 1 March in common years."""
    ymd = numbers.as_ymd(birth)
    return first_of_or_day(ymd // 10000 + years, ymd // 100 % 100, ymd % 100)


def first_of_or_day(year: IntArray, month: IntArray, day: IntArray) -> IntArray:
    """That day of the month, or the first of the next month where the month is too short."""
    start = ((year - 1970) * 12 + month - 1).astype("datetime64[M]")
    first = start.astype("datetime64[D]").astype(np.int64)
    following = (start + 1).astype("datetime64[D]").astype(np.int64)
    return np.asarray(np.minimum(first + day - 1, following), dtype=np.int64)
