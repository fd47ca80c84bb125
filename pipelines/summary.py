"""The closing words of ``outreach run``: what came in, who was matched, what is on which list, and where."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb
from rich.markup import escape
from rich.table import Table

from contracts.extracts import EXTRACT_BY_NAME
from pipelines.console import OK, PUBLISHED_WITH_REFUSAL, err, out

STATUS = {
    "accepted": "全部接收",
    "accepted_with_quarantine": "接收，部分行隔离",
    "refused": "拒收",
    "absent": "未送达",
}
GRADE = {"exact": "确定", "strong": "可靠", "review": "待人工核对", "new": "本地未登记"}
ACTION = {
    "add": "新增",
    "adjust": "调整",
    "stop": "停发",
    "verify": "核实",
    "due": "应办",
    "inform": "告知",
    "upcoming": "将到",
    "keep": "保持",
    "declined": "已谢绝",
}


def print_summary(home: Path, region: str, as_of: dt.date, release: Path, seconds: float) -> int:
    """Print the summary of a published release.

    Returns:
        The exit status: 0, or 3 where an extract was refused.
    """
    with duckdb.connect(str(release / "mart.duckdb"), read_only=True) as con:
        deliveries = con.sql(
            "SELECT extract, any_value(status), sum(rows_read), sum(rows_accepted), sum(rows_quarantined), "
            "string_agg(DISTINCT message, '；') FROM mart.delivery GROUP BY extract"
        ).fetchall()
        grades = dict(con.sql("SELECT grade, count(*) FROM mart.identity_link GROUP BY ALL").fetchall())
        people = con.sql("SELECT count(*), count(*) FILTER (registered) FROM mart.person").fetchall()[0]
        lines = con.sql(
            "SELECT programme_name, action, count(*) FROM mart.candidate GROUP BY ALL ORDER BY ALL"
        ).fetchall()
    out.print(_deliveries(deliveries))
    told = "，".join(f"{label} {grades.get(grade, 0):,}" for grade, label in GRADE.items())
    out.print(f"认人：{people[0]:,} 人（在册 {people[1]:,} 人）；记录 {sum(grades.values()):,} 条：{told}")
    out.print(_lists(lines))
    refused = [row[0] for row in deliveries if row[1] == "refused"]
    if refused:
        names = "、".join(EXTRACT_BY_NAME[name].title for name in refused)
        out.print(
            f"拒收：{names}。凡依据这些数据的事实均记为“未知”，不会因此停发。请退回部门重送后重跑本日。"
        )
    date = as_of.isoformat()
    out.print(
        f"已发布 {region} {date}，用时 {seconds:.1f} 秒\n"
        f"  名单    {home / 'lists' / region / date}/（先看 index.csv）\n"
        f"  结果库  {home / 'warehouse' / region / f'{date}.duckdb'}\n"
        f"  分析库  {home / 'warehouse' / region / f'{date}.analyst.duckdb'}\n"
        f"  版本    {release}",
        markup=False,
    )
    return PUBLISHED_WITH_REFUSAL if refused else OK


def _deliveries(rows: list[tuple[str, str, int, int, int, str | None]]) -> Table:
    table = Table("部门", "数据", "状态", title="收件", title_justify="left")
    for name in ("读入", "接收", "隔离"):
        table.add_column(name, justify="right")
    table.add_column("说明")
    by_name = {row[0]: row[1:] for row in rows}
    for name, extract in EXTRACT_BY_NAME.items():
        status, read, accepted, quarantined, message = by_name[name]
        style = {"refused": "red", "absent": "yellow"}.get(status)
        table.add_row(
            extract.department.title,
            extract.title,
            STATUS[status],
            *(f"{count or 0:,}" for count in (read, accepted, quarantined)),
            escape(message or ""),
            style=style,
        )
    return table


def _lists(rows: list[tuple[str, str, int]]) -> Table:
    actions = [action for action in ACTION if any(row[1] == action for row in rows)]
    table = Table("项目", title="名单（人次）", title_justify="left")
    for action in actions:
        table.add_column(ACTION[action], justify="right")
    counts: dict[str, dict[str, int]] = {}
    for programme, action, count in rows:
        counts.setdefault(programme, {})[action] = count
    for programme, by_action in counts.items():
        table.add_row(
            programme, *(f"{by_action[action]:,}" if action in by_action else "" for action in actions)
        )
    return table


def print_failure(region: str, as_of: dt.date, failures: list[str], alert: Path | None) -> None:
    """Say what failed and that nothing was published."""
    err.print(f"{region} {as_of}：未发布任何内容，此前发布的版本保持不变。", markup=False)
    for failure in failures:
        err.print(f"  {failure}", markup=False)
    if alert:
        err.print(f"  告警记录：{alert}", markup=False)
