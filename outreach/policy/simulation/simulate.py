"""What if: a changed policy against the people of a published snapshot, and what it would move."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from contracts.vocabulary import Decision, Impact
from outreach.charts import ChartToolsError
from outreach.engine import build, build_stage
from outreach.policy.decide import tables_of
from outreach.policy.language.policy import Policy
from outreach.policy.simulation.chart import Bar, bar_chart
from outreach.policy.simulation.people import load_people
from outreach.policy.tables import delivered_extracts, extract_table, programme_table, put

KINDS = Impact.codes()
"""What a change can do to a person's decision or amount (sql/simulation/change.sql)."""


_HEADERS = {
    "programme": "项目编码",
    "name": "项目",
    "town_code": "乡镇街道代码",
    "lead": "牵头部门",
    "funding": "支出责任",
    "person_id": "人员编号",
    "kind": "影响",
    "decision_before": "现判定",
    "decision_after": "将判定",
    "amount_before": "现金额",
    "amount_after": "将金额",
    "eligible_before": "现符合人数",
    "eligible_after": "将符合人数",
    **Impact.names(),
    "monthly_before": "现每月（元）",
    "monthly_after": "将每月（元）",
    "monthly_difference": "每月差额（元）",
    "yearly_difference": "每年差额（元）",
    "unset_before": "现金额不明人数",
    "unset_after": "将金额不明人数",
}
"""What columns, and the kinds of :data:`KINDS`, are called for people."""
_NOTE = "按规则计：符合者全部领取时的支出；金额待地方核定或不明的人不计在内"


@dataclass(frozen=True)
class Simulation:
    """What a change moves.

    by_programme: programme, name, eligible_before, eligible_after, people of each of KINDS,
    monthly_before, monthly_after, monthly_difference, yearly_difference, unset_before, unset_after.
    by_town: the same by programme and town_code (NULL = not known).
    by_lead, by_funding: the same by who leads and by who pays (NULL = the document names none), over all
    programmes.
    people: person_id, programme, kind, decision_before, decision_after, amount_before, amount_after.
    """

    title: str
    by_programme: pl.DataFrame
    by_town: pl.DataFrame
    by_lead: pl.DataFrame
    by_funding: pl.DataFrame
    people: pl.DataFrame

    def write(self, folder: Path) -> list[Path]:
        """Put a table of each kind (``by_programme.csv``, …) and ``chart.svg`` into ``folder``; their paths.

        Tables have Chinese headers; people are ids only. Where the libraries for charts are missing, there
        is no chart: one of an earlier change is removed.
        """
        folder.mkdir(parents=True, exist_ok=True)
        people = self.people.with_columns(
            pl.col("kind").replace_strict(_HEADERS, return_dtype=pl.String),
            pl.col("decision_before", "decision_after").replace_strict(
                Decision.names(), return_dtype=pl.String
            ),
        )
        tables = {
            "by_programme": self.by_programme,
            "by_town": self.by_town,
            "by_lead": self.by_lead,
            "by_funding": self.by_funding,
            "people": people,
        }
        paths = []
        for name, table in tables.items():
            paths.append(folder / f"{name}.csv")
            with paths[-1].open("w", encoding="utf-8-sig", newline="") as file:
                writer = csv.writer(file)
                writer.writerow(_HEADERS[column] for column in table.columns)
                writer.writerows(table.iter_rows())
        picture = folder / "chart.svg"
        try:
            picture.write_text(self.chart(), encoding="utf-8")
        except ChartToolsError:
            picture.unlink(missing_ok=True)
            return paths
        return [*paths, picture]

    def chart(self) -> str:
        """The yearly difference of each programme, with who gains and who loses, and of each town, as SVG.

        Raises:
            ChartToolsError: Altair or vl-convert is missing.
        """
        programmes = [
            Bar(row["name"] or row["programme"], float(row["yearly_difference"]), _moved(row))
            for row in self.by_programme.iter_rows(named=True)
        ]
        towns = self.by_town.group_by("town_code").agg(pl.col("yearly_difference", *KINDS).sum())
        bars = [
            Bar(row["town_code"] or "乡镇街道不明", float(row["yearly_difference"]), _moved(row))
            for row in towns.sort("town_code", nulls_last=True).iter_rows(named=True)
        ]
        panels = {"按项目：每年支出变化": programmes, "按乡镇街道：每年支出变化": bars}
        return bar_chart(self.title, _NOTE, panels)


def _moved(row: Mapping[str, Any]) -> str:
    """How many people each kind moves, in words."""
    return "，".join(f"{_HEADERS[kind]}{row[kind]}人" for kind in KINDS if row[kind])


def simulate(snapshot: Path, before: Policy, after: Policy) -> Simulation:
    """Decide everybody of a published ``mart.duckdb`` under two policies and set the results side by side.

    Only programmes whose rule, figures, terms or exclusive group differ are decided. Who receives what stays
    as in the snapshot. Nothing is written to the snapshot.
    """
    changed = changed_programmes(before, after)
    con = duckdb.connect(":memory:")
    try:
        load_people(con, snapshot)
        build_side(con, before, changed, "before")
        build_side(con, after, changed, "after")
        build(con, "simulation")
        people = con.cursor().table("simulation.change").pl().sort("programme", "kind", "person_id")
        budget = con.cursor().table("simulation.budget").pl()
    finally:
        con.close()
    names = pl.DataFrame(
        {
            "programme": [p.id for p in after.programmes],
            "name": [p.rule.name for p in after.programmes],
            "lead": [p.rule.lead or None for p in after.programmes],
            "funding": [p.rule.funding or None for p in after.programmes],
        },
        schema=dict.fromkeys(("programme", "name", "lead", "funding"), pl.String),
    )
    by_programme, by_town = (
        _summed(budget, people, by)
        .join(names.select("programme", "name"), on="programme", how="left", maintain_order="left")
        .select("programme", "name", pl.exclude("programme", "name"))
        for by in (["programme"], ["programme", "town_code"])
    )
    by_lead, by_funding = (
        by_programme.join(names.select("programme", who), on="programme", how="left")
        .group_by(who)
        .agg(pl.exclude("programme", "name").sum())
        .sort(who, nulls_last=True)
        for who in ("lead", "funding")
    )
    return Simulation(
        f"{after.name}　{after.as_of}　政策试算",
        by_programme,
        by_town,
        by_lead,
        by_funding,
        people.select(
            "person_id",
            "programme",
            "kind",
            "decision_before",
            "decision_after",
            "amount_before",
            "amount_after",
        ),
    )


def changed_programmes(before: Policy, after: Policy) -> frozenset[str]:
    """Ids of the programmes that may decide otherwise, with all that share an exclusive group with them."""
    rules = [_rules(policy) for policy in (before, after)]
    changed = {name for name in rules[0].keys() | rules[1].keys() if rules[0].get(name) != rules[1].get(name)}
    groups = {p.group for policy in (before, after) for p in policy.programmes if p.id in changed and p.group}
    return frozenset(
        changed | {p.id for policy in (before, after) for p in policy.programmes if p.group in groups}
    )


def _rules(policy: Policy) -> dict[str, tuple[object, ...]]:
    """Of each programme all that its decision and amount rest on."""
    return {
        p.id: (
            tuple((c.name, c.expression.sql()) for c in p.conditions),
            None if p.applicability is None else p.applicability.sql(),
            p.rule.amount,
            tuple(policy.amount(name) for name in (p.rule.amount.parameters() if p.rule.amount else ())),
            tuple(sorted((when, case.sql()) for when, case in p.cases.items())),
            (p.group, p.group_order, p.rule.household, p.rule.one_off, p.rule.received_fact),
            (p.rule.household_receipt, p.rule.renew_after and policy.amount(p.rule.renew_after)),
        )
        for p in policy.programmes
    }


def build_side(
    con: duckdb.DuckDBPyConnection,
    policy: Policy,
    programmes: frozenset[str],
    side: str,
    *,
    reasons: bool = False,
) -> None:
    """Make ``simulation.<side>``: person_key, programme, decision, amount_monthly under one policy.

    With ``reasons`` also ``decisions.pattern``, with every decision's conditions and gaps.
    """
    part = policy.only(programmes)
    delivered = delivered_extracts(con)
    put(con, "decisions.extract", extract_table(delivered))
    put(con, "decisions.programme", programme_table(part, delivered))
    wanted = ["verdict", "pattern"] if reasons else ["verdict"]
    build_stage(con, "decisions", tables_of(part, delivered), up_to=wanted)
    con.execute("CREATE SCHEMA IF NOT EXISTS simulation")
    con.execute(
        f"CREATE OR REPLACE TABLE simulation.{side} AS "
        "SELECT person_key, programme, decision, amount_monthly FROM decisions.verdict"
    )


def _summed(budget: pl.DataFrame, people: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    figures = [column for column in budget.columns if column not in ("programme", "town_code")]
    sums = budget.group_by(by).agg(pl.col(figures).sum())
    kinds = people.group_by(by).agg(*((pl.col("kind") == kind).sum().alias(kind) for kind in KINDS))
    difference = pl.col("monthly_after") - pl.col("monthly_before")
    return (
        sums.join(kinds, on=by, how="full", coalesce=True, nulls_equal=True)
        .with_columns(pl.col([*figures, *KINDS]).fill_null(0))
        .with_columns(monthly_difference=difference, yearly_difference=difference * 12)
        .select(
            *by,
            "eligible_before",
            "eligible_after",
            *KINDS,
            "monthly_before",
            "monthly_after",
            "monthly_difference",
            "yearly_difference",
            "unset_before",
            "unset_after",
        )
        .sort(by, nulls_last=True)
    )
