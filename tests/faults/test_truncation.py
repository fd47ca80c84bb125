"""Files cut short behind an empty ``_SUCCESS``: what is missing from them makes nobody lose anything."""

from __future__ import annotations

from pathlib import Path

import pytest
from command import Night, outreach, run_night
from small_world import DAY, Rows, benefit, deliver, number, person, register, text, world

EVE = "2026-11-19"
PAYEES = [(f"何{i:02d}", number("19400115", 100 + 2 * i)) for i in range(40)]
PROGRAMME = "age_allowance"


def batch() -> dict[str, Rows]:
    extracts = world()
    template = register()[0]
    extracts["household_register"] += [
        {
            **template,
            "户号": f"P{i}",
            "姓名": name,
            "公民身份号码": id_number,
            "性别": "女",
            "出生日期": "19400115",
        }
        for i, (name, id_number) in enumerate(PAYEES)
    ]
    extracts["benefit_roll"] += [benefit(who, PROGRAMME, "100") for who in PAYEES]
    extracts["hardship_roll"] = [
        {"家庭编号": f"F{i}", **person(who, 救助类别="11", 认定日期="2015-01-01")}
        for i, who in enumerate(PAYEES)
    ]
    extracts["disability_certificate"] += [
        {
            "残疾人证号": f"{who[1]}43",
            "姓名": who[0],
            "残疾类别": "4",
            "残疾等级": "3",
            "发证日期": "2020-05-01",
            "有效期至": "2030-04-30",
            "证件状态": "有效",
        }
        for who in PAYEES
    ]
    extracts["family_planning"] = [person(who, 扶助类别="3") for who in PAYEES]
    extracts["care_survey"] = [person(who, 独居="是", 空巢="否", 留守="否") for who in PAYEES]
    return extracts


def cut(rows: Rows, share: float = 0.75) -> Rows:
    return rows[: int(len(rows) * share)]


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> tuple[Night, Night]:
    """The evening before, whole; and the night on which five rolls are cut, one of them let through."""
    root = tmp_path_factory.mktemp("truncation")
    whole = batch()
    deliver(root / "landing", whole, EVE)
    before = run_night(root / "home", root / "landing", day=EVE)
    assert before.ran.status == 0, before.ran.err
    shrunk = {
        name: cut(rows)
        if name in ("benefit_roll", "hardship_roll", "disability_certificate", "care_survey")
        else rows
        for name, rows in whole.items()
    }
    del shrunk["family_planning"]
    folder = deliver(root / "landing", shrunk, DAY)
    nobody = text([{**row, "姓名": ""} for row in whole["family_planning"]])
    (folder / "family_planning.csv").write_text(nobody, encoding="utf-8")
    arguments: list[str | Path] = ["--region", "yaohai", "--date", DAY]
    arguments += ["--landing", root / "landing", "--home", root / "home"]
    ran = outreach("run", *arguments, "--allow", "care_survey", "--allow", "family_planning")
    return before, Night(ran, root / "home", "yaohai", DAY)


@pytest.fixture(scope="module")
def night(nights: tuple[Night, Night]) -> Night:
    return nights[1]


def test_a_roll_cut_to_three_quarters_is_refused(night: Night) -> None:
    assert night.ran.status == 3, night.ran.err
    refused = dict(night.query("SELECT extract, message FROM mart.delivery WHERE status = 'refused'"))
    assert refused.keys() == {"benefit_roll", "hardship_roll", "disability_certificate", "family_planning"}
    for extract in ("benefit_roll", "hardship_roll", "disability_certificate"):
        assert "降幅" in str(refused[extract])
        assert "放行" in str(refused[extract])


def test_nobody_is_stopped_or_cut_for_it(night: Night) -> None:
    assert night.query("SELECT count(*) FROM mart.candidate WHERE action IN ('stop', 'adjust')") == [(0,)]


def test_what_rests_on_the_cut_roll_is_unknown(night: Night) -> None:
    assert night.query("SELECT DISTINCT hard_up, disability_grade, family_planning FROM mart.person") == [
        (None, None, None)
    ]
    actions = night.query(f"SELECT DISTINCT action FROM mart.candidate WHERE programme = '{PROGRAMME}'")
    assert {action for (action,) in actions} <= {"verify", "upcoming", "inform"}


def test_an_extract_that_is_quarantined_whole_is_refused_even_if_it_is_named(night: Night) -> None:
    (found,) = night.query(
        "SELECT rows_read, rows_quarantined, message FROM mart.delivery WHERE extract = 'family_planning'"
    )
    assert found[:2] == (40, 40)
    assert "全部 40 行都被隔离" in str(found[2])


def test_an_operator_lets_a_shrunk_extract_through_by_name(night: Night) -> None:
    (found,) = night.query(
        "SELECT status, rows_accepted, message FROM mart.delivery WHERE extract = 'care_survey'"
    )
    assert found[:2] == ("accepted", 30)
    assert "经操作员放行" in str(found[2])


def test_the_night_before_stays_as_it_was(nights: tuple[Night, Night]) -> None:
    before = nights[0]
    kept = before.query(
        f"SELECT count(*) FROM mart.candidate WHERE programme = '{PROGRAMME}' AND action = 'keep'"
    )
    assert kept != [(0,)]
    assert (before.home / "warehouse" / "yaohai" / f"{EVE}.duckdb").exists()
