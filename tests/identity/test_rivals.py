"""Rows that are nearly one person's while another may be meant: no clear link, and nobody's stop."""

from __future__ import annotations

from typing import Any

from identity_nights import MakeNight, Night, number, resident
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


HOUSEHOLDS = {
    "grandfather": resident("江喜", "19560204", 5, household_no="J", residence_address="红旗街道55号2栋"),
    "child": resident("江喜成", "20120715", 607, household_no="J", residence_address="红旗街道55号2栋"),
    "husband": resident("吴辉福", "19460703", 649, household_no="W"),
    "wife": resident("李荣莲", "19470815", 612, household_no="W"),
    "neighbour": resident("王大山", "19780717", 201, household_no="X"),
    "housemate": resident("徐桂", "19490324", 788, household_no="X"),
    "holder": resident("陈山", "19350829", 829, household_no="Y"),
    "holder's wife": resident("陈武芬", "19641205", 612, household_no="Y"),
    "short name": resident("吴志", "19340310", 313, household_no="Z", phone="18854906103"),
}


def of_households(shared_night: MakeNight) -> tuple[Night, dict[str, int]]:
    """One night of rows that nearly are of somebody in the same household, and the keys of these people."""
    of = {who: row["id_number"] for who, row in HOUSEHOLDS.items()}
    n = shared_night(
        household_register=[*HOUSEHOLDS.values(), *CROWD],
        visit_log=[{"name": "江喜", "id_number": of["grandfather"], "address": "红旗街道55号"}],
        hardship_roll=[
            {"family_no": "F1", "name": "江喜成", "id_number": of["child"]},
            {
                "family_no": "F1",
                "name": "江喜成",
                "id_number": "3.40102E+17",
                "sex": "M",
                "address": "红旗街道55号",
            },
        ],
        marriage_register=[
            {
                "husband_name": "吴辉福",
                "husband_id_number": of["husband"],
                "wife_name": "李荣莲",
                "wife_id_number": of["wife"],
                "event": "1",
            },
            {"husband_name": "陈武", "husband_id_number": of["holder"], "wife_name": "王丽", "event": "1"},
        ],
        death_record=[{"name": "李菜莲", "id_number": of["husband"], "sex": "F"}],
        care_survey=[{"name": "徐佳", "id_number": of["neighbour"], "sex": "F"}],
        pension_roll=[
            {"name": "吴忘", "birth_date": "1934-03-10", "phone": "18854906103", "id_number": "3.40102E+17"}
        ],
    )
    return n, {who: n.person(row) for row, who in enumerate(HOUSEHOLDS, 1)}


def test_a_familys_row_of_the_rival_is_no_evidence_for_who_lives_there(shared_night: MakeNight) -> None:
    n, key = of_households(shared_night)
    person, grade = n.link("hardship_roll", 2)
    assert (person, grade) != (key["grandfather"], "strong")
    assert key["child"] in n.could_be("hardship_roll", 2) | {person}


def test_the_spouses_number_is_no_second_evidence_for_the_spouse(shared_night: MakeNight) -> None:
    n, key = of_households(shared_night)
    assert n.link("death_record") == (key["wife"], "review")
    assert n.could_be("death_record") == {key["husband"], key["wife"]}


def test_a_neighbours_number_does_not_make_a_like_name_of_the_household_clear(
    shared_night: MakeNight,
) -> None:
    n, key = of_households(shared_night)
    assert n.link("care_survey") == (key["housemate"], "review")


def test_a_housemates_name_with_a_lost_character_is_nearer_than_the_holders(shared_night: MakeNight) -> None:
    n, key = of_households(shared_night)
    assert n.link("marriage_register", 2, "husband")[1] == "review"
    assert n.could_be("marriage_register", 2, "husband") >= {key["holder"], key["holder's wife"]}


def test_a_wrong_character_in_a_short_name_could_be_whose_birth_date_and_phone_it_is(
    shared_night: MakeNight,
) -> None:
    n, key = of_households(shared_night)
    assert n.could_be("pension_roll") == {key["short name"]}
    assert n.link("pension_roll")[1] not in ("exact", "strong")


def damaged_names(shared_night: MakeNight) -> Night:
    """One night of rows with a damaged name, of people numbered from 1 in the register."""
    return shared_night(
        household_register=[
            resident("程兰", "19600913", 800, household_no="C"),
            resident("程大海", "19600914", 811, household_no="D"),
            resident("贾梦", "19521121", 204, household_no="E", id_number=None),
            resident("林梅银", "19290304", 414),
            resident("陈春", "19570104", 992),
            *CROWD,
        ],
        hardship_roll=[
            {"name": "程芝", "sex": "F"},
            {"name": "程大洋", "sex": "M"},
            {"name": "程小军", "sex": "M"},
        ],
        outreach_outcome=[{"name": "贾□", "id_number": number("19511211", 204)}],
        benefit_roll=[{"name": "材梅银"}, {"name": "辰春"}, {"name": "徐春"}],
    )


def test_a_name_that_nobody_has_could_be_anybodys_that_differs_in_one_character(
    shared_night: MakeNight,
) -> None:
    n = damaged_names(shared_night)
    assert n.could_be("hardship_roll", 1) == {n.person(1)}
    assert n.could_be("hardship_roll", 2) == {n.person(2)}
    assert n.could_be("hardship_roll", 3) == set()
    assert n.could_be("outreach_outcome") == {n.person(3)}


def test_a_damaged_surname_alone_could_still_be_anybodys_of_that_given_name(shared_night: MakeNight) -> None:
    n = damaged_names(shared_night)
    assert n.could_be("benefit_roll", 1) == {n.person(4)}
    assert n.could_be("benefit_roll", 2) == {n.person(5)}
    assert n.could_be("benefit_roll", 3) == set()
