"""The hard cases of linking, each as one small night."""

from __future__ import annotations

import pytest
from identity_nights import number, resident

LI = resident("李国强", "19450312", 511)
CROWD = [
    resident(name, f"19{40 + i}0{1 + i % 9}1{i % 9}", 100 + i, household_no=f"H{i + 10}")
    for i, name in enumerate(["王芳", "张建军", "刘秀英", "陈志明", "赵玉兰", "周海燕", "吴桂芳", "徐德福"])
]


def test_number_and_name_link_exactly(night):
    n = night(household_register=[LI, *CROWD], visit_log=[{"name": "李国强", "id_number": LI["id_number"]}])
    assert n.link("visit_log") == (n.person(1), "exact")


@pytest.mark.parametrize(
    "name", ["李國強", "李国强（本人）", "李 国 强", "李国墙", "李囯强", "李国?", "李国QIANG", "李强"]
)
def test_a_damaged_name_links_by_its_number(night, name):
    n = night(household_register=[LI, *CROWD], visit_log=[{"name": name, "id_number": LI["id_number"]}])
    person, grade = n.link("visit_log")
    assert person == n.person(1)
    assert grade in ("exact", "strong", "review")


def test_fifteen_digits_are_the_same_number(night):
    short = LI["id_number"][:6] + LI["id_number"][8:17]
    n = night(household_register=[LI, *CROWD], visit_log=[{"name": "李国强", "id_number": short}])
    assert n.link("visit_log") == (n.person(1), "exact")


def test_a_number_of_another_name_goes_to_a_clerk(night):
    n = night(household_register=[LI, *CROWD], visit_log=[{"name": "孙大海", "id_number": LI["id_number"]}])
    assert n.link("visit_log") == (n.person(1), "review")
    assert n.one("SELECT count(*) FROM identity.review") == 1
    assert n.could_be("visit_log") == {n.person(1)}


def test_a_guardians_number_on_a_childs_certificate_does_not_link_to_the_guardian(night):
    child = resident("李小宝", "20150601", 213)
    n = night(
        household_register=[LI, child, *CROWD],
        disability_certificate=[
            {
                "name": "李小宝",
                "id_number": LI["id_number"],
                "birth_date": "2015-06-01",
                "sex": "M",
                "guardian_name": "李国强",
                "address": "青山镇柳村1号",
            }
        ],
    )
    person, grade = n.link("disability_certificate")
    assert person == n.person(2)
    assert grade in ("strong", "review")


def test_the_spouses_number_does_not_link_to_the_spouse(night):
    wife = resident("王桂兰", "19470820", 220)
    n = night(
        household_register=[LI, wife, *CROWD],
        ability_assessment=[
            {"name": "王桂兰", "id_number": LI["id_number"], "birth_date": "1947-08-20", "sex": "F"}
        ],
    )
    assert n.link("ability_assessment")[0] == n.person(2)


def test_a_number_with_one_slip_links_by_all_evidence(night):
    slipped = LI["id_number"][:8] + "9" + LI["id_number"][9:]
    n = night(
        household_register=[LI, *CROWD], pension_roll=[{"name": "李国强", "id_number": slipped, "sex": "M"}]
    )
    assert n.link("pension_roll") == (n.person(1), "strong")


def test_digits_lost_to_a_spreadsheet_do_not_lose_the_person(night):
    n = night(
        household_register=[LI, *CROWD],
        pension_roll=[
            {"name": "李国强", "id_number": "3.40102E+17", "birth_date": "1945-03-12", "sex": "M"},
            {"name": "李国强", "id_number": LI["id_number"][:15] + "000", "sex": "M"},
        ],
    )
    assert n.link("pension_roll", 1) == (n.person(1), "strong")
    assert n.link("pension_roll", 2) == (n.person(1), "strong")


def test_twins_stay_apart(night):
    a = resident("赵文博", "20100101", 311)
    b = resident("赵文涛", "20100101", 313)
    n = night(
        household_register=[a, b, *CROWD],
        disability_certificate=[
            {"name": "赵文博", "id_number": a["id_number"], "birth_date": "2010-01-01"},
            {"name": "赵文涛", "birth_date": "2010-01-01", "sex": "M", "address": "青山镇柳村1号"},
            {"name": "赵文?", "birth_date": "2010-01-01", "sex": "M"},
        ],
    )
    assert n.person(1) != n.person(2)
    assert n.link("disability_certificate", 1) == (n.person(1), "exact")
    assert n.link("disability_certificate", 2)[0] == n.person(2)
    assert n.link("disability_certificate", 3)[1] == "review"
    assert n.could_be("disability_certificate", 3) == {n.person(1), n.person(2)}


def test_namesakes_of_one_village_and_day_go_to_a_clerk(night):
    a = resident(
        "张建国", "19500505", 111, household_no="A", registered_address="柳村1号", residence_address=None
    )
    b = resident(
        "张建国", "19500505", 113, household_no="B", registered_address="柳村9号", residence_address=None
    )
    n = night(
        household_register=[a, b, *CROWD],
        care_survey=[{"name": "张建国", "birth_date": "1950-05-05", "sex": "M"}],
    )
    assert n.person(1) != n.person(2)
    assert n.link("care_survey")[1] == "review"
    assert n.could_be("care_survey") == {n.person(1), n.person(2)}


def test_two_valid_numbers_are_two_people(night):
    other = number("19450312", 517)
    n = night(
        household_register=[LI, *CROWD],
        health_management=[{"name": "李国强", "id_number": other}],
        care_survey=[{"name": "李国强", "id_number": number("19450312", 711), "birth_date": "1945-03-12"}],
    )
    assert n.link("health_management")[1] != "exact"
    assert n.link("health_management")[1] != "strong"
    assert n.link("care_survey")[1] not in ("exact", "strong")
    assert n.person(1) in n.could_be("care_survey")


def test_a_lunar_birth_date_on_an_equal_number_and_name_still_links(night):
    n = night(
        household_register=[LI, *CROWD],
        death_record=[
            {"name": "李国强", "id_number": LI["id_number"], "birth_date": "1945-01-28", "sex": "M"}
        ],
    )
    assert n.link("death_record") == (n.person(1), "strong")


def test_former_numbers_lead_to_the_person(night):
    old = number("19450312", 355)
    moved = {**LI, "former_id_number": old}
    n = night(household_register=[moved, *CROWD], benefit_roll=[{"name": "李国强", "id_number": old}])
    assert n.link("benefit_roll") == (n.person(1), "exact")


def test_an_empty_side_of_a_marriage_has_its_link(night):
    n = night(
        household_register=[LI, *CROWD],
        marriage_register=[{"husband_name": "李国强", "husband_id_number": LI["id_number"], "event": "1"}],
    )
    assert n.link("marriage_register", role="husband") == (n.person(1), "exact")
    assert n.link("marriage_register", role="wife")[1] == "new"
    assert n.could_be("marriage_register", role="wife") == set()


def test_people_from_elsewhere_are_one_person_over_extracts(night):
    stranger = {"name": "何云", "id_number": number("19510101", 100, "420300")}
    n = night(
        household_register=[LI, *CROWD],
        visit_log=[stranger, {**stranger, "name": "何芸"}],
        benefit_roll=[stranger],
    )
    person, grade = n.link("visit_log", 1)
    assert grade == "new"
    assert n.link("visit_log", 2) == (person, "new")
    assert n.link("benefit_roll") == (person, "new")
    assert not n.one("SELECT in_register FROM identity.person WHERE person_key = ?", person)
