"""How a column of an extract is declared: its Chinese header, meaning, kind, code set and what must be there.

A department file declares one pandera model an extract with the functions below; the field name is the
English name of the column in ``intake.<extract>``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any

import pandera.polars as pa
import polars as pl

from contracts.extracts.codes import CodeSet

Money = Annotated[pl.Decimal, 12, 2]
"""An amount in CNY; the type of amount columns in a model."""


class Kind(StrEnum):
    """What a column holds, and so how it is cleaned and typed."""

    NAME = "name"
    IDENTITY_NUMBER = "identity number"
    CERTIFICATE_NUMBER = "disability certificate number"
    DATE = "date"
    MONTH = "month"
    CODE = "code"
    PROGRAMME = "programme"
    YES_NO = "yes/no"
    AMOUNT = "amount"
    PHONE = "phone"
    AREA = "area code"
    ADDRESS = "address"
    HOUSEHOLD = "household number"
    REFERENCE = "reference number"
    TEXT = "text"


@dataclass(frozen=True)
class Column:
    """A column of an extract.

    ``required_header``: the file is refused without it (bold in the specification).
    ``required_value``: a row without a readable value goes to quarantine (‡ in the specification).
    ``not_before``: the column of the same row before whose day this day cannot be; ``birth_date`` means
    the row's own birth date and the one in its identity number. A database's null is not accepted in such a
    column (nor in any day that may be missing): an impossible day is a value that cannot be read.
    ``without_year``: a day may be written without its year (11月22日): the last such day not after the as-of
    date.
    ``identifies_person``: the value identifies the person of the row, so that the row's fingerprint
    (``Extract.content``) changes with it. Names, numbers, phones, addresses, areas and programmes always do
    so.
    """

    name: str
    header: str
    meaning: str
    kind: Kind
    codes: CodeSet | None
    required_header: bool
    required_value: bool
    not_before: str | None = None
    without_year: bool = False
    identifies_person: bool = False


_IDENTIFYING = frozenset(
    {
        Kind.NAME,
        Kind.IDENTITY_NUMBER,
        Kind.CERTIFICATE_NUMBER,
        Kind.PHONE,
        Kind.ADDRESS,
        Kind.AREA,
        Kind.HOUSEHOLD,
        Kind.PROGRAMME,
    }
)


class ExtractModel(pa.DataFrameModel):
    """Base of the extracts' models: the columns as accepted rows hold them, derived columns aside."""

    class Config:
        strict = False


def _field(
    kind: Kind,
    header: str,
    meaning: str,
    *,
    required: bool = False,
    value: bool = False,
    codes: CodeSet | None = None,
    not_before: str | None = None,
    without_year: bool = False,
    identifies_person: bool = False,
    **checks: Any,
) -> Any:
    identifies_person = identifies_person or kind in _IDENTIFYING
    spec = Column(
        "",
        header,
        meaning,
        kind,
        codes,
        required or value,
        value,
        not_before,
        without_year,
        identifies_person,
    )
    # A household number that is none leaves its row in: the row is accepted, the household is not known.
    nullable = not value or kind is Kind.HOUSEHOLD
    return pa.Field(nullable=nullable, title=header, description=meaning, metadata={"column": spec}, **checks)


def text(header: str, meaning: str, *, required: bool = False, value: bool = False) -> Any:
    """Free text, trimmed; never empty (missing is NULL)."""
    return _field(Kind.TEXT, header, meaning, required=required, value=value, str_length={"min_value": 1})


def reference(
    header: str, meaning: str, *, required: bool = False, value: bool = False, identifies_person: bool = False
) -> Any:
    """A number or code that only the department gives meaning to, without inner spaces."""
    return _field(
        Kind.REFERENCE,
        header,
        meaning,
        required=required,
        value=value,
        identifies_person=identifies_person,
        str_length={"min_value": 1},
    )


def household(header: str, meaning: str, *, required: bool = False, value: bool = False) -> Any:
    """A number that people of one household or family share; NULL where it is damaged or a placeholder.

    ``value``: an empty cell quarantines the row; a damaged number or a placeholder does not.
    """
    return _field(
        Kind.HOUSEHOLD, header, meaning, required=required, value=value, str_length={"min_value": 1}
    )


def person_name(header: str, meaning: str, *, required: bool = False, value: bool = False) -> Any:
    """A person's name as delivered, trimmed."""
    return _field(Kind.NAME, header, meaning, required=required, value=value, str_length={"min_value": 1})


def identity_number(header: str, meaning: str, *, required: bool = False) -> Any:
    """A resident identity number (GB 11643-1999) as delivered, cleaned only of markers and form."""
    return _field(Kind.IDENTITY_NUMBER, header, meaning, required=required, str_length={"min_value": 1})


def certificate_number(header: str, meaning: str) -> Any:
    """A disability certificate number: its first 18 characters are an identity number; must not be empty."""
    return _field(Kind.CERTIFICATE_NUMBER, header, meaning, value=True, str_length={"min_value": 1})


def day(
    header: str,
    meaning: str,
    *,
    required: bool = False,
    value: bool = False,
    not_before: str | None = None,
    without_year: bool = False,
    identifies_person: bool = False,
) -> Any:
    """A calendar day; ``not_before``, ``without_year`` and ``identifies_person`` as of :class:`Column`."""
    return _field(
        Kind.DATE,
        header,
        meaning,
        required=required,
        value=value,
        not_before=not_before,
        without_year=without_year,
        identifies_person=identifies_person,
    )


def month(header: str, meaning: str, *, required: bool = False, not_before: str | None = None) -> Any:
    """A month, held as its first day; ``not_before`` as of :class:`Column`."""
    return _field(Kind.MONTH, header, meaning, required=required, not_before=not_before)


def code(
    header: str,
    meaning: str,
    codes: CodeSet,
    *,
    required: bool = False,
    value: bool = False,
    identifies_person: bool = False,
) -> Any:
    """A value of a code set, delivered as code or as label."""
    return _field(
        Kind.CODE,
        header,
        meaning,
        required=required,
        value=value,
        codes=codes,
        identifies_person=identifies_person,
        isin=codes.values,
    )


def programme_id(header: str, meaning: str) -> Any:
    """The id of a programme of the catalogue."""
    return _field(Kind.PROGRAMME, header, meaning, value=True, str_length={"min_value": 1})


def yes_no(header: str, meaning: str, codes: CodeSet, *, required: bool = False) -> Any:
    """A yes or no."""
    return _field(Kind.YES_NO, header, meaning, required=required, codes=codes)


def amount(header: str, meaning: str, *, required: bool = False) -> Any:
    """An amount of money, not negative."""
    return _field(Kind.AMOUNT, header, meaning, required=required, ge=0)


def phone_number(header: str, meaning: str) -> Any:
    """A telephone number: its digits."""
    return _field(Kind.PHONE, header, meaning, str_matches=r"^[0-9]+$")


def postal_address(header: str, meaning: str, *, required: bool = False) -> Any:
    """An address as delivered, trimmed."""
    return _field(Kind.ADDRESS, header, meaning, required=required, str_length={"min_value": 1})


def area(header: str, meaning: str) -> Any:
    """An area code of 12 digits; every row must have one."""
    return _field(Kind.AREA, header, meaning, value=True, str_matches=r"^[1-9][0-9]{11}$")
