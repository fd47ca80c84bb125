"""A policy made from its files: every name and expression is checked."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlglot import exp

from contracts.facts import FACT_BY_NAME, Fact
from outreach.errors import Text
from outreach.policy.language import full_width, messages, model
from outreach.policy.language.citations import Citation, cite, document_title, ground_citation
from outreach.policy.language.conditions import (
    every,
    expression_of,
    only_by,
    outside,
    read_condition,
    read_due,
)
from outreach.policy.language.expressions import ALL_FACTS, Expression, ExpressionError, parse_condition
from outreach.policy.language.files import Location, Source
from outreach.policy.language.near_names import did_you_mean, near_names
from outreach.policy.language.policy import NEED_CLASSES, Condition, Indicator, Policy, Programme, Queue

_LIVING = "alive"
_REGISTERED = "registered"
_PRESUMED = {
    "insured": ("在本地参保（以本地户籍推定）", "参保地"),
    "resident": ("本地常住（以本地户籍推定）", "常住地"),
}
"""What registration here is taken to mean, in words, and the question for who is not registered."""
PLACEHOLDER = "{household_carers}"
"""What a notice may have put in: a fact of the person."""


@dataclass(frozen=True)
class Origin:
    """Which file says a programme, where in it, and which document that file reads."""

    source: Source
    index: int
    document: model.Document


@dataclass(frozen=True)
class Builder:
    file: model.PolicyFile
    source: Source
    terms: Mapping[str, model.Term]
    works: Mapping[str, tuple[str, ...]]
    local: model.LocalParameters
    local_source: Source | None
    as_of: date
    origins: tuple[Origin, ...]
    supplements: Sequence[model.SupplementFile]

    def build(self, sha256: str) -> Policy:
        for name, term in self.file.terms.items():
            self._expression(term.sql, self.source, ("terms", name, "sql"))
        switches = self._switches()
        lists = self._lists()
        self._check_names()
        begun = [
            self._programme(rule, origin, switches, lists)
            for rule, origin in zip(self.file.programmes, self.origins, strict=True)
            if _begun(rule, self.as_of)
        ]
        entitlements = {programme.id: every(programme.conditions) for programme in begun}
        begun = [self._with_notice(programme, entitlements) for programme in begun]
        programmes = tuple(p for p in begun if p.rule.switch is None or switches[p.rule.switch])
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
            dormant=tuple(p for p in begun if p not in programmes),
            lists=lists,
            works=self.works,
            queue=self._queue(programmes),
            need_classes=tuple(
                self._expression(self.terms[name].sql, self.source, ("terms", name, "sql"))
                for name in NEED_CLASSES
                if name in self.terms
            ),
        )

    def _expression(
        self, sql: str, source: Source, place: Location, known: Mapping[str, Fact] = FACT_BY_NAME
    ) -> Expression:
        try:
            return parse_condition(sql, self.terms, known)
        except ExpressionError as error:
            raise source.error(place, str(error)) from error

    def _programme(
        self,
        rule: model.Programme,
        origin: Origin,
        switches: Mapping[str, bool],
        lists: Mapping[str, tuple[str, ...]],
    ) -> Programme:
        source, place = origin.source, ("programmes", origin.index)

        def read(sql: str, *inside: str | int) -> Expression:
            return self._expression(sql, source, (*place, *inside))

        if rule.switch is not None and rule.switch not in switches:
            raise source.error((*place, "switch"), messages.NOT_A_SWITCH_HERE(name=rule.switch))
        conditions = [Condition(_LIVING, "在世", read("alive"), fails="已去世")]
        if rule.registered is True:
            conditions.append(Condition(_REGISTERED, "本地户籍", read("registered"), fails="不在本地户籍"))
        elif isinstance(rule.registered, str):
            label, asks = _PRESUMED[rule.registered]
            presumed = read("nullif(registered, FALSE)")
            conditions.append(Condition(f"{rule.registered}_here", label, presumed, asks=asks))
        widened = {
            alternative.switch
            for condition in rule.conditions
            for alternative in condition.any
            if alternative.switch is not None and not switches.get(alternative.switch, True)
        }
        implied = len(conditions)
        for i, condition in enumerate(rule.conditions):
            at = ("conditions", i)
            if condition.none_of is not None:
                made = self._none_of(condition, lists, source, (*place, *at))
                conditions += [made] if made is not None else []
            else:
                conditions.append(
                    read_condition(condition, lambda sql, *to, at=at: read(sql, *at, *to), switches)
                )
                for j, alternative in enumerate(condition.any):
                    if alternative.switch is not None and alternative.switch not in switches:
                        message = messages.NOT_A_SWITCH_HERE(name=alternative.switch)
                        raise source.error((*place, *at, "any", j, "switch"), message)
        applicability = None if rule.audience is None else read(rule.audience, "audience")
        off: list[tuple[str, Expression]] = []
        if widened:
            base = every(conditions)

            def without(switch: Collection[str]) -> Expression:
                wider = {name: on or name in switch for name, on in switches.items()}
                wide = [*conditions[:implied]]
                for i, condition in enumerate(rule.conditions):
                    if condition.none_of is None:
                        wide.append(
                            read_condition(
                                condition, lambda sql, *to, i=i: read(sql, "conditions", i, *to), wider
                            )
                        )
                return only_by(base, every(wide))

            off = [(switch, without({switch})) for switch in sorted(widened)]
            applicability = outside(applicability, without(widened))
        cases: dict[str, Expression] = {}
        if rule.amount is not None:
            self._amount(rule.amount, source, (*place, "amount"), cases)
        if rule.renew_after is not None:
            self._in_unit(model.YEARS, rule.renew_after, source, (*place, "renew_after"))
        if rule.life_proof is not None:
            self._in_unit(model.DAYS, rule.life_proof, source, (*place, "life_proof"))
        group, order = self._group(rule.id)
        due_when, due_labels = read_due(rule.due_when, read)
        title = document_title(
            origin.document.title, draft=origin.document.draft, checked=origin.document.checked
        )
        own = cite(title, rule.item, rule.clause, rule.section)
        begins = [day for day in (origin.document.in_force_from, rule.in_force_from) if day]
        return Programme(
            rule=rule,
            conditions=tuple(conditions),
            applicability=applicability,
            notice=None,
            due_when=due_when,
            due_labels=due_labels,
            cases=cases,
            group=group,
            group_order=order,
            citation=own,
            grounds=tuple(
                (read(ground.when, "grounds", i, "when"), ground_citation(ground, rule, title, own))
                for i, ground in enumerate(rule.grounds)
            ),
            off=tuple(off),
            starts_from=max(begins) if begins else None,
            source=source,
            index=origin.index,
        )

    def _none_of(
        self,
        condition: model.Condition,
        lists: Mapping[str, tuple[str, ...]],
        source: Source,
        place: Location,
    ) -> Condition | None:
        """That none of the list's facts and terms is true of the person; None: the list is empty."""
        name = condition.none_of or ""
        if name not in self.file.lists:
            hint = did_you_mean(name, self.file.lists)
            raise source.error((*place, "none_of"), messages.NOT_A_LIST_HERE(name=name, hint=hint))
        if not lists[name]:
            return None
        any_of = " OR ".join(f"({word})" for word in lists[name])
        where, at = (self.local_source, ("lists", name)) if name in self.local.lists else (source, place)
        expression = self._expression(f"NOT ({any_of})", where or source, at)
        return Condition(
            condition.name, condition.label, expression, condition.window, condition.asks, condition.fails
        )

    def _with_notice(self, programme: Programme, entitlements: Mapping[str, Expression]) -> Programme:
        """The programme with its notice, which may hang on what else the person is entitled to."""
        notice = programme.rule.notice
        if notice is None:
            return programme
        place = ("programmes", programme.index, "notice")
        unknown = [f for f in re.findall(r"\{[^}]*\}", notice.text) if f != PLACEHOLDER]
        if unknown:
            message = messages.NO_SUCH_PLACEHOLDER(found=unknown[0], known=PLACEHOLDER)
            raise programme.source.error((*place, "text"), message)
        if notice.when is not None:
            return replace(programme, notice=self._expression(notice.when, programme.source, place))
        for name in notice.beside:
            if name not in entitlements:
                raise programme.source.error((*place, "beside"), self._no_programme(name))
        others = [entitlements[name] for name in notice.beside]
        either = exp.or_(*(other.tree.copy() for other in others))
        return replace(programme, notice=expression_of(either))

    def _queue(self, programmes: tuple[Programme, ...]) -> Queue | None:
        rule = self.file.queue
        if rule is None:
            return None
        for name in rule.programmes:
            if name not in [programme.id for programme in self.file.programmes]:
                raise self.source.error(("queue", "programmes"), self._no_programme(name))
        return Queue(
            rule,
            tuple(p for p in programmes if p.id in rule.programmes),
            tuple(
                (
                    each,
                    None
                    if each.sql is None
                    else self._expression(each.sql, self.source, ("queue", "classes", i, "sql")),
                )
                for i, each in enumerate(rule.classes)
            ),
            self._cited(rule.item, rule.clause),
        )

    def _cited(self, item: str, clause: str) -> Citation:
        """A place of the region's own document."""
        document = self.file.document
        return cite(
            document_title(document.title, draft=document.draft, checked=document.checked), item, clause
        )

    def _indicator(self, index: int, rule: model.Indicator, programmes: tuple[Programme, ...]) -> Indicator:
        place = ("indicators", index)
        if rule.id in [other.id for other in self.file.indicators[:index]]:
            raise self.source.error((*place, "id"), messages.TWICE(name=rule.id))
        by_id = {programme.id: programme for programme in self.file.programmes}
        for key, names in (("programmes", rule.programmes), ("willing", filter(None, [rule.willing]))):
            for name in names:
                if name not in by_id:
                    raise self.source.error((*place, key), self._no_programme(name))
        for name in rule.programmes:
            if by_id[name].received_fact is not None:
                raise self.source.error((*place, "programmes"), messages.RECEIVED_BY_FACT(name=name))
        known = ALL_FACTS if rule.programmes else FACT_BY_NAME
        parts = [
            None if sql is None else self._expression(sql, self.source, (*place, key), known)
            for key, sql in (("denominator", rule.denominator), ("numerator", rule.numerator))
        ]
        indicator = Indicator(
            rule=rule,
            denominator=parts[0],
            numerator=parts[1],
            programmes=tuple(p for p in programmes if p.id in rule.programmes),
            citation=self._cited(rule.item, rule.clause).full,
        )
        unpaid = [name for name in rule.programmes if by_id[name].amount is None]
        if "paid_in_full" in indicator.facts and unpaid:
            raise self.source.error((*place, "programmes"), messages.NO_AMOUNT(name=unpaid[0]))
        return indicator

    def _amount(
        self, amount: model.Amount, source: Source, place: Location, cases: dict[str, Expression]
    ) -> None:
        """Check an amount: parameters exist and are monthly, bands neither overlap nor leave a hole."""
        for name in [amount.parameter, amount.at_most, *(band.parameter for band in amount.bands)]:
            if name is None:
                continue
            if name not in self.file.parameters:
                hint = did_you_mean(name, self.file.parameters)
                raise source.error(place, messages.NOT_A_PARAMETER_HERE(name=name, hint=hint))
            if self.file.parameters[name].unit != model.MONTHLY:
                unit = self.file.parameters[name].unit
                slip = full_width.named(unit)
                if slip is not None:
                    raise source.error(("parameters", name, "unit"), slip)
                raise source.error(place, messages.NOT_MONTHLY(name=name, unit=unit, monthly=model.MONTHLY))
        for before, band in zip(amount.bands, amount.bands[1:], strict=False):
            if before.upto is None or band.from_ <= before.upto:
                raise source.error((*place, "bands"), messages.BANDS_OVERLAP(age=band.from_))
            if band.from_ > before.upto + 1:
                message = messages.BANDS_HOLE(first=before.upto + 1, last=band.from_ - 1)
                raise source.error((*place, "bands"), message)
        if amount.when is not None:
            cases[amount.when] = self._expression(amount.when, source, (*place, "when"))
        for kind in ("cases", "sum", "greatest"):
            for i, part in enumerate(getattr(amount, kind)):
                self._amount(part, source, (*place, kind, i), cases)

    def _in_unit(self, unit: str, name: str, source: Source, place: Location) -> None:
        if name not in self.file.parameters:
            hint = did_you_mean(name, self.file.parameters)
            raise source.error(place, messages.NOT_A_PARAMETER_HERE(name=name, hint=hint))
        if self.file.parameters[name].unit != unit:
            raise source.error(place, messages.NOT_IN_UNIT(name=name, unit=unit))

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
        for work in self.file.together:
            if work not in self.works:
                hint = did_you_mean(work, self.works)
                raise self.source.error(("together", work), messages.NOT_A_WORK(name=work, hint=hint))
        self._check_local("parameters", self.local.parameters, messages.NOT_A_PARAMETER_OF)
        self._check_local("lists", self.local.lists, messages.NOT_A_LIST_OF)
        self._check_local("switches", self.local.switches, messages.NOT_A_SWITCH_OF)

    def _check_local(self, section: str, names: Collection[str], unknown: Text) -> None:
        """A locality's own names are known: to the region's file, or to a supplement, begun or not."""
        known = [*getattr(self.file, section)]
        for supplement in self.supplements:
            known += [supplement.supplement] if section == "switches" else getattr(supplement, section)
        for name in names:
            if name not in known and self.local_source is not None:
                hint = near_names(name, dict.fromkeys(known))
                message = unknown(name=name, region=self.file.region, hint=hint)
                raise self.local_source.error((section, name), message)

    def _no_programme(self, name: str) -> str:
        hint = did_you_mean(name, [rule.id for rule in self.file.programmes])
        return messages.NOT_A_PROGRAMME(name=name, hint=hint)

    def _switches(self) -> dict[str, bool]:
        return {name: self.local.switches.get(name, False) for name in self.file.switches}

    def _lists(self) -> dict[str, tuple[str, ...]]:
        """Of each list the names of the latest value begun; a locality's own replaces one of that day."""
        found = {}
        for name, parameter in self.file.lists.items():
            dated = {value.from_: value.names for value in parameter.values}
            dated.update({value.from_: value.names for value in self.local.lists.get(name, ())})
            begun = [day for day in dated if day <= self.as_of]
            found[name] = dated[max(begun)] if begun else ()
        return found

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


def _begun(rule: model.Programme, as_of: date) -> bool:
    return (rule.in_force_from is None or rule.in_force_from <= as_of) and (
        rule.in_force_until is None or as_of <= rule.in_force_until
    )


def _overlap(left: model.Programme, right: model.Programme) -> bool:
    return (left.in_force_from or date.min) <= (right.in_force_until or date.max) and (
        right.in_force_from or date.min
    ) <= (left.in_force_until or date.max)
