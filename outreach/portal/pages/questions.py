"""部门核对: what is asked of the user's department, answered here, written to the region's log at once."""

from __future__ import annotations

import datetime as dt
import re

import polars as pl
from fastapi import Request
from fastapi.responses import HTMLResponse, Response

from contracts.extracts import EXTRACT_BY_NAME
from contracts.vocabulary import QuestionAnswer, QuestionStatus
from outreach.outcomes import QUESTIONS, AnswerLog
from outreach.portal.access.guard import Rooms
from outreach.portal.access.roles import Permission
from outreach.portal.errors import ForbiddenError, NotFoundError, PageError
from outreach.portal.nights.answers import PORTAL
from outreach.portal.nights.night import Row
from outreach.portal.pages.shared import AtDesk, Desk, Form, text_of
from outreach.portal.render import page, to
from outreach.portal.store.words import Deed

rooms = Rooms()
_QUESTION = re.compile(r"[0-9A-Za-z-]{1,64}")
_CLOSED = (QuestionStatus.SETTLED, QuestionStatus.WITHDRAWN)


@rooms.page("/questions", Permission.QUESTIONS)
def questions(request: Request, desk: AtDesk, status: str = QuestionStatus.OPEN.value) -> HTMLResponse:
    """The questions of a status, the one that is due first on top."""
    chosen = status if status in QuestionStatus.codes() else QuestionStatus.OPEN.value
    night = desk.night
    every = _questions(desk)
    answers = _answers(desk)
    settled = [row for row in every if row["status"] == QuestionStatus.SETTLED]
    return page(
        request,
        "questions",
        night=night,
        rows=[row for row in every if row["status"] == chosen],
        answers=answers,
        chosen=chosen,
        counts={word: sum(row["status"] == word for row in every) for word in QuestionStatus},
        worth=sum(row["worth"] or 0 for row in settled),
        titles={name: extract.title for name, extract in EXTRACT_BY_NAME.items()},
    )


@rooms.page("/questions/{question_id}", Permission.QUESTIONS)
def question(request: Request, desk: AtDesk, question_id: str) -> HTMLResponse:
    """A question, with room for the answer."""
    row = _question(desk, question_id)
    return page(
        request,
        "question",
        night=desk.night,
        row=row,
        title=EXTRACT_BY_NAME[str(row["extract"])].title,
        answer=_answers(desk).get(question_id),
        words=list(QuestionAnswer),
        closed=row["status"] in _CLOSED,
    )


@rooms.form("/questions/{question_id}", Permission.QUESTIONS)
def answer(desk: AtDesk, question_id: str, form: Form) -> Response:
    """Take the department's answer: one of the words, or its own; it counts from the next night."""
    row = _question(desk, question_id)
    word, own = text_of(form, "word"), text_of(form, "own", 500)
    if row["status"] in _CLOSED:
        raise PageError("该问题已不再提出，无须答复。")
    if word not in QuestionAnswer.codes() and not own:
        raise PageError("请选择一种答复，或填写答复内容。")
    known = word if word in QuestionAnswer.codes() else None
    night = desk.night
    entry = {
        "question_id": question_id,
        "person_id": row["person_id"],
        "extract": row["extract"],
        "kind": row["kind"],
        "answer": "，".join(part for part in (known, own) if part),
        "answer_word": known,
        "answered_on": min(desk.portal.today(), night.as_of + dt.timedelta(days=1)),
    }
    log = _log(desk)
    log.add_new(pl.DataFrame([entry], schema=dict(log.schema)), night.as_of + dt.timedelta(days=1), PORTAL)
    desk.note(Deed.QUESTION, question_id, word=known or "")
    return to(f"/questions/{question_id}")


def _department(desk: Desk) -> str:
    department = desk.visit.user.department
    if not department:
        raise ForbiddenError("您的账号没有设置部门，请联系系统管理员。")
    return department


def _questions(desk: Desk, question_id: str | None = None) -> list[Row]:
    return desk.night.rows(
        "question", department=_department(desk), area=desk.area, status=None, question=question_id
    )


def _question(desk: Desk, question_id: str) -> Row:
    found = _questions(desk, question_id) if _QUESTION.fullmatch(question_id) else []
    if not found:
        raise NotFoundError("没有这个问题，或不属于本部门、本辖区。")
    return found[0]


def _log(desk: Desk) -> AnswerLog:
    return AnswerLog(desk.portal.home / "state" / desk.region / QUESTIONS)


def _answers(desk: Desk) -> dict[str, str]:
    """The last answer to each question that came in since the night."""
    as_of = desk.night.as_of
    found: dict[str, str] = {}
    for lot in _log(desk).lots():
        if lot.received_on > as_of:
            found.update(lot.read().select("question_id", "answer").iter_rows())
    return found
