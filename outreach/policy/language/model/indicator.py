"""A target or duty that the document names."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pydantic import Field, model_validator

from outreach.policy.language import messages
from outreach.policy.language.model.part import Identifier, Part

SHARE = "share"
"""The unit of a rate: 1 is all of the denominator."""


class Target(Part):
    """The value to be reached: ``at_least`` (达到、不少于) or ``more_than`` (超过)."""

    at_least: Decimal | None = Field(default=None, ge=0)
    more_than: Decimal | None = Field(default=None, ge=0)

    @model_validator(mode="after")
    def _one_bound(self) -> Target:
        if (self.at_least is None) == (self.more_than is None):
            raise ValueError(messages.ONE_BOUND())
        return self

    @property
    def value(self) -> Decimal:
        """The bound itself."""
        return next(bound for bound in (self.at_least, self.more_than) if bound is not None)


class Indicator(Part):
    """A target or duty that the document names: how far it is reached, or which data would be needed.

    Computed ones are a share: of those for whom ``denominator`` holds, those for whom ``numerator`` holds,
    too. They count registered persons, or with ``programmes`` persons × programme.
    """

    id: Identifier
    item: str = Field(
        min_length=1, description="its place in the document: 二（二）7, 主要指标5, 清单第7项, …"
    )
    name: str = Field(min_length=1)
    clause: str = Field(min_length=1, description="the clause's own words, a few characters")
    unit: str = Field(min_length=1, description="share (1 = all), or the document's own: 户, 人次, 张, …")
    target: Target | None = Field(description="null = the document names a duty and no figure")
    due: date | None = Field(default=None, description="the last day by when; null = permanent, or not given")
    note: str = Field(
        default="", description="what a reader must know, e.g. what is counted in place of what"
    )
    programmes: tuple[Identifier, ...] = Field(
        default=(), description="the programmes about which persons are counted"
    )
    each: bool = Field(default=False, description="all programmes together, and one row for each")
    willing: Identifier | None = Field(
        default=None, description="who refused this programme within a year is not in the denominator"
    )
    denominator: str | None = Field(default=None, description="SQL boolean: of whom")
    numerator: str | None = Field(default=None, description="SQL boolean: those of them who count")
    missing: str | None = Field(
        default=None,
        min_length=1,
        description="in Chinese: the data that would be needed, which no department delivers",
    )

    @model_validator(mode="after")
    def _computed_or_missing(self) -> Indicator:
        if (self.denominator is None) != (self.numerator is None):
            raise ValueError(messages.SHARE_PARTS())
        if (self.denominator is None) == (self.missing is None):
            raise ValueError(messages.COMPUTED_OR_MISSING())
        if self.missing is not None and (self.programmes or self.each or self.willing):
            raise ValueError(messages.COMPUTED_ONLY())
        if self.each and not self.programmes:
            raise ValueError(messages.EACH_OF_PROGRAMMES())
        if self.denominator is not None and self.unit != SHARE:
            raise ValueError(messages.COMPUTED_UNIT(unit=SHARE))
        if self.unit == SHARE and self.target is not None and self.target.value > 1:
            raise ValueError(messages.SHARE_ABOVE_ONE())
        return self
