"""A clerk's word binds the nights that follow, and lapses when the row changes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from identity_nights import MakeNight, Night, resident

from outreach.identity import clerical

A = resident("张建国", "19500505", 111, household_no="A", residence_address="柳村1号")
B = resident("张建国", "19500505", 113, household_no="B", residence_address="柳村9号")
ROW = {"name": "张建国", "birth_date": "1950-05-05", "sex": "M"}
NOW = dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)


def _say(path: Path, night: Night, same: bool, person_row: int) -> None:
    subject = night.one("SELECT subject FROM identity.review WHERE left_extract = 'care_survey'")
    person_id = night.person_id("household_register", person_row)
    clerical.decide(path, subject=subject, person_id=person_id, same=same, by="c1", at=NOW)


def test_same_links_and_the_last_word_counts(night: MakeNight, tmp_path: Path) -> None:
    decisions = tmp_path / "state" / clerical.FILE_NAME
    first = night(household_register=[A, B], care_survey=[ROW])
    assert first.link("care_survey")[1] == "review"
    _say(decisions, first, True, 1)
    _say(decisions, first, False, 1)
    _say(decisions, first, True, 2)
    with decisions.open("a") as file:
        file.write('{"subject": "cut')
    second = night(household_register=[A, B], care_survey=[ROW])
    assert second.link("care_survey") == (second.person(2), "strong")
    changed = night(household_register=[A, B], care_survey=[{**ROW, "phone": "13800001111"}])
    assert changed.link("care_survey")[1] == "review"


def test_not_same_is_never_proposed_again(night: MakeNight, tmp_path: Path) -> None:
    row = {"name": "孙大海", "id_number": A["id_number"]}
    first = night(household_register=[A], care_survey=[row])
    assert first.link("care_survey") == (first.person(1), "review")
    _say(tmp_path / "state" / clerical.FILE_NAME, first, False, 1)
    n = night(household_register=[A], care_survey=[row])
    assert n.link("care_survey")[1] == "new"
    assert n.could_be("care_survey") == set()
    assert n.one("SELECT count(*) FROM identity.review") == 0


def test_a_pair_keeps_its_id_where_rows_move_and_rows_that_read_alike_have_two(night: MakeNight) -> None:
    stranger = resident("王芳", "19600101", 222, household_no="C")
    row = {"name": "孙大海", "id_number": A["id_number"]}
    other = {"name": "赵六", "id_number": A["id_number"]}
    ids = "SELECT array_sort(list(pair_id)) FROM identity.review"
    first = night(household_register=[A], care_survey=[row]).one(ids)
    moved = night(household_register=[stranger, A], care_survey=[other, row, row]).one(ids)
    assert len(first) == 1
    assert len(moved) == 3
    assert {first[0], f"{first[0]}-2"} < set(moved)


def test_two_register_rows_with_one_number_can_be_joined_and_parted_again(
    night: MakeNight, tmp_path: Path
) -> None:
    other = {**A, "name": "李大海", "household_no": "C"}
    first = night(household_register=[A, other])
    ids = {first.person_id("household_register", row) for row in (1, 2)}
    assert len(ids) == 2
    pair = {c: first.one(f"SELECT {c} FROM identity.review") for c in ("subject", "other_subject")}
    decisions = tmp_path / "state" / clerical.FILE_NAME
    clerical.decide(decisions, **pair, same=True, by="c1", at=NOW)
    younger = first.person_id("household_register", 2)
    merged = night(household_register=[A, other], outreach_outcome=[{"person_id": younger, "name": "张建国"}])
    assert merged.person(1) == merged.person(2)
    assert merged.person_id("household_register", 1) in ids
    assert merged.link("outreach_outcome") == (merged.person(1), "exact")
    clerical.decide(decisions, **pair, same=False, by="c1", at=NOW)
    parted = night(household_register=[A, other])
    assert {parted.person_id("household_register", row) for row in (1, 2)} == ids
    parted.con.execute(f"ATTACH '{tmp_path / 'state' / 'registry.duckdb'}' AS kept (READ_ONLY)")
    assert parted.con.execute("SELECT kind FROM kept.event ORDER BY ALL").fetchall() == [
        ("merge",),
        ("split",),
    ]


def test_a_decision_names_one_thing_and_its_hour(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    with pytest.raises(ValueError, match="person or another"):
        clerical.decide(path, subject="s", same=True, by="c1", at=NOW)
    with pytest.raises(ValueError, match="zone"):
        clerical.decide(path, subject="s", person_id="p", same=True, by="c1", at=NOW.replace(tzinfo=None))
    assert not path.exists()
