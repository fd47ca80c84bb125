"""A policy in force on a day: the file, its terms and parameters, every expression checked."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Protocol

from sqlglot import exp

from contracts.extracts.registry import EXTRACTS
from contracts.facts import FACT_BY_NAME, Fact
from outreach.errors import Text
from outreach.policy.errors import PolicyError
from outreach.policy.language import files, full_width, messages, model
from outreach.policy.language.expressions import ALL_FACTS, Expression, ExpressionError, parse_condition
from outreach.policy.language.files import SHIPPED, Location, Source

EXTRACT_NAMES: tuple[str, ...] = tuple(extract.name for extract in EXTRACTS)
EXTRACT_BIT: Mapping[str, int] = {name: 1 << i for i, name in enumerate(EXTRACT_NAMES)}

_LIVING = "alive"
_REGISTERED = "registered"
_PRESUMED = {
    "insured": ("在本地参保（以本地户籍推定）", "参保地"),
    "resident": ("本地常住（以本地户籍推定）", "常住地"),
}
"""What registration here is taken to mean, in words, and the question for who is not registered."""
NEED_CLASSES = ("need_class_1", "need_class_2", "need_class_3")
"""The terms that say who is in which class of need (紧要程度)."""
PLACEHOLDER = "{household_carers}"
"""What a notice may have put in: a fact of the person."""
_PENSIONS = ("employee_pension_open", "resident_pension_open")
"""Facts of an extract that also shows that the pension is drawn already."""


@dataclass(frozen=True)
class Condition:
    """A condition of a programme in force: checked, with switches applied.

    ``fails``: what is so where it does not hold. ``alternatives``: of one that several things fulfil, each
    that counts, by its label.
    """

    name: str
    label: str
    expression: Expression
    window: bool = False
    asks: str | None = None
    fails: str | None = None
    alternatives: tuple[tuple[str, Expression], ...] = ()

    @property
    def marks(self) -> tuple[Expression, ...]:
        """Each alternative; then, of those that are one of several together (且), that it is not known."""
        return (*(alternative for _, alternative in self.alternatives), *self._unknown)

    @property
    def joint(self) -> tuple[str, ...]:
        """The labels of the alternatives of several things together."""
        return tuple(label for label, _ in self.alternatives if "且" in label)

    @property
    def _unknown(self) -> tuple[Expression, ...]:
        return tuple(
            Expression(exp.Is(this=exp.paren(e.tree.copy()), expression=exp.null()), e.facts)
            for label, e in self.alternatives
            if "且" in label
        )

    @property
    def has_no_data(self) -> bool:
        """Whether no extract tells it of anybody (its ``sql`` is NULL): ``asks`` says what to ask."""
        return isinstance(self.expression.tree, exp.Null)

    @property
    def extract_mask(self) -> int:
        """The extracts it rests on, as bits of ``EXTRACT_BIT``."""
        return sum(EXTRACT_BIT[name] for name in self.expression.extracts)


@dataclass(frozen=True)
class Citation:
    """The place of a right in its document: in full, with the clause's words, and in short."""

    full: str
    document: str
    item: str

    @property
    def short(self) -> str:
        return self.document + self.item


@dataclass(frozen=True)
class Programme:
    """A programme in force, ready to be compiled.

    ``grounds``: clauses that hold for some people only, each with its condition; ``citation`` is the
    programme's own clause. ``due_labels``: the ways in which it may be due, by label. ``off``: switches that
    are off and would widen it, each with the condition that a person is entitled by it and not without it.
    ``source``, ``index``: the file that says it, and where.
    """

    rule: model.Programme
    conditions: tuple[Condition, ...]
    applicability: Expression | None
    notice: Expression | None
    due_when: Expression | None
    due_labels: tuple[tuple[str, Expression], ...]
    cases: Mapping[str, Expression]
    group: str | None
    group_order: int | None
    citation: Citation
    grounds: tuple[tuple[Expression, Citation], ...]
    off: tuple[tuple[str, Expression], ...]
    starts_from: date | None
    source: Source
    index: int

    @property
    def id(self) -> str:
        return self.rule.id

    @property
    def decidable(self) -> tuple[Condition, ...]:
        """The conditions that some extract can decide."""
        return tuple(c for c in self.conditions if not c.has_no_data)

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """Every fact its conditions use, in order of appearance."""
        return tuple(dict.fromkeys(fact for c in self.conditions for fact in c.expression.facts))

    @cached_property
    def marks(self) -> tuple[Expression, ...]:
        """What a reason names where it is true: the marks of each condition, why it is due, its grounds."""
        alternatives = (mark for c in self.conditions for mark in c.marks)
        due = (expression for _, expression in self.due_labels)
        return (*alternatives, *due, *(expression for expression, _ in self.grounds))

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


@dataclass(frozen=True)
class Queue:
    """The order of those who wait for a place: its classes, the first first, each with who belongs to it.

    A class without an expression holds all others. ``programmes``: those in force that give a place.
    """

    rule: model.Queue
    programmes: tuple[Programme, ...]
    classes: tuple[tuple[model.QueueClass, Expression | None], ...]
    citation: Citation


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
    dormant: tuple[Programme, ...] = ()
    """Programmes whose own switch is off: not decided."""
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    works: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    queue: Queue | None = None
    need_classes: tuple[Expression, ...] = ()
    """Who is in each class of need, the most urgent first (``NEED_CLASSES``); the others are in the last."""

    def amount(self, parameter: str) -> Decimal | None:
        """The parameter's value on the as-of date; None = to be set by the locality."""
        value = self.values.get(parameter)
        return None if value is None else value.value

    def only(self, programmes: Collection[str]) -> Policy:
        """The same policy, deciding nothing but these programmes; without indicators and queue."""
        kept = tuple(p for p in self.programmes if p.id in programmes)
        return replace(self, programmes=kept, indicators=(), dormant=(), queue=None)

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
    common, common_source = files.read_terms(policies)
    if common_source is not None:
        _check_terms(common.terms, common_source)
    file, source = files.in_force(policies, region, as_of)
    origins = [Origin(source, index, file.document) for index in range(len(file.programmes))]
    others = [supplement for supplement, _ in files.read_supplements(policies)]
    supplements = [] if file.code == NATIONAL else files.supplements_in_force(policies, as_of)
    file, added = _supplemented(file, supplements)
    local, local_source = files.read_local(parameters)
    local = _changed(local, file, changes, as_of)
    return _Builder(
        file,
        source,
        {**common.terms, **file.terms},
        common.works,
        local,
        local_source,
        as_of,
        (*origins, *added),
        others,
    ).build(files.fingerprint(policies, parameters))


def _check_terms(terms: Mapping[str, model.Term], source: Source) -> None:
    """The common terms are readable by themselves: a slip is named in their own file."""
    for name, term in terms.items():
        try:
            parse_condition(term.sql, terms)
        except ExpressionError as error:
            raise source.error(("terms", name, "sql"), str(error)) from error


@dataclass(frozen=True)
class Origin:
    """Which file says a programme, where in it, and which document that file reads."""

    source: Source
    index: int
    document: model.Document


def _supplemented(
    file: model.PolicyFile, supplements: Sequence[tuple[model.SupplementFile, Source]]
) -> tuple[model.PolicyFile, list[Origin]]:
    """The region's file with what each supplement adds, its programmes under the supplement's own switch."""
    origins: list[Origin] = []
    programmes, parameters = list(file.programmes), dict(file.parameters)
    lists, switches = dict(file.lists), dict(file.switches)
    for supplement, source in supplements:
        ids = [programme.id for programme in programmes]
        names: list[tuple[Location, str, Collection[str]]] = [
            (("supplement",), supplement.supplement, switches),
            *((("parameters", name), name, parameters) for name in supplement.parameters),
            *((("lists", name), name, lists) for name in supplement.lists),
            *((("programmes", i, "id"), rule.id, ids) for i, rule in enumerate(supplement.programmes)),
        ]
        for place, name, known in names:
            if name in known:
                raise source.error(place, messages.SUPPLEMENT_CLASH(name=name, region=file.region))
        switches[supplement.supplement] = f"{supplement.name}（补充政策：《{supplement.document.title}》）"
        parameters.update(supplement.parameters)
        lists.update(supplement.lists)
        for index, rule in enumerate(supplement.programmes):
            programmes.append(rule.model_copy(update={"switch": rule.switch or supplement.supplement}))
            origins.append(Origin(source, index, supplement.document))
    update = {
        "programmes": tuple(programmes), "parameters": parameters, "lists": lists, "switches": switches,
    }  # fmt: skip
    return (file.model_copy(update=update) if supplements else file), origins


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
    return local.model_copy(update={"parameters": parameters, "switches": switches})


def regions(policies: Path = SHIPPED) -> dict[str, tuple[str, str]]:
    """Every region of a set: its GB/T 2260 code and Chinese name."""
    return {
        file.region: (file.code, file.name) for file, _ in files.read_all(policies) if file.code != NATIONAL
    }


def programme_labels(policies: Path = SHIPPED) -> dict[str, set[str]]:
    """Every programme id of the set with all its Chinese names: the code set of 项目编码."""
    labels: dict[str, set[str]] = {}
    regional = [file.programmes for file, _ in files.read_all(policies) if file.code != NATIONAL]
    for programmes in [*regional, *(file.programmes for file, _ in files.read_supplements(policies))]:
        for programme in programmes:
            labels.setdefault(programme.id, set()).add(programme.name)
    return labels


NATIONAL = "000000"
"""The code of a base list that no region runs by: a yardstick for comparison only."""


@dataclass(frozen=True)
class _Builder:
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
        entitlements = {programme.id: _every(programme.conditions) for programme in begun}
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
                    _condition(condition, lambda sql, *to, at=at: read(sql, *at, *to), switches)
                )
                for j, alternative in enumerate(condition.any):
                    if alternative.switch is not None and alternative.switch not in switches:
                        said = messages.NOT_A_SWITCH_HERE(name=alternative.switch)
                        raise source.error((*place, *at, "any", j, "switch"), said)
        applicability = None if rule.audience is None else read(rule.audience, "audience")
        off: list[tuple[str, Expression]] = []
        if widened:
            base = _every(conditions)

            def without(switch: Collection[str]) -> Expression:
                wider = {name: on or name in switch for name, on in switches.items()}
                wide = [*conditions[:implied]]
                for i, condition in enumerate(rule.conditions):
                    if condition.none_of is None:
                        wide.append(
                            _condition(
                                condition, lambda sql, *to, i=i: read(sql, "conditions", i, *to), wider
                            )
                        )
                return _only_by(base, _every(wide))

            off = [(switch, without({switch})) for switch in sorted(widened)]
            applicability = _outside(applicability, without(widened))
        cases: dict[str, Expression] = {}
        if rule.amount is not None:
            self._amount(rule.amount, source, (*place, "amount"), cases)
        if rule.renew_after is not None:
            self._in_unit(model.YEARS, rule.renew_after, source, (*place, "renew_after"))
        if rule.life_proof is not None:
            self._in_unit(model.DAYS, rule.life_proof, source, (*place, "life_proof"))
        group, order = self._group(rule.id)
        due_when, due_labels = _due(rule.due_when, read)
        title = _title(origin.document.title, draft=origin.document.draft, checked=origin.document.checked)
        own = _citation(title, rule.item, rule.clause, rule.section)
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
                (read(ground.when, "grounds", i, "when"), _ground(ground, rule, title, own))
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
            hint = _did_you_mean(name, self.file.lists)
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
            said = messages.NO_SUCH_PLACEHOLDER(found=unknown[0], known=PLACEHOLDER)
            raise programme.source.error((*place, "text"), said)
        if notice.when is not None:
            return replace(programme, notice=self._expression(notice.when, programme.source, place))
        for name in notice.beside:
            if name not in entitlements:
                raise programme.source.error((*place, "beside"), self._no_programme(name))
        others = [entitlements[name] for name in notice.beside]
        either = exp.or_(*(other.tree.copy() for other in others))
        return replace(programme, notice=_expression_of(either))

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
        return _citation(_title(document.title, draft=document.draft, checked=document.checked), item, clause)

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
        unpaid = [name for name in rule.programmes if said[name].amount is None]
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
                hint = _did_you_mean(name, self.file.parameters)
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
                said = messages.BANDS_HOLE(first=before.upto + 1, last=band.from_ - 1)
                raise source.error((*place, "bands"), said)
        if amount.when is not None:
            cases[amount.when] = self._expression(amount.when, source, (*place, "when"))
        for kind in ("cases", "sum", "greatest"):
            for i, part in enumerate(getattr(amount, kind)):
                self._amount(part, source, (*place, kind, i), cases)

    def _in_unit(self, unit: str, name: str, source: Source, place: Location) -> None:
        if name not in self.file.parameters:
            hint = _did_you_mean(name, self.file.parameters)
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
                hint = _did_you_mean(work, self.works)
                raise self.source.error(("together", work), messages.NOT_A_WORK(name=work, hint=hint))
        self._check_local("parameters", self.local.parameters, messages.NOT_A_PARAMETER_OF)
        self._check_local("lists", self.local.lists, messages.NOT_A_LIST_OF)
        self._check_local("switches", self.local.switches, messages.NOT_A_SWITCH_OF)

    def _check_local(self, section: str, names: Collection[str], said: Text) -> None:
        """A locality's own names are known: to the region's file, or to a supplement, begun or not."""
        known = [*getattr(self.file, section)]
        for supplement in self.supplements:
            known += [supplement.supplement] if section == "switches" else getattr(supplement, section)
        for name in names:
            if name not in known and self.local_source is not None:
                hint = _near(name, dict.fromkeys(known))
                message = said(name=name, region=self.file.region, hint=hint)
                raise self.local_source.error((section, name), message)

    def _no_programme(self, name: str) -> str:
        hint = _did_you_mean(name, [rule.id for rule in self.file.programmes])
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


class _Read(Protocol):
    """Reads an expression of a rule; what follows is where in the condition it is."""

    def __call__(self, sql: str, *place: str | int) -> Expression: ...


def _condition(condition: model.Condition, read: _Read, switches: Mapping[str, bool]) -> Condition:
    """A condition with the alternatives that count under ``switches``."""
    alternatives: list[tuple[str, Expression]] = []
    for j, alternative in enumerate(condition.any):
        expression = read(alternative.sql, "any", j, "sql")
        if alternative.switch is None or switches.get(alternative.switch, False):
            alternatives.append((alternative.label, expression))
    if condition.sql is not None:
        expression = read(condition.sql, "sql")
    else:
        either = [other.tree.copy() for _, other in alternatives]
        expression = _expression_of(exp.or_(*either) if either else exp.false())
    return Condition(
        condition.name,
        condition.label,
        expression,
        condition.window,
        condition.asks,
        condition.fails,
        tuple(alternatives) if condition.any else (),
    )


def _due(
    due: model.DueWhen | None, read: _Read
) -> tuple[Expression | None, tuple[tuple[str, Expression], ...]]:
    """When a service is due, and the ways in which it may be, by label."""
    if due is None or due.sql is not None:
        return (None if due is None or due.sql is None else read(due.sql, "due_when", "sql")), ()
    labels = tuple((a.label, read(a.sql, "due_when", "any", i, "sql")) for i, a in enumerate(due.any))
    return _expression_of(exp.or_(*(expression.tree.copy() for _, expression in labels))), labels


def _expression_of(tree: exp.Expr) -> Expression:
    return Expression(tree, tuple(dict.fromkeys(c.name for c in tree.find_all(exp.Column, bfs=False))))


def _every(conditions: Sequence[Condition]) -> Expression:
    """That all of them hold; what is in no extract is left out."""
    return _expression_of(exp.and_(*(c.expression.tree.copy() for c in conditions if not c.has_no_data)))


def _only_by(base: Expression, wide: Expression) -> Expression:
    """That the conditions do not hold, and with the switch on would hold or not be known."""
    lost = exp.not_(exp.func("coalesce", base.tree.copy(), exp.true()))
    kept = exp.func("coalesce", wide.tree.copy(), exp.true())
    return _expression_of(exp.and_(lost, kept))


def _outside(audience: Expression | None, only: Expression) -> Expression:
    """The audience without those for whom ``only`` holds."""
    others = exp.not_(exp.paren(only.tree.copy()))
    return _expression_of(others if audience is None else exp.and_(audience.tree.copy(), others))


def _title(title: str, *, draft: bool, checked: bool = True) -> str:
    marks = ["征求意见稿"] if draft and "征求意见稿" not in title else []
    marks += [] if checked else ["未对照原文"]
    return f"《{title}》" + "".join(f"（{mark}）" for mark in marks)


def _citation(document: str, item: str, clause: str, section: str = "") -> Citation:
    more = f"；{section}" if section else ""
    return Citation(f"{document}{item}：“{clause}”{more}", document, item)


def _ground(ground: model.Ground, rule: model.Programme, document: str, own: Citation) -> Citation:
    if not ground.clause:
        return own
    if ground.document is not None:
        document = _title(ground.document, draft=False, checked=ground.checked)
        return _citation(document, ground.item, ground.clause)
    return _citation(document, ground.item or rule.item, ground.clause)


def cited(citations: Sequence[Citation]) -> tuple[str, str]:
    """Several citations in full and in short, each once; the short form gives a document's title once."""
    once = list(dict.fromkeys(citations))
    by_document: dict[str, list[str]] = {}
    for citation in once:
        by_document.setdefault(citation.document, []).append(citation.item)
    short = "、".join(document + "、".join(dict.fromkeys(items)) for document, items in by_document.items())
    return "；".join(citation.full for citation in once), short


def _near(name: str, known: Collection[str]) -> str:
    listed = messages.COMMA().join(known) or messages.NONE()
    return _did_you_mean(name, known) or messages.IT_HAS(names=listed)


def _did_you_mean(name: str, known: Collection[str]) -> str:
    near = [f"`{other}`" for other in get_close_matches(name, dict.fromkeys(known), n=2)]
    return messages.DID_YOU_MEAN(names=messages.OR().join(near)) if near else ""


def _begun(rule: model.Programme, as_of: date) -> bool:
    return (rule.in_force_from is None or rule.in_force_from <= as_of) and (
        rule.in_force_until is None or as_of <= rule.in_force_until
    )


def _overlap(left: model.Programme, right: model.Programme) -> bool:
    return (left.in_force_from or date.min) <= (right.in_force_until or date.max) and (
        right.in_force_from or date.min
    ) <= (left.in_force_until or date.max)
