"""One person decided by the policy, as a night would: the facts become the night's tables, its models decide.

The tables of ``facts`` and ``run`` that decisions read are made of what is given; ages and coming birthdays,
decisions, actions, amounts and reasons are made by the same models and the same compiled policy as a night's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from contracts.facts import FACT_BY_NAME, FACTS
from outreach.engine import Warehouse, build
from outreach.errors import ArgumentError
from outreach.policy import person_facts
from outreach.policy.compile.profiles import LAPSING
from outreach.policy.compile.programmes import findings_sql
from outreach.policy.decide import decide
from outreach.policy.language.policy import EXTRACT_NAMES, Policy, Programme
from outreach.policy.reasons.patterns import Reading, read_pattern, texts
from outreach.policy.tables import extract_table, put

_PERSON = 1
"""The key of the person who is decided; members of the household follow."""

_ENDED = {
    "hardship_ended_on": (
        "hardship", "hard_up", "destitute", "on_minimum_living", "on_destitute_dispersed",
        "on_destitute_central", "on_margin", "on_expenditure", "on_poverty_watch",
    ),
    "certificate_ended_on": (
        "has_certificate", "severely_disabled", "disability_grade", "disability_category",
    ),
    "ability_ended_on": (
        "has_assessment", "ability_level", "disabled_old", "unable_to_self_care", "partly_unable",
    ),
}  # fmt: skip
"""The facts that end with a roll, a certificate, an assessment, where ``ended`` does not name each."""

_BIRTHS = ("birthday", "age", "pension_age")
_COMING = ("threshold", "recent_birthday")


@dataclass(frozen=True)
class Reason:
    """A condition of a programme: its words, and whether it holds; ``value`` None: not known.

    ``missing``: of an unknown one the facts that would decide it, each with the extract that supplies it.
    """

    name: str
    label: str
    value: bool | None
    missing: tuple[tuple[str, str | None], ...] = ()


@dataclass(frozen=True)
class ProgrammeDecision:
    """What a programme of the policy comes to for a person.

    Attributes:
        programme: its id; ``name``, ``item``: as the document has them; ``mode``: how it is granted.
        decision: ``eligible``, ``ineligible``, ``unknown``, or ``outside`` (the programme is not about them).
        action: what is to be done (``add``, ``adjust``, ``stop``, ``verify``, ``keep``, ``due``, …) or None.
        rule: the action and its cause, as ``add:entitled``.
        amount: yuan a month by the rule, None where there is none or the locality has to set it.
        current_amount: what is being paid.
        since: the day from which the action holds (a right begins, has ended, will begin).
        first_payment_month: of what is paid.
        reason: one sentence in Chinese, as on the list.
        conditions: every condition with its value.
        gives_way_to: the programme that is received in its place, where only one may be.
        clause: the citation: document, item and the clause's own words.
    """

    programme: str
    name: str
    item: str
    mode: str
    decision: str
    action: str | None
    rule: str | None
    amount: Decimal | None
    current_amount: Decimal | None
    since: date | None
    first_payment_month: date | None
    reason: str
    conditions: tuple[Reason, ...]
    gives_way_to: str | None
    clause: str


def decide_person(
    facts: Mapping[str, Any], policy: Policy, household: Sequence[Mapping[str, Any]] | None = None
) -> list[ProgrammeDecision]:
    """Every programme of ``policy`` decided for the person of these facts, in the policy's order.

    Args:
        facts: by name (``outreach.policy.person_facts``); missing or None = unknown.
        policy: in force on the day as of which is decided.
        household: the facts of the other members of the household, [] = there are none; None = not known,
            and a programme of one to a household is then verified unless ``household_id`` is given.

    Raises:
        ArgumentError: a fact or programme that does not exist, or a value that it cannot have.
    """
    people = [person_facts.checked(given, policy.as_of) for given in (facts, *(household or ()))]
    if household is not None:
        door = people[0].setdefault("household_id", "household")
        for member in people[1:]:
            member.setdefault("household_id", door)
    with Warehouse(Path(":memory:")) as warehouse:
        _tables(warehouse.con, people, policy)
        decide(warehouse, policy)
        return _read(warehouse.con, policy)


def _tables(con: duckdb.DuckDBPyConnection, people: Sequence[dict[str, Any]], policy: Policy) -> None:
    keyed = list(enumerate(people, start=_PERSON))
    put(con, "run.context", pa.table({"run_id": [""], "region": [policy.region], "region_code": [policy.code],
                                      "as_of": pa.array([policy.as_of], pa.date32())}))  # fmt: skip
    put(con, "run.extract", extract_table(_delivered(people)))
    types = {
        "person_key": "BIGINT",
        "person_id": "VARCHAR",
        **{fact.name: fact.sql_type for fact in (*FACTS, *person_facts.DATED)},
    }
    rows = [{**person, "person_key": key, "person_id": str(key)} for key, person in keyed]
    _put(con, "facts.given", types, rows)
    con.execute("CREATE TABLE facts.birth AS SELECT person_key, birth_date, sex FROM facts.given")
    build(con, "facts", only=_BIRTHS)
    ((wrong, age),) = con.execute(_AGE_CHECK).fetchall() or ((None, None),)
    if wrong is not None:
        raise ArgumentError(person_facts.CONTRADICTS(name="age", source="birth_date", derived=age))
    con.execute(_FACTS_PERSON.format(as_of=policy.as_of))
    build(con, "facts", only=_COMING)
    for table, (columns, found) in _others(keyed, policy).items():
        _put(con, table, columns, found)
    _put(con, "identity.link", {"extract": "VARCHAR", "row_number": "BIGINT", "person_key": "BIGINT"}, [
        {"extract": "household_register", "row_number": key, "person_key": key}
        for key, person in keyed if person["in_register"]
    ])  # fmt: skip


_AGE_CHECK = """
SELECT g.age, a.age FROM facts.given AS g INNER JOIN facts.age AS a ON a.birth_date = g.birth_date
WHERE g.age <> a.age LIMIT 1
"""
_FACTS_PERSON = """
CREATE TABLE facts.person AS
SELECT g.* REPLACE (
    coalesce(g.age, a.age) AS age,
    coalesce(
        g.employee_age_reached,
        CASE WHEN DATE '{as_of}' >= y.last_day THEN TRUE WHEN DATE '{as_of}' < y.first_day THEN FALSE END
    ) AS employee_age_reached
), NULL::VARCHAR AS name, NULL::VARCHAR AS id_number,
NULL::DATE AS last_met_on
FROM facts.given AS g
LEFT JOIN facts.age AS a ON a.birth_date = g.birth_date
LEFT JOIN facts.pension_age AS y ON y.birth_date = g.birth_date AND y.sex IS NOT DISTINCT FROM g.sex
"""


def _put(
    con: duckdb.DuckDBPyConnection, table: str, types: Mapping[str, str], rows: Sequence[Mapping[str, Any]]
) -> None:
    con.execute(f"CREATE TABLE {table} ({', '.join(f'{name} {kind}' for name, kind in types.items())})")
    if rows:
        marks = ", ".join("?" for _ in types)
        con.executemany(
            f"INSERT INTO {table} VALUES ({marks})", [[row.get(n) for n in types] for row in rows]
        )


def _delivered(people: Sequence[Mapping[str, Any]]) -> frozenset[str]:
    """Of three extracts it matters whether they are there: without them nobody knows what is received, or
    whether the person, of whom no sign of life is given, was met.
    """
    unknown = set()
    if any(person.get("receiving") is None for person in people):
        unknown.add("benefit_roll")
    if any(person.get("long_term_care") is None for person in people):
        unknown.add("long_term_care")
    if people[0].get("last_sign_of_life_on") is None:
        unknown.add("outreach_outcome")
    return frozenset(EXTRACT_NAMES) - unknown


_Table = tuple[dict[str, str], list[dict[str, Any]]]


def _others(keyed: Sequence[tuple[int, dict[str, Any]]], policy: Policy) -> dict[str, _Table]:
    """The tables in addition to ``facts.person``: what is received, refused, reported, ended, and of what
    grade."""
    key = {"person_key": "BIGINT"}
    of = {**key, "programme": "VARCHAR"}
    tables: dict[str, _Table] = {
        "facts.receiving": (
            {**of, "amount": "DECIMAL(12,2)", "start_month": "DATE", "last_paid_month": "DATE",
             "grade": "VARCHAR"}, [],
        ),
        "facts.served": (
            {**of, "grade": "VARCHAR", "household_id": "VARCHAR", "served_on": "DATE"}, [],
        ),
        "facts.declined": ({**of, "declined_on": "DATE", "grade": "VARCHAR"}, []),
        "facts.wish": ({**of, "result": "VARCHAR", "said_on": "DATE", "grade": "VARCHAR"}, []),
        "facts.last_contact": (
            {**of, "last_contact_on": "DATE", "last_result": "VARCHAR", "said": "VARCHAR", "said_on": "DATE",
             "about": "VARCHAR"}, [],
        ),
        "facts.reported": ({**key, "kind": "VARCHAR", "reported_on": "DATE", "source": "VARCHAR"}, []),
        "facts.suspended": ({**of, "fact": "VARCHAR", "grade": "VARCHAR"}, []),
        "facts.lapse": (
            {**key, **dict.fromkeys(("hardship_ends_on", "certificate_ends_on", "ability_ends_on"), "DATE"),
             **{name: FACT_BY_NAME[name].sql_type for name in LAPSING}}, [],
        ),
        "facts.doubt": ({**key, "kind": "VARCHAR"}, []),
        "facts.grade": ({**key, "extract": "VARCHAR", "grade": "VARCHAR"}, []),
        "facts.ended": ({**key, "fact": "VARCHAR", "ended_on": "DATE"}, []),
        "facts.named": ({**key, "extract": "VARCHAR"}, []),
        "facts.not_begun": ({**key, "extract": "VARCHAR"}, []),
        "facts.swapped_death": (key, []),
        "facts.guard": (
            {**of, "kind": "VARCHAR", "fact": "VARCHAR", "extract": "VARCHAR", "row_number": "BIGINT",
             "is_quarantined": "BOOLEAN"}, [],
        ),
        "identity.possible_link": ({**key, "extract": "VARCHAR"}, []),
    }  # fmt: skip
    programmes = {rule.id: rule.name for rule in policy.file.programmes}

    def add(table: str, person: int, **row: Any) -> None:
        for name, known in (("programme", programmes), ("extract", dict.fromkeys(EXTRACT_NAMES, ""))):
            if name in row and row[name] not in known:
                hint = person_facts.near(str(row[name]), known)
                raise ArgumentError(person_facts.UNKNOWN_FACT(name=row[name], hint=hint))
        tables[table][1].append({"person_key": person, **row})

    for person, given in keyed:
        door = given.get("household_id")
        receiving = person_facts.receipts(given.get("receiving") or {})
        for receipt in receiving:
            add("facts.receiving", person, **vars(receipt))
            add("facts.served", person, programme=receipt.programme, grade=receipt.grade, household_id=door)
        current = {receipt.programme for receipt in receiving}
        for programme in given.get("served") or ():
            if programme not in current:
                add("facts.served", person, programme=programme, grade="exact", household_id=door)
        for name, result in (("declined", "不同意"), ("agreed", "同意")):
            for programme, on in (given.get(name) or {}).items():
                said_on = person_facts.required_day(name, on)
                add("facts.wish", person, programme=programme, result=result, said_on=said_on, grade="exact")
                if name == "declined":
                    add("facts.declined", person, programme=programme, declined_on=said_on, grade="exact")
        for programme, contact in (given.get("contacts") or {}).items():
            said, said_on = contact.get("said"), person_facts.required_day("contacts", contact.get("said_on"))
            add(
                "facts.last_contact", person, programme=programme, last_contact_on=said_on, last_result=said,
                said=said, said_on=said_on, about=contact.get("about"),
            )  # fmt: skip
        if report := given.get("reported"):
            on = person_facts.required_day("reported", report.get("reported_on"))
            source = report.get("source", "outreach_outcome")
            add("facts.reported", person, kind=report.get("kind", "dead"), reported_on=on, source=source)
        if given.get("doubt"):
            add("facts.doubt", person, kind=given["doubt"])
        for extract, grade in (given.get("grades") or {}).items():
            add("facts.grade", person, extract=extract, grade=grade)
        for extract in given.get("named_in", EXTRACT_NAMES):
            add("facts.named", person, extract=extract)
        ended = given.get("ended")
        if ended is None:
            ended = {fact: given[on] for on, facts in _ENDED.items() if given.get(on) for fact in facts}
        for fact, on in ended.items():
            add("facts.ended", person, fact=fact, ended_on=person_facts.required_day("ended", on))
    return tables


def _read(con: duckdb.DuckDBPyConnection, policy: Policy) -> list[ProgrammeDecision]:
    findings = findings_sql(policy)
    if findings is None:
        return []
    found = {
        row[0]: row[1:]
        for row in con.execute(
            "SELECT f.programme, f.applicability, f.verdict, f.pattern, f.word, f.amount_monthly "
            f"FROM ({findings}) AS f INNER JOIN decisions.person_profile AS r ON r.profile = f.profile "
            "WHERE r.person_key = ?", [_PERSON],
        ).fetchall()
    }  # fmt: skip
    lines = {
        row[0]: row[1:]
        for row in con.execute(
            "SELECT programme, action, rule, amount_monthly, current_amount, effective_on, "
            "first_payment_month, reason_text FROM decisions.candidate WHERE person_key = ?", [_PERSON],
        ).fetchall()
    }  # fmt: skip
    displaced = dict(
        con.execute(
            "SELECT programme, gives_way_to FROM decisions.displaced_today WHERE person_key = ?", [_PERSON]
        ).fetchall()
    )
    begins = dict(
        con.execute(
            "SELECT programme, since FROM decisions.beginning WHERE person_key = ?", [_PERSON]
        ).fetchall()
    )
    paid = dict(
        con.execute(
            "SELECT programme, amount FROM decisions.receipt WHERE person_key = ?", [_PERSON]
        ).fetchall()
    )
    delivered = {
        name for (name,) in con.execute("SELECT extract FROM run.extract WHERE delivered").fetchall()
    }
    names = {programme.id: programme.rule.name for programme in policy.programmes}
    decided = []
    for programme in policy.programmes:
        applicability, verdict, pattern, word, amount = found[programme.id]
        reading = read_pattern(programme, pattern, word)
        gives_way = displaced.get(programme.id)
        decision = _decision(applicability, verdict, programme.id in displaced)
        prevailing = names.get(gives_way or "")
        line = lines.get(programme.id) or (
            None, None, amount, paid.get(programme.id), begins.get(programme.id), None,
            _reason(programme, reading, decision, programme.id in displaced, prevailing, delivered),
        )  # fmt: skip
        rule = programme.rule
        decided.append(
            ProgrammeDecision(
                rule.id, rule.name, rule.item, rule.mode, decision, line[0], line[1], line[2],
                line[3], line[4], line[5], line[6],
                _conditions(reading, delivered), gives_way, reading.citation()[0],
            )
        )  # fmt: skip
    return decided


def _decision(applicability: bool | None, verdict: bool | None, is_displaced: bool) -> str:
    if applicability is False:
        return "outside"
    if is_displaced or verdict is False:
        return "ineligible"
    return "eligible" if verdict else "unknown"


def _conditions(reading: Reading, delivered: set[str]) -> tuple[Reason, ...]:
    return tuple(
        Reason(
            condition.name,
            condition.label,
            value,
            tuple(Reading(reading.programme, ((condition, value),), reading.gaps).missing(delivered)),
        )
        for condition, value in reading.values
    )


def _reason(
    programme: Programme,
    reading: Reading,
    decision: str,
    is_displaced: bool,
    gives_way_to: str | None,
    delivered: set[str],
) -> str:
    """The reason of what calls for no action, in the words of the lists."""
    holds, fails, missing = texts(reading, delivered)
    if is_displaced:
        words = (
            f"从高享受{gives_way_to}，本项不重复享受" if gives_way_to else "同户已有其他成员享受，每户一份"
        )
    elif decision == "outside":
        words = "本项目不涉及此人"
    elif decision == "ineligible":
        words = f"不符合：{fails}"
    elif decision == "unknown":
        words = "；".join(part for part in (holds, f"尚缺：{missing}") if part)
    else:
        words = holds
    return f"{words}；依据{reading.citation()[1]}"
