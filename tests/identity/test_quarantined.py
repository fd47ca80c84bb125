"""Whose a row in quarantine may be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from identity_nights import Night, number, resident

ROLL = "benefit_roll"
WANG = resident(
    "王桂芳", "19410305", 122, residence_address="青山镇柳村3组8号", registered_address="青山镇柳村3组8号"
)
NAMESAKES = [
    resident("王桂芳", f"194{i}0909", 100 + 2 * i, household_no=f"N{i}", area_code=f"34010200100{i}")
    for i in range(2, 5)
]
OTHER = resident("赵玉兰", "19420404", 324, household_no="O")

Nights = Callable[..., Night]


def row(place: int = 1, extract: str = ROLL, **more: Any) -> dict[str, Any]:
    return {"extract": extract, "row_number": place, **more}


def test_a_valid_number_leads_whatever_the_name(night: Nights) -> None:
    former = number("19410306", 122)
    moved = {**OTHER, "former_id_number": former}
    n = night(
        household_register=[WANG, moved, *NAMESAKES],
        quarantined=[
            row(1, number18=WANG["id_number"], name_key="赵玉兰"),
            row(2, number18=former),
            row(3, number18=number("19300101", 555)),
        ],
    )
    assert n.guarded(ROLL, 1) == {n.person(1)}
    assert n.guarded(ROLL, 2) == {n.person(2)}
    assert n.guarded(ROLL, 3) == set()


def test_a_damaged_number_leads_where_one_edit_mends_it_and_the_name_may_fit(night: Nights) -> None:
    own = WANG["id_number"]
    wrong = own[:8] + str((int(own[8]) + 1) % 10) + own[9:]
    swapped = own[:15] + own[16] + own[15] + own[17]
    n = night(
        household_register=[WANG, OTHER],
        quarantined=[
            row(1, damaged_number=wrong),
            row(2, damaged_number=own[:-1]),
            row(3, damaged_number=swapped),
            row(4, damaged_number=wrong, name_key="李国强"),
            row(5, damaged_number=own[:4] + "88" + own[6:]),
        ],
    )
    assert [n.guarded(ROLL, place) for place in (1, 2, 3)] == [{n.person(1)}] * 3
    assert n.guarded(ROLL, 4) == set()
    assert n.guarded(ROLL, 5) == set()


def test_a_name_leads_where_at_most_three_remain(night: Nights) -> None:
    register = [WANG, *NAMESAKES]
    n = night(household_register=register, quarantined=[row(name_key="王桂芳")])
    assert n.guarded(ROLL) == set()
    n = night(household_register=register[:3], quarantined=[row(name_key="王桂芳")])
    assert n.guarded(ROLL) == {n.person(place) for place in (1, 2, 3)}


def test_what_else_the_row_has_narrows_a_name_down(night: Nights) -> None:
    name = "王桂芳"
    n = night(
        household_register=[WANG, *NAMESAKES],
        quarantined=[
            row(1, name_key=name, birth_date="1941-03-05"),
            row(2, name_key=name, birth_date="1950-01-01"),
            row(3, name_key=name, sex="M"),
            row(4, name_key=name, address_key="安徽省青山镇柳村3-8-"),
            row(5, name_key=name, area_code="340102001003"),
            row(6, name_key=name, number18=number("19420909", 990)),
            row(7, name_key=name, birth_date="1941-03-05", is_by_column=False),
            row(8, name_key=name, birth_date="2021-05-01", is_by_column=False),
        ],
    )
    wang, third = n.person(1), n.person(3)
    assert n.guarded(ROLL, 1) == {wang}
    assert n.guarded(ROLL, 2) == set()
    assert n.guarded(ROLL, 3) == set()
    assert n.guarded(ROLL, 4) == {wang}
    assert n.guarded(ROLL, 5) == {third}
    assert n.guarded(ROLL, 6) == {n.person(2)}
    assert n.guarded(ROLL, 7) == {wang}
    assert n.guarded(ROLL, 8) == set()


def test_a_former_name_leads_too(night: Nights) -> None:
    renamed = {**OTHER, "former_name": "赵小兰"}
    n = night(household_register=[WANG, renamed], quarantined=[row(name_key="赵小兰")])
    assert n.guarded(ROLL) == {n.person(2)}


def test_a_published_id_leads_unless_the_name_speaks_against_it(night: Nights) -> None:
    first = night(household_register=[WANG, OTHER])
    known = first.person_id("household_register", 1)
    outcome = "outreach_outcome"
    n = night(
        household_register=[WANG, OTHER],
        quarantined=[
            row(1, outcome, person_id=known),
            row(2, outcome, person_id=known, name_key="王桂芳", number18=OTHER["id_number"]),
            row(3, outcome, person_id=known, name_key="赵玉兰"),
            row(4, outcome, person_id="a" * 20),
        ],
    )
    assert n.guarded(outcome, 1) == {n.person(1)}
    assert n.guarded(outcome, 2) == {n.person(1)}
    assert n.guarded(outcome, 3) == {n.person(2)}
    assert n.guarded(outcome, 4) == set()


def test_a_name_of_very_many_leads_by_birth_date_or_address_only(night: Nights) -> None:
    crowd = [
        resident(
            "李秀英", f"19{30 + i // 300}{i // 28 % 11 + 1:02d}{i % 28 + 1:02d}", i, household_no=f"C{i}"
        )
        for i in range(310)
    ]
    for i, one in enumerate(crowd):
        one["residence_address"] = one["registered_address"] = f"青山镇柳村{i + 1}号"
    n = night(
        household_register=crowd,
        quarantined=[
            row(1, name_key="李秀英"),
            row(2, name_key="李秀英", birth_date=crowd[7]["birth_date"], address_key="青山镇柳村8-"),
            row(3, name_key="李秀英", address_key="青山镇柳村9-"),
        ],
    )
    assert n.guarded(ROLL, 1) == set()
    assert n.guarded(ROLL, 2) == {n.person(8)}
    assert n.guarded(ROLL, 3) == {n.person(9)}
