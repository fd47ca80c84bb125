"""The command ``outreach explain``. What it prints is in ``pipelines.case_report``."""

from __future__ import annotations

import sys
from collections.abc import Callable
from enum import StrEnum
from typing import Annotated

import typer

from outreach.deployment import Deployment
from pipelines.console import refuse
from pipelines.options import Home, Policies, Region, a_day


class Form(StrEnum):
    """For whose eyes the answer is."""

    text = "text"
    json = "json"


def explain(
    region: Region,
    date: Annotated[
        str | None,
        typer.Option(
            "--date", help="批次日期（默认最新发布的一天）", metavar="YYYY-MM-DD", show_default=False
        ),
    ] = None,
    person: Annotated[
        str | None, typer.Option("--person", help="人员编号（名单上的“人员编号”）", show_default=False)
    ] = None,
    id_number: Annotated[
        str | None,
        typer.Option(
            "--id-number",
            help="公民身份号码（18 位或 15 位，曾用号码也可）；写 - 则从标准输入读取，不留在命令历史里",
            show_default=False,
        ),
    ] = None,
    programme: Annotated[
        str | None, typer.Option("--programme", help="只看一个项目（编码或名称）", show_default=False)
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="列出全部事实，展开全部项目的条件")] = False,
    full: Annotated[bool, typer.Option("--full", help="显示完整的号码、出生日期、电话、地址")] = False,
    form: Annotated[Form, typer.Option("--format", help="text 供人看，json 供程序用")] = Form.text,
    say: Annotated[bool, typer.Option("--say", help="只给一段读给本人或家属听的话")] = False,
    home: Home = None,
    policies: Policies = None,
) -> None:
    """说明一个人为什么在名单上，或为什么不在：身份依据、事实及来源行、各项条件、金额、处理。

    退出码：0 已说明；1 查无此人；2 用法错误，或该日尚未发布，或一个号码对应多人（须用 --person 指定）。
    """
    from pipelines.case_report import explain_by_number, explain_person

    if say and (form is Form.json or everything or full):
        refuse("--say 只给一段话，不能与 --all、--full、--format json 同用。")
    if (person is None) == (id_number is None):
        refuse("请用 --person 或 --id-number 指定一个人（二者选一）。")
    deployment = Deployment.find(home, None, policies)
    name = "latest" if date is None else a_day(date).isoformat()
    snapshot = deployment.home / "warehouse" / region / f"{name}.duckdb"
    if not snapshot.exists():
        refuse(f"{region}（{date or '最新'}）还没有发布的结果表：{snapshot}。先运行当日的批次。")
    answer: Callable[..., int] = explain_person
    subject = person
    if id_number is not None:
        answer = explain_by_number
        subject = sys.stdin.readline() if id_number == "-" else id_number
    raise typer.Exit(
        answer(
            deployment,
            snapshot.resolve(),
            subject or "",
            programme=programme,
            full=full,
            everything=everything,
            as_json=form is Form.json,
            say=say,
        )
    )
