"""Why a policy decides as it does about one person of a release: every programme, every condition.

A release keeps the decisions that matter to somebody; those that it leaves out are known here, too, by
evaluating the conditions again of the person's published facts.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from contracts.facts import FACTS
from outreach.policy.compile.amounts import amount_sql
from outreach.policy.language.policy import Condition, Policy, Programme
from outreach.policy.reasons.amount_words import amount_words
from outreach.policy.reasons.patterns import Reading
from outreach.policy.simulation.people import load_people
from outreach.policy.simulation.simulate import build_side
from outreach.policy.tables import delivered_extracts

_SIDE = "person"


@dataclass(frozen=True)
class Yielding:
    """Two rights of which one is kept: the programme that gives way, to what or to whom, what each is worth.

    ``to_person``: the member of the household who receives a benefit of one to a household; else None.
    """

    programme: str
    to_programme: str
    to_person: str | None
    worth: Decimal | None
    to_worth: Decimal | None


@dataclass(frozen=True)
class Judged:
    """What a programme's rule decides for a person. ``applicability`` False: it does not concern the person.

    ``missing``: (fact, extract that would supply it). ``citation``: the grounds that hold. ``due``: of a
    periodic service, whether it is due; None = not known. ``gives_way``: set where every condition holds and
    the right goes to another. ``prevails``: other rights of the person that give way to this one.
    """

    programme: Programme
    applicability: bool | None
    conditions: tuple[tuple[Condition, bool | None], ...]
    missing: tuple[tuple[str, str | None], ...]
    amount: Decimal | None
    amount_words: tuple[str, ...]
    due: bool | None
    citation: str = ""
    gives_way: Yielding | None = None
    prevails: tuple[Yielding, ...] = ()

    @property
    def verdict(self) -> bool | None:
        """Whether all conditions hold; None = unknown."""
        values = [value for _, value in self.conditions]
        return False if False in values else None if None in values else True

    @property
    def decision(self) -> str:
        """``eligible``, ``ineligible``, ``unknown``, or ``outside`` the programme's applicability."""
        if self.applicability is False:
            return "outside"
        if self.gives_way is not None:
            return "ineligible"
        return {True: "eligible", False: "ineligible", None: "unknown"}[self.verdict]


def judge(snapshot: Path, policy: Policy, person_id: str) -> list[Judged]:
    """Every programme in force, in the policy's order, evaluated for one person of a published
    ``mart.duckdb``.

    Raises:
        KeyError: the release has no such person.
    """
    with duckdb.connect(":memory:") as con:
        load_people(con, snapshot, household_of=person_id)
        facts = _facts(con, person_id)
        delivered = delivered_extracts(con)
        judged = [_judge(con, programme, policy, facts, delivered) for programme in policy.programmes]
        sole = frozenset(
            j.programme.id
            for j in judged
            if j.programme.group is not None or (j.programme.rule.household and j.verdict)
        )
        yielding = _yielding(con, policy, sole, person_id) if sole else []
    return [_placed(j, yielding) for j in judged]


def _facts(con: duckdb.DuckDBPyConnection, person_id: str) -> Mapping[str, Any]:
    """The person's facts, and a table ``one_person`` of that row alone."""
    con.execute("CREATE TABLE one_person AS SELECT * FROM facts.person WHERE person_id = ?", [person_id])
    names = [fact.name for fact in FACTS]
    rows = con.execute(f"SELECT {', '.join(names)} FROM one_person").fetchall()
    if not rows:
        raise KeyError("the release has no such person")
    return dict(zip(names, rows[0], strict=True))


def _judge(
    con: duckdb.DuckDBPyConnection,
    programme: Programme,
    policy: Policy,
    facts: Mapping[str, Any],
    delivered: Collection[str],
) -> Judged:
    rule = programme.rule
    expressions: dict[str, str] = {c.name: c.expression.sql() for c in programme.conditions}
    expressions |= {f"when {when}": case.sql() for when, case in programme.cases.items()}
    expressions["the amount"] = f"CAST({amount_sql(programme, policy).sql('duckdb')} AS DECIMAL(12, 2))"
    expressions["the applicability"] = (
        "NULL" if programme.applicability is None else programme.applicability.sql()
    )
    expressions |= {f"mark {i}": mark.sql() for i, mark in enumerate(programme.marks)}
    expressions["is due"] = "TRUE" if programme.due_when is None else programme.due_when.sql()
    (row,) = con.execute(f"SELECT {', '.join(expressions.values())} FROM one_person").fetchall()
    values_of = dict(zip(expressions, row, strict=True))
    values = tuple((c, values_of[c.name]) for c in programme.conditions)
    gaps = frozenset(fact for fact in programme.facts if facts[fact] is None)
    marks = tuple(values_of[f"mark {i}"] is True for i in range(len(programme.marks)))
    reading = Reading(programme, values, gaps, marks)
    holds = {when: values_of[f"when {when}"] for when in programme.cases}
    return Judged(
        programme,
        applicability=values_of["the applicability"],
        conditions=values,
        missing=tuple(reading.missing(delivered)),
        amount=values_of["the amount"],
        amount_words=tuple(amount_words(programme, policy, facts["age"], holds)),
        due=values_of["is due"] if rule.mode == "due" else None,
        citation=reading.citation()[0],
    )


def _yielding(
    con: duckdb.DuckDBPyConnection, policy: Policy, programmes: frozenset[str], person_id: str
) -> list[Yielding]:
    build_side(con, policy, programmes, _SIDE)
    rows = con.execute(
        "SELECT d.programme, d.by_programme, o.person_id, d.worth, d.by_worth "
        "FROM decisions.displaced_today AS d INNER JOIN one_person AS a ON a.person_key = d.person_key "
        "INNER JOIN facts.person AS o ON o.person_key = d.by_person"
    ).fetchall()
    return [
        Yielding(programme, by, None if other == person_id else other, worth, by_worth)
        for programme, by, other, worth, by_worth in rows
    ]


def _placed(judged: Judged, yielding: list[Yielding]) -> Judged:
    own = judged.programme.id
    gives_way = next((y for y in yielding if y.programme == own), None)
    prevails = tuple(y for y in yielding if y.to_programme == own and y.to_person is None)
    return replace(judged, gives_way=gives_way, prevails=prevails)
