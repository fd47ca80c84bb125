"""Which pairs are compared: those that share the value of a key, and pairs of two people by chance."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import polars as pl

from outreach.linkage.settings import LinkSettings, sides

Places = npt.NDArray[np.int64]

_CHANCE = 200_000
"""About so many pairs of two people are used to measure how often they agree by chance."""
_SHIFTS = 20


def candidates(
    left: pl.DataFrame, right: pl.DataFrame, settings: LinkSettings
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The pairs to compare (left, right: places in the tables), sorted, and what each key gave.

    The second frame has a row a key: key, pairs, skipped (values that would have given too many pairs).
    """
    if left.height * right.height <= settings.all_pairs:
        every = left.select(pl.int_range(pl.len()).alias("left")).join(
            right.select(pl.int_range(pl.len()).alias("right")), how="cross"
        )
        return every, pl.DataFrame(
            {"key": ["all pairs"], "pairs": [every.height], "skipped": [0]}, schema=_KEYS
        )
    found, yielded = [], []
    for name, left_key, right_key in _keys(settings):
        pairs, skipped = _pairs(left, right, left_key, right_key, settings.most_pairs)
        found.append(pairs)
        yielded.append((name, pairs.height, skipped))
    if not found:
        return pl.DataFrame(schema={"left": pl.Int64, "right": pl.Int64}), pl.DataFrame(schema=_KEYS)
    return pl.concat(found).unique().sort("left", "right"), pl.DataFrame(yielded, schema=_KEYS, orient="row")


_KEYS = {"key": pl.String, "pairs": pl.Int64, "skipped": pl.Int64}


def _keys(settings: LinkSettings) -> Iterator[tuple[str, list[pl.Expr], list[pl.Expr]]]:
    """Keys by the kinds of columns: name, and over the left and the right table what has to be equal."""
    given, surname = settings.of_kind("given_name"), settings.of_kind("surname")
    if given and surname:
        names = [pl.col(given[0][0]), pl.col(surname[0][0])]
        yield "name", names, names
        yield "name, swapped", names, names[::-1]
    for name, _ in settings.of_kind("full_name", "birth_date", "phone", "address", "postcode"):
        yield name, [pl.col(name)], [pl.col(name)]
    for name, _ in settings.of_kind("identity_number"):
        half = (pl.col(name).str.len_chars() + 1) // 2
        for part, value in (("beginning", pl.col(name).str.head(half)), ("end", pl.col(name).str.tail(half))):
            yield f"{part} of {name}", [value], [value]
    for key in settings.keys:
        columns = [pl.col(sides(column)[0]) for column in key]
        yield " + ".join(sides(column)[0] for column in key), columns, columns


def _pairs(
    left: pl.DataFrame, right: pl.DataFrame, left_key: list[pl.Expr], right_key: list[pl.Expr], most: int
) -> tuple[pl.DataFrame, int]:
    parts = [f"k{place}" for place in range(len(left_key))]
    keyed = [
        table.select(
            pl.int_range(pl.len()).alias(side), *(e.alias(part) for e, part in zip(key, parts, strict=True))
        ).drop_nulls()
        for table, side, key in ((left, "left", left_key), (right, "right", right_key))
    ]
    sizes = keyed[0].group_by(parts).len("lefts").join(keyed[1].group_by(parts).len("rights"), on=parts)
    usable = sizes.filter(pl.col("lefts").cast(pl.Int64) * pl.col("rights") <= most).select(parts)
    pairs = keyed[0].join(usable, on=parts).join(keyed[1], on=parts).select("left", "right")
    return pairs, sizes.height - usable.height


def by_chance(people: int) -> tuple[Places, Places]:
    """Pairs of two rows of one table, evenly spread over it: what agrees there agrees by chance.

    At most some :data:`_CHANCE` pairs; of a table of one row there are none.
    """
    shifts = min(_SHIFTS, people - 1)
    if shifts < 1:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    step = max(1, -(-people * shifts // _CHANCE))
    rows = np.arange(0, people, step)
    by = np.unique(np.linspace(1, people - 1, shifts).astype(np.int64))
    first = np.repeat(rows, len(by))
    return first, (first + np.tile(by, len(rows))) % people
