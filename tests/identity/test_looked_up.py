"""The person's number and name, and yet not the person: a number looked up in a list may be a namesake's."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from identity_nights import AS_OF, MakeNight, number, resident

from outreach.identity import learning

PERSON = resident(
    "蔡巧云", "19480626", 798, residence_address="站塘镇高塘村12组72号", phone="13900000001", household_no="A"
)
NAMESAKE = resident(
    "蔡巧云", "19651020", 822, residence_address="明光路街道长淮社区五河路29号", household_no="B"
)
CROWD = [
    resident(name, f"19{45 + i}0312", 201 + 2 * i, household_no=f"C{i}")
    for i, name in enumerate(["马国强", "何秀兰", "郭建华"])
]
ROW = {"name": "蔡巧云", "id_number": PERSON["id_number"]}


BIRTH_DATES = {
    "equal": ("1948-06-26", "exact"),
    "one edit": ("1948-06-24", "strong"),
    "a year": ("1949-06-26", "strong"),
    "lunar": ("1948-05-20", "strong"),
    "placeholder": ("1900-01-01", "strong"),
    "half of the year": ("1948-07-01", "strong"),
    "another day": ("1948-11-11", "review"),
    "another age": ("1972-11-28", "review"),
}
"""Birth dates on a row with the person's number and name, with the grade of its link."""


@pytest.mark.parametrize("error", BIRTH_DATES)
def test_a_birth_date_that_no_error_explains_leaves_the_dead_to_a_clerk(
    shared_night: MakeNight, error: str
) -> None:
    n = shared_night(
        household_register=[PERSON, *CROWD],
        death_record=[{**ROW, "birth_date": said} for said, _ in BIRTH_DATES.values()],
    )
    row = [*BIRTH_DATES].index(error) + 1
    assert n.link("death_record", row) == (n.person(1), BIRTH_DATES[error][1])


def test_nobody_is_married_as_a_child(night: MakeNight) -> None:
    wife = {"event": "1", "wife_name": "蔡巧云", "wife_id_number": PERSON["id_number"]}
    n = night(
        household_register=[PERSON, *CROWD],
        marriage_register=[{**wife, "event_date": "1962-05-01"}, {**wife, "event_date": "1970-05-01"}],
    )
    assert n.link("marriage_register", 1, "wife") == (n.person(1), "review")
    assert n.link("marriage_register", 2, "wife") == (n.person(1), "exact")


ADDRESSES: dict[str, tuple[dict[str, Any], str]] = {
    "the namesake's": ({"address": "明光路街道长淮社区五河路29号"}, "review"),
    "in short": ({"address": "长淮社区五河路29号"}, "review"),
    "but the person's phone": (
        {"address": "明光路街道长淮社区五河路29号", "phone": "13900000001"},
        "exact",
    ),
    "nobody's": ({"address": "明光路街道长淮社区五河路31号"}, "exact"),
    "the person's": ({"address": "站塘镇高塘村12组72号"}, "exact"),
}
"""Contacts on a row with the person's number and name, with the grade of its link."""


@pytest.mark.parametrize("whose", ADDRESSES)
def test_a_namesakes_address_with_the_persons_number_goes_to_a_clerk(
    shared_night: MakeNight, whose: str
) -> None:
    contact, grade = ADDRESSES[whose]
    # A phone on one row is used for the others of its number and name: such rows have a night of their own.
    together = [each for each, _ in ADDRESSES.values() if each.keys() == contact.keys()]
    n = shared_night(
        household_register=[PERSON, NAMESAKE, *CROWD], visit_log=[{**ROW, **each} for each in together]
    )
    assert n.link("visit_log", together.index(contact) + 1) == (n.person(1), grade)


def test_a_namesake_who_comes_to_the_address_makes_last_nights_link_doubtful(
    night: MakeNight, tmp_path: Path
) -> None:
    learning.freeze_default(tmp_path / "state" / learning.FILE_NAME)
    visits = [{**ROW, "address": NAMESAKE["residence_address"]}]
    elsewhere = {**NAMESAKE, "residence_address": "三里街街道凤阳路2号"}
    before = night(household_register=[PERSON, elsewhere, *CROWD], visit_log=visits)
    assert before.link("visit_log") == (before.person(1), "exact")
    after = night(
        household_register=[PERSON, NAMESAKE, *CROWD], visit_log=visits, as_of=AS_OF + dt.timedelta(days=1)
    )
    assert after.link("visit_log") == (after.person(1), "review")


def test_another_given_name_of_one_character_is_the_persons_only_by_the_birth_date(
    night: MakeNight,
) -> None:
    brother = resident("孙涛", "19890208", 117)
    row = {"name": "孙灰", "id_number": brother["id_number"]}
    n = night(
        household_register=[brother, *CROWD],
        pension_roll=[row, {**row, "birth_date": "1989-02-08"}],
    )
    assert n.link("pension_roll", 1)[1] == "review"
    assert n.link("pension_roll", 2) == (n.person(1), "strong")


def test_a_name_with_another_character_that_somebody_bears_is_the_holders_only_by_the_birth_date(
    night: MakeNight,
) -> None:
    sister = resident("刘桂兰", "19530419", 420, household_no="S")
    bearer = resident("刘桂芳", "19610610", 142, household_no="T", area_code="340102002004")
    row = {"name": "刘桂芳", "id_number": sister["id_number"]}
    n = night(
        household_register=[sister, bearer, *CROWD],
        pension_roll=[row, {**row, "birth_date": "1953-04-19"}],
        health_management=[row],
    )
    assert n.link("pension_roll", 1)[1] == n.link("health_management")[1] == "review"
    assert n.link("pension_roll", 2) == (n.person(1), "strong")


PLACEHOLDERS = ["1" * 18, "0" * 18, "123456789012345678", number("19000101", 0), "340102190001010000"]


@pytest.mark.parametrize("placeholder", PLACEHOLDERS)
def test_a_placeholder_is_no_number(shared_night: MakeNight, placeholder: str) -> None:
    survey = {
        "name": "蔡巧云",
        "sex": "F",
        "birth_date": "1948-06-26",
        "phone": "13900000001",
        "address": "站塘镇高塘村12组72号",
    }
    n = shared_night(
        household_register=[PERSON, *CROWD],
        care_survey=[{**survey, "id_number": each} for each in PLACEHOLDERS],
    )
    row = PLACEHOLDERS.index(placeholder) + 1
    assert n.link("care_survey", row) == (n.person(1), "strong")
    level = "SELECT number_level FROM identity.score JOIN identity.link USING (row_key) WHERE row_number = ?"
    assert n.one(f"{level} AND extract = 'care_survey'", row) == "missing"


def test_one_number_and_one_name_in_two_households_of_two_ages_are_two_people(night: MakeNight) -> None:
    other = {**NAMESAKE, "id_number": PERSON["id_number"], "birth_date": "1955-02-13"}
    n = night(household_register=[PERSON, other, *CROWD], health_management=[ROW])
    assert n.person(1) != n.person(2)
    assert n.could_be("household_register", 2) >= {n.person(1)}
    assert n.link("health_management")[1] == "review"


def test_who_moved_is_one_person_despite_a_wrong_birth_date_where_one_row_is_deregistered(
    night: MakeNight,
) -> None:
    moved = {**NAMESAKE, "id_number": PERSON["id_number"], "birth_date": "1955-02-13", "status": "3"}
    n = night(household_register=[PERSON, moved, *CROWD])
    assert n.person(1) == n.person(2)


def test_a_phone_and_a_surname_make_nobody_clear(night: MakeNight) -> None:
    row = {"name": "蔡某某", "phone": "13900000001"}
    n = night(
        household_register=[PERSON, *CROWD],
        care_survey=[row, {**row, "birth_date": "1948-06-26"}],
    )
    assert n.link("care_survey", 1)[1] != "strong"
    assert n.could_be("care_survey", 1) == {n.person(1)}
    assert n.link("care_survey", 2) == (n.person(1), "strong")


def test_a_row_under_another_number_could_be_anybodys_of_its_surname_who_was_born_on_its_day(
    night: MakeNight,
) -> None:
    husband = resident("马国庆", "19450926", 291, household_no="A")
    n = night(
        household_register=[PERSON, husband, *CROWD],
        hardship_roll=[
            {
                "family_no": "F",
                "name": "蔡小妹",
                "id_number": husband["id_number"],
                "birth_date": "1948-06-26",
            }
        ],
    )
    assert n.person(1) in n.could_be("hardship_roll")


def test_a_mark_behind_a_whole_name_hides_nothing(night: MakeNight) -> None:
    grades = {"蔡巧芸*": "exact", "蔡巧*": "exact", "蔡小*": "review"}
    rows = [{**ROW, "name": name} for name in grades]
    n = night(household_register=[PERSON, *CROWD], health_management=rows)
    links = {name: n.link("health_management", row) for row, name in enumerate(grades, start=1)}
    assert links == {name: (n.person(1), grade) for name, grade in grades.items()}


def test_a_nickname_at_the_persons_address_could_be_the_persons(night: MakeNight) -> None:
    row = {"programme": "age_allowance", "name": "蔡老三", "address": "高塘村12组72号"}
    n = night(household_register=[PERSON, NAMESAKE, *CROWD], benefit_roll=[row])
    assert n.could_be("benefit_roll") == {n.person(1)}


def test_the_name_and_part_of_the_address_under_an_unregistered_number_could_be_the_persons(
    night: MakeNight,
) -> None:
    sisters = number("19440422", 38)
    row = {"programme": "age_allowance", "name": "蔡巧云", "id_number": sisters, "address": "高塘村12组72号"}
    n = night(household_register=[PERSON, NAMESAKE, *CROWD], benefit_roll=[row])
    assert n.link("benefit_roll")[0] != n.person(1)
    assert n.person(1) in n.could_be("benefit_roll")


def test_a_deregistered_row_of_the_house_and_day_under_another_number_may_be_the_persons(
    night: MakeNight,
) -> None:
    before = {**PERSON, "id_number": number("19480626", 8), "status": "4"}
    elsewhere = {**before, "household_no": "Z", "residence_address": "三里街街道凤阳路2号"}
    n = night(household_register=[PERSON, before, *CROWD])
    assert n.person(1) != n.person(2)
    assert n.could_be("household_register", 2) == {n.person(1)}
    n = night(household_register=[PERSON, elsewhere, *CROWD])
    assert n.could_be("household_register", 2) == set()
