"""The register against itself: who is in it twice, and who is not."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from identity_nights import MakeNight, number, resident

from outreach.identity import clerical

A = resident("李国强", "19450312", 511)


def test_one_number_and_one_name_are_one_person(night: MakeNight) -> None:
    n = night(household_register=[A, {**A, "household_no": "H2", "status": "3"}])
    assert n.person(1) == n.person(2)
    assert n.one("SELECT count(*) FROM identity.person") == 1


def test_a_former_number_ties_two_rows(night: MakeNight) -> None:
    new = {
        **A,
        "household_no": "H2",
        "id_number": number("19450312", 613),
        "former_id_number": A["id_number"],
    }
    n = night(household_register=[A, new])
    assert n.person(1) == n.person(2)


def test_a_chain_of_former_numbers_is_one_person(night: MakeNight) -> None:
    second, third = number("19450312", 613), number("19450312", 615)
    n = night(
        household_register=[
            A,
            {**A, "id_number": second, "former_id_number": A["id_number"]},
            {**A, "id_number": third, "former_id_number": second},
        ]
    )
    assert n.person(1) == n.person(2) == n.person(3)


def test_a_former_number_of_another_name_merges_nobody(night: MakeNight) -> None:
    other = resident("孙大海", "19450312", 613, household_no="H2", former_id_number=A["id_number"])
    n = night(household_register=[A, other])
    assert n.person(1) != n.person(2)


def test_one_number_under_two_names_is_two_people_and_a_clerks_question(night: MakeNight) -> None:
    n = night(household_register=[A, {**A, "name": "孙大海", "household_no": "H2"}])
    assert n.person(1) != n.person(2)
    assert n.one("SELECT count(*) FROM identity.review WHERE left_extract = 'household_register'") == 1


def test_a_father_and_a_son_of_one_name_under_one_number_are_two_people_and_a_clerks_question(
    night: MakeNight,
) -> None:
    son = {**A, "birth_date": "1972-08-30", "phone": "13900002222"}
    rows = [
        {"name": A["name"], "id_number": A["id_number"], "birth_date": "1972-08-30", "phone": "13900002222"},
        {"name": A["name"], "id_number": A["id_number"], "birth_date": A["birth_date"]},
        {"name": A["name"], "id_number": A["id_number"]},
    ]
    n = night(household_register=[A, son], care_survey=rows)
    father_key, son_key = n.person(1), n.person(2)
    assert father_key != son_key
    assert n.one("SELECT count(*) FROM identity.review WHERE left_extract = 'household_register'") == 1
    assert n.link("care_survey", 1)[0] == son_key
    assert n.link("care_survey", 2)[0] == father_key
    assert n.link("care_survey", 3)[1] not in ("exact", "strong")
    assert n.could_be("care_survey", 3) == {father_key, son_key}


def test_one_number_and_name_with_a_slip_in_the_birth_date_is_one_person(night: MakeNight) -> None:
    n = night(household_register=[A, {**A, "birth_date": f"1985{A['birth_date'][4:]}"}])
    assert n.person(1) == n.person(2)


def test_a_register_row_without_a_number_is_a_person(night: MakeNight) -> None:
    n = night(household_register=[A, {**A, "name": "周小梅", "id_number": None, "sex": "F"}])
    assert n.person(1) != n.person(2)
    assert n.link("household_register", 2)[1] == "exact"


def test_every_row_is_linked_once(night: MakeNight) -> None:
    n = night(household_register=[A, A], visit_log=[{"name": "某人"}, {"name": None}], marriage_register=[{}])
    assert n.one("SELECT count(*) FROM identity.link") == 6
    assert n.one("SELECT count(*) FROM identity.link JOIN identity.person USING (person_key)") == 6


CROWD = [
    resident(name, f"1950010{i}", 100 + i, household_no=f"H{i}")
    for i, name in enumerate(["王芳", "张建军", "刘秀英"], 3)
]
MOVED = {**A, "household_no": "H2", "residence_address": "槐村3号", "status": "1"}
LEFT = {**A, "status": "3"}


@pytest.mark.parametrize(
    "damaged",
    [
        A["id_number"][:15] + A["id_number"][16] + A["id_number"][15] + A["id_number"][17],
        A["id_number"][:17],
        A["id_number"][:17] + ("1" if A["id_number"][17] != "1" else "2"),
    ],
    ids=["transposed", "cut short", "check character"],
)
def test_who_moved_and_whose_number_was_damaged_on_the_way_is_one_person(
    night: MakeNight, damaged: Any
) -> None:
    n = night(household_register=[LEFT, {**MOVED, "id_number": damaged}])
    assert n.person(1) == n.person(2)


@pytest.mark.parametrize(("name", "one_person"), [("蔡良山", True), ("蔡中山", False)])
def test_a_name_damaged_on_the_way_too_is_one_person_where_it_sounds_alike_else_for_a_clerk(
    night: MakeNight, name: str, one_person: bool
) -> None:
    left = resident("蔡亮山", "19570313", 247, status="3")
    moved = left["id_number"]
    moved = moved[:10] + "01" + "33" + moved[14:]
    n = night(
        household_register=[left, {**left, "name": name, "id_number": moved, "status": "1"}, *CROWD],
        hardship_roll=[{"name": "蔡亮山", "id_number": left["id_number"]}],
    )
    assert (n.person(1) == n.person(2)) is one_person
    assert n.could_be("hardship_roll") == (set() if one_person else {n.person(2)})


def _swapped(id_number: str, one: Any, other: Any) -> Any:
    digits = list(id_number)
    digits[one], digits[other] = digits[other], digits[one]
    return "".join(digits)


FORMER = number("19571127", 249)


@pytest.mark.parametrize(
    ("name", "moved_number", "asked"),
    [
        ("蔡良山", _swapped(number("19570313", 247), 6, 16), True),
        ("蔡中山", _swapped(number("19570313", 247), 6, 16), False),
        ("蔡？山", _swapped(FORMER, 8, 9), True),
    ],
    ids=[
        "two digits swapped, sounds alike",
        "two digits swapped, another name",
        "one edit in the former number",
    ],
)
def test_two_slips_or_one_in_a_former_number_are_a_clerks_question_where_the_names_are_alike(
    night: MakeNight, name: str, moved_number: Any, asked: bool
) -> None:
    left = resident("蔡亮山", "19570313", 247, status="3", former_id_number=FORMER)
    moved = {**left, "name": name, "id_number": moved_number, "status": "1", "former_id_number": None}
    n = night(household_register=[left, {**moved, "household_no": "H2"}, *CROWD])
    assert n.person(1) != n.person(2)
    assert n.could_be("household_register", 2) == ({n.person(1)} if asked else set())
    assert n.one("SELECT count(*) FROM identity.review") == int(asked)


@pytest.mark.parametrize("of_the_husband", [False, True])
def test_who_may_have_moved_is_a_clerks_question_and_each_row_guards_the_other(
    night: MakeNight, of_the_husband: Any
) -> None:
    husband = resident("陈大勇", "19430101", 113, household_no="H2")
    number_there = husband["id_number"] if of_the_husband else None
    n = night(
        household_register=[LEFT, {**MOVED, "id_number": number_there}, husband],
        benefit_roll=[{"name": A["name"], "id_number": A["id_number"], "programme": "age_allowance"}],
    )
    left, moved = n.person(1), n.person(2)
    assert left != moved
    assert n.link("benefit_roll") == (left, "exact")
    assert n.could_be("household_register", 2) == {left}
    assert n.could_be("household_register", 1) == {moved}
    assert n.could_be("benefit_roll") == {moved}
    pairs = n.con.execute(
        "SELECT left_row_number, right_row_number FROM identity.review"
        " WHERE left_extract = 'household_register'"
    ).fetchall()
    assert (2, 1) in pairs


def test_a_clerk_who_keeps_two_register_rows_apart_takes_the_guard_away(
    night: MakeNight, tmp_path: Path
) -> None:
    rows = [LEFT, {**MOVED, "id_number": None}]
    first = night(household_register=rows)
    pair = {c: first.one(f"SELECT {c} FROM identity.review") for c in ("subject", "other_subject")}
    clerical.decide(
        tmp_path / "state" / clerical.FILE_NAME, **pair, same=False, by="c1", at=dt.datetime.now(dt.UTC)
    )
    after = night(household_register=rows, as_of=dt.date(2026, 11, 21))
    assert after.person(1) != after.person(2)
    assert after.could_be("household_register", 2) == set()
    assert after.one("SELECT count(*) FROM identity.review") == 0


def test_two_of_one_name_and_day_with_good_numbers_are_two_people_and_in_no_doubt(night: MakeNight) -> None:
    n = night(household_register=[A, resident(A["name"], "19450312", 613, household_no="H2")])
    assert n.person(1) != n.person(2)
    assert n.one("SELECT count(*) FROM identity.review") == 0
    assert n.could_be("household_register", 1) == set()


def test_a_former_number_under_another_name_born_that_day_is_a_clerks_question(night: MakeNight) -> None:
    renamed = resident("李国平", "19450312", 613, household_no="H2", former_id_number=A["id_number"])
    n = night(household_register=[LEFT, renamed])
    assert n.person(1) != n.person(2)
    assert n.could_be("household_register", 2) == {n.person(1)}
    assert n.one("SELECT count(*) FROM identity.review") == 1


def test_a_slip_in_the_number_and_another_in_the_birth_date_are_one_person_still(night: MakeNight) -> None:
    damaged = A["id_number"][0] + "8" + A["id_number"][2:]
    n = night(household_register=[LEFT, {**MOVED, "id_number": damaged, "birth_date": "1944-03-12"}])
    assert n.person(1) == n.person(2)


def test_a_namesake_of_another_age_whose_number_is_a_slip_away_is_asked_about(night: MakeNight) -> None:
    """A son whose row bears his father's number, with a slip."""
    damaged = A["id_number"][0] + "8" + A["id_number"][2:]
    n = night(household_register=[A, {**MOVED, "id_number": damaged, "birth_date": "1972-08-30"}])
    assert n.person(1) != n.person(2)
    assert n.could_be("household_register", 2) == {n.person(1)}
