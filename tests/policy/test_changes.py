"""What changed since the published night before, with its cause, and since when a line has been on the
list."""

from __future__ import annotations

import re
import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from published_nights import Line, Nights
from world import person

from contracts.facts import FACTS
from outreach.engine.models import SQL_DIR
from outreach.policy.language.files import SHIPPED

FIRST, SECOND, THIRD = date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 22)

ALLOWANCE, NURSING = "age_allowance", "disability_nursing_subsidy"
Changes = dict[tuple[str, str], Line]


@pytest.fixture
def nights(tmp_path: Path) -> Nights:
    return Nights(tmp_path)


@pytest.fixture
def policies(tmp_path: Path) -> Path:
    """A copy of the shipped set that a test may change."""
    return Path(shutil.copytree(SHIPPED, tmp_path / "policies"))


def edit(policies: Path, file: str, old: str, new: str) -> None:
    """Change one place of a policy file."""
    path = policies / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} occurs {text.count(old)} times in {file}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def the(changes: Changes, programme: str, key: int = 1) -> Line:
    return changes[f"P{key:06d}", programme]


def pays(key: int, amount: int, programme: str = ALLOWANCE) -> dict[str, Any]:
    return {"person_key": key, "programme": programme, "amount": amount}


# one pair of nights, each person with another story


OLD_WORD = date(2025, 11, 20)
STORIES: dict[str, tuple[int, dict[str, Any] | None, dict[str, Any] | None]] = {
    "turns 80": (1, {"birth_date": date(1946, 11, 21)}, {"birth_date": date(1946, 11, 21)}),
    "comes into sight": (2, {"birth_date": date(1947, 1, 20)}, {"birth_date": date(1947, 1, 20)}),
    "graver disability": (3, {"disability_grade": "3"}, {"disability_grade": "2"}),
    "dies": (4, {"age": 85}, {"age": 85, "alive": False, "died_on": date(2026, 11, 18)}),
    "begins to be paid": (5, {"age": 85}, {"age": 85}),
    "is paid less": (6, {"age": 85}, {"age": 85}),
    "certificate runs out": (7, {"disability_grade": "1"}, {"certificate_ended_on": FIRST}),
    "certificate withdrawn": (8, {"disability_grade": "1"}, {}),
    "visit due again": (
        9,
        {"lives_alone": True, "last_visit_on": date(2026, 10, 31), "visited_this_month": True},
        {"lives_alone": True, "last_visit_on": date(2026, 10, 31), "visited_this_month": False},
    ),
    "visited": (
        10,
        {"lives_alone": True, "days_since_visit": 40, "last_visit_on": date(2026, 10, 11)},
        {"lives_alone": True, "days_since_visit": 0, "last_visit_on": SECOND},
    ),
    "refusal lapses": (11, {"age": 85}, {"age": 85}),
    "refuses": (12, {"age": 85}, {"age": 85}),
    "announced for 30 days": (13, {"birth_date": date(1966, 10, 21)}, {"birth_date": date(1966, 10, 21)}),
    "goes": (14, {"age": 85}, None),
    "comes": (15, None, {"age": 85}),
    "turns 80 and is paid": (16, {"birth_date": date(1946, 11, 21)}, {"birth_date": date(1946, 11, 21)}),
    "gets another's row": (17, {}, {"disability_grade": "1"}),
    "loses a row": (18, {"disability_grade": "1"}, {}),
    "link made clear": (19, {"disability_grade": "1"}, {"disability_grade": "1"}),
    "is reported dead": (21, {"age": 85}, {"age": 85}),
    "is reported dead by a visitor": (22, {"age": 85}, {"age": 85}),
    "report lapses": (23, {"age": 85}, {"age": 85}),
    "is paused": (24, {"age": 85}, {"age": 85}),
    "pause is looked into": (25, {"age": 85}, {"age": 85}),
    "looked into long ago": (26, {"age": 85}, {"age": 85}),
    "ends in 60 days": (27, {"disability_grade": "1"}, {"disability_grade": "1"}),
    "is out of sight": (
        28,
        {"age": 85, "last_sign_of_life_on": OLD_WORD},
        {"age": 85, "last_sign_of_life_on": OLD_WORD},
    ),
    "is seen": (
        29,
        {"age": 85, "last_sign_of_life_on": None},
        {"age": 85, "last_sign_of_life_on": SECOND},
    ),
    "stays": (20, {"age": 85}, {"age": 85}),
}


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Changes:
    """What changed in yanling from the first to the second night of all stories."""
    nights = Nights(tmp_path_factory.mktemp("pair"))

    def people(day: date, place: int) -> list[dict[str, Any]]:
        given_on: list[tuple[int, Any]] = [(story[0], story[place]) for story in STORIES.values()]
        return [person(key, day, **given) for key, given in given_on if given is not None]

    both = [pays(4, 100), pays(7, 80, NURSING), pays(8, 80, NURSING), pays(27, 80, NURSING)]
    both += [pays(28, 50), pays(29, 50)]
    paused = [{"person_key": key, "programme": ALLOWANCE} for key in (25, 26)]
    ends = {"certificate_ends_on": SECOND + timedelta(days=60)}

    def found_right(key: int, on: date) -> dict[str, Any]:
        return {"person_key": key, "programme": ALLOWANCE, "result": "属实", "on": on}

    refused = [{"person_key": 11, "programme": ALLOWANCE, "declined_on": OLD_WORD}]
    nights.run(
        FIRST,
        people(FIRST, 1),
        receiving=[*both, pays(6, 50), pays(24, 50)],
        suspended=paused,
        contacts=[found_right(26, FIRST - timedelta(days=90))],
        declined=refused,
        reported=[{"person_key": 23, "kind": "moved"}],
        grades=[(19, "disability_certificate", "review")],
    )
    return nights.run(
        SECOND,
        people(SECOND, 2),
        receiving=[*both, pays(5, 50), pays(6, 40), pays(16, 50)],
        suspended=[*paused, {"person_key": 24, "programme": ALLOWANCE}],
        lapsing=[{**person(27, SECOND), **ends}],
        contacts=[found_right(25, SECOND), found_right(26, FIRST - timedelta(days=90))],
        declined=[{"person_key": 12, "programme": ALLOWANCE, "declined_on": SECOND}],
        outcomes=[
            (11, ALLOWANCE, "不同意", OLD_WORD, OLD_WORD),
            (12, ALLOWANCE, "不同意", SECOND, SECOND),
            (21, "visit", "已去世", FIRST, SECOND),
            (23, "visit", "已迁出", SECOND - timedelta(days=91), FIRST),
            (25, ALLOWANCE, "属实", SECOND, SECOND),
            (26, ALLOWANCE, "属实", FIRST - timedelta(days=90), FIRST),
        ],
        reported=[
            {"person_key": 21, "kind": "dead", "on": FIRST},
            {"person_key": 22, "kind": "dead", "on": FIRST, "source": "visit_log"},
        ],
        relinked=[
            ("disability_certificate", 1, "", 17, "P000018", "strong", "strong"),
            ("disability_certificate", 2, "", 19, "P000019", "exact", "review"),
        ],
    )


@pytest.mark.parametrize(
    ("story", "programme", "actions", "causes", "text"),
    [
        ("turns 80", ALLOWANCE, ("upcoming", "add"), ["birthday"], "年满80周岁（2026-11-21）"),
        (
            "comes into sight",
            ALLOWANCE,
            (None, "upcoming"),
            ["birthday"],
            "将于2027-01-20达到年龄条件，进入60日提示期",
        ),
        ("graver disability", NURSING, (None, "add"), ["data"], "残疾人证：残疾等级 三级→二级"),
        ("dies", ALLOWANCE, ("keep", "stop"), ["data"], "户籍人口、死亡（殡葬）信息：已去世（2026-11-18）"),
        ("begins to be paid", ALLOWANCE, ("add", "keep"), ["data"], "待遇发放：未享受→在享受"),
        ("is paid less", ALLOWANCE, ("keep", "adjust"), ["data"], "待遇发放：现发 50.00→40.00元"),
        ("certificate runs out", NURSING, ("keep", "stop"), ["time"], "残疾人证有效期止于2026-11-20"),
        ("certificate withdrawn", NURSING, ("keep", "stop"), ["data"], "残疾人证：残疾等级 一级→无"),
        ("visit due again", "visit", (None, "due"), ["time"], "进入新的月份，本月尚未探访"),
        ("visited", "visit", ("due", None), ["data"], "探访记录：最近探访日期 2026-10-11→2026-11-21"),
        ("refusal lapses", ALLOWANCE, ("declined", "add"), ["time"], "2025-11-20的不同意意见已满一年"),
        (
            "refuses",
            ALLOWANCE,
            ("add", "declined"),
            ["data"],
            "走访联系结果：本人于2026-11-21表示不同意",
        ),
        (
            "is reported dead",
            ALLOWANCE,
            ("add", "verify"),
            ["data"],
            "走访联系结果：2026-11-20反映本人已去世",
        ),
        (
            "is reported dead by a visitor",
            ALLOWANCE,
            ("add", "verify"),
            ["data"],
            "探访记录：2026-11-20反映本人已去世",
        ),
        ("report lapses", ALLOWANCE, ("verify", "add"), ["time"], "2026-08-22反映已迁出已满90日"),
        ("is paused", ALLOWANCE, ("keep", "recheck"), ["data"], "已暂停；待遇发放：在享受→未享受"),
        (
            "pause is looked into",
            ALLOWANCE,
            ("recheck", "keep"),
            ["data"],
            "走访联系结果：2026-11-21核实属实",
        ),
        ("looked into long ago", ALLOWANCE, ("keep", "recheck"), ["time"], "2026-08-22复核属实已满90日"),
        ("ends in 60 days", NURSING, ("keep", "recheck"), ["time"], "2027-01-20到期，进入到期前60日的复核期"),
        (
            "is out of sight",
            ALLOWANCE,
            ("keep", "recheck"),
            ["time"],
            "最近一次见到本人是2025-11-20，已超过365天",
        ),
        ("is seen", ALLOWANCE, ("recheck", "keep"), ["data"], "已见到本人（2026-11-21）"),
        (
            "announced for 30 days",
            "leisure",
            ("inform", None),
            ["time"],
            "2026-10-21达到年龄条件，告知期30日已过",
        ),
        ("goes", ALLOWANCE, ("add", None), ["data"], "各部门数据中已无此人"),
        ("comes", ALLOWANCE, (None, "add"), ["data"], "户籍人口新出现的人员"),
        (
            "turns 80 and is paid",
            ALLOWANCE,
            ("upcoming", "keep"),
            ["birthday", "data"],
            "年满80周岁（2026-11-21）；待遇发放：未享受→在享受",
        ),
        (
            "link made clear",
            NURSING,
            ("verify", "add"),
            ["identity"],
            "身份核对更正：残疾人证一行已确认是本人",
        ),
    ],
)
def test_a_cause(
    pair: Changes,
    story: str,
    programme: str,
    actions: tuple[str | None, str | None],
    causes: list[str],
    text: str,
) -> None:
    line = the(pair, programme, STORIES[story][0])
    assert (line.actions, line.causes, line.text) == (actions, causes, text)
    assert line.cause == causes[0]
    wanted = "appeared" if actions[0] is None else "left" if actions[1] is None else "altered"
    assert line.change == wanted


def test_a_row_that_was_linked_otherwise_is_a_corrected_identity_for_both(pair: Changes) -> None:
    came, went = (the(pair, NURSING, STORIES[story][0]) for story in ("gets another's row", "loses a row"))
    assert (came.actions, came.causes) == ((None, "add"), ["identity"])
    assert "身份核对更正：残疾人证一行改为对应本人" in came.text
    assert (went.actions, went.causes) == (("add", None), ["identity"])
    assert "身份核对更正：残疾人证一行不再对应本人" in went.text


def test_an_unchanged_person_has_no_change(pair: Changes) -> None:
    assert not [key for key in pair if key[0] == f"P{STORIES['stays'][0]:06d}"]
    assert "other" not in {line.cause for line in pair.values()}


# extracts that stay away


def test_extracts_that_stay_away_and_come_back(nights: Nights) -> None:
    def night(day: date, absent: tuple[str, ...] = ()) -> Changes:
        people = [person(1, day, absent, disability_grade="1"), person(2, day, age=85)]
        return nights.run(day, people, absent=absent)

    night(FIRST)
    away = night(SECOND, ("disability_certificate", "benefit_roll"))
    facts, roll = the(away, NURSING), the(away, ALLOWANCE, 2)
    assert (facts.actions, facts.causes) == (("add", "verify"), ["delivery"])
    assert "残疾人证数据未送达" in facts.text
    assert (roll.actions, roll.causes, roll.text) == (("add", "verify"), ["delivery"], "待遇发放数据未送达")
    back = the(night(THIRD), NURSING)
    assert (back.actions, back.causes) == (("verify", "add"), ["delivery"])
    assert "残疾人证数据恢复送达" in back.text


# the policy


def test_a_changed_rule_is_distinguished_from_what_life_did_that_night(
    nights: Nights, policies: Path
) -> None:
    nights.policies = policies
    born = {1: date(1949, 1, 1), 2: date(1946, 11, 21), 3: date(1951, 11, 21), 4: date(1930, 1, 1)}
    healthy = [person(key, FIRST, birth_date=day) for key, day in born.items()]
    nights.run(FIRST, [*healthy, person(5, FIRST, disability_grade="3")])
    edit(
        policies,
        "yanling.yaml",
        "- {name: age, label: 年满80周岁, sql: aged}",
        "- {name: age, label: 年满75周岁, sql: age >= 75}",
    )
    older = [person(key, SECOND, birth_date=day) for key, day in born.items()]
    changes = nights.run(SECOND, [*older, person(5, SECOND, disability_grade="1")])
    rule, turns_80, turns_75 = (the(changes, ALLOWANCE, key) for key in (1, 2, 3))
    assert (rule.actions, rule.causes) == ((None, "add"), ["policy"])
    assert rule.text == "政策由“年满80周岁”改为“年满75周岁”"
    # by the new rule it would have held the night before, too; and on this night the band's amount begins
    assert (turns_80.actions, turns_80.cause) == (("upcoming", "add"), "policy")
    # the old rule would not give it, nor would the new one have the night before
    assert (turns_75.actions, turns_75.cause) == ((None, "add"), "birthday")
    assert ("P000004", ALLOWANCE) not in changes
    # the policy set has another hash, but this programme's rule is the same
    assert the(changes, NURSING, 5).causes == ["data"]


def test_a_figure_that_begins_on_a_day_is_policy_though_no_file_changed(
    nights: Nights, tmp_path: Path
) -> None:
    nights.parameters = tmp_path / "yanling.yaml"
    nights.parameters.write_text(
        "parameters:\n  age_allowance_80_89:\n    - {from: 2026-11-21, value: 60, source: 某文}\n",
        encoding="utf-8",
    )
    people, paid = [person(1, FIRST, age=85), person(2, FIRST, age=95)], [pays(1, 50), pays(2, 100)]
    nights.run(FIRST, people, receiving=paid)
    changes = nights.run(SECOND, people, receiving=paid)
    line = the(changes, ALLOWANCE)
    assert (line.actions, line.causes) == (("keep", "adjust"), ["policy"])
    assert "50元/人·月 → 60元/人·月" in line.text
    assert ("P000002", ALLOWANCE) not in changes


def test_a_programme_that_has_gone_from_the_policy_and_comes_again(nights: Nights, policies: Path) -> None:
    nights.policies = policies
    edit(
        policies,
        "yanling.yaml",
        "  - id: age_allowance\n",
        "  - id: age_allowance\n    in_force_until: 2026-11-20\n",
    )
    nights.run(FIRST, [person(1, FIRST, age=85)])
    gone = the(nights.run(SECOND, [person(1, SECOND, age=85)]), ALLOWANCE)
    assert (gone.change, gone.causes, gone.text) == ("left", ["policy"], "现行政策已无本项目")
    edit(policies, "yanling.yaml", "    in_force_until: 2026-11-20\n", "")
    new = the(nights.run(THIRD, [person(1, THIRD, age=85)]), ALLOWANCE)
    assert (new.change, new.causes, new.text) == ("appeared", ["policy"], "政策新增本项目")


# the clock, the first night, reruns, order


def test_the_first_night_one_like_it_and_one_after_an_older_release(nights: Nights) -> None:
    assert nights.run(FIRST, [person(1, FIRST, age=85)]) == {}
    assert nights.query(FIRST, "SELECT compared_with, compared_run FROM mart.run") == [(None, None)]
    assert nights.run(SECOND, [person(1, FIRST, age=85)]) == {}
    assert nights.query(SECOND, "SELECT compared_with, compared_run FROM mart.run") == [(FIRST, "run-1")]
    assert set(nights.first_seen(SECOND).values()) == {FIRST}
    for statement in (
        "ALTER TABLE mart.candidate DROP first_seen_on",
        "ALTER TABLE mart.candidate DROP rule",
        "DROP TABLE mart.programme_rule",
        "DROP TABLE mart.change",
    ):
        nights.damage(SECOND, statement)
    changes = nights.run(THIRD, [person(1, FIRST, age=85, disability_grade="1")])
    assert the(changes, NURSING).causes == ["data"]
    assert nights.first_seen(THIRD)["P000001", ALLOWANCE, "add"] == SECOND


def test_an_older_date_run_late_and_run_again_compares_with_what_is_before_it(nights: Nights) -> None:
    nights.run(FIRST, [person(1, FIRST, age=85)])
    nights.run(THIRD, [person(1, THIRD, age=85, disability_grade="1")])
    late = nights.run(SECOND, [person(1, SECOND, age=85, disability_grade="1")])
    again = nights.run(SECOND, [person(1, SECOND, age=85, disability_grade="1")])
    assert late == again
    assert the(late, NURSING).change == "appeared"
    assert nights.query(SECOND, "SELECT compared_with, compared_run FROM mart.run") == [(FIRST, "run-1")]
    seen = nights.first_seen(SECOND)
    assert seen["P000001", ALLOWANCE, "add"] == FIRST
    assert seen["P000001", NURSING, "add"] == SECOND


def test_only_published_nights_count_and_a_line_that_was_away_begins_again(nights: Nights) -> None:
    nights.run(FIRST, [person(1, FIRST, age=85), person(2, FIRST, disability_grade="1")])
    nights.run(SECOND, [person(1, SECOND), person(2, SECOND)], publish=False)
    nights.run(SECOND, [person(1, SECOND, age=85), person(2, SECOND)])
    nights.run(THIRD, [person(1, THIRD, age=85), person(2, THIRD, disability_grade="1")])
    seen = nights.first_seen(THIRD)
    assert seen["P000001", ALLOWANCE, "add"] == FIRST
    assert seen["P000002", NURSING, "add"] == THIRD


def test_two_ids_that_became_one_carry_the_clock_of_the_older(nights: Nights) -> None:
    young: dict[str, Any] = {"birth_date": date(1950, 1, 1)}
    nights.run(FIRST, [person(1, FIRST, age=85), person(3, FIRST, disability_grade="1")])
    nights.run(
        SECOND,
        [
            person(1, SECOND, age=85),
            person(2, SECOND, age=85),
            person(3, SECOND, disability_grade="1"),
            person(4, SECOND, **young),
        ],
    )
    changes = nights.run(
        THIRD,
        [person(2, THIRD, age=85), person(4, THIRD, age=85, disability_grade="1")],
        known=[("P000001", 2), ("P000002", 2), ("P000003", 4), ("P000004", 4)],
    )
    assert nights.first_seen(THIRD)["P000002", ALLOWANCE, "add"] == FIRST
    assert nights.first_seen(THIRD)["P000004", NURSING, "add"] == FIRST
    assert {person_id for person_id, _ in changes} == {"P000004"}
    line = the(changes, ALLOWANCE, 4)
    assert (line.actions, line.cause) == ((None, "add"), "identity")
    assert "身份核对更正：两个人员编号合并为一人" in line.text


# what holds of all


def test_every_fact_that_conditions_may_name_is_compared() -> None:
    listed = set(
        re.findall(r"fact := '(\w+)'", (SQL_DIR / "changes" / "fact.sql").read_text(encoding="utf-8"))
    )
    assert listed == {fact.name for fact in FACTS if not fact.sql_type.endswith("[]")}
