"""Identity numbers (GB 11643-1999) composed for many people at once.

The outreach rooms read numbers with code of their own; this side writes them, so that an error in one is
not hidden by the same error in the other.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from outreach import errors
from outreach.errors import ArgumentError

IntArray = npt.NDArray[np.int64]
Text = npt.NDArray[np.uint8]

TOO_MANY = errors.Text(
    "同一地区同一天出生的同性别人数超过 500，无法编号：请减少人数",
    "more than 500 people of one sex were born in one area on one day: ask for fewer people",
)

_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2], dtype=np.int64)
_CHECK = np.frombuffer(b"10X98765432", dtype=np.uint8)


def to_series(matrix: Text) -> pl.Series:
    """One string for each row of a matrix of ASCII bytes."""
    rows, width = matrix.shape
    offsets = np.arange(rows + 1, dtype=np.int64) * width
    array = pa.LargeStringArray.from_buffers(
        rows, pa.py_buffer(offsets.tobytes()), pa.py_buffer(np.ascontiguousarray(matrix).tobytes())
    )
    return pl.Series(pl.from_arrow(array))


def to_matrix(series: pl.Series, width: int = 18) -> Text:
    """The bytes of strings that all are ``width`` ASCII characters long; the inverse of :func:`to_series`."""
    joined = "".join(series.to_list()).encode("ascii")
    return np.frombuffer(joined, dtype=np.uint8).reshape(len(series), width).copy()


def digits(values: IntArray, width: int) -> Text:
    """The decimal digits of ``values``, zero-padded to ``width``, as a matrix of ASCII bytes."""
    powers = 10 ** np.arange(width - 1, -1, -1, dtype=np.int64)
    return (values[:, None] // powers % 10 + ord("0")).astype(np.uint8)


def check_characters(body: Text) -> Text:
    """The check character of each row of 17 digits (ISO 7064 MOD 11-2)."""
    total = ((body[:, :17].astype(np.int64) - ord("0")) * _WEIGHTS).sum(axis=1)
    return np.asarray(_CHECK[total % 11], dtype=np.uint8)


def compose(area: IntArray, birth: IntArray, sequence: IntArray) -> Text:
    """Numbers of 18 characters from area (6 digits), birth date (YYYYMMDD) and sequence (3 digits)."""
    body = np.concatenate([digits(area, 6), digits(birth, 8), digits(sequence, 3)], axis=1)
    return np.concatenate([body, check_characters(body)[:, None]], axis=1)


def as_ymd(days: IntArray) -> IntArray:
    """YYYYMMDD of days since 1970-01-01."""
    dates = days.astype("datetime64[D]")
    years = dates.astype("datetime64[Y]").astype(np.int64) + 1970
    months = dates.astype("datetime64[M]").astype(np.int64) % 12 + 1
    day = (dates - dates.astype("datetime64[M]")).astype(np.int64) + 1
    return np.asarray(years * 10000 + months * 100 + day, dtype=np.int64)


def sequences(area: IntArray, days: IntArray, male: npt.NDArray[np.bool_]) -> IntArray:
    """A sequence (odd = male) that no other person of the same area, birth date and sex has.

    Those born on one day in one place get neighbouring sequences, as offices gave them out: the hard case.
    """
    key = pl.DataFrame({"area": area, "day": days, "male": male})
    rank = key.select((pl.int_range(pl.len()).over("area", "day", "male")).alias("rank"))["rank"].to_numpy()
    if len(rank) and int(rank.max()) >= 500:
        raise ArgumentError(TOO_MANY())
    start = (days * 7919 + area * 104729) % 500
    return np.asarray((start + rank) % 500 * 2 + male.astype(np.int64), dtype=np.int64)


def strings(values: npt.NDArray[np.object_]) -> pl.Series:
    """A String series of an array of ``str`` and ``None``."""
    return pl.Series(pl.from_arrow(pa.array(values, type=pa.large_string())))
