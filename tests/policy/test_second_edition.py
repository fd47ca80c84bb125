"""What the catalogue asks of payees: switches, families, insurance, occasions, works; and of words."""

from __future__ import annotations

from datetime import date
from typing import Any

from decided_lines import actions, one, receives
from world import World, person

# switches that are off


def test_who_is_paid_on_nothing_but_a_switch_that_is_off_is_neither_decided_nor_stopped(run: Any) -> None:
    people = [
        person(1, age=70, hardship_rolls=[21], ability_level=3),
        person(2, age=70, hardship_rolls=[], ability_level=3),
        person(3, age=70, hardship_rolls=[21], ability_level=0),
        person(4, age=70, hardship_rolls=[21], ability_level=None),
        person(5, age=70, hardship_rolls=[21], ability_level=3, alive=False, registered=False),
    ]
    rolls = [receives(key, "nursing_subsidy", 60) for key in (1, 2, 3, 4, 5)]
    world = World(people, rolls, region="yanling")
    with run(world, only=["nursing_subsidy"]) as query:
        # not of the wider audience either, or dead: stopped as ever; not known to be outside it: left alone
        assert actions(query, "nursing_subsidy") == {2: "stop", 3: "stop", 5: "stop"}
        assert {key for (key,) in query("SELECT person_key FROM decisions.decision")} == {2, 3, 5}
        assert query("FROM decisions.switched_off") == [("nursing_subsidy", "nursing_subsidy.widened", 2)]
    settings = {"switches": {"nursing_subsidy.widened": True}}
    with run(world, settings, only=["nursing_subsidy"]) as query:
        assert actions(query, "nursing_subsidy") == {1: "keep", 2: "stop", 3: "stop", 4: "verify", 5: "stop"}
        assert query("FROM decisions.switched_off") == []


def test_a_programme_that_is_switched_off_is_not_decided_and_its_payees_are_counted(run: Any) -> None:
    people = [person(key, age=70, hardship_rolls=[11] if key == 1 else []) for key in (1, 2)]
    world = World(people, [receives(key, "meal_subsidy", 90) for key in (1, 2)])
    with run(world) as query:
        assert query("SELECT * FROM decisions.decision WHERE programme = 'meal_subsidy'") == []
        assert actions(query, "meal_subsidy") == {}
        assert ("meal_subsidy", "meal_subsidy", 2) in query("FROM decisions.switched_off")
    with run(world, {"switches": {"meal_subsidy": True}}, only=["meal_subsidy"]) as query:
        assert actions(query, "meal_subsidy") == {1: "keep", 2: "stop"}


# one line for the elder who is cared for


def family(**elder: Any) -> list[dict[str, Any]]:
    of_family: dict[str, Any] = {"household_id": "H", "household_carers": 1}
    return [
        person(1, **{"age": 80, "ability_level": 3, **of_family, "household_carers": 2, **elder}),
        person(2, age=50, **of_family),
        person(3, age=48, **of_family),
        person(4, age=48),
    ]


def test_a_family_has_one_line_and_it_names_how_many_could_take_it(run: Any) -> None:
    with run(World(family()), only=["family_care_support"]) as query:
        assert actions(query, "family_care_support") == {1: "add"}
        assert "同户有2名成年家庭成员可参加" in one(query, "family_care_support", "reason_text")


def test_a_payee_at_the_door_counts_for_the_elder_and_carers_are_never_stopped(run: Any) -> None:
    paid = [receives(key, "family_care_support") for key in (2, 4)]
    with run(World(family(), paid), only=["family_care_support"]) as query:
        assert actions(query, "family_care_support") == {1: "keep"}
        assert [key for (key,) in query("SELECT person_key FROM decisions.decision")] == [1]
    # the elder's need is not there: nobody is cared for, and nobody who is paid is stopped
    fit = family(ability_level=1)
    paid.append(receives(1, "family_care_support"))
    with run(World(fit, paid), only=["family_care_support"]) as query:
        assert actions(query, "family_care_support") == {}


# insured, not registered


def test_nobody_is_stopped_for_having_moved_away_from_where_contributions_were_paid(run: Any) -> None:
    away: dict[str, Any] = {"registered": False, "household_id": None}
    drawn: dict[str, Any] = {"age": 70, "employee_age_reached": True, "employee_pension_drawn": True}
    people = [
        person(1, age=70, employee_age_reached=True, employee_pension_open=True, **away),
        person(2, **drawn, **away),
        person(3, **drawn, in_register=False, **away),
        person(4, **drawn, alive=False, **away),
        person(5, **drawn, alive=False, in_register=False, **away),
    ]
    rolls = [receives(key, "pension_employee", 2000) for key in (1, 2, 3, 4, 5)]
    with run(World(people, rolls), only=["pension_employee"]) as query:
        found = actions(query, "pension_employee")
        assert 1 not in found
        # linked to no register row: no line at all, alive or dead
        assert 3 not in found
        assert 5 not in found
        assert found[4] == "stop"


def test_a_pension_that_is_drawn_is_reported_as_drawn(run: Any) -> None:
    people = [person(1, age=70, employee_age_reached=True, employee_pension_drawn=True)]
    with run(World(people, [receives(1, "pension_employee", 9)]), only=["pension_employee"]) as query:
        ((why_not,),) = query("SELECT why_not FROM decisions.decision WHERE programme = 'pension_employee'")
        assert why_not == "已在领取"


def test_long_term_care_is_not_stopped_for_an_assessment_that_disagrees(run: Any) -> None:
    people = [
        person(1, age=70, ability_level=1, long_term_care=True),
        person(2, age=70, ability_level=None, long_term_care=True),
        person(3, age=70, ability_level=3, long_term_care=True, registered=False),
    ]
    with run(World(people, region="changchun"), only=["long_term_care"]) as query:
        assert actions(query, "long_term_care") == {}


# occasions


def test_an_occasion_is_never_a_line_received_or_not(run: Any) -> None:
    people = [
        person(1, age=70, hardship_rolls=[11]),
        person(2, age=70, hardship_rolls=[]),
        person(3, birth_date=date(1966, 12, 1), hardship_rolls=[11]),
        person(4, age=70, in_register=False, registered=False),
    ]
    with run(World(people, [receives(key, "legal_aid") for key in (2, 4)]), only=["legal_aid"]) as query:
        assert actions(query, "legal_aid") == {}
        decided = dict(query("SELECT person_key, decision FROM decisions.decision"))
        assert decided == {1: "eligible", 2: "ineligible", 4: "ineligible"}


# works


def test_a_work_is_offered_again_after_the_years_that_a_locality_sets(run: Any) -> None:
    needy: dict[str, Any] = {"age": 85, "hardship_rolls": [12], "ability_level": 0}
    people = [person(key, **needy) for key in (1, 2, 3)]
    people.append(person(4, **needy, household_id="H1"))
    rolls = [
        receives(1, "special_adaptation", start_month=date(2018, 5, 1), last_paid_month=date(2018, 5, 1)),
        receives(2, "special_adaptation", start_month=date(2022, 5, 1)),
        receives(3, "special_adaptation"),
    ]
    world = World(people, rolls)
    with run(world, only=["special_adaptation"]) as query:
        assert actions(query, "special_adaptation") == {1: "keep", 2: "keep", 3: "keep"}
    years = {"parameters": {"renew_after": [{"from": "2026-01-01", "value": 8}]}}
    with run(world, years, only=["special_adaptation"]) as query:
        # long ago: offered again, to one of the household; when is not known: done
        assert actions(query, "special_adaptation") == {1: "add", 2: "keep", 3: "keep"}


# grounds and words


def test_a_line_cites_the_grounds_that_hold_for_the_person(run: Any) -> None:
    grade: dict[str, Any] = {"disability_grade": "1"}
    with run(World([person(1, age=12, **grade), person(2, age=61, **grade)])) as query:
        cited = dict(
            query(
                "SELECT person_key, citation FROM decisions.candidate "
                "WHERE programme = 'disability_nursing_subsidy'"
            )
        )
    assert "国发〔2015〕52号" in cited[1]
    assert "未对照原文" in cited[1]
    assert "老年人" not in cited[1].split("》", 1)[1]
    assert "清单第27项" in cited[2]
    assert "国发" not in cited[2]


def test_a_reason_names_the_alternatives_that_hold(run: Any) -> None:
    people = [
        person(1, age=70, lives_alone=True, ability_level=2, days_since_visit=None),
        person(2, age=85, ability_level=0, days_since_visit=None),
    ]
    with run(World(people), only=["visit"]) as query:
        assert "，独居、失能，" in one(query, "visit", "reason_text", 1)
        assert "方案二（二）7" in one(query, "visit", "citation", 1)
        assert "，高龄，" in one(query, "visit", "reason_text", 2)
        assert "方案二（二）7" not in one(query, "visit", "citation", 2)


def test_alternatives_of_several_things_are_named_part_by_part_and_what_they_share_once(run: Any) -> None:
    people = [
        person(1, age=82, hardship_rolls=[11], disability_grade="3", ability_level=0),
        person(2, age=70, hardship_rolls=[11]),
        person(3, age=70, hardship_rolls=[11], family_planning="bereaved", ability_level=1),
    ]
    with run(World(people, region="yanling"), only=["care_service_subsidy"]) as query:
        texts = dict(query("SELECT person_key, reason_text FROM decisions.candidate"))
    assert "，最低生活保障对象且高龄、残疾，非特困；" in texts[1]
    # never assessed: the part that holds is named, and what is missing is asked for once
    assert (
        "，可能属于最低生活保障对象且失能，非特困；尚缺：能力等级（老年人能力评估），请先安排能力评估"
        in texts[2]
    )
    assert "，最低生活保障对象且失能，计划生育特殊家庭且失能，非特困；" in texts[3]


def test_a_visit_says_why_it_is_due_and_when_the_last_one_was(run: Any) -> None:
    people = [
        person(1, age=70, lives_alone=True, empty_nest=True, days_since_visit=9),
        person(2, age=85, ability_level=0, days_since_visit=None),
        person(3, age=70, lives_alone=True, days_since_visit=None),
    ]
    with run(World(people), only=["visit"]) as query:
        texts = dict(query("SELECT person_key, reason_text FROM decisions.candidate"))
    assert "，独居、空巢，本周尚未探访；上次探访2026-11-11；" in texts[1]
    assert "，高龄，从未探访；没有见到本人的探访记录；" in texts[2]
    assert "，独居，本周尚未探访；没有见到本人的探访记录；" in texts[3]


def test_a_right_to_both_is_on_both_lines(run: Any) -> None:
    people = [
        person(1, age=70, hardship_rolls=[11], ability_level=3),
        person(2, age=70, hardship_rolls=[11], ability_level=1),
    ]
    with run(World(people), only=["care_service_subsidy", "nursing_subsidy"]) as query:
        assert "第16项的从高享受" in one(query, "care_service_subsidy", "reason_text", 1)
        assert "第16项的从高享受" in one(query, "nursing_subsidy", "reason_text", 1)
        assert "从高享受" not in one(query, "care_service_subsidy", "reason_text", 2)


def test_an_assessment_by_the_insurance_is_named_where_its_level_is_missing(run: Any) -> None:
    people = [person(1, age=70, hardship_rolls=[11], ability_level=None, long_term_care=True)]
    with run(World(people, region="shiyan"), only=["nursing_subsidy"]) as query:
        action, text = one(query, "nursing_subsidy", "action, reason_text")
        assert action == "verify"
        assert "长护险已评定" in text


def test_a_failed_negation_is_worded_as_what_is_so(run: Any) -> None:
    people = [person(1, age=70, hardship_rolls=[11, 12], ability_level=3)]
    with run(World(people, [receives(1, "nursing_subsidy", 90)]), only=["nursing_subsidy"]) as query:
        text = one(query, "nursing_subsidy", "reason_text")
        assert "属于特困供养对象" in text
        assert "非特困" not in text
