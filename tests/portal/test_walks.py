"""The circle on the page: doors, results of a door, a list taken away, filled in, and brought back."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import Path

import pytest
from browser import REGION, TODAY, Browser, new_user, sign_in, text_of
from command import Night
from fastapi import FastAPI

from outreach.outcomes import FOLDER, OutcomeLog, OutcomeLogError
from outreach.portal.access.roles import RoleName

TOWN = "340102002"


@pytest.fixture
def officer(app: FastAPI) -> Browser:
    return sign_in(app, RoleName.OFFICER.value)


def answers(home: Path) -> list[dict[str, object]]:
    """All answers in the region's log."""
    log = OutcomeLog(home / "state" / REGION / FOLDER)
    return [row for lot in log.lots() for row in lot.read().to_dicts()]


def filled(officer: Browser, result: str, rows: int = 2) -> tuple[bytes, list[dict[str, str]]]:
    """The list of additions as downloaded, its first lines filled in."""
    got = officer.get("/lists/download?action=add&form=csv")
    lines = list(csv.DictReader(io.StringIO(got.content.decode("utf-8-sig"))))
    for line in lines[:rows]:
        line |= {"结果": result, "联系日期": "11月22日", "经办人": "李干事"}
    out = io.StringIO()
    writer = csv.DictWriter(out, list(lines[0]))
    writer.writeheader()
    writer.writerows(lines)
    return out.getvalue().encode("gb18030"), lines[:rows]


def upload(browser: Browser, content: bytes, name: str = "名单.csv") -> tuple[str, str]:
    """The preview of a file, as text, and the key to confirm it."""
    answer = browser.post("/walks/upload", files={"file": (name, content)})
    key = re.search(r'name="key" value="([\w-]+)"', answer.text)
    return text_of(answer), key[1] if key else ""


def test_communities_are_counted_and_doors_come_in_walking_order(officer: Browser, two_nights: Night) -> None:
    page = officer.get("/walks").text
    places = re.findall(r'href="/walks/(\d{9}/\d{12})"', page)
    ((communities,),) = two_nights.query(
        "SELECT count(DISTINCT area_code) FROM mart.candidate WHERE action NOT IN ('keep', 'declined')"
        " AND length(area_code) = 12"
    )
    assert len(places) == communities
    walk = officer.get(f"/walks/{places[0]}").text
    numbers = [int(number) for number in re.findall(r'id="door-(\d+)"', walk)]
    assert numbers == sorted(numbers)
    assert numbers[0] == 1
    assert 'href="tel:' in walk


def test_the_results_of_a_door_are_recorded_together(home: Path, officer: Browser) -> None:
    place = re.findall(r'href="(/walks/\d{9}/\d{12})"', officer.get("/walks").text)[0]
    page = officer.get(place).text
    matters = re.findall(r'name="(result\|[^"]+)"', page)[:2]
    before = len(answers(home))
    fields = dict.fromkeys(matters, "未联系上") | {
        "contacted_on": str(TODAY),
        "handler": "王干事",
        "door": "1",
    }
    shown = officer.post(f"{place}?page=1", data=fields)
    assert "已记入 2 条" in text_of(shown)
    assert shown.text.count("今日已登记：未联系上") == 2
    assert len(answers(home)) == before + 2
    empty = officer.post(place, data={"contacted_on": str(TODAY), "handler": "王", "door": "1"})
    assert empty.status_code == 400


def test_another_area_has_no_doors(app: FastAPI, officer: Browser) -> None:
    place = re.findall(r'href="(/walks/\d{9}/\d{12})"', officer.get("/walks").text)[0]
    other = new_user(app, "walker_elsewhere", RoleName.OFFICER, [(REGION, "340102999")])
    assert other.get(place).status_code == 404
    assert other.get("/walks/1/../2").status_code == 404


def test_a_list_is_taken_filled_in_and_brought_back(home: Path, officer: Browser) -> None:
    content, lines = filled(officer, "同意")
    before = len(answers(home))
    preview, key = upload(officer, content)
    assert "2 将记入" in preview
    assert len(answers(home)) == before
    done = text_of(officer.post("/walks/upload/confirm", data={"key": key, "choice": "take"}))
    assert "2 已记入" in done
    new = answers(home)[before:]
    assert {row["person_id"] for row in new} == {line["人员编号"] for line in lines}
    assert {str(row["contacted_on"]) for row in new} == {"2026-11-22"}
    again, _ = upload(officer, content)
    assert "0 将记入 2 台账已有" in again
    assert not list((home / "state" / "portal" / "uploads").glob("*.csv"))[1:]


def test_a_file_that_is_not_confirmed_leaves_nothing(home: Path, officer: Browser) -> None:
    content, _ = filled(officer, "不同意", 1)
    before = len(answers(home))
    _, key = upload(officer, content)
    officer.post("/walks/upload/confirm", data={"key": key, "choice": "drop"})
    assert len(answers(home)) == before
    gone = officer.post("/walks/upload/confirm", data={"key": key, "choice": "take"})
    assert gone.status_code == 404


def test_lines_about_people_elsewhere_are_refused(app: FastAPI, officer: Browser) -> None:
    content, _ = filled(officer, "同意")
    other = new_user(app, "uploader_elsewhere", RoleName.OFFICER, [(REGION, "340102999")])
    preview, _ = upload(other, content)
    assert "不在您的辖区内：2 行" in preview


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("名单.xls", b"\xd0\xcf\x11\xe0", "旧版 .xls 工作簿"),
        ("名单.zip", b"PK\x03\x04broken", "压缩包已损坏"),
        ("../../名单.csv", "姓名,结果\n王,同意\n".encode(), "未采用"),
        ("名单.csv", b"", "未采用"),
        ("名单", b"x", "不是 XLSX 或 CSV 文件"),
        ("名单.xlsx", b"PK\x03\x04broken", "未采用"),
    ],
)
def test_a_file_that_cannot_be_taken_is_named_in_chinese(
    officer: Browser, name: str, content: bytes, why: str
) -> None:
    assert why in upload(officer, content, name)[0]


def test_a_download_says_who_took_it_and_is_counted(app: FastAPI, officer: Browser) -> None:
    got = officer.get("/lists/download?action=add")
    with zipfile.ZipFile(io.BytesIO(got.content)) as book:
        text = book.read("xl/worksheets/sheet1.xml").decode()
    assert RoleName.OFFICER.chinese in text
    assert "仅供工作使用" in text
    assert not re.search(r"\b\d{17}[\dX]\b", text)
    auditor = sign_in(app, RoleName.AUDITOR.value)
    assert "下载" in auditor.text("/audit?deed=download&user=officer")


def test_a_day_has_so_many_downloads(app: FastAPI) -> None:
    settings = app.state.portal.settings
    few = settings.portal.model_copy(update={"downloads_a_day": 1})
    app.state.portal.settings = settings.model_copy(update={"portal": few})
    try:
        browser = new_user(app, "collector", RoleName.OFFICER, [(REGION, "")])
        assert browser.get("/lists/download?form=csv").status_code == 200
        assert browser.get("/lists/download?form=csv").status_code == 429
    finally:
        app.state.portal.settings = settings


def test_of_people_elsewhere_nothing_else_is_said(app: FastAPI, officer: Browser) -> None:
    content, lines = filled(officer, "已服务")
    text = content.decode("gb18030").replace(lines[0]["姓名"], "错名")
    other = new_user(app, "curious", RoleName.OFFICER, [(REGION, "340102999")])
    preview, _ = upload(other, text.encode())
    assert "不在您的辖区内：2 行" in preview
    assert "不适用于" not in preview
    assert "不是同一人" not in preview


def test_two_officers_answers_are_both_kept_the_later_shown_the_earlier_named(
    app: FastAPI, home: Path, officer: Browser
) -> None:
    line = re.search(r'name="line" value="([^"]+)"', officer.get("/lists?action=verify").text)
    assert line
    before = len(answers(home))
    second = new_user(app, "second_officer", RoleName.OFFICER, [(REGION, "")])
    for browser, day, who in ((officer, "2026-11-21", "甲"), (second, "2026-11-22", "乙")):
        fields = {"line": line[1], "result": "未联系上", "contacted_on": day, "handler": who}
        browser.post("/lists/results?action=verify", data=fields)
    assert len(answers(home)) == before + 2
    page = officer.text("/lists?action=verify")
    assert "未联系上 2026-11-22 乙 此前：未联系上 2026-11-21 甲" in page


def test_a_street_is_taken_whole_by_who_has_all_of_it(app: FastAPI, officer: Browser) -> None:
    got = officer.get(f"/tasks/{TOWN}.zip")
    with zipfile.ZipFile(io.BytesIO(got.content)) as archive:
        names = archive.namelist()
        assert "走访人员（officer）" in archive.read("下载记录.txt").decode()
    assert any(name.endswith(".xlsx") for name in names)
    part = new_user(app, "of_a_community", RoleName.OFFICER, [(REGION, f"{TOWN}001")])
    assert part.get(f"/tasks/{TOWN}.zip").status_code == 404
    assert officer.get("/tasks/..zip").status_code == 404


def test_an_upload_that_cannot_be_written_can_be_confirmed_again(
    officer: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    content, _ = filled(officer, "信息有误", 1)
    _, key = upload(officer, content)

    def full(*_: object) -> None:
        raise OutcomeLogError("台账无法写入，请检查磁盘空间。")

    with monkeypatch.context() as broken:
        broken.setattr(OutcomeLog, "add_new", full)
        failed = officer.post("/walks/upload/confirm", data={"key": key, "choice": "take"})
        assert failed.status_code == 409
        assert "台账无法写入" in failed.text
    done = officer.post("/walks/upload/confirm", data={"key": key, "choice": "take"})
    assert "1 已记入" in text_of(done)


def test_where_nothing_can_be_taken_nothing_is_to_be_confirmed(home: Path, officer: Browser) -> None:
    street = officer.get(f"/tasks/{TOWN}.zip").content
    preview, key = upload(officer, street, "名单.zip")
    assert "0 将记入" in preview
    assert "下载记录" not in preview
    assert key == ""
