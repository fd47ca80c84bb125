"""Identity numbers in the cells of names: a valid number is no name; with a name in its own cell, the two
are swapped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from contracts.extracts import Extract, Kind
from outreach.intake import clean
from outreach.standards import identity_number

SWAPPED = "swapped_name_and_number"
"""Rule: name and number are in each other's cells; the row is kept, and read as it was meant."""
NUMBER_AS_NAME = "number_as_name"
"""Rule: a number is in the cell of a name; the name is missing."""

# So many digits are a number, if perhaps a damaged one.
_NUMBER = r"^\W*\d(?:\W*\d){13,}\W*[XxＸｘ]?\W*(?:\d{2})?(?:[Bb]\d)?$"
_IS_NAME = r"^[\p{L}][\p{L}\p{M}·•・.\s?？*]*$"
_NO_NAME = "无|证|号|不详|不明|未知|没有|未办|待"


@dataclass(frozen=True)
class SortedOut:
    """``texts``: text by column, each where it belongs. ``swapped``: for columns of numbers, where the
    number came from the cell of a name, or from the one next to it. ``remarks``: for columns of names, rules
    with the rows that they concern."""

    texts: dict[str, pl.Series]
    swapped: dict[str, pl.Series]
    remarks: dict[str, list[tuple[str, pl.Series]]]


def numbers_as_names(texts: Mapping[str, pl.Series], extract: Extract, as_of: dt.date) -> SortedOut:
    """Find valid numbers in cells of names and put them where they belong.

    With a name in the number's cell, the cells are swapped. With an empty one, the number is put there,
    where a name may be missing. Otherwise the cell of the name counts as empty, as it does with a damaged
    number.

    ``texts`` holds trimmed text by column name; columns without any text are missing.
    """
    result = SortedOut(dict(texts), {}, {})
    for column in extract.columns:
        name = texts.get(column.name)
        if column.kind != Kind.NAME or name is None:
            continue
        is_number = name.str.contains(_NUMBER).fill_null(False)
        if not is_number.any():
            continue
        is_valid = _is_valid(name.set(~is_number, None), as_of)
        nothing = pl.Series([None], dtype=pl.String).new_from_index(0, len(name))
        partner = _number_column(column.name, extract)
        number = nothing if partner is None else texts.get(partner, nothing)
        is_name = (number.str.contains(_IS_NAME) & ~number.str.contains(_NO_NAME)).fill_null(False)
        swapped = is_valid & is_name
        is_moved = swapped
        if partner is not None and not column.required_value:
            is_moved = is_valid & (is_name | number.is_null())
        result.texts[column.name] = number.zip_with(swapped, name.set(is_number, None))
        if partner is not None:
            result.texts[partner] = name.zip_with(is_moved, number)
            result.swapped[partner] = is_valid
        result.remarks[column.name] = [(NUMBER_AS_NAME, is_number & ~is_moved), (SWAPPED, is_moved)]
    return result


def _is_valid(text: pl.Series, as_of: dt.date) -> pl.Series:
    number = clean.certificate_identity(clean.identity_text(text))
    return identity_number.examine(number, as_of).get_column("number18").is_not_null()


def _number_column(name: str, extract: Extract) -> str | None:
    """The column of the number that belongs to a name."""
    names = {column.name: column.kind for column in extract.columns}
    own = f"{name.removesuffix('name')}id_number"
    if own in names:
        return own
    certificates = [column for column, kind in names.items() if kind == Kind.CERTIFICATE_NUMBER]
    return certificates[0] if certificates and name == "name" else None
