"""``outreach report``: what a region may publish about a month."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from outreach.charts import ChartToolsError
from outreach.delivery import published_nights
from outreach.deployment import Deployment, unwritable
from outreach.policy import load_policy, regions
from outreach.report import NoNightError, read_month, write_report
from pipelines.console import FAILED, OK, err, out, refuse


def make_report(deployment: Deployment, region: str, first: dt.date, folder: Path | None) -> int:
    """Write the report of the month that begins on ``first``, by default under ``<home>/reports/<region>/``.

    Returns:
        The exit status. A region without a policy file or a month without a night gets one sentence, and
        nothing is written.
    """
    known = regions(deployment.policies)
    if region not in known:
        refuse(f"没有名为“{region}”的地区的政策文件；可用：{'、'.join(known)}。")
    code, name = known[region]
    target = folder or deployment.home / "reports" / region
    nights = [night.as_of for night in published_nights(deployment.home, region)]
    last = max((day for day in nights if (day.year, day.month) == (first.year, first.month)), default=first)
    policy = load_policy(region, deployment.policies, as_of=last)
    try:
        figures = read_month(deployment.home, region, first, policy, code)
    except NoNightError as error:
        refuse(str(error))
    blocked = unwritable(target)
    if blocked:
        refuse(blocked)
    try:
        files = write_report(figures, name, target)
    except ChartToolsError as error:
        refuse(str(error), FAILED)
    for file in files:
        out.print(f"月报 {file}", markup=False)
    if len(files) == 1:
        err.print("没有生成 PDF：缺少 WeasyPrint 或系统的 Pango（安装 report 组件和 libpango）。")
    return OK
