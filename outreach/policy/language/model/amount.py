"""What a programme pays a month."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from outreach.policy.language import messages
from outreach.policy.language.model.part import Identifier, Part


def _as_fraction(value: Any) -> Fraction:
    if isinstance(value, bool) or not isinstance(value, int | float | str | Fraction):
        raise ValueError(messages.SHARE_MEANT())
    try:
        return Fraction(str(value))
    except (ValueError, ZeroDivisionError) as error:
        raise ValueError(messages.NOT_A_SHARE(value=value)) from error


Share = Annotated[
    Fraction,
    BeforeValidator(_as_fraction, json_schema_input_type=float | str),
]


class Band(Part):
    """An amount for ages ``from`` to ``upto`` (both included, completed years; no ``upto`` = and older)."""

    from_: int = Field(alias="from", ge=0)
    upto: int | None = None
    parameter: Identifier

    @model_validator(mode="after")
    def _ordered(self) -> Band:
        if self.upto is not None and self.upto < self.from_:
            raise ValueError(messages.BAND_TURNED())
        return self


class Amount(Part):
    """An amount a month: exactly one of parameter, bands, cases, sum, greatest.

    ``parameter`` may be taken in part (``times``) and capped by another parameter (``at_most``).
    ``when`` belongs to a member of ``cases``: the first case that holds counts; where one before it is
    unknown, the amount is unknown.
    """

    floor: bool = Field(default=False, description="不低于: paying more is right")
    ceiling: bool = Field(default=False, description="不超过: paying less is right")
    when: str | None = None
    parameter: Identifier | None = None
    times: Share | None = None
    at_most: Identifier | None = None
    bands: tuple[Band, ...] = ()
    cases: tuple[Amount, ...] = ()
    sum: tuple[Amount, ...] = ()
    greatest: tuple[Amount, ...] = ()

    @model_validator(mode="after")
    def _one_kind(self) -> Amount:
        kinds = [
            self.parameter,
            self.bands or None,
            self.cases or None,
            self.sum or None,
            self.greatest or None,
        ]
        if sum(kind is not None for kind in kinds) != 1:
            raise ValueError(messages.ONE_KIND())
        if self.floor and self.ceiling:
            raise ValueError(messages.FLOOR_OR_CEILING())
        if self.parameter is None and (self.times is not None or self.at_most is not None):
            raise ValueError(messages.PART_OF_PARAMETER())
        if any(case.when is None for case in self.cases):
            raise ValueError(messages.CASE_WITHOUT_WHEN())
        return self

    def parameters(self) -> tuple[str, ...]:
        """Every parameter this amount rests on, in the order in which they are named."""
        own = [name for name in (self.parameter, self.at_most) if name]
        own += [band.parameter for band in self.bands]
        for part in (*self.cases, *self.sum, *self.greatest):
            own += part.parameters()
        return tuple(dict.fromkeys(own))
