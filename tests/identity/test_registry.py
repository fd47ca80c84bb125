"""Ids that last: from night to night, through corrections, in any order."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from identity_nights import number, resident

A = resident("李国强", "19450312", 511)
B = resident("王芳", "19700101", 220)
ELSEWHERE = {"name": "何云", "id_number": number("19510101", 100, "420300")}


def test_ids_are_opaque_and_the_same_on_a_rerun(night):
    first = night(household_register=[A, B], visit_log=[ELSEWHERE, {"name": "无名氏"}])
    again = night(household_register=[A, B], visit_log=[ELSEWHERE, {"name": "无名氏"}])
    for extract, row in (
        ("household_register", 1),
        ("household_register", 2),
        ("visit_log", 1),
        ("visit_log", 2),
    ):
        assert first.person_id(extract, row) == again.person_id(extract, row)
        assert re.fullmatch(r"p[a-z2-7]{20}", first.person_id(extract, row))


def test_rows_in_another_order_keep_their_ids(night):
    first = night(household_register=[A, B])
    again = night(household_register=[B, A], as_of=dt.date(2026, 11, 1))
    assert first.person_id("household_register", 1) == again.person_id("household_register", 2)
    assert first.person_id("household_register", 2) == again.person_id("household_register", 1)


@pytest.mark.parametrize(
    "change",
    [
        {"id_number": number("19450312", 613)},
        {"name": "李建国"},
        {"household_no": "H9", "area_code": "340102002002"},
        {"id_number": None},
        {
            "id_number": number("19450312", 613),
            "former_id_number": number("19450312", 511),
            "name": "李建业",
            "former_name": "李国强",
            "household_no": "H9",
        },
    ],
)
def test_a_correction_or_a_move_keeps_the_id(night, change):
    first = night(household_register=[A, B])
    again = night(household_register=[B, {**A, **change}])
    assert first.person_id("household_register", 1) == again.person_id("household_register", 2)


def test_an_id_goes_to_one_person_only(night):
    night(household_register=[A])
    n = night(
        household_register=[A, {**A, "name": "孙大海", "household_no": "H2", "birth_date": "1960-01-01"}]
    )
    assert n.person_id("household_register", 1) != n.person_id("household_register", 2)


def test_a_number_corrected_away_does_not_carry_the_id_to_its_new_holder(night):
    wrong = {**A, "id_number": B["id_number"]}
    first = night(household_register=[wrong])
    again = night(household_register=[A, B])
    assert first.person_id("household_register", 1) == again.person_id("household_register", 1)
    assert again.person_id("household_register", 2) != first.person_id("household_register", 1)
