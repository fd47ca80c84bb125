"""What a row in quarantine could say of a person, action by action and no wider."""

from __future__ import annotations

from typing import Any

import pytest
from decided_lines import actions, both, nursing, receives
from world import World, person

CARE = "care_service_subsidy"
ENTITLED: dict[str, Any] = {"hardship_rolls": [11], "ability_level": 3}


def guard(key: int, kind: str, programme: str | None = None, **more: Any) -> dict[str, Any]:
    return {"person_key": key, "kind": kind, "programme": programme, **more}


@pytest.mark.parametrize("kind", ["receiving", "died", "declined"])
def test_add_and_adjust_become_verify_and_keep_and_due_stay(run: Any, kind: str) -> None:
    people = [person(key, age=85, ever_visited=False, **ENTITLED) for key in (1, 2, 3)]
    rolls = [receives(1, CARE, 600), receives(2, CARE, 500)]
    guards = [guard(key, kind, None if kind == "died" else CARE) for key in (1, 2, 3)]
    with run(World(people, rolls, guards=guards), only=[CARE, "visit"]) as query:
        assert actions(query, CARE) == {1: "keep", 2: "verify", 3: "verify"}
        assert set(actions(query, "visit").values()) == {"due"}


def test_a_stop_becomes_verify_where_the_programme_may_be_received_or_the_right_may_hold(run: Any) -> None:
    people = [person(key, age=85, ability_level=3) for key in range(1, 6)]
    guards = [
        guard(1, "receiving", CARE),
        guard(2, "entitled", extract="hardship_roll"),
        guard(3, "entitled", extract="disability_certificate"),
        guard(4, "died", extract="death_record"),
        guard(5, "declined", CARE, extract="outreach_outcome"),
    ]
    rolls = [receives(one["person_key"], CARE, 600) for one in people]
    with run(World(people, rolls, guards=guards), only=[CARE]) as query:
        assert actions(query, CARE) == {1: "verify", 2: "verify", 3: "stop", 4: "stop", 5: "stop"}


def test_an_adjustment_becomes_verify_where_what_it_rests_on_may_be_otherwise(run: Any) -> None:
    people = [person(key, age=85, **ENTITLED) for key in (1, 2)]
    guards = [
        guard(1, "entitled", extract="ability_assessment"),
        guard(2, "entitled", extract="disability_certificate"),
    ]
    rolls = [receives(key, CARE, 500) for key in (1, 2)]
    with run(World(people, rolls, guards=guards), only=[CARE]) as query:
        assert actions(query, CARE) == {1: "verify", 2: "adjust"}


def test_a_stop_for_another_benefit_becomes_verify_where_that_may_have_been_refused(run: Any) -> None:
    higher, lower = "disability_nursing_subsidy", "nursing_subsidy"
    people = [both(key) for key in (1, 2, 3)]
    rolls = [receives(key, lower, 60) for key in (1, 2, 3)]
    guards = [
        guard(2, "declined", higher, extract="outreach_outcome"),
        guard(3, "excluded", fact="work_injury_care", extract="pension_roll"),
    ]
    with run(World(people, rolls, guards=guards, region="yanling"), only=[higher, lower]) as query:
        assert nursing(query) == {
            (1, higher): "add",
            (1, lower): "stop",
            (2, higher): "verify",
            (2, lower): "verify",
            (3, higher): "verify",
            (3, lower): "verify",
        }


def test_a_benefit_of_one_to_a_household_becomes_verify_where_a_member_may_have_it_or_the_first_may_be_dead(
    run: Any,
) -> None:
    people = [person(key, age=90 - key, household_id=f"h{(key + 1) // 2}", **ENTITLED) for key in range(1, 7)]
    rolls = [receives(key, "home_adaptation", 0) for key in (3, 4, 5, 6)]
    guards = [guard(2, "receiving", "home_adaptation"), guard(5, "died", extract="death_record")]
    with run(World(people, rolls, guards=guards), only=["home_adaptation"]) as query:
        found = actions(query, "home_adaptation")
    # A work done once is never stopped: everybody who has it is served, entitled or not.
    assert found == {1: "verify", 3: "keep", 5: "keep"}


def test_a_row_of_any_programme_guards_each_and_the_reason_names_three_rows_at_most(run: Any) -> None:
    people = [person(1, age=85, **ENTITLED)]
    guards = [guard(1, "receiving", row_number=row) for row in (7, 3, 5, 9)]
    with run(World(people, guards=guards), only=["age_allowance", CARE]) as query:
        assert actions(query, "age_allowance") == actions(query, CARE) == {1: "verify"}
        ((reason,),) = query(
            "SELECT DISTINCT reason_text FROM decisions.candidate WHERE programme = 'age_allowance'"
        )
        assert "待遇发放第3行、待遇发放第5行、待遇发放第7行等4行" in reason
