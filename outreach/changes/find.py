"""What changed since the night before, and what that is owed to (``changes.*``, ``docs/tables.md``).

Only list lines that differ are looked at. What the policy did is told apart from what life did by asking
tonight's policy three times about the same person: on the facts of the earlier night, on those with her own
age alone moved on, and on tonight's.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from contracts.extracts.codes import DISABILITY_CATEGORY, PREFERENTIAL
from contracts.extracts.registry import EXTRACT_BY_NAME
from contracts.facts import FACT_BY_NAME, FACTS, HARDSHIP_NAMES
from contracts.vocabulary import DisabilityGrade, FamilyPlanning, Hardship, Mode, Sex, Truth
from outreach.engine import Warehouse, build, load_models
from outreach.policy.compile.programmes import OWN_AGE
from outreach.policy.decide import evaluate, put
from outreach.policy.language import model
from outreach.policy.language.policy import Policy, Programme
from outreach.policy.reasons.patterns import read_pattern

_VARIANTS = ("before", "aged", "now")
_LINES = ("former_id", "merged_line", "before", "line", "subject", "night")
"""Models that come before tonight's policy is asked; all others come after."""

_SHOWN = {
    "hard_up": "hardship",
    "destitute": "hardship",
    **{f"on_{name}": "hardship" for name in HARDSHIP_NAMES.values()},
    "has_certificate": "disability_grade",
    "severely_disabled": "disability_grade",
    "has_assessment": "ability_level",
    "disabled_old": "ability_level",
    "unable_to_self_care": "ability_level",
    "partly_unable": "ability_level",
    "fp_special": "family_planning",
    "ever_visited": "last_visit_on",
    **dict.fromkeys(("days_since_visit", "visited_this_week", "visited_this_month"), "last_visit_on"),
    "health_checked_this_year": "last_health_check_on",
}
"""The fact by whose values a derived fact is shown, where both differ."""

_VALUES: Mapping[str, Mapping[str, str]] = {
    "sex": Sex.names(),
    "hardship": Hardship.names(),
    "disability_category": {entry.code: entry.label for entry in DISABILITY_CATEGORY.entries},
    "disability_grade": DisabilityGrade.names(),
    "family_planning": FamilyPlanning.names(),
    "preferential": {entry.code: entry.label for entry in PREFERENTIAL.entries},
}


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


def explain_changes(warehouse: Warehouse, policy: Policy) -> ChangeReport:
    """Make ``changes.*`` from tonight's ``decisions``, ``facts``, ``identity`` and the earlier night.

    The earlier night's tables are ``earlier.*`` (``outreach.delivery.earlier_night``); where they are empty,
    nothing has changed.

    Raises:
        outreach.engine.models.ModelError: a model failed; the message names its file.
    """
    started = time.perf_counter()
    con = warehouse.con
    con.execute("CREATE SCHEMA IF NOT EXISTS changes")
    _put_policy(con, policy)
    build(con, "changes", only=_LINES)
    _ask(con, policy)
    build(con, "changes", only={m.name for m in load_models("changes")} - set(_LINES))
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


def rule_parts(programme: Programme, policy: Policy) -> Iterator[tuple[str, str, str]]:
    """All that a programme's lines rest on: part, its Chinese label, what it says.

    Two policies decide alike where these are alike; where one differs, its words tell what was changed.
    """
    rule = programme.rule
    yield "mode", "享受方式", Mode(rule.mode).chinese
    for condition in programme.conditions:
        yield f"condition {condition.name}", condition.label, condition.expression.sql()
    if programme.audience is not None:
        yield "audience", "适用对象", programme.audience.sql()
    if programme.due_when is not None and rule.due_when is not None:
        yield "due_when", rule.due_when.label, programme.due_when.sql()
    if rule.amount is not None:
        for when, case in programme.cases.items():
            yield f"case {when}", f"分档条件 {when}", case.sql()
        yield "amount", "金额算法", rule.amount.model_dump_json(exclude_defaults=True, by_alias=True)
        for name in rule.amount.parameters():
            parameter, value = policy.file.parameters[name], policy.amount(name)
            figure = "待地方核定" if value is None else f"{value:f}{parameter.unit}"
            yield f"parameter {name}", parameter.label, figure
    if programme.group is not None:
        yield "group", "择高项目组", f"{programme.group} {programme.group_order}"
    yield "household", "每户一份", Truth.of(rule.household).chinese
    if rule.household_receipt:
        yield "household_receipt", "同户成员享受视同本人享受", "是"
    if rule.renew_after is not None:
        value = policy.amount(rule.renew_after)
        yield "renew_after", policy.file.parameters[rule.renew_after].label, str(value or "待地方核定")
    yield "months", "起发与停发月份", f"{rule.starts} {rule.stops}"
    if rule.received_fact is not None:
        yield "received_fact", "视同享受", FACT_BY_NAME[rule.received_fact].label
    if programme.starts_from is not None:
        yield "starts_from", "施行日期", programme.starts_from.isoformat()


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
            [(p.id, *use) for p in policy.programmes for use in _uses(p)],
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
                    _SHOWN.get(fact.name, fact.name),
                    "、".join(titles[name] for name in fact.extracts),
                )
                for fact in FACTS
                for extract in fact.extracts
            ],
        ),
    )
    put(con, "changes.label", _table(("fact", "value", "label"), list(_labels())))


def _uses(programme: Programme) -> Iterator[tuple[str, str]]:
    """(condition, fact) of every part of a rule that facts decide; parts that are no conditions have a #."""
    parts = [(c.name, c.expression) for c in programme.conditions]
    parts += [("#amount", case) for case in programme.cases.values()]
    if programme.due_when is not None:
        parts.append(("#due", programme.due_when))
    if programme.audience is not None:
        parts.append(("#audience", programme.audience))
    for name, expression in parts:
        for fact in expression.facts:
            yield name, fact
    if programme.rule.amount is not None and _has_bands(programme.rule.amount):
        yield "#amount", "age"


def _has_bands(amount: model.Amount) -> bool:
    return bool(amount.bands) or any(map(_has_bands, (*amount.cases, *amount.sum, *amount.greatest)))


def _labels() -> Iterator[tuple[str, str | None, str]]:
    """The words of each fact (value None) and of its values."""
    for fact in FACTS:
        yield fact.name, None, fact.label
        if fact.sql_type == "BOOLEAN":
            yield fact.name, "true", Truth.TRUE.chinese
            yield fact.name, "false", Truth.FALSE.chinese
        for value, label in _VALUES.get(fact.name, {}).items():
            yield fact.name, value, label
        if fact.sql_type == "VARCHAR":
            yield fact.name, "none", "无"


def _table(columns: tuple[str, ...], rows: Collection[tuple[str | None, ...]]) -> pa.Table:
    schema = pa.schema([(name, pa.string()) for name in columns])
    return pa.Table.from_pylist([dict(zip(columns, row, strict=True)) for row in rows], schema)


def _ask(con: duckdb.DuckDBPyConnection, policy: Policy) -> None:
    """Ask tonight's policy on three states of facts: ``changes.verdict`` and ``changes.pattern``.

    verdict: subject, programme, variant, verdict BOOLEAN, pattern, amount_monthly, due BOOLEAN; no row:
    outside the programme's audience. pattern: programme, pattern, condition, value BOOLEAN. It is asked in a
    database of its own, beside the working one, where ``facts.person`` holds none but these people.
    """
    ((name,),) = con.execute("SELECT current_database()").fetchall()
    work = f'"{name}"'
    con.execute("ATTACH ':memory:' AS asked")
    try:
        con.execute("USE asked")
        for schema in ("facts", "decisions"):
            con.execute(f"CREATE SCHEMA {schema}")
        _states(con, work)
        con.execute(
            "CREATE TABLE decisions.considered AS SELECT DISTINCT p.person_key, x.examined AS programme "
            f"FROM {work}.changes.line AS l JOIN {work}.changes.examined AS x USING (programme) "
            f"JOIN {work}.changes.subject AS s USING (person_id) JOIN facts.person AS p USING (subject)"
        )
        programmes = con.execute("SELECT DISTINCT programme FROM decisions.considered").fetchall()
        evaluate(con, policy.only({programme for (programme,) in programmes}), ahead=False)
        con.execute(
            f"CREATE OR REPLACE TABLE {work}.changes.verdict AS SELECT p.subject, e.programme, p.variant, "
            "e.verdict, e.pattern, e.amount_monthly, e.due FROM decisions.evaluated AS e "
            "JOIN decisions.considered USING (person_key, programme) "
            "JOIN facts.person AS p USING (person_key)"
        )
        found = con.execute(
            "SELECT DISTINCT programme, pattern, word FROM decisions.finding "
            f"SEMI JOIN {work}.changes.verdict USING (programme, pattern) ORDER BY ALL"
        ).fetchall()
    finally:
        con.execute(f"USE {work}")
        con.execute("DETACH asked")
    put(con, "changes.pattern", _pattern_table(found, policy))


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
    before = f"{work}.earlier.person AS b ON b.person_id = s.person_id_before"
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
    """``changes.pattern``: a row a programme × pattern × condition, with its value."""
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
