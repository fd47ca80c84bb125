"""Indicators: how far the targets that a document names are reached, counted in the working warehouse.

Every person is in the denominator, and in the numerator: yes, no, or not known.
The value is made of those of whom both are known; the others are counted as unknown, and what they could
make of the value is published with it. An indicator one of whose extracts is not there tonight is not
computed.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import duckdb
import pyarrow as pa
from sqlglot import exp

from contracts.extracts.registry import EXTRACT_BY_NAME
from outreach.engine import MadeTable, Warehouse, build_stage
from outreach.policy.language.policy import Indicator, Policy, Programme
from outreach.policy.tables import delivered_extracts, put

COMPUTED = "computed"
"""The status of an indicator that has its figures."""
_LIVING_STANDS = "death_record"
"""The extract whose absence makes nothing unknown: who is alive then rests on the register alone."""


@dataclass(frozen=True)
class IndicatorReport:
    """What measuring gave: how many indicators were computed, and of the others why not. No personal data."""

    computed: int
    missing: Mapping[str, str]
    seconds: float


@dataclass(frozen=True)
class _Row:
    """An indicator as it is published: about all its programmes together, or about one of them."""

    indicator: Indicator
    programme: Programme | None

    @property
    def programmes(self) -> tuple[Programme, ...]:
        return self.indicator.programmes if self.programme is None else (self.programme,)


def measure(warehouse: Warehouse, policy: Policy) -> IndicatorReport:
    """Make ``indicators.*`` (``docs/tables.md``) from ``facts.*``, ``decisions.*`` and ``run.*``.

    Raises:
        outreach.engine.models.ModelError: a model failed; the message names its file.
    """
    started = time.perf_counter()
    con = warehouse.con
    delivered = delivered_extracts(con)
    rows = list(_rows(policy))
    blocked = [_blocked(row, delivered) for row in rows]
    statuses = [why or _unset(row, policy) or COMPUTED for row, why in zip(rows, blocked, strict=True)]
    counted = _counted([row for row, why in zip(rows, blocked, strict=True) if why is None])
    put(con, "indicators.indicator", _indicator_table(rows, blocked, statuses))
    put(
        con,
        "indicators.programme",
        pa.Table.from_pylist(
            [{"measure": i.id, "programme": p} for i, found in counted for p in found], _PROGRAMME_SCHEMA
        ),
    )
    count = MadeTable("count", partial(_count, [i for i, _ in counted]), needs=frozenset({"entitlement"}))
    build_stage(con, "indicators", [count])
    return IndicatorReport(
        computed=statuses.count(COMPUTED),
        missing={_id(row): status for row, status in zip(rows, statuses, strict=True) if status != COMPUTED},
        seconds=time.perf_counter() - started,
    )


_COUNT = """
CREATE OR REPLACE TABLE indicators.count (
    measure VARCHAR, programme VARCHAR, area_code VARCHAR, numerator BIGINT, denominator BIGINT,
    unknown BIGINT, may_raise BIGINT, may_lower BIGINT)
"""


def _count(indicators: Iterable[Indicator], con: duckdb.DuckDBPyConnection) -> None:
    con.execute(_COUNT)
    for indicator in indicators:
        con.execute(f"INSERT INTO indicators.count {count_sql(indicator).sql('duckdb')}")


def count_sql(indicator: Indicator) -> exp.Select:
    """How many a computed indicator counts, by programme and area: the columns of ``indicators.count``.

    unknown: in or out of denominator or numerator is not known. Of these, may_raise would count if all
    that is unknown turned out well, may_lower would be in the denominator alone if it turned out ill.
    """
    rule = indicator.rule
    if indicator.denominator is None or indicator.numerator is None:
        raise ValueError(f"{rule.id} is not computed")
    of_whom: exp.Expr = exp.paren(indicator.denominator.tree.copy())
    counts = exp.paren(indicator.numerator.tree.copy())
    persons = exp.select("area_code").from_("facts.person AS p")
    if rule.programmes:
        persons = persons.select("e.programme").join(
            "indicators.entitlement AS e", on="e.person_key = p.person_key", join_type="inner"
        )
        persons = persons.join(
            "indicators.programme AS g",
            on=f"g.programme = e.programme AND g.measure = '{rule.id}'",
            join_type="inner",
        )
    else:
        persons = persons.select("CAST(NULL AS VARCHAR) AS programme").where("alive", "registered")
    if rule.willing is not None:
        persons = persons.join(
            "facts.declined AS n",
            on=f"n.person_key = p.person_key AND n.programme = '{rule.willing}'",
            join_type="left",
        )
        # Who has it was willing, whatever the answer about having it again. A refusal under review: unknown.
        unrefused = exp.condition(
            "CASE WHEN n.person_key IS NULL THEN TRUE WHEN n.grade <> 'review' THEN FALSE END"
        )
        of_whom = exp.and_(of_whom, exp.or_(counts.copy(), unrefused))
    counted = persons.select(exp.alias_(of_whom, "of_whom"), exp.alias_(counts, "counts"))
    known, unknown = "of_whom AND counts IS NOT NULL", "(of_whom IS NULL OR counts IS NULL)"
    return (
        exp.select(
            exp.alias_(exp.Literal.string(rule.id), "measure"),
            "programme",
            "area_code",
            "count(*) FILTER (WHERE of_whom AND counts) AS numerator",
            f"count(*) FILTER (WHERE {known}) AS denominator",
            f"count(*) FILTER (WHERE {unknown}) AS unknown",
            f"count(*) FILTER (WHERE {unknown} AND coalesce(counts, TRUE)) AS may_raise",
            f"count(*) FILTER (WHERE {unknown} AND NOT coalesce(counts, FALSE)) AS may_lower",
        )
        .from_(counted.subquery("a"))
        .where("coalesce(of_whom, TRUE)")
        .group_by("programme", "area_code")
    )


def _rows(policy: Policy) -> Iterator[_Row]:
    for indicator in policy.indicators:
        yield _Row(indicator, None)
        if indicator.rule.each:
            yield from (_Row(indicator, programme) for programme in indicator.programmes)


def _id(row: _Row) -> str:
    return row.indicator.id if row.programme is None else f"{row.indicator.id}.{row.programme.id}"


def _counted(rows: list[_Row]) -> list[tuple[Indicator, list[str]]]:
    """The indicators to be counted, each with the programmes for which it can be."""
    found: dict[str, tuple[Indicator, list[str]]] = {}
    for row in rows:
        _, programmes = found.setdefault(row.indicator.id, (row.indicator, []))
        programmes += [p.id for p in row.programmes if p.id not in programmes]
    return list(found.values())


def _blocked(row: _Row, delivered: Collection[str]) -> str | None:
    """In Chinese what is missing, so that nothing can be counted; None: it can."""
    rule = row.indicator.rule
    if rule.missing is not None:
        return f"缺少：{rule.missing}"
    if rule.programmes and not row.programmes:
        return "所涉项目尚未施行或已停止"
    absent = [name for name in _extracts(row) if name not in delivered]
    if absent:
        return f"未收到可用的数据：{'、'.join(EXTRACT_BY_NAME[name].title for name in absent)}"
    return None


def _unset(row: _Row, policy: Policy) -> str | None:
    """In Chinese which standards are not set, so that nobody is known to be paid in full; None: all are.

    Who is not paid, or late, is known all the same: there is no value, but a most that it can be.
    """
    if "paid_in_full" not in row.indicator.facts:
        return None
    unset = [
        policy.file.parameters[name].label
        for programme in row.programmes
        for name in (programme.rule.amount.parameters() if programme.rule.amount else ())
        if policy.amount(name) is None
    ]
    labels = "、".join(dict.fromkeys(unset))
    return f"标准待地方核定，是否足额无从判断：{labels}" if unset else None


def _extracts(row: _Row) -> list[str]:
    """The extracts without which it cannot be computed, in the order in which they are named."""
    indicator = row.indicator
    found = [e for part in (indicator.denominator, indicator.numerator) if part for e in part.extracts]
    if "eligible" in indicator.facts:
        found = [e for p in row.programmes for c in p.conditions for e in c.expression.extracts] + found
    if indicator.rule.willing is not None:
        found.append("outreach_outcome")
    return [name for name in dict.fromkeys(found) if name != _LIVING_STANDS]


_PROGRAMME_SCHEMA = pa.schema([("measure", pa.string()), ("programme", pa.string())])

_SCHEMA = pa.schema(
    [
        ("position", pa.int32()),
        ("indicator", pa.string()),
        ("measure", pa.string()),
        ("programme", pa.string()),
        ("name", pa.string()),
        ("unit", pa.string()),
        ("target", pa.decimal128(18, 6)),
        ("target_rule", pa.string()),
        ("due", pa.date32()),
        ("citation", pa.string()),
        ("note", pa.string()),
        ("counted", pa.bool_()),
        ("status", pa.string()),
    ]
)


def _indicator_table(rows: list[_Row], blocked: list[str | None], statuses: list[str]) -> pa.Table:
    """``indicators.indicator``: each indicator as it is published, and whether it can be counted tonight."""
    found: list[dict[str, Any]] = []
    for row, why, status in zip(rows, blocked, statuses, strict=True):
        rule = row.indicator.rule
        target = rule.target
        found.append(
            {
                "position": len(found),
                "indicator": _id(row),
                "measure": rule.id,
                "programme": None if row.programme is None else row.programme.id,
                "name": rule.name if row.programme is None else f"{rule.name}·{row.programme.rule.name}",
                "unit": rule.unit,
                "target": None if target is None else target.value,
                "target_rule": None if target is None else _rule(target.at_least is not None),
                "due": rule.due,
                "citation": row.indicator.citation if row.programme is None else row.programme.citation.full,
                "note": rule.note or None,
                "counted": why is None,
                "status": status,
            }
        )
    return pa.Table.from_pylist(found, _SCHEMA)


def _rule(is_least: bool) -> str:
    return "at_least" if is_least else "more_than"
