"""A chunk of cells to the typed columns of ``intake.<extract>``, with what could not be read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import polars as pl

from contracts.extracts import Column, Extract, Kind, derived_names
from outreach.intake import clean
from outreach.intake.clues import no_clues
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
}
_BIRTH_DATE = "birth_date"


@dataclass(frozen=True)
class Typed:
    """``rows``: accepted rows with all columns of the table. ``kept_out``: a problem for each row that lacks
    a required value. ``unread``: a problem for each cell of an accepted row that counts as missing.
    ``clues``: whose the rows may be that were kept out (:func:`outreach.intake.clues.clues`).
    """

    rows: pl.DataFrame
    kept_out: pl.DataFrame
    unread: pl.DataFrame
    clues: pl.DataFrame


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
    not have are NULL. A row whose value in a column marked ‡ is missing or unreadable is kept out.
    """
    place_of = {column.name: str(place) for place, column in positions.items()}

    def read(column: Column) -> _Read:
        place = place_of.get(column.name)
        text = None if place is None else clean.trimmed(cells.get_column(place))
        if text is None or text.null_count() == cells.height:
            return _nothing(column, extract, cells.height)
        return _read_column(column, text, as_of, programmes)

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(read, extract.columns))
    table = pl.DataFrame([cells.get_column("row_number"), *(s for r in results for s in r.columns)])
    kept_out, unread = [], []
    is_out = pl.repeat(False, cells.height, eager=True)
    for column, result in zip(extract.columns, results, strict=True):
        for rule, mask in result.problems:
            if not mask.any():
                continue
            found = (
                table.select("row_number")
                .filter(mask)
                .with_columns(rule=pl.lit(rule), column_name=pl.lit(column.header))
            )
            if column.required_value:
                kept_out.append(found)
                is_out = is_out | mask
            else:
                unread.append(found)
    empty = pl.DataFrame(schema=PROBLEM_SCHEMA)
    out = pl.concat([empty, *kept_out]).unique("row_number", keep="first", maintain_order=True)
    cell_faults = pl.concat([empty, *unread])
    if out.height:
        table = table.filter(~is_out)
        cell_faults = cell_faults.join(out, on="row_number", how="anti")
    return Typed(table.select(*extract.table), out, cell_faults, no_clues())


def _nothing(column: Column, extract: Extract, count: int) -> _Read:
    """What a column gives that the file does not have, or that is empty throughout."""
    columns = [
        pl.Series(name, ["missing" if name.endswith("_state") else None], dtype=extract.table[name])
        for name in (column.name, *derived_names(column))
    ]
    problems = [("missing_value", pl.repeat(True, count, eager=True))] if column.required_value else []
    return _Read([series.new_from_index(0, count) for series in columns], problems)


def _read_column(
    column: Column, text: pl.Series, as_of: dt.date, programmes: Mapping[str, set[str]]
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
        case Kind.IDENTITY_NUMBER:
            values = clean.identity_text(text)
            extra = _examined(values, name, as_of)
        case Kind.CERTIFICATE_NUMBER:
            values = clean.identity_text(text)
            number = values.str.slice(0, 18).alias("id_number")
            extra = [number, *_examined(number, "id_number", as_of)]
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


def _examined(number: pl.Series, name: str, as_of: dt.date) -> list[pl.Series]:
    examined = identity_number.examine(number, as_of)
    return [
        examined.get_column("number18").alias(f"{name}18"),
        examined.get_column("state").alias(f"{name}_state"),
    ]
