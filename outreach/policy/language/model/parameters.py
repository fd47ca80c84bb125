"""Dated figures and lists, which a document gives or a locality sets."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pydantic import Field, model_validator

from outreach.policy.language import messages
from outreach.policy.language.model.part import Identifier, Part

MONTHLY = "元/人·月"
"""The unit in which every amount a month is counted."""
YEARS = "年"
"""The unit of a parameter that is a number of years."""
DAYS = "天"
"""The unit of a number of days."""


class ParameterValue(Part):
    """A value from a day on."""

    from_: date = Field(alias="from")
    value: Decimal = Field(ge=0)
    source: str = ""


class Parameter(Part):
    """A dated figure. No values = no document gives it: to be set by the locality (待地方核定)."""

    label: str
    unit: str = Field(min_length=1)
    values: tuple[ParameterValue, ...] = ()

    @model_validator(mode="after")
    def _dated_once(self) -> Parameter:
        days = [value.from_ for value in self.values]
        if len(set(days)) != len(days):
            raise ValueError(messages.SAME_DAY())
        return self


class ListValue(Part):
    """Facts and terms (yes or no) from a day on."""

    from_: date = Field(alias="from")
    names: tuple[Identifier, ...]
    source: str = ""


class ListParameter(Part):
    """A dated list of facts and terms that a locality may set. No values = it is empty."""

    label: str
    values: tuple[ListValue, ...] = ()
