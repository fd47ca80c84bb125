"""The place of a row on its roll: next to whom, and on what kind of roll."""

import random
from typing import Any

import pytest
from identity_nights import MakeNight, Night, Rows, number, resident
from test_learning import damaged, town

COMMUNITIES = 4


@pytest.fixture
def night(learning_night: MakeNight) -> MakeNight:
    """Here every first night learns."""
    return learning_night


def communities() -> Rows:
    """A town whose residents' first rows are of its first community, and so on."""
    people = town()
    part = -(-len(people) // COMMUNITIES)
    return [person | {"area_code": f"34010200100{1 + i // part}"} for i, person in enumerate(people)]


def clear(people: Rows) -> Rows:
    return [{"name": person["name"], "id_number": person["id_number"]} for person in people]


NAMESAKES = [
    resident("李国强", "19600312", 317, household_no="A", area_code="340102001001"),
    resident("李国强", "19600506", 311, household_no="B", area_code="340102001003"),
]


def said(night: MakeNight, people: Rows, name: str) -> tuple[Night, dict[int, float], tuple[int, str]]:
    """The candidates of the row that says only ``name``: person, place weight, and the row's link."""
    rows = clear(people)
    at = len(rows) // (2 * COMMUNITIES)
    n = night(
        household_register=[*NAMESAKES, *communities()],
        visit_log=damaged(people),
        care_survey=[*rows[:at], {"name": name}, *rows[at:]],
    )
    weights = dict(
        n.con.execute(
            "SELECT person_key, adjacency_weight FROM identity.score s"
            " JOIN identity.source_row u USING (row_key)"
            " WHERE u.extract = 'care_survey' AND u.row_number = ?",
            [at + 1],
        ).fetchall()
    )
    return n, weights, n.link("care_survey", at + 1)


def test_on_a_roll_in_the_order_of_villages_the_namesake_of_that_village_is_meant(night: MakeNight) -> None:
    n, weights, (person, _) = said(night, communities(), "李国强")
    assert weights[n.person(1)] > 1
    assert weights[n.person(2)] < -3
    assert person == n.person(1)


def test_a_roll_in_no_order_is_no_evidence_of_where_a_person_lives(night: MakeNight) -> None:
    people = communities()
    shuffled = random.Random(7).sample(people, len(people))
    n, weights, (_, grade) = said(night, shuffled, "李国强")
    assert weights == {n.person(1): 0, n.person(2): 0}
    assert grade != "strong"


def test_on_a_roll_in_the_order_of_names_adjacency_is_no_evidence(night: MakeNight) -> None:
    people = town()
    twice = [
        resident(person["name"], "19770707", 101 + 2 * i, household_no=f"N{i}")
        for i, person in enumerate(people)
    ]
    by_name = [row for pair in zip(people, twice, strict=True) for row in pair]
    n = night(
        household_register=[*people, *twice],
        visit_log=damaged(people),
        care_survey=[*clear(by_name), {"name": people[0]["name"]}],
    )
    adjacent, expected = n.con.execute(
        "SELECT seen, expected FROM identity.adjacency_share"
        " WHERE context = 'care_survey' AND adjacency = 'person beside'"
    ).fetchall()[0]
    assert adjacent == 0
    assert expected > len(people)


def test_evidence_of_the_place_by_phone_and_adjacency_counts_once(night: MakeNight) -> None:
    people = communities()
    rows = clear(people)
    n = night(
        household_register=[resident("李国强", "19600312", 317, phone="13511112222"), *people],
        visit_log=damaged(people),
        care_survey=[*rows[:40], {"name": "李国强", "phone": "13511112222"}, *rows[40:]],
    )
    phone, place = n.con.execute(
        "SELECT phone_weight, adjacency_weight FROM identity.score WHERE person_key = ?", [n.person(1)]
    ).fetchall()[0]
    assert phone > 8
    assert place == 0


@pytest.mark.parametrize("strangers", [0, 300])
def test_unregistered_people_on_a_roll_lower_what_a_name_alone_proves_there(
    night: MakeNight, strangers: Any
) -> None:
    people = town()
    n = night(
        household_register=[NAMESAKES[0], *people],
        visit_log=damaged(people),
        rescue_register=[
            {"name": "李国强"},
            *clear(people[:100]),
            *[{"name": f"外{i}", "id_number": number("19500101", 101 + 2 * i)} for i in range(strangers)],
        ],
    )
    nobody, usual = n.con.execute(
        "SELECT s.no_match_odds, t.usual FROM identity.score s CROSS JOIN identity.no_match_odds t"
        " WHERE s.person_key = ? AND s.number_level = 'missing'",
        [n.person(1)],
    ).fetchall()[0]
    assert (nobody > usual) == (strangers > 0)
