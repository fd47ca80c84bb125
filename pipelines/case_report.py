"""``outreach explain``: one person's case, for an officer's eyes or as JSON."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import typer
from rich.box import SIMPLE, SIMPLE_HEAD
from rich.panel import Panel
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from contracts.vocabulary import Action, Decision, Grade, Mode, Role, Sex, StopEvidence, Truth
from outreach.deployment import Deployment
from outreach.explain import ExplainError, Explanation, UnknownProgrammeError, explain, find_bearers, spoken
from outreach.explain.case import Bearer, Made, Who
from outreach.explain.identity_evidence import Identity, LinkedRow, Step, Waterfall
from outreach.explain.known_facts import REGISTER, KnownFact
from outreach.explain.programme_cases import Changed, Line, MissingFact, ProgrammeCase
from outreach.explain.release_reader import SourceRow
from outreach.policy import Policy, PolicyError, load_policy
from pipelines.console import FAILED, OK, USAGE, err, out

ROLE = {"": "", **{role.value: f"（{role.chinese}）" for role in Role}}
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
SHOWN_TOGETHER = 5
"""How many rows that are the person's for the same reasons are named by number."""
CHARACTERS_A_BIT = 0.7
"""Length of a bar for a bit of evidence."""


def explain_by_number(deployment: Deployment, snapshot: Path, number: str, **options: Any) -> int:
    """Explain the person with the number; where there are several, list them. The number itself is repeated
    nowhere.

    Returns:
        The exit status.
    """
    try:
        bearers = find_bearers(snapshot, number, full=options["full"])
    except ExplainError as error:
        return _refused(str(error))
    if not bearers:
        return _refused(
            "发布结果中没有人使用这个号码（按有效号码和曾用号码查找）。"
            "请核对号码，或用 --person 按人员编号查询。"
        )
    if len(bearers) == 1:
        return explain_person(deployment, snapshot, bearers[0].person_id, **options)
    if options["as_json"]:
        _print_json({"bearers": [asdict(bearer) for bearer in bearers]})
    else:
        _print(_bearers(bearers))
    err.print("outreach: 这个号码对应多人，请用 --person 指定其中一人。", markup=False)
    return USAGE


def explain_person(
    deployment: Deployment,
    snapshot: Path,
    person_id: str,
    *,
    programme: str | None,
    full: bool,
    everything: bool,
    as_json: bool,
    say: bool = False,
) -> int:
    """Explain one person's case; with ``say`` in one paragraph to read out.

    Returns:
        The exit status.
    """
    try:
        case = explain(
            snapshot,
            person_id,
            _policy_of(deployment, snapshot),
            programme=programme,
            full=full,
            all_facts=everything,
        )
    except UnknownProgrammeError as error:
        return _refused(str(error), USAGE)
    except ExplainError as error:
        return _refused(str(error))
    if say:
        typer.echo(spoken(case))
    elif as_json:
        _print_json(asdict(case))
    else:
        _print_case(case, everything or programme is not None, full)
    return OK


def _refused(sentence: str, status: int = FAILED) -> int:
    err.print(f"outreach: {sentence}", markup=False)
    return status


def _policy_of(deployment: Deployment, snapshot: Path) -> Policy | str:
    """The policy of the release's region and date as the files at hand have it; else why there is none."""
    with duckdb.connect(str(snapshot), read_only=True) as con:
        region, as_of = con.execute("SELECT region, as_of FROM mart.run").fetchall()[0]
    try:
        return load_policy(region, deployment.policies, deployment.parameters(region), as_of=as_of)
    except PolicyError as error:
        return str(error)


def _print(*things: Any) -> None:
    for thing in things:
        out.print(thing, soft_wrap=False, markup=False)


def _print_json(content: Any) -> None:
    def plain(value: Any) -> str:
        if isinstance(value, dt.date | Decimal):
            return str(value)
        raise TypeError(f"{type(value).__name__} has no form in JSON")

    typer.echo(json.dumps(content, ensure_ascii=False, indent=2, default=plain))


def _print_case(case: Explanation, details: bool, full: bool) -> None:
    _print(_header(case.region_name, case.made, case.who))
    if case.policy_note:
        _print(Text(case.policy_note, style="yellow"))
    if len(case.programmes) > 1:
        _print(Rule("结论", align="left"), _overview(case.programmes))
    _print("", Rule("各项目为什么这样判定", align="left"))
    facts = {fact.name: fact for fact in case.facts}
    shown = [p for p in sorted(case.programmes, key=_urgency) if details or _worth_details(p)]
    for programme in shown:
        _print(*_programme(programme, facts))
    if not shown:
        _print(Text("没有一个项目有名单行、在享受，或无法判定；原因见上表。"))
    _print("", Rule("依据的事实和它们的来源行", align="left"), _facts(case.facts))
    _print("", Rule("身份依据：哪些行是此人的，凭什么", align="left"), *_identity(case.identity))
    if not full:
        _print(Text("\n号码和出生日期只显示一部分，电话、地址不显示；要看完整的，加 --full。", style="dim"))
    if not details:
        _print(Text("其余项目的条件和全部事实：加 --all；只看一个项目：加 --programme。", style="dim"))


def _header(region: str, made: Made, who: Who) -> Panel:
    life = "在世" if who.alive else "已去世"
    if who.died_on:
        life += f"（{who.died_on}，{StopEvidence(who.death_evidence or StopEvidence.ONE_SOURCE).chinese}）"
    place = "本地户籍" if who.registered else "不在本地户籍" if who.in_register else "户籍登记中没有此人"
    sex = Sex(who.sex).chinese if who.sex else "性别未知"
    age = "周岁未知" if who.age is None else f"{who.age}周岁"
    lines = [
        f"{who.name or '（姓名缺失）'}  {sex}  {age}  {life}  {place}",
        f"人员编号 {who.person_id}    身份号码 {who.id_number or '缺失'}    "
        f"出生日期 {who.birth_date or '未知'}",
        f"区划 {who.area_code or '未知'}    身份把握：{Grade(who.identity_grade).chinese}"
        "（所依据的数据行里把握最小的）",
    ]
    if who.phone or who.address:
        lines.append(f"电话 {who.phone or '无'}    住址 {who.address or '无'}")
    return Panel(
        Text("\n".join(map(_visible, lines))),
        title=Text(f"{region} {made.as_of} 个人情况说明"),
        subtitle=Text(f"政策 {made.policy_version} {made.policy_sha256[:12]}  版本 {made.run_id[:8]}"),
        title_align="left",
        subtitle_align="left",
    )


def _visible(text: str) -> str:
    """Text from outside without what a terminal would obey."""
    return "".join(
        character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text
    )


def _bearers(bearers: Sequence[Bearer]) -> Table:
    table = Table("人员编号", "姓名", "身份号码", "性别", "周岁", "在世", "本地户籍", box=SIMPLE)
    for bearer in bearers:
        age = "" if bearer.age is None else str(bearer.age)
        table.add_row(
            bearer.person_id,
            Text(_visible(bearer.name or "")),
            Text(_visible(bearer.id_number or "")),
            Sex(bearer.sex).chinese if bearer.sex else "",
            age,
            Truth.of(bearer.alive).chinese,
            Truth.of(bearer.registered).chinese,
        )
    return table


def _urgency(case: ProgrammeCase) -> tuple[int, int]:
    actions = [FIRST_SHOWN.index(Action(line.action)) for line in case.lines]
    order = (Decision.ELIGIBLE, Decision.UNKNOWN, Decision.INELIGIBLE, "outside", None)
    return min(actions, default=len(FIRST_SHOWN)), order.index(case.decision)


def _worth_details(case: ProgrammeCase) -> bool:
    to_show = case.lines or case.receiving or case.told_by or case.beside or case.differs or case.changed
    return bool(to_show) or case.decision == "unknown"


def _overview(cases: Sequence[ProgrammeCase]) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("项目", min_width=12, max_width=24, overflow="fold")
    table.add_column("结论", no_wrap=True)
    table.add_column("名单", no_wrap=True)
    table.add_column("元/月", justify="right", no_wrap=True)
    table.add_column("为什么", ratio=1, overflow="fold")
    for case in sorted(cases, key=_urgency):
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


def _programme(case: ProgrammeCase, facts: dict[str, KnownFact]) -> Iterable[Any]:
    item = f"（{case.item}）" if case.item else ""
    mode = f"  {Mode(case.mode).chinese}" if case.mode else ""
    yield Text.assemble(
        "\n", (f"■ {case.name}{item}", "bold"), (f"{mode}  {case.programme}  ", "dim"), _decision(case)
    )
    if case.conditions:
        yield _conditions(case, facts)
    for label, words in _told_of(case):
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


def _told_of(case: ProgrammeCase) -> Iterable[tuple[str, str]]:
    """What is printed of a programme below its conditions: label and words."""
    if case.decision == "unknown":
        yield "尚缺", "；".join(_missing(case.missing))
    if case.decision == "eligible":
        for place, words in enumerate(case.amount_words):
            yield "" if place else "金额怎么来", words
    if case.amount_words and case.decision == "eligible":
        yield "应发", "待地方核定" if case.amount_monthly is None else f"{_money(case.amount_monthly)} 元/月"
    told_by = f"（{'，'.join(map(_where, case.told_by))}）" if case.told_by else ""
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


def _where(place: SourceRow) -> str:
    return f"{place.title}{ROLE[place.role]}第{place.row_number}行"


def _where_all(places: Sequence[SourceRow]) -> str:
    numbers = "、".join(str(place.row_number) for place in places[:SHOWN_TOGETHER])
    more = "等" if len(places) > SHOWN_TOGETHER else ""
    return f"{places[0].title}{ROLE[places[0].role]}第{numbers}行{more}，共{len(places)}行"


def _facts(facts: Sequence[KnownFact]) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("事实", min_width=10, max_width=24, overflow="fold")
    table.add_column("值", min_width=6, max_width=24, overflow="fold")
    table.add_column("从哪里来", ratio=1, overflow="fold")
    for fact in facts:
        style = "yellow" if fact.text == "未知" else ""
        table.add_row(Text(fact.label), Text(_visible(fact.text), style=style), Text(_origin(fact)))
    return table


def _origin(fact: KnownFact) -> str:
    rows = [
        _where(source.place)
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


def _identity(identity: Identity) -> Iterable[Any]:
    rows = _alike(identity.rows)
    yield _linked_rows(rows)
    yield from _waterfalls([alike[0] for alike in rows])
    if identity.possible:
        table = Table("数据行", "为什么可能是", box=SIMPLE_HEAD, pad_edge=False)
        for row in identity.possible:
            table.add_row(Text(f"{_where(row.place)}  {_file(row.place)}"), Text(row.why))
        yield Text("\n可能属于此人、但没有对应上的行（不会因为缺少这类数据就停发，会先请人核实）：")
        yield table
    for pair in identity.pairs:
        left, right = pair.rows
        other = f"（另一方的人员编号 {pair.other_person}）" if pair.other_person else ""
        yield Text(f"\n待人工核对：{_where(left)}与{_where(right)}可能是同一人{other}：")
        yield _bars(pair.steps, None)


def _file(place: SourceRow) -> str:
    return "" if place.file is None else f"{place.file} 第{place.file_row}行"


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
            Text(_where(row.place) if len(alike) == 1 else _where_all([r.place for r in alike])),
            Text(_file(row.place).replace(" ", "\n") if len(alike) == 1 else _files(alike)),
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
    """One bar table for all rows that the same evidence ties to the person."""
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
