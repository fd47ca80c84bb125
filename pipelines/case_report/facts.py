"""The facts of a case, each with the rows that it comes from."""

from __future__ import annotations

from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from outreach.explain.known_facts import KnownFact
from pipelines.case_report.texts import named_row, visible


def facts_table(facts: Sequence[KnownFact]) -> Table:
    """All facts of the case as one table: value, and where it comes from."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("事实", min_width=10, max_width=24, overflow="fold")
    table.add_column("值", min_width=6, max_width=24, overflow="fold")
    table.add_column("从哪里来", ratio=1, overflow="fold")
    for fact in facts:
        style = "yellow" if fact.text == "未知" else ""
        table.add_row(Text(fact.label), Text(visible(fact.text), style=style), Text(_origin(fact)))
    return table


def _origin(fact: KnownFact) -> str:
    rows = [
        named_row(source.place)
        + (f"（{source.detail}）" if source.detail else "")
        + ("（是否此人待人工核对）" if source.under_review else "")
        for source in fact.sources
    ]
    parts = [
        f"由{'、'.join(fact.derived_from)}得出" if fact.derived_from else "",
        "，".join(rows),
        fact.note or "",
    ]
    return "；".join(part for part in parts if part)
