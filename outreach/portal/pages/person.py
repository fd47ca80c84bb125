"""人员: everything that a night knows of one person; in full only with a reason, which is kept."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
from fastapi import Request
from fastapi.responses import HTMLResponse, Response

from contracts.vocabulary import Action, Decision
from outreach.delivery import published_nights
from outreach.explain import Explanation, explain, spoken
from outreach.explain.identity_evidence import LinkedRow
from outreach.explain.programme_cases import ProgrammeCase
from outreach.portal.access.guard import Rooms
from outreach.portal.access.roles import Permission
from outreach.portal.charts import svg, waterfall
from outreach.portal.errors import NotFoundError, PageError
from outreach.portal.nights.answers import Entry
from outreach.portal.pages.drafts import keep_draft, read_draft
from outreach.portal.pages.in_force import policy_of
from outreach.portal.pages.lists import RECORDED, record_entries
from outreach.portal.pages.shared import AtDesk, Desk, Form, day_of, text_of
from outreach.portal.portal import Portal
from outreach.portal.render import page, to
from outreach.portal.store.words import Deed

rooms = Rooms()
UNMASKED = "unmasked"
_PERSON = re.compile(r"[A-Za-z0-9_-]{4,64}")
_LEAST_REASON = 4
_NIGHTS = 10


@dataclass(frozen=True)
class Past:
    """The person's lines of an earlier night, as programme and action by name."""

    as_of: dt.date
    lines: tuple[tuple[str, str], ...]


@rooms.page("/person/{person_id}", Permission.WORK)
def person(
    request: Request, desk: AtDesk, person_id: str, full: str = "", recorded: str = ""
) -> HTMLResponse:
    """The page of a person; ``full``: the key under which a reason to see everything was kept."""
    desk = _at_their_region(desk, person_id)
    in_full = (read_draft(desk, UNMASKED, full) or {}).get("person") == person_id
    case = _case(desk, person_id, in_full)
    desk.note(Deed.PERSON, person_id, full=in_full)
    night = desk.night
    return page(
        request,
        "person",
        night=night,
        case=case,
        spoken=spoken(case),
        full=in_full,
        lines=night.rows("person_line", person_id=person_id),
        contacts=night.rows("person_contact", person_id=person_id),
        groups=_groups(case.programmes),
        past=_past(desk.portal, night.region, person_id),
        scored=[(at, row) for at, row in enumerate(case.identity.rows) if row.waterfall is not None],
        results={action.value: action.results for action in Action},
        recorded=read_draft(desk, RECORDED, recorded),
    )


@rooms.form("/person/{person_id}/full", Permission.UNMASK)
def unmask(desk: AtDesk, person_id: str, form: Form) -> Response:
    """Show everything, for a reason that goes into the audit chain."""
    desk = _at_their_region(desk, person_id)
    reason = text_of(form, "reason", 100)
    if len(reason) < _LEAST_REASON:
        raise PageError("请写明查看完整信息的事由（至少 4 个字），如“上门核实地址”。")
    # The user's own words may hold a number: the chain keeps the words without it.
    desk.note(Deed.UNMASK, person_id, reason=re.sub(r"\d{5,}", "…", reason))
    return to(f"/person/{person_id}?full={keep_draft(desk, UNMASKED, {'person': person_id})}")


@rooms.form("/person/{person_id}/result", Permission.ANSWER)
def result(desk: AtDesk, person_id: str, form: Form) -> Response:
    """Record the result of a contact about one of the person's lines."""
    desk = _at_their_region(desk, person_id)
    entry = Entry(
        person_id, text_of(form, "programme"), text_of(form, "result"), day_of(text_of(form, "contacted_on"))
    )
    done = record_entries(desk, text_of(form, "handler", 40) or desk.visit.user.display_name, [entry])
    return to(f"/person/{person_id}?recorded={keep_draft(desk, RECORDED, vars(done))}")


@rooms.page("/person/{person_id}/evidence/{place}.svg", Permission.WORK)
def evidence(desk: AtDesk, person_id: str, place: int) -> Response:
    """Why a row is the person's, as a waterfall; ``place``: of the row among the person's rows."""
    desk = _at_their_region(desk, person_id)
    rows: Sequence[LinkedRow] = _case(desk, person_id, False).identity.rows
    found = rows[place].waterfall if 0 <= place < len(rows) else None
    if found is None:
        raise NotFoundError
    return svg(waterfall(found.prior, found.steps))


def _at_their_region(desk: Desk, person_id: str) -> Desk:
    """The desk at the region in whose night the person is, if in the user's area.

    A code on a list opens a person's page whatever region was looked at last.

    Raises:
        NotFoundError: nobody, or not in the user's area; it does not say which.
    """
    if _PERSON.fullmatch(person_id):
        for region in sorted(desk.visit.scope.regions, key=lambda one: one != desk.visit.region):
            there = desk.at(region)
            if region in desk.portal.shelf.published() and there.night.rows(
                "person_area", person_id=person_id, area=there.area
            ):
                return there
    raise NotFoundError


def _case(desk: Desk, person_id: str, full: bool) -> Explanation:
    night = desk.night
    return explain(night.mart, person_id, policy_of(desk), full=full, all_facts=True)


def _groups(cases: Sequence[ProgrammeCase]) -> list[tuple[str, list[ProgrammeCase]]]:
    """The programmes by what holds: received, to be had, not clear, not to be had."""
    received = [case for case in cases if case.receiving]
    others = [case for case in cases if not case.receiving]
    eligible = [case for case in others if case.decision == Decision.ELIGIBLE]
    unknown = [case for case in others if case.decision == Decision.UNKNOWN]
    rest = [case for case in others if case not in eligible and case not in unknown]
    titles = ("正在享受", "可以享受", "尚不能确定", "不能享受或不在名单上")
    return [
        (title, own) for title, own in zip(titles, (received, eligible, unknown, rest), strict=True) if own
    ]


def _past(portal: Portal, region: str, person_id: str) -> list[Past]:
    """The person's lines on the last nights, the latest first; nights that are the same as the next are left
    out."""
    found: list[Past] = []
    for night in reversed(published_nights(portal.home, region)[-_NIGHTS:]):
        with duckdb.connect(str(night.mart), read_only=True) as con:
            rows = con.execute(
                "SELECT programme_name, action FROM mart.candidate WHERE person_id = ? ORDER BY ALL",
                [person_id],
            ).fetchall()
        found.append(Past(night.as_of, tuple((str(name), str(action)) for name, action in rows)))
    return [one for at, one in enumerate(found) if at == len(found) - 1 or one.lines != found[at + 1].lines]
