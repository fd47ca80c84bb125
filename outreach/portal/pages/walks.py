"""走访单: doors in walking order, on a phone; the results of a door are recorded together."""

from __future__ import annotations

import re
from itertools import groupby
from operator import itemgetter
from typing import Annotated

from fastapi import Query, Request
from fastapi.responses import HTMLResponse, Response

from contracts.vocabulary import Action, ListPart
from outreach.portal.access.guard import Rooms
from outreach.portal.access.roles import Permission
from outreach.portal.errors import NotFoundError, PageError
from outreach.portal.nights.answers import Entry
from outreach.portal.nights.night import Row
from outreach.portal.pages.drafts import keep_draft, read_draft
from outreach.portal.pages.lists import RECORDED, record_entries
from outreach.portal.pages.shared import AtDesk, Form, day_of, page_number, text_of
from outreach.portal.render import page, to

rooms = Rooms()
DOORS = 20
"""Doors on a page: what a phone loads at once."""
_CODE = re.compile(r"\d{9}|\d{12}|unassigned")
PARTS = dict(enumerate((ListPart.WALK, ListPart.AGREED, ListPart.ELSEWHERE, ListPart.DEATH), 1))
"""The parts of a walk by their number in ``lists.at_door``."""


@rooms.page("/walks", Permission.WORK)
def walks(request: Request, desk: AtDesk) -> HTMLResponse:
    """The communities of the user's areas."""
    rows = desk.night.rows("walk", area=desk.area, today=desk.portal.today())
    towns = [(name, list(own)) for name, own in groupby(rows, lambda row: str(row["town_name"]))]
    return page(request, "walks", night=desk.night, towns=towns)


@rooms.page("/walks/{town}/{community}", Permission.WORK)
def walk(
    request: Request,
    desk: AtDesk,
    town: str,
    community: str,
    page_: Annotated[str, Query(alias="page")] = "",
    recorded: str = "",
) -> HTMLResponse:
    """Some doors of a community."""
    number = page_number(page_)
    if not (_CODE.fullmatch(town) and _CODE.fullmatch(community)):
        raise NotFoundError
    first = (number - 1) * DOORS + 1
    rows = desk.night.rows(
        "door", area=desk.area, town=town, community=community, first=first, last=first + DOORS - 1
    )
    if not rows:
        raise NotFoundError("这个社区（村）没有待走访的户，或不在您的辖区内。")
    return page(
        request,
        "walk",
        night=desk.night,
        town=town,
        community=community,
        name=_name(desk.night.rows("walk", area=desk.area, today=desk.portal.today()), town, community),
        doors=[(door, list(own)) for door, own in groupby(rows, itemgetter("door_number"))],
        parts=PARTS,
        results={action.value: action.results for action in Action},
        number=number,
        last=-(-int(rows[0]["doors"]) // DOORS),
        recorded=read_draft(desk, RECORDED, recorded),
    )


@rooms.form("/walks/{town}/{community}", Permission.ANSWER)
def results(
    desk: AtDesk, town: str, community: str, form: Form, page_: Annotated[str, Query(alias="page")] = ""
) -> Response:
    """Record the results of a door; matters without a result are left as they are."""
    if not (_CODE.fullmatch(town) and _CODE.fullmatch(community)):
        raise NotFoundError
    day, entries = day_of(text_of(form, "contacted_on")), []
    for name in form:
        kind, _, matter = name.partition("|")
        person, _, programme = matter.partition("|")
        if kind == "result" and text_of(form, name):
            entries.append(Entry(person, programme, text_of(form, name), day))
    if not entries:
        raise PageError("没有选择任何结果。请至少为一个事项选择结果。")
    done = record_entries(desk, text_of(form, "handler", 40) or desk.visit.user.display_name, entries)
    key, door = keep_draft(desk, RECORDED, vars(done)), page_number(text_of(form, "door"))
    return to(f"/walks/{town}/{community}?page={page_number(page_)}&recorded={key}#door-{door}")


def _name(rows: list[Row], town: str, community: str) -> str:
    for row in rows:
        if (row["town_file"], row["community_file"]) == (town, community):
            return f"{row['town_name']}{row['community_name'] or ''}"
    raise NotFoundError
