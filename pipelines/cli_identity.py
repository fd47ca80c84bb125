"""The commands ``outreach identity …``. What they do is in ``pipelines.identity``."""

from __future__ import annotations

from typing import Annotated

import typer

from outreach.deployment import Deployment
from pipelines.options import Home, Region

identity_app = typer.Typer(help="身份核对：记下人工结论，查看或重新学习比对权重。", no_args_is_help=True)


registry_app = typer.Typer(help="人员编号登记册：由已发布的版本重建。", no_args_is_help=True)
identity_app.add_typer(registry_app, name="registry")


@registry_app.command("rebuild")
def registry_rebuild(region: Region, home: Home = None) -> None:
    """登记册丢失、损坏或只剩旧备份时，由已发布的版本重建；现有文件改名保留。"""
    from pipelines.identity import rebuild_registry

    raise typer.Exit(rebuild_registry(Deployment.find(home).home, region))


review_app = typer.Typer(help="待人工核对的记录对。", no_args_is_help=True)
identity_app.add_typer(review_app, name="review")


@review_app.command("list")
def review_list(
    region: Annotated[str | None, typer.Option("--region", help="地区（默认全部已发布的）")] = None,
    home: Home = None,
) -> None:
    """列出最新发布中待核对的记录对，编号在两行内容不变时不变。"""
    from pipelines.identity import list_review

    raise typer.Exit(list_review(Deployment.find(home).home, region))


@identity_app.command()
def decide(
    region: Region,
    pair: Annotated[str, typer.Option("--pair", help="待核对记录的编号（mart.identity_review.pair_id）")],
    same: Annotated[bool, typer.Option("--same/--different", help="是同一人，或不是同一人")],
    by: Annotated[str, typer.Option("--by", help="核对人，记入结论")],
    home: Home = None,
) -> None:
    """记下一对记录的人工结论；从下一晚起按此归集，部门更正该行后自动失效。"""
    from pipelines.identity import record_decision

    raise typer.Exit(record_decision(Deployment.find(home).home, region, pair, same, by))


@identity_app.command()
def weights(
    region: Region,
    learn: Annotated[bool, typer.Option("--learn", help="请下一晚重新学习本地区的权重")] = False,
    home: Home = None,
) -> None:
    """列出最新发布所用的比对权重，并与随附的权重对照。"""
    from pipelines.identity import show_weights

    raise typer.Exit(show_weights(Deployment.find(home).home, region, learn))
