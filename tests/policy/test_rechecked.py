"""Lines of what is paused, about to end or without a sign of life; periods of services; class of need."""

from __future__ import annotations

from datetime import date
from typing import Any

from decided_lines import HARD_UP_UNABLE, actions, one, receives
from world import World, person


def cause(query: Any, programme: str, key: int = 1) -> tuple[str, str | None]:
    found: tuple[str, str | None] = one(query, programme, "action, recheck_cause", key)
    return found


def test_what_is_paused_is_rechecked_and_never_granted_again(run: Any) -> None:
    people = [person(key, age=85) for key in (1, 2, 3)] + [person(4, age=79), person(5, age=85, alive=False)]
    paused = [{"person_key": key, "programme": "age_allowance"} for key in (1, 2, 4, 5)]
    paused.append({"person_key": 3, "programme": "age_allowance", "grade": "review"})
    world = World(people, [receives(2, "age_allowance")], suspended=paused)
    with run(world, only=["age_allowance"]) as query:
        # paid in another row, by a link under review; no right (79, dead): as if it were not on the roll
        assert actions(query, "age_allowance") == {1: "recheck", 2: "keep", 3: "verify"}
        assert cause(query, "age_allowance") == ("recheck", "suspended")
        assert "已暂停" in one(query, "age_allowance", "reason_text")


def test_who_refused_what_is_paused_is_looked_at_all_the_same(run: Any) -> None:
    paused = [{"person_key": 1, "programme": "age_allowance"}]
    world = World(
        [person(1, age=85)], suspended=paused, declined=[{"person_key": 1, "programme": "age_allowance"}]
    )
    with run(world, only=["age_allowance"]) as query:
        assert cause(query, "age_allowance") == ("recheck", "suspended")


def test_what_is_paused_and_unknown_is_looked_at_again_where_it_needs_consent(run: Any) -> None:
    people = [
        person(1, age=70, hardship_rolls=[11]),
        person(2, age=70, hardship_rolls=[11], ability_level=None),
        person(3, age=70, hardship_rolls=[11]),
    ]
    paused = [
        {"person_key": 1, "programme": "minimum_living"},
        {"person_key": 2, "programme": "care_service_subsidy"},
        {"person_key": 3, "programme": "home_adaptation"},
    ]
    with run(World(people, suspended=paused)) as query:
        assert cause(query, "minimum_living") == ("recheck", "suspended")
        # granted unasked: the facts that are missing come first
        assert actions(query, "care_service_subsidy")[2] == "verify"
        # a work done once is never looked at again
        assert "recheck" not in actions(query, "home_adaptation").values()


def test_a_paused_pension_or_insurance_is_known_by_its_own_extract(run: Any) -> None:
    drawn: dict[str, Any] = {"pension_scheme": [170], "pension_status": [4], "resident_pension_open": None}
    people = [person(1, age=70, **drawn), person(2, age=59, **drawn), person(3, in_register=False, **drawn)]
    paused = [{"person_key": key, "fact": "resident_pension_open"} for key in (1, 2, 3)]
    with run(World(people, suspended=paused), only=["pension_resident"]) as query:
        assert actions(query, "pension_resident") == {1: "recheck"}
    people = [person(key, age=70, ability_level=3, long_term_care=key == 2) for key in (1, 2)]
    paused = [{"person_key": key, "fact": "long_term_care"} for key in (1, 2)]
    world = World(people, suspended=paused, region="shiyan")
    with run(world, only=["long_term_care"]) as query:
        assert actions(query, "long_term_care") == {1: "recheck", 2: "keep"}
    absent = frozenset({"benefit_roll"})
    world = World(people[:1], suspended=paused[:1], region="shiyan", absent=absent)
    with run(world, only=["long_term_care"]) as query:
        assert actions(query, "long_term_care") == {1: "verify"}


def test_what_a_ground_will_no_longer_carry_is_looked_at_again(run: Any) -> None:
    severe: dict[str, Any] = {"age": 50, "disability_grade": "1"}
    people = [person(key, **severe) for key in (1, 2, 3, 4)]
    ends = {"certificate_ends_on": date(2026, 12, 1)}
    lapsing = [
        # none is left; another of grade 2 is; another of unknown grade is
        {**person(1, age=50), **ends},
        {**person(2, age=50, disability_grade="2"), **ends},
        {**person(3, age=50, disability_grade=None, has_certificate=True, severely_disabled=None), **ends},
        {**person(4, age=50), **ends},
    ]
    rolls = [receives(key, "disability_nursing_subsidy") for key in (1, 2, 3)]
    world = World(people, rolls, lapsing=lapsing)
    with run(world, only=["disability_nursing_subsidy"]) as query:
        expected = {1: "recheck", 2: "keep", 3: "recheck", 4: "add"}
        assert actions(query, "disability_nursing_subsidy") == expected
        assert cause(query, "disability_nursing_subsidy") == ("recheck", "expiring")
        reasons = dict(query("SELECT person_key, reason_text FROM decisions.candidate"))
        assert "残疾人证2026-12-01到期，届时不再符合" in reasons[1]
        assert "残疾人证2026-12-01到期，届时无法判定" in reasons[3]
    world.grades = [(1, "disability_certificate", "review")]
    with run(world, only=["disability_nursing_subsidy"]) as query:
        assert actions(query, "disability_nursing_subsidy")[1] == "verify"


def test_another_amount_goes_before_a_recheck(run: Any) -> None:
    people = [person(1, age=85, last_sign_of_life_on=None)]
    world = World(people, [receives(1, "age_allowance", 40)], region="yanling")
    with run(world, only=["age_allowance"]) as query:
        assert actions(query, "age_allowance") == {1: "adjust"}


def test_whom_nobody_has_met_for_too_long_is_looked_at_again(run: Any) -> None:
    people = [
        person(1, age=85, last_sign_of_life_on=date(2025, 11, 20)),
        person(2, age=85, last_sign_of_life_on=date(2025, 11, 19)),
        person(3, age=85, last_sign_of_life_on=None),
        person(4, age=85, last_sign_of_life_on=None),
    ]
    rolls = [receives(key, "age_allowance") for key in (1, 2, 3)]
    world = World(people, rolls)
    with run(world, only=["age_allowance"]) as query:
        assert actions(query, "age_allowance") == {1: "keep", 2: "recheck", 3: "recheck", 4: "add"}
        assert cause(query, "age_allowance", 2) == ("recheck", "no sign of life")
        assert "最近一次见到本人是2025-11-19" in one(query, "age_allowance", "reason_text", 2)
    off = {"parameters": {"life_proof_days": [{"from": "2026-01-01", "value": 0, "source": "本区"}]}}
    with run(world, off, only=["age_allowance"]) as query:
        assert actions(query, "age_allowance")[2] == "keep"
    for extract in (
        "visit_log",
        "health_management",
        "ability_assessment",
        "care_survey",
        "outreach_outcome",
    ):
        world = World(people, rolls, absent=frozenset({extract}))
        with run(world, only=["age_allowance"]) as query:
            assert actions(query, "age_allowance")[3] == "keep"


def test_only_the_three_allowances_of_older_people_need_a_sign_of_life(run: Any) -> None:
    severe: dict[str, Any] = {"disability_grade": "1", "last_sign_of_life_on": None}
    people = [
        person(1, birth_date=date(1966, 11, 20), **severe),
        person(2, birth_date=date(1966, 11, 21), **severe),
        person(3, **HARD_UP_UNABLE, last_sign_of_life_on=None),
    ]
    rolls = [receives(1, "disability_nursing_subsidy"), receives(2, "disability_nursing_subsidy")]
    rolls.append(receives(3, "care_service_subsidy", 600))
    with run(World(people, rolls)) as query:
        assert actions(query, "disability_nursing_subsidy") == {1: "recheck", 2: "keep"}
        assert actions(query, "care_service_subsidy")[3] == "keep"


def test_a_pause_comes_before_what_expires_and_that_before_a_missing_sign_of_life(run: Any) -> None:
    people = [person(1, age=70, disability_grade="1", last_sign_of_life_on=None)]
    lapsing = [{**person(1, age=70), "certificate_ends_on": date(2027, 1, 19)}]
    rolls = [receives(1, "disability_nursing_subsidy")]
    with run(World(people, rolls, lapsing=lapsing), only=["disability_nursing_subsidy"]) as query:
        assert cause(query, "disability_nursing_subsidy") == ("recheck", "expiring")


# periods and need


def test_a_due_line_has_the_day_of_the_last_service_and_by_when_it_is_due(run: Any) -> None:
    people = [
        person(1, age=70, lives_alone=True, days_since_visit=5, last_visit_on=date(2026, 11, 15)),
        person(2, age=85, days_since_visit=None, ability_level=0),
        person(3, age=70, days_since_visit=0, health_checked_this_year=False),
    ]
    with run(World(people)) as query:
        assert one(query, "visit", "action, last_on, due_by") == (
            "due",
            date(2026, 11, 15),
            date(2026, 11, 22),
        )
        assert "上次探访2026-11-15" in one(query, "visit", "reason_text")
        # no frequency is given for the very old: due once, and by no day
        assert one(query, "visit", "action, last_on, due_by", 2) == ("due", None, None)
        assert one(query, "health_management", "action, due_by", 3) == ("due", date(2026, 12, 31))
        assert one(query, "ability_assessment", "action, due_by", 3) == ("due", None)
    with run(World(people, region="yanling"), only=["visit"]) as query:
        assert actions(query, "visit") == {}
    people[0] = person(1, age=70, lives_alone=True, days_since_visit=20)
    with run(World(people, region="yanling"), only=["visit"]) as query:
        assert one(query, "visit", "action, due_by") == ("due", date(2026, 11, 30))


def test_the_class_of_need_is_the_first_that_holds_and_unknown_does_not_hold(run: Any) -> None:
    people = [
        person(1, age=90, lives_alone=True),
        person(2, age=89, lives_alone=True),
        person(3, age=81, lives_alone=True, ability_level=3),
        person(4, age=81, hardship_rolls=[12], ability_level=3),
        person(5, age=81, ability_level=4),
        person(6, age=81, disability_grade="2"),
        person(7, age=80),
        person(8, age=81, lives_alone=None, empty_nest=True),
    ]
    expected = {1: 1, 2: 2, 3: 1, 4: 1, 5: 2, 6: 2, 7: 3, 8: 3}
    with run(World(people), only=["age_allowance"]) as query:
        assert dict(query("SELECT person_key, need_class FROM decisions.candidate")) == expected
    with run(World([person(1, age=70)]), only=["ability_assessment"]) as query:
        assert one(query, "ability_assessment", "need_class") == 4
