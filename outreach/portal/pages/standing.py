"""台账, 轮候, 变化: the standing lists of the user's areas, and what changed since the night before."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter

from fastapi import Request
from fastapi.responses import HTMLResponse

from contracts.vocabulary import Cause
from outreach.portal.access.guard import Rooms
from outreach.portal.access.roles import Permission
from outreach.portal.pages.shared import PAGE_LINES, AtDesk, Pages, page_number
from outreach.portal.render import page

rooms = Rooms()


@rooms.page("/ledger", Permission.WORK)
def ledger(request: Request, desk: AtDesk) -> HTMLResponse:
    """The impaired people of the user's areas."""
    number = page_number(request.query_params.get("page"))
    night = desk.night
    rows = night.rows("ledger", area=desk.area, first=Pages(number, 0).offset, length=PAGE_LINES)
    pages = Pages(number, int(rows[0]["total"]) if rows else 0)
    return page(request, "ledger", night=night, rows=rows, pages=pages)


@rooms.page("/waiting", Permission.WORK)
def waiting(request: Request, desk: AtDesk) -> HTMLResponse:
    """Who waits for a place."""
    night = desk.night
    rows = night.rows("waiting", area=desk.area)
    queues = [(name, list(own)) for name, own in groupby(rows, itemgetter("programme_name"))]
    return page(request, "waiting", night=night, queues=queues)


@rooms.page("/changes", Permission.WORK)
def changes(request: Request, desk: AtDesk, cause: str = "") -> HTMLResponse:
    """What changed since the night before, by cause."""
    number = page_number(request.query_params.get("page"))
    night, chosen = desk.night, cause if cause in Cause.codes() else None
    rows = night.rows(
        "change", area=desk.area, cause=chosen, first=Pages(number, 0).offset, length=PAGE_LINES
    )
    return page(
        request,
        "changes",
        night=night,
        causes=night.rows("change_cause", area=desk.area),
        chosen=chosen,
        rows=rows,
        pages=Pages(number, int(rows[0]["total"]) if rows else 0),
    )
