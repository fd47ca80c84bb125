"""What each answer of an outreach team does to the lines of the person, on hand-made facts."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from world import AS_OF, World, person

from outreach.policy import Policy, decide, load_policy
from outreach.policy.compile.service import period_began

ALLOWANCE = "age_allowance"
Row = tuple[Any, ...]


@cache
def shipped(region: str) -> Policy:
    return load_policy(region, as_of=AS_OF)


def lines(world: World, *programmes: str) -> dict[tuple[int, str], Row]:
    """Action, rule and reason of every line, by person and programme."""
    with world.build(Path(":memory:")) as warehouse:
        decide(warehouse, shipped(world.region).only(programmes))
        rows = warehouse.con.execute(
            "SELECT person_key, programme, action, rule, reason_text FROM decisions.candidate"
        ).fetchall()
    return {(key, programme): tuple(rest) for key, programme, *rest in rows}


def receives(key: int, amount: float) -> dict[str, Any]:
    return {"person_key": key, "programme": ALLOWANCE, "amount": amount}


@pytest.mark.parametrize(("kind", "word"), [("dead", "已去世"), ("moved", "已迁出")])
def test_what_is_granted_altered_kept_or_due_waits_for_a_report_to_be_looked_into(
    kind: str, word: str
) -> None:
    programmes = ("age_allowance", "visit", "transport", "ability_assessment", "nursing_subsidy")
    people = [
        person(1, age=85, lives_alone=True, days_since_visit=None, has_assessment=False),
        person(2, age=85),
        person(3, birth_date=date(1946, 11, 25), ability_level=0),
        person(4, birth_date=date(1956, 11, 15), ability_level=0),
        person(5, age=85, alive=False, died_on=date(2026, 9, 1)),
        person(6, age=85),
    ]
    reported = [{"person_key": key, "kind": kind, "on": date(2026, 11, 1)} for key in (1, 2, 3, 4, 5)]
    declined = [{"person_key": 2, "programme": "visit"}]
    world = World(people, [receives(2, 60), receives(5, 60)], declined, reported=reported)
    found = lines(world, *programmes)
    waits = ("verify", f"verify:reported_{kind}")
    for line in [
        (1, ALLOWANCE),
        (1, "visit"),
        (1, "ability_assessment"),
        (2, ALLOWANCE),
        (3, ALLOWANCE),
        (4, "transport"),
    ]:
        assert found[line][:2] == waits
        assert f"2026-11-01社区走访人员反映本人{word}" in found[line][2]
    assert found[5, ALLOWANCE][0] == "stop"
    assert found[6, ALLOWANCE][0] == "add"


def test_a_refusal_stays_a_refusal_of_who_is_reported_dead() -> None:
    world = World(
        [person(1, age=85)],
        declined=[{"person_key": 1, "programme": ALLOWANCE}],
        reported=[{"person_key": 1, "kind": "dead"}],
    )
    assert lines(world, ALLOWANCE)[1, ALLOWANCE][0] == "declined"


def test_who_agreed_stays_to_be_added_and_the_line_shows_it() -> None:
    agreed = [{"person_key": 1, "programme": ALLOWANCE, "agreed_on": date(2026, 11, 2)}]
    agreed += [{"person_key": 2, "programme": ALLOWANCE, "grade": "review"}]
    found = lines(World([person(key, age=85) for key in (1, 2)], agreed=agreed), ALLOWANCE)
    assert found[1, ALLOWANCE][0] == "add"
    assert "本人已于2026-11-02同意，待办理" in found[1, ALLOWANCE][2]
    assert "同意" not in found[2, ALLOWANCE][2]


def test_a_stop_or_doubt_that_was_found_right_is_marked_for_ninety_days_until_its_cause_changes() -> None:
    def confirmed(key: int, days: int, about: str | None) -> dict[str, Any]:
        on = AS_OF - timedelta(days=days)
        return {"person_key": key, "programme": ALLOWANCE, "result": "属实", "on": on, "about": about}

    dead: dict[str, Any] = {"age": 85, "alive": False, "died_on": date(2026, 9, 1)}
    people = [person(key, **dead) for key in (1, 2, 3, 4)]
    contacts = [
        confirmed(1, 90, "stop:dead"),
        confirmed(2, 91, "stop:dead"),
        confirmed(3, 5, "stop:lost"),
        confirmed(4, 5, None),
    ]
    found = lines(World(people, [receives(key, 60) for key in (1, 2, 3, 4)], contacts=contacts), ALLOWANCE)
    assert {key: action for (key, _), (action, *_) in found.items()} == dict.fromkeys((1, 2, 3, 4), "stop")
    assert {key: "已核实" in reason for (key, _), (*_, reason) in found.items()} == {
        1: True,
        2: False,
        3: False,
        4: True,
    }


def test_a_recheck_that_was_found_right_is_done_for_ninety_days_until_its_cause_changes() -> None:
    said = {
        1: (90, "recheck:suspended"),
        2: (91, "recheck:suspended"),
        3: (5, "recheck:expiring"),
        4: (5, None),
        5: (5, "recheck:suspended"),
    }
    contacts = [
        {
            "person_key": key,
            "programme": ALLOWANCE,
            "result": "属实",
            "on": AS_OF - timedelta(days=days),
            "about": about,
        }
        for key, (days, about) in said.items()
    ]
    paused = [{"person_key": key, "programme": ALLOWANCE} for key in (*said, 6)]
    people = [person(key, age=85) for key in (*said, 6)]
    reported = [{"person_key": 5, "kind": "dead"}]
    found = lines(World(people, contacts=contacts, suspended=paused, reported=reported), ALLOWANCE)
    assert {key: action for (key, _), (action, *_) in found.items()} == {
        1: "keep",
        2: "recheck",
        3: "recheck",
        4: "keep",
        5: "verify",
        6: "recheck",
    }
    assert "2026-08-22已复核属实" in found[1, ALLOWANCE][2]


def test_what_expires_is_not_asked_for_again_by_who_has_looked_into_it() -> None:
    nursing = "disability_nursing_subsidy"
    people = [person(key, age=50, disability_grade="1") for key in (1, 2)]
    lapsing = [{**person(key, age=50), "certificate_ends_on": date(2026, 12, 1)} for key in (1, 2)]
    rolls = [{"person_key": key, "programme": nursing} for key in (1, 2)]
    contact = {"person_key": 1, "programme": nursing, "result": "属实", "about": "recheck:expiring"}
    found = lines(World(people, rolls, lapsing=lapsing, contacts=[contact]), nursing)
    assert {key: rule for (key, _), (_, rule, _) in found.items()} == {
        1: "keep:rechecked",
        2: "recheck:expiring",
    }


def test_a_death_that_was_taken_back_is_looked_into_before_a_recheck() -> None:
    world = World(
        [person(key, age=85) for key in (1, 2)],
        suspended=[{"person_key": key, "programme": ALLOWANCE} for key in (1, 2)],
        in_doubt=[(1, "death_taken_back"), (2, "age")],
    )
    found = lines(world, ALLOWANCE)
    assert {key: action for (key, _), (action, *_) in found.items()} == {1: "verify", 2: "recheck"}


def test_a_work_done_once_stays_done_whatever_is_reported_of_the_person() -> None:
    work = "home_adaptation"
    world = World(
        [person(1, age=70, hardship_rolls=[11], ability_level=0)],
        [{"person_key": 1, "programme": work}],
        reported=[{"person_key": 1, "kind": "dead"}],
    )
    assert lines(world, work)[1, work][0] == "keep"


def test_an_assessment_seen_done_is_not_due_again_for_thirty_days() -> None:
    contacts = [
        {
            "person_key": key,
            "programme": "ability_assessment",
            "result": "已服务",
            "on": AS_OF - timedelta(days=days),
        }
        for key, days in ((1, 0), (2, 30), (3, 31))
    ]
    people = [person(key, age=70, has_assessment=False, ability_level=None) for key in (1, 2, 3, 4)]
    found = lines(World(people, contacts=contacts), "ability_assessment")
    assert {key for key, _ in found} == {3, 4}


@pytest.mark.parametrize(
    ("region", "refused_on", "action"),
    [
        ("yaohai", date(2026, 11, 16), "declined"),
        ("yaohai", date(2026, 11, 15), "due"),
        ("shenyang", date(2026, 11, 1), "declined"),
        ("shenyang", date(2026, 10, 31), "due"),
        ("changchun", date(2025, 11, 20), "declined"),
    ],
)
def test_who_refuses_a_visit_refuses_that_weeks_or_months(region: str, refused_on: date, action: str) -> None:
    world = World(
        [person(1, age=85, lives_alone=True, days_since_visit=None)],
        declined=[{"person_key": 1, "programme": "visit", "declined_on": refused_on}],
        region=region,
    )
    assert lines(world, "visit")[1, "visit"][0] == action


def test_who_is_to_be_visited_once_refuses_for_a_year() -> None:
    world = World(
        [person(1, age=85, days_since_visit=None, ability_level=0)],
        declined=[{"person_key": 1, "programme": "visit", "declined_on": date(2025, 12, 1)}],
    )
    assert lines(world, "visit")[1, "visit"][0] == "declined"


def test_a_refused_benefit_has_no_period() -> None:
    assert {period_began(p, AS_OF) for p in shipped("yaohai").programmes if p.id != "visit"} == {None}
