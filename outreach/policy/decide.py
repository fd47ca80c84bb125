"""Decide: from facts to decisions and candidates, in the working warehouse of a run."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import partial

import duckdb
from sqlglot import exp

from outreach.engine import MadeTable, Warehouse, build_stage
from outreach.policy.compile.losses import endings_sql
from outreach.policy.compile.need import need_class_sql
from outreach.policy.compile.profiles import coding, make_profiles
from outreach.policy.compile.programmes import beginnings_sql, findings_sql
from outreach.policy.language.policy import Policy
from outreach.policy.reasons.patterns import pattern_tables
from outreach.policy.tables import (
    delivered_extracts,
    dormant_table,
    extract_table,
    programme_table,
    put,
    queue_table,
)

_FINDING = """
CREATE OR REPLACE TABLE decisions.finding (
    profile INTEGER, programme VARCHAR, applicability BOOLEAN, verdict BOOLEAN, pattern BIGINT, word VARCHAR,
    amount_monthly DECIMAL(12,2), noticed BOOLEAN, due BOOLEAN, recurs BOOLEAN, switch VARCHAR)
"""
_NEED = """
CREATE OR REPLACE TABLE decisions.profile_need AS
SELECT profile, {need} AS need_class FROM decisions.profile
"""
_FIND = """
INSERT INTO decisions.finding
SELECT f.* FROM ({findings}) AS f
WHERE coalesce(f.verdict, TRUE) OR EXISTS (
    SELECT 1 FROM decisions.in_scope AS c
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
    delivered = delivered_extracts(con)
    put(con, "decisions.extract", extract_table(delivered))
    put(con, "decisions.programme", programme_table(policy, delivered))
    put(con, "decisions.dormant", dormant_table(policy))
    put(con, "decisions.queue", queue_table(policy))
    classes = MadeTable("waiting_class", partial(_class_waiting, policy), needs=frozenset({"waiting"}))
    tables = tables_of(policy, delivered, coming="facts.threshold", lapsing="facts.lapse")
    build_stage(con, "decisions", [*tables, classes])
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


def tables_of(
    policy: Policy,
    delivered: Collection[str] = (),
    *,
    coming: str | None = None,
    lapsing: str | None = None,
) -> tuple[MadeTable, ...]:
    """The tables of ``decisions`` that the policy fills: what holds, since when, until when, and why.

    Args:
        policy: whose programmes are decided.
        delivered: extracts of the night; a fact of another counts as missing in the reasons.
        coming: a table of days on which people will have grown older (see ``make_profiles``), for
            ``decisions.forecast``; None: the forecast is empty.
        lapsing: a table of people with what will hold once what is near its end has run out; None: nobody.
    """
    today = (MadeTable("forecast", _make_no_forecast),) if coming is None else ()
    return (
        MadeTable(
            "finding",
            partial(_find, policy, coming, lapsing),
            needs=frozenset({"in_scope", "programme"}),
            also=("profile", "person_profile", "coming_profile", "lapsed_profile", "profile_need"),
        ),
        *today,
        MadeTable("beginning", partial(_date_beginnings, policy), needs=frozenset({"actionable_case"})),
        MadeTable(
            "pattern",
            partial(_give_reasons, policy, delivered),
            needs=frozenset({"finding", "evaluated", "forecast"}),
            also=("pattern_false",),
        ),
        MadeTable(
            "ending",
            partial(_date_endings, policy),
            needs=frozenset({"lost", "last_day", "pattern_false"}),
        ),
    )


def _find(policy: Policy, coming: str | None, lapsing: str | None, con: duckdb.DuckDBPyConnection) -> None:
    make_profiles(con, coding(policy), coming=coming, lapsing=lapsing)
    con.execute(_FINDING)
    con.execute(_NEED.format(need=need_class_sql(policy)))
    findings = findings_sql(policy)
    if findings is not None:
        con.execute(_FIND.format(findings=findings))


def _class_waiting(policy: Policy, con: duckdb.DuckDBPyConnection) -> None:
    """Of everybody who waits the first class that is known to hold; what is unknown puts nobody in front."""
    case = exp.case()
    classes = policy.queue.classes if policy.queue is not None else ()
    for place, (_, expression) in enumerate(classes, 1):
        holds = exp.true() if expression is None else expression.tree.copy()
        case = case.when(holds, exp.Literal.number(place), copy=False)
    position = exp.cast(case if classes else exp.null(), "INTEGER")
    con.execute(
        "CREATE OR REPLACE TABLE decisions.waiting_class AS SELECT * FROM ("
        f"SELECT person_key, {position.sql('duckdb')} AS position FROM facts.person "
        "SEMI JOIN decisions.waiting USING (person_key)) WHERE position IS NOT NULL"
    )


def _make_no_forecast(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(_FORECAST)


def _date_beginnings(policy: Policy, con: duckdb.DuckDBPyConnection) -> None:
    con.execute(_BEGINNING)
    beginnings = beginnings_sql(policy)
    if beginnings is not None:
        con.execute(f"INSERT INTO decisions.beginning {beginnings}")


def _date_endings(policy: Policy, con: duckdb.DuckDBPyConnection) -> None:
    """Of what is received and does not hold, each false condition's last day."""
    con.execute(_ENDING)
    endings = endings_sql(policy)
    if endings is not None:
        con.execute(f"INSERT INTO decisions.ending {endings}")


def _give_reasons(policy: Policy, delivered: Collection[str], con: duckdb.DuckDBPyConnection) -> None:
    """``decisions.pattern`` and ``decisions.pattern_false``: the reasons of all that was evaluated."""
    found = con.execute(
        "SELECT f.programme, f.pattern, f.word FROM decisions.finding AS f "
        "INNER JOIN decisions.profile AS p ON p.profile = f.profile AND p.people > 0 "
        "WHERE coalesce(f.verdict, TRUE) AND coalesce(f.applicability, TRUE) UNION "
        "SELECT f.programme, f.pattern, f.word FROM decisions.finding AS f "
        "SEMI JOIN (SELECT programme, pattern FROM decisions.evaluated WHERE NOT verdict UNION ALL "
        "SELECT programme, pattern FROM decisions.forecast) AS e "
        "ON e.programme = f.programme AND e.pattern = f.pattern ORDER BY ALL"
    ).fetchall()
    patterns, false_conditions = pattern_tables(found, policy, delivered)
    put(con, "decisions.pattern", patterns)
    put(con, "decisions.pattern_false", false_conditions)
