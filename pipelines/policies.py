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
from outreach.policy.language import model
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
    """Print a region's programmes with conditions, amounts and clauses."""
    out.print(f"{policy.name}  {policy.version}  {policy.sha256[:12]}", markup=False)
    out.print(f"《{policy.file.document.title}》", markup=False)
    for programme in policy.programmes:
        rule = programme.rule
        out.print(f"\n{rule.item}  {rule.name}  {rule.id}  {rule.mode}", markup=False, style="bold")
        out.print(f"  “{rule.clause}”", markup=False)
        for condition in programme.conditions:
            out.print(f"  - {condition.label}：{condition.expression.sql()}", markup=False)
        for name in rule.amount.parameters() if rule.amount else ():
            value = policy.amount(name)
            parameter = policy.file.parameters[name]
            figure = "待地方核定" if value is None else f"{value} {parameter.unit}"
            least = "不低于 " if rule.amount and rule.amount.floor and value is not None else ""
            out.print(f"  · {parameter.label}：{least}{figure}", markup=False)
    for indicator in policy.indicators:
        out.print(
            f"\n{indicator.rule.item}  {indicator.rule.name}  {indicator.id}", markup=False, style="bold"
        )
        for line in _indicator_lines(indicator.rule):
            out.print(f"  {line}", markup=False)
    return 0


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
    """Print, item by item, whether the lower list covers the upper; 0 if it does, else 1."""
    from outreach.policy.proofs.compare import compare

    upper, lower = above.region, below.region
    found = compare(above, below)
    lines = {
        rule.id: below.source.place(("programmes", index)) for index, rule in enumerate(below.file.programmes)
    }
    for item in found:
        money = "" if item.outcome != "lower amount" else f"  {item.upper_amount} → {item.lower_amount}"
        at = lines.get(item.programme) if item.outcome != "covered" else None
        where = f"（{at}）" if at else ""
        out.print(f"{Coverage(item.outcome).chinese}  {item.name}{money}{where}", markup=False)
        if item.person:
            out.print(f"      例：{described(item.person)}", markup=False)
    short = sum(item.outcome != "covered" for item in found)
    out.print(f"{lower} 对照 {upper}：{len(found)} 项，其中 {short} 项低于上级清单", markup=False)
    return 1 if short else 0


def simulate_change(snapshot: Path, before: Policy, after: Policy, folder: Path) -> int:
    """Print what a change would move, and write tables, chart and ids into ``folder``."""
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
    for path in result.write(folder):
        out.print(f"  {path}", markup=False)
    return 0
