"""The commands ``outreach policies …``. What they print is in ``pipelines.policies``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from outreach.deployment import Deployment
from pipelines.console import refuse
from pipelines.options import Day, Home, Policies, Region, a_day

if TYPE_CHECKING:
    from outreach.policy import Policy

policies_app = typer.Typer(help="核查、查看、比较、试算政策。", no_args_is_help=True)

AsOf = Annotated[
    str | None,
    typer.Option("--date", help="取该日有效的政策（默认今天）", metavar="YYYY-MM-DD", show_default=False),
]


def _as_of(text: str | None) -> dt.date:
    return a_day(text) if text else dt.datetime.now(ZoneInfo("Asia/Shanghai")).date()


def _policy(
    deployment: Deployment,
    region: str,
    as_of: dt.date,
    changes: Sequence[str] = (),
    parameters: Path | None = None,
    *,
    documents_alone: bool = False,
) -> Policy:
    """The policy in force, with the locality's own figures unless the documents alone are requested."""
    from outreach.policy import PolicyError, load_policy

    local = None if documents_alone else parameters or deployment.parameters(region)
    try:
        return load_policy(region, deployment.policies, local, as_of=as_of, changes=changes)
    except PolicyError as error:
        return refuse(str(error))


@policies_app.command()
def check(
    date: AsOf = None,
    home: Home = None,
    policies: Policies = None,
    documents: Annotated[
        Path | None, typer.Option("--documents", help="政策原文目录（<地区>.txt），核对条文是否逐字一致")
    ] = None,
    notes: Annotated[bool, typer.Option("--notes", help="同时列出提示，如待地方核定的金额")] = False,
) -> None:
    """核查全部政策文件：条件能否成立、金额有无重叠或遗漏、依据是否可查。有错误时退出码为 1。"""
    from pipelines.policies import check_policies

    deployment = Deployment.find(home, None, policies)
    raise typer.Exit(
        check_policies(deployment.policies, _as_of(date), documents, notes, deployment.parameters)
    )


@policies_app.command()
def show(
    region: Annotated[str, typer.Argument(help="地区，如 yaohai")],
    date: AsOf = None,
    home: Home = None,
    policies: Policies = None,
) -> None:
    """列出一个地区的全部项目：条件、金额、条文。"""
    from pipelines.policies import show_policy

    raise typer.Exit(show_policy(_policy(Deployment.find(home, None, policies), region, _as_of(date))))


@policies_app.command()
def setup(
    region: Annotated[str, typer.Argument(help="地区，如 yaohai")],
    date: AsOf = None,
    home: Home = None,
    policies: Policies = None,
    settings: Annotated[
        list[str] | None,
        typer.Option("--set", help="设定 <参数>=<金额> 或 <开关>=on，可重复；已设定的不改写"),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--from", help="金额自哪一天起（默认同 --date）", metavar="YYYY-MM-DD", show_default=False
        ),
    ] = None,
    source: Annotated[str, typer.Option("--source", help="金额的依据，如文号")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只列出，不写任何文件")] = False,
) -> None:
    """新地区第一周：列出待定的金额、开关、工作设置和地名，各会改变什么，并写好参数文件（不改写已设定的）。"""
    from pipelines.policy_setup import set_up

    deployment, as_of = Deployment.find(home, None, policies), _as_of(date)
    before = _policy(deployment, region, as_of)
    _policy(deployment, region, as_of, settings or ())
    begins = a_day(since) if since else as_of
    raise typer.Exit(set_up(deployment, before, settings or (), begins, source, dry_run=dry_run))


@policies_app.command()
def compare(
    upper: Annotated[str, typer.Argument(help="上级清单，如 national")],
    lower: Annotated[str, typer.Argument(help="下级清单，如 yaohai")],
    date: AsOf = None,
    policies: Policies = None,
    with_policies: Annotated[
        Path | None,
        typer.Option("--with-policies", help="下级清单取自另一套政策文件，如改过而未启用的一套"),
    ] = None,
) -> None:
    """逐项比较下级清单是否不低于上级清单。有缺项或更低时退出码为 1。"""
    from pipelines.policies import compare_policies

    deployment, as_of = Deployment.find(policies=policies), _as_of(date)
    changed = replace(deployment, policies=(with_policies or deployment.policies).resolve())
    above = _policy(deployment, upper, as_of, documents_alone=True)
    below = _policy(changed, lower, as_of, documents_alone=True)
    raise typer.Exit(compare_policies(above, below))


@policies_app.command()
def simulate(
    region: Region,
    date: Day,
    change: Annotated[
        list[str] | None, typer.Option("--change", help="<参数>=<金额> 或 <开关>=on|off，可重复")
    ] = None,
    with_policies: Annotated[
        Path | None, typer.Option("--with-policies", help="改过的一套政策文件，与现行的一套比较")
    ] = None,
    with_parameters: Annotated[
        Path | None, typer.Option("--with-parameters", help="改过的本地参数文件，与现行的比较")
    ] = None,
    policy_date: Annotated[
        str | None,
        typer.Option(
            "--policy-date", help="改动取该日有效的政策与金额（默认同 --date）", metavar="YYYY-MM-DD"
        ),
    ] = None,
    home: Home = None,
    policies: Policies = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="结果写入的目录（默认 <home>/simulations/…）")
    ] = None,
) -> None:
    """试算一项改动会影响谁、每月多少钱；不发布任何内容。改动可以是参数、开关、改过的文件或以后的日期。"""
    from pipelines.policies import simulate_change

    deployment, as_of = Deployment.find(home, None, policies), a_day(date)
    if not (change or with_policies or with_parameters or policy_date):
        refuse(
            "试算什么？请用 --change <参数>=<金额>（或 <开关>=on）、--with-policies 目录、"
            "--with-parameters 文件或 --policy-date 日期说明改动。"
        )
    if with_parameters is not None and not with_parameters.is_file():
        refuse(f"没有这个参数文件：{with_parameters}")
    snapshot = deployment.home / "warehouse" / region / f"{date}.duckdb"
    before = _policy(deployment, region, as_of)
    if not snapshot.exists():
        refuse(f"{region} {date} 还没有发布的结果库：{snapshot}。先运行当日的批次。")
    tried = replace(deployment, policies=(with_policies or deployment.policies).resolve())
    after = _policy(
        tried, region, a_day(policy_date) if policy_date else as_of, change or (), with_parameters
    )
    folder = out or deployment.home / "simulations" / region / date
    raise typer.Exit(simulate_change(snapshot.resolve(), before, after, folder))
