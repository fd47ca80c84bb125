"""``outreach portal``: the web page served; its users and audit trail from the command line."""

from __future__ import annotations

import datetime as dt
import getpass
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.table import Table
from sqlalchemy import select
from sqlalchemy.orm import Session as Transaction

from outreach.deployment import Deployment, unwritable
from outreach.errors import OutreachError
from outreach.policy import regions
from outreach.portal.access import sessions
from outreach.portal.access.roles import RoleName
from outreach.portal.access.users import add_user, find_user, reset_password
from outreach.portal.store import audit
from outreach.portal.store.database import Database, default_url
from outreach.portal.store.tables import User
from outreach.portal.store.words import Deed
from outreach.settings import load_settings
from pipelines.console import FAILED, OK, out, refuse


def serve(deployment: Deployment, host: str, port: int) -> int:
    """Serve the pages until a signal comes.

    Returns:
        The exit status.
    """
    import uvicorn

    from outreach.portal.app import create_app

    why = unwritable(deployment.home)
    if why is not None:
        refuse(why)
    try:
        app = create_app(deployment, rerun=lambda region, day: _start_night(deployment, region, day))
    except OutreachError as error:
        refuse(str(error), FAILED)
    out.print(f"网页地址：http://{host}:{port}（Ctrl-C 停止）", markup=False)
    # The access log would hold who opened which person's page; the audit trail does, and only it.
    uvicorn.run(app, host=host, port=port, access_log=False, log_level="warning", server_header=False)
    return OK


def _start_night(deployment: Deployment, region: str, day: dt.date) -> None:
    """Run a night again in a process of its own, which outlives this one."""
    command = [sys.executable, "-m", "pipelines.entry", "run", "--region", region, "--date", str(day)]
    places = ["--home", deployment.home, "--landing", deployment.landing, "--policies", deployment.policies]
    logs = deployment.home / "state" / "portal"
    logs.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (logs / "rerun.log").open("ab") as log:
        subprocess.Popen(
            [*command, *map(str, places)],
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )


@contextmanager
def _transaction(deployment: Deployment) -> Iterator[Transaction]:
    """A transaction on the portal's database, made where it is not there yet; errors end the command."""
    try:
        settings = load_settings(deployment.home)
        database = Database(settings.portal.database_url or default_url(deployment.home))
        database.upgrade()
        try:
            with database.transaction() as transaction:
                yield transaction
        finally:
            database.close()
    except OutreachError as error:
        refuse(str(error))


def _operator() -> str:
    """Who works at the command line, as the audit trail names them."""
    try:
        return f"cli:{getpass.getuser()}"
    except (KeyError, OSError):
        return "cli"


def add(
    deployment: Deployment,
    name: str,
    display: str,
    roles: Sequence[str],
    region: str,
    areas: Sequence[str],
    department: str | None,
) -> int:
    """Add a user and print the first password.

    Returns:
        The exit status.
    """
    there = regions(deployment.policies)
    if region not in there:
        refuse(f"没有地区 {region}。可用的地区：{'、'.join(there)}。")
    with _transaction(deployment) as transaction:
        own = [(region, area) for area in areas]
        password = add_user(transaction, name, display, roles, own, department)
        audit.add(transaction, _operator(), Deed.USER, region, name, roles=list(roles), areas=list(areas))
    out.print(f"已新增用户 {name}，初始密码：{password}（首次登录须修改）", markup=False)
    return OK


def list_users(deployment: Deployment) -> int:
    """Print all users with their roles and areas.

    Returns:
        The exit status.
    """
    table = Table("用户名", "姓名", "角色", "辖区", "部门", "状态")
    with _transaction(deployment) as transaction:
        for user in transaction.scalars(select(User).order_by(User.name)):
            table.add_row(
                user.name,
                user.display_name,
                "、".join(RoleName(role.role).chinese for role in user.roles),
                "、".join(f"{area.region} {area.prefix or '全部'}" for area in user.areas),
                user.department or "",
                "在用" if user.is_active else "已停用",
            )
    out.print(table)
    return OK


def disable(deployment: Deployment, name: str) -> int:
    """Bar a user, and end all sessions.

    Returns:
        The exit status.
    """
    with _transaction(deployment) as transaction:
        user = find_user(transaction, name)
        user.is_active = False
        sessions.end_all(transaction, user.id)
        audit.add(transaction, _operator(), Deed.USER, "", name, active=False)
    out.print(f"已停用用户 {name}。", markup=False)
    return OK


def new_password(deployment: Deployment, name: str) -> int:
    """Give a user a new first password, and print it.

    Returns:
        The exit status.
    """
    with _transaction(deployment) as transaction:
        password = reset_password(transaction, find_user(transaction, name))
        audit.add(transaction, _operator(), Deed.USER, "", name, password="reset")
    out.print(f"用户 {name} 的新密码：{password}（首次登录须修改）", markup=False)
    return OK


def verify_audit(deployment: Deployment) -> int:
    """Check the audit chain, entry by entry.

    Returns:
        The exit status: 1 where it does not hold.
    """
    with _transaction(deployment) as transaction:
        breaks = list(audit.verify(transaction))
        entries = audit.length(transaction)
    for fault in breaks:
        out.print(f"第 {fault.number} 条：{fault.fault}", markup=False)
    if breaks:
        out.print(f"审计记录 {entries} 条，有 {len(breaks)} 处不完整：请与备份核对。", markup=False)
        return FAILED
    out.print(f"审计记录 {entries} 条，完整。", markup=False)
    return OK
