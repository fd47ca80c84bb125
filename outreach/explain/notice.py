"""The citizen's notice (告知单): whom it is for, and in which words, from the published release.

A person gets a page who has something to be had: a benefit not yet received, an amount that rises, a right
that comes with age now or soon. Services that are due are named on it, but are no reason for a page. What is
uncertain, taken away or cut is no notice's subject: an officer speaks of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from contracts.vocabulary import Action
from outreach.explain.programme_cases import ProgrammeCase, bound_of, line_of
from outreach.explain.release_reader import ExplainError, Release, Row
from outreach.explain.say import awaits_consent, contacts, offered_parts, received_parts, upcoming_words
from outreach.policy import Policy
from outreach.standards.doors import doors


@dataclass(frozen=True)
class Matter:
    """A programme and what the notice has about it, in short sentences."""

    name: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Notice:
    """One person's page, in the words that are read out.

    ``place``: community (village) by name, else town, else empty. ``offered``: what can be had now;
    ``raised``: what is received and becomes more; ``free``: rights that need no application; ``soon``: rights
    that begin on a day to come; ``due``: services that are to be brought; ``offices``: who answers for what;
    ``asked``: whether the person is to agree to something.
    """

    person_id: str
    name: str
    area_code: str
    place: str
    offered: tuple[Matter, ...]
    raised: tuple[Matter, ...]
    free: tuple[str, ...]
    soon: tuple[str, ...]
    due: tuple[str, ...]
    offices: tuple[str, ...]
    asked: bool


@dataclass(frozen=True)
class Notices:
    """The pages of an area, in walking order, and what holds for all of them."""

    region: str
    region_name: str
    as_of: dt.date
    document: str
    draft: bool
    pages: tuple[Notice, ...]


def read_notices(snapshot: Path, policy: Policy, *, area_code: str = "", person_id: str = "") -> Notices:
    """The notices of a published ``mart.duckdb``: of an area (the beginning of a code), or of one person.

    Args:
        policy: the policy of the night, which knows lower and upper bounds of amounts.

    Raises:
        ExplainError: the release was made under another policy, or is of an older form.
    """
    with Release(snapshot) as release:
        run = release.run
        if policy.sha256 != run["policy_sha256"]:
            raise ExplainError(
                "现有的政策文件与当晚所用的不是同一套，告知单不能据此编写。"
                "请用 --policies 指向当晚的政策文件。"
            )
        rows = release.rows("notice", area_code=area_code, person_id=person_id)
    people: dict[str, list[Row]] = {}
    for row in rows:
        people.setdefault(row["person_id"], []).append(row)
    order = _walking_order(rows, policy)
    pages = [
        page
        for person in sorted(people, key=lambda person: order[person])
        if (page := _page(people[person], policy)) is not None
    ]
    document = policy.file.document
    return Notices(
        run["region"], policy.name, run["as_of"], document.title, bool(document.draft), tuple(pages)
    )


def _walking_order(rows: Sequence[Row], policy: Policy) -> dict[str, tuple[str, ...]]:
    """By community, road and house number; who lives elsewhere, and who has no address, behind."""
    addresses = pl.Series("address", [row["address"] for row in rows], dtype=pl.String)
    found = {row["address"]: row for row in doors(addresses, policy.name, policy.code).to_dicts()}
    order: dict[str, tuple[str, ...]] = {}
    for row in rows:
        place = found.get(row["address"], {"elsewhere": False, "door_order": None})
        door = place["door_order"]
        apart = "1" if door is None else "2" if place["elsewhere"] else "0"
        order[row["person_id"]] = (row["area_code"] or "", apart, door or "", row["person_id"])
    return order


def _page(rows: Sequence[Row], policy: Policy) -> Notice | None:
    """The page of a person; None where nothing is to be had."""
    by_action: dict[str, list[ProgrammeCase]] = {}
    for row in rows:
        by_action.setdefault(row["action"], []).append(_case(row, policy))
    offered = by_action.get(Action.ADD, [])
    raised = [case for case in by_action.get(Action.ADJUST, []) if _rises(case)]
    free, soon = by_action.get(Action.INFORM, []), by_action.get(Action.UPCOMING, [])
    due = by_action.get(Action.DUE, [])
    if not (offered or raised or free or soon):
        return None
    first = rows[0]
    return Notice(
        first["person_id"],
        first["name"] or "",
        first["area_code"] or first["town_code"] or "",
        _named(first["community_name"]) or _named(first["town_name"]),
        offered=tuple(Matter(case.name, tuple(filter(None, offered_parts(case)))) for case in offered),
        raised=tuple(Matter(case.name, tuple(received_parts(case))) for case in raised),
        free=tuple(case.name for case in free),
        soon=tuple(upcoming_words(case) for case in soon),
        due=tuple(case.name for case in due),
        offices=tuple(contacts([*offered, *raised, *soon])),
        asked=any(awaits_consent(case) for case in offered),
    )


def _named(area: str | None) -> str:
    """The name of an area; nothing where only its code is known."""
    return "" if area is None or area.isdigit() else area


def _rises(case: ProgrammeCase) -> bool:
    return (
        case.amount_monthly is not None
        and case.current_amount is not None
        and case.amount_monthly > case.current_amount
    )


def _case(row: Row, policy: Policy) -> ProgrammeCase:
    """The case of a list line, as far as its words need it."""
    rule = policy.programme(row["programme"]).rule
    return ProgrammeCase(
        programme=row["programme"],
        name=row["programme_name"],
        item=None,
        mode=row["mode"],
        published=True,
        decision=None,
        conditions=(),
        missing=(),
        amount_monthly=row["amount_monthly"],
        amount_words=(),
        receiving=row["current_amount"] is not None,
        current_amount=row["current_amount"],
        told_by=(),
        beside=(),
        policy_version=None,
        citation=row["citation"],
        lines=(line_of(row),),
        no_line=None,
        changed=None,
        differs=False,
        bound=bound_of(rule),
        has_amount=rule.amount is not None,
        lead=row["lead"],
        place=row["place"],
    )
