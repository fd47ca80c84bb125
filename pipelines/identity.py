"""``outreach identity``: a clerk's word on a pair, and the match weights in force."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
from rich.table import Table

from outreach.identity import clerical, learning
from pipelines.console import OK, out, refuse


def _state(home: Path, region: str) -> Path:
    return home / "state" / region


def _latest(home: Path, region: str) -> duckdb.DuckDBPyConnection:
    snapshot = home / "warehouse" / region / "latest.duckdb"
    if not snapshot.exists():
        refuse(f"{region} 还没有发布过（{snapshot} 不存在）。")
    return duckdb.connect(str(snapshot.resolve()), read_only=True)


def record_decision(home: Path, region: str, pair: str, same: bool, by: str) -> int:
    """Append a clerk's decision on a pair of the latest published review to the region's state.

    Returns:
        The exit status.
    """
    with _latest(home, region) as con:
        found = con.execute(
            "SELECT subject, other_subject, proposed_person_id FROM mart.identity_review WHERE pair_id = ?",
            [pair],
        ).fetchall()
    if not found:
        refuse(f"最新发布的待核对记录中没有编号 {pair}；编号每晚重排，请先查看 mart.identity_review。")
    ((subject, other_subject, proposed),) = found
    clerical.decide(
        _state(home, region) / clerical.FILE_NAME,
        subject=subject,
        same=same,
        by=by,
        at=dt.datetime.now(ZoneInfo("Asia/Shanghai")),
        person_id=None if other_subject else proposed,
        other_subject=other_subject,
    )
    word = "是同一人" if same else "不是同一人"
    out.print(f"已记下：{pair} {word}（{by}），从下一晚起生效。", markup=False)
    return OK


def show_weights(home: Path, region: str, learn: bool) -> int:
    """Print the latest night's weights beside the shipped ones; with ``learn`` ask for new ones.

    Returns:
        The exit status.
    """
    with _latest(home, region) as con:
        rows = con.execute(
            "SELECT field, label, weight, shipped_weight, seen FROM mart.identity_weight WHERE label <> ''"
        ).fetchall()
    table = Table("字段", "比对结果", "权重", "随附权重", "学习时所见行数")
    for field, label, weight, shipped, seen in rows:
        table.add_row(
            field, label, f"{weight:+.1f}", f"{shipped:+.1f}", "" if seen is None else f"{seen:.0f}"
        )
    out.print(table)
    if learn:
        learning.ask_anew(_state(home, region) / learning.FILE_NAME)
        out.print("下一晚将重新学习权重。")
    return OK
