"""The programmes of a case: one table of all, and a section each with conditions, amount and lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from contracts.vocabulary import Action, Decision, Grade, Mode, StopEvidence, Truth
from outreach.explain.known_facts import KnownFact
from outreach.explain.programme_cases import Changed, Line, MissingFact, ProgrammeCase
from pipelines.case_report.texts import named_row

DECISION = {**Decision.names(), "outside": "不在对象内"}
DECISION_STYLE: dict[str, str] = {
    Decision.ELIGIBLE: "green",
    Decision.INELIGIBLE: "red",
    Decision.UNKNOWN: "yellow",
}
STYLE = {True: "green", False: "red", None: "yellow"}
EFFECTIVE = {
    "stop": "权利结束于 {}",
    "upcoming": "{} 达到年龄",
    "inform": "{} 达到年龄",
    "adjust": "应发金额自 {} 起变为现在的数",
}
FIRST_SHOWN = (
    Action.STOP,
    Action.VERIFY,
    Action.RECHECK,
    Action.ADJUST,
    Action.ADD,
    Action.DUE,
    Action.UPCOMING,
    Action.INFORM,
    Action.DECLINED,
    Action.KEEP,
)
"""The order of actions by what an officer has to do."""


def urgency(case: ProgrammeCase) -> tuple[int, int]:
    """Sorts programmes: by what an officer has to do, then by decision."""
    actions = [FIRST_SHOWN.index(Action(line.action)) for line in case.lines]
    order = (Decision.ELIGIBLE, Decision.UNKNOWN, Decision.INELIGIBLE, "outside", None)
    return min(actions, default=len(FIRST_SHOWN)), order.index(case.decision)


def has_details(case: ProgrammeCase) -> bool:
    """Whether the programme has a section of its own, where not all are printed."""
    to_show = case.lines or case.receiving or case.told_by or case.beside or case.differs or case.changed
    return bool(to_show) or case.decision == "unknown"


def overview(cases: Sequence[ProgrammeCase]) -> Table:
    """All programmes in one table: decision, line, amount, why."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("项目", min_width=12, max_width=24, overflow="fold")
    table.add_column("结论", no_wrap=True)
    table.add_column("名单", no_wrap=True)
    table.add_column("元/月", justify="right", no_wrap=True)
    table.add_column("为什么", ratio=1, overflow="fold")
    for case in sorted(cases, key=urgency):
        why = "；".join(_without_citation(line.reason_text) for line in case.lines) or case.no_line or ""
        table.add_row(
            Text(case.name),
            _decision(case),
            Text("、".join(Action(line.action).chinese for line in case.lines) or "无"),
            Text(_overview_amount(case)),
            Text(why),
        )
    return table


def _without_citation(reason: str) -> str:
    return reason.rsplit("；依据", 1)[0]


def _overview_amount(case: ProgrammeCase) -> str:
    if case.decision != "eligible" or not case.amount_words:
        return "" if case.current_amount is None else f"现发 {_money(case.current_amount)}"
    return "待核定" if case.amount_monthly is None else _money(case.amount_monthly)


def _money(amount: Decimal) -> str:
    return f"{amount.normalize():,f}"


def _decision(case: ProgrammeCase) -> Text:
    if case.decision is None:
        return Text("未保存", style="dim")
    if case.decision == "ineligible" and case.conditions and all(c.value for c in case.conditions):
        return Text("让位", style="yellow")
    return Text(DECISION[case.decision], style=DECISION_STYLE.get(case.decision, "dim"))


def programme_section(case: ProgrammeCase, facts: dict[str, KnownFact]) -> Iterable[Any]:
    """One programme: its conditions with the facts they rest on, the amount, the lines."""
    item = f"（{case.item}）" if case.item else ""
    mode = f"  {Mode(case.mode).chinese}" if case.mode else ""
    yield Text.assemble(
        "\n", (f"■ {case.name}{item}", "bold"), (f"{mode}  {case.programme}  ", "dim"), _decision(case)
    )
    if case.conditions:
        yield _conditions(case, facts)
    for label, words in _details(case):
        grid = Table.grid(padding=(0, 1))
        grid.add_column(no_wrap=True, width=12)
        grid.add_column(ratio=1, overflow="fold")
        grid.add_row(Text(f"  {label}", style="dim"), Text(words))
        yield grid


def _conditions(case: ProgrammeCase, facts: dict[str, KnownFact]) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=True, show_edge=False)
    table.add_column("条件", min_width=16, overflow="fold")
    table.add_column("成立", no_wrap=True)
    if any(condition.facts for condition in case.conditions):
        table.add_column("看的事实", ratio=1, overflow="fold")
    for condition in case.conditions:
        word, style = Truth.of(condition.value).chinese, STYLE[condition.value]
        seen = [f"{facts[name].label}={facts[name].text}" for name in condition.facts if name in facts]
        cells = (Text(condition.label), Text(word, style=style), Text("，".join(seen)))
        table.add_row(*cells[: len(table.columns)])
    return table


def _details(case: ProgrammeCase) -> Iterable[tuple[str, str]]:
    """What is printed of a programme below its conditions: label and words."""
    if case.decision == "unknown":
        yield "尚缺", "；".join(_missing(case.missing))
    if case.decision == "eligible":
        for place, words in enumerate(case.amount_words):
            yield "" if place else "金额怎么来", words
    if case.amount_words and case.decision == "eligible":
        yield "应发", "待地方核定" if case.amount_monthly is None else f"{_money(case.amount_monthly)} 元/月"
    told_by = f"（{'，'.join(map(named_row, case.told_by))}）" if case.told_by else ""
    if case.receiving:
        paid = "" if case.current_amount is None else f"，每月 {_money(case.current_amount)} 元"
        yield "现状", f"正在享受{paid}{told_by}"
    elif told_by:
        yield "本人意愿", f"近一年内表示不同意{told_by}"
    for words in case.beside:
        yield "择高", words
    for line in case.lines:
        yield from _line(line)
    if case.no_line:
        yield "为何不在", case.no_line
    if case.changed:
        yield "与上次比", _changed(case.changed)
    if case.differs:
        yield (
            "注意",
            "按现有程序重新判定，结果与发布时不同：发布后程序改过。以发布的名单为准，并请告知维护人员。",
        )
    if case.citation:
        yield "依据", case.citation


def _missing(missing: Sequence[MissingFact]) -> Iterable[str]:
    for title in dict.fromkeys(gap.title for gap in missing):
        labels = "、".join(gap.label for gap in missing if gap.title == title)
        yield f"{labels}（没有数据可查，须询问）" if title is None else f"{labels}（应由“{title}”提供）"


def _changed(changed: Changed) -> str:
    def side(action: str | None, amount: Decimal | None) -> str:
        words = "不在名单" if action is None else Action(action).chinese
        return words if amount is None else f"{words}（{_money(amount)} 元/月）"

    before, now = side(changed.action_before, changed.amount_before), side(changed.action, changed.amount)
    return f"{changed.compared_with}：{before}，现在：{now}；原因：{changed.cause_text}"


def _line(line: Line) -> Iterable[tuple[str, str]]:
    parts = [Action(line.action).chinese]
    if line.effective_on:
        parts.append(EFFECTIVE.get(line.action, "权利始于 {}").format(line.effective_on))
    if line.first_payment_month:
        parts.append(f"首发月份 {line.first_payment_month:%Y-%m}")
    if line.money_months and line.money_sum is not None:
        kind = "权利结束后已多发" if line.action == "stop" else "至今应补"
        parts.append(f"{kind} {line.money_months} 个月共 {_money(line.money_sum)} 元")
    if line.first_seen_on:
        parts.append(f"首次列入 {line.first_seen_on}")
    yield "名单", "，".join(parts)
    if line.stop_evidence:
        evidence = StopEvidence(line.stop_evidence)
        yield "停发依据", evidence.chinese + ("" if evidence.is_proof else "：请先核实")
    if line.identity_grade != "exact":
        yield "身份把握", Grade(line.identity_grade).chinese
    yield "理由", line.reason_text
