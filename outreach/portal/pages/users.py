"""用户: who may sign in, with which roles, for which areas."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from sqlalchemy import select
from sqlalchemy.orm import Session as Transaction
from starlette.datastructures import FormData

from outreach.portal.access import sessions
from outreach.portal.access.guard import Rooms
from outreach.portal.access.roles import Permission, RoleName
from outreach.portal.access.users import add_user, find_user, reset_password, set_access
from outreach.portal.errors import PageError
from outreach.portal.pages.drafts import keep_draft, read_draft
from outreach.portal.pages.shared import AtDesk, Desk, Form, text_of
from outreach.portal.render import page, to
from outreach.portal.store import audit
from outreach.portal.store.tables import User
from outreach.portal.store.words import Deed

rooms = Rooms()
PASSWORD = "first_password"
_DEPARTMENTS = {
    "public_security": "公安",
    "civil_affairs": "民政",
    "disabled_federation": "残联",
    "social_insurance": "人社",
    "medical_insurance": "医保",
    "health": "卫健",
    "veterans": "退役军人",
}


@rooms.page("/users", Permission.USERS)
def users(request: Request, desk: AtDesk, made: str = "") -> HTMLResponse:
    """All users; ``made``: under which a first password is shown, to the administrator who made it."""
    with desk.portal.database.reading() as transaction:
        found = transaction.scalars(select(User).order_by(User.name)).all()
    return page(
        request,
        "users",
        users=found,
        roles=list(RoleName),
        role_names=RoleName.names(),
        departments=_DEPARTMENTS,
        all_regions={key: name for key, (_, name) in desk.portal.shelf.regions.items()},
        made=read_draft(desk, PASSWORD, made),
    )


@rooms.form("/users/add", Permission.USERS)
def add(desk: AtDesk, form: Form) -> Response:
    """Add a user; the first password is shown once."""
    name = text_of(form, "name", 40)
    with desk.portal.database.transaction() as transaction:
        first = add_user(
            transaction,
            name,
            text_of(form, "display_name", 60),
            _roles(form),
            _areas(form),
            _department(form),
        )
        _note(desk, transaction, name, added=True, roles=_roles(form))
    return to(f"/users?made={keep_draft(desk, PASSWORD, {'name': name, 'password': first})}")


@rooms.form("/users/change", Permission.USERS)
def change(desk: AtDesk, form: Form) -> Response:
    """Give a user other roles, areas, department; or bar one, or let one in again."""
    name, active = text_of(form, "name", 40), text_of(form, "active") == "1"
    if name == desk.visit.user.name and (not active or RoleName.ADMIN not in _roles(form)):
        raise PageError("不能停用自己的账号，也不能取消自己的系统管理员角色：请由另一名管理员办理。")
    with desk.portal.database.transaction() as transaction:
        user = find_user(transaction, name)
        own = _areas(form)
        # The form shows one region; what a user has elsewhere stays.
        shown = {region for region, _ in own}
        elsewhere = [(area.region, area.prefix) for area in user.areas if area.region not in shown]
        set_access(user, _roles(form), [*own, *elsewhere], _department(form))
        user.is_active = active
        sessions.end_all(transaction, user.id)
        _note(desk, transaction, name, active=active, roles=_roles(form))
    return to("/users")


@rooms.form("/users/password", Permission.USERS)
def password(desk: AtDesk, form: Form) -> Response:
    """Give a user a new first password, which is shown once, and unlock the account."""
    name = text_of(form, "name", 40)
    with desk.portal.database.transaction() as transaction:
        first = reset_password(transaction, find_user(transaction, name))
        _note(desk, transaction, name, password="reset")
    return to(f"/users?made={keep_draft(desk, PASSWORD, {'name': name, 'password': first})}")


def _note(desk: Desk, transaction: Transaction, name: str, **detail: object) -> None:
    audit.add(transaction, desk.visit.user.name, Deed.USER, desk.visit.region or "", name, **detail)


def _roles(form: FormData) -> list[str]:
    return [str(role) for role in form.getlist("role")]


def _areas(form: FormData) -> list[tuple[str, str]]:
    region = text_of(form, "region", 40)
    prefixes = text_of(form, "prefixes", 200).replace("，", " ").replace(",", " ").split()
    return [(region, prefix) for prefix in prefixes or [""]] if region else []


def _department(form: FormData) -> str | None:
    return text_of(form, "department", 40) or None
