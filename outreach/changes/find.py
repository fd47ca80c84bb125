"""What changed since the night before, and why (``changes.*``, ``docs/tables.md``).

Only list lines that differ are looked at. What the policy did is distinguished from what life did by asking
tonight's policy three times about the same person: on the facts of the previous night, on those with the age
alone moved on, and on tonight's.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import partial

import duckdb
import pyarrow as pa

from contracts.extracts.registry import EXTRACT_BY_NAME
from contracts.facts import FACTS
from outreach.changes.rules import rule_parts, uses_of
from outreach.changes.words import SHOWN, fact_labels
from outreach.engine import MadeTable, Warehouse, build_stage
from outreach.policy.compile.programmes import OWN_AGE
from outreach.policy.decide import tables_of
from outreach.policy.language.policy import Policy
from outreach.policy.reasons.patterns import read_pattern
from outreach.policy.tables import put

_VARIANTS = ("before", "aged", "now")


@dataclass(frozen=True)
class ChangeReport:
    """What changed. Counts only, no personal data. ``lines``: by (change, main cause)."""

    lines: Mapping[tuple[str, str], int]
    seconds: float

    def by_cause(self) -> dict[str, int]:
        """Changed lines by main cause."""
        total: dict[str, int] = {}
        for (_, cause), count in self.lines.items():
            total[cause] = total.get(cause, 0) + count
        return total


def find_changes(warehouse: Warehouse, policy: Policy) -> ChangeReport:
    """Make ``changes.*`` from tonight's ``decisions``, ``facts``, ``identity`` and the previous night.

    The previous night's tables are ``previous.*`` (``attach_previous_release`` of ``outreach.delivery``);
    where they are empty, nothing has changed.

    Raises:
        outreach.engine.models.ModelError: a model failed; the message names its file.
    """
    started = time.perf_counter()
    con = warehouse.con
    con.execute("CREATE SCHEMA IF NOT EXISTS changes")
    _put_policy(con, policy)
    verdict = MadeTable(
        "state_verdict",
        partial(_evaluate_states, policy),
        needs=frozenset({"line", "subject"}),
        also=("state_pattern",),
    )
    build_stage(con, "changes", [verdict])
    return ChangeReport(
        lines={
            (change, cause): count
            for change, cause, count in con.execute(
                "SELECT l.change, c.cause, count(*) FROM changes.line AS l "
                "JOIN changes.cause AS c USING (person_id, programme) GROUP BY ALL ORDER BY ALL"
            ).fetchall()
        },
        seconds=time.perf_counter() - started,
    )


def _put_policy(con: duckdb.DuckDBPyConnection, policy: Policy) -> None:
    """The policy, the facts and their words as data for the models."""
    put(
        con,
        "changes.rule",
        _table(
            ("programme", "part", "label", "rule"),
            [(p.id, *part) for p in policy.programmes for part in rule_parts(p, policy)],
        ),
    )
    put(
        con,
        "changes.uses",
        _table(
            ("programme", "condition", "fact"),
            [(p.id, *use) for p in policy.programmes for use in uses_of(p)],
        ),
    )
    put(
        con,
        "changes.examined",
        _table(
            ("programme", "examined"),
            [
                (p.id, other.id)
                for p in policy.programmes
                for other in policy.programmes
                if other is p or (p.group is not None and other.group == p.group)
            ],
        ),
    )
    titles = {name: extract.title for name, extract in EXTRACT_BY_NAME.items()}
    put(con, "changes.title", _table(("extract", "title"), list(titles.items())))
    put(
        con,
        "changes.source",
        _table(
            ("fact", "extract", "shown", "title"),
            [
                (
                    fact.name,
                    extract,
                    SHOWN.get(fact.name, fact.name),
                    "、".join(titles[name] for name in fact.extracts),
                )
                for fact in FACTS
                for extract in fact.extracts
            ],
        ),
    )
    put(con, "changes.label", _table(("fact", "value", "label"), list(fact_labels())))


def _table(columns: tuple[str, ...], rows: Collection[tuple[str | None, ...]]) -> pa.Table:
    schema = pa.schema([(name, pa.string()) for name in columns])
    return pa.Table.from_pylist([dict(zip(columns, row, strict=True)) for row in rows], schema)


def _evaluate_states(policy: Policy, con: duckdb.DuckDBPyConnection) -> None:
    """Tonight's policy on three states of facts: ``changes.state_verdict`` and ``changes.state_pattern``.

    verdict: subject, programme, variant, verdict BOOLEAN, pattern, amount_monthly, due BOOLEAN; no row:
    the programme does not apply. pattern: programme, pattern, condition, value BOOLEAN. This is done in
    a database of its own, next to the working one, where ``facts.person`` holds none but these people.
    """
    ((name,),) = con.execute("SELECT current_database()").fetchall()
    work = f'"{name}"'
    con.execute("ATTACH ':memory:' AS states")
    try:
        con.execute("USE states")
        for schema in ("facts", "decisions"):
            con.execute(f"CREATE SCHEMA {schema}")
        _states(con, work)
        in_scope = (
            "CREATE TABLE decisions.in_scope AS SELECT DISTINCT p.person_key, x.examined AS programme "
            f"FROM {work}.changes.line AS l JOIN {work}.changes.examined AS x USING (programme) "
            f"JOIN {work}.changes.subject AS s USING (person_id) JOIN facts.person AS p USING (subject)"
        )
        examined = con.execute(
            f"SELECT DISTINCT x.examined FROM {work}.changes.line AS l "
            f"JOIN {work}.changes.examined AS x USING (programme)"
        ).fetchall()
        tables = tables_of(policy.only({programme for (programme,) in examined}))
        scope = MadeTable("in_scope", lambda states: states.execute(in_scope))
        build_stage(con, "decisions", [scope, *tables], up_to=["evaluated"])
        con.execute(
            f"CREATE OR REPLACE TABLE {work}.changes.state_verdict AS SELECT p.subject, e.programme, "
            "p.variant, e.verdict, e.pattern, e.amount_monthly, e.due FROM decisions.evaluated AS e "
            "JOIN decisions.in_scope USING (person_key, programme) "
            "JOIN facts.person AS p USING (person_key)"
        )
        found = con.execute(
            "SELECT DISTINCT programme, pattern, word FROM decisions.finding "
            f"SEMI JOIN {work}.changes.state_verdict USING (programme, pattern) ORDER BY ALL"
        ).fetchall()
    finally:
        con.execute(f"USE {work}")
        con.execute("DETACH states")
    put(con, "changes.state_pattern", _pattern_table(found, policy))


def _states(con: duckdb.DuckDBPyConnection, work: str) -> None:
    """``facts.person``: a row a person × variant, keyed apart by ``person_key``."""
    facts = [fact.name for fact in FACTS if not fact.sql_type.endswith("[]")]
    aged = [
        f"CASE WHEN b.birth_date = n.birth_date AND b.sex IS NOT DISTINCT FROM n.sex THEN n.{name} "
        f"ELSE b.{name} END AS {name}"
        if name in OWN_AGE
        else f"b.{name}"
        for name in facts
    ]
    before = f"{work}.previous.person AS b ON b.person_id = s.person_id_before"
    now = f"{work}.facts.person AS n ON n.person_key = s.person_key"
    selects = {
        "before": f"{', '.join(f'b.{name}' for name in facts)} FROM {{}} JOIN {before}",
        "aged": f"{', '.join(aged)} FROM {{}} JOIN {before} JOIN {now}",
        "now": f"{', '.join(f'n.{name}' for name in facts)} FROM {{}} JOIN {now}",
    }
    parts = [
        f"SELECT s.subject * {len(_VARIANTS)} + {place} AS person_key, s.subject, '{variant}' AS variant, "
        + selects[variant].format(f"{work}.changes.subject AS s")
        for place, variant in enumerate(_VARIANTS)
    ]
    con.execute(f"CREATE TABLE facts.person AS {' UNION ALL '.join(parts)}")


def _pattern_table(found: Collection[tuple[str, int, str | None]], policy: Policy) -> pa.Table:
    """``changes.state_pattern``: a row a programme × pattern × condition, with its value."""
    rows = [
        {"programme": programme, "pattern": pattern, "condition": condition.name, "value": value}
        for programme, pattern, word in found
        for condition, value in read_pattern(policy.programme(programme), pattern, word).values
    ]
    return pa.Table.from_pylist(
        rows,
        pa.schema(
            [
                ("programme", pa.string()),
                ("pattern", pa.int64()),
                ("condition", pa.string()),
                ("value", pa.bool_()),
            ]
        ),
    )
