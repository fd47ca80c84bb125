"""Rows that are nearly one person's while another may be meant: no clear link, and nobody's stop."""

from __future__ import annotations

from typing import Any

from identity_nights import MakeNight, number, resident
from test_links import CROWD, LI


def _quarantined(row_number: int, number18: str | None, name: str) -> Any:
    shared = {"extract": "household_register", "row_number": row_number}
    return [{**shared, "number18": number18}, {**shared, "name_key": name}]


def test_a_number_that_damage_cannot_turn_into_a_namesakes_links_to_nobody_clearly(night: MakeNight) -> None:
    other = number("19450312", 865, "340103")
    swapped = other[:2] + other[3] + other[2] + other[4:]
    row = {"name": "李国强", "id_number": swapped, "birth_date": "1945-03-12", "sex": "M"}
    n = night(household_register=[LI, *CROWD], ability_assessment=[row])
    assert n.link("ability_assessment")[1] not in ("exact", "strong")
    assert n.could_be("ability_assessment") == {n.person(1)}


def test_a_register_row_in_quarantine_is_a_rival_of_its_namesake(night: MakeNight) -> None:
    other = number("19450312", 519)
    slipped = LI["id_number"][:16] + "9" + LI["id_number"][17:]
    rows = [
        {"name": "李国强", "birth_date": "1945-03-12", "sex": "M", "phone": "13911112222"},
        {"name": "李国强", "id_number": slipped, "sex": "M"},
    ]
    register = [{**LI, "phone": "13911112222"}, *CROWD]
    alone = night(household_register=register, ability_assessment=rows)
    assert alone.link("ability_assessment", 1) == (alone.person(1), "strong")
    assert alone.link("ability_assessment", 2) == (alone.person(1), "strong")
    n = night(
        household_register=register,
        ability_assessment=rows,
        quarantined=_quarantined(10, other, "李国强"),
    )
    assert n.link("ability_assessment", 1) == (n.person(1), "review")
    assert n.link("ability_assessment", 2) == (n.person(1), "review")


def test_the_register_row_of_the_same_number_is_no_rival(night: MakeNight) -> None:
    n = night(
        household_register=[LI, *CROWD],
        ability_assessment=[{"name": "李国强", "birth_date": "1945-03-12", "sex": "M"}],
        quarantined=_quarantined(10, LI["id_number"], "李国强"),
    )
    assert n.link("ability_assessment") == (n.person(1), "strong")


def test_a_familys_row_of_the_rival_is_no_evidence_for_who_lives_there(night: MakeNight) -> None:
    grandfather = resident("江喜", "19560204", 5, household_no="J", residence_address="红旗街道55号2栋")
    child = resident("江喜成", "20120715", 607, household_no="J", residence_address="红旗街道55号2栋")
    n = night(
        household_register=[grandfather, child, *CROWD],
        visit_log=[{"name": "江喜", "id_number": grandfather["id_number"], "address": "红旗街道55号"}],
        hardship_roll=[
            {"family_no": "F1", "name": "江喜成", "id_number": child["id_number"]},
            {
                "family_no": "F1",
                "name": "江喜成",
                "id_number": "3.40102E+17",
                "sex": "M",
                "address": "红旗街道55号",
            },
        ],
    )
    person, grade = n.link("hardship_roll", 2)
    assert (person, grade) != (n.person(1), "strong")
    assert n.person(2) in n.could_be("hardship_roll", 2) | {person}


def test_a_former_number_that_the_register_forgot_goes_to_a_clerk_by_its_birth_date(night: MakeNight) -> None:
    n = night(
        household_register=[LI, *CROWD],
        family_planning=[
            {"name": "李国强", "id_number": number("19450312", 807)},
            {"name": "李国强", "id_number": number("19610917", 807)},
        ],
    )
    assert n.link("family_planning", 1) == (n.person(1), "review")
    assert n.person(1) in n.could_be("family_planning", 1)
    assert n.link("family_planning", 2)[1] == "new"


def test_the_spouses_number_is_no_second_evidence_for_the_spouse(night: MakeNight) -> None:
    husband = resident("吴辉福", "19460703", 649, household_no="W")
    wife = resident("李荣莲", "19470815", 612, household_no="W")
    n = night(
        household_register=[husband, wife, *CROWD],
        marriage_register=[
            {
                "husband_name": "吴辉福",
                "husband_id_number": husband["id_number"],
                "wife_name": "李荣莲",
                "wife_id_number": wife["id_number"],
                "event": "1",
            }
        ],
        death_record=[{"name": "李菜莲", "id_number": husband["id_number"], "sex": "F"}],
    )
    assert n.link("death_record") == (n.person(2), "review")
    assert n.could_be("death_record") == {n.person(1), n.person(2)}


def test_a_neighbours_number_does_not_make_a_like_name_of_the_household_clear(night: MakeNight) -> None:
    n = night(
        household_register=[
            resident("王大山", "19780717", 201, household_no="W"),
            resident("徐桂", "19490324", 788, household_no="W"),
            *CROWD,
        ],
        care_survey=[{"name": "徐佳", "id_number": number("19780717", 201), "sex": "F"}],
    )
    assert n.link("care_survey") == (n.person(2), "review")


def test_a_name_that_nobody_bears_could_be_anybodys_that_differs_in_one_character(night: MakeNight) -> None:
    n = night(
        household_register=[
            resident("程兰", "19600913", 800, household_no="C"),
            resident("程大海", "19600914", 811, household_no="D"),
            resident("贾梦", "19521121", 204, household_no="E", id_number=None),
            *CROWD,
        ],
        hardship_roll=[
            {"name": "程芝", "sex": "F"},
            {"name": "程大洋", "sex": "M"},
            {"name": "程小军", "sex": "M"},
        ],
        outreach_outcome=[{"name": "贾□", "id_number": number("19511211", 204)}],
    )
    assert n.could_be("hardship_roll", 1) == {n.person(1)}
    assert n.could_be("hardship_roll", 2) == {n.person(2)}
    assert n.could_be("hardship_roll", 3) == set()
    assert n.could_be("outreach_outcome") == {n.person(3)}


def test_a_housemates_name_with_a_lost_character_is_nearer_than_the_holders(night: MakeNight) -> None:
    holder = resident("陈山", "19350829", 829, household_no="C")
    wife = resident("陈武芬", "19641205", 612, household_no="C")
    n = night(
        household_register=[holder, wife, *CROWD],
        marriage_register=[
            {
                "husband_name": "陈武",
                "husband_id_number": holder["id_number"],
                "wife_name": "王丽",
                "event": "1",
            }
        ],
    )
    assert n.link("marriage_register", role="husband")[1] == "review"
    assert n.could_be("marriage_register", role="husband") >= {n.person(1), n.person(2)}


def test_of_a_person_with_two_birth_dates_a_clerk_says_whose_row_it_is(night: MakeNight) -> None:
    row = {"name": "李国强", "birth_date": "1945-03-12", "sex": "M", "phone": "13911112222"}
    elder = {**LI, "phone": "13911112222"}
    brother = {**LI, "birth_date": "1951-08-09"}
    slipped = LI["id_number"][:16] + "9" + LI["id_number"][17:]
    alone = night(household_register=[elder, *CROWD], ability_assessment=[row])
    assert alone.link("ability_assessment") == (alone.person(1), "strong")
    both = night(
        household_register=[elder, brother, *CROWD], ability_assessment=[row, {**row, "id_number": slipped}]
    )
    assert both.person(1) == both.person(2)
    assert both.link("ability_assessment", 1) == (both.person(1), "review")
    assert both.link("ability_assessment", 2) == (both.person(1), "strong")


def test_a_son_of_his_fathers_name_under_his_fathers_number_is_not_the_father(night: MakeNight) -> None:
    son = resident("李国强", "19720830", 315, household_no=LI["household_no"], phone="13900002222")
    row = {"name": "李国强", "id_number": LI["id_number"], "birth_date": "1972-08-30", "sex": "M"}
    n = night(household_register=[LI, son, *CROWD], pension_roll=[row, {**row, "birth_date": "1945-03-12"}])
    assert n.link("pension_roll", 1)[0] != n.person(1) or n.link("pension_roll", 1)[1] == "review"
    assert n.link("pension_roll", 2) == (n.person(1), "exact")


def test_a_slip_of_the_pen_in_a_short_name_could_be_his_whose_birth_date_and_phone_it_is(
    night: MakeNight,
) -> None:
    him = resident("吴志", "19340310", 313, phone="18854906103")
    row = {"name": "吴忘", "birth_date": "1934-03-10", "phone": "18854906103", "id_number": "3.40102E+17"}
    n = night(household_register=[him, *CROWD], pension_roll=[row])
    assert n.could_be("pension_roll") == {n.person(1)}
    assert n.link("pension_roll")[1] not in ("exact", "strong")


def test_a_damaged_surname_alone_could_still_be_anybodys_of_that_given_name(night: MakeNight) -> None:
    n = night(
        household_register=[
            resident("林梅银", "19290304", 414),
            resident("陈春", "19570104", 992),
            *CROWD,
        ],
        benefit_roll=[{"name": "材梅银"}, {"name": "辰春"}, {"name": "徐春"}],
    )
    assert n.could_be("benefit_roll", 1) == {n.person(1)}
    assert n.could_be("benefit_roll", 2) == {n.person(2)}
    assert n.could_be("benefit_roll", 3) == set()
