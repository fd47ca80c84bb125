"""Conditions as formulas: what is proved of a policy, not sampled, with a person as the example.

A fact is a value and whether it is known; a condition is two formulas, when it is true and when it is false
(neither = unknown), so that SQL's three-valued logic is kept. ``AXIOMS`` state how facts depend on each
other: a world that breaks one cannot occur, and no example may come from it.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from typing import Any

import z3  # type: ignore[import-untyped]
from sqlglot import exp

from outreach.policy.language import model
from outreach.policy.language.expressions import ALL_FACTS, TEXT_VALUES, Expression, parse_condition
from outreach.policy.language.policy import Policy, Programme

AXIOMS: tuple[str, ...] = (
    "NOT registered OR alive",
    "age BETWEEN 0 AND 130",
    "age < 63 OR employee_age_reached",
    "age >= 50 OR NOT employee_age_reached",
    "hard_up = (on_minimum_living OR on_destitute_dispersed OR on_destitute_central OR on_margin"
    " OR on_expenditure)",
    "destitute = (on_destitute_dispersed OR on_destitute_central)",
    "has_certificate = (disability_grade <> 'none')",
    "has_certificate = (disability_category <> 'none')",
    "severely_disabled = (disability_grade IN ('1', '2'))",
    "ability_level BETWEEN 0 AND 4",
    "disabled_old = (ability_level >= 1)",
    "unable_to_self_care = (ability_level >= 3)",
    "partly_unable = (ability_level IN (1, 2))",
    "fp_special = (family_planning IN ('bereaved', 'disabled_child'))",
    "NOT long_term_care OR has_assessment",
    "NOT has_supporter OR NOT no_supporter",
    "household_carers >= 0",
    "household_has_carer = (household_carers >= 1)",
    "NOT employee_pension_open OR NOT employee_pension_drawn",
    "NOT resident_pension_open OR NOT resident_pension_drawn",
    "days_since_visit >= 0",
    "NOT visited_this_week OR (ever_visited AND days_since_visit <= 6)",
    "NOT visited_this_month OR (ever_visited AND days_since_visit <= 30)",
    "days_since_visit >= 1 OR (visited_this_week AND visited_this_month)",
    "NOT paid_on_time OR receiving",
    "NOT paid_in_full OR receiving",
)
"""Never false of anybody (``contracts/facts.py`` and ``contracts/entitlements.py`` say why each holds)."""

_ALWAYS_KNOWN = ("alive", "registered")
_KNOWN_IF_TRUE = {
    "ever_visited": ("days_since_visit", "last_visit_on"),
}
_ABILITY = ("ability_level", "disabled_old", "unable_to_self_care", "partly_unable")
"""Known together; of a person about whom all is known, where there is an assessment."""
_KNOWN_ALONE = ("care_survey",)
"""Extracts whose facts may each be missing on its own; facts of any other extract are known together."""

_ORDINARY: Mapping[str, Any] = {"alive": True, "registered": True, "age": 70, "ability_level": 0}
"""What an example person is like where nothing requires otherwise (all else: false, none, known)."""

Formula = Any
"""A z3 term; z3 has no types of its own."""


@dataclass(frozen=True)
class Truth:
    """A condition as two formulas; neither true nor false = unknown."""

    true: Formula
    false: Formula

    @property
    def unknown(self) -> Formula:
        return z3.Not(z3.Or(self.true, self.false))


@dataclass(frozen=True)
class Term:
    """A value that may be missing."""

    value: Formula
    known: Formula


@dataclass
class Person:
    """Anybody: one z3 variable a fact, made as facts are named."""

    complete: bool = False
    facts: dict[str, Term] = field(default_factory=dict)

    def fact(self, name: str) -> Term:
        """The variables of a fact."""
        if name not in self.facts:
            kind = ALL_FACTS[name].sql_type
            variable = z3.Bool(name) if kind == "BOOLEAN" else z3.Int(name)
            self.facts[name] = Term(variable, self._known(name))
        return self.facts[name]

    def _known(self, name: str) -> Formula:
        if name in _ALWAYS_KNOWN:
            return z3.BoolVal(True)
        for condition, dependants in _KNOWN_IF_TRUE.items():
            if name in dependants:
                root = self.fact(condition)
                return z3.And(root.known, root.value)
        if name in _ABILITY:
            assessed = self.fact("has_assessment")
            known = [] if self.complete else [z3.Bool("known ability")]
            return z3.And(assessed.known, assessed.value, *known)
        extract = ALL_FACTS[name].extracts[0]
        if self.complete:
            return z3.BoolVal(True)
        return z3.Bool(f"known {name if extract in _KNOWN_ALONE else '+'.join(ALL_FACTS[name].extracts)}")

    def truth(self, expression: Expression) -> Truth:
        """When an expression is true of this person, and when false."""
        return _truth(expression.tree, self)

    def axioms(self) -> list[Formula]:
        """What no person can break: the axioms over the facts named so far, and the values facts can have."""
        found = []
        for axiom in _axioms(self.complete):
            if axiom.about & self.facts.keys():
                found.append(axiom.holds)
                for name, term in axiom.facts.items():
                    self.facts.setdefault(name, term)
        for name, term in list(self.facts.items()):
            if name in TEXT_VALUES:
                found.append(z3.And(term.value >= 0, term.value < len(TEXT_VALUES[name])))
        return found


@dataclass(frozen=True)
class _Axiom:
    """An axiom as a formula: the facts that it is ``about``, and all ``facts`` that it takes."""

    about: frozenset[str]
    holds: Formula
    facts: Mapping[str, Term]


@cache
def _axioms(complete: bool) -> tuple[_Axiom, ...]:
    """The axioms, made once: a proof takes all of them, and a check of the policies two thousand proofs."""
    axioms = []
    for axiom in AXIOMS:
        expression, anybody = parse_condition(axiom, {}, ALL_FACTS), Person(complete)
        holds = z3.Not(anybody.truth(expression).false)
        axioms.append(_Axiom(frozenset(expression.facts), holds, anybody.facts))
    return tuple(axioms)


def possible(person: Person, formulas: Iterable[Formula]) -> bool:
    """Whether there can be a person of whom all formulas are true."""
    solver = z3.Solver()
    solver.add(*formulas, *_all_axioms(person))
    return bool(solver.check() == z3.sat)


def example(person: Person, formulas: Iterable[Formula], named: Iterable[str]) -> dict[str, Any] | None:
    """A person of whom all formulas are true, as ordinary as can be, by the facts ``named``; None: nobody.

    A fact that is missing has the value None.
    """
    wanted = list(formulas)
    if not possible(person, wanted):
        return None
    solver = z3.Optimize()
    solver.add(*wanted, *_all_axioms(person))
    for name, term in person.facts.items():
        solver.add_soft(term.known)
        solver.add_soft(term.value == _encoded(name, _ORDINARY.get(name)))
    solver.check()
    found = solver.model()
    return {name: _decoded(name, person.fact(name), found) for name in named}


def same_as(person: Person, facts: Mapping[str, Any]) -> list[Formula]:
    """That a person's facts are just these (those given as None stay free)."""
    return [
        person.fact(name).value == _encoded(name, value) for name, value in facts.items() if value is not None
    ]


def _all_axioms(person: Person) -> list[Formula]:
    named = -1
    axioms: list[Formula] = []
    while named != len(person.facts):  # an axiom may name further facts, and they further axioms
        named = len(person.facts)
        axioms = person.axioms()
    return axioms


def _encoded(name: str, value: Any) -> Formula:
    kind = ALL_FACTS[name].sql_type
    if kind == "BOOLEAN":
        return z3.BoolVal(bool(value))
    if name in TEXT_VALUES:
        return z3.IntVal(TEXT_VALUES[name].index(value) if value else len(TEXT_VALUES[name]) - 1)
    return z3.IntVal(value or 0)


def _decoded(name: str, term: Term, found: Any) -> Any:
    if not z3.is_true(found.eval(term.known, model_completion=True)):
        return None
    value = found.eval(term.value, model_completion=True)
    if z3.is_bool(value):
        return z3.is_true(value)
    number = value.as_long()
    return TEXT_VALUES[name][number] if name in TEXT_VALUES else number


def _truth(node: exp.Expr, person: Person) -> Truth:
    if isinstance(node, exp.Paren):
        return _truth(node.this, person)
    if isinstance(node, exp.Boolean):
        return Truth(z3.BoolVal(node.this), z3.BoolVal(not node.this))
    if isinstance(node, exp.Null):
        return Truth(z3.BoolVal(False), z3.BoolVal(False))
    if isinstance(node, exp.Column):
        term = person.fact(node.name)
        return Truth(z3.And(term.known, term.value), z3.And(term.known, z3.Not(term.value)))
    if isinstance(node, exp.Not):
        inner = _truth(node.this, person)
        return Truth(inner.false, inner.true)
    if isinstance(node, exp.And | exp.Or):
        left, right = _truth(node.this, person), _truth(node.expression, person)
        if isinstance(node, exp.And):
            return Truth(z3.And(left.true, right.true), z3.Or(left.false, right.false))
        return Truth(z3.Or(left.true, right.true), z3.And(left.false, right.false))
    if isinstance(node, exp.Coalesce):
        result = _truth(node.this, person)
        for other in node.expressions:
            default = _truth(other, person)
            result = Truth(
                z3.Or(result.true, z3.And(result.unknown, default.true)),
                z3.Or(result.false, z3.And(result.unknown, default.false)),
            )
        return result
    if isinstance(node, exp.Nullif):
        value, other = _truth(node.this, person), _truth(node.expression, person)
        return Truth(z3.And(value.true, z3.Not(other.true)), z3.And(value.false, z3.Not(other.false)))
    if isinstance(node, exp.Is):
        return _is(node, person)
    if isinstance(node, exp.Case):
        return _case(node, person)
    if isinstance(node, exp.In):
        either = [_compare(exp.EQ, node.this, value, person) for value in node.expressions]
        return Truth(z3.Or(*(e.true for e in either)), z3.And(*(e.false for e in either)))
    if isinstance(node, exp.Between):
        low = _compare(exp.GTE, node.this, node.args["low"], person)
        high = _compare(exp.LTE, node.this, node.args["high"], person)
        return Truth(z3.And(low.true, high.true), z3.Or(low.false, high.false))
    return _compare(type(node), node.this, node.expression, person)


def _is(node: exp.Is, person: Person) -> Truth:
    other = node.expression
    if isinstance(other, exp.Null):
        missing = z3.Not(_term(node.this, person).known)
        return Truth(missing, z3.Not(missing))
    value = _truth(node.this, person)
    holds = value.true if other.this else value.false
    return Truth(holds, z3.Not(holds))


def _case(node: exp.Case, person: Person) -> Truth:
    default = node.args.get("default")
    result = Truth(z3.BoolVal(False), z3.BoolVal(False)) if default is None else _truth(default, person)
    for branch in reversed(node.args["ifs"]):
        when, then = _truth(branch.this, person), _truth(branch.args["true"], person)
        result = Truth(z3.If(when.true, then.true, result.true), z3.If(when.true, then.false, result.false))
    return result


_BOOLEAN = (exp.Paren, exp.And, exp.Or, exp.Not, exp.In, exp.Between, exp.Is, exp.Boolean)


def _is_boolean(node: exp.Expr) -> bool:
    if isinstance(node, exp.Column):
        return ALL_FACTS[node.name].sql_type == "BOOLEAN"
    if isinstance(node, exp.Paren):
        return _is_boolean(node.this)
    return isinstance(node, _BOOLEAN)


def _term(node: exp.Expr, person: Person, compared_with: exp.Expr | None = None) -> Term:
    if isinstance(node, exp.Paren) and not _is_boolean(node):
        return _term(node.this, person, compared_with)
    if isinstance(node, exp.Column) and not _is_boolean(node):
        return person.fact(node.name)
    if isinstance(node, exp.Literal) and node.is_string:
        values = TEXT_VALUES[compared_with.name] if compared_with is not None else ()
        return Term(z3.IntVal(values.index(node.this)), z3.BoolVal(True))
    if isinstance(node, exp.Literal):
        return Term(z3.IntVal(int(node.this)), z3.BoolVal(True))
    truth = _truth(node, person)
    return Term(truth.true, z3.Or(truth.true, truth.false))


_COMPARISONS: Mapping[type[exp.Expr], Callable[[Formula, Formula], Formula]] = {
    exp.EQ: operator.eq,
    exp.NEQ: operator.ne,
    exp.GT: operator.gt,
    exp.GTE: operator.ge,
    exp.LT: operator.lt,
    exp.LTE: operator.le,
}


def _compare(kind: type[exp.Expr], left: exp.Expr, right: exp.Expr, person: Person) -> Truth:
    a, b = _term(left, person, right), _term(right, person, left)
    known = z3.And(a.known, b.known)
    holds = _COMPARISONS[kind](a.value, b.value)
    return Truth(z3.And(known, holds), z3.And(known, z3.Not(holds)))


def eligible(person: Person, programme: Programme) -> Formula:
    """When every condition of the programme holds; what is in no extract is taken to hold."""
    return z3.And(*(person.truth(condition.expression).true for condition in programme.decidable))


def ineligible(person: Person, programme: Programme) -> Formula:
    """When a condition of the programme is false."""
    return z3.Or(*(person.truth(condition.expression).false for condition in programme.decidable))


def amount(person: Person, part: model.Amount | None, programme: Programme, policy: Policy) -> Term:
    """The amount a month as a term; not known where a parameter is not set or a case is unknown."""
    nothing = Term(z3.RealVal(0), z3.BoolVal(False))
    if part is None:
        return nothing
    if part.parameter is not None:
        value = policy.amount(part.parameter)
        cap = policy.amount(part.at_most) if part.at_most else None
        if value is None or (part.at_most and cap is None):
            return nothing
        figure = Fraction(value) * (part.times or 1)
        figure = min(figure, Fraction(cap)) if cap is not None else figure
        return Term(z3.RealVal(figure), z3.BoolVal(True))
    if part.bands:
        result = nothing
        age = person.fact("age")
        for band in reversed(part.bands):
            figure_or_none = policy.amount(band.parameter)
            term = (
                nothing if figure_or_none is None else Term(z3.RealVal(Fraction(figure_or_none)), age.known)
            )
            result = _choose(in_band(person, band), term, result)
        return result
    if part.cases:
        result = nothing
        for case in reversed(part.cases):
            when = person.truth(programme.cases[case.when or ""])
            chosen = _choose(when.true, amount(person, case, programme, policy), result)
            result = Term(chosen.value, z3.And(chosen.known, z3.Not(when.unknown)))
        return result
    parts = [amount(person, each, programme, policy) for each in (*part.sum, *part.greatest)]
    value = parts[0].value
    for other in parts[1:]:
        value = value + other.value if part.sum else z3.If(value >= other.value, value, other.value)
    return Term(value, z3.And(*(each.known for each in parts)))


def in_band(person: Person, band: model.Band) -> Formula:
    """When the age is known and within the band."""
    age = person.fact("age")
    top = [] if band.upto is None else [age.value <= band.upto]
    return z3.And(age.known, age.value >= band.from_, *top)


def _choose(when: Formula, then: Term, otherwise: Term) -> Term:
    return Term(z3.If(when, then.value, otherwise.value), z3.If(when, then.known, otherwise.known))
