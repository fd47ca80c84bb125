"""``outreach explain`` on a small published night: rows of a person, what is known and decided, and why."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import shutil
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from command import ROOT, Night, run_night
from pypdf import PdfReader
from small_world import (
    AREA,
    DAY,
    FORMULA,
    GRANDMOTHER,
    NEIGHBOUR,
    REGION,
    WIDOWER,
    benefit,
    certificate,
    deliver,
    number,
    person,
    world,
)
from typer.testing import CliRunner, Result

from outreach.explain import explain
from outreach.explain.notice import Matter, Notice, Notices
from outreach.explain.notice_page import notice_html
from outreach.policy import load_policy
from outreach.settings import Settings
from outreach.standards.person_page import person_page
from pipelines.cli import app

LI = ("李桂英", number("19440909", 246))
"""82, on the minimum allowance, never assessed."""
DEAD = ("张德福", number("19380215", 177))
"""Died at 88; register and funeral home say so; is still paid."""
MOVED = ("吴秀兰", number("19470303", 388))
"""79; with a new number; a roll still has the old one."""
OLD_NUMBER = number("19470303", 206)
FAMILY = [("郑大山", number("19450404", 193)), ("郑小河", number("19450404", 193))]
"""Two people to whom one number was given."""


def register_row(place: int, who: tuple[str, str], **more: str) -> dict[str, str]:
    name, id_number = who
    return {
        "户号": f"X{place}",
        "公民身份号码": id_number,
        "姓名": name,
        "性别": "男" if int(id_number[16]) % 2 else "女",
        "出生日期": id_number[6:14],
        "与户主关系": "户主",
        "户籍地址": f"长淮路{place}号",
        "行政区划代码": AREA,
        "人员状态": "正常",
        "联系电话": f"1385510{place:04d}",
        "曾用身份号码": "",
        "状态变更日期": "",
        **more,
    }


def explained_world() -> dict[str, list[dict[str, str]]]:
    """The small world with people of every kind that an explanation has to distinguish."""
    extracts = world()
    extracts["household_register"] = [
        {**row, "联系电话": "", "曾用身份号码": "", "状态变更日期": ""}
        for row in extracts["household_register"]
    ] + [
        register_row(1, LI),
        register_row(2, DEAD, 人员状态="死亡注销", 状态变更日期="2026-06-01"),
        register_row(3, MOVED, 曾用身份号码=OLD_NUMBER),
        *(register_row(4 + place, who) for place, who in enumerate(FAMILY)),
    ]
    extracts["hardship_roll"].append({"家庭编号": "F2", **person(LI, 救助类别="11", 认定日期="2020-01-01")})
    for row in extracts["hardship_roll"]:
        row["终止日期"] = "2026-12-15" if row["姓名"] == GRANDMOTHER[0] else ""
    extracts["death_record"].append(person(DEAD, 死亡日期="2026-05-20"))
    extracts["benefit_roll"].append(benefit(DEAD, "age_allowance", "100"))
    extracts["benefit_roll"].append({**benefit(FORMULA, "age_allowance", "50"), "发放状态": "暂停"})
    extracts["benefit_roll"] = [{**row, "最近发放年月": "2026-10"} for row in extracts["benefit_roll"]]
    extracts["outreach_outcome"] = [
        {
            "人员编号": "",
            **person(LI),
            "项目编码": "meal_subsidy",
            "结果": "不同意",
            "联系日期": "2026-10-08",
        }
    ]
    extracts["pension_roll"] = [
        {"社会保障号码": WIDOWER[1], "姓名": WIDOWER[0], "险种": "170", "待遇状态": "2", "工伤护理": "0"}
    ]
    swapped = LI[1][:12] + LI[1][13] + LI[1][12] + LI[1][14:]
    extracts["health_management"] = [
        {"姓名": MOVED[0], "身份证号": OLD_NUMBER, "管理日期": "2026-03-03"},
        {"姓名": LI[0], "身份证号": swapped, "管理日期": "2026-04-04"},
        {"姓名": WIDOWER[0], "身份证号": "", "管理日期": "2026-05-05"},
    ]
    extracts["ability_assessment"] = [
        {**person(GRANDMOTHER), "评估日期": "2026-01-05", "能力等级": "3"},
        {**person(GRANDMOTHER), "评估日期": "2023-01-05", "能力等级": "1"},
        {**person(WIDOWER), "评估日期": "2023-01-05", "能力等级": "1"},
    ]
    extracts["disability_certificate"] = [certificate(GRANDMOTHER, 1, 1), certificate(WIDOWER, 4, 3)]
    return extracts


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Night:
    root = tmp_path_factory.mktemp("explained")
    parameters = root / "home" / "parameters" / f"{REGION}.yaml"
    parameters.parent.mkdir(parents=True)
    parameters.write_text(
        "parameters:\n"
        "  disability_nursing_grade_1: [{from: 2024-01-01, value: 100, source: 区民政通知}]\n"
        "  nursing_rate: [{from: 2024-01-01, value: 80}]\n"
        "switches:\n"
        "  meal_subsidy: true\n",
        encoding="utf-8",
    )
    deliver(root / "landing", explained_world())
    done = run_night(root / "home", root / "landing", REGION, DAY)
    assert done.ran.status == 0, done.ran.err
    return done


@pytest.fixture(autouse=True)
def _no_settings_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("OUTREACH_")]:
        monkeypatch.delenv(name)


def explained(night: Night, *arguments: str, date: str | None = DAY, **more: Any) -> Result:
    day = () if date is None else ("--date", date)
    command = ["explain", "--region", REGION, *day, "--home", str(night.home), *arguments]
    return CliRunner().invoke(app, command, **more)


@cache
def case_of(night: Night, who: tuple[str, str], *arguments: str) -> dict[str, Any]:
    """The explanation as a machine reads it."""
    result = explained(night, "--id-number", who[1], "--format", "json", *arguments)
    assert result.exit_code == 0, result.output
    case: dict[str, Any] = json.loads(result.stdout)
    return case


def one(rows: list[dict[str, Any]], **wanted: Any) -> dict[str, Any]:
    (row,) = [row for row in rows if all(row[name] == value for name, value in wanted.items())]
    return row


def linked(case: dict[str, Any], extract: str) -> dict[str, Any]:
    rows: list[dict[str, Any]] = case["identity"]["rows"]
    (row,) = [row for row in rows if row["place"]["extract"] == extract]
    return row


def programme(case: dict[str, Any], name: str) -> dict[str, Any]:
    return one(case["programmes"], programme=name)


def id_of(night: Night, who: tuple[str, str]) -> str:
    ((person_id,),) = night.query(f"SELECT person_id FROM mart.person WHERE name = '{who[0]}'")
    return str(person_id)


@pytest.mark.parametrize("who", [GRANDMOTHER, LI, WIDOWER, MOVED, DEAD], ids=lambda who: who[0])
def test_every_waterfall_adds_up_to_its_total(night: Night, who: tuple[str, str]) -> None:
    falls = [row["waterfall"] for row in case_of(night, who)["identity"]["rows"] if row["waterfall"]]
    assert falls
    for fall in falls:
        steps = sum(step["weight"] for step in fall["steps"])
        assert fall["prior"] + steps == pytest.approx(fall["total"])


def test_a_row_has_its_evidence_and_its_place_in_the_file(night: Night) -> None:
    exact = linked(case_of(night, GRANDMOTHER), "hardship_roll")
    assert (exact["grade"], exact["method"], exact["feeds"]) == ("exact", "号码和姓名", ["社会救助"])
    assert (exact["place"]["file"], exact["place"]["file_row"]) == ("hardship_roll.csv", 1)

    slip = linked(case_of(night, LI), "health_management")
    assert slip["method"] == "综合比对"
    assert {step["field"] for step in slip["waterfall"]["steps"]} >= {"号码", "姓名"}
    assert slip["waterfall"]["probability"] > 0.99

    name_only = linked(case_of(night, WIDOWER), "health_management")
    assert name_only["grade"] == "review"
    assert name_only["pair"]


def test_a_fact_names_its_source_row_and_what_it_was_reckoned_from(night: Night) -> None:
    facts = case_of(night, GRANDMOTHER)["facts"]
    unable = one(facts, name="unable_to_self_care")
    assert (unable["text"], unable["derived_from"]) == ("是", ["能力等级"])
    assert [source["place"]["row_number"] for source in unable["sources"]] == [1]
    rolls = one(facts, name="on_minimum_living")
    assert [(s["place"]["extract"], s["detail"]) for s in rolls["sources"]] == [
        ("hardship_roll", "最低生活保障")
    ]
    age = one(facts, name="age")
    assert [s["place"]["extract"] for s in age["sources"]] == ["household_register"]


def test_a_fact_without_a_row_has_its_reason(night: Night) -> None:
    facts = case_of(night, LI)["facts"]
    assert one(facts, name="unable_to_self_care")["text"] == "未知"
    assert "没有有效的能力评估" in one(facts, name="unable_to_self_care")["note"]
    assert one(facts, name="has_certificate")["note"] == "残疾人证中没有此人"
    assert "未送达" in one(facts, name="fp_special")["note"]
    assessed = one(case_of(night, WIDOWER)["facts"], name="ability_level")
    assert assessed["text"] == "未知"
    assert [source["detail"] for source in assessed["sources"]] == ["已于 2025-01-05 到期"]
    under_review = one(case_of(night, WIDOWER)["facts"], name="health_checked_this_year")
    assert [source["under_review"] for source in under_review["sources"]] == [True]


def test_a_benefit_that_gives_way_names_both_amounts(night: Night) -> None:
    case = case_of(night, GRANDMOTHER)
    loser, winner = programme(case, "nursing_subsidy"), programme(case, "disability_nursing_subsidy")
    assert not loser["published"]
    assert loser["decision"] == "ineligible"
    assert all(condition["value"] for condition in loser["conditions"])
    assert loser["no_line"] == "条件都符合，但从高享受“重度残疾人护理补贴”"
    assert loser["beside"] == winner["beside"]
    assert "重度残疾人护理补贴”（100.00 元/月）优先" in loser["beside"][0]
    assert "护理补贴”（80.00 元/月）让位" in loser["beside"][0]
    assert winner["lines"][0]["action"] == "adjust"
    assert (winner["amount_monthly"], winner["current_amount"]) == ("100.00", "80.00")
    assert any("区民政通知" in words for words in winner["amount_words"])


def test_an_unknown_names_what_is_missing_and_the_extract_that_would_supply_it(night: Night) -> None:
    care = programme(case_of(night, LI), "care_service_subsidy")
    assert (care["decision"], care["lines"][0]["action"]) == ("unknown", "verify")
    assert [(gap["fact"], gap["extract"]) for gap in care["missing"]] == [
        ("unable_to_self_care", "ability_assessment"),
        ("partly_unable", "ability_assessment"),
    ]


def test_a_stop_shows_its_evidence_and_its_money(night: Night) -> None:
    case = case_of(night, DEAD, "--programme", "高龄津贴")
    (allowance,) = case["programmes"]
    (line,) = allowance["lines"]
    assert (line["action"], line["stop_evidence"]) == ("stop", "two sources")
    assert (line["effective_on"], line["money_months"], line["money_sum"]) == ("2026-05-20", 5, "500.00")
    sources = one(case["facts"], name="alive")["sources"]
    assert {source["place"]["extract"] for source in sources} == {"death_record", "household_register"}


def test_the_row_that_pays_and_the_row_that_refuses_are_named(night: Night) -> None:
    allowance = programme(case_of(night, DEAD), "age_allowance")
    assert [(place["title"], place["row_number"]) for place in allowance["told_by"]] == [("待遇发放", 4)]
    meals = programme(case_of(night, LI), "meal_subsidy")
    assert meals["lines"][0]["action"] == "declined"
    assert [(place["title"], place["row_number"]) for place in meals["told_by"]] == [("走访联系结果", 1)]


def test_for_a_person_on_no_list_the_failing_condition_is_named(night: Night) -> None:
    allowance = programme(case_of(night, NEIGHBOUR), "age_allowance")
    assert (allowance["decision"], allowance["no_line"]) == ("ineligible", "不符合：年满80周岁")
    assert allowance["citation"].endswith("“为80周岁及以上老年人发放高龄津贴”")


def test_everybody_is_decided_as_the_release_says(night: Night) -> None:
    """What is asked again must never differ from what was published by the same code and policy."""
    policy = load_policy(
        REGION, parameters=night.home / "parameters" / f"{REGION}.yaml", as_of=dt.date.fromisoformat(DAY)
    )
    for (person_id,) in night.query("SELECT person_id FROM mart.person WHERE age >= 60"):
        case = explain(night.home / "warehouse" / REGION / f"{DAY}.duckdb", str(person_id), policy)
        assert case.same_policy
        assert [p.programme for p in case.programmes if p.differs] == []


def test_found_by_a_former_number_too(night: Night) -> None:
    assert case_of(night, (MOVED[0], OLD_NUMBER))["who"]["name"] == MOVED[0]


def test_several_bearers_of_a_number_are_listed_and_nobody_is_guessed(night: Night) -> None:
    result = explained(night, "--id-number", FAMILY[0][1])
    assert result.exit_code == 2
    assert all(id_of(night, who) in result.stdout for who in FAMILY)
    assert "--person" in result.stderr
    assert FAMILY[0][1] not in result.output


def test_personal_data_are_hidden_unless_requested(night: Night) -> None:
    person_id = id_of(night, LI)
    for form in ("text", "json"):
        hidden = explained(night, "--person", person_id, "--all", "--format", form).stdout
        for secret in (LI[1], "1944-09-09", "13855100001", "长淮路1号"):
            assert secret not in hidden, secret
        assert f"340102********{LI[1][-4:]}" in hidden
    shown = explained(night, "--person", person_id, "--full").stdout
    for personal in (LI[1], "1944-09-09", "13855100001", "长淮路1号"):
        assert personal in shown, personal


def test_not_found_is_one_clear_sentence_without_the_number(night: Night) -> None:
    unknown_number = number("19990101", 111)
    by_number = explained(night, "--id-number", "-", input=f"{unknown_number}\n")
    assert (by_number.exit_code, by_number.stdout) == (1, "")
    assert "没有人使用这个号码" in by_number.stderr
    assert unknown_number not in by_number.output
    by_id = explained(night, "--person", "p0000")
    assert by_id.exit_code == 1
    assert "没有人员编号" in by_id.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "二者选一"),
        (("--person", "a", "--id-number", "b"), "二者选一"),
        (("--person", "a", "--date", "2026-13-01"), "无效"),
        (("--person", "a", "--date", "2020-01-01"), "还没有发布"),
    ],
)
def test_bad_usage_is_reported(night: Night, arguments: tuple[str, ...], words: str) -> None:
    result = explained(night, *arguments, date=None)
    assert result.exit_code == 2
    assert words in result.stderr


def test_an_unknown_programme_is_bad_usage_and_the_known_ones_are_named(night: Night) -> None:
    result = explained(night, "--person", id_of(night, LI), "--programme", "free_lunch")
    assert result.exit_code == 2
    assert "age_allowance（高龄津贴）" in result.stderr


def test_without_a_date_the_latest_is_explained(night: Night) -> None:
    assert f"{DAY} 个人情况说明" in explained(night, "--person", id_of(night, LI), date=None).stdout


def test_another_policy_than_that_of_the_night_decides_nothing_again(night: Night, tmp_path: Path) -> None:
    policies = tmp_path / "policies"
    shutil.copytree(ROOT / "policies", policies)
    with (policies / f"{REGION}.yaml").open("a", encoding="utf-8") as file:
        file.write("\n# another edition\n")
    case = case_of(night, LI, "--policies", str(policies))
    assert not case["same_policy"]
    assert "不是同一套" in case["policy_note"]
    published = night.query(
        f"SELECT DISTINCT programme FROM mart.decision WHERE person_id = '{case['who']['person_id']}'"
    )
    assert {p["programme"] for p in case["programmes"]} == {str(name) for (name,) in published}
    assert programme(case, "care_service_subsidy")["lines"][0]["action"] == "verify"


def test_an_officer_reads_it_in_chinese_from_conclusion_to_evidence(night: Night) -> None:
    report = explained(night, "--id-number", GRANDMOTHER[1]).stdout
    places = [report.index(heading) for heading in ("结论", "各项目为什么", "依据的事实", "身份依据")]
    assert places == sorted(places)
    assert "从高享受：“重度残疾人护理补贴”" in report
    assert "社会救助对象第1行（最低生活保障）" in report
    assert "██" in report


def paragraph(night: Night, who: tuple[str, str]) -> str:
    result = explained(night, "--id-number", who[1], "--say")
    assert result.exit_code == 0, result.output
    return result.stdout


def test_the_paragraph_for_the_family_has_what_is_received_what_comes_and_whom_to_call(night: Night) -> None:
    text = paragraph(night, GRANDMOTHER)
    assert text.count("\n") == 1
    assert text.startswith("王秀英，85周岁，截至2026年11月20日情况如下。现在享受的有：")
    assert "重度残疾人护理补贴（每月80元，" in text
    assert "应为每月100元，将按规定调整" in text
    assert "该上门或安排的服务有：" in text
    assert "区民政局（" in text.split("有疑问请找：")[1]
    assert "这份文件是征求意见稿，以正式印发的为准。" in text


def test_the_paragraph_has_what_cannot_be_had_and_what_was_declined_in_a_few_words(night: Night) -> None:
    text = paragraph(night, LI)
    assert "本人表示过不需要：就餐补贴（改变主意随时可以再提出）" in text
    refused = text.split("不能办理或不用再办的有：")[1].split("。")[0]
    assert "（不符合“特困人员集中供养”）" in refused
    assert "可以新办：" in text
    assert "不用申请，由主管部门办理" in text
    assert "缺少老年人能力评估的信息" in text


def test_the_paragraph_says_what_is_looked_at_again_and_what_for(night: Night) -> None:
    assert "困难残疾人生活补贴（每月70元，所依据的认定、证件或评估快到期，请提前办理延续）" in paragraph(
        night, GRANDMOTHER
    )
    assert "已经暂停、正在复核的有：高龄津贴。" in paragraph(night, FORMULA)


def test_an_officer_reads_what_is_to_be_looked_at_again(night: Night) -> None:
    text = explained(night, "--id-number", GRANDMOTHER[1], "--programme", "disability_living_subsidy").output
    assert "复核" in text
    assert "社会救助认定2026-12-15到期" in text


def test_a_pension_that_is_drawn_is_said_to_be_so_wherever_it_is_spoken_of(night: Night) -> None:
    assert "城乡居民基本养老保险（已在领取）" in paragraph(night, WIDOWER)
    text = explained(night, "--id-number", WIDOWER[1], "--programme", "pension_resident").output
    assert "已在领取" in text
    assert "没有可领取" not in text


def test_the_paragraph_of_a_dead_person_names_the_death_and_what_will_stop(night: Night) -> None:
    text = paragraph(night, DEAD)
    assert "登记信息显示本人已于2026年5月20日去世，如有不符请及时告知" in text
    assert "按现有信息应当停止：高龄津贴（已去世" in text
    assert "不能办理" not in text


@pytest.mark.parametrize("who", [GRANDMOTHER, LI, DEAD, WIDOWER])
def test_the_paragraph_holds_no_number_code_or_id(night: Night, who: tuple[str, str]) -> None:
    text = paragraph(night, who)
    assert who[1] not in text
    assert who[1][:14] not in text
    assert not {"age_allowance", "eligible", "None"} & set(text.replace("（", " ").replace("，", " ").split())
    assert "_" not in text


@pytest.mark.parametrize("option", [("--all",), ("--full",), ("--format", "json")])
def test_one_paragraph_and_a_report_cannot_be_requested_at_once(
    night: Night, option: tuple[str, ...]
) -> None:
    assert explained(night, "--id-number", LI[1], "--say", *option).exit_code == 2


def noticed(night: Night, tmp_path: Path, *arguments: str) -> Result:
    command = ["notice", "--region", REGION, "--home", str(night.home), "--out", str(tmp_path), *arguments]
    return CliRunner().invoke(app, command)


def test_a_notice_says_in_large_print_what_can_be_had_and_whom_to_call(
    night: Night, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    phones = {AREA[:9]: "0551-64000002", AREA[:6]: "0551-64000000"}
    settings = Settings.model_validate(
        {"portal_url": "https://portal.example.cn/", "notices": {"phones": phones}}
    )
    monkeypatch.setattr("pipelines.notices.load_settings", lambda _: settings)
    result = noticed(night, tmp_path, "--town", AREA[:9])
    assert result.exit_code == 0, result.output
    file = tmp_path / f"{AREA[:9]}.html"
    page = file.read_text(encoding="utf-8")
    assert file.stat().st_mode & 0o777 == 0o440
    pages = page.split("<section")[1:]
    (own,) = [each for each in pages if GRANDMOTHER[0] in each]
    # The words of explain --say, read as sentences.
    cases = case_of(night, GRANDMOTHER)["programmes"]
    offered = [each for each in cases if each["lines"] and each["lines"][0]["action"] == "add"]
    spoken = paragraph(night, GRANDMOTHER)
    assert offered
    for case in offered:
        (item,) = re.findall(f"<b>{case['name']}</b>：(.*?)。</li>", own)
        assert f"{case['name']}（{item}）" in spoken
    assert "0551-64000002" in own
    assert own.count("<svg") == 1
    # Nobody who has died, nobody to whom nothing is to be said, no number of anybody.
    assert DEAD[0] not in page
    assert not [who for who in (GRANDMOTHER, LI, MOVED, WIDOWER) if who[1] in page]
    sizes = [float(size) for size in re.findall(r"font-size: ([0-9.]+)pt", page)]
    assert sorted(sizes)[:2] == [9, 16]  # the person's id alone is small
    assert len(PdfReader(tmp_path / f"{AREA[:9]}.pdf").pages) == len(pages)


@pytest.mark.parametrize(
    ("has", "words"),
    [
        (
            {"soon": ("老年人健康管理（2026年12月3日达到年龄）",)},
            ("您不久就会符合下面", "到时候社区（村）工作人员会再告诉您。"),
        ),
        (
            {"offered": (Matter("高龄津贴", ("不用申请，由主管部门办理",)),)},
            ("您符合下面", "会与您联系核对；信息不对的"),
        ),
        (
            {"offered": (Matter("托养服务", ("本人同意后办理",)),), "soon": ("就医便利",), "asked": True},
            ("您符合或者不久就会符合下面", "请告诉他们您同意还是不同意"),
        ),
    ],
    ids=["only soon", "nothing to agree to", "to be agreed to"],
)
def test_a_notice_promises_and_asks_no_more_than_is_so(has: dict[str, Any], words: tuple[str, str]) -> None:
    page: dict[str, Any] = {"person_id": "p1", "name": "王某", "area_code": AREA, "place": "前李社区"}
    nothing: dict[str, Any] = dict.fromkeys(("offered", "raised", "free", "soon", "due", "offices"), ())
    notice = Notice(**page, **(nothing | {"asked": False} | has))
    notices = Notices(REGION, "瑶海区", dt.date(2026, 11, 20), "方案", False, (notice,))
    text = notice_html(notices, {}, None)
    for word in words:
        assert word in text
    assert ("同意还是不同意" in text) == notice.asked


def test_a_code_leads_to_the_persons_page_and_holds_nothing_but_the_id(night: Night, tmp_path: Path) -> None:
    person_id = case_of(night, GRANDMOTHER)["who"]["person_id"]
    assert noticed(night, tmp_path, "--person", person_id).exit_code == 0
    page = (tmp_path / f"{person_id}.html").read_text(encoding="utf-8")
    assert "<svg" not in page  # no setting, no code
    assert page.count("<section") == 1
    assert person_page("https://portal.example.cn/", "p1") == "https://portal.example.cn/person/p1"


@pytest.mark.parametrize(
    "arguments",
    [(), ("--town", "340102"), ("--community", "前李社区"), ("--town", "340102001", "--person", "p")],
)
def test_a_notice_is_for_one_area_or_one_person(
    night: Night, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    assert noticed(night, tmp_path, *arguments).exit_code == 2


def test_where_nobody_is_to_be_told_of_anything_nothing_is_written(night: Night, tmp_path: Path) -> None:
    assert noticed(night, tmp_path, "--town", "999999999").exit_code == 1
    assert not list(tmp_path.iterdir())
