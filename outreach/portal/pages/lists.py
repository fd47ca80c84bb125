"""名单: the lines of the user's areas, filtered, searched, answered in bulk."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Query, Request
from fastapi.responses import HTMLResponse, Response

from contracts.vocabulary import Action, ContactResult
from outreach.portal.access.guard import Rooms
from outreach.portal.access.roles import Permission
from outreach.portal.nights.answers import Entry, Recorded, record
from outreach.portal.nights.night import Row
from outreach.portal.pages.drafts import keep_draft, read_draft
from outreach.portal.pages.shared import PAGE_LINES, AtDesk, Desk, Form, Pages, day_of, page_number, text_of
from outreach.portal.render import page, to
from outreach.portal.store.words import Deed

rooms = Rooms()
SEARCH = "search"
RECORDED = "recorded"
ORDERS = {"need": "紧要程度", "due": "期限", "address": "住址", "name": "姓名"}
_CODE = re.compile(r"[A-Za-z0-9_-]{1,60}")
_DIGITS = re.compile(r"[0-9]{3}[0-9X]")


@dataclass(frozen=True)
class Filters:
    """The filters of the page, as they are in its address: codes alone, nothing personal."""

    programme: str | None = None
    action: str | None = None
    town: str | None = None
    community: str | None = None
    need: int | None = None
    only_open: bool = False
    order: str = "need"
    search: str | None = None

    def query(self, **other: object) -> str:
        """The filters as the query of an address; ``other``: values in their place."""
        values = {
            name: value for name, value in {**vars(self), **other}.items() if value not in (None, False)
        }
        return urlencode({name: 1 if value is True else value for name, value in values.items()})


def _filters(
    programme: str = "",
    action: str = "",
    town: str = "",
    community: str = "",
    need: str = "",
    only_open: str = "",
    order: str = "",
    search: str = "",
) -> Filters:
    """The filters of an address; a value that cannot be one is left out."""
    codes = (text if _CODE.fullmatch(text) else None for text in (programme, town, community, search))
    chosen_programme, chosen_town, chosen_community, chosen_search = codes
    return Filters(
        chosen_programme,
        action if action in Action.codes() else None,
        chosen_town,
        chosen_community,
        int(need) if re.fullmatch(r"[0-9]{1,2}", need) else None,
        only_open == "1",
        order if order in ORDERS else "need",
        chosen_search,
    )


Chosen = Annotated[Filters, Depends(_filters)]


@rooms.page("/lists", Permission.WORK)
def lists(
    request: Request, desk: AtDesk, chosen: Chosen, page_: Annotated[str, Query(alias="page")] = ""
) -> HTMLResponse:
    """One page of the lines."""
    night = desk.night
    number = page_number(page_)
    lines = find_lines(desk, chosen, Pages(number, 0).offset, PAGE_LINES)
    pages = Pages(number, int(lines[0]["total"]) if lines else 0)
    choices: dict[str, list[Row]] = {}
    for row in night.rows("choice", area=desk.area):
        choices.setdefault(str(row["filter"]), []).append(row)
    return page(
        request,
        "lists",
        night=night,
        lines=lines,
        pages=pages,
        chosen=chosen,
        choices=choices,
        actions=list(Action),
        orders=ORDERS,
        results=_results(chosen.action),
        recorded=read_draft(desk, RECORDED, request.query_params.get("recorded")),
    )


@rooms.form("/lists/search", Permission.WORK)
def search(desk: AtDesk, form: Form) -> Response:
    """Look for a name or the last four characters of a number; what was typed stays out of the address."""
    wanted = text_of(form, "wanted", 40).upper()
    digits = wanted if _DIGITS.fullmatch(wanted) else None
    found = desk.night.rows("found", area=desk.area, name=None if digits else wanted or None, digits=digits)
    persons = [str(row["person_id"]) for row in found]
    desk.note(Deed.SEARCH, "number" if digits else "name", found=len(persons))
    key = keep_draft(desk, SEARCH, {"wanted": wanted, "persons": persons if wanted else []})
    return to(f"/lists?search={key}")


@rooms.form("/lists/results", Permission.ANSWER)
def results(desk: AtDesk, chosen: Chosen, form: Form) -> Response:
    """Record one result for the lines that were ticked."""
    result, day = text_of(form, "result"), day_of(text_of(form, "contacted_on"))
    entries = [
        Entry(person, programme, result, day)
        for person, _, programme in (str(line).partition("|") for line in form.getlist("line"))
    ]
    done = record_entries(desk, text_of(form, "handler", 40) or desk.visit.user.display_name, entries)
    return to(f"/lists?{chosen.query(recorded=keep_draft(desk, RECORDED, vars(done)))}")


def find_lines(desk: Desk, chosen: Filters, first: int, length: int) -> list[Row]:
    """The lines that the user may see, by the filters."""
    return desk.night.rows("line", **line_parameters(desk, chosen, first, length))


def line_parameters(desk: Desk, chosen: Filters, first: int, length: int) -> dict[str, object]:
    """What ``sql/portal/line.sql`` asks for, by the filters and the user's areas."""
    found = read_draft(desk, SEARCH, chosen.search)
    return {
        "area": desk.area,
        "searched": None if chosen.search is None else (found or {}).get("persons", []),
        "first": first,
        "length": length,
        **{name: value for name, value in vars(chosen).items() if name != "search"},
    }


def record_entries(desk: Desk, handler: str, entries: list[Entry]) -> Recorded:
    """Add answers to the region's log and to the audit chain."""
    done = record(desk.night, desk.portal.home, desk.area, handler, entries, desk.portal.today())
    refused = sum(done.refused.values())
    desk.note(Deed.ANSWER, "", taken=done.taken, known=done.known, refused=refused)
    return done


def _results(action: str | None) -> list[ContactResult]:
    """The results that fit the lines shown."""
    return list(Action(action).results if action else ContactResult)
