"""Checks of the policy itself: what can be known of a rule without anybody's data."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal

import z3  # type: ignore[import-untyped]
from sqlglot import exp

from outreach.policy.language import files, messages, model
from outreach.policy.language.expressions import Expression
from outreach.policy.language.files import SHIPPED, Location
from outreach.policy.language.load import load_policy
from outreach.policy.language.policy import Indicator, Policy, Programme
from outreach.policy.proofs.solver import Person, eligible, example, in_band, possible

Severity = Literal["error", "note"]


@dataclass(frozen=True)
class Finding:
    """Something found in a policy: an ``error`` is a mistake, a ``note`` worth knowing (a figure not set).

    ``programme``: the programme or indicator that it is about.
    """

    region: str
    programme: str | None
    severity: Severity
    message: str
    person: dict[str, Any] = field(default_factory=dict)
    where: str = ""
    """File and line of what is meant."""
    part: str | None = None
    """The condition of the programme that it is about, or ``amount``."""


def check(
    policies: Path = SHIPPED,
    *,
    as_of: date,
    documents: Path | None = None,
    parameters: Callable[[str], Path | None] = lambda region: None,
) -> list[Finding]:
    """Every finding of every policy of the set in force on ``as_of``.

    ``documents``: a folder of the documents' texts, ``<region>.txt``; where given, each clause must be in
    its document word for word. ``parameters``: where a region's locality keeps its own figures and switches.

    Raises:
        PolicyError: a file cannot be used at all; the message names file, line and what was meant.
    """
    findings: list[Finding] = []
    for region in sorted({file.region for file, _ in files.read_all(policies)}):
        findings += check_policy(load_policy(region, policies, parameters(region), as_of=as_of), documents)
    return findings


def check_policy(policy: Policy, documents: Path | None = None) -> list[Finding]:
    """Every finding of one policy."""
    found = [
        *_conditions(policy),
        *_switches(policy),
        *_works(policy),
        *_amounts(policy),
        *_parameters(policy),
        *_floors(policy),
        *check_indicators(policy),
        *check_queue(policy),
        *_citations(policy, documents),
    ]
    return [replace(finding, where=finding.where or _where(policy, finding)) for finding in found]


def _where(policy: Policy, finding: Finding) -> str:
    """File and line of the programme or indicator that a finding is about; of a condition that it names."""
    for index, indicator in enumerate(policy.file.indicators):
        if indicator.id == finding.programme:
            return policy.source.place(("indicators", index))
    for programme in _all(policy):
        if programme.id == finding.programme:
            names = [condition.name for condition in programme.rule.conditions]
            place: Location = ("programmes", programme.index)
            if finding.part in names:
                place = (*place, "conditions", names.index(finding.part))
            elif finding.part == "amount":
                place = (*place, "amount")
            return programme.source.place(place)
    return policy.source.path.name


def _error(
    policy: Policy,
    programme: Programme,
    message: str,
    person: dict[str, Any] | None = None,
    part: str | None = None,
) -> Finding:
    return Finding(policy.region, programme.id, "error", message, person or {}, part=part)


def _conditions(policy: Policy) -> Iterator[Finding]:
    for programme in _all(policy):
        if not programme.rule.conditions:
            yield _error(policy, programme, messages.NO_CONDITIONS())
        anybody = Person()
        if not possible(anybody, [eligible(anybody, programme)]):
            yield _error(policy, programme, messages.NOBODY_FULFILS())
            continue
        for condition in programme.decidable:
            anybody = Person()
            truth = anybody.truth(condition.expression)
            if not possible(anybody, [truth.true]):
                message = messages.NEVER_TRUE(name=condition.name)
                yield _error(policy, programme, message, part=condition.name)
            # what `asks` names is in no extract: such a condition is true or unknown, never false
            if condition.asks is None and not possible(anybody, [truth.false]):
                message = messages.NEVER_FALSE(name=condition.name)
                yield _error(policy, programme, message, part=condition.name)
            if condition.name == "alive" and programme.rule.registered is not False:
                continue  # who is registered is alive; stated all the same, for the reason of a stop
            anybody = Person()
            others = [anybody.truth(c.expression).true for c in programme.decidable if c is not condition]
            if not possible(anybody, [*others, z3.Not(anybody.truth(condition.expression).true)]):
                message = messages.FOLLOWS(name=condition.name)
                yield Finding(policy.region, programme.id, "note", message, part=condition.name)


def _all(policy: Policy) -> tuple[Programme, ...]:
    """Every programme that has begun, also those that are switched off."""
    return (*policy.programmes, *policy.dormant)


def _switches(policy: Policy) -> Iterator[Finding]:
    """A switch that is off would entitle somebody who is not entitled without it."""
    for programme in _all(policy):
        for switch, only in programme.off:
            anybody, somebody = Person(), Person()
            if not possible(somebody, [eligible(somebody, programme)]):
                continue  # reported already: nobody can fulfil all conditions
            if not possible(anybody, [anybody.truth(only).true]):
                yield _error(policy, programme, messages.SWITCH_WIDENS_NOBODY(name=switch))


def _works(policy: Policy) -> Iterator[Finding]:
    """Nobody is given the same work twice, unless the file allows it or the two exclude each other."""
    of = {programme.id: programme for programme in _all(policy)}
    for work, members in policy.works.items():
        pairs = [
            (of[name], of[other])
            for i, name in enumerate(members)
            for other in members[i + 1 :]
            if name in of and other in of
        ]
        twice = []
        for left, right in pairs:
            if left.group is not None and left.group == right.group:
                continue
            anybody = Person()
            both = [eligible(anybody, left), eligible(anybody, right)]
            named = list(dict.fromkeys([*left.facts, *right.facts]))
            person = example(anybody, both, named)
            if person is not None:
                twice.append((left, right, person))
        if work in policy.file.together:
            if not twice:
                place = policy.source.place(("together", work))
                message = messages.TOGETHER_NEEDLESS(work=work)
                yield Finding(policy.region, None, "error", message, where=place)
            continue
        for left, right, person in twice:
            message = messages.SAME_WORK_TWICE(name=left.id, other=right.id, work=work)
            yield _error(policy, left, message, person)


def _amounts(policy: Policy) -> Iterator[Finding]:
    for programme in _all(policy):
        if programme.rule.amount is not None:
            yield from _partition(policy, programme, programme.rule.amount)


def _partition(policy: Policy, programme: Programme, amount: model.Amount) -> Iterator[Finding]:
    """Bands and cases of an amount: nobody eligible falls between them, nobody into two."""
    for part in (*amount.cases, *amount.sum, *amount.greatest):
        yield from _partition(policy, programme, part)
    if not amount.bands and not amount.cases:
        return
    kind = "bands" if amount.bands else "cases"
    anybody = Person(complete=True)
    entitled = eligible(anybody, programme)
    if amount.bands:
        members = [in_band(anybody, band) for band in amount.bands]
        known: list[Any] = []
        named = ["age"]
    else:
        truths = [anybody.truth(programme.cases[case.when or ""]) for case in amount.cases]
        members = [truth.true for truth in truths]
        known = [z3.Not(truth.unknown) for truth in truths]
        named = [fact for case in amount.cases for fact in programme.cases[case.when or ""].facts]
    named = list(dict.fromkeys([*named, *programme.facts]))
    outside = example(anybody, [entitled, *known, z3.Not(z3.Or(*members))], named)
    if outside is not None:
        yield _error(policy, programme, messages.AMOUNT_HOLE(kind=kind), outside, "amount")
    for i, left in enumerate(members):
        for right in members[i + 1 :]:
            twice = example(anybody, [entitled, left, right], named)
            if twice is not None:
                yield _error(policy, programme, messages.AMOUNT_OVERLAP(kind=kind), twice, "amount")


def _parameters(policy: Policy) -> Iterator[Finding]:
    used = {name: programme for programme in _all(policy) for name in programme.rule.parameters()}
    for name, parameter in policy.file.parameters.items():
        if name not in used:
            yield Finding(policy.region, None, "error", messages.PARAMETER_UNUSED(name=name))
        elif policy.amount(name) is None and parameter.values:
            first = min(value.from_ for value in parameter.values)
            message = messages.PARAMETER_NOT_BEGUN(name=name, day=policy.as_of, first=first)
            yield Finding(policy.region, used[name].id, "error", message)
        elif policy.amount(name) is None:
            message = messages.PARAMETER_UNSET(name=name, label=parameter.label)
            yield Finding(policy.region, used[name].id, "note", message)


def _floors(policy: Policy) -> Iterator[Finding]:
    """No figure of a locality is below the least (不低于) or above the most (不超过) of its document."""
    for programme in _all(policy):
        amount = programme.rule.amount
        if amount is None or not (amount.floor or amount.ceiling):
            continue
        for name in amount.parameters():
            begun = [v for v in policy.file.parameters[name].values if v.from_ <= policy.as_of]
            bound = max(begun, key=lambda v: v.from_, default=None)
            value = policy.amount(name)
            if bound is None or value is None:
                continue
            if amount.floor and value < bound.value:
                message = messages.BELOW_FLOOR(name=name, value=value, day=policy.as_of, least=bound.value)
                yield _error(policy, programme, message)
            if amount.ceiling and value > bound.value:
                message = messages.ABOVE_CEILING(name=name, value=value, day=policy.as_of, most=bound.value)
                yield _error(policy, programme, message)


def check_indicators(policy: Policy) -> Iterator[Finding]:
    """What is wrong with how an indicator is counted; the numerator is counted within the denominator."""
    for indicator in policy.indicators:
        for programme in indicator.programmes or (None,):
            if indicator.denominator is not None and indicator.numerator is not None:
                of_whom = _in_full(indicator.denominator, programme)
                yield from _share(policy, indicator, of_whom, _in_full(indicator.numerator, programme))


def _share(
    policy: Policy, indicator: Indicator, of_whom: Expression, counts: Expression
) -> Iterator[Finding]:
    def found(message: str, person: dict[str, Any] | None = None) -> Finding:
        return Finding(policy.region, indicator.id, "error", message, person or {})

    anybody = Person()
    entitled = [anybody.truth(of_whom).true]
    if not indicator.programmes:
        entitled.append(anybody.fact("registered").value)
    counted = anybody.truth(counts)
    named = list(dict.fromkeys([*counts.facts, *of_whom.facts]))
    if not possible(anybody, entitled):
        yield found(messages.EMPTY_DENOMINATOR())
    elif not possible(anybody, [*entitled, counted.true]):
        outside = example(anybody, [counted.true, z3.Not(entitled[0])], named)
        yield found(messages.ALWAYS_0(), outside)
    elif not possible(anybody, [*entitled, counted.false]):
        inside = example(anybody, [*entitled, counted.true], named)
        yield found(messages.ALWAYS_1(), inside)
    else:
        anybody = Person(complete=True)
        open_end = [anybody.truth(of_whom).true, anybody.truth(counts).unknown]
        left_out = example(anybody, open_end, named)
        if left_out is not None:
            yield found(messages.STAYS_UNKNOWN(), left_out)


def _in_full(expression: Expression, programme: Programme | None) -> Expression:
    """The expression with the programme's conditions in the place of ``eligible``."""
    if programme is None or "eligible" not in expression.facts:
        return expression
    conditions = exp.and_(*(c.expression.tree.copy() for c in programme.decidable))

    def put_in(node: exp.Expr) -> exp.Expr:
        is_verdict = isinstance(node, exp.Column) and node.name == "eligible"
        return exp.paren(conditions.copy()) if is_verdict else node

    others = (fact for fact in expression.facts if fact != "eligible")
    facts = tuple(dict.fromkeys((*programme.facts, *others)))
    return Expression(expression.tree.transform(put_in), facts)


def check_queue(policy: Policy) -> Iterator[Finding]:
    """Whoever may have a place belongs to a class of the queue, and no class is empty for all that."""
    queue = policy.queue
    if queue is None:
        return
    others = any(expression is None for _, expression in queue.classes)
    for programme in queue.programmes:
        anybody = Person(complete=True)
        classes = [anybody.truth(e).true for _, e in queue.classes if e is not None]
        named = [fact for _, e in queue.classes if e is not None for fact in e.facts]
        outside = [eligible(anybody, programme), z3.Not(z3.Or(*classes))] if classes else []
        named = list(dict.fromkeys([*programme.facts, *named]))
        person = None if others else example(anybody, outside, named)
        if person is not None:
            message = messages.QUEUE_HOLE(name=programme.id)
            yield _queue_error(policy, ("queue", "classes"), message, person)
    for index, (each, own) in enumerate(queue.classes):
        anybody = Person()
        before = [anybody.truth(e).true for _, e in queue.classes[:index] if e is not None]
        entitled = z3.Or(*(eligible(anybody, programme) for programme in queue.programmes))
        within = [entitled, *map(z3.Not, before)]
        within += [anybody.truth(own).true] if own is not None else []
        if queue.programmes and not possible(anybody, within):
            message = messages.QUEUE_EMPTY_CLASS(name=each.id)
            yield _queue_error(policy, ("queue", "classes", index), message)


def _queue_error(
    policy: Policy, place: Location, message: str, person: dict[str, Any] | None = None
) -> Finding:
    return Finding(policy.region, None, "error", message, person or {}, policy.source.place(place))


_LIST_ITEM = re.compile(r"清单第\d+项")
_QUOTED_PARTS = re.compile(r"……|；")


def _citations(policy: Policy, documents: Path | None) -> Iterator[Finding]:
    text = None
    if documents is not None and (documents / f"{policy.region}.txt").exists():
        text = _squeezed((documents / f"{policy.region}.txt").read_text(encoding="utf-8"))
    own = [p for p in _all(policy) if p.source is policy.source]
    cited = [*((p.id, p.rule.item, p.rule.clause) for p in own)]
    cited += [
        (p.id, ground.item or p.rule.item, ground.clause)
        for p in own
        for ground in p.rule.grounds
        if ground.clause and ground.document is None
    ]
    cited += [(i.id, i.rule.item, i.rule.clause) for i in policy.indicators]
    if policy.queue is not None:
        queue = policy.queue.rule
        cited.append((queue.programmes[0], queue.item, queue.clause))
    for name, item, clause in cited:
        if _LIST_ITEM.fullmatch(item) and not policy.file.document.list:
            yield Finding(policy.region, name, "error", messages.NO_LIST(item=item))
        if text is not None:
            missing = [part for part in _QUOTED_PARTS.split(clause) if _squeezed(part) not in text]
            if missing:
                message = messages.NOT_IN_DOCUMENT(words="；".join(missing))
                yield Finding(policy.region, name, "error", message)


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)
