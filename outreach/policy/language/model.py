"""The language of a policy file: pydantic models of ``policies/*.yaml`` and of a locality's own parameters.

Pure data and the rules that need nothing but the file itself; expressions are checked in ``expressions``.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from outreach.policy.language import messages

Mode = Literal["auto", "confirm", "due", "universal", "occasion"]
Presumed = Literal["insured", "resident"]
MonthConvention = Literal["month_of", "month_after"]
StartConvention = Literal["month_of", "month_after", "month_found"]

MONTHLY = "元/人·月"
"""The unit in which every amount a month is counted."""
YEARS = "年"
"""The unit of a parameter that is a number of years."""
DAYS = "天"
"""The unit of a number of days."""

Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


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


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Document(_Part):
    """The document a policy reads."""

    title: str = Field(description="full title, as printed")
    draft: bool = Field(description="true for 征求意见稿: not adopted when it was read")
    in_force_from: date | None = Field(description="null = the document gives none; taken as in force")
    list: str | None = Field(default=None, description="title of the attached list, where there is one")
    checked: bool = Field(default=True, description="false = cited by name, not checked against its text")


class Term(_Part):
    """A word that conditions use by name."""

    label: str
    sql: str
    meaning: str = ""


class ParameterValue(_Part):
    """A value from a day on."""

    from_: date = Field(alias="from")
    value: Decimal = Field(ge=0)
    source: str = ""


class Parameter(_Part):
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


class ListValue(_Part):
    """Facts and terms (yes or no) from a day on."""

    from_: date = Field(alias="from")
    names: tuple[Identifier, ...]
    source: str = ""


class ListParameter(_Part):
    """A dated list of facts and terms that a locality may set. No values = it is empty."""

    label: str
    values: tuple[ListValue, ...] = ()


class Band(_Part):
    """An amount for ages ``from`` to ``upto`` (both included, completed years; no ``upto`` = and older)."""

    from_: int = Field(alias="from", ge=0)
    upto: int | None = None
    parameter: Identifier

    @model_validator(mode="after")
    def _ordered(self) -> Band:
        if self.upto is not None and self.upto < self.from_:
            raise ValueError(messages.BAND_TURNED())
        return self


class Amount(_Part):
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


class Alternative(_Part):
    """One of several ways to fulfil a condition: a reason names those that hold for the person.

    ``switch``: what the document only permits (可扩大到); it counts while the locality has it on.
    """

    label: str = Field(min_length=1, description="in Chinese, worded as holding")
    sql: str
    switch: str | None = None


class Condition(_Part):
    """A named SQL boolean over facts and terms: ``sql``, one of ``any``, or none of a list.

    ``none_of``: no fact or term of one of the file's ``lists`` is true; an empty list is always true.
    """

    name: Identifier
    label: str = Field(min_length=1, description="in Chinese, worded as holding")
    fails: str | None = Field(
        default=None, min_length=1, description="in Chinese, what is so where it does not hold"
    )
    sql: str | None = None
    any: tuple[Alternative, ...] = ()
    none_of: Identifier | None = None
    window: bool = Field(
        default=False,
        description="a condition that being served meanwhile makes false; it ends no right",
    )
    asks: str | None = Field(
        default=None,
        description="what to find out where the condition is unknown although every fact is there",
    )

    @model_validator(mode="after")
    def _one_form(self) -> Condition:
        if sum((self.sql is not None, bool(self.any), self.none_of is not None)) != 1:
            raise ValueError(messages.ONE_FORM())
        return self


class DueWhen(_Part):
    """When a periodic service that a person has a right to is due again. It decides no right.

    ``sql``, or one of ``any``: a reason names the first of these that holds for the person.
    """

    label: str = Field(min_length=1, description="in Chinese, worded as holding")
    sql: str | None = None
    any: tuple[Alternative, ...] = ()

    @model_validator(mode="after")
    def _one_form(self) -> DueWhen:
        if (self.sql is None) == (not self.any):
            raise ValueError(messages.DUE_FORM())
        if any(alternative.switch is not None for alternative in self.any):
            raise ValueError(messages.DUE_SWITCH())
        return self


class Notice(_Part):
    """A remark shown with the reason; it decides nothing.

    Where ``when`` (SQL boolean) holds, or where the person is also entitled to one of the programmes
    ``beside`` it. ``{household_carers}`` in the text is put in.
    """

    when: str | None = None
    beside: tuple[Identifier, ...] = ()
    text: str = Field(min_length=1)

    @model_validator(mode="after")
    def _one_of_both(self) -> Notice:
        if (self.when is None) == (not self.beside):
            raise ValueError(messages.WHEN_OR_BESIDE())
        return self


class Ground(_Part):
    """A clause on which the right of those rests of whom ``when`` is true; a line cites those that hold.

    Without ``clause``: the programme's own. ``document``: another one than the file's.
    """

    when: str
    item: str = ""
    clause: str = ""
    document: str | None = None
    checked: bool = Field(default=True, description="false = cited by name, not checked against its text")


class Programme(_Part):
    """One item of a region's list."""

    id: Identifier
    item: str = Field(description="its place in the document: 清单第9项, 二（二）2, …")
    name: str
    mode: Mode
    clause: str = Field(min_length=1, description="the clause's own words, a few characters")
    section: str = ""
    grounds: tuple[Ground, ...] = ()
    lead: str = Field(default="", description="牵头部门 or 责任单位, in the document's words")
    funding: str = Field(default="", description="支出责任, in the document's words")
    kind: tuple[str, ...] = Field(default=(), description="服务类型: 物质帮助, 照护服务, 关爱服务, …")
    switch: str | None = Field(
        default=None, description="what the document only permits: not decided while the switch is off"
    )
    registered: bool | Presumed = Field(
        default=True,
        description="false = not bound to registration here; insured, resident = who is registered here "
        "counts as insured or resident here, of all others it is not known",
    )
    household: bool = Field(default=False, description="one for a 户号")
    one_off: bool = Field(
        default=False,
        description="a work done once: being on the benefit roll, in any status, means that it was done",
    )
    household_receipt: bool = Field(
        default=False, description="a payee of the same 户号 counts as the person's own receipt"
    )
    renew_after: Identifier | None = Field(
        default=None, description="one_off: the parameter with the years after which it is offered again"
    )
    life_proof: Identifier | None = Field(
        default=None,
        description="the parameter with the days after which a payee whom nobody has met is checked again",
    )
    no_data: str = Field(default="", description="who else the text names, and no extract identifies")
    audience: str | None = Field(
        default=None, description="SQL boolean; where it is false there is no decision at all"
    )
    received_fact: Literal["long_term_care"] | None = Field(
        default=None, description="a fact that counts as receiving it"
    )
    note: str = Field(default="", description="a limit or hint shown with the reason")
    notice: Notice | None = None
    due_when: DueWhen | None = Field(default=None, description="mode due; null = due whenever it holds")
    conditions: tuple[Condition, ...] = ()
    amount: Amount | None = None
    starts: StartConvention = "month_after"
    stops: MonthConvention = "month_after"
    in_force_from: date | None = None
    in_force_until: date | None = None
    confirmed: date | None = Field(default=None, description="last confirmed; null = as the whole file")

    def parameters(self) -> tuple[str, ...]:
        """Every parameter that it names."""
        own = self.amount.parameters() if self.amount else ()
        return (*own, *(name for name in (self.renew_after, self.life_proof) if name is not None))

    @model_validator(mode="after")
    def _kinds_apart(self) -> Programme:
        for kind in self.kind:
            if not kind or re.search(r"[，、,；;\s]", kind):
                raise ValueError(messages.KIND_ONE(kind=kind))
        return self

    @model_validator(mode="after")
    def _names_once(self) -> Programme:
        names = [
            "alive",
            *(["registered"] if self.registered is True else []),
            *(c.name for c in self.conditions),
        ]
        names += [f"{self.registered}_here"] if isinstance(self.registered, str) else []
        twice = {name for name in names if names.count(name) > 1}
        if twice:
            raise ValueError(messages.CONDITION_TWICE(names=messages.COMMA().join(sorted(twice))))
        return self


SHARE = "share"
"""The unit of a rate: 1 is all of the denominator."""


class Target(_Part):
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


class Indicator(_Part):
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


class QueueClass(_Part):
    """A class of those who wait for a place; who fulfils no class before it belongs to it."""

    id: Identifier
    label: str = Field(min_length=1, description="in Chinese, who belongs to it")
    sql: str | None = Field(default=None, description="SQL boolean; null = all others, the last class only")


class Queue(_Part):
    """The order in which those who agreed wait for a place in a public institution (轮候), by the document.

    Within a class: by ability level, the higher first, then by the day on which they agreed.
    """

    item: str = Field(min_length=1, description="the place of the order in the document: 二15, 五（二）2, …")
    clause: str = Field(min_length=1, description="the sentence's own words")
    programmes: tuple[Identifier, ...] = Field(min_length=1, description="the programmes that give a place")
    classes: tuple[QueueClass, ...] = Field(min_length=1, description="first comes first")

    @model_validator(mode="after")
    def _classes_once(self) -> Queue:
        ids = [each.id for each in self.classes]
        twice = {name for name in ids if ids.count(name) > 1}
        if twice:
            raise ValueError(messages.CLASS_TWICE(names=messages.COMMA().join(sorted(twice))))
        if any(each.sql is None for each in self.classes[:-1]):
            raise ValueError(messages.OTHERS_LAST())
        return self


class PolicyFile(_Part):
    """One file of ``policies/``: a region's list as read on a day."""

    region: Identifier
    code: str = Field(pattern=r"^\d{6}$")
    name: str
    version: str
    document: Document
    last_confirmed: date
    groups: dict[Identifier, tuple[Identifier, ...]] = Field(default_factory=dict)
    switches: dict[str, str] = Field(default_factory=dict)
    terms: dict[Identifier, Term] = Field(default_factory=dict)
    parameters: dict[Identifier, Parameter] = Field(default_factory=dict)
    lists: dict[Identifier, ListParameter] = Field(default_factory=dict)
    together: dict[str, str] = Field(
        default_factory=dict, description="works (terms.yaml) that a person may have twice here, and why"
    )
    programmes: tuple[Programme, ...] = Field(min_length=1)
    queue: Queue | None = Field(default=None, description="轮候: in which order people wait for a place")
    indicators: tuple[Indicator, ...] = ()


class SupplementFile(_Part):
    """One file of ``policies/supplements/``: a rule of the country or province, for any region to switch on.

    Its id is the switch: nothing of it is decided in a region whose parameters do not have it on.
    """

    supplement: Identifier
    name: str = Field(min_length=1)
    version: str
    document: Document
    last_confirmed: date
    parameters: dict[Identifier, Parameter] = Field(default_factory=dict)
    lists: dict[Identifier, ListParameter] = Field(default_factory=dict)
    programmes: tuple[Programme, ...] = Field(min_length=1)


class TermsFile(_Part):
    """``policies/terms.yaml``: the common terms, and which programmes are the same work.

    ``works``: of the programmes of one work nobody has two in one region, unless its file allows it
    (``together``) or they exclude each other (``groups``).
    """

    terms: dict[Identifier, Term]
    works: dict[str, tuple[Identifier, ...]] = Field(default_factory=dict)


class LocalParameters(_Part):
    """A locality's own file, ``<home>/parameters/<region>.yaml``: figures, lists and switches."""

    parameters: dict[Identifier, tuple[ParameterValue, ...]] = Field(default_factory=dict)
    lists: dict[Identifier, tuple[ListValue, ...]] = Field(default_factory=dict)
    switches: dict[str, bool] = Field(default_factory=dict)


ITEM_NUMBER = re.compile(r"第(\d+)项")
