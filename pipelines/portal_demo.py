"""What ``make portal`` adds: a user for each role on the samples, with passwords that are printed.

For trying alone: a home that has other users is refused.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from rich.table import Table
from sqlalchemy import select

from outreach.deployment import Deployment
from outreach.portal.access.passwords import hashed
from outreach.portal.access.roles import RoleName
from outreach.portal.access.users import add_user
from outreach.portal.store.database import Database, default_url
from outreach.portal.store.tables import User
from outreach.settings import load_settings
from pipelines.console import out, refuse

REGION, TOWN = "yaohai", "340102002"
DEPARTMENT = "civil_affairs"
_WHOLE, _TOWN = [(REGION, "")], [(REGION, TOWN)]
USERS = (
    ("officer", "王走访", RoleName.OFFICER, _TOWN),
    ("supervisor", "李主任", RoleName.SUPERVISOR, _WHOLE),
    ("clerk", "张复核", RoleName.CLERK, _WHOLE),
    ("clerk2", "刘复核", RoleName.CLERK, _WHOLE),
    ("policy", "陈政策", RoleName.POLICY, _WHOLE),
    ("contact", "赵联系", RoleName.CONTACT, _WHOLE),
    ("operator", "孙运行", RoleName.OPERATOR, _WHOLE),
    ("auditor", "周审计", RoleName.AUDITOR, _WHOLE),
    ("admin", "吴管理", RoleName.ADMIN, _WHOLE),
)
"""Invented users: name, display name, role, areas."""


def password_of(name: str) -> str:
    """The password of an invented user."""
    return f"{name}-demo-2026"


def add_users(deployment: Deployment) -> None:
    """Add the invented users, or give them their passwords again, and print them."""
    settings = load_settings(deployment.home)
    database = Database(settings.portal.database_url or default_url(deployment.home))
    database.upgrade()
    table = Table("用户名", "密码", "角色", "辖区")
    with database.transaction() as transaction:
        there = {user.name: user for user in transaction.scalars(select(User))}
        if set(there) - {name for name, *_ in USERS}:
            refuse(f"{deployment.home} 已有正式用户，不能加入试用用户。")
        for name, display, role, areas in USERS:
            department = DEPARTMENT if role is RoleName.CONTACT else None
            if name in there:
                there[name].password_hash = hashed(password_of(name))
            else:
                add_user(transaction, name, display, [role.value], areas, department, password_of(name))
            table.add_row(name, password_of(name), role.chinese, TOWN if areas is _TOWN else "全区")
    database.close()
    out.print(table)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--home", type=Path)
    add_users(Deployment.find(parser.parse_args().home))
