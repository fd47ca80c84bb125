"""The resident identity number 公民身份号码, GB 11643-1999.

18 characters: area 6, birth date 8, sequence 3 (odd = male), check character (ISO 7064 MOD 11-2). Numbers
issued before have 15 digits: two-digit year (19xx), no check character. Everything here works on whole
columns; nothing is ever guessed or repaired.
"""

from __future__ import annotations

import datetime as dt

import polars as pl

from outreach.standards.calendar import is_real_date, real_date

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS = "10X98765432"

_FORM_18 = r"^[1-9][0-9]{16}[0-9X]$"
_FORM_15 = r"^[1-9][0-9]{14}$"
_SCIENTIFIC = r"^[0-9](\.[0-9]+)?E\+?[0-9]{1,2}$"


def _weighted_sum(first17: pl.Expr) -> pl.Expr:
    total = pl.lit(0, dtype=pl.Int64)
    for position, weight in enumerate(WEIGHTS):
        total = total + (first17 // 10 ** (16 - position)) % 10 * weight
    return total


def _check_of(first17: pl.Expr) -> pl.Expr:
    """The check character of 17 digits given as an integer."""
    return (_weighted_sum(first17) % 11).replace_strict(
        list(range(11)), list(CHECK_CHARACTERS), return_dtype=pl.String, default=None
    )


def check_character(first17: pl.Expr) -> pl.Expr:
    """The check character that belongs to 17 digits (String); NULL where they are not 17 digits."""
    return pl.when(first17.str.len_bytes() == 17).then(_check_of(first17.cast(pl.Int64, strict=False)))


def to_18(number: pl.Expr) -> pl.Expr:
    """A number of 15 digits as 18 characters (``19`` and the check character put in), one of 18 as it is.

    Form only: whether the number is valid is decided by :func:`examine`. NULL for any other form.
    """
    first17 = number.str.slice(0, 6) + "19" + number.str.slice(6, 9)
    return (
        pl.when(number.str.contains(_FORM_18))
        .then(number)
        .when(number.str.contains(_FORM_15))
        .then(first17 + check_character(first17))
    )


def birth_date(number18: pl.Expr) -> pl.Expr:
    """The birth date (Date) in an 18-character number; NULL where it is no real date."""
    return real_date(number18.str.slice(6, 4), number18.str.slice(10, 2), number18.str.slice(12, 2))


def sex(number18: pl.Expr) -> pl.Expr:
    """``M`` or ``F`` by the parity of the sequence in an 18-character number."""
    odd = number18.str.slice(16, 1).cast(pl.Int32, strict=False) % 2 == 1
    return pl.when(odd).then(pl.lit("M")).when(~odd).then(pl.lit("F"))


def examine(cleaned: pl.Series, as_of: dt.date) -> pl.DataFrame:
    """What a column of cleaned numbers is worth: ``number18`` and ``state``, row by row.

    ``cleaned`` holds text without markers and spaces, NFKC, upper case; NULL = missing. ``state`` is

    * ``valid``: 18 characters, a real date not after ``as_of``, the right check character;
    * ``valid15``: 15 digits with a real date not after ``as_of``;
    * ``checksum``: as ``valid``, but the check character is wrong;
    * ``scientific``: what a spreadsheet left of a number (``3.40102E+17``);
    * ``malformed``: anything else; ``missing``: NULL.

    ``number18`` is the number as 18 characters where it is valid, else NULL.
    """
    today = as_of.year * 10000 + as_of.month * 100 + as_of.day
    text = pl.col("n")
    form18 = text.str.contains(_FORM_18)
    form15 = (text.str.len_bytes() == 15) & text.str.contains(_FORM_15)
    first17 = (
        pl.when(pl.col("form18"))
        .then(text.str.slice(0, 17))
        .when(pl.col("form15"))
        .then(text.str.slice(0, 6) + "19" + text.str.slice(6, 9))
    )
    v = pl.col("v")
    day_number = v // 1000 % 100_000_000
    frame = (
        cleaned.alias("n")
        .to_frame()
        .lazy()
        .with_columns(form18=form18.fill_null(False), form15=form15.fill_null(False))
        .with_columns(first17=first17)
        .with_columns(v=pl.col("first17").cast(pl.Int64, strict=False))
        .with_columns(
            character=_check_of(v),
            real=is_real_date(day_number // 10000, day_number // 100 % 100, day_number % 100)
            & (day_number <= today).fill_null(False),
        )
    )
    right = text.str.slice(17, 1) == pl.col("character")
    state = (
        pl.when(text.is_null())
        .then(pl.lit("missing"))
        .when(pl.col("form18") & pl.col("real") & right)
        .then(pl.lit("valid"))
        .when(pl.col("form18") & pl.col("real"))
        .then(pl.lit("checksum"))
        .when(pl.col("form15") & pl.col("real"))
        .then(pl.lit("valid15"))
        .when(text.str.contains(_SCIENTIFIC))
        .then(pl.lit("scientific"))
        .otherwise(pl.lit("malformed"))
    )
    return (
        frame.with_columns(state=state)
        .select(
            number18=pl.when(pl.col("state") == "valid")
            .then(text)
            .when(pl.col("state") == "valid15")
            .then(pl.col("first17") + pl.col("character")),
            state="state",
        )
        .collect()
    )
