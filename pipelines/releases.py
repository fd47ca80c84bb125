"""``outreach release``: what was published, what is held back, and an operator's word on it."""

from __future__ import annotations

import datetime as dt
import getpass
from pathlib import Path

from rich.markup import escape
from rich.table import Table

from contracts.vocabulary import ReleaseStatus
from outreach.delivery import DeliveryError, Release, approve, list_releases, published_nights, withdraw
from outreach.identity import RegistryError, forget_night
from outreach.settings import Settings, SettingsError, load_settings
from pipelines.console import FAILED, OK, err, out, refuse


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
            status, notes = ReleaseStatus(release.status).chinese, escape(_notes(release))
            table.add_row(name, release.as_of.isoformat(), release.run_id, status, notes)
    if not table.row_count:
        out.print(f"{root} 下还没有任何发布版本。", markup=False)
    else:
        out.print(table)
    return OK


def _notes(release: Release) -> str:
    words = []
    if release.withdrawn_by:
        words.append(f"{release.withdrawn_by} 撤回：{release.withdrawn_why}")
    if release.approved_by:
        why = f"：{release.approved_why}" if release.approved_why else ""
        words.append(f"{release.approved_by} 批准{why}")
    return "；".join([*words, *release.reasons])


def _warn(message: str) -> None:
    err.print(f"警告：{message}。", markup=False)


def _settings(home: Path) -> Settings:
    try:
        return load_settings(home)
    except SettingsError as error:
        refuse(str(error))


def approve_release(
    home: Path, region: str, as_of: dt.date, run_id: str | None, who: str | None, why: str
) -> int:
    """Publish a held release on the word of ``who`` (the login name where nobody is named).

    Returns:
        The exit status.
    """
    if not why.strip():
        refuse("--why 不能为空：批准的理由记入发布台账。")
    wait = _settings(home).locks.wait_seconds
    try:
        paths = approve(home, region, as_of, who or getpass.getuser(), why, run_id, report=_warn, wait=wait)
    except DeliveryError as error:
        refuse(str(error), FAILED)
    lists = home / "lists" / region / as_of.isoformat()
    out.print(f"已发布 {region} {as_of}，版本 {paths.run_id}；名单在 {lists}", markup=False)
    return OK


def withdraw_release(home: Path, region: str, as_of: dt.date, who: str | None, why: str) -> int:
    """Take a published date back on the word of ``who`` (the login name where nobody is named).

    Returns:
        The exit status.
    """
    if not why.strip():
        refuse("--why 不能为空：撤回的理由记入发布台账。")
    wait = _settings(home).locks.wait_seconds
    try:
        paths = withdraw(home, region, as_of, who or getpass.getuser(), why, report=_warn, wait=wait)
    except DeliveryError as error:
        refuse(str(error), FAILED)
    # the next night is to be compared with a published one
    try:
        forget_night(home / "state" / region / "registry.duckdb", as_of, wait)
    except RegistryError as error:
        _warn(f"撤回日期的记录对应未能清除，下一次的变动说明可能与其相比：{error}")
    left = published_nights(home, region)
    latest = f"latest 现为 {left[-1].as_of}" if left else "该地区现在没有已发布的日期"
    out.print(
        f"已撤回 {region} {as_of}，版本 {paths.run_id}；{latest}。"
        "版本文件保留至清理期满，重跑该日期即可重新发布；已发出的名单请通知街道停用。",
        markup=False,
    )
    return OK
