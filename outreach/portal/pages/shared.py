"""What the pages have in common: the portal, the night looked at, form fields, pages of long tables."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import FormData

from outreach.portal.access.guard import current_visit
from outreach.portal.access.visit import Visit
from outreach.portal.errors import NoNightError
from outreach.portal.nights.night import OpenNight
from outreach.portal.portal import Portal
from outreach.portal.store import audit
from outreach.portal.store.words import Deed

PAGE_LINES = 50


@dataclass(frozen=True)
class Desk:
    """What an endpoint works with: the portal, who visits."""

    portal: Portal
    visit: Visit

    @property
    def region(self) -> str:
        """The region looked at.

        Raises:
            NoNightError: the user has none.
        """
        if self.visit.region is None:
            raise NoNightError("您的账号还没有分配辖区，请联系系统管理员。")
        return self.visit.region

    def at(self, region: str) -> Desk:
        """The same visit, looking at another region of the user."""
        return Desk(self.portal, replace(self.visit, region=region))

    @property
    def night(self) -> OpenNight:
        """The latest night of the region, with all answers that came in since."""
        night = self.portal.shelf.night(self.region)
        night.take_answers(self.portal.home)
        return night

    @property
    def area(self) -> str:
        """The pattern of the areas that the user sees of the region."""
        return self.visit.area

    def note(self, deed: Deed, subject: str = "", **detail: object) -> None:
        """Add an entry to the audit chain."""
        with self.portal.database.transaction() as transaction:
            audit.add(transaction, self.visit.user.name, deed, self.visit.region or "", subject, **detail)


def _desk(request: Request, visit: Annotated[Visit, Depends(current_visit)]) -> Desk:
    return Desk(request.app.state.portal, visit)


AtDesk = Annotated[Desk, Depends(_desk)]
"""The desk, as a parameter of an endpoint."""


async def _form(request: Request) -> FormData:
    return await request.form()


Form = Annotated[FormData, Depends(_form)]
"""The fields of a form, as a parameter of an endpoint."""


def text_of(form: FormData, name: str, most: int = 200) -> str:
    """A field as text, without spaces at its ends; empty where it is missing or a file; cut at ``most``."""
    value = form.get(name)
    return value.strip()[:most] if isinstance(value, str) else ""


def day_of(text: str) -> dt.date | None:
    """A day of a date field; None: it is none."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


@dataclass(frozen=True)
class Pages:
    """Where a page is in a long table."""

    number: int
    total: int

    @property
    def offset(self) -> int:
        """Lines before this page."""
        return (self.number - 1) * PAGE_LINES

    @property
    def last(self) -> int:
        """The number of the last page, at least 1."""
        return max(1, -(-self.total // PAGE_LINES))


def page_number(text: str | None) -> int:
    """The number of a page, at least 1, whatever was given."""
    return min(max(int(text), 1), 100_000) if text and text.isascii() and text.isdigit() else 1
