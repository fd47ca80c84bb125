"""From a department's clean record to the row it delivers: who the person is, and what is wrong with it.

Two steps. :func:`spoil` loses rows and values (before the facts are worked out: what nobody can read is no
fact). :func:`identify` then writes down names, numbers, dates of birth, doors and phones, damaged.
A column ``<name>__text`` holds what is delivered in place of the typed value where it cannot be typed.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from contracts.extracts import Column, Extract, Kind
from outreach.sample import damage as damaging
from outreach.sample import numbers
from outreach.sample.clerk import ENOUGH_FOR_ONE_OF_EACH, Clerk
from outreach.sample.damage import (
    REGISTER_FACTOR,
    ROW_SHARES,
    VALUE_SHARES,
    Damage,
    RowDraws,
    replace_at,
)
from outreach.sample.dates import IntArray
from outreach.sample.desk import World

_LINE_KINDS = ("row_ragged", "row_open_quote", "row_wrong_byte")
_PERSONAL = ("name", "id_number", "sex", "birth_date", "address", "phone")


def spoil(
    world: World, extract: Extract, frame: pl.DataFrame, damage: Damage, lines: bool, night: int
) -> pl.DataFrame:
    """Add ``row_kind`` (why the row must be quarantined) and ``value_kind``; unreadable values become NULL.

    Args:
        lines: the file is made of lines, so that lines can break.
        night: how many nights after the base day.
    """
    rng = world.streams(f"spoil {extract.name}")
    count = frame.height
    kinds = list(ROW_SHARES)
    drawn = damage.draw(rng, count, ROW_SHARES, night)
    must = [column for column in extract.columns if column.required_value]
    codes_or_dates = [column for column in must if column.kind in (Kind.CODE, Kind.DATE)]
    if count >= ENOUGH_FOR_ONE_OF_EACH and damage.profile != "light":
        drawn[rng.choice(count, len(kinds), replace=False)] = np.arange(len(kinds))
    allowed = [lines or kind not in _LINE_KINDS for kind in kinds]
    if not codes_or_dates:
        allowed[kinds.index("row_value_unreadable")] = False
    drawn = np.where((drawn >= 0) & np.array([*allowed, False])[drawn], drawn, -1)
    which = rng.integers(0, 1000, count)
    frame = frame.with_columns(
        row_kind=numbers.strings(np.array([*kinds, None], dtype=object)[drawn]),
        value_kind=pl.lit(None, dtype=pl.String),
    )
    for kind, columns in (("row_value_missing", must), ("row_value_unreadable", codes_or_dates)):
        chosen = drawn == kinds.index(kind)
        for index, column in enumerate(columns):
            at = np.flatnonzero(chosen & (which % len(columns) == index))
            draws = RowDraws(world.streams(f"spoil {extract.name} {column.name}"), count, at)
            bad = draws.text("") if kind == "row_value_missing" else _unreadable(column, draws)
            frame = _override(frame, column.name, at, bad)
    optional = [
        column
        for column in extract.columns
        if column.name in frame.columns
        and not column.required_value
        and column.kind in (Kind.CODE, Kind.DATE, Kind.MONTH, Kind.YES_NO)
        and column.name not in _PERSONAL
    ]
    hit = (damage.draw(rng, count, VALUE_SHARES, night) >= 0) & (drawn < 0)
    for index, column in enumerate(optional):
        at = np.flatnonzero(hit & (which % len(optional) == index))
        if not len(at):
            continue
        draws = RowDraws(world.streams(f"spoil {extract.name} {column.name}"), count, at)
        frame = _override(frame, column.name, at, _unreadable(column, draws))
        mask = np.zeros(count, dtype=bool)
        mask[at] = True
        frame = frame.with_columns(
            pl.when(~pl.Series(mask)).then(column.name).alias(column.name),
            value_kind=pl.when(pl.Series(mask))
            .then(pl.lit(f"value_unreadable:{column.name}"))
            .otherwise("value_kind"),
        )
    return frame


def _unreadable(column: Column, draws: RowDraws) -> pl.Series:
    if column.kind in (Kind.DATE, Kind.MONTH):
        return damaging.unreadable_date(draws)
    return damaging.unreadable_code(draws)


def _override(frame: pl.DataFrame, column: str, at: IntArray, values: pl.Series) -> pl.DataFrame:
    name = f"{column}__text"
    current = (
        frame[name] if name in frame.columns else pl.Series(name, [None] * frame.height, dtype=pl.String)
    )
    return frame.with_columns(replace_at(current, at, values).alias(name))


def identify(
    world: World, extract: Extract, frame: pl.DataFrame, damage: Damage, numeric_cells: bool, night: int
) -> pl.DataFrame:
    """Write the personal columns of ``extract`` and add ``damage_kinds`` (for marriages by role).

    Args:
        numeric_cells: the file is a workbook, where a number may have become a numeric cell.
    """
    if extract.name == "marriage_register":
        for role in ("husband", "wife"):
            clerk = Clerk(world, f"{extract.name} {role}", damage, night)
            number, number_kind = clerk.numbers(frame, role)
            name, name_kind = clerk.names(frame[role].to_numpy())
            frame = frame.with_columns(
                number.alias(f"{role}_id_number"), name.alias(f"{role}_name"), number_kind, name_kind
            )
            frame = _collect(frame, f"{role}_damage_kinds")
        return _with_unknown(frame, extract)
    factor = REGISTER_FACTOR if extract.name == "household_register" else 1.0
    clerk = Clerk(world, extract.name, damage, night, factor)
    who = frame["person"].to_numpy()
    delivered = {column.name for column in extract.columns}
    number, number_kind = clerk.numbers(frame, "person", numeric_cells)
    name, name_kind = clerk.names(who, former="id_text" not in frame.columns)
    frame = frame.with_columns(number.alias("id_number"), name.alias("name"), number_kind, name_kind)
    if "guardian" in frame.columns:
        frame = _certificate(world, frame)
    if "birth_date" in delivered:
        birth, birth_kind, only_year, years = clerk.births(who)
        frame = _override(
            frame.with_columns(birth.alias("birth_date"), birth_kind), "birth_date", only_year, years
        )
    if "sex" in delivered:
        frame = frame.with_columns(clerk.sexes(who))
    if "address" in delivered:
        frame = frame.with_columns(clerk.addresses(who).alias("address"))
    if "phone" in delivered and "phone" not in frame.columns:
        frame = frame.with_columns(clerk.phones(who).alias("phone"))
    return _collect(_with_unknown(frame, extract), "damage_kinds")


def _with_unknown(frame: pl.DataFrame, extract: Extract) -> pl.DataFrame:
    """Empty columns for those of the extract of which the generator knows nothing."""
    unknown = [name for name in extract.by_name if name not in frame.columns]
    return frame.with_columns(pl.lit(None, dtype=extract.table[name]).alias(name) for name in unknown)


def _certificate(world: World, frame: pl.DataFrame) -> pl.DataFrame:
    guardians = frame["guardian"].to_numpy()
    names = world.people["name"].gather(np.maximum(guardians, 0))
    suffix = pl.when(pl.col("reissue") > 0).then(pl.format("B{}", "reissue")).otherwise(pl.lit(""))
    # The digits stay on the card even where the columns next to it cannot be read.
    category = pl.coalesce(pl.col("category").cast(pl.String), pl.lit("4"))
    grade = pl.coalesce(pl.col("grade").cast(pl.String), pl.lit("4"))
    return frame.with_columns(
        certificate_no=pl.concat_str("id_number", category, grade, suffix),
        guardian_name=pl.when(pl.Series(guardians >= 0)).then(names),
    )


def _collect(frame: pl.DataFrame, into: str) -> pl.DataFrame:
    kinds = ["number_kind", "name_kind", "birth_kind", "sex_kind", "row_kind", "value_kind"]
    present = [column for column in kinds if column in frame.columns]
    return frame.with_columns(pl.concat_list(present).list.drop_nulls().alias(into))
