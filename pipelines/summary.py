"""The closing words of ``outreach run``: what came in, who was matched, what is on which list, and where."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import duckdb
from rich.box import SIMPLE
from rich.table import Table

from contracts.extracts import EXTRACT_BY_NAME
from contracts.vocabulary import Action, Cause, Change, DeliveryStatus, Grade, Notion
from outreach.engine import query
from outreach.policy import Policy
from pipelines.console import OK, PUBLISHED_WITH_REFUSAL, err, out


def print_published(
    home: Path,
    policy: Policy,
    release: Path,
    seconds: float,
    warned: Sequence[str] = (),
    unknown: Sequence[str] = (),
) -> int:
    """Print the summary of a published release and what was damaged and did not stop the night.

    The release is published: what cannot be printed does not change the exit status.

    Returns:
        The exit status: 0, or 3 where an extract was refused.
    """
    status = OK
    try:
        with duckdb.connect(str(release / "mart.duckdb"), read_only=True) as con:
            refused = con.sql("SELECT count(*) FROM mart.delivery WHERE status = 'refused'").fetchall()[0][0]
        status = PUBLISHED_WITH_REFUSAL if refused else OK
        print_summary(home, policy, release, seconds, unknown)
        for message in warned:
            err.print(f"警告：{message}。", markup=False)
    except (Exception, SystemExit) as error:
        with suppress(Exception, SystemExit):
            err.print(
                f"outreach: {policy.region} {policy.as_of} 已发布（{release}），"
                f"但摘要未能显示（{type(error).__name__}）。",
                markup=False,
            )
    return status


def print_summary(
    home: Path, policy: Policy, release: Path, seconds: float, unknown: Sequence[str] = ()
) -> int:
    """Print the summary of a published release. ``unknown``: files in the folder that are no extract, as
    shown.

    Returns:
        The exit status: 0, or 3 where an extract was refused.
    """
    with duckdb.connect(str(release / "mart.duckdb"), read_only=True) as con:
        deliveries = query(con, "summary", "delivery").fetchall()
        grades = dict(query(con, "summary", "grade").fetchall())
        sure = query(con, "summary", "precision").fetchall()
        people = query(con, "summary", "people").fetchall()[0]
        lines = query(con, "summary", "line").fetchall()
        changes = query(con, "summary", "change").fetchall()
        ((compared_with,),) = con.sql("SELECT compared_with FROM mart.run").fetchall()
        permitted = query(con, "summary", "switched_off").fetchall()
        questions = query(con, "summary", "question").fetchall()[0]
        ledger = query(con, "summary", "ledger").fetchall()[0]
        waiting = query(con, "summary", "waiting").fetchall()
        indicators = query(con, "summary", "indicator").fetchall()[0]
        working = query(con, "summary", "working").fetchall()
        need = query(con, "summary", "need").fetchall()
    came_in = {row[0]: Came(*row[1:]) for row in deliveries}
    refused = [name for name, came in came_in.items() if came.status == "refused"]
    out.print(_deliveries(came_in))
    for name, came in came_in.items():
        if came.status == "refused":
            out.print(f"  {EXTRACT_BY_NAME[name].title}（{name}）{came.message}", markup=False)
    if refused:
        out.print("  凡依据被拒收数据的事实均记为“未知”，不会因此停发。请退回部门，重送后重跑本日。")
    if unknown:
        out.print(
            f"  不是数据文件、未读取：{'、'.join(unknown[:20])}"
            + (f" 等 {len(unknown)} 个" if len(unknown) > 20 else ""),
            markup=False,
        )
    by_grade = "，".join(f"{grade.chinese} {grades.get(grade.value, 0):,}" for grade in Grade)
    out.print(
        f"\n{Notion.IDENTITY_RESOLUTION.chinese}：{people[0]:,} 人，其中在册 {people[1]:,} 人；"
        f"{sum(grades.values()):,} 条对应：{by_grade}"
    )
    if sure:
        share = min(sure[0][0], 0.999999)
        out.print(f"自动认定的估计正确率 {share:.4%}（核对质量见 mart.identity_quality）")
    out.print()
    out.print(_lists(policy, lines))
    if need:
        out.print(_by_need(need))
    for name, switch, people in permitted:
        out.print(
            f"{name}：{people:,} 人只凭文件允许而本地未打开的开关 {switch} 在享受，不作判定、不停发；"
            f"确在执行的，请在参数文件中打开\n",
            markup=False,
        )
    _print_changes(compared_with, changes)
    out.print(_questions(*questions))
    out.print(_beyond_lists(ledger[0], ledger[1], ledger[2], waiting))
    out.print(_indicators(*indicators))
    if working:
        out.print(f"工作指标：{'；'.join(_working(*figure) for figure in working)}\n", markup=False)
    date = policy.as_of.isoformat()
    out.print(
        f"已发布 {policy.name} {date}，用时 {seconds:.1f} 秒\n"
        f"  名单    {home / 'lists' / policy.region / date}（先看 index.csv）\n"
        f"  结果表  {home / 'warehouse' / policy.region / f'{date}.duckdb'}\n"
        f"  分析库  {home / 'warehouse' / policy.region / f'{date}.analyst.duckdb'}\n"
        f"  版本    {release}",
        markup=False,
    )
    return PUBLISHED_WITH_REFUSAL if refused else OK


class Came(NamedTuple):
    """What came in of one extract."""

    status: str
    read: int
    accepted: int
    quarantined: int
    message: str | None


def _deliveries(came_in: dict[str, Came]) -> Table:
    table = Table("部门", "数据", "状态", title="收件", title_justify="left", box=SIMPLE)
    for name in ("读入", "接收", "隔离"):
        table.add_column(name, justify="right")
    for name, extract in EXTRACT_BY_NAME.items():
        came = came_in[name]
        table.add_row(
            extract.department.title,
            extract.title,
            DeliveryStatus(came.status).chinese,
            *(f"{count:,}" for count in (came.read, came.accepted, came.quarantined)),
            style={"refused": "red", "absent": "yellow"}.get(came.status),
        )
    return table


def _lists(policy: Policy, lines: list[tuple[str, str, int]]) -> Table:
    """People by programme, in the order of the policy, and action."""
    counts = {(programme, action): count for programme, action, count in lines}
    actions = [action for action in Action if any(key[1] == action for key in counts)]
    table = Table("项目", title="名单（人次）", title_justify="left", box=SIMPLE)
    for action in actions:
        table.add_column(action.chinese, justify="right")
    for programme in policy.programmes:
        row = [counts.get((programme.id, action.value)) for action in actions]
        if any(row):
            table.add_row(programme.rule.name, *(f"{count:,}" if count else "" for count in row))
    return table


_MOST_TOWNS = 12


def _by_need(rows: list[tuple[str, int, int, int]]) -> Table:
    """What officers have to verify and to do in each town, by class of need."""
    towns: dict[str, dict[int, tuple[int, int]]] = {}
    for town, need_class, to_verify, due in rows:
        towns.setdefault(town, {})[need_class] = (to_verify, due)
    classes = sorted({need_class for found in towns.values() for need_class in found})
    more = len(towns) - _MOST_TOWNS
    table = Table(
        "乡镇街道",
        title="待核实／应服务（人次），按紧要程度",
        title_justify="left",
        box=SIMPLE,
        caption=f"另有 {more:,} 个乡镇街道，见 mart.statistic_need" if more > 0 else None,
        caption_justify="left",
    )
    for need_class in classes:
        table.add_column(f"{need_class}类", justify="right")
    for town, found in list(towns.items())[:_MOST_TOWNS]:
        counts = [found.get(need_class, (0, 0)) for need_class in classes]
        table.add_row(town, *(f"{to_verify:,}／{due:,}" for to_verify, due in counts))
    return table


def _working(name: str, value: float, unit: str, due: dt.date | None) -> str:
    figure = f"{value:.0%}" if unit == "share" else f"{value:,.0f} {unit}"
    return f"{name} {figure}" + (f"（至 {due}）" if due is not None else "")


def _print_changes(compared_with: dt.date | None, changes: list[tuple[str, str, int]]) -> None:
    """What is not as it was on the published night before, by main cause."""
    if compared_with is None:
        out.print("本地区首次发布，没有此前的名单可比。\n")
        return
    if not changes:
        out.print(f"名单与 {compared_with} 的发布相同。\n")
        return
    counts = {(cause, change): count for cause, change, count in changes}
    table = Table(
        "主要原因", title=f"与 {compared_with} 的发布相比（人次）", title_justify="left", box=SIMPLE
    )
    for change in Change:
        table.add_column(change.chinese, justify="right")
    for cause in Cause:
        row = [counts.get((cause.value, change.value)) for change in Change]
        if any(row):
            table.add_row(cause.chinese, *(f"{count:,}" if count else "" for count in row))
    out.print(table)


def _questions(
    waiting: int, overdue: int, answered: int, settled: int, waiting_worth: Decimal, settled_worth: Decimal
) -> str:
    """The questions to departments, and what hangs on them."""
    return (
        f"核对问题：待答复 {waiting:,} 条，其中逾期 {overdue:,} 条"
        f"（待答复的涉及每月 {waiting_worth:,.2f} 元）；"
        f"已答复 {answered:,} 条，一年内已解决 {settled:,} 条（涉及每月 {settled_worth:,.2f} 元）\n"
    )


def _beyond_lists(listed: int, changed: int, since: str | None, waiting: list[tuple[str, int]]) -> str:
    """How many are in the ledger and in the queues for places; ``since`` None: no earlier ledger."""
    queues = "，".join(f"{name} {count:,} 人" for name, count in waiting) or "没有人"
    compared = "" if since is None else f"，其中与 {since} 相比有变化 {changed:,} 人"
    return f"失能老年人台账：{listed:,} 人{compared}；机构轮候：{queues}"


def _indicators(named: int, computed: int, reached: int, missed: int) -> str:
    """How many of the document's indicators have a value, and how many of these meet their target."""
    return (
        f"指标：文件提出 {named} 项，算出 {computed} 项"
        f"（达到目标 {reached}，未达到 {missed}，其余没有定目标或不能确定），"
        f"{named - computed} 项算不出（缺什么见 mart.indicator 的 status）\n"
    )


def print_failure(region: str, as_of: dt.date, failures: list[str], alert: Path | None) -> None:
    """Say what failed and that nothing was published."""
    err.print(f"{region} {as_of}：未发布任何内容，此前发布的版本保持不变。", markup=False)
    for failure in failures:
        err.print(f"  {failure}", markup=False)
    if alert:
        err.print(f"  告警记录：{alert}", markup=False)
