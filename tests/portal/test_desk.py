"""Questions, standing lists, nights, users, the audit trail: what each role does with them."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from browser import PASSWORD, REGION, TODAY, Browser, new_user, sign_in, text_of
from command import Night
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import update

from outreach.outcomes import QUESTIONS, AnswerLog
from outreach.portal.access.roles import RoleName
from outreach.portal.access.users import add_user, find_user
from outreach.portal.portal import Portal
from outreach.portal.store.tables import AuditEntry

ELSEWHERE = [(REGION, "340102999")]


@pytest.fixture
def contact(app: FastAPI) -> Browser:
    return sign_in(app, RoleName.CONTACT.value)


@pytest.fixture
def question(contact: Browser) -> str:
    found = re.search(r'href="/questions/([\w-]+)"', contact.get("/questions").text)
    assert found
    return found[1]


def test_a_contact_sees_the_questions_of_the_own_department(
    contact: Browser, app: FastAPI, two_nights: Night
) -> None:
    ((open_ones,),) = two_nights.query(
        "SELECT count(*) FROM mart.question WHERE department = 'civil_affairs' AND status = 'open'"
    )
    assert f"{open_ones} 待答复" in contact.text("/questions")
    none = new_user(app, "of_nobody", RoleName.SUPERVISOR, [(REGION, "")])
    assert none.get("/questions").status_code == 403


def test_an_answer_is_written_to_the_regions_log_and_shown_at_once(
    app: FastAPI, contact: Browser, question: str
) -> None:
    contact.post(f"/questions/{question}", data={"word": "记录无误", "own": "已与本人核对"})
    log = AnswerLog(app.state.portal.home / "state" / REGION / QUESTIONS)
    answers = {row["question_id"]: row for lot in log.lots() for row in lot.read().to_dicts()}
    assert answers[question]["answer"] == "记录无误，已与本人核对"
    assert answers[question]["answer_word"] == "记录无误"
    assert answers[question]["answered_on"] == min(TODAY, dt.date(2026, 11, 22))
    assert "已与本人核对（今日答复，下一晚起采用）" in contact.text(f"/questions/{question}")


def test_no_answer_and_another_departments_question_are_refused(
    app: FastAPI, contact: Browser, question: str
) -> None:
    assert contact.post(f"/questions/{question}", data={"word": "好"}).status_code == 400
    with app.state.portal.database.transaction() as transaction:
        add_user(transaction, "health", "卫", ["contact"], [(REGION, "")], "health", PASSWORD)
    other = sign_in(app, "health")
    assert other.get(f"/questions/{question}").status_code == 404
    assert other.post(f"/questions/{question}", data={"word": "记录无误"}).status_code == 404


@pytest.mark.parametrize("path", ["/ledger", "/waiting", "/changes"])
def test_standing_lists_are_of_the_own_areas(app: FastAPI, path: str) -> None:
    whole = sign_in(app, RoleName.OFFICER.value)
    name = f"elsewhere{path[1:]}"
    other = new_user(app, name, RoleName.OFFICER, ELSEWHERE)
    assert whole.get(path).status_code == other.get(path).status_code == 200
    assert "/person/" not in other.get(path).text


def test_the_ledger_and_the_changes_are_those_of_the_night(app: FastAPI, two_nights: Night) -> None:
    officer = sign_in(app, RoleName.OFFICER.value)
    ((people,),) = two_nights.query("SELECT count(*) FROM mart.ledger")
    assert f"共 {people} 人" in officer.text("/ledger")
    ((changed,),) = two_nights.query("SELECT count(*) FROM mart.change")
    shown = [int(n) for n in re.findall(r"<strong>(\d+)</strong>", officer.get("/changes").text)]
    assert sum(shown) == changed


def test_nights_show_each_extract_and_a_rerun_is_offered_as_a_command(app: FastAPI) -> None:
    operator = sign_in(app, RoleName.OPERATOR.value)
    page = operator.text("/nights")
    assert "2026-11-21 已发布" in page
    assert "已接收" in page
    assert "outreach run --region yaohai --date 2026-11-21" in page
    assert operator.post("/nights/2026-11-21/approve", data={"why": "看过了没问题"}).status_code == 400
    assert operator.post("/nights/2026-11-21/rerun").status_code == 400


def test_a_night_is_run_again_where_the_portal_may(app: FastAPI) -> None:
    started: list[tuple[str, dt.date]] = []
    portal: Portal = app.state.portal
    portal.rerun = lambda region, day: started.append((region, day))
    try:
        operator = sign_in(app, RoleName.OPERATOR.value)
        assert "已开始重跑" in text_of(operator.post("/nights/2026-11-21/rerun"))
        assert operator.post("/nights/2026-01-01/rerun").status_code == 404
    finally:
        portal.rerun = None
    assert started == [(REGION, dt.date(2026, 11, 21))]


def test_a_new_user_has_to_change_the_first_password(app: FastAPI) -> None:
    admin = sign_in(app, RoleName.ADMIN.value)
    fields = {"name": "newcomer", "display_name": "新人", "role": "officer", "region": REGION}
    shown = text_of(admin.post("/users/add", data={**fields, "prefixes": "340102002"}))
    first = re.search(r"newcomer 的初始密码： (\S+) （", shown)
    assert first
    newcomer = sign_in(app, "newcomer", first[1])
    assert "请先修改密码" in newcomer.text("/lists")
    change = {"old": first[1], "new": "another-good-one", "again": "another-good-one"}
    newcomer.post("/account/password", data=change)
    assert "共" in newcomer.text("/lists")


def test_an_administrator_bars_others_and_not_the_own_account(app: FastAPI) -> None:
    admin = sign_in(app, RoleName.ADMIN.value)
    barred = new_user(app, "leaver", RoleName.OFFICER, [(REGION, "")])
    admin.post("/users/change", data={"name": "leaver", "role": "officer", "region": REGION})
    assert "登录" in barred.text("/lists")
    assert TestClient(app).post("/login", data={"name": "leaver", "password": PASSWORD}).status_code == 401
    own = {"name": RoleName.ADMIN.value, "role": "officer", "region": REGION, "active": "1"}
    assert admin.post("/users/change", data=own).status_code == 400
    wrong = {"name": "x", "display_name": "y", "role": "king", "region": REGION}
    assert admin.post("/users/add", data=wrong).status_code == 409


def test_the_audit_chain_is_whole_until_somebody_changes_it(app: FastAPI) -> None:
    auditor = sign_in(app, RoleName.AUDITOR.value)
    assert "登录" in auditor.text("/audit?deed=sign_in")
    assert "没有缺失或改动" in text_of(auditor.post("/audit/verify"))
    with app.state.portal.database.transaction() as transaction:
        transaction.execute(update(AuditEntry).where(AuditEntry.number == 2).values(user_name="nobody"))
    assert "第 2 条：内容与校验值不符" in text_of(auditor.post("/audit/verify"))


def test_a_change_in_one_region_leaves_the_areas_in_another(app: FastAPI) -> None:
    admin = sign_in(app, RoleName.ADMIN.value)
    new_user(app, "of_two_regions", RoleName.OFFICER, [(REGION, "340102002"), ("yanling", "")])
    fields = {"name": "of_two_regions", "role": "officer", "region": REGION, "prefixes": "340102100"}
    admin.post("/users/change", data={**fields, "active": "1"})
    with app.state.portal.database.reading() as transaction:
        user = find_user(transaction, "of_two_regions")
    assert {(area.region, area.prefix) for area in user.areas} == {(REGION, "340102100"), ("yanling", "")}
