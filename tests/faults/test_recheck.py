"""Rechecks (复核): nights over payees whose payment is paused, whose ground ends, whom nobody has met."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import pytest
from command import Night, run_night
from fault_batch import Batch, assessment, certificate, line, paid, relief, somebody
from small_world import AREA, DAY, REGION, deliver, person, text

NURSING, AGE = "disability_nursing_subsidy", "age_allowance"

EXPIRY = {
    "on the day": ("2026-11-20", "recheck"),
    "60 days after": ("2027-01-19", "recheck"),
    "61 days after": ("2027-01-20", "keep"),
}
LIVING, CARE = "disability_living_subsidy", "care_service_subsidy"
GROUNDS = {
    "roll on the 60th day": (LIVING, {"终止日期": "2027-01-19"}, {}, "recheck", "社会救助认定2027-01-19"),
    "roll on the 61st day": (LIVING, {"终止日期": "2027-01-20"}, {}, "keep", ""),
    "assessment of its own end": (CARE, {}, {"有效期至": "2026-11-20"}, "recheck", "能力评估2026-11-20"),
    "assessment of 2 years": (CARE, {}, {"评估日期": "2024-11-25"}, "recheck", "能力评估2026-11-25"),
    "assessment of this year": (CARE, {}, {}, "keep", ""),
}
"""Programme, what roll and assessment say otherwise, what is to be done, what the reason names."""
VISIT = {"365 days ago": ("2025-11-20", "keep"), "366 days ago": ("2025-11-19", "recheck")}


@dataclass(frozen=True)
class World:
    night: Night
    batch: Batch

    def line(self, kind: str, case: str, programme: str, columns: str = "action, recheck_cause") -> object:
        return line(self.night, self.batch, kind, case, programme, columns)


def paused(row: dict[str, str]) -> dict[str, str]:
    return {**row, "发放状态": "暂停"}


def run(root: Path, absent: str = "") -> World:
    """The night over everybody, with one extract not delivered."""
    batch = Batch()
    for case, (ends, _) in EXPIRY.items():
        who = batch.register("expiry", case, somebody("19900101"))
        batch.add("disability_certificate", {**certificate(who), "有效期至": ends})
        batch.add("benefit_roll", paid(who, NURSING))
    for case, (programme, on_roll, assessed, _, _) in GROUNDS.items():
        who = batch.register("ground", case, somebody("19600101"))
        batch.add("hardship_roll", relief(who, **on_roll))
        if programme == LIVING:
            batch.add("disability_certificate", certificate(who, 残疾等级="4", 残疾人证号=f"{who[1]}44"))
        else:
            batch.add("ability_assessment", {**assessment(who), **assessed})
        batch.add("benefit_roll", paid(who, programme, "600"))
        batch.add("visit_log", person(who, 探访日期="2026-11-18", 探访结果="正常"))
    for case, (day, _) in VISIT.items():
        who = batch.register("sign", case, somebody("19400101"))
        batch.add("visit_log", person(who, 探访日期=day, 探访结果="正常"))
        batch.add("benefit_roll", paid(who, AGE))
    never = batch.register("sign", "never met", somebody("19400101"))
    batch.add("benefit_roll", paid(never, AGE))
    swapped = batch.register("paused", "by a row of swapped cells", somebody("19400101"))
    row = paused(paid(swapped, AGE))
    batch.add("benefit_roll", {**row, "姓名": row["身份证号"], "身份证号": row["姓名"]})
    for case, birth in (("entitled", "19400101"), ("no right", "19500101")):
        who = batch.register("paused", case, somebody(birth))
        batch.add("benefit_roll", paused(paid(who, AGE)))
    both = batch.register("paused", "and paid", somebody("19400101"))
    batch.add("visit_log", person(both, 探访日期="2026-11-18", 探访结果="正常"))
    batch.add("benefit_roll", paused(paid(both, AGE)))
    batch.add("benefit_roll", paid(both, AGE))
    work = batch.register("paused", "work", somebody("19500101"))
    batch.add("hardship_roll", relief(work))
    batch.add("benefit_roll", paused(paid(work, "home_adaptation", "")))
    for case, states in (("stopped", "4"), ("stopped and open", "41"), ("drawn", "2")):
        who = batch.register("pension", case, somebody("19500101"))
        for state in states:
            batch.add(
                "pension_roll",
                {"社会保障号码": who[1], "姓名": who[0], "险种": "170", "待遇状态": state},
            )
    headers = {
        "health_management": "姓名,身份证号,管理日期",
        "ability_assessment": "姓名,身份证号,评估日期,能力等级,有效期至",
        "care_survey": "姓名,身份证号,独居,空巢,留守",
        "outreach_outcome": "人员编号,姓名,身份证号,项目编码,结果,联系日期",
        "long_term_care": "姓名,身份证号,待遇状态",
        "death_record": "姓名,身份证号,死亡日期",
    }
    filled = {}
    for name, rows in batch.rows.items():
        columns = list(dict.fromkeys(header for row in rows for header in row))
        filled[name] = [{header: row.get(header, "") for header in columns} for row in rows]
    filled.pop(absent, None)
    empty = {name: header for name, header in headers.items() if name != absent and name not in batch.rows}
    deliver(root / "landing", filled, headers=empty)
    night = run_night(root / "home", root / "landing")
    assert night.ran.status == 0, night.ran.err
    return World(night, batch)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return run(tmp_path_factory.mktemp("recheck"))


@pytest.mark.parametrize("case", EXPIRY)
def test_a_ground_that_ends_within_60_days_is_looked_at_again(world: World, case: str) -> None:
    ends, action = EXPIRY[case]
    expected = (action, "expiring" if action == "recheck" else None)
    assert world.line("expiry", case, NURSING) == expected
    if action == "recheck":
        assert f"残疾人证{ends}到期" in str(world.line("expiry", case, NURSING, "reason_text"))


@pytest.mark.parametrize("case", GROUNDS)
def test_a_roll_or_an_assessment_that_ends_is_looked_at_again_and_named(world: World, case: str) -> None:
    programme, _, _, action, named = GROUNDS[case]
    cause = "expiring" if action == "recheck" else None
    assert world.line("ground", case, programme) == (action, cause)
    assert named in str(world.line("ground", case, programme, "reason_text"))


def test_a_pause_that_rests_on_a_row_under_review_is_verified(world: World) -> None:
    assert world.line("paused", "by a row of swapped cells", AGE) == ("verify", None)


@pytest.mark.parametrize("case", VISIT)
def test_whom_nobody_has_met_for_more_than_a_year_is_looked_at_again(world: World, case: str) -> None:
    _, action = VISIT[case]
    assert world.line("sign", case, AGE) == (action, "no sign of life" if action == "recheck" else None)
    assert world.line("sign", "never met", AGE) == ("recheck", "no sign of life")


def test_what_is_paused_is_never_granted_again(world: World) -> None:
    assert world.line("paused", "entitled", AGE) == ("recheck", "suspended")
    assert world.line("paused", "no right", AGE) is None
    assert world.line("paused", "and paid", AGE) == ("keep", None)


def test_a_work_done_once_is_kept_whatever_state_its_payment_is_in(world: World) -> None:
    assert world.line("paused", "work", "home_adaptation") == ("keep", None)


def test_a_paused_pension_is_named_as_paused_and_not_as_never_drawn(world: World) -> None:
    assert world.line("pension", "stopped", "pension_resident") == ("recheck", "suspended")
    reason = str(world.line("pension", "stopped", "pension_resident", "reason_text"))
    assert "已暂停" in reason
    assert "尚未领取" not in reason
    assert world.line("pension", "stopped and open", "pension_resident") != ("recheck", "suspended")
    assert world.line("pension", "drawn", "pension_resident", "action") in (None, "keep")


def test_the_statistic_counts_the_lines_to_be_looked_at_again(world: World) -> None:
    counted = world.night.query(
        "SELECT programme, CAST(value AS INTEGER) FROM mart.statistic "
        f"WHERE measure = 'to_recheck' AND value > 0 AND area_code = '{AREA[:6]}' "
        "ORDER BY programme"
    )
    listed = world.night.query(
        "SELECT programme, count(*) FROM mart.candidate WHERE action = 'recheck' GROUP BY 1 ORDER BY 1"
    )
    assert counted == listed
    assert {programme for programme, _ in listed} >= {AGE, NURSING, "pension_resident"}


def test_the_visits_that_are_left_this_week_are_a_figure_with_its_last_day(world: World) -> None:
    assert world.night.query(
        "SELECT value, CAST(due AS VARCHAR) FROM mart.indicator WHERE indicator = 'visit_left'"
    ) == world.night.query(
        "SELECT count(*)::DOUBLE, '2026-11-22' FROM mart.candidate "
        "WHERE programme = 'visit' AND action = 'due' AND due_by IS NOT NULL"
    )


def test_a_town_has_a_list_of_what_is_to_be_looked_at_again(world: World) -> None:
    lists: Path = world.night.home / "lists" / REGION / DAY
    (found,) = lists.glob(f"*/{AGE}.recheck.csv")
    with found.open(encoding="utf-8-sig", newline="") as file:
        names = {row["姓名"] for row in csv.DictReader(file)}
    expected = [("paused", "entitled"), ("sign", "366 days ago"), ("sign", "never met")]
    assert names == {world.batch.who[key][0] for key in expected}


@pytest.mark.parametrize(
    "extract",
    [
        "care_survey",
        *(
            pytest.param(name, marks=pytest.mark.soak)
            for name in ("visit_log", "health_management", "ability_assessment", "outreach_outcome")
        ),
    ],
)
def test_a_missing_sign_of_life_means_nothing_while_one_of_its_extracts_is_absent(
    tmp_path: Path, extract: str
) -> None:
    world = run(tmp_path, absent=extract)
    for case in (*VISIT, "never met"):
        assert world.line("sign", case, AGE) == ("keep", None)
    assert world.line("paused", "entitled", AGE) == ("recheck", "suspended")
    assert world.night.query("SELECT count(*) FROM mart.candidate WHERE action = 'stop'") == [(0,)]


@pytest.mark.soak
def test_an_insurance_that_is_paused_is_looked_at_again_and_one_that_is_drawn_kept(tmp_path: Path) -> None:
    batch = Batch()
    place = {"行政区划代码": "420302001001"}
    for case, state in (("paused", "暂停"), ("drawn", "发放中"), ("ended", "停发")):
        who = batch.register("insured", case, somebody("19500101"), **place)
        batch.add("ability_assessment", assessment(who))
        batch.add("long_term_care", person(who, 待遇状态=state))
        batch.add("benefit_roll", {**paid(who, "home_adaptation", ""), "发放状态": "停发"})
    folder = tmp_path / "landing" / "shiyan" / DAY
    folder.mkdir(parents=True)
    for name, rows in batch.rows.items():
        (folder / f"{name}.csv").write_text(text(rows), encoding="utf-8")
    (folder / "_SUCCESS").touch()
    night = run_night(tmp_path / "home", tmp_path / "landing", "shiyan")
    assert night.ran.status == 0, night.ran.err
    found = World(night, batch)
    assert found.line("insured", "paused", "long_term_care") == ("recheck", "suspended")
    assert found.line("insured", "drawn", "long_term_care") == ("keep", None)
    assert found.line("insured", "ended", "long_term_care") == ("add", None)
