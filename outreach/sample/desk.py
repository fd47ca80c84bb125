"""The world as departments see it, and the small tools with which they write it down.

Each function of ``registers``, ``relief`` and ``insurance`` makes one extract as a typed frame: the columns
of the intake tables that are not about who the person is, ``person`` (the true person; a marriage row has
``husband`` and ``wife``) and ``present`` (whether the row is there on the as-of day). Rows keep their order
from night to night.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from outreach.sample.dates import YEAR, BoolArray, IntArray, Streams
from outreach.sample.regions import Region

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True)
class World:
    """True persons and two days: ``base``, on which the world was made, and ``as_of`` of this night."""

    region: Region
    people: pl.DataFrame
    base: int
    as_of: int
    streams: Streams

    @cached_property
    def count(self) -> int:
        return self.people.height

    def array(self, column: str) -> npt.NDArray[np.int64]:
        """A column of the people as an array."""
        return np.asarray(self.people[column].to_numpy())

    @cached_property
    def often(self) -> float:
        """How much more often things happen in a small world, so that a few hundred people show all of it."""
        return float(np.clip(np.sqrt(2000 / self.count), 1.0, 2.5))

    @cached_property
    def age(self) -> FloatArray:
        """Age in years on the base day, with fraction."""
        return np.asarray((self.base - self.array("birth")) / YEAR, dtype=np.float64)

    @cached_property
    def phones(self) -> pl.Series:
        """Everyone's phone as of the as-of day."""
        renewed = pl.Series(self.array("phone_renewed") <= self.as_of)
        return self.people.select(pl.when(renewed).then("new_phone").otherwise("phone").alias("phone"))[
            "phone"
        ]

    @cached_property
    def registered(self) -> BoolArray:
        return np.asarray(self.people["registered"].to_numpy())

    @cached_property
    def alive(self) -> BoolArray:
        """Alive on the base day: who has died is not surveyed, visited or checked afterwards."""
        return np.asarray(self.array("died") > self.base)


def days(values: IntArray, missing: BoolArray | None = None) -> pl.Series:
    """Days since 1970-01-01 as dates, NULL where ``missing``."""
    series = pl.Series(values.astype(np.int32)).cast(pl.Date)
    if missing is None:
        return series
    return pl.DataFrame({"d": series, "m": missing}).select(pl.when(~pl.col("m")).then("d"))["d"]


def month_start(values: IntArray) -> IntArray:
    """The first day of the month of each day."""
    return np.asarray(
        values.astype("datetime64[D]").astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    )


def pick(rng: np.random.Generator, options: list[int], shares: list[float], count: int) -> IntArray:
    """``count`` of the options, in these shares."""
    return np.asarray(rng.choice(np.array(options), count, p=np.array(shares) / sum(shares)), dtype=np.int64)


def nullable(values: npt.NDArray[np.generic], missing: BoolArray) -> pl.Series:
    """The values, NULL where ``missing``."""
    return pl.DataFrame({"v": values, "m": missing}).select(pl.when(~pl.col("m")).then("v"))["v"]


def visible(frame: pl.DataFrame, world: World, column: str) -> pl.DataFrame:
    """Add ``present``: not dated after the as-of day."""
    as_of = pl.lit(world.as_of).cast(pl.Int32).cast(pl.Date)
    return frame.with_columns((pl.col(column) <= as_of).alias("present"))
