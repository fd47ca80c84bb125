"""Facts that take a right away: conditions of a programme that hold only while such a fact is not true.

A condition like ``NOT destitute`` holds for everybody who is on no roll. Where a row of the roll is in
quarantine that absence shows nothing, so the models have to know which facts a programme fears.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import duckdb

from contracts.facts import FACT_BY_NAME
from outreach.policy.language.expressions import Expression
from outreach.policy.language.policy import Policy


@lru_cache(maxsize=16)
def excluding_facts(policy: Policy) -> Mapping[str, tuple[str, ...]]:
    """By programme, the yes/no facts of other extracts than the register that end a condition by being true.

    A condition of several facts counts by what each of them does while the others are not known.
    """
    questions: dict[tuple[str, str], str] = {}
    for programme in policy.programmes:
        for condition in programme.conditions:
            for fact in condition.expression.facts:
                known = FACT_BY_NAME[fact]
                if known.sql_type == "BOOLEAN" and "household_register" not in known.extracts:
                    questions[condition.expression.sql(), fact] = _ends_it(condition.expression, fact)
    if not questions:
        return {programme.id: () for programme in policy.programmes}
    with duckdb.connect() as con:
        answers = con.sql(f"SELECT {', '.join(questions.values())}").fetchall()[0]
    ending = {question for question, ends_it in zip(questions, answers, strict=True) if ends_it}
    return {
        programme.id: tuple(
            dict.fromkeys(
                fact
                for condition in programme.conditions
                for fact in condition.expression.facts
                if (condition.expression.sql(), fact) in ending
            )
        )
        for programme in policy.programmes
    }


def _ends_it(condition: Expression, fact: str) -> str:
    """As SQL: whether the condition holds while the fact is not known to be true, and not when it is."""
    others = [f"NULL::{FACT_BY_NAME[name].sql_type} AS {name}" for name in condition.facts if name != fact]
    row = ", ".join([*others, f"unnest([TRUE, FALSE, NULL]::BOOLEAN[]) AS {fact}"])
    holds = condition.sql()
    return (
        f"(SELECT bool_or({holds}) FILTER ({fact} IS DISTINCT FROM TRUE) "
        f"AND NOT coalesce(bool_or({holds}) FILTER ({fact}), FALSE) FROM (SELECT {row}))"
    )
