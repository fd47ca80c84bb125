"""Signing in and out, the own password, the region looked at."""

from __future__ import annotations

import re

from fastapi import Request
from fastapi.responses import HTMLResponse, PlainTextResponse, Response

from outreach.portal.access import sessions
from outreach.portal.access.guard import COOKIE, OPEN, Rooms
from outreach.portal.access.passwords import hashed, is_right, weakness
from outreach.portal.access.roles import Permission
from outreach.portal.access.visit import Visit
from outreach.portal.errors import NotFoundError
from outreach.portal.menu import MENU
from outreach.portal.pages.shared import AtDesk, Form, text_of
from outreach.portal.render import page, to
from outreach.portal.store import audit
from outreach.portal.store.tables import Session, User
from outreach.portal.store.words import Deed

rooms = Rooms()
_PATH = re.compile(r"/(?:[A-Za-z0-9_-]+/?)*")


@rooms.page("/alive", OPEN)
def alive() -> Response:
    """A sign of life for a watchdog."""
    return PlainTextResponse("ok")


@rooms.page("/", Permission.OWN)
def start(desk: AtDesk) -> Response:
    """The first page that the user may open."""
    return to(next((item.path for item in MENU if desk.visit.may(item.allow)), "/account"))


@rooms.page("/login", OPEN)
def login_page(request: Request, next: str = "/") -> HTMLResponse:
    """The sign-in page; ``next``: the page that was wanted."""
    return page(request, "login", name="", fault=None, wanted=_own_path(next))


@rooms.form("/login", OPEN)
def login(request: Request, form: Form) -> Response:
    """Sign in. The form needs no token: it does nothing for who has no password."""
    portal = request.app.state.portal
    name, password = text_of(form, "name", 60), form.get("password")
    with portal.database.transaction() as transaction:
        user = sessions.signed_in_user(transaction, name, password if isinstance(password, str) else "")
        if user is None:
            # What was typed may be a password, or somebody's name: it is not kept.
            audit.add(transaction, "", Deed.SIGN_IN_REFUSED)
            token = None
        else:
            audit.add(transaction, user.name, Deed.SIGN_IN)
            token = sessions.begin(transaction, user, None)
    if token is None:
        fault = (
            f"用户名或密码不对，或账号已停用、已锁定。连续 {sessions.WRONG_PASSWORDS} 次输错将锁定 "
            f"{int(sessions.LOCKED.total_seconds() // 60)} 分钟。"
        )
        return page(request, "login", 401, name=name, fault=fault, wanted=_own_path(text_of(form, "next")))
    answer = to(_own_path(text_of(form, "next")))
    _set_cookie(request, answer, token)
    return answer


@rooms.form("/logout", Permission.OWN)
def logout(desk: AtDesk) -> Response:
    """Sign out."""
    with desk.portal.database.transaction() as transaction:
        sessions.end(transaction, desk.visit.session)
        audit.add(transaction, desk.visit.user.name, Deed.SIGN_OUT)
    answer = to("/login")
    answer.delete_cookie(COOKIE)
    return answer


@rooms.form("/region", Permission.OWN)
def region(desk: AtDesk, form: Form) -> Response:
    """Look at another of the own regions."""
    wanted = text_of(form, "region")
    if wanted not in desk.visit.scope.regions:
        raise NotFoundError
    with desk.portal.database.transaction() as transaction:
        found = transaction.get(Session, desk.visit.session.token_hash)
        if found is not None:
            found.region = wanted
    return to("/")


@rooms.page("/account", Permission.OWN)
def account(request: Request, done: str = "") -> HTMLResponse:
    """The own account: roles, areas, password."""
    return page(request, "account", fault=None, done=done == "1")


@rooms.form("/account/password", Permission.OWN)
def password(request: Request, desk: AtDesk, form: Form) -> Response:
    """Change the own password; all other sessions of the user end."""
    old, new, again = (text_of(form, name, 500) for name in ("old", "new", "again"))
    visit: Visit = desk.visit
    fault = None
    if not is_right(old, visit.user.password_hash):
        fault = "原密码不对。"
    elif new != again:
        fault = "两次输入的新密码不一致。"
    else:
        fault = weakness(new, visit.user.name)
    if fault is not None:
        return page(request, "account", 400, fault=fault, done=False)
    with desk.portal.database.transaction() as transaction:
        user = transaction.get_one(User, visit.user.id)
        user.password_hash, user.must_change = hashed(new), False
        sessions.end_all(transaction, user.id)
        audit.add(transaction, user.name, Deed.PASSWORD)
        token = sessions.begin(transaction, user, visit.region)
    answer = to("/account?done=1")
    _set_cookie(request, answer, token)
    return answer


def _set_cookie(request: Request, answer: Response, token: str) -> None:
    """The session's cookie: not for scripts; sent when a QR code opens a page, never with foreign forms."""
    secure = request.url.scheme == "https" or request.app.state.portal.settings.portal.secure_cookie
    age = int(sessions.LONGEST.total_seconds())
    answer.set_cookie(COOKIE, token, max_age=age, httponly=True, samesite="lax", secure=secure)


def _own_path(path: str) -> str:
    """A path of these pages; of anything else the first page."""
    return path if _PATH.fullmatch(path) else "/"
