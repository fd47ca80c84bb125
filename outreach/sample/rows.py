"""From a department's clean record to the row it delivers: who it says the person is, and what is wrong with it.

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
from outreach.sample.damage import (
    BIRTH_SHARES,
    NAME_SHARES,
    NUMBER_SHARES,
    REGISTER_FACTOR,
    ROW_SHARES,
    SEX_SHARES,
    VALUE_SHARES,
    Damage,
    concerned,
    replace_at,
)
from outreach.sample.departments import World, days
from outreach.sample.population import IntArray

_LINE_KINDS = ("row_ragged", "row_open_quote", "row_wrong_byte")
_PERSONAL = ("name", "id_number", "sex", "birth_date", "address", "phone")
_ENOUGH_TO_SPOIL = 150


def spoil(
    world: World, extract: Extract, frame: pl.DataFrame, damage: Damage, lines: bool, night: int
) -> pl.DataFrame:
    """Add ``row_kind`` (why the row must be kept out, or NULL) and ``value_kind``; unreadable values become NULL.

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
    if count >= _ENOUGH_TO_SPOIL and damage.profile != "light":
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
            bad = (
                pl.Series([""] * len(at), dtype=pl.String)
                if kind == "row_value_missing"
                else _unreadable(column, rng, len(at))
            )
            frame = _override(frame, column.name, at, bad)
    optional = [
        column
        for column in extract.columns
        if not column.required_value
        and column.kind in (Kind.CODE, Kind.DATE, Kind.MONTH, Kind.YES_NO)
        and column.name not in _PERSONAL
    ]
    hit = (damage.draw(rng, count, VALUE_SHARES, night) >= 0) & (drawn < 0)
    for index, column in enumerate(optional):
        at = np.flatnonzero(hit & (which % len(optional) == index))
        if not len(at):
            continue
        frame = _override(frame, column.name, at, _unreadable(column, rng, len(at)))
        mask = np.zeros(count, dtype=bool)
        mask[at] = True
        frame = frame.with_columns(
            pl.when(~pl.Series(mask)).then(column.name).alias(column.name),
            value_kind=pl.when(pl.Series(mask))
            .then(pl.lit(f"value_unreadable:{column.name}"))
            .otherwise("value_kind"),
        )
    return frame


def _unreadable(column: Column, rng: np.random.Generator, count: int) -> pl.Series:
    if column.kind in (Kind.DATE, Kind.MONTH):
        return damaging.unreadable_date(rng, count)
    return damaging.unreadable_code(rng, count)


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
    rng = world.streams(f"identify {extract.name}")
    factor = REGISTER_FACTOR if extract.name == "household_register" else 1.0
    if extract.name == "marriage_register":
        for role in ("husband", "wife"):
            frame = _person(
                world,
                frame,
                role,
                f"{role}_name",
                f"{role}_id_number",
                rng,
                damage,
                factor,
                False,
                night,
                f"{role}_",
            )
        return _collect(_collect(frame, "husband_"), "wife_")
    certificate = extract.name == "disability_certificate"
    frame = _person(
        world,
        frame,
        "person",
        "name",
        "id_number",
        rng,
        damage,
        factor,
        numeric_cells,
        night,
        "",
        certificate,
    )
    if certificate:
        frame = _certificate(world, frame)
    people, who = world.people, frame["person"].to_numpy()
    delivered = {column.name for column in extract.columns}
    if "birth_date" in delivered:
        frame = _birth(world, frame, damage, factor, night, rng)
    if "sex" in delivered:
        kinds = list(SEX_SHARES)
        drawn = damage.draw(rng, frame.height, SEX_SHARES, night, factor)
        male = world.array("male").astype(bool)[who] ^ (drawn == kinds.index("sex_wrong"))
        frame = frame.with_columns(
            sex=pl.when(pl.Series(drawn != kinds.index("sex_missing"))).then(
                pl.when(pl.Series(male)).then(pl.lit("M")).otherwise(pl.lit("F"))
            ),
            sex_kind=numbers.strings(np.array([*kinds, None], dtype=object)[drawn]),
        )
    if "address" in delivered:
        frame = frame.with_columns(address=_address(world, people[who], rng))
    if "phone" in delivered and "phone" not in frame.columns:
        lost = pl.Series(rng.random(frame.height) < 0.1)
        frame = frame.with_columns(phone=pl.when(~lost).then(people["phone"].gather(who)))
    return _collect(frame, "")


def _person(
    world: World,
    frame: pl.DataFrame,
    who_column: str,
    name_column: str,
    number_column: str,
    rng: np.random.Generator,
    damage: Damage,
    factor: float,
    numeric_cells: bool,
    night: int,
    prefix: str,
    certificate: bool = False,
) -> pl.DataFrame:
    count = frame.height
    who = frame[who_column].to_numpy()
    people = world.people
    text = frame["id_text"] if "id_text" in frame.columns else people["id_number"].gather(who)
    name = people["name"].gather(who)
    number_kind = np.full(count, None, dtype=object)
    name_kind = np.full(count, None, dtype=object)

    if "id_text" not in frame.columns:
        former = people["former_id"].gather(who)
        at = np.flatnonzero(concerned(rng, damage, "number_former", former.is_not_null().to_numpy()))
        text = replace_at(text, at, former.gather(at))
        number_kind[at] = "number_former"
        former_name = people["former_name"].gather(who)
        at = np.flatnonzero(concerned(rng, damage, "name_former", former_name.is_not_null().to_numpy()))
        name = replace_at(name, at, former_name.gather(at))
        name_kind[at] = "name_former"

    leave_out = (
        ("number_missing", "number_15_digits", "number_scientific", "number_cut") if certificate else ()
    )
    drawn = damage.draw(rng, count, NUMBER_SHARES, night, factor, leave_out)
    if "guardian_number" in frame.columns:
        borrowed = np.flatnonzero(frame["guardian_number"].to_numpy())
        text = replace_at(text, borrowed, people["id_number"].gather(frame["guardian"].to_numpy()[borrowed]))
        number_kind[borrowed] = "number_guardian"
        drawn[borrowed] = -1
    if not (drawn == len(NUMBER_SHARES) - 1).any() and count >= _ENOUGH_TO_SPOIL:
        drawn[int(rng.integers(0, count))] = len(NUMBER_SHARES) - 1
    clean = text
    for index, kind in enumerate(NUMBER_SHARES):
        at = np.flatnonzero(drawn == index)
        if not len(at):
            continue
        if kind == "number_other_person":
            nearby = np.clip(
                who[at] + rng.choice(np.array([-3, -2, -1, 1, 2, 3, 40, 900]), len(at)), 0, people.height - 1
            )
            nearby = np.where(nearby == who[at], (who[at] + 1) % people.height, nearby)
            values = people["id_number"].gather(nearby)
        else:
            values = damaging.damaged_number(kind, clean.gather(at), rng)
        changed = (values.fill_null("") != clean.gather(at)).to_numpy()
        text = replace_at(text, at, values)
        number_kind[at[changed]] = kind
    ends_in_x = clean.str.ends_with("X").to_numpy() & (drawn < 0)
    at = np.flatnonzero(concerned(rng, damage, "number_lower_x", ends_in_x))
    text = replace_at(text, at, damaging.lower_x(text.gather(at)))
    number_kind[at] = np.where(number_kind[at] == None, "number_lower_x", number_kind[at])  # noqa: E711
    if numeric_cells:
        whole = ~clean.str.ends_with("X").to_numpy() & (drawn < 0) & (number_kind == None)  # noqa: E711
        excel = concerned(rng, damage, "number_excel", whole)
        number_kind[excel] = "number_excel"

    drawn = damage.draw(rng, count, NAME_SHARES, night, factor)
    for index, kind in enumerate(NAME_SHARES):
        at = np.flatnonzero(drawn == index)
        if len(at):
            name, name_kind = _rename(name, name_kind, at, kind, rng)
    for kind, mask in (("name_dot", people["dotted"]), ("name_rare_lost", people["rare"])):
        at = np.flatnonzero(concerned(rng, damage, kind, mask.gather(who).to_numpy() & (drawn < 0)))
        if len(at):
            name, name_kind = _rename(name, name_kind, at, kind, rng)
    return frame.with_columns(
        name.alias(name_column),
        text.alias(number_column),
        numbers.strings(number_kind).alias(f"{prefix}number_kind"),
        numbers.strings(name_kind).alias(f"{prefix}name_kind"),
    )


def _rename(
    name: pl.Series,
    kinds: np.ndarray[tuple[int], np.dtype[np.object_]],
    at: IntArray,
    kind: str,
    rng: np.random.Generator,
) -> tuple[pl.Series, np.ndarray[tuple[int], np.dtype[np.object_]]]:
    before = name.gather(at)
    after = damaging.damaged_name(kind, before, rng)
    changed = (before != after).to_numpy()
    kinds[at[changed]] = kind
    return replace_at(name, at, after), kinds


def _certificate(world: World, frame: pl.DataFrame) -> pl.DataFrame:
    guardians = frame["guardian"].to_numpy()
    names = world.people["name"].gather(np.maximum(guardians, 0))
    suffix = pl.when(pl.col("reissue") > 0).then(pl.format("B{}", "reissue")).otherwise(pl.lit(""))
    return frame.with_columns(
        certificate_no=pl.concat_str(
            "id_number",
            pl.coalesce(pl.col("category").cast(pl.String), pl.lit("4")),
            pl.coalesce(pl.col("grade").cast(pl.String), pl.lit("4")),
            suffix,
        ),
        guardian_name=pl.when(pl.Series(guardians >= 0)).then(names),
    )


def _birth(
    world: World, frame: pl.DataFrame, damage: Damage, factor: float, night: int, rng: np.random.Generator
) -> pl.DataFrame:
    true_birth = world.array("birth")[frame["person"].to_numpy()]
    birth = true_birth.copy()
    kinds = list(BIRTH_SHARES)
    drawn = damage.draw(rng, frame.height, BIRTH_SHARES, night, factor)
    for index, kind in enumerate(kinds):
        at = np.flatnonzero(drawn == index)
        if len(at) and kind not in ("birth_missing", "birth_year_only"):
            birth[at] = damaging.damaged_birth(kind, birth[at], rng)
            drawn[at[birth[at] == true_birth[at]]] = -1
    only_year = np.flatnonzero(drawn == kinds.index("birth_year_only"))
    missing = np.isin(drawn, [kinds.index("birth_missing"), kinds.index("birth_year_only")])
    frame = frame.with_columns(
        birth_date=days(birth, missing),
        birth_kind=numbers.strings(np.array([*kinds, None], dtype=object)[drawn]),
    )
    years = pl.Series(numbers.as_ymd(true_birth[only_year]) // 10000).cast(pl.String)
    tails = pl.Series(["", "0000", "年", "-00-00"]).gather(rng.integers(0, 4, len(only_year)))
    return _override(frame, "birth_date", only_year, (years + tails).cast(pl.String))


def _address(world: World, people: pl.DataFrame, rng: np.random.Generator) -> pl.Series:
    """Where the department knows the person to live: in full, or without province, or from the town on."""
    moved = pl.Series(people["moved"].to_numpy() <= world.as_of) & pl.Series(rng.random(people.height) < 0.5)
    draw = pl.Series(rng.random(people.height))
    full = pl.when(moved).then("new_address").otherwise("residence_address")
    return people.select(
        pl.when(draw < 0.55)
        .then(full)
        .when(draw < 0.75)
        .then(full.str.replace(r"^.{2,3}省", ""))
        .when(draw < 0.93)
        .then(full.str.replace(r"^.{2,3}省.{2,3}市.{1,3}[区县市]", ""))
        .alias("address")
    )["address"]


def _collect(frame: pl.DataFrame, prefix: str) -> pl.DataFrame:
    columns = [f"{prefix}{kind}" for kind in ("number_kind", "name_kind", "birth_kind", "sex_kind")]
    present = [column for column in columns if column in frame.columns] + ["row_kind", "value_kind"]
    return frame.with_columns(pl.concat_list(present).list.drop_nulls().alias(f"{prefix}damage_kinds"))
