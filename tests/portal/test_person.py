"""The page of a person: what the night knows, masked; in full for a reason; a result recorded."""

from __future__ import annotations

import re

import pytest
from browser import REGION, TODAY, Browser, new_user, sign_in, text_of
from fastapi import FastAPI
from sqlalchemy import select

from outreach.portal.access.roles import RoleName
from outreach.portal.store.tables import AuditEntry
from outreach.portal.store.words import Deed


@pytest.fixture
def officer(app: FastAPI) -> Browser:
    return sign_in(app, RoleName.OFFICER.value)


@pytest.fixture
def person_id(officer: Browser) -> str:
    """Somebody who is to be added."""
    found = re.search(r'/person/([\w-]+)"', officer.get("/lists?action=add").text)
    assert found
    return found[1]


def test_the_page_begins_with_what_one_reads_aloud_and_masks_numbers(
    officer: Browser, person_id: str
) -> None:
    page = officer.text(f"/person/{person_id}")
    assert page.index("读给本人或家属听") < page.index("名单事项") < page.index("身份依据")
    assert "可以新办" in page
    assert not re.search(r"\b\d{17}[\dX]\b", page)


def test_everything_is_shown_for_a_reason_that_is_kept(
    app: FastAPI, officer: Browser, person_id: str
) -> None:
    assert officer.post(f"/person/{person_id}/full", data={"reason": "看"}).status_code == 400
    shown = officer.post(f"/person/{person_id}/full", data={"reason": "上门核实地址，电话13800138000"})
    assert re.search(r"\b\d{17}[\dX]\b", text_of(shown))
    assert not re.search(r"\d{15}", str(shown.url))
    with app.state.portal.database.reading() as transaction:
        entry = transaction.scalars(
            select(AuditEntry).where(AuditEntry.action == Deed.UNMASK).order_by(AuditEntry.number.desc())
        ).first()
    assert entry is not None
    assert (entry.user_name, entry.subject) == ("officer", person_id)
    assert "上门核实地址" in entry.detail
    assert "13800138000" not in entry.detail


def test_the_key_of_one_person_opens_no_other(officer: Browser, person_id: str) -> None:
    shown = officer.post(f"/person/{person_id}/full", data={"reason": "上门核实地址"})
    key = str(shown.url).partition("full=")[2]
    others = set(re.findall(r'/person/([\w-]+)"', officer.get("/lists").text)) - {person_id}
    assert not re.search(r"\b\d{17}[\dX]\b", officer.text(f"/person/{others.pop()}?full={key}"))


def test_a_result_is_recorded_once_and_shown_at_once(officer: Browser, person_id: str) -> None:
    line = re.search(r'name="programme" value="(\w+)"', officer.get(f"/person/{person_id}").text)
    assert line
    fields = {"programme": line[1], "result": "未联系上", "contacted_on": str(TODAY), "handler": "王干事"}
    assert "已记入 1 条" in text_of(officer.post(f"/person/{person_id}/result", data=fields))
    assert "台账中已有 1 条" in text_of(officer.post(f"/person/{person_id}/result", data=fields))
    page = officer.text(f"/person/{person_id}")
    assert "未联系上（今日登记）" in page
    assert "王干事" in page


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"result": "已服务"}, "结果不适用于该事项"),
        ({"result": "好"}, "结果不是可选的结果"),
        ({"contacted_on": "2026-12-31"}, "联系日期晚于今天"),
        ({"contacted_on": "昨天"}, "联系日期无法识别"),
        ({"programme": "no_such"}, "不在今日名单上"),
    ],
)
def test_a_result_that_does_not_fit_is_not_taken(
    officer: Browser, person_id: str, fields: dict[str, str], why: str
) -> None:
    page = officer.get("/lists?action=add&search=&programme=").text
    line = re.search(rf'value="{person_id}\|(\w+)"', page)
    assert line
    whole = {"programme": line[1], "result": "同意", "contacted_on": str(TODAY), "handler": "王", **fields}
    assert why in text_of(officer.post(f"/person/{person_id}/result", data=whole))


def test_an_officer_of_another_town_finds_nobody(app: FastAPI, person_id: str) -> None:
    other = new_user(app, "elsewhere", RoleName.OFFICER, [(REGION, "340102999")])
    for path in (f"/person/{person_id}", f"/person/{person_id}/evidence/0.svg"):
        assert other.get(path).status_code == 404
    assert other.post(f"/person/{person_id}/full", data={"reason": "上门核实"}).status_code == 404


def test_the_evidence_is_drawn(officer: Browser, person_id: str) -> None:
    persons = set(re.findall(r'/person/([\w-]+)"', officer.get("/lists").text))
    drawn = [
        found[0]
        for person in sorted(persons)
        if (found := re.findall(r"/person/[\w-]+/evidence/\d+\.svg", officer.get(f"/person/{person}").text))
    ]
    picture = officer.get(drawn[0])
    assert picture.headers["content-type"] == "image/svg+xml"
    assert "合计" in picture.text
