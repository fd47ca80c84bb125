"""审计: who saw, searched, unmasked, downloaded and decided what; is the chain whole?"""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from sqlalchemy import func, select

from outreach.portal.access.guard import Rooms
from outreach.portal.access.roles import Permission
from outreach.portal.pages.shared import PAGE_LINES, AtDesk, Pages, page_number
from outreach.portal.render import page
from outreach.portal.store import audit
from outreach.portal.store.tables import AuditEntry
from outreach.portal.store.words import Deed

rooms = Rooms()


@rooms.page("/audit", Permission.AUDIT)
def trail(request: Request, desk: AtDesk, user: str = "", deed: str = "", day: str = "") -> HTMLResponse:
    """The entries, the newest first, by user, deed and day."""
    number = page_number(request.query_params.get("page"))
    wanted = select(AuditEntry)
    if user:
        wanted = wanted.where(AuditEntry.user_name == user)
    if deed in Deed.codes():
        wanted = wanted.where(AuditEntry.action == deed)
    if day:
        wanted = wanted.where(AuditEntry.at.startswith(day, autoescape=True))
    with desk.portal.database.reading() as transaction:
        total = transaction.scalar(select(func.count()).select_from(wanted.subquery())) or 0
        pages = Pages(number, total)
        entries = transaction.scalars(
            wanted.order_by(AuditEntry.number.desc()).offset(pages.offset).limit(PAGE_LINES)
        ).all()
    return page(
        request,
        "audit",
        entries=entries,
        pages=pages,
        deeds=list(Deed),
        deed_names=Deed.names(),
        user=user,
        deed=deed,
        day=day,
        checked=None,
    )


@rooms.form("/audit/verify", Permission.AUDIT)
def verify(request: Request, desk: AtDesk) -> Response:
    """Check the whole chain."""
    with desk.portal.database.reading() as transaction:
        breaks = list(audit.verify(transaction))
        total = audit.length(transaction)
    desk.note(Deed.VERIFY, "", entries=total, breaks=len(breaks))
    return page(
        request,
        "audit",
        entries=[],
        pages=Pages(1, 0),
        deeds=list(Deed),
        deed_names=Deed.names(),
        user="",
        deed="",
        day="",
        checked=(total, breaks),
    )
