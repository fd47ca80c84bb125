"""Which rows are the person's, and the evidence for it as bars."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from contracts.vocabulary import Grade
from outreach.explain.identity_evidence import Identity, LinkedRow, Step, Waterfall
from outreach.explain.known_facts import REGISTER
from pipelines.case_report.texts import file_and_row, named_row, named_rows

CHARACTERS_A_BIT = 0.7
"""Length of a bar for a bit of evidence."""


def identity_sections(identity: Identity) -> Iterable[Any]:
    """The person's rows, rows that may be the person's, and pairs under review, each with its evidence."""
    rows = _alike(identity.rows)
    yield _linked_rows(rows)
    yield from _waterfalls([alike[0] for alike in rows])
    if identity.possible:
        table = Table("数据行", "为什么可能是", box=SIMPLE_HEAD, pad_edge=False)
        for row in identity.possible:
            table.add_row(Text(f"{named_row(row.place)}  {file_and_row(row.place)}"), Text(row.why))
        yield Text("\n可能属于此人、但没有对应上的行（不会因为缺少这类数据就停发，会先请人核实）：")
        yield table
    for pair in identity.pairs:
        left, right = pair.rows
        other = f"（另一方的人员编号 {pair.other_person}）" if pair.other_person else ""
        yield Text(f"\n待人工核对：{named_row(left)}与{named_row(right)}可能是同一人{other}：")
        yield _bars(pair.steps, None)


def _alike(rows: Sequence[LinkedRow]) -> list[list[LinkedRow]]:
    """Rows of one extract linked for the same reasons and feeding the same facts are shown together.

    Of somebody who is visited every week there are very many.
    """
    groups: dict[Any, list[LinkedRow]] = {}
    for row in rows:
        if row.place.extract == REGISTER:
            key: Any = row.place
        else:
            same = replace(row.place, row_number=0, file=None, file_row=None)
            key = same, row.grade, row.method, row.reasons, row.feeds, row.pair, row.waterfall
        groups.setdefault(key, []).append(row)
    return list(groups.values())


def _linked_rows(groups: Sequence[Sequence[LinkedRow]]) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("", justify="right")
    table.add_column("数据行", overflow="fold")
    table.add_column("文件", style="dim", no_wrap=True)
    table.add_column("把握", no_wrap=True)
    table.add_column("凭什么", ratio=1, overflow="fold")
    table.add_column("用于哪些事实", max_width=20, overflow="fold")
    for place, alike in enumerate(groups, 1):
        row = alike[0]
        style = {"review": "yellow", "new": "dim"}.get(row.grade, "")
        feeds = "、".join(dict.fromkeys(row.feeds))
        by_evidence = row.waterfall is not None and row.method == "综合比对"
        why = "综合比对，见下" if by_evidence else row.reasons or row.method
        table.add_row(
            str(place),
            Text(named_row(row.place) if len(alike) == 1 else named_rows([r.place for r in alike])),
            Text(file_and_row(row.place).replace(" ", "\n") if len(alike) == 1 else _files(alike)),
            Text(Grade(row.grade).chinese, style=style),
            Text(why),
            Text(feeds or _why_unused(row), style="" if feeds else "dim"),
        )
    return table


def _files(rows: Sequence[LinkedRow]) -> str:
    return "\n".join(dict.fromkeys(row.place.file or "" for row in rows))


def _why_unused(row: LinkedRow) -> str:
    if not row.counts:
        return "不采用：可能性不到一半"
    if row.grade == "review" and row.place.extract == "death_record":
        return "核对之前不据此认定死亡"
    return "没有用到：以另一行为准，或已失效"


def _waterfalls(rows: Sequence[LinkedRow]) -> Iterable[Any]:
    """One bar table for all rows that the same evidence links to the person."""
    shared: dict[tuple[str, str | None, Waterfall], list[int]] = {}
    for place, row in enumerate(rows, 1):
        if row.waterfall is not None:
            shared.setdefault((row.method, row.pair, row.waterfall), []).append(place)
    if shared:
        yield Text(
            "证据的分量以比特计：每多一比特，是同一人的可能性翻一倍；负数表示不像同一人。\n"
            "概率是与所有别的候选人以及“户籍中没有此人”相比得出的，所以合计不大也可能是最像的一个。",
            style="dim",
        )
    for (method, pair, waterfall), places in shared.items():
        clerk = f"，待人工核对，核对编号 {pair}" if pair else ""
        yield Text(f"\n第 {'、'.join(map(str, places))} 条（{method}{clerk}）：")
        yield _bars(waterfall.steps, waterfall)


def _bars(steps: Sequence[Step], waterfall: Waterfall | None) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=True, show_edge=False)
    table.add_column("证据", no_wrap=True)
    table.add_column("比较结果", no_wrap=True)
    table.add_column("◀ 反对", justify="right", no_wrap=True)
    table.add_column("支持 ▶", no_wrap=True)
    table.add_column("比特", justify="right", no_wrap=True, min_width=6)
    if waterfall is not None:
        table.add_row("起点", "随便一个在册的人", *_bar(waterfall.prior))
    for step in steps:
        table.add_row(Text(step.field), Text(step.level), *_bar(step.weight))
    if waterfall is not None:
        table.add_section()
        table.add_row("合计", Text(_probability(waterfall.probability)), *_bar(waterfall.total))
    return table


def _bar(bits: float | None) -> tuple[Text, Text, str]:
    if bits is None:
        return Text(), Text(), ""
    bar = "█" * max(1, round(abs(bits) * CHARACTERS_A_BIT)) if abs(bits) >= 0.05 else ""
    against, towards = (bar, "") if bits < 0 else ("", bar)
    return Text(against, style="red"), Text(towards, style="green"), f"{bits:+.1f}"


def _probability(probability: float | None) -> str:
    if probability is None:
        return ""
    if probability > 0.9999:
        return "是同一人的概率大于 99.99%"
    return f"是同一人的概率 {probability:.2%}"
