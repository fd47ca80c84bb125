"""Not below the list above (不得低于上级清单): does a lower list cover the upper one, item by item?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

import z3  # type: ignore[import-untyped]

from outreach.policy.language.policy import Policy, Programme
from outreach.policy.proofs.solver import Person, amount, eligible, example, ineligible, same_as

Outcome = Literal["covered", "missing", "not in the text", "narrower", "lower amount"]


@dataclass(frozen=True)
class Comparison:
    """What became of one item of the upper list.

    ``missing``: the lower list does not have it. ``not in the text``: the lower document has no list
    attached, and its text does not name it; whether its list has it is not known.
    ``narrower``: ``person`` is somebody whom the upper list covers and the lower does not. ``lower amount``:
    ``person`` would get ``lower_amount``, and ``upper_amount`` by the upper list.
    ``amounts_compared`` is false where one of the two amounts is set nowhere.
    """

    programme: str
    name: str
    outcome: Outcome
    person: Mapping[str, Any] = field(default_factory=dict)
    upper_amount: Decimal | None = None
    lower_amount: Decimal | None = None
    amounts_compared: bool = False


def compare(upper: Policy, lower: Policy) -> list[Comparison]:
    """Every item of ``upper``, in its order, held against ``lower``; items are the same by programme id.

    Proved over every person about whom all facts are known. Both lists' registrations are taken as the same,
    and exclusive groups and households are left aside: they decide who of the entitled receives. Who has the
    same work by another item of the lower list is covered. Who was never assessed, and for whom the lower
    list only waits for an assessment, is not left out.
    """
    theirs = {programme.id: programme for programme in lower.programmes}
    return [_compare(upper, programme, lower, theirs.get(programme.id)) for programme in upper.programmes]


def _of_the_same_work(policy: Policy, programme: str) -> list[Programme]:
    """The other programmes by which the policy gives the same work (``terms.yaml``)."""
    members = {name for work in policy.works.values() if programme in work for name in work}
    return [other for other in policy.programmes if other.id in members and other.id != programme]


def _compare(upper: Policy, above: Programme, lower: Policy, below: Programme | None) -> Comparison:
    name = above.rule.name
    if below is None:
        return Comparison(above.id, name, "missing" if lower.file.document.list else "not in the text")
    anybody = Person(complete=True)
    entitled, granted = eligible(anybody, above), eligible(anybody, below)
    others = _of_the_same_work(lower, below.id)
    by_any = z3.Or(granted, *(eligible(anybody, other) for other in others))
    denied = z3.And(*(ineligible(anybody, each) for each in (below, *others)))
    assessed = anybody.fact("has_assessment").value
    named = list(
        dict.fromkeys([*above.facts, *below.facts, *(fact for other in others for fact in other.facts)])
    )
    left_out = example(anybody, [entitled, z3.Not(by_any), z3.Or(denied, assessed)], named)
    if left_out is not None:
        return Comparison(above.id, name, "narrower", left_out)
    more = amount(anybody, above.rule.amount, above, upper)
    less = amount(anybody, below.rule.amount, below, lower)
    both = [entitled, granted, more.known, less.known]
    compared = example(anybody, both, ()) is not None
    cut = example(anybody, [*both, less.value < more.value], named)
    if cut is None:
        return Comparison(above.id, name, "covered", amounts_compared=compared)
    return Comparison(
        above.id,
        name,
        "lower amount",
        cut,
        _figure(upper, above, cut),
        _figure(lower, below, cut),
        amounts_compared=True,
    )


def _figure(policy: Policy, programme: Programme, person: Mapping[str, Any]) -> Decimal | None:
    """What the programme pays just this person, to the fen."""
    anybody = Person(complete=True)
    term = amount(anybody, programme.rule.amount, programme, policy)
    solver = z3.Solver()
    solver.add(*same_as(anybody, person), term.known)
    if solver.check() != z3.sat:
        return None
    value = solver.model().eval(term.value, model_completion=True).as_fraction()
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("0.01"))
