"""A chunk of cells to the typed columns of ``intake.<extract>``, with what could not be read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import reduce

import polars as pl

from contracts.extracts import Column, Extract, Kind, derived_names
from outreach.intake import clean
from outreach.intake.salvage import Salvaged, nothing_salvaged
from outreach.intake.swapped import SWAPPED, numbers_as_names
from outreach.standards import identity_number
from outreach.standards.addresses import address_key
from outreach.standards.names import name_key

PROBLEM_SCHEMA = {"row_number": pl.Int64, "rule": pl.String, "column_name": pl.String}

_RULES = {
    Kind.DATE: "unreadable_date",
    Kind.MONTH: "unreadable_month",
    Kind.CODE: "unknown_code",
    Kind.YES_NO: "unknown_code",
    Kind.PROGRAMME: "unknown_programme",
    Kind.AMOUNT: "unreadable_amount",
    Kind.AREA: "unreadable_area",
    Kind.PHONE: "unreadable_phone",
    Kind.HOUSEHOLD: "no_household",
}
_BIRTH_DATE = "birth_date"
_ROW_STAYS = frozenset({"no_household", SWAPPED})
"""Rules that never cost a row, in a column marked ‡ either: what is damaged is not missing."""


@dataclass(frozen=True)
class Typed:
    """``rows``: accepted rows with all columns of the table. ``quarantined``: a problem for each row that
    lacks a required value. ``unread``: a problem for each cell of an accepted row that counts as missing.
    ``incomplete``: the rows of ``quarantined`` as far as they can be read. ``salvaged``: whose the rows in
    quarantine may be, and what they could mean (:func:`outreach.intake.salvage.salvage`).
    """

    rows: pl.DataFrame
    quarantined: pl.DataFrame
    unread: pl.DataFrame
    incomplete: pl.DataFrame
    salvaged: Salvaged


@dataclass(frozen=True)
class _Read:
    columns: list[pl.Series]
    problems: list[tuple[str, pl.Series]]


def read_cells(
    cells: pl.DataFrame,
    positions: Mapping[int, Column],
    extract: Extract,
    as_of: dt.date,
    programmes: Mapping[str, set[str]],
) -> Typed:
    """Read every cell by its column's kind.

    ``cells`` has row_number and the text columns of ``positions``; columns of the extract that the file does
    not have are NULL. A row whose value in a column marked ‡ is missing or unreadable is quarantined.
    """

    def trim(column: Column) -> pl.Series | None:
        """The column's text; of several columns of its name the first that is filled."""
        delivered_cells = [
            cells.get_column(str(place))
            for place, delivered in sorted(positions.items())
            if delivered.name == column.name
        ]
        if column.kind is Kind.HOUSEHOLD:
            delivered_cells = [clean.unhidden_households(text) for text in delivered_cells]
        texts = [clean.trimmed(text) for text in delivered_cells]
        text = (
            reduce(lambda first, next_one: first.zip_with(first.is_not_null(), next_one), texts)
            if texts
            else None
        )
        return None if text is None or text.null_count() == cells.height else text

    with ThreadPoolExecutor(2) as pool:
        delivered = {
            column.name: text
            for column, text in zip(extract.columns, pool.map(trim, extract.columns), strict=True)
            if text is not None
        }
        sorted_out = numbers_as_names(delivered, extract, as_of)

        def read(column: Column) -> _Read:
            text = sorted_out.texts.get(column.name)
            if text is None:
                return _nothing(column, extract, cells.height)
            return _read_column(column, text, as_of, programmes, sorted_out.swapped.get(column.name))

        results = list(pool.map(read, extract.columns))
    table = pl.DataFrame([cells.get_column("row_number"), *(s for r in results for s in r.columns)])
    table, impossible = _without_impossible_days(table, extract)
    quarantined, unread = [], []
    is_out = pl.repeat(False, cells.height, eager=True)
    for column, result in zip(extract.columns, results, strict=True):
        remarks = sorted_out.remarks.get(column.name, [])
        for rule, mask in (*remarks, *result.problems, *impossible.get(column.name, ())):
            if not mask.any():
                continue
            found = (
                table.select("row_number")
                .filter(mask)
                .with_columns(rule=pl.lit(rule), column_name=pl.lit(column.header))
            )
            if column.required_value and rule not in _ROW_STAYS:
                quarantined.append(found)
                is_out = is_out | mask
            else:
                unread.append(found)
    empty = pl.DataFrame(schema=PROBLEM_SCHEMA)
    out = pl.concat([empty, *quarantined]).unique("row_number", keep="first", maintain_order=True)
    cell_faults = pl.concat([empty, *unread])
    table = table.select(*extract.table)
    incomplete = table.clear()
    if out.height:
        incomplete = table.filter(is_out)
        table = table.filter(~is_out)
        cell_faults = cell_faults.join(out, on="row_number", how="anti")
    return Typed(table, out, cell_faults, incomplete, nothing_salvaged())


def _without_impossible_days(
    table: pl.DataFrame, extract: Extract
) -> tuple[pl.DataFrame, dict[str, list[tuple[str, pl.Series]]]]:
    """Days that cannot be made NULL, and the problems by column (see ``Column.not_before``).

    A day before the one that the contract names for it; or, where a day may be missing, one that a database
    writes for none (a birth date only where the row's own valid number has another).
    """
    found: dict[str, list[tuple[str, pl.Series]]] = {}
    for column in extract.columns:
        may_be_empty = column.kind is Kind.DATE and not column.required_value
        if column.not_before is None and not may_be_empty:
            continue
        if table.get_column(column.name).null_count() == table.height:
            continue
        value = pl.col(column.name)
        empty = [day.replace(day=1) if column.kind is Kind.MONTH else day for day in clean.EMPTY_DAYS]
        rules = {"empty_date": value.is_in(empty)}
        if column.name == _BIRTH_DATE:
            number = pl.col("id_number18") if "id_number18" in table.columns else pl.lit(None, pl.String)
            rules["empty_date"] &= number.str.slice(6, 8).cast(pl.Int32, strict=False) != _as_number(value)
        if column.not_before == _BIRTH_DATE:
            rules["before_birth"] = _before_birth(value, table)
        elif column.not_before is not None:
            rules["before_beginning"] = value < pl.col(column.not_before)
        masks = table.select(**{rule: mask.fill_null(False) for rule, mask in rules.items()})
        seen = pl.repeat(False, table.height, eager=True)
        for rule in rules:
            mask = masks.get_column(rule) & ~seen
            if mask.any():
                found.setdefault(column.name, []).append((rule, mask))
            seen = seen | mask
        if seen.any():
            table = table.with_columns(pl.when(~seen).then(value).alias(column.name))
    return table, found


def _before_birth(value: pl.Expr, table: pl.DataFrame) -> pl.Expr:
    """Whether a day is before the row's own birth date, or before the one in its number."""
    number = pl.coalesce("id_number18", pl.when(pl.col("id_number_state") == "checksum").then("id_number"))
    born = number.str.slice(6, 8).cast(pl.Int32, strict=False)
    before = (_as_number(value) < born).fill_null(False)
    return before | (value < pl.col(_BIRTH_DATE)).fill_null(False) if _BIRTH_DATE in table.columns else before


def _as_number(day: pl.Expr) -> pl.Expr:
    return day.dt.year() * 10000 + day.dt.month().cast(pl.Int32) * 100 + day.dt.day().cast(pl.Int32)


def _nothing(column: Column, extract: Extract, count: int) -> _Read:
    """What a column gives that the file does not have, or that is empty throughout."""
    columns = [
        pl.Series(name, ["missing" if name.endswith("_state") else None], dtype=extract.table[name])
        for name in (column.name, *derived_names(column))
    ]
    problems = [("missing_value", pl.repeat(True, count, eager=True))] if column.required_value else []
    return _Read([series.new_from_index(0, count) for series in columns], problems)


def _read_column(
    column: Column,
    text: pl.Series,
    as_of: dt.date,
    programmes: Mapping[str, set[str]],
    swapped: pl.Series | None,
) -> _Read:
    name = column.name
    extra: list[pl.Series] = []
    problems: list[tuple[str, pl.Series]] = []
    match column.kind:
        case Kind.TEXT:
            values = text
        case Kind.NAME:
            values = text
            extra = [name_key(values).alias(f"{name}_key")]
        case Kind.ADDRESS:
            values = text
            extra = [address_key(values).alias(f"{name}_key")]
        case Kind.REFERENCE:
            values = clean.references(text)
        case Kind.HOUSEHOLD:
            text = clean.folded(text)
            values = clean.households(text)
        case Kind.IDENTITY_NUMBER:
            values = clean.identity_text(text)
            extra = _examined(values, name, as_of, swapped)
        case Kind.CERTIFICATE_NUMBER:
            values = clean.identity_text(text)
            number = values.str.slice(0, 18).alias("id_number")
            extra = [number, *_examined(number, "id_number", as_of, swapped)]
        case Kind.DATE:
            values = clean.dates(text)
            if column.without_year and values.null_count() > text.null_count():
                values = values.zip_with(values.is_not_null(), clean.recent_days(text, as_of))
            if name == _BIRTH_DATE:
                future = (values > as_of).fill_null(False)
                problems.append(("date_in_future", future))
                values = values.set(future, None)
                text = text.set(future, None)
        case Kind.MONTH:
            values = clean.months(text)
        case Kind.CODE | Kind.YES_NO:
            assert column.codes is not None
            values = clean.code_values(text, column.codes)
        case Kind.PROGRAMME:
            values = clean.programmes(text, programmes)
        case Kind.AMOUNT:
            values = clean.amounts(text)
        case Kind.PHONE:
            values = clean.phones(text)
        case Kind.AREA:
            values = clean.area_codes(text)
    if column.kind in _RULES:
        problems.append((_RULES[column.kind], text.is_not_null() & values.is_null()))
        if column.required_value:
            problems.append(("missing_value", text.is_null()))
    elif column.required_value:
        problems.append(("missing_value", values.is_null()))
    return _Read([values.alias(name), *extra], problems)


def _examined(number: pl.Series, name: str, as_of: dt.date, swapped: pl.Series | None) -> list[pl.Series]:
    examined = identity_number.examine(number, as_of)
    state = examined.get_column("state")
    if swapped is not None:
        state = state.set(swapped & state.is_in(["valid", "valid15"]), "swapped")
    return [examined.get_column("number18").alias(f"{name}18"), state.alias(f"{name}_state")]
