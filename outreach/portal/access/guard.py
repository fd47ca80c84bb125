"""The guard before every route: who is not signed in, may not, or sends a foreign form is refused.

Every route is declared by `Rooms.get` or `Rooms.post` with the permission it needs. A route without one is
refused whoever asks, and a test walks all routes to find none.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool

from outreach.portal.access import sessions
from outreach.portal.access.roles import Permission
from outreach.portal.access.visit import Visit
from outreach.portal.errors import FirstPasswordError, ForbiddenError, FormError, NotSignedInError
from outreach.portal.portal import Portal
from outreach.portal.store import audit
from outreach.portal.store.words import Deed

COOKIE = "outreach_session"
_PERMISSION = "__portal_permission__"
OPEN = "open"
"""In place of a permission: the sign-in page, the style sheet, the sign of life."""

_BEFORE_A_PASSWORD = ("/account", "/account/password", "/logout")

Endpoint = Callable[..., Any]


class Rooms(APIRouter):
    """A router whose every route names what it needs: a `Permission`, or `OPEN`."""

    def page(self, path: str, allow: Permission | str) -> Callable[[Endpoint], Endpoint]:
        """A page to be read (GET)."""
        return self._declared(path, "GET", allow)

    def form(self, path: str, allow: Permission | str) -> Callable[[Endpoint], Endpoint]:
        """What a form does (POST); its field ``csrf`` is checked."""
        return self._declared(path, "POST", allow)

    def _declared(self, path: str, method: str, allow: Permission | str) -> Callable[[Endpoint], Endpoint]:
        def declare(endpoint: Endpoint) -> Endpoint:
            setattr(endpoint, _PERMISSION, allow)
            self.add_api_route(path, endpoint, methods=[method], response_model=None)
            return endpoint

        return declare


def needed(route: object) -> Permission | str | None:
    """What a route needs; None: it does not say."""
    return getattr(route.endpoint, _PERMISSION, None) if isinstance(route, APIRoute) else None


async def guard(request: Request) -> None:
    """Let a request through, with ``request.state.visit``, or refuse it.

    Raises:
        NotSignedInError: no session, or one that has ended.
        ForbiddenError: the user may not; it is in the audit chain.
        FormError: a form without the session's token.
    """
    allow = needed(request.scope.get("route"))
    if allow is None:
        raise ForbiddenError
    request.state.visit = await run_in_threadpool(_visit, request)
    if allow == OPEN:
        return
    visit: Visit | None = request.state.visit
    if visit is None:
        raise NotSignedInError
    if visit.user.must_change and request.scope["route"].path not in _BEFORE_A_PASSWORD:
        raise FirstPasswordError
    if not isinstance(allow, Permission) or not visit.may(allow):
        await run_in_threadpool(_note_refusal, request, visit)
        raise ForbiddenError
    if request.method == "POST":
        given = (await request.form()).get("csrf")
        if not isinstance(given, str) or not secrets.compare_digest(given, visit.session.csrf):
            raise FormError


def _visit(request: Request) -> Visit | None:
    portal: Portal = request.app.state.portal
    token = request.cookies.get(COOKIE)
    if token is None:
        return None
    with portal.database.reading() as transaction:
        session = sessions.find(transaction, token, portal.idle)
    if session is None:
        return None
    if sessions.needs_touch(session):
        with portal.database.transaction() as transaction:
            sessions.touch(transaction, session)
    visit = Visit(session, None)
    own = visit.scope.regions
    region = session.region if session.region in own else next(iter(own), None)
    return Visit(session, region)


def _note_refusal(request: Request, visit: Visit) -> None:
    route = request.scope["route"]
    with request.app.state.portal.database.transaction() as transaction:
        audit.add(transaction, visit.user.name, Deed.REFUSED, visit.region or "", route.path)


def current_visit(request: Request) -> Visit:
    """The visit that the guard found."""
    visit: Visit | None = request.state.visit
    if visit is None:
        raise NotSignedInError
    return visit


CurrentVisit = Annotated[Visit, Depends(current_visit)]
"""The visit, as a parameter of an endpoint."""
