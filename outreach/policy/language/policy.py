"""A policy in force on a day: what was checked, ready to be compiled."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from sqlglot import exp

from contracts.extracts.registry import EXTRACTS
from outreach.policy.language import model
from outreach.policy.language.citations import Citation
from outreach.policy.language.expressions import Expression
from outreach.policy.language.files import Source

EXTRACT_NAMES: tuple[str, ...] = tuple(extract.name for extract in EXTRACTS)
EXTRACT_BIT: Mapping[str, int] = {name: 1 << i for i, name in enumerate(EXTRACT_NAMES)}

NEED_CLASSES = ("need_class_1", "need_class_2", "need_class_3")
"""The terms that say who is in which class of need (紧要程度)."""
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
        """Whether no extract delivers it (its ``sql`` is NULL): ``asks`` words what to find out."""
        return isinstance(self.expression.tree, exp.Null)

    @property
    def extract_mask(self) -> int:
        """The extracts it rests on, as bits of ``EXTRACT_BIT``."""
        return sum(EXTRACT_BIT[name] for name in self.expression.extracts)


@dataclass(frozen=True)
class Programme:
    """A programme in force, ready to be compiled.

    ``grounds``: clauses that hold for some people only, each with its condition; ``citation`` is the
    programme's own clause. ``off``: switches that are off and would widen it, each with the condition that a
    person is entitled by it and not without it. ``source``, ``index``: the file that says it, and where.
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
        """Every extract besides the register that its amount rests on."""
        extracts = dict.fromkeys(e for case in self.cases.values() for e in case.extracts)
        return tuple(extract for extract in extracts if extract != "household_register")

    @cached_property
    def receipt_facts(self) -> tuple[str, ...]:
        """The facts whose extract, besides the benefit roll, shows that it is received."""
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
