"""Who may open what: every route by every role, foreign areas, foreign forms, wrong passwords."""

from __future__ import annotations

import re

import pytest
from browser import PASSWORD, REGION, Browser, new_user, sign_in
from fastapi import FastAPI
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from outreach.portal.access.guard import OPEN, needed
from outreach.portal.access.roles import PERMISSIONS, Permission, RoleName
from outreach.portal.access.sessions import WRONG_PASSWORDS
from outreach.portal.pages import ROOMS

ROUTES = [route for room in ROOMS for route in room.routes if isinstance(route, APIRoute)]
FOREIGN = "999999"
"""No area of any sample."""


def address(route: APIRoute) -> str:
    """An address of the route; its parameters are well formed, and name nothing that is there."""
    return re.sub(r"\{[^}]+\}", "2026-11-21" if "{day}" in route.path else "nobody", route.path)


def test_every_route_says_what_it_needs() -> None:
    unsaid = [route.path for route in ROUTES if not isinstance(needed(route), Permission | str)]
    assert not unsaid
    assert {needed(route) for route in ROUTES} <= {*Permission, OPEN}


def test_every_permission_is_of_a_role_and_guards_a_route() -> None:
    given = frozenset().union(*PERMISSIONS.values())
    assert given == frozenset(Permission)
    assert {needed(route) for route in ROUTES} - {OPEN} == given


@pytest.mark.parametrize("role", list(RoleName))
def test_a_role_opens_what_it_may_and_nothing_else(app: FastAPI, role: RoleName) -> None:
    browser = sign_in(app, role.value)
    for route in ROUTES:
        allow = needed(route)
        if allow == OPEN or route.path in ("/logout", "/account/password"):
            continue
        answer = _call(browser, route)
        if allow in PERMISSIONS[role]:
            assert answer not in (401, 403, 500), (route.path, answer)
        else:
            assert answer == 403, (route.path, answer)


def _call(browser: Browser, route: APIRoute) -> int:
    if "POST" in (route.methods or ()):
        return browser.post(address(route)).status_code
    return browser.get(address(route)).status_code


def test_nobody_signed_in_sees_nothing(app: FastAPI) -> None:
    client = TestClient(app, raise_server_exceptions=False, follow_redirects=False)
    for route in ROUTES:
        if needed(route) == OPEN:
            continue
        if "POST" in (route.methods or ()):
            assert client.post(address(route)).status_code == 401, route.path
        else:
            answer = client.get(address(route))
            assert answer.status_code == 303, route.path
            assert answer.headers["location"].startswith("/login"), route.path


def test_a_form_without_the_sessions_token_does_nothing(app: FastAPI) -> None:
    for role in RoleName:
        browser = sign_in(app, role.value)
        for route in ROUTES:
            if "POST" in (route.methods or ()) and needed(route) in PERMISSIONS[role]:
                answer = browser.client.post(address(route), data={"csrf": "of-another-page"})
                assert answer.status_code == 403, route.path


def test_an_officer_of_another_area_sees_nobody(app: FastAPI) -> None:
    whole = sign_in(app, RoleName.SUPERVISOR.value)
    persons = set(re.findall(r"/person/([\w-]+)", whole.get("/lists").text))
    assert persons
    foreign = new_user(app, "foreign", RoleName.SUPERVISOR, [(REGION, FOREIGN)])
    for route in ROUTES:
        if "GET" in (route.methods or ()) and needed(route) in PERMISSIONS[RoleName.SUPERVISOR]:
            path = address(route).replace("nobody", next(iter(persons)))
            shown = foreign.get(path).text
            assert not persons & set(re.findall(r"[\w-]{8,}", shown.replace(path, ""))), route.path


def test_wrong_passwords_lock_the_account_for_a_while(app: FastAPI) -> None:
    new_user(app, "forgetful", RoleName.OFFICER, [(REGION, "")])
    client = TestClient(app)
    for _ in range(WRONG_PASSWORDS):
        assert client.post("/login", data={"name": "forgetful", "password": "x"}).status_code == 401
    assert client.post("/login", data={"name": "forgetful", "password": PASSWORD}).status_code == 401


def test_answers_carry_what_protects_the_page(app: FastAPI) -> None:
    answer = TestClient(app).get("/login")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy
    assert answer.headers["cache-control"] == "no-store"
    assert " style=" not in answer.text
    assert "<script" not in answer.text
