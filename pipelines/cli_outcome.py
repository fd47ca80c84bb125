"""The commands ``outreach outcome …``. What they do is in ``pipelines.outcomes``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from outreach.deployment import Deployment
from pipelines.options import Home, Policies, Region

outcome_app = typer.Typer(help="走访联系结果台账：各晚收到的答复，长期有效。", no_args_is_help=True)


@outcome_app.command("import")
def outcome_import(
    files: Annotated[list[Path], typer.Argument(help="填好的名单、走访单或部门核对清单（XLSX、CSV）")],
    region: Annotated[
        str | None,
        typer.Option("--region", help="标题没有写明地区的文件属于哪个地区", show_default=False),
    ] = None,
    home: Home = None,
    policies: Policies = None,
) -> None:
    """把填好的名单和部门答复记入台账，逐行说明采用与否；下一晚起生效。同一文件重复导入不会重复记入。"""
    from pipelines.returns import import_files

    raise typer.Exit(import_files(Deployment.find(home, policies=policies), files, region))


@outcome_app.command("rebuild")
def outcome_rebuild(region: Region, home: Home = None) -> None:
    """台账缺失或损坏时，由历次发布重建；完好的部分保持不变。"""
    from pipelines.outcomes import rebuild_log

    raise typer.Exit(rebuild_log(Deployment.find(home).home, region))
