"""The commands ``outreach policies …``: check, show, compare, simulate."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from rich.box import SIMPLE
from rich.table import Table

from contracts.facts import FACT_BY_NAME
from contracts.vocabulary import Coverage, Impact, Truth
from outreach.policy import Policy, PolicyError
from outreach.policy.in_words import programme_lines
from outreach.policy.language import model
from outreach.policy.language.policy import Queue
from pipelines.console import err, out, refuse


def described(person: Mapping[str, Any]) -> str:
    """An example person in words: each fact by its Chinese label."""

    def words(value: Any) -> Any:
        return Truth.of(value).chinese if value is None or isinstance(value, bool) else value

    return "，".join(f"{FACT_BY_NAME[name].label}：{words(value)}" for name, value in person.items())


def check_policies(
    policies: Path,
    as_of: dt.date,
    documents: Path | None,
    notes: bool,
    parameters: Callable[[str], Path | None],
) -> int:
    """Print every finding; 0 if there is no error, else 1; 2 where there is nothing to check."""
    from outreach.policy import regions
    from outreach.policy.proofs.check import check

    try:
        if not policies.is_dir() or not regions(policies):
            refuse(f"{policies} 中没有任何地区的政策文件，无可核查；请用 --policies 指明政策目录。")
        findings = check(policies, as_of=as_of, documents=documents, parameters=parameters)
    except PolicyError as error:
        err.print(str(error), markup=False)
        return 1
    errors = [finding for finding in findings if finding.severity == "error"]
    for finding in findings if notes else errors:
        mark = "✗" if finding.severity == "error" else "·"
        example = f"（例：{described(finding.person)}）" if finding.person else ""
        place = finding.region if finding.programme is None else f"{finding.region} {finding.programme}"
        out.print(f"{mark} {finding.where}  {place}：{finding.message}{example}", markup=False)
    unsaid = "" if notes else f"；提示 {len(findings) - len(errors)} 条（--notes 查看）"
    out.print(f"错误 {len(errors)} 处{unsaid}", markup=False)
    return 1 if errors else 0


def show_policy(policy: Policy) -> int:
    """Print a region's programmes with conditions, amounts and clauses, and what switches could add."""
    out.print(f"{policy.name}  {policy.version}  {policy.sha256[:12]}", markup=False)
    out.print(f"《{policy.file.document.title}》", markup=False)
    for programme in policy.programmes:
        rule = programme.rule
        out.print(f"\n{rule.item}  {rule.name}  {rule.id}  {rule.mode}", markup=False, style="bold")
        for line in programme_lines(programme, policy):
            out.print(f"  {line}", markup=False)
    for programme in policy.dormant:
        rule = programme.rule
        out.print(
            f"\n{rule.item}  {rule.name}  {rule.id}  {rule.mode}  （未打开，不作判定）",
            markup=False,
            style="dim",
        )
        for line in programme_lines(programme, policy):
            out.print(f"  {line}", markup=False, style="dim")
        out.print(f"  可由开关 {rule.switch} 打开：{policy.file.switches[rule.switch or '']}", markup=False)
    if policy.queue is not None:
        out.print(f"\n{policy.queue.rule.item}  公办养老机构轮候顺序", markup=False, style="bold")
        for line in _queue_lines(policy.queue):
            out.print(f"  {line}", markup=False)
    for indicator in policy.indicators:
        out.print(
            f"\n{indicator.rule.item}  {indicator.rule.name}  {indicator.id}", markup=False, style="bold"
        )
        for line in _indicator_lines(indicator.rule):
            out.print(f"  {line}", markup=False)
    return 0


def _queue_lines(queue: Queue) -> Iterator[str]:
    """The order of a queue in words: clause, programmes, classes."""
    yield queue.citation.full
    yield f"轮候项目：{'、'.join(programme.rule.name for programme in queue.programmes)}"
    for place, (each, expression) in enumerate(queue.classes, 1):
        yield f"{place}. {each.label}：{'其余的人' if expression is None else expression.sql()}"
    yield "同类中失能程度重的在前，再按同意日期"


def _indicator_lines(rule: model.Indicator) -> Iterator[str]:
    """An indicator in words: clause, target, how it is counted or what is missing."""
    yield f"“{rule.clause}”"
    if rule.target is not None:
        bound = "不低于" if rule.target.at_least is not None else "超过"
        share = rule.unit == model.SHARE
        figure = f"{rule.target.value:.0%}" if share else f"{rule.target.value} {rule.unit}"
        due = f"，最迟 {rule.due}" if rule.due else ""
        yield f"- 目标：{bound} {figure}{due}"
    if rule.missing is not None:
        yield f"- 缺少：{rule.missing}"
    else:
        yield f"- 分母：{rule.denominator}"
        yield f"- 分子：{rule.numerator}"


def compare_policies(above: Policy, below: Policy) -> int:
    """Print, item by item, whether the lower list covers the upper; 0 if it does, else 1.

    A document without an attached list is compared by its text: what that leaves out does not count as short.
    """
    from outreach.policy.proofs.compare import compare

    upper, lower = above.region, below.region
    found = compare(above, below)
    lines = {p.id: p.source.place(("programmes", p.index)) for p in below.programmes}
    if not below.file.document.list:
        out.print(
            f"{lower} 的文件没有附清单，按正文写到的项目比较：正文未列的不算缺项，请另对照所附清单。",
            markup=False,
        )
    for item in found:
        money = "" if item.outcome != "lower amount" else f"  {item.upper_amount} → {item.lower_amount}"
        at = lines.get(item.programme) if item.outcome != "covered" else None
        where = f"（{at}）" if at else ""
        out.print(f"{Coverage(item.outcome).chinese}  {item.name}{money}{where}", markup=False)
        if item.person:
            out.print(f"      例：{described(item.person)}", markup=False)
    outcomes = [Coverage(item.outcome) for item in found]
    unlisted = outcomes.count(Coverage.NOT_IN_THE_TEXT)
    short = len(outcomes) - outcomes.count(Coverage.COVERED) - unlisted
    left_out = f"，{unlisted} 项正文未列" if unlisted else ""
    out.print(f"{lower} 对照 {upper}：{len(found)} 项，其中 {short} 项低于上级清单{left_out}", markup=False)
    return 1 if short else 0


def simulate_change(snapshot: Path, before: Policy, after: Policy, folder: Path) -> int:
    """Print what a change would move, and write tables, chart and ids into ``folder``."""
    from outreach.charts import INSTALL
    from outreach.policy.simulation.simulate import simulate

    result = simulate(snapshot, before, after)
    rows = result.by_programme.to_dicts()
    kinds = [kind for kind in Impact if any(row[kind] for row in rows)]
    table = Table(title=result.title, title_justify="left", box=SIMPLE)
    for name in ("项目", *(kind.chinese for kind in kinds), "现每月（元）", "将每月（元）", "每年差额（元）"):
        table.add_column(name, justify="left" if name == "项目" else "right", no_wrap=True)
    figures = ("monthly_before", "monthly_after", "yearly_difference")
    total = {key: sum(row[key] for row in rows) for key in (*kinds, *figures)}
    for row in [*rows, {"name": "合计", **total}]:
        moved = (f"{row[kind]:,}" if row[kind] else "" for kind in kinds)
        table.add_row(row["name"] or row["programme"], *moved, *(f"{row[key]:,.2f}" for key in figures))
    if not rows:
        out.print("这一改动不影响任何项目。", markup=False)
    else:
        out.print(table)
        unset = sum(row["unset_after"] for row in rows)
        missing = f"；另有 {unset:,} 人次符合而金额待核定或不明，不计在内" if unset else ""
        out.print(f"金额按规则计：符合者全部领取时的支出{missing}。未发布任何内容。", markup=False)
    written = result.write(folder)
    for path in written:
        out.print(f"  {path}", markup=False)
    if not any(path.suffix == ".svg" for path in written):
        out.print(f"没有画图：缺少绘图组件 Altair、vl-convert。{INSTALL}", markup=False)
    return 0
