"""The hard cases of linking, each as one small night."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from identity_nights import MakeNight, number, resident

LI = resident("李国强", "19450312", 511)
CROWD = [
    resident(name, f"19{40 + i}0{1 + i % 9}1{i % 9}", 100 + i, household_no=f"H{i + 10}")
    for i, name in enumerate(["王芳", "张建军", "刘秀英", "陈志明", "赵玉兰", "周海燕", "吴桂芳", "徐德福"])
]


def test_number_and_name_link_exactly(night: MakeNight) -> None:
    n = night(household_register=[LI, *CROWD], visit_log=[{"name": "李国强", "id_number": LI["id_number"]}])
    assert n.link("visit_log") == (n.person(1), "exact")


def test_a_damaged_name_links_by_its_number(night: MakeNight) -> None:
    damaged = ["李國強", "李国强（本人）", "李 国 强", "李国墙", "李囯强", "李国?", "李国QIANG", "李强"]
    damaged += ["Guoqiang LI", "Guoqiang, Li", "LI Guoqiang"]
    n = night(
        household_register=[LI, *CROWD],
        visit_log=[{"name": name, "id_number": LI["id_number"]} for name in damaged],
    )
    for row in range(1, len(damaged) + 1):
        person, grade = n.link("visit_log", row)
        assert (person, grade in ("exact", "strong")) == (n.person(1), True), damaged[row - 1]


def test_a_relative_of_a_like_name_does_not_get_the_holders_row(night: MakeNight) -> None:
    father, son = resident("李国", "19700101", 313), resident("李国强", "19950101", 317)
    n = night(
        household_register=[father, son, *CROWD],
        benefit_roll=[{"name": "李国", "id_number": son["id_number"]}],
    )
    assert n.link("benefit_roll")[1] == "review"
    assert n.could_be("benefit_roll") == {n.person(1), n.person(2)}


def test_digits_swapped_ten_places_apart_make_a_valid_number_of_nobody(night: MakeNight) -> None:
    digits = list(LI["id_number"])
    digits[1], digits[11] = digits[11], digits[1]
    swapped = "".join(digits)
    assert number(swapped[6:14], int(swapped[14:17]), swapped[:6]) == swapped
    n = night(
        household_register=[LI, *CROWD],
        pension_roll=[{"name": "李国强", "id_number": swapped, "birth_date": "1945-03-12", "sex": "M"}],
    )
    assert n.link("pension_roll") == (n.person(1), "strong")


DAMAGES: dict[str, Callable[[str], str]] = {
    "area and year, neighbours swapped": lambda n: n[:5] + n[6] + n[5] + n[7:],
    "year and month, neighbours swapped": lambda n: n[:9] + n[10] + n[9] + n[11:],
    "day and sequence, neighbours swapped": lambda n: n[:13] + n[14] + n[13] + n[15:],
    "no such month, swapped ten places apart": lambda n: n[10] + n[1:10] + n[0] + n[11:],
    "year and month, two digits": lambda n: n[:8] + "7" + n[9:11] + "9" + n[12:],
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_over_the_parts_of_a_number_still_finds_its_bearer(
    shared_night: MakeNight, damage: str
) -> None:
    slipped = [damaged(LI["id_number"]) for damaged in DAMAGES.values()]
    assert LI["id_number"] not in slipped
    visits = [{"name": "李国墙", "id_number": each} for each in slipped]
    n = shared_night(household_register=[LI, *CROWD], visit_log=visits)
    assert n.link("visit_log", [*DAMAGES].index(damage) + 1)[0] == n.person(1)


def test_a_couple_without_numbers_is_found_by_both_names(night: MakeNight) -> None:
    husbands = [resident("王伟", f"19{40 + i}0101", 311, household_no=f"K{i}") for i in range(4)]
    wives = [
        resident(name, f"19{40 + i}0202", 320, household_no=f"K{i}")
        for i, name in enumerate(["孙秀兰", "何翠花", "马桂香", "高玉珍"])
    ]
    n = night(
        household_register=[*husbands, *wives, *CROWD],
        marriage_register=[{"husband_name": "王伟", "wife_name": "马桂香", "event": "1"}],
    )
    assert n.link("marriage_register", role="husband")[0] == n.person(3)
    assert n.link("marriage_register", role="wife")[0] == n.person(7)


def test_a_phone_lent_by_another_extract_finds_its_owner(night: MakeNight) -> None:
    n = night(
        household_register=[
            resident("张建国", f"19{50 + i}0505", 111, household_no=f"Z{i}", residence_address=f"{i}村")
            for i in range(5)
        ],
        care_survey=[{"name": "张建国", "id_number": number("19530505", 111), "phone": "13911112222"}],
        visit_log=[{"name": "张建国", "phone": "13911112222"}],
    )
    assert n.link("care_survey") == (n.person(4), "exact")
    assert n.link("visit_log")[0] == n.person(4)


def test_an_outcome_finds_its_person_by_the_published_id(night: MakeNight) -> None:
    first = night(household_register=[LI, *CROWD])
    person_id = first.person_id("household_register", 1)
    n = night(
        household_register=[LI, *CROWD],
        outreach_outcome=[
            {"person_id": person_id, "name": "李国强"},
            {"person_id": person_id},
            {"person_id": person_id, "name": "王芳"},
        ],
    )
    assert n.link("outreach_outcome", 1) == (n.person(1), "exact")
    assert n.link("outreach_outcome", 2) == (n.person(1), "exact")
    assert n.link("outreach_outcome", 3)[0] != n.person(1)


def test_reasons_say_the_evidence_without_personal_data(night: MakeNight) -> None:
    slipped = LI["id_number"][:8] + "9" + LI["id_number"][9:]
    n = night(household_register=[LI, *CROWD], pension_roll=[{"name": "李国强", "id_number": slipped}])
    words = n.one("SELECT reasons FROM identity.link WHERE extract = 'pension_roll'")
    assert "号码一处之差" in words
    assert "姓名一致" in words
    assert "李" not in words
    assert slipped not in words


def test_fifteen_digits_are_the_same_number(night: MakeNight) -> None:
    short = LI["id_number"][:6] + LI["id_number"][8:17]
    n = night(household_register=[LI, *CROWD], visit_log=[{"name": "李国强", "id_number": short}])
    assert n.link("visit_log") == (n.person(1), "exact")


def test_a_number_of_another_name_goes_to_a_clerk(night: MakeNight) -> None:
    n = night(household_register=[LI, *CROWD], visit_log=[{"name": "孙大海", "id_number": LI["id_number"]}])
    assert n.link("visit_log") == (n.person(1), "review")
    assert n.one("SELECT count(*) FROM identity.review") == 1
    assert n.could_be("visit_log") == {n.person(1)}


def test_a_guardians_number_on_a_childs_certificate_does_not_link_to_the_guardian(night: MakeNight) -> None:
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


def test_the_spouses_number_does_not_link_to_the_spouse(night: MakeNight) -> None:
    wife = resident("王桂兰", "19470820", 220)
    n = night(
        household_register=[LI, wife, *CROWD],
        ability_assessment=[
            {"name": "王桂兰", "id_number": LI["id_number"], "birth_date": "1947-08-20", "sex": "F"}
        ],
    )
    assert n.link("ability_assessment")[0] == n.person(2)


def test_a_number_one_edit_away_links_by_all_evidence(night: MakeNight) -> None:
    slipped = LI["id_number"][:8] + "9" + LI["id_number"][9:]
    n = night(
        household_register=[LI, *CROWD], pension_roll=[{"name": "李国强", "id_number": slipped, "sex": "M"}]
    )
    assert n.link("pension_roll") == (n.person(1), "strong")


def test_digits_lost_to_a_spreadsheet_do_not_lose_the_person(night: MakeNight) -> None:
    n = night(
        household_register=[LI, *CROWD],
        pension_roll=[
            {"name": "李国强", "id_number": "3.40102E+17", "birth_date": "1945-03-12", "sex": "M"},
            {"name": "李国强", "id_number": LI["id_number"][:15] + "000", "sex": "M"},
            {"name": "李国强", "id_number": f"{LI['id_number'][0]}.{LI['id_number'][1:15]}E+17", "sex": "M"},
        ],
    )
    assert n.link("pension_roll", 1) == (n.person(1), "strong")
    assert n.link("pension_roll", 2) == (n.person(1), "strong")
    assert n.link("pension_roll", 3) == (n.person(1), "strong")


def test_twins_stay_apart(night: MakeNight) -> None:
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


def test_namesakes_of_one_village_and_day_go_to_a_clerk(night: MakeNight) -> None:
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


def test_two_valid_numbers_are_two_people(night: MakeNight) -> None:
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


def test_a_lunar_birth_date_on_an_equal_number_and_name_still_links(night: MakeNight) -> None:
    n = night(
        household_register=[LI, *CROWD],
        death_record=[
            {"name": "李国强", "id_number": LI["id_number"], "birth_date": "1945-01-28", "sex": "M"}
        ],
    )
    assert n.link("death_record") == (n.person(1), "strong")


def test_former_numbers_lead_to_the_person(night: MakeNight) -> None:
    old = number("19450312", 355)
    moved = {**LI, "former_id_number": old}
    n = night(household_register=[moved, *CROWD], benefit_roll=[{"name": "李国强", "id_number": old}])
    assert n.link("benefit_roll") == (n.person(1), "exact")


def test_an_empty_side_of_a_marriage_has_its_link(night: MakeNight) -> None:
    n = night(
        household_register=[LI, *CROWD],
        marriage_register=[{"husband_name": "李国强", "husband_id_number": LI["id_number"], "event": "1"}],
    )
    assert n.link("marriage_register", role="husband") == (n.person(1), "exact")
    assert n.link("marriage_register", role="wife")[1] == "new"
    assert n.could_be("marriage_register", role="wife") == set()


def test_people_from_elsewhere_are_one_person_over_extracts(night: MakeNight) -> None:
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


def test_the_row_of_one_who_bears_anothers_number_guards_its_holder(night: MakeNight) -> None:
    person = resident("贾蓓娣", "19270307", 420, household_no="J", residence_address="李村5号")
    owner = resident("刘盛宇", "19301114", 311, household_no="L", residence_address="王村7号")
    n = night(
        household_register=[person, owner, resident("赵志", "19550101", 517, household_no="Z"), *CROWD],
        family_planning=[
            {"name": "贾蓓?", "id_number": owner["id_number"], "birth_date": "1927-07-03", "sex": "F"}
        ],
        hardship_roll=[{"name": "赵ZHI", "id_number": owner["id_number"], "sex": "M"}],
    )
    assert n.link("family_planning")[0] == n.person(1)
    assert n.person(3) in n.could_be("hardship_roll")


def test_a_minority_name_cut_at_the_dot_links_by_its_number(night: MakeNight) -> None:
    person = resident("玛依拉·阿不都拉", "19400612", 420, household_no="M")
    n = night(
        household_register=[person, *CROWD],
        death_record=[{"name": "玛依拉", "id_number": person["id_number"], "birth_date": "1940-06-12"}],
    )
    assert n.link("death_record") == (n.person(1), "exact")


def test_a_row_under_the_spouses_number_links_to_the_person_even_by_a_damaged_name(night: MakeNight) -> None:
    wife = resident("李荣莲", "19470820", 220)
    n = night(
        household_register=[resident("王大山", "19450312", 511), wife, *CROWD],
        death_record=[{"name": "李菜莲", "id_number": number("19450312", 511), "sex": "F"}],
    )
    assert n.link("death_record")[0] == n.person(2)


def test_evidence_against_everybody_proposes_nobody_but_guards_the_holder(night: MakeNight) -> None:
    n = night(
        household_register=[LI, *CROWD],
        ability_assessment=[
            {"name": "孙二娘", "id_number": LI["id_number"], "sex": "F", "birth_date": "1980-02-02"}
        ],
    )
    assert n.link("ability_assessment")[1] == "new"
    assert n.could_be("ability_assessment") == {n.person(1)}


def test_a_number_that_the_register_lacks_still_tells_the_birth_date(night: MakeNight) -> None:
    lacking = {**LI, "id_number": "3.40102E+17"}
    n = night(
        household_register=[lacking, *CROWD],
        health_management=[{"name": "李国强", "id_number": LI["id_number"]}],
    )
    assert n.link("health_management") == (n.person(1), "strong")


def test_letters_for_digits_are_read_as_digits_before_a_namesake_of_the_day(night: MakeNight) -> None:
    namesake = resident("李国强", "19450312", 733, household_no="N", residence_address="王村3号")
    n = night(
        household_register=[LI, namesake, *CROWD],
        pension_roll=[
            {"name": "李国强", "id_number": LI["id_number"].replace("0", "O", 1), "birth_date": "1945-03-12"}
        ],
    )
    assert n.link("pension_roll") == (n.person(1), "strong")


def test_a_like_named_guardians_number_does_not_link_the_child_to_the_guardian(night: MakeNight) -> None:
    n = night(
        household_register=[LI, *CROWD],
        disability_certificate=[
            {"name": "李国", "id_number": LI["id_number"], "birth_date": "2015-06-01", "sex": "F"}
        ],
    )
    assert n.link("disability_certificate")[1] in ("review", "new")


def test_a_damaged_number_in_the_register_is_found_from_the_right_one(night: MakeNight) -> None:
    """The name on the row lacks a character, too, and the birth date is the lunar one."""
    right = number("19430206", 213)
    person = resident("余良庆", "19430206", 213, id_number=right[:9] + "9" + right[10:])
    n = night(
        household_register=[person, resident("余大海", "19380101", 101)],
        hardship_roll=[{"name": "余良", "id_number": right, "birth_date": "1943-01-02"}],
    )
    assert n.link("hardship_roll") == (n.person(1), "strong")


ROUND_DAY = next(f"194702{day}" for day in range(10, 29) if number(f"194702{day}", 400).endswith("000"))


@pytest.mark.parametrize(
    ("birth", "in_register", "level"),
    [
        ("19410930", lambda right: right[:10], "scientific"),
        ("19410930", lambda right: right.replace("0", "O"), "letters for digits"),
        ("19410930", lambda right: right[:15] + "000", "first 15"),
        ("19410930", lambda right: f"{right[0]}.{right[1:15]}E+17", "first 15"),
        (ROUND_DAY, lambda right: right[:15] + "000", "first 15"),
    ],
    ids=["cut", "letters", "spreadsheet", "scientific form", "spreadsheet, by chance valid"],
)
def test_what_is_left_of_a_number_in_the_register_is_no_other_number(
    night: MakeNight, birth: str, in_register: Any, level: str
) -> None:
    right = number(birth, 408)
    person = resident("曾美金", birth, 408, id_number=in_register(right), phone="13800001111")
    n = night(
        household_register=[person, *CROWD],
        pension_roll=[{"name": "曾美金", "id_number": right, "phone": "13800001111"}],
        ability_assessment=[{"name": "曾美全", "id_number": right}],
    )
    assert n.one("SELECT number_level FROM identity.score WHERE name_level = 'equal'") == level
    assert n.link("pension_roll") == (n.person(1), "strong")
    linked, grade = n.link("ability_assessment")
    assert linked == n.person(1) if grade == "strong" else n.could_be("ability_assessment") == {n.person(1)}


def test_the_date_in_a_number_finds_who_has_lost_the_number_in_the_register(night: MakeNight) -> None:
    person = resident("曾美金", "19410930", 408, id_number=number("19410930", 408)[:10])
    n = night(
        household_register=[person, *CROWD],
        ability_assessment=[
            {"name": "曾美玲", "birth_date": "1941-01-01", "id_number": number("19410930", 408)}
        ],
    )
    assert n.one("SELECT count(*) FROM identity.comparison WHERE person_key = ?", n.person(1)) == 1


def test_a_number_two_edits_away_with_a_damaged_name_could_still_be_the_persons(night: MakeNight) -> None:
    person = resident("贾素春", "19470806", 748)
    damaged = person["id_number"][:6] + "2" + person["id_number"][7:15] + "6" + person["id_number"][16:]
    namesake = resident("贾素香", "19880102", 122)
    n = night(
        household_register=[person, namesake, *CROWD], death_record=[{"name": "贾素香", "id_number": damaged}]
    )
    assert n.link("death_record")[1] in ("review", "new")
    assert n.person(1) in n.could_be("death_record")


def test_a_twin_does_not_get_a_row_whose_number_is_nearer_to_the_other_twins(night: MakeNight) -> None:
    person = resident("马晓艳", "19750127", 202, birth_date="1974-12-16", phone=None)
    twin = resident("马晓春", "19750127", 206, household_no=person["household_no"], phone="13700001111")
    damaged = person["id_number"][:17] + ("8" if person["id_number"][17] != "8" else "9")
    n = night(
        household_register=[person, twin, *CROWD],
        hardship_roll=[
            {"name": "马晓？", "id_number": damaged, "birth_date": "1975-01-01", "phone": twin["phone"]}
        ],
    )
    linked, grade = n.link("hardship_roll")
    assert (linked, grade) == (n.person(1), "strong") or grade in ("review", "new")
    assert n.one("SELECT person_key FROM identity.best_candidate") == n.person(2)


def test_two_edits_far_apart_in_the_number_find_a_name_that_sounds_alike(night: MakeNight) -> None:
    person = resident("彭平超", "19710314", 605, birth_date="1971-01-01")
    digits = list(person["id_number"])
    digits[0], digits[8] = "0", "4"
    n = night(
        household_register=[person, *CROWD], benefit_roll=[{"name": "彭萍超", "id_number": "".join(digits)}]
    )
    assert n.one("SELECT count(*) FROM identity.comparison WHERE person_key = ?", n.person(1)) == 1
    assert n.link("benefit_roll") == (n.person(1), "strong") or n.could_be("benefit_roll") == {n.person(1)}


def test_a_surname_with_phone_and_birthday_could_be_the_persons(night: MakeNight) -> None:
    person = resident("白长", "19561120", 391, id_number="411024561120391", phone="15833750771")
    row = {"name": "白勇祥", "birth_date": "1957-11-20", "phone": person["phone"]}
    n = night(household_register=[person, *CROWD], disability_certificate=[row])
    assert n.link("disability_certificate")[1] in ("review", "new")
    assert n.could_be("disability_certificate") == {n.person(1)}


def test_an_error_in_name_and_date_may_be_the_persons_where_phone_or_address_agree(night: MakeNight) -> None:
    person = resident("曾美金", "19410930", 408, phone="13800001111")
    errors = [
        {"birth_date": "1941-01-01", "address": "青山镇柳村1号"},
        {"birth_date": "1941-10-01", "phone": "13800001111"},
        {"birth_date": "1940-09-30", "address": "柳村1号"},
    ]
    rows = [{"name": "曾美玲", **error} for error in errors]
    n = night(household_register=[person, *CROWD], hardship_roll=rows)
    for row in (1, 2, 3):
        assert n.link("hardship_roll", row)[1] in ("review", "new")
    assert n.one("SELECT count(*) FROM identity.weak_candidate WHERE person_key = ?", n.person(1)) == 3


def test_another_name_with_a_letter_for_a_digit_in_the_number_could_be_the_persons(night: MakeNight) -> None:
    person = resident("马正", "19420620", 621)
    n = night(
        household_register=[person],
        benefit_roll=[
            {"name": "冯正", "id_number": person["id_number"].replace("0", "O", 1), "programme": "a"}
        ],
    )
    assert n.link("benefit_roll")[1] in ("new", "review")
    assert n.could_be("benefit_roll") == {n.person(1)}
