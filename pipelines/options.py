"""Options that several commands share."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from pathlib import Path
from typing import Annotated

import typer

from pipelines.console import refuse

Home = Annotated[
    Path | None,
    typer.Option("--home", help="部署目录，存放全部产出（默认 OUTREACH_HOME 或 ./home）", show_default=False),
]
Landing = Annotated[
    Path | None,
    typer.Option("--landing", help="收件目录（默认 <home>/landing）", show_default=False),
]
Policies = Annotated[
    Path | None, typer.Option("--policies", help="政策文件目录（默认为随附的一套）", show_default=False)
]
Region = Annotated[str, typer.Option("--region", help="地区，如 yaohai")]
Day = Annotated[str, typer.Option("--date", help="批次日期，YYYY-MM-DD", metavar="YYYY-MM-DD")]

Month = Annotated[str, typer.Option("--month", help="月份，YYYY-MM", metavar="YYYY-MM")]


def a_month(text: str) -> dt.date:
    """The first day of the month of an option; anything else is a usage error."""
    with contextlib.suppress(ValueError):
        if re.fullmatch(r"\d{4}-\d{2}", text):
            return dt.date.fromisoformat(f"{text}-01")
    return refuse(f"月份“{text}”无效：应写作 YYYY-MM，例如 2026-11。")


def a_day(text: str) -> dt.date:
    """The date of an option, written as the landing zone writes it; anything else is a usage error."""
    with contextlib.suppress(ValueError):
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return dt.date.fromisoformat(text)
    return refuse(f"日期“{text}”无效：应为真实存在的日期，写作 YYYY-MM-DD，例如 2026-11-20。")
