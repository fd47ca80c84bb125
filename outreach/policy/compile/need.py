"""The order of need (紧要程度): the class of a person, by terms of the policy."""

from __future__ import annotations

from sqlglot import exp

from outreach.policy.language.policy import Policy


def need_class_sql(policy: Policy) -> str:
    """A person's class of need as an INTEGER, 1 the most urgent; what is not known counts as not holding."""
    case = exp.case()
    for number, holds in enumerate(policy.need_classes, start=1):
        known = exp.func("coalesce", holds.tree.copy(), exp.false())
        case = case.when(known, exp.Literal.number(number), copy=False)
    others = exp.Literal.number(len(policy.need_classes) + 1)
    return exp.cast(case.else_(others) if policy.need_classes else others, "INTEGER").sql("duckdb")
