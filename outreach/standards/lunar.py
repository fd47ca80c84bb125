"""The lunar date of a day, for birth dates that were written down as people remember them.

New moons and the sun's longitude after J. Meeus, Astronomical Algorithms (ch. 25, 49; main terms, good to
a few minutes). The month with the winter solstice is the eleventh; of thirteen months from one such to the
next the first without a principal term (中气) is a leap month. China time is UTC+8 throughout.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int64]

_EPOCH_JD = 2440587.5  # 1970-01-01 00:00 UTC
_CHINA = 8 / 24
_FIRST, _LAST = -1250, 500  # lunations from that of 2000-01-06: the years 1899 to 2040


def _sin(degrees: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.sin(np.radians(degrees))


def _new_moons() -> IntArray:
    """The China day (since 1970-01-01) of each new moon, in order."""
    k = np.arange(_FIRST, _LAST, dtype=np.float64)
    t = k / 1236.85
    sun = 2.5534 + 29.10535670 * k
    moon = 201.5643 + 385.81693528 * k
    node = 160.7108 + 390.67050284 * k
    e = 1 - 0.002516 * t
    moment = (
        2451550.09766
        + 29.530588861 * k
        + 0.00015437 * t**2
        - 0.40720 * _sin(moon)
        + 0.17241 * e * _sin(sun)
        + 0.01608 * _sin(2 * moon)
        + 0.01039 * _sin(2 * node)
        + 0.00739 * e * _sin(moon - sun)
        - 0.00514 * e * _sin(moon + sun)
        + 0.00208 * e**2 * _sin(2 * sun)
        - 0.00111 * _sin(moon - 2 * node)
        - 0.00057 * _sin(moon + 2 * node)
        + 0.00056 * e * _sin(2 * moon + sun)
        - 0.00042 * _sin(3 * moon)
        + 0.00042 * e * _sin(sun + 2 * node)
        + 0.00038 * e * _sin(sun - 2 * node)
        - 0.00024 * e * _sin(2 * moon - sun)
    )
    return np.floor(moment - _EPOCH_JD + _CHINA).astype(np.int64)


def _principal_terms(day: IntArray) -> IntArray:
    """Twelfths of its circle that the sun has run through when the China day begins (9 = solstice)."""
    t = (day - _CHINA + _EPOCH_JD - 2451545.0) / 36525
    anomaly = 357.52911 + 35999.05029 * t
    centre = 1.914602 * _sin(anomaly) + 0.019993 * _sin(2 * anomaly) + 0.000289 * _sin(3 * anomaly)
    longitude = 280.46646 + 36000.76983 * t + centre - 0.00569 - 0.00478 * _sin(125.04 - 1934.136 * t)
    # Venus, Jupiter and the moon: a quarter of an hour at most, but 1984 turned on less.
    c = t + 1  # centuries since 1900
    longitude = (
        longitude
        + 0.00134 * _sin(243.23 + 22518.7541 * c)
        + 0.00154 * _sin(306.57 + 45037.5082 * c)
        + 0.00200 * _sin(42.69 + 32964.3577 * c)
        + 0.00179 * _sin(350.74 + 445267.1142 * c)
    )
    return np.floor(longitude % 360 / 30).astype(np.int64)


@cache
def _months() -> tuple[IntArray, IntArray, IntArray]:
    """First day, number (1-12) and lunar year of each month; a leap month has the number before it."""
    start = _new_moons()
    terms = _principal_terms(start)
    has_term = np.append(terms[1:] != terms[:-1], True)
    solstice = np.flatnonzero(np.isin(terms[:-1], (7, 8)) & np.isin(terms[1:], (9, 10)))
    number = np.zeros(len(start), dtype=np.int64)
    for left, right in pairwise(solstice.tolist()):
        months = np.arange(left, right)
        steps = np.ones(len(months), dtype=np.int64)
        if len(months) == 13:
            steps[1 + int(np.argmin(has_term[left + 1 : right]))] = 0
        number[left:right] = (10 + np.cumsum(steps) - 1) % 12 + 1
    solar_month = start.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    calendar_year = solar_month // 12 + 1970
    winter = (number >= 11) & (solar_month % 12 < 3)
    return start, number, calendar_year - winter


def lunar_as_written(birth: IntArray) -> IntArray:
    """The day that one reads who takes the lunar date of ``birth`` for a solar one.

    Both in days since 1970-01-01. A lunar date that no solar month has (30 February) gives ``birth`` back.
    """
    start, number, year = _months()
    at = np.searchsorted(start, birth, side="right") - 1
    day = birth - start[at] + 1
    first = ((year[at] - 1970) * 12 + number[at] - 1).astype("datetime64[M]")
    written = first.astype("datetime64[D]").astype(np.int64) + day - 1
    fits = written < (first + 1).astype("datetime64[D]").astype(np.int64)
    return np.asarray(np.where(fits & (number[at] > 0), written, birth), dtype=np.int64)
