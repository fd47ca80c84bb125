"""What if: a changed policy against the people of a published snapshot, and what it would move."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

import duckdb
import polars as pl

from outreach.engine import build, load_models
from outreach.policy.decide import BEFORE, evaluate, explain, extract_table, programme_table, put
from outreach.policy.people import load_people
from outreach.policy.policy import Policy

STANDING_MODELS = (
    "holding",
    "contender",
    "household_holding",
    "household_member",
    "displaced",
    "displaced_today",
    "verdict",
)
"""Models that say, of what holds, what stands: who gives way, and every decision."""
KINDS = ("gains", "loses", "more", "less", "amount set", "amount unset", "asks")
"""What a change can do to a person's decision or amount (sql/simulation/change.sql)."""


@dataclass(frozen=True)
class Simulation:
    """What a change moves.

    by_programme: programme, name, eligible_before, eligible_after, people of each of KINDS,
    monthly_before, monthly_after, yearly_difference, unset_before, unset_after.
    by_town: the same by town_code, without name.
    people: person_id, programme, kind, decision_before, decision_after, amount_before, amount_after.
    """

    by_programme: pl.DataFrame
    by_town: pl.DataFrame
    people: pl.DataFrame

    def write(self, folder: Path) -> list[Path]:
        """Put by_programme.csv, by_town.csv, people.csv and chart.svg into ``folder``; gives their paths."""
        folder.mkdir(parents=True, exist_ok=True)
        tables = {"by_programme": self.by_programme, "by_town": self.by_town, "people": self.people}
        paths = []
        for name, table in tables.items():
            paths.append(folder / f"{name}.csv")
            with paths[-1].open("w", encoding="utf-8-sig", newline="") as file:
                writer = csv.writer(file)
                writer.writerow(table.columns)
                writer.writerows(table.iter_rows())
        paths.append(folder / "chart.svg")
        paths[-1].write_text(chart(self.by_programme), encoding="utf-8")
        return paths


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
        }
    )
    by_programme = _summed(budget, people, ["programme"]).join(names, on="programme", how="left")
    return Simulation(
        by_programme.select("programme", "name", pl.exclude("programme", "name")),
        _summed(budget, people, ["programme", "town_code"]),
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
    told = [_told(policy) for policy in (before, after)]
    changed = {name for name in told[0].keys() | told[1].keys() if told[0].get(name) != told[1].get(name)}
    groups = {p.group for policy in (before, after) for p in policy.programmes if p.id in changed and p.group}
    return frozenset(
        changed | {p.id for policy in (before, after) for p in policy.programmes if p.group in groups}
    )


def _told(policy: Policy) -> dict[str, tuple[object, ...]]:
    """Of each programme all that its decision and amount rest on."""
    return {
        p.id: (
            tuple((c.name, c.expression.sql()) for c in p.conditions),
            None if p.audience is None else p.audience.sql(),
            p.rule.amount,
            tuple(policy.amount(name) for name in (p.rule.amount.parameters() if p.rule.amount else ())),
            tuple(sorted((when, case.sql()) for when, case in p.cases.items())),
            (p.group, p.group_order, p.rule.household, p.rule.received_fact),
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

    With ``reasons`` also ``decisions.pattern``, in which every decision's conditions and gaps stand.
    """
    part = policy.only(programmes)
    delivered = {
        name for (name,) in con.execute("SELECT extract FROM run.extract WHERE delivered").fetchall()
    }
    put(con, "decisions.extract", extract_table(delivered))
    put(con, "decisions.programme", programme_table(part, delivered))
    build(con, "decisions", only=BEFORE)
    evaluate(con, part, ahead=False)
    if reasons:
        explain(con, part, delivered)
    known = {model.name for model in load_models("decisions")}
    build(con, "decisions", only=[name for name in STANDING_MODELS if name in known])
    con.execute("CREATE SCHEMA IF NOT EXISTS simulation")
    con.execute(
        f"CREATE OR REPLACE TABLE simulation.{side} AS "
        "SELECT person_key, programme, decision, amount_monthly FROM decisions.verdict"
    )


def _summed(budget: pl.DataFrame, people: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    figures = [column for column in budget.columns if column not in ("programme", "town_code")]
    sums = budget.group_by(by).agg(pl.col(figures).sum())
    kinds = people.group_by(by).agg(*((pl.col("kind") == kind).sum().alias(kind) for kind in KINDS))
    return (
        sums.join(kinds, on=by, how="full", coalesce=True, nulls_equal=True)
        .with_columns(pl.col(KINDS).fill_null(0))
        .with_columns(
            yearly_difference=(pl.col("monthly_after").fill_null(0) - pl.col("monthly_before").fill_null(0))
            * 12
        )
        .sort(by)
    )


def chart(by_programme: pl.DataFrame) -> str:
    """The yearly difference of each programme as horizontal bars, an SVG image by itself."""
    rows = by_programme.select("name", "programme", pl.col("yearly_difference").cast(pl.Float64)).rows()
    widest = max((abs(value) for *_, value in rows), default=0) or 1
    height, middle, half = 28, 460, 200
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="760" height="{height * len(rows) + 40}" '
        'font-family="sans-serif" font-size="14">',
        '<text x="10" y="22">每年支出变化（元，按规则）</text>',
    ]
    for i, (name, programme, value) in enumerate(rows):
        y = 34 + i * height
        width = abs(value) / widest * half
        x = middle if value >= 0 else middle - width
        colour = "#2b6cb0" if value >= 0 else "#c05621"
        lines += [
            f'<text x="10" y="{y + 17}">{escape(name or programme)}</text>',
            f'<rect x="{x:.1f}" y="{y + 4}" width="{width:.1f}" height="18" fill="{colour}"/>',
            f'<text x="{middle + half + 8}" y="{y + 17}">{value:+,.0f}</text>',
        ]
    return "\n".join([*lines, "</svg>", ""])
