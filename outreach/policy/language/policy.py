"""A policy in force on a day: the file, its terms and parameters, every expression checked."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

from contracts.extracts.registry import EXTRACTS
from contracts.facts import FACT_BY_NAME, Fact
from outreach.policy.errors import PolicyError
from outreach.policy.language import files, full_width, messages, model
from outreach.policy.language.expressions import ALL_FACTS, Expression, ExpressionError, parse_condition
from outreach.policy.language.files import SHIPPED, Location, Source

EXTRACT_NAMES: tuple[str, ...] = tuple(extract.name for extract in EXTRACTS)
EXTRACT_BIT: Mapping[str, int] = {name: 1 << i for i, name in enumerate(EXTRACT_NAMES)}

_LIVING = "alive"
_REGISTERED = "registered"
_PENSIONS = ("employee_pension_open", "resident_pension_open")
"""Facts of an extract that also shows that the pension is drawn already."""


@dataclass(frozen=True)
class Condition:
    """A condition of a programme in force: checked, with switches applied."""

    name: str
    label: str
    expression: Expression
    window: bool = False
    asks: str | None = None

    @property
    def extract_mask(self) -> int:
        """The extracts it rests on, as bits of ``EXTRACT_BIT``."""
        return sum(EXTRACT_BIT[name] for name in self.expression.extracts)


@dataclass(frozen=True)
class Programme:
    """A programme in force, ready to be compiled."""

    rule: model.Programme
    conditions: tuple[Condition, ...]
    applicability: Expression | None
    notice: Expression | None
    due_when: Expression | None
    cases: Mapping[str, Expression]
    group: str | None
    group_order: int | None
    citation: str
    citation_short: str
    starts_from: date | None

    @property
    def id(self) -> str:
        return self.rule.id

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """Every fact its conditions use, in order of appearance."""
        return tuple(dict.fromkeys(fact for c in self.conditions for fact in c.expression.facts))

    @cached_property
    def extracts(self) -> tuple[str, ...]:
        """Every extract its conditions, and when it is due, rest on."""
        due = () if self.due_when is None else self.due_when.extracts
        return tuple(dict.fromkeys((*(e for c in self.conditions for e in c.expression.extracts), *due)))

    @cached_property
    def amount_extracts(self) -> tuple[str, ...]:
        """Every extract beside the register that its amount rests on."""
        extracts = dict.fromkeys(e for case in self.cases.values() for e in case.extracts)
        return tuple(extract for extract in extracts if extract != "household_register")

    @cached_property
    def receipt_facts(self) -> tuple[str, ...]:
        """The facts whose extract, beside the benefit roll, shows that it is received."""
        own = () if self.rule.received_fact is None else (self.rule.received_fact,)
        return (*own, *(fact for fact in self.facts if fact in _PENSIONS))

    @cached_property
    def age_threshold(self) -> int | None:
        """The age from which it holds, where a condition is just that."""
        for condition in self.conditions:
            found = re.fullmatch(r"\(*age >= (\d+)\)*", condition.expression.sql())
            if found:
                return int(found[1])
        return None


@dataclass(frozen=True)
class Indicator:
    """An indicator of the document: checked, its programmes those in force."""

    rule: model.Indicator
    denominator: Expression | None
    numerator: Expression | None
    programmes: tuple[Programme, ...]
    citation: str

    @property
    def id(self) -> str:
        return self.rule.id

    @property
    def facts(self) -> frozenset[str]:
        """Every fact that its two conditions name."""
        both = (self.denominator, self.numerator)
        return frozenset(fact for part in both if part is not None for fact in part.facts)


@dataclass(frozen=True, eq=False)
class Policy:
    """A region's policy as of a day. ``version`` and ``sha256`` go with every decision."""

    region: str
    code: str
    name: str
    as_of: date
    version: str
    sha256: str
    file: model.PolicyFile
    source: Source
    terms: Mapping[str, model.Term]
    programmes: tuple[Programme, ...]
    values: Mapping[str, model.ParameterValue]
    switches: Mapping[str, bool]
    indicators: tuple[Indicator, ...] = ()

    def amount(self, parameter: str) -> Decimal | None:
        """The parameter's value on the as-of date; None = to be set by the locality."""
        value = self.values.get(parameter)
        return None if value is None else value.value

    def only(self, programmes: Collection[str]) -> Policy:
        """The same policy, deciding nothing but these programmes; without indicators."""
        kept = tuple(p for p in self.programmes if p.id in programmes)
        return replace(self, programmes=kept, indicators=())

    def programme(self, programme: str) -> Programme:
        """The programme of that id.

        Raises:
            KeyError: no such programme in force.
        """
        for candidate in self.programmes:
            if candidate.id == programme:
                return candidate
        raise KeyError(programme)


def load_policy(
    region: str,
    policies: Path = SHIPPED,
    parameters: Path | None = None,
    *,
    as_of: date,
    changes: Sequence[str] = (),
) -> Policy:
    """The policy of ``region`` in force on ``as_of``, with the locality's ``parameters`` file, if it exists.

    ``changes`` are tried out on top, each ``<parameter>=<figure>`` or ``<switch>=on`` (or ``off``).

    Raises:
        PolicyError: no policy, none in force, or a mistake in a file; the message names file, line and what
            was meant.
    """
    terms, _ = files.read_terms(policies)
    file, source = files.in_force(policies, region, as_of)
    local, local_source = files.read_local(parameters)
    local = _changed(local, file, changes, as_of)
    return _Builder(file, source, {**terms, **file.terms}, local, local_source, as_of).build(
        files.fingerprint(policies, parameters)
    )


def _changed(
    local: model.LocalParameters, file: model.PolicyFile, changes: Sequence[str], as_of: date
) -> model.LocalParameters:
    parameters, switches = dict(local.parameters), dict(local.switches)
    for change in changes:
        name, _, value = (part.strip() for part in change.partition("="))
        if name in file.switches and value in ("on", "off"):
            switches[name] = value == "on"
        elif name in file.parameters and re.fullmatch(r"\d+(\.\d{1,2})?", value):
            tried = model.ParameterValue.model_validate({"from": as_of, "value": value, "source": "--change"})
            kept = tuple(v for v in parameters.get(name, ()) if v.from_ != as_of)
            parameters[name] = (*kept, tried)
        else:
            known = ", ".join([*file.parameters, *file.switches])
            slip = full_width.named(change)
            said = messages.CHANGE_FORM(change=change, region=file.region, known=known)
            raise PolicyError(said if slip is None else messages.AT(place=f"`{change}`", message=slip))
    return model.LocalParameters(parameters=parameters, switches=switches)


def regions(policies: Path = SHIPPED) -> dict[str, tuple[str, str]]:
    """Every region of a set: its GB/T 2260 code and Chinese name."""
    return {
        file.region: (file.code, file.name) for file, _ in files.read_all(policies) if file.code != NATIONAL
    }


def programme_labels(policies: Path = SHIPPED) -> dict[str, set[str]]:
    """Every programme id of the set with all its Chinese names: the code set of 项目编码."""
    labels: dict[str, set[str]] = {}
    for file, _ in files.read_all(policies):
        if file.code != NATIONAL:
            for programme in file.programmes:
                labels.setdefault(programme.id, set()).add(programme.name)
    return labels


NATIONAL = "000000"
"""The code of a base list that no region runs by: a yardstick for comparison only."""


@dataclass(frozen=True)
class _Builder:
    file: model.PolicyFile
    source: Source
    terms: Mapping[str, model.Term]
    local: model.LocalParameters
    local_source: Source | None
    as_of: date

    def build(self, sha256: str) -> Policy:
        for name, term in self.file.terms.items():
            self._expression(term.sql, ("terms", name, "sql"))
        switches = self._switches()
        programmes = tuple(
            self._programme(index, rule, switches)
            for index, rule in enumerate(self.file.programmes)
            if _begun(rule, self.as_of)
        )
        self._check_names()
        return Policy(
            region=self.file.region,
            code=self.file.code,
            name=self.file.name,
            as_of=self.as_of,
            version=f"{self.file.region} {self.file.version}",
            sha256=sha256,
            file=self.file,
            source=self.source,
            terms=self.terms,
            programmes=programmes,
            values=self._values(),
            switches=switches,
            indicators=tuple(
                self._indicator(index, rule, programmes) for index, rule in enumerate(self.file.indicators)
            ),
        )

    def _expression(self, sql: str, place: Location, known: Mapping[str, Fact] = FACT_BY_NAME) -> Expression:
        try:
            return parse_condition(sql, self.terms, known)
        except ExpressionError as error:
            raise self.source.error(place, str(error)) from error

    def _programme(self, index: int, rule: model.Programme, switches: Mapping[str, bool]) -> Programme:
        place = ("programmes", index)
        conditions = [Condition(_LIVING, "在世", self._expression("alive", place))]
        if rule.registered:
            conditions.append(Condition(_REGISTERED, "本区户籍", self._expression("registered", place)))
        for i, condition in enumerate(rule.conditions):
            sql = condition.sql
            self._expression(sql, (*place, "conditions", i, "sql"))
            for j, permit in enumerate(condition.permits):
                at = (*place, "conditions", i, "permits", j)
                if permit.switch not in switches:
                    raise self.source.error(at, messages.NOT_A_SWITCH_HERE(name=permit.switch))
                self._expression(permit.sql, at)
                if switches[permit.switch]:
                    sql = f"({sql}) OR ({permit.sql})"
            expression = self._expression(sql, (*place, "conditions", i, "sql"))
            conditions.append(
                Condition(condition.name, condition.label, expression, condition.window, condition.asks)
            )
        cases: dict[str, Expression] = {}
        if rule.amount is not None:
            self._amount(rule.amount, (*place, "amount"), cases)
        group, order = self._group(rule.id)
        applicability = (
            None if rule.audience is None else self._expression(rule.audience, (*place, "audience"))
        )
        notice = None if rule.notice is None else self._expression(rule.notice.when, (*place, "notice"))
        due_when = None
        if rule.due_when is not None:
            due_when = self._expression(rule.due_when.sql, (*place, "due_when", "sql"))
        short = f"《{self.file.document.title}》{rule.item}"
        section = f"；{rule.section}" if rule.section else ""
        begins = [day for day in (self.file.document.in_force_from, rule.in_force_from) if day]
        return Programme(
            rule=rule,
            conditions=tuple(conditions),
            applicability=applicability,
            notice=notice,
            due_when=due_when,
            cases=cases,
            group=group,
            group_order=order,
            citation=f"{short}：“{rule.clause}”{section}",
            citation_short=short,
            starts_from=max(begins) if begins else None,
        )

    def _indicator(self, index: int, rule: model.Indicator, programmes: tuple[Programme, ...]) -> Indicator:
        place = ("indicators", index)
        if rule.id in [other.id for other in self.file.indicators[:index]]:
            raise self.source.error((*place, "id"), messages.TWICE(name=rule.id))
        said = {programme.id: programme for programme in self.file.programmes}
        for key, names in (("programmes", rule.programmes), ("willing", filter(None, [rule.willing]))):
            for name in names:
                if name not in said:
                    raise self.source.error((*place, key), self._no_programme(name))
        for name in rule.programmes:
            if said[name].received_fact is not None:
                raise self.source.error((*place, "programmes"), messages.RECEIVED_BY_FACT(name=name))
        known = ALL_FACTS if rule.programmes else FACT_BY_NAME
        parts = [
            None if sql is None else self._expression(sql, (*place, key), known)
            for key, sql in (("denominator", rule.denominator), ("numerator", rule.numerator))
        ]
        indicator = Indicator(
            rule=rule,
            denominator=parts[0],
            numerator=parts[1],
            programmes=tuple(p for p in programmes if p.id in rule.programmes),
            citation=f"《{self.file.document.title}》{rule.item}：“{rule.clause}”",
        )
        unpaid = [name for name in rule.programmes if said[name].amount is None]
        if "paid_in_full" in indicator.facts and unpaid:
            raise self.source.error((*place, "programmes"), messages.NO_AMOUNT(name=unpaid[0]))
        return indicator

    def _amount(self, amount: model.Amount, place: Location, cases: dict[str, Expression]) -> None:
        """Check an amount: parameters exist and are monthly, bands neither overlap nor leave a hole."""
        for name in [amount.parameter, amount.at_most, *(band.parameter for band in amount.bands)]:
            if name is None:
                continue
            if name not in self.file.parameters:
                hint = _did_you_mean(name, self.file.parameters)
                raise self.source.error(place, messages.NOT_A_PARAMETER_HERE(name=name, hint=hint))
            if self.file.parameters[name].unit != model.MONTHLY:
                unit = self.file.parameters[name].unit
                slip = full_width.named(unit)
                if slip is not None:
                    raise self.source.error(("parameters", name, "unit"), slip)
                raise self.source.error(
                    place, messages.NOT_MONTHLY(name=name, unit=unit, monthly=model.MONTHLY)
                )
        for before, band in zip(amount.bands, amount.bands[1:], strict=False):
            if before.upto is None or band.from_ <= before.upto:
                raise self.source.error((*place, "bands"), messages.BANDS_OVERLAP(age=band.from_))
            if band.from_ > before.upto + 1:
                said = messages.BANDS_HOLE(first=before.upto + 1, last=band.from_ - 1)
                raise self.source.error((*place, "bands"), said)
        if amount.when is not None:
            cases[amount.when] = self._expression(amount.when, (*place, "when"))
        for kind in ("cases", "sum", "greatest"):
            for i, part in enumerate(getattr(amount, kind)):
                self._amount(part, (*place, kind, i), cases)

    def _group(self, programme: str) -> tuple[str | None, int | None]:
        for group, members in self.file.groups.items():
            if programme in members:
                return group, members.index(programme)
        return None, None

    def _check_names(self) -> None:
        ids = [rule.id for rule in self.file.programmes]
        for index, rule in enumerate(self.file.programmes):
            others = [r for r in self.file.programmes[:index] if r.id == rule.id and _overlap(r, rule)]
            if others:
                raise self.source.error(("programmes", index, "id"), messages.TWICE(name=rule.id))
        for group, members in self.file.groups.items():
            for member in members:
                if member not in ids:
                    raise self.source.error(("groups", group), self._no_programme(member))
        if self.local_source is not None:
            for name in self.local.parameters:
                if name not in self.file.parameters:
                    hint = _near(name, self.file.parameters)
                    said = messages.NOT_A_PARAMETER_OF(name=name, region=self.file.region, hint=hint)
                    raise self.local_source.error(("parameters", name), said)

    def _no_programme(self, name: str) -> str:
        hint = _did_you_mean(name, [rule.id for rule in self.file.programmes])
        return messages.NOT_A_PROGRAMME(name=name, hint=hint)

    def _switches(self) -> dict[str, bool]:
        for name in self.local.switches:
            if name not in self.file.switches and self.local_source is not None:
                hint = _near(name, self.file.switches)
                said = messages.NOT_A_SWITCH_OF(name=name, region=self.file.region, hint=hint)
                raise self.local_source.error(("switches", name), said)
        return {name: self.local.switches.get(name, False) for name in self.file.switches}

    def _values(self) -> dict[str, model.ParameterValue]:
        """Of each parameter the latest value begun; a locality's own replaces the document's of that day."""
        values = {}
        for name, parameter in self.file.parameters.items():
            dated = {value.from_: value for value in parameter.values}
            dated.update({value.from_: value for value in self.local.parameters.get(name, ())})
            begun = [day for day in dated if day <= self.as_of]
            if begun:
                values[name] = dated[max(begun)]
        return values


def _near(name: str, known: Collection[str]) -> str:
    listed = messages.COMMA().join(known) or messages.NONE()
    return _did_you_mean(name, known) or messages.IT_HAS(names=listed)


def _did_you_mean(name: str, known: Collection[str]) -> str:
    near = [f"`{other}`" for other in get_close_matches(name, known, n=2)]
    return messages.DID_YOU_MEAN(names=messages.OR().join(near)) if near else ""


def _begun(rule: model.Programme, as_of: date) -> bool:
    return (rule.in_force_from is None or rule.in_force_from <= as_of) and (
        rule.in_force_until is None or as_of <= rule.in_force_until
    )


def _overlap(left: model.Programme, right: model.Programme) -> bool:
    return (left.in_force_from or date.min) <= (right.in_force_until or date.max) and (
        right.in_force_from or date.min
    ) <= (left.in_force_until or date.max)
