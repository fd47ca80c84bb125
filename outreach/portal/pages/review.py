"""身份复核: two records side by side; the clerk's word binds the next night."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from sqlalchemy import select

from contracts.extracts import EXTRACT_BY_NAME
from contracts.vocabulary import Sex, Word
from outreach.explain.identity_evidence import FIELDS, Step
from outreach.identity import clerical
from outreach.portal.access.guard import Rooms
from outreach.portal.access.roles import Permission
from outreach.portal.access.sessions import now
from outreach.portal.charts import svg, waterfall
from outreach.portal.errors import NotFoundError, PageError
from outreach.portal.nights.night import Row
from outreach.portal.pages.shared import AtDesk, Desk, Form, text_of
from outreach.portal.render import page, to
from outreach.portal.store.tables import Vote
from outreach.portal.store.words import Deed

rooms = Rooms()
_PAIR = re.compile(r"[0-9A-Za-z-]{1,64}")
_SHOWN = (
    ("name", "姓名"),
    ("id_number", "身份证号"),
    ("birth_date", "出生日期"),
    ("sex", "性别"),
    ("address", "地址"),
    ("phone", "电话"),
    ("household_no", "户号"),
    ("area", "社区（村）"),
)


class Choice(Word):
    """What a clerk may say of a pair."""

    SAME = "same", "是同一人", "same", "both records are one person"
    DIFFERENT = "different", "不是同一人", "different", "the records are of two persons"
    UNSURE = "unsure", "不能确定", "unsure", "stays with the clerks"


@dataclass(frozen=True)
class State:
    """Where a pair is: what the user said of it, and what was decided; None: nothing yet."""

    own: Choice | None
    decided: Choice | None


@rooms.page("/review", Permission.REVIEW)
def review(request: Request, desk: AtDesk) -> HTMLResponse:
    """All pairs of the clerk's areas: open ones first, the most probable first."""
    pairs = desk.night.rows("review_pair", area=desk.area, pair=None)
    states = _states(desk)
    shown = [(pair, EXTRACT_BY_NAME[pair["left_extract"]].title, states(pair["pair_id"])) for pair in pairs]
    waiting = [one for one in shown if one[2].own is None and one[2].decided is None]
    return page(
        request,
        "review",
        night=desk.night,
        waiting=waiting,
        done=[one for one in shown if one not in waiting],
        field_names=FIELDS,
        two=desk.portal.settings.portal.two_clerks,
    )


@rooms.page("/review/{pair_id}", Permission.REVIEW)
def pair(request: Request, desk: AtDesk, pair_id: str) -> HTMLResponse:
    """A pair, side by side."""
    night, found = desk.night, _pair(desk, pair_id)
    sides = {str(row["side"]): row for row in night.rows("review_record", pair=pair_id)}
    for row in sides.values():
        row["area"] = row["area_name"] or row["area_code"]
        row["title"] = EXTRACT_BY_NAME[str(row["extract"])].title
    desk.note(Deed.PERSON, str(found["proposed_person_id"]), pair=pair_id)
    ids = [str(one["pair_id"]) for one in night.rows("review_pair", area=desk.area, pair=None)]
    at = ids.index(pair_id)
    return page(
        request,
        "review_pair",
        night=night,
        pair=found,
        left=sides.get("left"),
        right=sides.get("right"),
        lines=_lines(sides),
        steps=_steps(found),
        state=_states(desk)(pair_id),
        choices=list(Choice),
        place=at + 1,
        count=len(ids),
        following=ids[(at + 1) % len(ids)],
        two=desk.portal.settings.portal.two_clerks,
    )


@rooms.page("/review/{pair_id}/evidence.svg", Permission.REVIEW)
def evidence(desk: AtDesk, pair_id: str) -> Response:
    """The comparison as a waterfall."""
    return svg(waterfall(None, _steps(_pair(desk, pair_id))))


@rooms.form("/review/{pair_id}", Permission.REVIEW)
def decide(desk: AtDesk, pair_id: str, form: Form) -> Response:
    """Take the clerk's word; where it settles the pair, it is written to the region's decisions at once."""
    found = _pair(desk, pair_id)
    if text_of(form, "choice") not in Choice.codes():
        raise PageError("请选择“是同一人”“不是同一人”或“不能确定”。")
    choice = Choice(text_of(form, "choice"))
    user = desk.visit.user
    with desk.portal.database.transaction() as transaction:
        votes = transaction.scalars(
            select(Vote).where(Vote.region == desk.region, Vote.pair_id == pair_id)
        ).all()
        before = _decided(desk, [vote.vote for vote in votes])
        own = next((vote for vote in votes if vote.user_id == user.id), None)
        if own is None:
            own = Vote(region=desk.region, pair_id=pair_id, user_id=user.id)
            transaction.add(own)
        own.vote, own.voted_at = choice.value, now()
        after = _decided(desk, [*(vote.vote for vote in votes if vote is not own), choice.value])
        transaction.flush()
        if after is not None and after is not before:
            same = after is Choice.SAME
            clerical.decide_pair(desk.portal.home, desk.region, found, same=same, by=user.display_name)
    desk.note(Deed.REVIEW, pair_id, choice=choice.value, decides=after is not None)
    ids = [str(one["pair_id"]) for one in desk.night.rows("review_pair", area=desk.area, pair=None)]
    states = _states(desk)
    waiting = [one for one in ids if states(one).own is None and states(one).decided is None]
    return to(f"/review/{waiting[0]}" if waiting else "/review")


def _pair(desk: Desk, pair_id: str) -> Row:
    found = desk.night.rows("review_pair", area=desk.area, pair=pair_id) if _PAIR.fullmatch(pair_id) else []
    if not found:
        raise NotFoundError("没有这一对记录：可能已有结论，或该行已更正，或不在您的辖区内。")
    return found[0]


def _decided(desk: Desk, votes: Sequence[str]) -> Choice | None:
    """What so many equal words decide: one, or two of two clerks."""
    needed = 2 if desk.portal.settings.portal.two_clerks else 1
    for choice in (Choice.SAME, Choice.DIFFERENT):
        if sum(vote == choice for vote in votes) >= needed:
            return choice
    return None


def _states(desk: Desk) -> Callable[[str], State]:
    """The state of each pair for the user, by its id: the words of the region are read once."""
    votes: dict[str, list[Vote]] = {}
    with desk.portal.database.reading() as transaction:
        for vote in transaction.scalars(select(Vote).where(Vote.region == desk.region)):
            votes.setdefault(vote.pair_id, []).append(vote)

    def state(pair_id: str) -> State:
        there = votes.get(pair_id, [])
        own = next((Choice(vote.vote) for vote in there if vote.user_id == desk.visit.user.id), None)
        return State(own, _decided(desk, [vote.vote for vote in there]))

    return state


def _lines(sides: Mapping[str, Row]) -> list[tuple[str, str, str, bool]]:
    """The values side by side: title, left, right, whether they differ."""
    lines = []
    for name, title in _SHOWN:
        left, right = (_text(sides[side][name]) if side in sides else "" for side in ("left", "right"))
        if left or right:
            lines.append((title, left, right, bool(left and right and left != right)))
    return lines


def _text(value: object) -> str:
    return Sex.names().get(str(value), str(value)) if value is not None else ""


def _steps(pair: Row) -> list[Step]:
    return [
        Step(FIELDS.get(str(part["field"]), str(part["field"])), str(part["label"]), part["weight"])
        for part in pair["comparison"] or []
        if part["label"]
    ]
