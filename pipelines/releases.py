"""``outreach release``: what was published, what is held back, and an operator's word on it."""

from __future__ import annotations

import datetime as dt
import getpass
from pathlib import Path

from rich.table import Table

from outreach.delivery import DeliveryError, approve, list_releases
from pipelines.console import FAILED, OK, out, refuse

STATUS = {"published": "已发布", "held": "暂扣", "superseded": "已被取代", "abandoned": "中断"}


def show_releases(home: Path, region: str | None) -> int:
    """Print the releases of a home, newest last.

    Returns:
        The exit status.
    """
    root = home / "releases"
    regions = [region] if region else sorted(path.name for path in root.glob("*") if path.is_dir())
    table = Table("地区", "日期", "版本", "状态", "说明")
    for name in regions:
        for release in list_releases(home, name):
            notes = "；".join(release.reasons)
            if release.approved_by:
                notes = f"{release.approved_by} 批准；{notes}"
            table.add_row(name, release.as_of.isoformat(), release.run_id, STATUS[release.status], notes)
    if not table.row_count:
        out.print(f"{root} 下还没有任何发布版本。", markup=False)
    else:
        out.print(table)
    return OK


def approve_release(home: Path, region: str, as_of: dt.date, run_id: str | None, who: str | None) -> int:
    """Publish a held release on the word of ``who`` (the login name where nobody is named).

    Returns:
        The exit status.
    """
    try:
        paths = approve(home, region, as_of, who or getpass.getuser(), run_id)
    except DeliveryError as error:
        refuse(str(error), FAILED)
    out.print(
        f"已发布 {region} {as_of}，版本 {paths.run_id}；名单在 {home / 'lists' / region / as_of.isoformat()}"
    )
    return OK
