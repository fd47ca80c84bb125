"""Conditions of a rule as expressions, and what follows from them together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from sqlglot import exp

from outreach.policy.language import model
from outreach.policy.language.expressions import Expression
from outreach.policy.language.policy import Condition


class ReadExpression(Protocol):
    """Reads an expression of a rule; what follows is where in the condition it is."""

    def __call__(self, sql: str, *place: str | int) -> Expression: ...


def read_condition(
    condition: model.Condition, read: ReadExpression, switches: Mapping[str, bool]
) -> Condition:
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
        expression = expression_of(exp.or_(*either) if either else exp.false())
    return Condition(
        condition.name,
        condition.label,
        expression,
        condition.window,
        condition.asks,
        condition.fails,
        tuple(alternatives) if condition.any else (),
    )


def read_due(
    due: model.DueWhen | None, read: ReadExpression
) -> tuple[Expression | None, tuple[tuple[str, Expression], ...]]:
    """When a service is due, and the ways in which it may be, by label."""
    if due is None or due.sql is not None:
        return (None if due is None or due.sql is None else read(due.sql, "due_when", "sql")), ()
    labels = tuple((a.label, read(a.sql, "due_when", "any", i, "sql")) for i, a in enumerate(due.any))
    return expression_of(exp.or_(*(expression.tree.copy() for _, expression in labels))), labels


def expression_of(tree: exp.Expr) -> Expression:
    return Expression(tree, tuple(dict.fromkeys(c.name for c in tree.find_all(exp.Column, bfs=False))))


def every(conditions: Sequence[Condition]) -> Expression:
    """That all of them hold; what is in no extract is left out."""
    return expression_of(exp.and_(*(c.expression.tree.copy() for c in conditions if not c.has_no_data)))


def only_by(base: Expression, wide: Expression) -> Expression:
    """That the conditions do not hold, and with the switch on would hold or not be known."""
    lost = exp.not_(exp.func("coalesce", base.tree.copy(), exp.true()))
    kept = exp.func("coalesce", wide.tree.copy(), exp.true())
    return expression_of(exp.and_(lost, kept))


def outside(audience: Expression | None, only: Expression) -> Expression:
    """The audience without those for whom ``only`` holds."""
    others = exp.not_(exp.paren(only.tree.copy()))
    return expression_of(others if audience is None else exp.and_(audience.tree.copy(), others))
