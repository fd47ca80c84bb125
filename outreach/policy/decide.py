"""Decide: from facts to decisions and candidates, in the working warehouse of a run."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb
import pyarrow as pa

from contracts.extracts import EXTRACT_BY_NAME
from outreach.engine import Warehouse, build, load_models
from outreach.policy.compile.exclusion import excluding_facts
from outreach.policy.compile.losses import endings_sql
from outreach.policy.compile.profiles import coding, make_profiles
from outreach.policy.compile.programmes import OWN_AGE, begin_sql, beginnings_sql, findings_sql
from outreach.policy.compile.service import period_began, shows_when_given
from outreach.policy.language.policy import EXTRACT_BIT, Policy, Programme
from outreach.policy.reasons.patterns import pattern_tables

BEFORE = ("receipt", "evidence", "considered")
"""Models that the evaluation needs."""
LOSSES = ("lost", "last_day")
"""Models that the days on which rights ended need."""
EVALUATION = ("evaluated", "forecast", "claim", *LOSSES)
"""Models that the evaluation makes, and what it leads to; all others come after them."""

_FINDING = """
CREATE OR REPLACE TABLE decisions.finding (
    profile INTEGER, programme VARCHAR, audience BOOLEAN, verdict BOOLEAN, pattern BIGINT, word VARCHAR,
    amount_monthly DECIMAL(12,2), noticed BOOLEAN, due BOOLEAN, recurs BOOLEAN, switch VARCHAR)
"""
_FIND = """
INSERT INTO decisions.finding
SELECT f.* FROM ({findings}) AS f
WHERE coalesce(f.verdict, TRUE) OR EXISTS (
    SELECT 1 FROM decisions.considered AS c
    INNER JOIN decisions.person_profile AS r ON r.person_key = c.person_key
    WHERE r.profile = f.profile AND c.programme = f.programme)
"""
"""Programmes that do not hold are kept only where somebody is considered for them all the same."""
_BEGINNING = """
CREATE OR REPLACE TABLE decisions.beginning (
    person_key BIGINT, programme VARCHAR, since DATE, amount_since DATE)
"""
_ENDING = """
CREATE OR REPLACE TABLE decisions.ending (
    person_key BIGINT, programme VARCHAR, name VARCHAR, ended_on DATE, never_aged BOOLEAN, absent BOOLEAN,
    not_found_in VARCHAR)
"""
_FORECAST = """
CREATE OR REPLACE TABLE decisions.forecast (
    person_key BIGINT, on_day DATE, programme VARCHAR, today BOOLEAN, pattern BIGINT,
    amount_monthly DECIMAL(12,2))
"""


@dataclass(frozen=True)
class DecisionReport:
    """What deciding gave. Counts only, no personal data."""

    decisions: Mapping[str, int]
    candidates: Mapping[tuple[str, str], int]
    seconds: float

    def by_action(self) -> dict[str, int]:
        """Candidates by action, over all programmes."""
        total: dict[str, int] = {}
        for (_, action), count in self.candidates.items():
            total[action] = total.get(action, 0) + count
        return total


def decide(warehouse: Warehouse, policy: Policy) -> DecisionReport:
    """Make ``decisions.*`` (``docs/tables.md``) from ``facts.*``, ``identity.*``, ``run.*`` under ``policy``.

    Raises:
        outreach.engine.models.ModelError: a model failed; the message names its file.
    """
    started = time.perf_counter()
    con = warehouse.con
    delivered = _delivered(con)
    put(con, "decisions.extract", extract_table(delivered))
    put(con, "decisions.programme", programme_table(policy, delivered))
    put(con, "decisions.dormant", _dormant_table(policy))
    build(con, "decisions", only=BEFORE)
    evaluate(con, policy)
    date_claims(con, policy)
    explain(con, policy, delivered)
    date_losses(con, policy)
    after = {model.name for model in load_models("decisions")} - {*BEFORE, *EVALUATION}
    build(con, "decisions", only=after)
    return DecisionReport(
        decisions=dict(
            con.execute(
                "SELECT decision, count(*) FROM decisions.verdict GROUP BY ALL ORDER BY ALL"
            ).fetchall()
        ),
        candidates={
            (programme, action): count
            for programme, action, count in con.execute(
                "SELECT programme, action, count(*) FROM decisions.candidate GROUP BY ALL ORDER BY ALL"
            ).fetchall()
        },
        seconds=time.perf_counter() - started,
    )


def evaluate(
    con: duckdb.DuckDBPyConnection,
    policy: Policy,
    *,
    ahead: bool = True,
    coming: str = "facts.threshold",
) -> None:
    """Make ``decisions.evaluated`` (see its model) from ``facts.person`` and ``decisions.considered``.

    ``ahead`` also makes ``decisions.forecast``, what holds on the days of the table ``coming`` (see
    ``make_profiles``); else the forecast is empty.
    """
    make_profiles(con, coding(policy), coming=coming if ahead else None)
    con.execute(_FINDING)
    findings = findings_sql(policy)
    if findings is not None:
        con.execute(_FIND.format(findings=findings))
    build(con, "decisions", only=["evaluated", "forecast"] if ahead else ["evaluated"])
    if not ahead:
        con.execute(_FORECAST)


def date_claims(con: duckdb.DuckDBPyConnection, policy: Policy) -> None:
    """Make ``decisions.claim`` and ``decisions.beginning``, since when what is claimed holds."""
    build(con, "decisions", only=["claim"])
    con.execute(_BEGINNING)
    beginnings = beginnings_sql(policy)
    if beginnings is not None:
        con.execute(f"INSERT INTO decisions.beginning {beginnings}")


def date_losses(con: duckdb.DuckDBPyConnection, policy: Policy) -> None:
    """Make ``decisions.ending``: of what is received and does not hold, each false condition's last day.

    Needs ``decisions.pattern_false`` (``explain``).
    """
    build(con, "decisions", only=LOSSES)
    con.execute(_ENDING)
    endings = endings_sql(policy)
    if endings is not None:
        con.execute(f"INSERT INTO decisions.ending {endings}")


def explain(con: duckdb.DuckDBPyConnection, policy: Policy, delivered: Collection[str]) -> None:
    """Make ``decisions.pattern`` and ``decisions.pattern_false``: the reasons of all that was evaluated."""
    found = con.execute(
        "SELECT f.programme, f.pattern, f.word FROM decisions.finding AS f "
        "INNER JOIN decisions.profile AS p ON p.profile = f.profile AND p.people > 0 "
        "WHERE coalesce(f.verdict, TRUE) AND coalesce(f.audience, TRUE) UNION "
        "SELECT f.programme, f.pattern, f.word FROM decisions.finding AS f "
        "SEMI JOIN (SELECT programme, pattern FROM decisions.evaluated WHERE NOT verdict UNION ALL "
        "SELECT programme, pattern FROM decisions.forecast) AS e "
        "ON e.programme = f.programme AND e.pattern = f.pattern ORDER BY ALL"
    ).fetchall()
    patterns, false_conditions = pattern_tables(found, policy, delivered)
    put(con, "decisions.pattern", patterns)
    put(con, "decisions.pattern_false", false_conditions)


def _delivered(con: duckdb.DuckDBPyConnection) -> frozenset[str]:
    return frozenset(
        name for (name,) in con.execute("SELECT extract FROM run.extract WHERE delivered").fetchall()
    )


def put(con: duckdb.DuckDBPyConnection, table: str, rows: pa.Table) -> None:
    """Make ``table`` of just these rows."""
    con.register("decisions_incoming", rows)
    con.execute(f"CREATE OR REPLACE TABLE {table} AS SELECT * FROM decisions_incoming")
    con.unregister("decisions_incoming")


def extract_table(delivered: Collection[str]) -> pa.Table:
    """``decisions.extract``: each extract's Chinese title, bit in masks, and whether it was delivered."""
    rows = [
        {
            "extract": name,
            "title": EXTRACT_BY_NAME[name].title,
            "bit": bit,
            "delivered": name in delivered,
        }
        for name, bit in EXTRACT_BIT.items()
    ]
    return pa.Table.from_pylist(rows, _EXTRACT_SCHEMA)


_EXTRACT_SCHEMA = pa.schema(
    [("extract", pa.string()), ("title", pa.string()), ("bit", pa.int64()), ("delivered", pa.bool_())]
)
_DORMANT_SCHEMA = pa.schema(
    [
        *((name, pa.string()) for name in ("programme", "programme_name", "switch", "switch_label")),
        ("whole", pa.bool_()),
    ]
)
_PROGRAMME_SCHEMA = pa.schema(
    [
        ("programme", pa.string()),
        ("programme_name", pa.string()),
        ("item", pa.string()),
        ("mode", pa.string()),
        ("exclusive_group", pa.string()),
        ("group_order", pa.int32()),
        ("household", pa.bool_()),
        ("citation", pa.string()),
        ("citation_short", pa.string()),
        ("lead", pa.string()),
        ("funding", pa.string()),
        ("kind", pa.list_(pa.string())),
        ("extracts", pa.list_(pa.string())),
        ("amount_is_floor", pa.bool_()),
        ("amount_is_ceiling", pa.bool_()),
        ("has_amount", pa.bool_()),
        ("age_threshold", pa.int32()),
        ("policy_version", pa.string()),
        ("note", pa.string()),
        ("notice", pa.string()),
        ("due_label", pa.string()),
        ("received_fact", pa.string()),
        ("receipt_facts", pa.list_(pa.string())),
        ("excluding_facts", pa.list_(pa.string())),
        ("amount_mask", pa.int64()),
        ("receipts_known", pa.bool_()),
        ("extract_mask", pa.int64()),
        ("needs_registration", pa.bool_()),
        ("starts", pa.string()),
        ("stops", pa.string()),
        ("starts_from", pa.date32()),
        ("by_own_age", pa.bool_()),
        ("one_off", pa.bool_()),
        ("renewed_before", pa.date32()),
        ("household_receipt", pa.bool_()),
        ("registration_presumes", pa.bool_()),
        ("is_paid", pa.bool_()),
        ("begins_by_facts", pa.bool_()),
        ("period_began", pa.date32()),
        ("awaits_extract", pa.bool_()),
    ]
)


def programme_table(policy: Policy, delivered: Collection[str]) -> pa.Table:
    """``decisions.programme``: each programme in force, as data for the models."""
    rows: list[dict[str, Any]] = []
    excluding = excluding_facts(policy)
    for programme in policy.programmes:
        rule = programme.rule
        needs = {"benefit_roll"} | ({rule.received_fact} if rule.received_fact else set())
        rows.append(
            {
                "programme": rule.id,
                "programme_name": rule.name,
                "item": rule.item,
                "mode": rule.mode,
                "exclusive_group": programme.group,
                "group_order": programme.group_order,
                "household": rule.household,
                "citation": programme.citation.full,
                "citation_short": programme.citation.short,
                "lead": rule.lead or None,
                "funding": rule.funding or None,
                "kind": list(rule.kind),
                "extracts": list(programme.extracts),
                "amount_is_floor": bool(rule.amount and rule.amount.floor),
                "amount_is_ceiling": bool(rule.amount and rule.amount.ceiling),
                "has_amount": rule.amount is not None,
                "age_threshold": programme.age_threshold if rule.mode == "universal" else None,
                "policy_version": f"{policy.version} {policy.sha256[:12]}",
                "note": rule.note,
                "notice": rule.notice.text if rule.notice else None,
                "due_label": rule.due_when.label if rule.due_when else None,
                "received_fact": rule.received_fact,
                "receipt_facts": list(programme.receipt_facts),
                "excluding_facts": list(excluding[rule.id]),
                "amount_mask": sum(EXTRACT_BIT[extract] for extract in programme.amount_extracts),
                "receipts_known": needs <= set(delivered),
                "extract_mask": sum(EXTRACT_BIT[extract] for extract in programme.extracts),
                "needs_registration": rule.registered is True,
                "starts": rule.starts,
                "stops": rule.stops,
                "starts_from": programme.starts_from,
                "by_own_age": bool(set(programme.facts) & set(OWN_AGE)),
                "one_off": rule.one_off,
                "renewed_before": _renewed_before(programme, policy),
                "household_receipt": rule.household_receipt,
                "registration_presumes": isinstance(rule.registered, str),
                "is_paid": rule.mode == "auto" or rule.amount is not None,
                "begins_by_facts": begin_sql(programme) is not None,
                "period_began": period_began(programme, policy.as_of),
                "awaits_extract": rule.mode == "due" and not shows_when_given(programme),
            }
        )
    return pa.Table.from_pylist(rows, _PROGRAMME_SCHEMA)


def _dormant_table(policy: Policy) -> pa.Table:
    """``decisions.dormant``: each programme that a switch keeps from being decided, or from being wider.

    ``whole``: the programme's own switch is off. ``switch_label``: what the document permits, in words.
    """
    found = [(p, p.rule.switch or "", True) for p in policy.dormant]
    found += [(p, switch, False) for p in policy.programmes for switch, _ in p.off]
    rows = [
        {
            "programme": programme.id,
            "programme_name": programme.rule.name,
            "switch": switch,
            "switch_label": policy.file.switches[switch],
            "whole": whole,
        }
        for programme, switch, whole in found
    ]
    return pa.Table.from_pylist(rows, _DORMANT_SCHEMA)


def _renewed_before(programme: Programme, policy: Policy) -> date | None:
    """The day before which a work that was done may be done again; None: never."""
    name = programme.rule.renew_after
    years = None if name is None else policy.amount(name)
    if years is None:
        return None
    return _years_before(policy.as_of, int(years))


def _years_before(day: date, years: int) -> date:
    """The same day so many years earlier; of 29 February the 28th where there is none."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
