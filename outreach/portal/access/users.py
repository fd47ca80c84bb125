"""Users: added, changed and listed, on the page and from the command line alike."""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session as Transaction

from outreach.errors import OutreachError
from outreach.portal.access import sessions
from outreach.portal.access.passwords import hashed
from outreach.portal.access.roles import RoleName
from outreach.portal.store.tables import User, UserArea, UserRole

_NAME = re.compile(r"[a-z][a-z0-9_.-]{1,39}")
_AREA = re.compile(r"\d{0,12}")


class UserError(OutreachError):
    """A user that cannot be as wanted; the message (Chinese) says why."""


def find_user(transaction: Transaction, name: str) -> User:
    """The user of a name.

    Raises:
        UserError: there is none.
    """
    user = transaction.scalar(select(User).where(User.name == name))
    if user is None:
        raise UserError(f"没有用户 {name}。")
    return user


def add_user(
    transaction: Transaction,
    name: str,
    display_name: str,
    roles: Collection[str],
    areas: Collection[tuple[str, str]],
    department: str | None = None,
    password: str | None = None,
) -> str:
    """Add a user; the first password, which the user has to change.

    Args:
        areas: regions with a prefix of area codes, empty for the whole region.
        password: a password of the user's own; None: a random one is made.

    Raises:
        UserError: the name is taken or none, a role or an area is unknown.
    """
    if not _NAME.fullmatch(name):
        raise UserError("用户名应为 2 至 40 位小写字母、数字、点、横线，以字母开头。")
    if transaction.scalar(select(User).where(User.name == name)) is not None:
        raise UserError(f"用户名 {name} 已被使用。")
    user = User(name=name, display_name=display_name or name, created_at=sessions.now())
    set_access(user, roles, areas, department)
    first = password or secrets.token_urlsafe(9)
    user.password_hash, user.must_change = hashed(first), password is None
    transaction.add(user)
    transaction.flush()
    return first


def set_access(
    user: User, roles: Collection[str], areas: Collection[tuple[str, str]], department: str | None
) -> None:
    """Give a user these roles and areas, and no others.

    Raises:
        UserError: a role or an area is unknown, or a department's contact has no department.
    """
    unknown = sorted(set(roles) - set(RoleName.codes()))
    if unknown:
        raise UserError(f"没有角色 {'、'.join(unknown)}。可用的角色：{'、'.join(RoleName.codes())}。")
    if any(not _AREA.fullmatch(prefix) for _, prefix in areas):
        raise UserError("辖区应为区划代码的前几位（至多 12 位数字），空为全部。")
    if RoleName.CONTACT in roles and not department:
        raise UserError("部门联系人须指明部门。")
    user.department = department or None
    user.roles = [UserRole(role=role) for role in sorted(set(roles))]
    user.areas = [UserArea(region=region, prefix=prefix) for region, prefix in sorted(set(areas))]


def reset_password(transaction: Transaction, user: User) -> str:
    """A new random password, which the user has to change; all sessions of the user end."""
    first = secrets.token_urlsafe(9)
    user.password_hash, user.must_change = hashed(first), True
    user.failed_logins, user.locked_until = 0, None
    sessions.end_all(transaction, user.id)
    return first
