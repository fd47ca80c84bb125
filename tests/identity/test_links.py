"""The hard cases of linking, each as one small night."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from identity_nights import MakeNight, Night, Rows, number, resident

LI = resident("李国强", "19450312", 511)
CROWD = [
    resident(name, f"19{40 + i}0{1 + i % 9}1{i % 9}", 100 + i, household_no=f"H{i + 10}")
    for i, name in enumerate(["王芳", "张建军", "刘秀英", "陈志明", "赵玉兰", "周海燕", "吴桂芳", "徐德福"])
]


def swapped(number18: str) -> str:
    """The number with two digits swapped ten places apart: the check character still fits."""
    digits = list(number18)
    digits[1], digits[11] = digits[11], digits[1]
    return "".join(digits)


SWAPPED = resident("钱永福", "19430308", 515, household_no="S1", residence_address="钱家湾3组1号")
SHORT = resident("孙德胜", "19440521", 513, household_no="S2", residence_address="孙家湾3组2号")
EDITED = resident("冯宝山", "19460914", 517, household_no="S3", residence_address="冯家湾3组3号")
SHEET = resident("褚文忠", "19470225", 519, household_no="S4", residence_address="褚家湾3组4号")
MOVED = resident("蒋有才", "19480119", 521, household_no="S5", former_id_number=number("19480119", 355))
MINORITY = resident("玛依拉·阿不都拉", "19400612", 420, household_no="S6")
LACKING = resident("沈国梁", "19490703", 523, household_no="S7", id_number="3.40102E+17")
LETTERS = resident("韩志刚", "19500603", 525, household_no="S8", residence_address="韩家湾3组8号")
NAMESAKE = resident("韩志刚", "19500603", 733, household_no="S9", residence_address="王村3号")
SLIP = number("19430206", 213)
SLIPPED = resident("余良庆", "19430206", 213, household_no="S10", id_number=SLIP[:9] + "9" + SLIP[10:])

CASES: dict[str, tuple[dict[str, Any], str, dict[str, Any], str]] = {
    "number and name": (LI, "visit_log", {"id_number": LI["id_number"]}, "exact"),
    "a lunar birth date on an equal number": (
        LI, "death_record", {"id_number": LI["id_number"], "birth_date": "1945-01-28", "sex": "M"}, "strong"
    ),
    "digits swapped ten places apart: a valid number of nobody": (
        SWAPPED, "pension_roll",
        {"id_number": swapped(SWAPPED["id_number"]), "birth_date": "1943-03-08", "sex": "M"}, "strong",
    ),
    "the number with fifteen digits": (
        SHORT, "visit_log", {"id_number": SHORT["id_number"][:6] + SHORT["id_number"][8:17]}, "exact"
    ),
    "one edit in the number": (
        EDITED, "pension_roll",
        {"id_number": EDITED["id_number"][:8] + "9" + EDITED["id_number"][9:], "sex": "M"}, "strong",
    ),
    "a spreadsheet left six digits": (
        SHEET, "pension_roll", {"id_number": "3.40102E+17", "birth_date": "1947-02-25", "sex": "M"}, "strong"
    ),
    "a spreadsheet left fifteen digits": (
        SHEET, "pension_roll", {"id_number": SHEET["id_number"][:15] + "000", "sex": "M"}, "strong"
    ),
    "a spreadsheet wrote it with an exponent": (
        SHEET, "pension_roll",
        {"id_number": f"{SHEET['id_number'][0]}.{SHEET['id_number'][1:15]}E+17", "sex": "M"}, "strong",
    ),
    "a former number": (MOVED, "benefit_roll", {"id_number": MOVED["former_id_number"]}, "exact"),
    "a minority name cut at the dot": (
        MINORITY, "death_record",
        {"name": "玛依拉", "id_number": MINORITY["id_number"], "birth_date": "1940-06-12"}, "exact",
    ),
    "a number that the register lacks still tells the birth date": (
        LACKING, "health_management", {"id_number": number("19490703", 523)}, "strong"
    ),
    "letters for digits are read as digits before a namesake of the day": (
        LETTERS, "pension_roll",
        {"id_number": LETTERS["id_number"].replace("0", "O", 1), "birth_date": "1950-06-03"}, "strong",
    ),
    "the right number for a damaged one in the register, name and date damaged, too": (
        SLIPPED, "hardship_roll", {"name": "余良", "id_number": SLIP, "birth_date": "1943-01-02"}, "strong"
    ),
}  # fmt: skip
"""A person, and a row of an extract that is linked to the person with this grade. The people have nothing in
common, so that one night holds all cases."""


def linked_rows(shared_night: MakeNight) -> tuple[Night, dict[str, int], dict[str, int]]:
    """One night of all cases; of each its row, and its person's key."""
    people = [LI, SWAPPED, SHORT, EDITED, SHEET, MOVED, MINORITY, LACKING, LETTERS, NAMESAKE, SLIPPED]
    rows: dict[str, Rows] = {}
    place = {}
    for name, (person, extract, row, _) in CASES.items():
        rows.setdefault(extract, []).append({"name": person["name"], **row})
        place[name] = len(rows[extract])
    n = shared_night(household_register=[*people, *CROWD], **rows)
    return n, place, {name: n.person(people.index(case[0]) + 1) for name, case in CASES.items()}


@pytest.mark.parametrize("case", CASES)
def test_a_row_is_linked_to_its_person(shared_night: MakeNight, case: str) -> None:
    n, place, person = linked_rows(shared_night)
    _, extract, _, grade = CASES[case]
    assert n.link(extract, place[case]) == (person[case], grade)


def test_reasons_say_the_evidence_without_personal_data(shared_night: MakeNight) -> None:
    n, place, _ = linked_rows(shared_night)
    reasons = "SELECT reasons FROM identity.link WHERE extract = 'pension_roll' AND row_number = ?"
    words = n.one(reasons, place["one edit in the number"])
    assert "号码一处之差" in words
    assert "姓名一致" in words
    assert not set(EDITED["name"]) & set(words)
    assert CASES["one edit in the number"][2]["id_number"] not in words


def test_a_swap_ten_places_apart_leaves_a_valid_number() -> None:
    other = swapped(SWAPPED["id_number"])
    assert number(other[6:14], int(other[14:17]), other[:6]) == other


HOLDERS = {
    "father": resident("姜国", "19700101", 313, household_no="O1"),
    "son": resident("姜国强", "19950101", 317, household_no="O1"),
    "holder": resident("吴振华", "19420117", 525, household_no="O2"),
    "guardian": resident("郑大有", "19510912", 527, household_no="O3"),
    "ward": resident("郑小宝", "20150601", 213, household_no="O3", residence_address="青山镇郑村7号"),
    "husband": resident("曹大山", "19440212", 529, household_no="O4"),
    "wife": resident("杨桂兰", "19470820", 220, household_no="O4"),
    "husband of the damaged name": resident("金大川", "19431105", 531, household_no="O5"),
    "damaged name": resident("谢荣莲", "19480630", 222, household_no="O5"),
    "rejected": resident("魏国强", "19411203", 533, household_no="O6"),
    "like-named guardian": resident("陶国强", "19460722", 535, household_no="O7"),
    "on the roll": resident("贾蓓娣", "19270307", 420, household_no="O8", residence_address="李村5号"),
    "owner": resident("刘盛宇", "19301114", 311, household_no="O9", residence_address="王村7号"),
    "guarded": resident("赵志", "19550101", 517, household_no="O10"),
}


def others_numbers(shared_night: MakeNight) -> tuple[Night, dict[str, int]]:
    """One night of rows under another person's number, and the keys of the register's people."""
    of = {who: row["id_number"] for who, row in HOLDERS.items()}
    n = shared_night(
        household_register=[*HOLDERS.values(), *CROWD],
        benefit_roll=[{"name": "姜国", "id_number": of["son"]}],
        visit_log=[{"name": "孙大海", "id_number": of["holder"]}],
        disability_certificate=[
            {
                "name": "郑小宝",
                "id_number": of["guardian"],
                "birth_date": "2015-06-01",
                "sex": "M",
                "guardian_name": "郑大有",
                "address": "青山镇郑村7号",
            },
            {"name": "陶国", "id_number": of["like-named guardian"], "birth_date": "2015-06-01", "sex": "F"},
        ],
        ability_assessment=[
            {"name": "杨桂兰", "id_number": of["husband"], "birth_date": "1947-08-20", "sex": "F"},
            {"name": "孙二娘", "id_number": of["rejected"], "birth_date": "1980-02-02", "sex": "F"},
        ],
        death_record=[{"name": "谢菜莲", "id_number": of["husband of the damaged name"], "sex": "F"}],
        family_planning=[{"name": "贾蓓?", "id_number": of["owner"], "birth_date": "1927-07-03", "sex": "F"}],
        hardship_roll=[{"name": "赵ZHI", "id_number": of["owner"], "sex": "M"}],
    )
    return n, {who: n.person(row) for row, who in enumerate(HOLDERS, 1)}


def test_a_relative_of_a_like_name_does_not_get_the_holders_row(shared_night: MakeNight) -> None:
    n, key = others_numbers(shared_night)
    assert n.link("benefit_roll")[1] == "review"
    assert n.could_be("benefit_roll") == {key["father"], key["son"]}


def test_a_number_of_another_name_goes_to_a_clerk(shared_night: MakeNight) -> None:
    n, key = others_numbers(shared_night)
    assert n.link("visit_log") == (key["holder"], "review")
    assert n.one("SELECT count(*) FROM identity.review WHERE left_extract = 'visit_log'") == 1
    assert n.could_be("visit_log") == {key["holder"]}


def test_a_guardians_number_on_a_childs_certificate_does_not_link_to_the_guardian(
    shared_night: MakeNight,
) -> None:
    n, key = others_numbers(shared_night)
    person, grade = n.link("disability_certificate", 1)
    assert person == key["ward"]
    assert grade in ("strong", "review")


def test_a_like_named_guardians_number_does_not_link_the_child_to_the_guardian(
    shared_night: MakeNight,
) -> None:
    n, _ = others_numbers(shared_night)
    assert n.link("disability_certificate", 2)[1] in ("review", "new")


def test_the_spouses_number_does_not_link_to_the_spouse(shared_night: MakeNight) -> None:
    n, key = others_numbers(shared_night)
    assert n.link("ability_assessment", 1)[0] == key["wife"]


def test_a_row_under_the_spouses_number_links_to_the_person_even_by_a_damaged_name(
    shared_night: MakeNight,
) -> None:
    n, key = others_numbers(shared_night)
    assert n.link("death_record")[0] == key["damaged name"]


def test_evidence_against_everybody_proposes_nobody_but_guards_the_holder(shared_night: MakeNight) -> None:
    n, key = others_numbers(shared_night)
    assert n.link("ability_assessment", 2)[1] == "new"
    assert n.could_be("ability_assessment", 2) == {key["rejected"]}


def test_the_row_of_one_who_has_anothers_number_guards_its_holder(shared_night: MakeNight) -> None:
    n, key = others_numbers(shared_night)
    assert n.link("family_planning")[0] == key["on the roll"]
    assert key["guarded"] in n.could_be("hardship_roll")


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


HUSBANDS = [resident("王伟", f"19{40 + i}0101", 311, household_no=f"K{i}") for i in range(4)]
WIVES = [
    resident(name, f"19{40 + i}0202", 320, household_no=f"K{i}")
    for i, name in enumerate(["孙秀兰", "何翠花", "马桂香", "高玉珍"])
]
OWNERS = [
    resident("张建国", f"19{50 + i}0505", 111, household_no=f"Z{i}", residence_address=f"{i}村")
    for i in range(5)
]
TWINS = [
    resident("赵文博", "20100101", 311, household_no="T", residence_address="青山镇桃村8号"),
    resident("赵文涛", "20100101", 313, household_no="T", residence_address="青山镇桃村8号"),
]
OF_ONE_DAY = [
    resident(
        "刘建民", "19520606", 111, household_no="A", registered_address="柳村1号", residence_address=None
    ),
    resident(
        "刘建民", "19520606", 113, household_no="B", registered_address="柳村9号", residence_address=None
    ),
]
STRANGER = {"name": "何云", "id_number": number("19510101", 100, "420300")}
PEOPLE = [*HUSBANDS, *WIVES, *OWNERS, *TWINS, *OF_ONE_DAY, LI]


def several(shared_night: MakeNight) -> tuple[Night, Callable[[dict[str, Any]], int]]:
    """One night of rows that could be several people's, and who has which key in the register."""
    n = shared_night(
        household_register=[*PEOPLE, *CROWD],
        marriage_register=[
            {"husband_name": "王伟", "wife_name": "马桂香", "event": "1"},
            {"husband_name": "李国强", "husband_id_number": LI["id_number"], "event": "1"},
        ],
        care_survey=[
            {"name": "张建国", "id_number": number("19530505", 111), "phone": "13911112222"},
            {"name": "刘建民", "birth_date": "1952-06-06", "sex": "M"},
            {"name": "李国强", "id_number": number("19450312", 711), "birth_date": "1945-03-12"},
        ],
        visit_log=[{"name": "张建国", "phone": "13911112222"}, STRANGER, {**STRANGER, "name": "何芸"}],
        disability_certificate=[
            {"name": "赵文博", "id_number": TWINS[0]["id_number"], "birth_date": "2010-01-01"},
            {"name": "赵文涛", "birth_date": "2010-01-01", "sex": "M", "address": "青山镇桃村8号"},
            {"name": "赵文?", "birth_date": "2010-01-01", "sex": "M"},
        ],
        health_management=[{"name": "李国强", "id_number": number("19450312", 517)}],
        benefit_roll=[STRANGER],
    )
    return n, lambda person: n.person(PEOPLE.index(person) + 1)


def test_a_couple_without_numbers_is_found_by_both_names(shared_night: MakeNight) -> None:
    n, key = several(shared_night)
    assert n.link("marriage_register", 1, "husband")[0] == key(HUSBANDS[2])
    assert n.link("marriage_register", 1, "wife")[0] == key(WIVES[2])


def test_an_empty_side_of_a_marriage_has_its_link(shared_night: MakeNight) -> None:
    n, key = several(shared_night)
    assert n.link("marriage_register", 2, "husband") == (key(LI), "exact")
    assert n.link("marriage_register", 2, "wife")[1] == "new"
    assert n.could_be("marriage_register", 2, "wife") == set()


def test_a_phone_lent_by_another_extract_finds_its_owner(shared_night: MakeNight) -> None:
    n, key = several(shared_night)
    assert n.link("care_survey", 1) == (key(OWNERS[3]), "exact")
    assert n.link("visit_log", 1)[0] == key(OWNERS[3])


def test_twins_stay_apart(shared_night: MakeNight) -> None:
    n, key = several(shared_night)
    first, second = map(key, TWINS)
    assert first != second
    assert n.link("disability_certificate", 1) == (first, "exact")
    assert n.link("disability_certificate", 2)[0] == second
    assert n.link("disability_certificate", 3)[1] == "review"
    assert n.could_be("disability_certificate", 3) == {first, second}


def test_namesakes_of_one_village_and_day_go_to_a_clerk(shared_night: MakeNight) -> None:
    n, key = several(shared_night)
    first, second = map(key, OF_ONE_DAY)
    assert first != second
    assert n.link("care_survey", 2)[1] == "review"
    assert n.could_be("care_survey", 2) == {first, second}


def test_two_valid_numbers_are_two_people(shared_night: MakeNight) -> None:
    n, key = several(shared_night)
    assert n.link("health_management")[1] not in ("exact", "strong")
    assert n.link("care_survey", 3)[1] not in ("exact", "strong")
    assert key(LI) in n.could_be("care_survey", 3)


def test_people_from_elsewhere_are_one_person_over_extracts(shared_night: MakeNight) -> None:
    n, _ = several(shared_night)
    person, grade = n.link("visit_log", 2)
    assert grade == "new"
    assert n.link("visit_log", 3) == (person, "new")
    assert n.link("benefit_roll") == (person, "new")
    assert not n.one("SELECT in_register FROM identity.person WHERE person_key = ?", person)


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


ROUND_DAY = next(f"194702{day}" for day in range(10, 29) if number(f"194702{day}", 400).endswith("000"))


LEFT: dict[str, tuple[str, str, Callable[[str], str], str]] = {
    "cut": ("曾美金", "19410930", lambda right: right[:10], "scientific"),
    "letters": ("龚美兰", "19420811", lambda right: right.replace("0", "O"), "letters for digits"),
    "spreadsheet": ("罗美华", "19430722", lambda right: right[:15] + "000", "first 15"),
    "scientific form": ("邓美珍", "19440613", lambda right: f"{right[0]}.{right[1:15]}E+17", "first 15"),
    "spreadsheet, by chance valid": ("彭美英", ROUND_DAY, lambda right: right[:15] + "000", "first 15"),
}
"""Name, birth date, what the register has of the number, and the level of the right one."""


@pytest.mark.parametrize("left", LEFT)
def test_what_is_left_of_a_number_in_the_register_is_no_other_number(
    shared_night: MakeNight, left: str
) -> None:
    place = [*LEFT].index(left) + 1
    right = {name: number(birth, 408) for name, birth, _, _ in LEFT.values()}
    n = shared_night(
        household_register=[
            resident(
                name,
                birth,
                408,
                id_number=in_register(right[name]),
                phone=f"1380000111{i}",
                household_no=f"L{i}",
                residence_address=f"{name[0]}家村{i}号",
            )
            for i, (name, birth, in_register, _) in enumerate(LEFT.values())
        ]
        + CROWD,
        pension_roll=[
            {"name": name, "id_number": right[name], "phone": f"1380000111{i}"}
            for i, name in enumerate(right)
        ],
        ability_assessment=[{"name": f"{name[:2]}全", "id_number": right[name]} for name in right],
    )
    level = "SELECT number_level FROM identity.score WHERE name_level = 'equal' AND person_key = ?"
    assert n.one(level, n.person(place)) == LEFT[left][3]
    assert n.link("pension_roll", place) == (n.person(place), "strong")
    linked, grade = n.link("ability_assessment", place)
    guarded = n.could_be("ability_assessment", place)
    assert linked == n.person(place) if grade == "strong" else guarded == {n.person(place)}


NEAR = {
    "date": resident("曾美金", "19410930", 408, household_no="P1", id_number=number("19410930", 408)[:10]),
    "two edits": resident("贾素春", "19470806", 748, household_no="P2"),
    "namesake": resident("贾素香", "19880102", 122, household_no="P3"),
    "twin": resident("马晓艳", "19750127", 202, household_no="P4", birth_date="1974-12-16"),
    "nearer twin": resident("马晓春", "19750127", 206, household_no="P4", phone="13700001111"),
    "far apart": resident("彭平超", "19710314", 605, household_no="P5", birth_date="1971-01-01"),
    "birthday": resident(
        "白长", "19561120", 391, household_no="P6", id_number="411024561120391", phone="15833750771"
    ),
    "errors": resident(
        "董美金", "19420930", 410, household_no="P7", phone="13800001111",
        registered_address="青山镇董村7号", residence_address="青山镇董村7号",
    ),
    "letter": resident("鲁正", "19420620", 621, household_no="P8"),
}  # fmt: skip


def edited(number18: str, digits: dict[int, str]) -> str:
    """The number with other characters at these places."""
    return "".join(digits.get(place, character) for place, character in enumerate(number18))


def near_misses(shared_night: MakeNight) -> tuple[Night, dict[str, int]]:
    """One night of rows whose names and numbers are off, and the keys of the register's people."""
    twin, two_edits = NEAR["twin"]["id_number"], NEAR["two edits"]["id_number"]
    n = shared_night(
        household_register=[*NEAR.values(), *CROWD],
        ability_assessment=[
            {"name": "曾美玲", "birth_date": "1941-01-01", "id_number": number("19410930", 408)}
        ],
        death_record=[{"name": "贾素香", "id_number": edited(two_edits, {6: "2", 15: "6"})}],
        care_survey=[
            {
                "name": "马晓？",
                "id_number": edited(twin, {17: "8" if twin[17] != "8" else "9"}),
                "birth_date": "1975-01-01",
                "phone": "13700001111",
            }
        ],
        benefit_roll=[
            {"name": "彭萍超", "id_number": edited(NEAR["far apart"]["id_number"], {0: "0", 8: "4"})},
            {"name": "冯正", "id_number": NEAR["letter"]["id_number"].replace("0", "O", 1), "programme": "a"},
        ],
        disability_certificate=[{"name": "白勇祥", "birth_date": "1957-11-20", "phone": "15833750771"}],
        hardship_roll=[
            {"name": "董美玲", "birth_date": "1942-01-01", "address": "青山镇董村7号"},
            {"name": "董美玲", "birth_date": "1942-10-01", "phone": "13800001111"},
            {"name": "董美玲", "birth_date": "1941-09-30", "address": "董村7号"},
        ],
    )
    return n, {who: n.person(row) for row, who in enumerate(NEAR, 1)}


def test_the_date_in_a_number_finds_who_has_lost_the_number_in_the_register(shared_night: MakeNight) -> None:
    n, key = near_misses(shared_night)
    assert n.one("SELECT count(*) FROM identity.comparison WHERE person_key = ?", key["date"]) == 1


def test_a_number_two_edits_away_with_a_damaged_name_could_still_be_the_persons(
    shared_night: MakeNight,
) -> None:
    n, key = near_misses(shared_night)
    assert n.link("death_record")[1] in ("review", "new")
    assert key["two edits"] in n.could_be("death_record")


def test_a_twin_does_not_get_a_row_whose_number_is_nearer_to_the_other_twins(shared_night: MakeNight) -> None:
    n, key = near_misses(shared_night)
    linked, grade = n.link("care_survey")
    assert (linked, grade) == (key["twin"], "strong") or grade in ("review", "new")
    best = "SELECT person_key FROM identity.best_candidate JOIN identity.source_row USING (row_key)"
    assert n.one(f"{best} WHERE extract = 'care_survey'") == key["nearer twin"]


def test_two_edits_far_apart_in_the_number_find_a_name_that_sounds_alike(shared_night: MakeNight) -> None:
    n, key = near_misses(shared_night)
    person = key["far apart"]
    assert n.one("SELECT count(*) FROM identity.comparison WHERE person_key = ?", person) == 1
    assert n.link("benefit_roll", 1) == (person, "strong") or n.could_be("benefit_roll", 1) == {person}


def test_a_surname_with_phone_and_birthday_could_be_the_persons(shared_night: MakeNight) -> None:
    n, key = near_misses(shared_night)
    assert n.link("disability_certificate")[1] in ("review", "new")
    assert n.could_be("disability_certificate") == {key["birthday"]}


def test_an_error_in_name_and_date_may_be_the_persons_where_phone_or_address_agree(
    shared_night: MakeNight,
) -> None:
    n, key = near_misses(shared_night)
    for row in (1, 2, 3):
        assert n.link("hardship_roll", row)[1] in ("review", "new")
    assert n.one("SELECT count(*) FROM identity.weak_candidate WHERE person_key = ?", key["errors"]) == 3


def test_another_name_with_a_letter_for_a_digit_in_the_number_could_be_the_persons(
    shared_night: MakeNight,
) -> None:
    n, key = near_misses(shared_night)
    assert n.link("benefit_roll", 2)[1] in ("new", "review")
    assert n.could_be("benefit_roll", 2) == {key["letter"]}
