"""Whose a row may be that was kept out: the numbers and names that can still be read in its text.

A row in quarantine makes no fact, but its person must not look like somebody who is not on the roll.
"""

from __future__ import annotations

import datetime as dt

import polars as pl

from outreach.intake import clean
from outreach.standards import identity_number
from outreach.standards.names import SEPARATORS, name_key

_SCHEMA = {"row_number": pl.Int64, "number18": pl.String, "name_key": pl.String}
_TOKEN = r'[^\t,|"]+'
_NAME = rf"^\p{{Han}}[\p{{Han}}{SEPARATORS} ?？□*]{{0,14}}$"


def no_clues() -> pl.DataFrame:
    """An empty frame of clues."""
    return pl.DataFrame(schema=_SCHEMA)


def clues(kept_out: pl.DataFrame, as_of: dt.date) -> pl.DataFrame:
    """The valid identity numbers and possible names in rows kept out (``row_number``, ``text``).

    One row a clue: row_number, and number18 or name_key. Words that are no names are harmless: nobody in the
    register bears them.
    """
    if kept_out.height == 0:
        return no_clues()
    tokens = (
        kept_out.select("row_number", token=pl.col("text").str.extract_all(_TOKEN))
        .explode("token")
        .drop_nulls("token")
    )
    tokens = tokens.with_columns(token=clean.trimmed(tokens.get_column("token"))).drop_nulls("token")
    number = clean.certificate_identity(clean.identity_text(tokens.get_column("token")))
    is_name = pl.col("token").str.contains(_NAME)
    examined = tokens.with_columns(
        number18=identity_number.examine(number, as_of).get_column("number18"),
        name_key=name_key(tokens.get_column("token")),
    ).with_columns(pl.when(is_name & pl.col("number18").is_null()).then("name_key").alias("name_key"))
    return examined.filter(pl.col("number18").is_not_null() | pl.col("name_key").is_not_null()).select(
        *_SCHEMA
    )
