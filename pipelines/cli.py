"""The command line ``outreach``.

Commands are thin: what they do is in the modules they import when called, so that help and usage errors
answer at once and Dagster is loaded only to run a night.
"""

from __future__ import annotations

import re
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from outreach.deployment import Deployment
from pipelines.cli_explain import explain
from pipelines.cli_identity import identity_app
from pipelines.cli_outcome import outcome_app
from pipelines.cli_policies import policies_app
from pipelines.cli_portal import portal_app
from pipelines.console import FAILED, err, refuse
from pipelines.options import Day, Home, Landing, Month, Policies, Region, a_day, a_month
from pipelines.signals import undisturbed

app = typer.Typer(
    help="政策找人：把各部门每晚送来的数据对到人，按政策逐人判定，生成社区走访名单。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
release_app = typer.Typer(
    help="查看已生成的发布版本，批准暂缓发布待审批的版本，撤回已发布的版本。", no_args_is_help=True
)


@release_app.callback()
def _release(context: typer.Context) -> None:
    context.with_resource(undisturbed())


app.add_typer(release_app, name="release")
app.add_typer(policies_app, name="policies")
app.add_typer(identity_app, name="identity")
app.add_typer(outcome_app, name="outcome")
app.add_typer(portal_app, name="portal")
app.command()(explain)


class Engine(StrEnum):
    """Where SQL runs."""

    duckdb = "duckdb"
    spark = "spark"


@app.command()
def run(
    region: Region,
    date: Day,
    landing: Landing = None,
    home: Home = None,
    policies: Policies = None,
    engine: Annotated[Engine, typer.Option("--engine", help="SQL 的执行引擎")] = Engine.duckdb,
    allow: Annotated[
        list[str] | None,
        typer.Option("--allow", help="放行因行数骤降或隔离行过多而被拒收的数据（可重复）", metavar="EXTRACT"),
    ] = None,
    future: Annotated[bool, typer.Option("--future", help="确实要处理明天以后的日期")] = False,
) -> None:
    """处理一个地区一晚的批次，直至发布（与定时任务执行的是同一个 Dagster 作业）。

    退出码：0 已发布；1 失败，未发布；2 用法错误；3 已发布，但有数据被拒收；130、143 被信号中断，未发布。
    """
    from pipelines.night import run_night

    as_of = a_day(date)
    if engine is Engine.spark:
        refuse("本版本尚无 Spark 引擎，请使用 --engine duckdb。")
    deployment = Deployment.find(home, landing, policies)
    raise typer.Exit(run_night(deployment, region, as_of, allow or [], future))


@app.command()
def sample(
    out: Annotated[Path, typer.Option("--out", help="写入的收件目录")],
    region: Annotated[str, typer.Option("--region", help="地区，或 all")] = "all",
    date: Day = "2026-11-20",
    people: Annotated[int, typer.Option("--people", min=1, help="每个地区的登记人数")] = 300,
    seed: Annotated[int, typer.Option("--seed", help="随机种子：同样的种子得到同样的数据")] = 1,
    damage: Annotated[
        str, typer.Option("--damage", help="数据损坏程度：light、ordinary 或 dirty")
    ] = "ordinary",
    nights: Annotated[
        int,
        typer.Option("--nights", min=1, max=31, help="连续几晚（最后一晚为 --date）：同一批人，逐晚有变化"),
    ] = 1,
    policies: Policies = None,
) -> None:
    """生成虚构的收件批次，旁附标准答案，供试用与检验。"""
    from pipelines.sample import write_samples

    raise typer.Exit(
        write_samples(
            out,
            region,
            a_day(date),
            people,
            seed,
            damage,
            Deployment.find(policies=policies).policies,
            nights,
        )
    )


@app.command()
def report(
    region: Region,
    month: Month,
    home: Home = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="写入的目录（默认 <home>/reports/<region>）", show_default=False),
    ] = None,
    policies: Policies = None,
) -> None:
    """由已发布的结果编制可以公开的月报（HTML 和 PDF）：少于 5 人的数字不公布。"""
    from pipelines.report import make_report

    raise typer.Exit(make_report(Deployment.find(home, policies=policies), region, a_month(month), out))


@app.command()
def notice(
    region: Region,
    date: Annotated[
        str | None,
        typer.Option(
            "--date", help="批次日期（默认最新发布的一天）", metavar="YYYY-MM-DD", show_default=False
        ),
    ] = None,
    town: Annotated[
        str | None, typer.Option("--town", help="一个乡镇街道（9 位编码）", show_default=False)
    ] = None,
    community: Annotated[
        str | None, typer.Option("--community", help="一个社区（村）（12 位编码）", show_default=False)
    ] = None,
    person: Annotated[
        str | None, typer.Option("--person", help="一个人（人员编号）", show_default=False)
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="写入的目录（默认 <home>/notices/<region>/<日期>）", show_default=False),
    ] = None,
    home: Home = None,
    policies: Policies = None,
) -> None:
    """编写给本人的大字告知单（A4，每人一页起，HTML 和 PDF）：可以享受什么、接下来怎样、找谁。

    退出码：0 已写；1 没有要告知的人；2 用法错误，或该日尚未发布，或政策文件不是当晚的。
    """
    from pipelines.notices import write_notices

    asked = [each for each in (town, community, person) if each is not None]
    if len(asked) != 1:
        refuse("请用 --town、--community 或 --person 指定其一。")
    for code, length in ((town, 9), (community, 12)):
        if code is not None and not re.fullmatch(rf"[0-9]{{{length}}}", code):
            refuse(f"编码应为 {length} 位数字，见名单的 index.csv。")
    if person is not None and not re.fullmatch(r"[A-Za-z0-9_-]+", person):
        refuse("人员编号只含字母和数字，见名单的“人员编号”一列。")
    deployment = Deployment.find(home, None, policies)
    name = "latest" if date is None else a_day(date).isoformat()
    snapshot = deployment.home / "warehouse" / region / f"{name}.duckdb"
    if not snapshot.exists():
        refuse(f"{region}（{date or '最新'}）还没有发布的结果表：{snapshot}。先运行当日的批次。")
    raise typer.Exit(
        write_notices(deployment, snapshot.resolve(), town or community or "", person or "", out)
    )


@app.command()
def doctor(home: Home = None, landing: Landing = None, policies: Policies = None) -> None:
    """检查本机与部署目录是否可以运行：逐项列出结果与处理办法。"""
    from pipelines.doctor import examine

    raise typer.Exit(examine(Deployment.find(home, landing, policies)))


@release_app.command("list")
def release_list(
    region: Annotated[str | None, typer.Option("--region", help="只看一个地区")] = None, home: Home = None
) -> None:
    """列出各地区各日期的发布版本及其状态。"""
    from pipelines.releases import show_releases

    raise typer.Exit(show_releases(Deployment.find(home).home, region))


By = Annotated[str | None, typer.Option("--by", help="经办人（默认为当前登录名），记入发布台账")]


@release_app.command("approve")
def release_approve(
    region: Region,
    date: Day,
    why: Annotated[str, typer.Option("--why", help="批准的理由，记入发布台账")],
    run_id: Annotated[
        str | None, typer.Option("--run", help="版本编号（默认为该日期最新的暂缓发布待审批版本）")
    ] = None,
    by: By = None,
    home: Home = None,
) -> None:
    """批准发布一个暂缓发布待审批的版本。"""
    from pipelines.releases import approve_release

    raise typer.Exit(approve_release(Deployment.find(home).home, region, a_day(date), run_id, by, why))


@release_app.command("withdraw")
def release_withdraw(
    region: Region,
    date: Day,
    why: Annotated[str, typer.Option("--why", help="撤回的理由，记入发布台账")],
    by: By = None,
    home: Home = None,
) -> None:
    """撤回一个日期的发布：该日期不再有已发布的版本，latest 退回仍在发布的最新日期。"""
    from pipelines.releases import withdraw_release

    raise typer.Exit(withdraw_release(Deployment.find(home).home, region, a_day(date), by, why))


def main() -> None:
    """The command line: an unforeseen error ends in one sentence without personal data, in no traceback."""
    try:
        app()
    except OSError as error:
        err.print(f"outreach: {error.strerror or type(error).__name__}：{error.filename or ''}", markup=False)
        sys.exit(FAILED)
    except Exception as error:
        from assets.failures import project_frames, safe_message
        from outreach.engine import ModelError
        from outreach.errors import OutreachError

        if isinstance(error, OutreachError) and not isinstance(error, ModelError):
            err.print(f"outreach: {error}", markup=False)
            sys.exit(FAILED)

        err.print(f"outreach: {safe_message(error)}\n{project_frames(error)}", markup=False)
        sys.exit(FAILED)
