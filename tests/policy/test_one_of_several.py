"""One benefit of several: exclusive groups, one to a household, what counts as received in one region."""

from __future__ import annotations

from datetime import date
from typing import Any

from decided_lines import HARD_UP_UNABLE, actions, both, nursing, one, receives
from world import AS_OF, World, person

# exclusive groups


def test_higher_of_an_exclusive_pair_wins_and_the_loser_names_it(run: Any) -> None:
    people = [both(1), both(2), both(3)]
    rolls = [receives(2, "nursing_subsidy", 60), receives(3, "nursing_subsidy", 80)]
    with run(
        World(people, rolls, region="yanling"), only=["disability_nursing_subsidy", "nursing_subsidy"]
    ) as query:
        assert nursing(query) == {
            (1, "disability_nursing_subsidy"): "add",
            # 75 is more than the 60 being paid
            (2, "disability_nursing_subsidy"): "add",
            (2, "nursing_subsidy"): "stop",
            # a floor counts at what is being paid where that is higher
            (3, "nursing_subsidy"): "keep",
        }
        assert query(
            "SELECT decision, gives_way_to, why_not FROM decisions.decision "
            "WHERE person_key = 2 AND programme = 'nursing_subsidy'"
        ) == [("ineligible", "disability_nursing_subsidy", "gives way to disability_nursing_subsidy")]
        text = one(query, "nursing_subsidy", "reason_text", 2)
        assert "75.00元" in text
        assert "60.00元" in text


def test_where_an_amount_is_not_known_the_received_one_is_kept_else_the_order_of_the_group(run: Any) -> None:
    people = [both(1), both(2), both(3)]
    rolls = [receives(2, "nursing_subsidy", 60)]
    rolls += [receives(3, "nursing_subsidy", 60), receives(3, "disability_nursing_subsidy", 75)]
    with run(World(people, rolls), only=["disability_nursing_subsidy", "nursing_subsidy"]) as query:
        assert nursing(query) == {
            (1, "disability_nursing_subsidy"): "add",
            (2, "nursing_subsidy"): "keep",
            (3, "disability_nursing_subsidy"): "keep",
            (3, "nursing_subsidy"): "stop",
        }


def test_equal_amounts_keep_the_one_received(run: Any) -> None:
    settings = {
        "parameters": {
            "nursing_rate": [{"from": "2024-01-01", "value": 90}],
            "disability_nursing_grade_1": [{"from": "2024-01-01", "value": 90}],
        }
    }
    with run(
        World([both(1), both(2)], [receives(1, "nursing_subsidy", 90)]),
        settings,
        only=["disability_nursing_subsidy", "nursing_subsidy"],
    ) as query:
        assert nursing(query) == {(1, "nursing_subsidy"): "keep", (2, "disability_nursing_subsidy"): "add"}


def test_loser_is_not_stopped_for_a_winner_under_review_or_declined(run: Any) -> None:
    people = [both(1), both(2)]
    rolls = [receives(key, "nursing_subsidy", 60) for key in (1, 2)]
    world = World(
        people,
        rolls,
        grades=[(1, "disability_certificate", "review")],
        declined=[{"person_key": 2, "programme": "disability_nursing_subsidy"}],
        region="yanling",
    )
    with run(world, only=["disability_nursing_subsidy", "nursing_subsidy"]) as query:
        assert nursing(query) == {
            (1, "disability_nursing_subsidy"): "verify",
            (1, "nursing_subsidy"): "verify",
            (2, "disability_nursing_subsidy"): "declined",
            (2, "nursing_subsidy"): "verify",
        }


def test_the_reason_of_a_second_of_a_pair_names_the_first_as_paid_and_unknown(run: Any) -> None:
    people = [both(1) | person(1, absent=["disability_certificate"], **HARD_UP_UNABLE)]
    world = World(
        people,
        [receives(1, "disability_nursing_subsidy", 75)],
        absent=frozenset({"disability_certificate"}),
        region="yanling",
    )
    with run(world, only=["disability_nursing_subsidy", "nursing_subsidy"]) as query:
        assert nursing(query) == {
            (1, "disability_nursing_subsidy"): "verify",
            (1, "nursing_subsidy"): "add",
        }
        assert "不得重复发放" in one(query, "nursing_subsidy", "reason_text")


# household benefits


def test_household_benefit_belongs_to_the_receiver_else_the_eldest(run: Any) -> None:
    hard_up: dict[str, Any] = {"hardship_rolls": [21]}
    born = date(1950, 1, 1)
    people = [
        person(1, age=80, household_id="A", **hard_up),
        person(2, age=70, household_id="A", **hard_up),
        person(3, age=80, household_id="B", **hard_up),
        person(4, age=70, household_id="B", **hard_up),
        person(5, birth_date=born, household_id="C", first_row=12, **hard_up),
        person(6, birth_date=born, household_id="C", first_row=11, **hard_up),
        person(7, age=70, household_id=None, **hard_up),
        person(8, age=70, household_id=None, **hard_up),
        person(9, age=90, household_id="D", alive=False, **hard_up),
        person(10, age=61, household_id="D", **hard_up),
        person(11, age=80, household_id="E", **hard_up),
        person(12, age=70, household_id="E", **hard_up),
    ]
    rolls = [receives(2, "home_adaptation"), receives(11, "home_adaptation"), receives(12, "home_adaptation")]
    with run(World(people, rolls), only=["home_adaptation"]) as query:
        assert actions(query, "home_adaptation") == {
            2: "keep",
            3: "add",
            6: "add",
            7: "verify",
            8: "verify",
            10: "add",
            11: "keep",
        }
        assert query(
            "SELECT why_not FROM decisions.decision WHERE person_key = 12 AND programme = 'home_adaptation'"
        ) == [("household served",)]


def test_a_work_that_was_done_serves_the_household_whichever_member_had_it(run: Any) -> None:
    hard_up: dict[str, Any] = {"hardship_rolls": [21]}
    people = [
        person(1, age=80, household_id="A"),
        person(2, age=70, household_id="A", **hard_up),
        person(3, age=90, household_id="B", alive=False),
        person(4, age=70, household_id="B", **hard_up),
        person(5, age=70, household_id="C", **hard_up),
        person(6, age=85, household_id="C", **hard_up),
        person(7, age=70, household_id="D"),
        person(8, birth_date=date(1966, 12, 1), household_id="D", **hard_up),
        person(9, in_register=False, registered=False, age=85, household_id=None),
    ]
    served = [receives(key, "home_adaptation") for key in (1, 3, 5, 7, 9)]
    with run(World(people, served=served), only=["home_adaptation"]) as query:
        assert actions(query, "home_adaptation") == {5: "keep"}
        # a work that was done once is not being received
        assert query(
            "SELECT person_key, decision FROM decisions.decision WHERE programme = 'home_adaptation'"
        ) == [(5, "eligible")]
    with run(World([person(8, birth_date=date(1966, 12, 1), **hard_up)]), only=["home_adaptation"]) as query:
        assert actions(query, "home_adaptation") == {8: "upcoming"}


def test_nothing_is_stopped_that_a_work_done_once_has_begun(run: Any) -> None:
    people = [
        person(1, age=80),
        person(2, age=80, alive=False, died_on=date(2026, 1, 1), death_evidence="two sources"),
        person(3, age=80, hardship_rolls=[21]),
    ]
    rolls = [receives(key, "home_adaptation") for key in (1, 2, 3)]
    with run(World(people, rolls), only=["home_adaptation"]) as query:
        assert actions(query, "home_adaptation") == {3: "keep"}
    absent = World(people, absent=frozenset({"benefit_roll"}))
    with run(absent, only=["home_adaptation"]) as query:
        assert actions(query, "home_adaptation") == {3: "verify"}


# what is region's own


def test_long_term_care_roll_counts_as_receiving(run: Any) -> None:
    people = [
        person(1, age=70, ability_level=3, long_term_care=True),
        person(2, age=70, ability_level=3),
        person(3, age=70, ability_level=1, long_term_care=True),
        person(4, age=70, hardship_rolls=[11], ability_level=3, long_term_care=True),
    ]
    with run(World(people, region="shiyan"), only=["long_term_care", "nursing_subsidy"]) as query:
        # who draws it and was assessed otherwise is not known to need it no more: no line, and no stop
        assert actions(query, "long_term_care") == {1: "keep", 2: "add", 4: "keep"}
        # named, not how: a receiver of both is shown, not stopped
        assert "长期护理保险" in one(query, "nursing_subsidy", "reason_text", 4)


def test_who_may_be_on_the_long_term_care_roll_is_verified_not_offered(run: Any) -> None:
    world = World(
        [person(key, age=70, ability_level=3) for key in (1, 2)],
        guards=[{"person_key": 1, "kind": "receiving", "fact": "long_term_care", "is_quarantined": False}],
        region="shiyan",
    )
    with run(world, only=["long_term_care"]) as query:
        assert actions(query, "long_term_care") == {1: "verify", 2: "add"}


def test_absent_long_term_care_roll_makes_receiving_unknown(run: Any) -> None:
    people = [person(1, absent=["long_term_care"], age=70, ability_level=3)]
    with run(
        World(people, absent=frozenset({"long_term_care"}), region="shiyan"), only=["long_term_care"]
    ) as query:
        assert actions(query, "long_term_care") == {1: "verify"}


def test_reasons_name_clause_and_no_personal_data(run: Any) -> None:
    people = [person(1, age=85, name="欧阳测试", id_number="34010219410812002X")]
    with run(World(people), only=["age_allowance"]) as query:
        text = one(query, "age_allowance", "reason_text")
        assert text.startswith("85周岁，本地户籍；")
        assert text.endswith("依据《瑶海区推进基本养老服务体系建设实施方案（征求意见稿）》清单第9项")
        assert "欧阳" not in text


def test_one_line_a_person_and_programme(run: Any) -> None:
    people = [both(1), person(2, age=85), person(3, birth_date=date(1946, 12, 1)), person(4, age=60)]
    rolls = [receives(1, "nursing_subsidy", 60), receives(2, "transport")]
    with run(World(people, rolls, as_of=AS_OF), only=["nursing_subsidy", "transport"]) as query:
        assert query(
            "SELECT count(*), count(DISTINCT (person_key, programme)) FROM decisions.candidate"
        ) == query("SELECT count(DISTINCT (person_key, programme)), count(*) FROM decisions.candidate")
