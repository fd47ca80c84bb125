"""The register against itself: who is in it twice, and who is not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from identity_nights import MakeNight, number, resident

from outreach.identity import clerical

A = resident("李国强", "19450312", 511)


NAMES = ["李国强", "孙德胜", "钱永福", "冯宝山", "褚文忠", "蒋有才", "沈国梁", "韩志刚"]


def somebody(place: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """A resident of another name and day for each place, and where the same person lives next."""
    name, birth = NAMES[place], f"{1940 + place}0{1 + place % 9}1{place % 9}"
    home = {"household_no": f"S{place}", "residence_address": f"{name[0]}家湾{place}号"}
    return (
        resident(name, birth, 511, **home),
        {"household_no": f"M{place}", "residence_address": f"{name[0]}家坝{place}号"},
    )


def another_number(row: dict[str, Any], sequence: int) -> str:
    """A valid number of the same day."""
    return number(row["id_number"][6:14], sequence)


def _swapped(id_number: str, one: Any, other: Any) -> Any:
    digits = list(id_number)
    digits[one], digits[other] = digits[other], digits[one]
    return "".join(digits)


def one_edit(row: dict[str, Any]) -> str:
    return "8".join((row["id_number"][:1], row["id_number"][2:]))


def families(
    makers: Mapping[str, Callable[[dict[str, Any], dict[str, Any]], list[dict[str, Any]]]],
) -> tuple[list[dict[str, Any]], dict[str, list[int]]]:
    """The rows of all cases for one register, and the row numbers of each."""
    register: list[dict[str, Any]] = []
    places = {}
    for place, (case, make) in enumerate(makers.items()):
        rows = make(*somebody(place))
        places[case] = list(range(len(register) + 1, len(register) + len(rows) + 1))
        register += rows
    return register, places


ONE_PERSON: dict[str, Callable[[dict[str, Any], dict[str, Any]], list[dict[str, Any]]]] = {
    "one number and one name": lambda a, new: [a, {**a, **new, "status": "3"}],
    "a former number": lambda a, new: [
        a, {**a, **new, "id_number": another_number(a, 613), "former_id_number": a["id_number"]}
    ],
    "a chain of former numbers": lambda a, new: [
        a,
        {**a, "id_number": another_number(a, 613), "former_id_number": a["id_number"]},
        {**a, "id_number": another_number(a, 615), "former_id_number": another_number(a, 613)},
    ],
    "one number and name with an error in the birth date": lambda a, new: [
        a, {**a, "birth_date": f"1985{a['birth_date'][4:]}"}
    ],
    "moved, digits of the number transposed on the way": lambda a, new: [
        {**a, "status": "3"}, {**a, **new, "id_number": _swapped(a["id_number"], 15, 16)}
    ],
    "moved, number cut short on the way": lambda a, new: [
        {**a, "status": "3"}, {**a, **new, "id_number": a["id_number"][:17]}
    ],
    "moved, another check character on the way": lambda a, new: [
        {**a, "status": "3"},
        {**a, **new, "id_number": a["id_number"][:17] + ("1" if a["id_number"][17] != "1" else "2")},
    ],
    "moved, an error in the number and another in the birth date": lambda a, new: [
        {**a, "status": "3"},
        {**a, **new, "id_number": one_edit(a),
         "birth_date": f"{int(a['birth_date'][:4]) - 1}{a['birth_date'][4:]}"},
    ],
}  # fmt: skip
"""Register rows of one person, from a resident and the new home."""


@pytest.mark.parametrize("case", ONE_PERSON)
def test_these_rows_are_one_person(shared_night: MakeNight, case: str) -> None:
    register, places = families(ONE_PERSON)
    n = shared_night(household_register=register)
    assert len({n.person(row) for row in places[case]}) == 1
    assert n.one("SELECT count(*) FROM identity.person") == len(ONE_PERSON)


TWO_PEOPLE: dict[str, Callable[[dict[str, Any], dict[str, Any]], list[dict[str, Any]]]] = {
    "a former number of another name": lambda a, new: [
        a, resident("贺大川", "19330312", 613, **new, former_id_number=a["id_number"])
    ],
    "one number under two names": lambda a, new: [a, {**a, **new, "name": "龚大海"}],
    "no number": lambda a, new: [a, {**a, "name": "周小梅", "id_number": None, "sex": "F"}],
    "one name and day, both numbers good": lambda a, new: [
        a, {**a, **new, "id_number": another_number(a, 613)}
    ],
    "a former number under another name, born that day": lambda a, new: [
        {**a, "status": "3"},
        {**a, **new, "name": a["name"][:2] + "平", "id_number": another_number(a, 613),
         "former_id_number": a["id_number"]},
    ],
    "a son under his father's number with one error": lambda a, new: [
        a, {**a, **new, "id_number": one_edit(a), "birth_date": "1972-08-30"}
    ],
}  # fmt: skip
"""Register rows of two people."""

DOUBTED = {
    "a former number of another name": None,
    "one number under two names": None,
    "no number": None,
    "one name and day, both numbers good": False,
    "a former number under another name, born that day": True,
    "a son under his father's number with one error": True,
}
"""Whether the second row could be the first person's (None: not looked at)."""

ASKED = {
    "one number under two names": 1,
    "one name and day, both numbers good": 0,
    "a former number under another name, born that day": 1,
}
"""How many pairs a clerk is given."""


@pytest.mark.parametrize("case", TWO_PEOPLE)
def test_these_rows_are_two_people(shared_night: MakeNight, case: str) -> None:
    register, places = families(TWO_PEOPLE)
    n = shared_night(household_register=register)
    first, second = places[case]
    assert n.person(first) != n.person(second)
    assert n.link("household_register", second)[1] == "exact"
    if (doubted := DOUBTED[case]) is not None:
        assert n.could_be("household_register", second) == ({n.person(first)} if doubted else set())
        assert n.could_be("household_register", first) == ({n.person(second)} if doubted else set())
    if case in ASKED:
        pairs = "SELECT count(*) FROM identity.review WHERE left_extract = 'household_register'"
        assert n.one(f"{pairs} AND left_row_number IN (?, ?)", first, second) == ASKED[case]


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
