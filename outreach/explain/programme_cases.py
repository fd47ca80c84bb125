"""What each programme means for a person, what was published of it, and in words why there is no line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from contracts.extracts import EXTRACT_BY_NAME
from contracts.facts import FACT_BY_NAME
from outreach.explain.release_reader import ExplainError, Release, Row, SourceRow
from outreach.policy.language import model
from outreach.policy.reasons.judge import Judged, Yielding
from outreach.policy.reasons.patterns import failing

UNSET = "待地方核定"


@dataclass(frozen=True)
class ConditionCase:
    """A condition: its value, and the facts it uses."""

    name: str
    label: str
    value: bool | None
    facts: tuple[str, ...]


@dataclass(frozen=True)
class MissingFact:
    """What an unknown condition lacks, and the extract that would supply it (None: no extract does)."""

    fact: str
    label: str
    extract: str | None
    title: str | None


@dataclass(frozen=True)
class Line:
    """A list line as published. ``last_result``: of the last contact about it.

    ``money_months`` and ``money_sum``: due since the first payment month (add), or paid after the right
    ended (stop).
    """

    action: str
    reason_text: str
    stop_evidence: str | None
    amount_monthly: Decimal | None
    current_amount: Decimal | None
    effective_on: dt.date | None
    first_payment_month: dt.date | None
    identity_grade: str
    first_seen_on: dt.date | None
    last_result: str | None
    money_months: int | None
    money_sum: Decimal | None
    recheck_cause: str | None = None


@dataclass(frozen=True)
class Changed:
    """What became of the line since the night ``compared_with``, and why. An action None: no line."""

    compared_with: dt.date
    action_before: str | None
    action: str | None
    amount_before: Decimal | None
    amount: Decimal | None
    cause_text: str


@dataclass(frozen=True)
class ProgrammeCase:
    """A programme and a person.

    ``published``: the release itself holds the decision; else it was decided again by the same policy.
    ``decision`` None: the release does not hold it, and the policy of that night is not at hand.
    ``told_by``: the rows by which it is received, or was refused. ``beside``: the other rights of the same
    exclusive group, in words. ``no_line``: why the person is on no list of it; None where it is on ``lines``.
    ``differs``: what is decided again is not what was published. ``why_not``: what is so where conditions do
    not hold or the right goes to another, each in a few words. ``bound``: 不低于 or 不超过 before the amount,
    or empty; ``has_amount``: the rule promises one. ``lead``: who answers for it, None: nobody is named.
    ``place``: in the queue for places, None: not in it.
    """

    programme: str
    name: str
    item: str | None
    mode: str | None
    published: bool
    decision: str | None
    conditions: tuple[ConditionCase, ...]
    missing: tuple[MissingFact, ...]
    amount_monthly: Decimal | None
    amount_words: tuple[str, ...]
    receiving: bool | None
    current_amount: Decimal | None
    told_by: tuple[SourceRow, ...]
    beside: tuple[str, ...]
    policy_version: str | None
    citation: str | None
    lines: tuple[Line, ...]
    no_line: str | None
    changed: Changed | None
    differs: bool
    why_not: tuple[str, ...] = ()
    bound: str = ""
    has_amount: bool = False
    lead: str | None = None
    place: int | None = None


@dataclass(frozen=True)
class Published:
    """What a release has about one person, by programme."""

    person: Row
    decisions: Mapping[str, Row]
    lines: Mapping[str, Sequence[Row]]
    changes: Mapping[str, Row]
    told_by: Mapping[str, Sequence[SourceRow]]
    places: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def read(cls, release: Release, person: Row, sources: Sequence[Row]) -> Published:
        """All of it; ``sources`` are the rows that the person's facts rest on."""
        key = {"person_id": person["person_id"]}
        lines: dict[str, list[Row]] = {}
        for row in release.rows("candidate", **key):
            lines.setdefault(row["programme"], []).append(row)
        told_by: dict[str, list[SourceRow]] = {}
        for source in sources:
            if source["fact_group"] in ("receiving", "declined"):
                place = release.place(source["extract"], source["row_number"])
                told_by.setdefault(source["detail"], []).append(place)
        places: list[Row] = []
        with suppress(ExplainError):  # a release made before there were queues
            places = release.rows("waiting", **key)
        return cls(
            person,
            {row["programme"]: row for row in release.rows("decision", **key)},
            lines,
            {row["programme"]: row for row in release.rows("change", **key)},
            told_by,
            {row["programme"]: row["place"] for row in places},
        )

    @property
    def paid(self) -> Mapping[str, Decimal | None] | None:
        """What the person is being paid or served; None = the roll was not delivered."""
        rows = self.person["receiving"]
        return None if rows is None else {row["programme"]: row["amount"] for row in rows}

    def of(self, programme: str) -> dict[str, Any]:
        """The fields of a case that need no rule of the programme."""
        changed = self.changes.get(programme)
        return {
            "programme": programme,
            "published": programme in self.decisions,
            "receiving": None if self.paid is None else programme in self.paid,
            "current_amount": (self.paid or {}).get(programme),
            "told_by": tuple(self.told_by.get(programme, ())),
            "lines": tuple(map(line_of, self.lines.get(programme, ()))),
            "place": self.places.get(programme),
            "changed": None
            if changed is None
            else Changed(**{name: changed[name] for name in Changed.__dataclass_fields__}),
        }


def read_programmes(
    published: Published, judged: Sequence[Judged] | None, names: Mapping[str, str]
) -> tuple[ProgrammeCase, ...]:
    """Every programme of the policy, in its order; without the policy those that the release speaks of.

    ``names``: programmes' Chinese names.
    """
    if judged is None:
        known = {*published.decisions, *published.lines, *published.changes}
        return tuple(_without_rule(programme, published, names) for programme in sorted(known))
    return tuple(_with_rule(j, published, names) for j in judged)


def _without_rule(programme: str, published: Published, names: Mapping[str, str]) -> ProgrammeCase:
    decision = published.decisions.get(programme)
    first = next(iter(published.lines.get(programme, ())), None)
    way = decision["gives_way_to"] if decision else None
    shown = decision or first
    return ProgrammeCase(
        **published.of(programme),
        name=first["programme_name"] if first else names.get(programme, programme),
        item=None,
        mode=first["mode"] if first else None,
        decision=decision["decision"] if decision else None,
        conditions=_published_conditions(decision, {}) if decision else (),
        missing=_missing(_gaps(decision)) if decision else (),
        amount_monthly=shown["amount_monthly"] if shown else None,
        amount_words=(),
        beside=(f"从高享受：让位于“{names.get(way, way)}”",) if way else (),
        policy_version=decision["policy_version"] if decision else None,
        citation=shown["citation"] if shown else None,
        no_line=None if first else "发布结果中没有本项的名单行",
        differs=False,
        why_not=tuple(f"不符合“{c['label']}”" for c in decision["conditions"] if c["value"] is False)
        if decision
        else (),
        has_amount=bool(shown and shown["amount_monthly"] is not None),
        lead=first["lead"] if first else None,
    )


def _with_rule(judged: Judged, published: Published, names: Mapping[str, str]) -> ProgrammeCase:
    rule = judged.programme.rule
    decision = published.decisions.get(rule.id)
    fields = published.of(rule.id)
    if rule.received_fact and not fields["receiving"]:
        fields["receiving"] = published.person[rule.received_fact]
    facts_of = {c.name: c.expression.facts for c, _ in judged.conditions}
    conditions = tuple(ConditionCase(c.name, c.label, v, c.expression.facts) for c, v in judged.conditions)
    return ProgrammeCase(
        **fields,
        name=rule.name,
        item=rule.item,
        mode=rule.mode,
        decision=decision["decision"] if decision else judged.decision,
        conditions=_published_conditions(decision, facts_of) if decision else conditions,
        missing=_missing(_gaps(decision) if decision else judged.missing),
        amount_monthly=_amount(judged, decision),
        amount_words=judged.amount_words,
        beside=tuple(_beside(judged, names)),
        policy_version=decision["policy_version"] if decision else None,
        citation=decision["citation"] if decision else judged.citation,
        no_line=None if fields["lines"] else _no_line(judged, fields["receiving"], names),
        differs=_differs(judged, decision, fields["receiving"]),
        why_not=tuple(_why_not(judged, names)),
        bound=bound_of(judged.programme.rule),
        has_amount=rule.amount is not None,
        lead=rule.lead or None,
    )


def _why_not(judged: Judged, names: Mapping[str, str]) -> Iterable[str]:
    for condition, value in judged.conditions:
        if value is False:
            yield condition.fails or f"不符合“{condition.label}”"
    if judged.gives_way is not None and judged.gives_way.to_person is not None:
        yield "每户一份，同户已有人享受"
    elif judged.gives_way is not None:
        yield f"与“{names[judged.gives_way.to_programme]}”只能享受一项，取高的一项"


def bound_of(rule: model.Programme) -> str:
    """What is read before the amount: 不低于, 不超过 or nothing."""
    amount = rule.amount
    if amount is None:
        return ""
    return "不低于" if amount.floor else "不超过" if amount.ceiling else ""


def _gaps(decision: Row) -> list[tuple[str, str | None]]:
    return [(gap["fact"], gap["extract"]) for gap in decision["missing"] or ()]


def _amount(judged: Judged, decision: Row | None) -> Decimal | None:
    if decision is not None:
        amount: Decimal | None = decision["amount_monthly"]
        return amount
    return judged.amount if judged.verdict else None


def _differs(judged: Judged, decision: Row | None, receiving: bool | None) -> bool:
    """Whether what was published is not what the same policy says now: other code made the release."""
    if decision is not None:
        return bool(decision["decision"] != judged.decision)
    return judged.decision in ("eligible", "unknown") or (
        receiving is True and judged.decision == "ineligible"
    )


def _published_conditions(
    decision: Row, facts_of: Mapping[str, tuple[str, ...]]
) -> tuple[ConditionCase, ...]:
    return tuple(
        ConditionCase(c["name"], c["label"], c["value"], facts_of.get(c["name"], ()))
        for c in decision["conditions"]
    )


def _missing(pairs: Iterable[tuple[str, str | None]]) -> tuple[MissingFact, ...]:
    return tuple(
        MissingFact(
            fact,
            FACT_BY_NAME[fact].label if fact in FACT_BY_NAME else fact,
            extract,
            EXTRACT_BY_NAME[extract].title if extract else None,
        )
        for fact, extract in pairs
    )


def line_of(row: Mapping[str, Any]) -> Line:
    """A list line of a row of ``mart.candidate``."""
    values: dict[str, Any] = {name: row.get(name) for name in Line.__dataclass_fields__}
    return Line(**values)


def _money(amount: Decimal | None) -> str:
    return UNSET if amount is None else f"{amount} 元/月"


def _beside(judged: Judged, names: Mapping[str, str]) -> Iterable[str]:
    if judged.gives_way is not None and judged.gives_way.to_person is None:
        yield _pair_words(judged.gives_way, names)
    for loser in judged.prevails:
        yield _pair_words(loser, names)


def _pair_words(pair: Yielding, names: Mapping[str, str]) -> str:
    return (
        f"从高享受：“{names[pair.to_programme]}”（{_money(pair.to_worth)}）优先，"
        f"“{names[pair.programme]}”（{_money(pair.worth)}）让位，不重复享受"
    )


def _no_line(judged: Judged, receiving: bool | None, names: Mapping[str, str]) -> str:
    false = [failing(c) for c, value in judged.conditions if value is False]
    unknown = [c.label for c, value in judged.conditions if value is None]
    mode = judged.programme.rule.mode
    if judged.applicability is False:
        return "不在本项目的对象范围之内，不作判定"
    if false:
        return f"不符合：{'、'.join(false)}"
    if unknown:
        return f"无法判定：{'、'.join(unknown)}未知；本项不凭未知列入名单"
    if judged.gives_way is not None and judged.gives_way.to_person is None:
        return f"条件都符合，但从高享受“{names[judged.gives_way.to_programme]}”"
    if judged.gives_way is not None:
        return f"条件都符合，但每户一份，由同户成员 {judged.gives_way.to_person} 享受"
    if mode == "occasion":
        return "符合；遇事可享，无需事先办理，不列入名单"
    if mode == "universal":
        return "符合；凭年龄享受，无需办理，只在刚达到年龄时告知"
    if mode == "due":
        return "符合；本期服务未到期" if judged.due is False else "符合；上次服务的日期未知，不能判断是否到期"
    if receiving is None:
        return "符合；待遇发放数据未到，不知道是否已在享受"
    return "符合"
