"""The commands ``outreach outcome …``. What they do is in ``pipelines.outcomes``."""

from __future__ import annotations

import typer

from outreach.deployment import Place
from pipelines.options import Home, Region

outcome_app = typer.Typer(help="走访联系结果台账：各晚收到的答复，长期有效。", no_args_is_help=True)


@outcome_app.callback()
def outcome() -> None:
    """A group even while it has one command."""


@outcome_app.command("rebuild")
def outcome_rebuild(region: Region, home: Home = None) -> None:
    """台账缺失或损坏时，由历次发布重建；完好的部分保持不变。"""
    from pipelines.outcomes import rebuild_log

    raise typer.Exit(rebuild_log(Place.find(home).home, region))
