"""Every line of the table of actions, each on a handful of hand-made people."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from decided_lines import HARD_UP_UNABLE, actions, one, receives
from world import World, person

# add, adjust, keep


def test_add_has_its_first_day_and_the_number_of_months(run: Any) -> None:
    people = [
        person(1, birth_date=date(1946, 3, 5)),
        person(2, birth_date=date(1940, 3, 5)),
        person(3, birth_date=date(1944, 2, 29)),
    ]
    with run(World(people, region="yanling"), only=["age_allowance"]) as query:
        columns = "action, amount_monthly, effective_on, first_payment_month, money_months, money_sum"
        # the right begins with the 80th birthday, payment the month after
        assert one(query, "age_allowance", columns) == (
            "add",
            50,
            date(2026, 3, 5),
            date(2026, 4, 1),
            8,
            400,
        )
        # who was 80 before the document was in force has a right under it from that day
        assert one(query, "age_allowance", "effective_on", 2) == date(2024, 8, 1)
        # 2024 has a 29 February; the policy begins later all the same
        assert one(query, "age_allowance", "effective_on", 3) == date(2024, 8, 1)


def test_right_begins_with_the_latest_fact_it_rests_on(run: Any) -> None:
    people = [person(1, **HARD_UP_UNABLE, hardship_since=date(2025, 5, 9), ability_since=date(2026, 2, 14))]
    with run(World(people), only=["care_service_subsidy"]) as query:
        assert one(query, "care_service_subsidy", "effective_on, first_payment_month") == (
            date(2026, 2, 14),
            date(2026, 3, 1),
        )


def test_right_by_one_of_several_grounds_begins_with_the_ground_that_holds(run: Any) -> None:
    poor = person(1, age=65, hardship_rolls=[11], ability_level=0, hardship_since=date(2026, 5, 9))
    unable = person(2, age=65, hardship_rolls=[], ability_level=3, ability_since=date(2026, 2, 14))
    with run(World([poor, unable], region="shenyang"), only=["home_care"]) as query:
        assert one(query, "home_care", "effective_on", 1) == date(2026, 5, 9)
        assert one(query, "home_care", "effective_on", 2) == date(2026, 2, 14)


def test_a_document_without_a_day_in_force_owes_nothing_for_the_past(run: Any) -> None:
    people = [person(1, age=92), person(2, birth_date=date(1946, 12, 1))]
    with run(World(people, region="shenyang"), only=["age_allowance"]) as query:
        columns = "action, effective_on, first_payment_month, money_months, money_sum"
        born = people[0]["birth_date"]
        assert one(query, "age_allowance", columns) == (
            "add",
            born.replace(year=born.year + 80),
            None,
            None,
            None,
        )
        assert one(query, "age_allowance", columns, 2) == ("upcoming", date(2026, 12, 1), None, None, None)
        assert "起发月由本地核定" in one(query, "age_allowance", "reason_text")


def test_a_beginning_that_is_not_known_owes_nothing_for_the_past(run: Any) -> None:
    people = [person(1, **HARD_UP_UNABLE, ability_since=date(2026, 2, 14))]
    with run(World(people), only=["care_service_subsidy"]) as query:
        columns = "action, effective_on, first_payment_month, money_months"
        assert one(query, "care_service_subsidy", columns) == ("add", None, None, None)
        assert "起发月由本地核定" in one(query, "care_service_subsidy", "reason_text")


def test_what_has_no_beginning_does_not_hide_the_others(run: Any) -> None:
    severe: dict[str, Any] = {"age": 40, "disability_grade": "1", "certificate_since": date(2026, 3, 2)}
    people = [
        person(1, **severe),
        person(2, **severe, ability_level=2, ability_since=date(2026, 5, 6)),
        person(3, **severe, ability_level=2),
    ]
    with run(World(people, region="yanling"), only=["disability_nursing_subsidy"]) as query:
        # never assessed counts as in need of care: that has no day of its own
        assert one(query, "disability_nursing_subsidy", "effective_on", 1) == date(2026, 3, 2)
        assert one(query, "disability_nursing_subsidy", "effective_on", 2) == date(2026, 5, 6)
        assert one(query, "disability_nursing_subsidy", "effective_on", 3) is None


def test_floor_is_adjusted_only_when_paid_below(run: Any) -> None:
    people = [person(key, age=85) for key in (1, 2, 3, 4)]
    rolls = [
        receives(1, "age_allowance", 40),
        receives(2, "age_allowance", 50),
        receives(3, "age_allowance", 90),
    ]
    with run(
        World(people, [*rolls, receives(4, "age_allowance")], region="yanling"), only=["age_allowance"]
    ) as query:
        assert actions(query, "age_allowance") == {1: "adjust", 2: "keep", 3: "keep", 4: "keep"}


def test_fixed_amount_is_adjusted_both_ways_and_band_change_has_its_day(run: Any) -> None:
    people = [
        person(1, **HARD_UP_UNABLE),
        person(2, **HARD_UP_UNABLE),
        person(3, **HARD_UP_UNABLE, ability_since=date(2026, 5, 6)),
    ]
    rolls = [receives(k, "care_service_subsidy", amount) for k, amount in ((1, 700), (2, 600), (3, 400))]
    with run(World(people, rolls), only=["care_service_subsidy"]) as query:
        assert actions(query, "care_service_subsidy") == {1: "adjust", 2: "keep", 3: "adjust"}
        assert one(query, "care_service_subsidy", "effective_on", 3) == date(2026, 5, 6)


def test_ninetieth_birthday_adjusts_from_that_day(run: Any) -> None:
    people = [person(1, birth_date=date(1936, 10, 2))]
    with run(
        World(people, [receives(1, "age_allowance", 50)], region="yanling"), only=["age_allowance"]
    ) as query:
        assert one(query, "age_allowance", "action, effective_on, first_payment_month") == (
            "adjust",
            date(2026, 10, 2),
            date(2026, 11, 1),
        )


def test_amount_not_set_is_kept_and_left_to_the_locality(run: Any) -> None:
    with run(World([person(1, age=85)], [receives(1, "age_allowance", 33)]), only=["age_allowance"]) as query:
        action, text = one(query, "age_allowance", "action, reason_text")
        assert action == "keep"
        assert "待地方核定" in text


def test_unknown_person_in_confirm_mode_has_a_decision_and_no_line(run: Any) -> None:
    with run(World([person(1, age=70)]), only=["ability_assessment", "respite_care"]) as query:
        assert actions(query, "respite_care") == {}
        assert query("SELECT decision, missing FROM decisions.decision WHERE programme = 'respite_care'") == [
            ("unknown", [{"fact": "unable_to_self_care", "extract": "ability_assessment"}])
        ]


# stop and what prevents it


def test_stop_of_the_dead_and_the_departed_with_evidence_and_overpaid_months(run: Any) -> None:
    people = [
        person(1, age=85, alive=False, died_on=date(2026, 8, 3), death_evidence="two sources"),
        person(2, age=85, alive=False, died_on=date(2026, 8, 3), death_evidence="one source"),
        person(3, age=85, registered=False, deregistered_on=date(2026, 10, 30)),
    ]
    rolls = [receives(key, "age_allowance", 50, last_paid_month=date(2026, 11, 1)) for key in (1, 2, 3)]
    with run(World(people, rolls), only=["age_allowance"]) as query:
        columns = "action, stop_evidence, effective_on, money_months, money_sum"
        assert one(query, "age_allowance", columns) == ("stop", "two sources", date(2026, 8, 3), 3, 150)
        assert one(query, "age_allowance", "action, stop_evidence", 2) == ("stop", "one source")
        assert one(query, "age_allowance", columns, 3) == ("stop", "one source", date(2026, 10, 30), 1, 50)


def test_the_dead_have_no_age_in_a_reason_and_a_single_source_is_named(run: Any) -> None:
    dead: dict[str, Any] = {"age": 85, "alive": False, "died_on": date(2026, 8, 3)}
    people = [
        person(1, **dead, death_evidence="one source", last_register_status=1),
        person(2, **dead, death_evidence="one source", last_register_status=2),
    ]
    rolls = [receives(key, "age_allowance", 50, last_paid_month=date(2026, 11, 1)) for key in (1, 2)]
    with run(World(people, rolls), only=["age_allowance"]) as query:
        ((by_death_record,),) = query("SELECT reason_text FROM decisions.candidate WHERE person_key = 1")
        ((by_register,),) = query("SELECT reason_text FROM decisions.candidate WHERE person_key = 2")
    assert by_death_record.startswith("已去世（2026-08-03），仅死亡信息一个来源，户籍登记仍为正常")
    assert by_register.startswith("已去世（2026-08-03），仅户籍登记一个来源")


def test_the_right_of_who_was_rescued_begins_with_the_rescue(run: Any) -> None:
    people = [person(1, age=70, rescued=True, rescued_on=date(2026, 9, 22))]
    with run(World(people), only=["vagrant_relief"]) as query:
        begins, reason = one(query, "vagrant_relief", "effective_on, reason_text")
    assert begins == date(2026, 9, 22)
    assert "救助日期2026-09-22" in reason


def test_the_death_of_who_would_give_way_is_a_death(run: Any) -> None:
    dead: dict[str, Any] = {
        "alive": False,
        "died_on": date(2026, 8, 3),
        "death_evidence": "two sources",
    }
    people = [
        person(key, **HARD_UP_UNABLE, disability_grade="1", **more) for key, more in ((1, {}), (2, dead))
    ]
    rolls = [receives(k, p, 90) for k in (1, 2) for p in ("disability_nursing_subsidy", "nursing_subsidy")]
    with run(World(people, rolls), only=["disability_nursing_subsidy", "nursing_subsidy"]) as query:
        rules = (
            "SELECT programme, rule, stop_evidence FROM decisions.candidate WHERE person_key = {} ORDER BY 1"
        )
        assert query(rules.format(1)) == [
            ("disability_nursing_subsidy", "keep:right", None),
            ("nursing_subsidy", "stop:gives_way", "one source"),
        ]
        assert query(rules.format(2)) == [
            ("disability_nursing_subsidy", "stop:dead", "two sources"),
            ("nursing_subsidy", "stop:dead", "two sources"),
        ]


def test_stop_of_a_lost_condition_names_it_and_its_end(run: Any) -> None:
    people = [person(1, age=70, ability_level=3, hardship_ended_on=date(2026, 6, 30))]
    with run(
        World(people, [receives(1, "care_service_subsidy", 600)]), only=["care_service_subsidy"]
    ) as query:
        action, ended, text = one(query, "care_service_subsidy", "action, effective_on, reason_text")
        assert (action, ended) == ("stop", date(2026, 6, 30))
        assert "经济困难" in text


def test_payee_tied_to_no_register_row_is_verified_never_stopped(run: Any) -> None:
    people = [person(1, in_register=False, registered=False, age=85)]
    with run(
        World(people, [receives(1, "age_allowance", 50)]), only=["ability_assessment", "age_allowance"]
    ) as query:
        assert one(query, "age_allowance", "action, identity_grade") == ("verify", "new")


@pytest.mark.parametrize("extract", ["hardship_roll", "ability_assessment"])
def test_absent_extract_stops_nobody(run: Any, extract: str) -> None:
    people = [person(1, absent=[extract], **HARD_UP_UNABLE)]
    rolls = [receives(1, "care_service_subsidy", 600), receives(1, "minimum_living")]
    with run(
        World(people, rolls, absent=frozenset({extract})), only=["care_service_subsidy", "minimum_living"]
    ) as query:
        assert query("SELECT count(*) FROM decisions.candidate WHERE action = 'stop'") == [(0,)]
        assert actions(query, "care_service_subsidy") == {1: "verify"}


def test_absence_that_may_be_a_lost_link_is_verified(run: Any) -> None:
    people = [person(key, age=70, ability_level=3) for key in (1, 2, 3)]
    people[2] = person(3, age=70, alive=False, died_on=date(2026, 1, 1), death_evidence="one source")
    rolls = [receives(key, "care_service_subsidy", 600) for key in (1, 2, 3)]
    world = World(people, rolls, possible=[(1, "hardship_roll"), (2, "visit_log"), (3, "hardship_roll")])
    with run(world, only=["care_service_subsidy"]) as query:
        assert actions(query, "care_service_subsidy") == {1: "verify", 2: "stop", 3: "stop"}


def test_nothing_is_added_adjusted_or_stopped_on_a_link_under_review(run: Any) -> None:
    people = [person(key, **HARD_UP_UNABLE) for key in (1, 2)]
    people += [person(3, age=70, ability_level=0, hardship_rolls=[11]), person(4, age=85, alive=False)]
    rolls = [receives(2, "care_service_subsidy", 500), receives(3, "care_service_subsidy", 600)]
    rolls += [receives(4, "age_allowance", 50, grade="review")]
    grades = [(1, "hardship_roll", "review"), (2, "ability_assessment", "review")]
    with run(
        World(people, rolls, grades=[*grades, (3, "ability_assessment", "review")]),
        only=["ability_assessment", "age_allowance", "care_service_subsidy"],
    ) as query:
        assert actions(query, "care_service_subsidy") == {1: "verify", 2: "verify", 3: "verify"}
        assert actions(query, "age_allowance") == {4: "verify"}
        assert query(
            "SELECT count(*) FROM decisions.candidate WHERE identity_grade = 'review' "
            "AND action IN ('add', 'adjust', 'stop')"
        ) == [(0,)]


def test_who_may_be_paid_already_or_may_have_refused_is_verified_not_offered(run: Any) -> None:
    people = [person(key, age=85) for key in (1, 2, 3, 4)]
    guards = [
        {"person_key": key, "kind": kind, "programme": programme, "is_quarantined": False}
        for key, kind, programme in (
            (1, "receiving", "age_allowance"),
            (2, "declined", "age_allowance"),
            (3, "receiving", "care_service_subsidy"),
            (4, "receiving", "age_allowance"),
        )
    ]
    world = World(people, [receives(4, "age_allowance", 50)], guards=guards)
    with run(world, only=["age_allowance"]) as query:
        assert actions(query, "age_allowance") == {1: "verify", 2: "verify", 3: "add", 4: "keep"}
        assert "请核实是否已在享受" in one(query, "age_allowance", "reason_text")


def test_review_link_that_a_programme_does_not_use_does_not_hold_it(run: Any) -> None:
    people = [person(1, age=85)]
    with run(World(people, grades=[(1, "pension_roll", "review")]), only=["age_allowance"]) as query:
        assert one(query, "age_allowance", "action, identity_grade") == ("add", "exact")


def test_death_in_the_register_stops_whatever_else_is_under_review(run: Any) -> None:
    people = [
        person(1, age=70, alive=False, died_on=date(2026, 9, 9), death_evidence="one source", ability_level=3)
    ]
    world = World(
        people, [receives(1, "care_service_subsidy", 600)], grades=[(1, "ability_assessment", "review")]
    )
    with run(world, only=["ability_assessment", "care_service_subsidy"]) as query:
        assert one(query, "care_service_subsidy", "action, identity_grade") == ("stop", "exact")


def test_nothing_is_added_adjusted_or_stopped_for_whom_the_register_leaves_in_doubt(run: Any) -> None:
    doubts = {1: "death_taken_back", 2: "registered_anew", 3: "age", 4: "age", 5: "age"}
    poor: dict[str, Any] = {"hardship_rolls": [11], "ability_level": 3}
    people = [
        person(1, age=85, **poor),
        person(2, age=85, registered=False, deregistered_on=date(2026, 3, 1)),
        person(3, age=126, alive=False, died_on=date(2020, 1, 1), death_evidence="two sources"),
        person(4, age=126, **poor),
        person(5, age=126, **poor),
        person(6, age=85, **poor),
    ]
    rolls = [
        receives(2, "age_allowance", 50),
        receives(3, "age_allowance", 50),
        receives(4, "care_service_subsidy", 10),
        receives(5, "care_service_subsidy", 600),
    ]
    world = World(people, rolls, in_doubt=list(doubts.items()))
    with run(world, only=["age_allowance", "care_service_subsidy", "ability_assessment"]) as query:
        allowance = dict(
            query("SELECT person_key, rule FROM decisions.candidate WHERE programme = 'age_allowance'")
        )
        assert allowance == {key: f"verify:{doubt}" for key, doubt in doubts.items()} | {6: "add:entitled"}
        care = dict(
            query("SELECT person_key, rule FROM decisions.candidate WHERE programme = 'care_service_subsidy'")
        )
        assert care == {
            1: "verify:death_taken_back",
            4: "verify:age",
            5: "keep:right",
            6: "add:entitled",
        }
        words = {1: "死亡注销", 2: "更正后重新登记", 3: "120周岁"}
        for key, word in words.items():
            assert word in one(query, "age_allowance", "reason_text", key)


def test_a_loss_is_no_stop_where_a_row_begins_later(run: Any) -> None:
    world = World(
        [person(key, age=70, ability_level=3) for key in (1, 2)],
        [receives(key, "care_service_subsidy", 600) for key in (1, 2)],
        not_begun=[(1, "hardship_roll")],
    )
    with run(world, only=["care_service_subsidy", "ability_assessment"]) as query:
        assert actions(query, "care_service_subsidy") == {1: "verify", 2: "stop"}
        assert "起始日期晚于数据日期" in one(query, "care_service_subsidy", "reason_text", 1)


def test_nobody_is_cut_silently_by_a_link_under_review(run: Any) -> None:
    people = [person(key, age=50, disability_grade="1", work_injury_care=True) for key in (1, 2)]
    with run(
        World(people, grades=[(1, "pension_roll", "review")]), only=["disability_nursing_subsidy"]
    ) as query:
        assert actions(query, "disability_nursing_subsidy") == {1: "verify"}
        assert query(
            "SELECT count(*) FROM decisions.decision WHERE programme = 'disability_nursing_subsidy'"
        ) == [(0,)]


def test_under_sixty_receiver_of_an_all_ages_programme_is_outside_its_audience(run: Any) -> None:
    people = [
        person(1, age=40),
        person(2, age=60),
        person(3, birth_date=date(1966, 12, 1), hardship_rolls=[11]),
    ]
    rolls = [receives(key, "minimum_living", 500) for key in (1, 2)]
    with run(World(people, rolls, region="yanling"), only=["minimum_living"]) as query:
        assert actions(query, "minimum_living") == {2: "stop", 3: "upcoming"}
        assert query(
            "SELECT person_key, decision FROM decisions.decision WHERE programme = 'minimum_living'"
        ) == [(2, "ineligible")]


# verify


def test_hard_up_and_never_assessed_is_verified_in_auto_mode(run: Any) -> None:
    people = [person(1, age=70, hardship_rolls=[11]), person(2, age=70)]
    with run(World(people), only=["care_service_subsidy"]) as query:
        action, text = one(query, "care_service_subsidy", "action, reason_text")
        assert action == "verify"
        assert "老年人能力评估" in text
        assert actions(query, "care_service_subsidy") == {1: "verify"}


def test_absent_benefit_roll_makes_every_line_of_a_payment_a_question(run: Any) -> None:
    people = [person(1, age=85, hardship_rolls=[11], family_planning="bereaved")]
    with run(
        World(people, absent=frozenset({"benefit_roll"})),
        only=["ability_assessment", "age_allowance", "institution_priority", "legal_aid"],
    ) as query:
        assert actions(query, "age_allowance") == {1: "verify"}
        assert actions(query, "institution_priority") == {1: "verify"}
        # what is there when it is needed is nobody's errand
        assert actions(query, "legal_aid") == {}
        assert actions(query, "ability_assessment") == {1: "due"}


def test_absent_visit_log_makes_a_known_target_a_question(run: Any) -> None:
    people = [
        person(1, absent=["visit_log"], age=70, lives_alone=True),
        person(2, absent=["visit_log"], age=70, ability_level=0),
        person(3, absent=["visit_log"], age=70, lives_alone=None),
    ]
    with run(World(people, absent=frozenset({"visit_log"})), only=["visit"]) as query:
        assert actions(query, "visit") == {1: "verify"}
        assert dict(
            query("SELECT person_key, decision FROM decisions.decision WHERE programme = 'visit'")
        ) == {
            1: "eligible",
            3: "unknown",
        }


# due, inform, upcoming, declined


def test_who_was_seen_long_ago_is_a_question_too_while_the_visit_log_is_absent(run: Any) -> None:
    """The officers' own answers tell of the last visit, but not that none came after it."""
    told: dict[str, Any] = {"age": 70, "lives_alone": True, "ever_visited": True}
    people = [
        person(1, **told, visited_this_week=None, last_visit_on=date(2026, 10, 1)),
        person(2, **told, visited_this_week=True, last_visit_on=date(2026, 11, 17)),
    ]
    world = World(people, absent=frozenset({"visit_log"}))
    with run(world, only=["visit"]) as query:
        assert actions(query, "visit") == {1: "verify"}


def test_service_given_meanwhile_is_no_reason_to_stop_it(run: Any) -> None:
    people = [
        person(1, age=70, lives_alone=True, days_since_visit=2),
        person(2, age=70, lives_alone=False, ability_level=0, days_since_visit=2),
    ]
    with run(World(people, [receives(key, "visit") for key in (1, 2)]), only=["visit"]) as query:
        assert actions(query, "visit") == {1: "keep", 2: "stop"}


def test_inform_covers_today_and_the_thirty_days_before(run: Any) -> None:
    people = [
        person(1, birth_date=date(1956, 11, 20)),
        person(2, birth_date=date(1956, 10, 21)),
        person(3, birth_date=date(1956, 10, 20)),
        person(4, birth_date=date(1955, 11, 10)),
        person(5, birth_date=date(1956, 11, 10), alive=False),
    ]
    with run(World(people), only=["transport"]) as query:
        assert actions(query, "transport") == {1: "inform", 2: "inform"}
        assert one(query, "transport", "effective_on", 2) == date(2026, 10, 21)


def test_upcoming_covers_the_next_sixty_days_in_every_mode(run: Any) -> None:
    people = [
        person(1, birth_date=date(1946, 11, 21)),
        person(2, birth_date=date(1947, 1, 19)),
        person(3, birth_date=date(1947, 1, 20)),
        person(4, birth_date=date(1946, 11, 20)),
        person(5, birth_date=date(1961, 12, 1), has_assessment=False),
        person(6, birth_date=date(1956, 12, 1)),
        person(7, birth_date=date(1946, 12, 1), registered=False),
        person(8, birth_date=date(1966, 12, 1), hardship_rolls=[11]),
        person(9, birth_date=date(1966, 12, 1), hardship_rolls=[11], ability_level=3),
    ]
    with run(
        World(people),
        only=[
            "ability_assessment",
            "age_allowance",
            "care_service_subsidy",
            "home_adaptation",
            "legal_aid",
            "transport",
        ],
    ) as query:
        allowance = actions(query, "age_allowance")
        assert allowance == {1: "upcoming", 2: "upcoming", 4: "add"}
        assert one(query, "age_allowance", "effective_on, first_payment_month", 2) == (
            date(2027, 1, 19),
            date(2027, 2, 1),
        )
        assert actions(query, "ability_assessment")[5] == "upcoming"
        assert actions(query, "transport") == {6: "upcoming"}
        assert actions(query, "home_adaptation") == {8: "upcoming", 9: "upcoming"}
        assert actions(query, "legal_aid") == {}
        # the ability level is not known: not everything will hold that day
        assert actions(query, "care_service_subsidy") == {9: "upcoming"}


def test_statutory_pension_age_is_upcoming(run: Any) -> None:
    people = [person(1, age=62, employee_pension_open=True, pension_age_on=date(2026, 12, 9))]
    with run(World(people), only=["pension_employee"]) as query:
        assert one(query, "pension_employee", "action, effective_on") == ("upcoming", date(2026, 12, 9))


def test_pension_right_begins_with_the_statutory_age(run: Any) -> None:
    reached: dict[str, Any] = {"employee_pension_open": True, "employee_age_reached": True}
    people = [person(1, age=62, pension_age_on=date(2026, 4, 9), **reached)]
    with run(World(people), only=["pension_employee"]) as query:
        assert one(query, "pension_employee", "action, effective_on") == ("add", date(2026, 4, 9))


def test_upcoming_that_would_give_way_is_not_announced(run: Any) -> None:
    settings = {
        "parameters": {
            "nursing_rate": [{"from": "2024-01-01", "value": 60}],
            "disability_nursing_grade_1": [{"from": "2024-01-01", "value": 90}],
        }
    }
    nearly: dict[str, Any] = {"birth_date": date(1966, 12, 1), "hardship_rolls": [11], "ability_level": 3}
    people = [person(1, **nearly, disability_grade="1"), person(2, **nearly)]
    with run(World(people), settings, only=["nursing_subsidy", "disability_nursing_subsidy"]) as query:
        assert actions(query, "nursing_subsidy") == {2: "upcoming"}


def test_upcoming_household_benefit_that_another_member_receives_is_not_announced(run: Any) -> None:
    people = [
        person(1, birth_date=date(1966, 12, 1), hardship_rolls=[11], household_id="H"),
        person(2, age=70, hardship_rolls=[11], household_id="H"),
        person(3, birth_date=date(1966, 12, 1), hardship_rolls=[11]),
    ]
    with run(World(people), only=["home_adaptation"]) as query:
        assert actions(query, "home_adaptation") == {2: "add", 3: "upcoming"}


def test_declined_is_shown_as_declined_in_place_of_an_offer(run: Any) -> None:
    people = [
        person(1, age=85, hardship_rolls=[11]),
        person(2, birth_date=date(1946, 12, 1)),
        person(3, age=85),
        person(4, age=85),
    ]
    declined = [{"person_key": key, "programme": "age_allowance"} for key in (1, 2, 3)]
    declined += [{"person_key": 1, "programme": "ability_assessment"}]
    declined += [{"person_key": 4, "programme": "age_allowance", "grade": "review"}]
    world = World(people, [receives(3, "age_allowance", 50)], declined=declined)
    with run(world, only=["ability_assessment", "age_allowance"]) as query:
        assert actions(query, "age_allowance") == {1: "declined", 2: "declined", 3: "keep", 4: "verify"}
        assert actions(query, "ability_assessment")[1] == "declined"
