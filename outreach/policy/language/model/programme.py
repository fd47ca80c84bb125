"""A programme: who has a right to it, when it is due, and how long."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from outreach.policy.language import messages
from outreach.policy.language.model.amount import Amount
from outreach.policy.language.model.part import Identifier, Part

Mode = Literal["auto", "confirm", "due", "universal", "occasion"]
Presumed = Literal["insured", "resident"]
MonthConvention = Literal["month_of", "month_after"]
StartConvention = Literal["month_of", "month_after", "month_found"]


class Alternative(Part):
    """One of several ways to fulfil a condition: a reason names those that hold for the person.

    ``switch``: what the document only permits (可扩大到); it counts while the locality has it on.
    """

    label: str = Field(min_length=1, description="in Chinese, worded as holding")
    sql: str
    switch: str | None = None


class Condition(Part):
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


class DueWhen(Part):
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


class Notice(Part):
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


class Ground(Part):
    """A clause on which the right of those rests of whom ``when`` is true; a line cites those that hold.

    Without ``clause``: the programme's own. ``document``: another one than the file's.
    """

    when: str
    item: str = ""
    clause: str = ""
    document: str | None = None
    checked: bool = Field(default=True, description="false = cited by name, not checked against its text")


class Programme(Part):
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
