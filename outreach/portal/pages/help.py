"""帮助: a page for each role, opened from every page; every step of them was tried."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import HTMLResponse

from outreach.portal.access.guard import Rooms
from outreach.portal.access.roles import Permission
from outreach.portal.pages.shared import AtDesk
from outreach.portal.render import page

rooms = Rooms()


@rooms.page("/help", Permission.OWN)
def handbook(request: Request, desk: AtDesk) -> HTMLResponse:
    """The handbook: the parts of the user's own roles first."""
    return page(request, "help", own=[role.value for role in desk.visit.roles])
