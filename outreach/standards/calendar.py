"""Days of the calendar from numbers, without an error for those that are none."""

from __future__ import annotations

import polars as pl

EARLIEST_YEAR = 1850
"""No living or recently dead person was born before; an earlier year is a slip."""


def is_real_date(year: pl.Expr, month: pl.Expr, day: pl.Expr) -> pl.Expr:
    """Whether integer year, month and day name a day of the calendar, from 1850 on; never NULL."""
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    days = (
        pl.when(month.is_in([4, 6, 9, 11]))
        .then(30)
        .when(month == 2)
        .then(pl.when(leap).then(29).otherwise(28))
        .otherwise(31)
    )
    return (
        year.is_between(EARLIEST_YEAR, 9999) & month.is_between(1, 12) & (day >= 1) & (day <= days)
    ).fill_null(False)


def real_date(year: pl.Expr, month: pl.Expr, day: pl.Expr) -> pl.Expr:
    """The Date of three texts of digits; NULL where they name no day (see :func:`is_real_date`)."""
    y, m, d = (part.cast(pl.Int32, strict=False) for part in (year, month, day))
    real = is_real_date(y, m, d)
    # A date is made for every row before the choice, so each row must be given one that exists.
    made = pl.date(
        pl.when(real).then(y).otherwise(2000),
        pl.when(real).then(m).otherwise(1),
        pl.when(real).then(d).otherwise(1),
    )
    return pl.when(real).then(made)
