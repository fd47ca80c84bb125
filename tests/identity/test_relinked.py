"""Rows that read the same as on the last published night, but are linked otherwise."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest
from identity_nights import MakeNight, Night, resident

from outreach.identity import Released, clerical, forget_night, rebuild

A = resident("张建国", "19500505", 111, household_no="A", residence_address="柳村1号")
B = resident("张建国", "19500505", 113, household_no="B", residence_address="柳村9号")
OTHER = resident("孙大海", "19330303", 101)
ROW = {"name": "张建国", "birth_date": "1950-05-05", "sex": "M", "address": "柳村1号"}
FIRST, SECOND, THIRD = (dt.date(2026, 11, day) for day in (20, 21, 22))


def relinked(night: Night) -> list[tuple[Any, ...]]:
    return night.con.execute(
        "SELECT extract, row_number, grade, grade_before, person_id_before"
        " FROM identity.relinked ORDER BY ALL"
    ).fetchall()


def test_nothing_is_relinked_on_a_first_night_nor_on_a_night_like_the_last(night: MakeNight) -> None:
    assert relinked(night(household_register=[A, B], care_survey=[ROW], as_of=FIRST)) == []
    assert relinked(night(household_register=[B, A], care_survey=[{"name": "何云"}, ROW], as_of=SECOND)) == []


def test_a_row_that_lost_its_person_or_its_grade_is_told_with_what_it_was(night: MakeNight) -> None:
    before = night(household_register=[A], care_survey=[ROW, {**ROW, "name": "何云"}], as_of=FIRST)
    assert before.link("care_survey")[1] == "strong"
    person_id = before.person_id("household_register")
    elsewhere = night(household_register=[OTHER], care_survey=[{**ROW, "name": "何云"}, ROW], as_of=SECOND)
    now = elsewhere.link("care_survey", 2)[1]
    assert relinked(elsewhere) == [("care_survey", 2, now, "strong", person_id)]


def test_a_register_row_joined_to_another_person_is_relinked(night: MakeNight, tmp_path: Path) -> None:
    other = {**A, "name": "李大海", "household_no": "C"}
    first = night(household_register=[A, other], as_of=FIRST)
    pair = {c: first.one(f"SELECT {c} FROM identity.review") for c in ("subject", "other_subject")}
    clerical.decide(
        tmp_path / "state" / clerical.FILE_NAME, **pair, same=True, by="c1", at=dt.datetime.now(dt.UTC)
    )
    younger = first.person_id("household_register", 2)
    merged = night(household_register=[A, other], as_of=SECOND)
    assert relinked(merged) == [("household_register", 2, "exact", "exact", younger)]


@pytest.mark.parametrize("rerun", [SECOND, THIRD])
def test_it_refers_to_the_last_published_night(night: MakeNight, rerun: bool) -> None:
    """A night that was not published, or is run again, does not hide what it moved."""
    first = night(household_register=[A], care_survey=[ROW], as_of=FIRST)
    person_id = first.person_id("household_register")
    held = night(
        household_register=[OTHER], care_survey=[ROW, {"name": "何云"}], as_of=SECOND, published=FIRST
    )
    again = night(
        household_register=[OTHER], care_survey=[ROW, {"name": "何云"}], as_of=rerun, published=FIRST
    )
    now = held.link("care_survey")[1]
    assert relinked(held) == relinked(again) == [("care_survey", 1, now, "strong", person_id)]
    after = night(household_register=[OTHER], care_survey=[ROW], as_of=dt.date(2026, 11, 23), published=rerun)
    assert relinked(after) == []


def test_a_night_older_than_the_one_remembered_tells_nothing_and_leaves_it(night: MakeNight) -> None:
    night(household_register=[A], care_survey=[ROW], as_of=SECOND)
    assert relinked(night(household_register=[OTHER], care_survey=[ROW], as_of=FIRST)) == []
    assert relinked(night(household_register=[A], care_survey=[ROW], as_of=THIRD)) == []


def forget_fingerprints(state: Path) -> None:
    with duckdb.connect(str(state / "registry.duckdb")) as con:
        con.execute("DELETE FROM fingerprint")


def test_without_fingerprints_a_night_is_the_same_but_for_relinked(night: MakeNight, tmp_path: Path) -> None:
    first = night(household_register=[A, B], care_survey=[ROW], as_of=FIRST)
    forget_fingerprints(tmp_path / "state")
    again = night(household_register=[A, B], care_survey=[ROW], as_of=SECOND)
    assert first.link("care_survey") == again.link("care_survey")
    assert first.person_id("household_register", 2) == again.person_id("household_register", 2)
    assert relinked(again) == []


def test_fingerprints_are_kept_of_the_last_night_and_the_last_published_one(
    night: MakeNight, tmp_path: Path
) -> None:
    for as_of, published in ((FIRST, None), (SECOND, FIRST), (THIRD, FIRST)):
        night(household_register=[A], care_survey=[ROW], as_of=as_of, published=published)
    with duckdb.connect(str(tmp_path / "state" / "registry.duckdb"), read_only=True) as con:
        assert con.execute("SELECT DISTINCT night FROM fingerprint ORDER BY night").fetchall() == [
            (FIRST,),
            (THIRD,),
        ]


def test_a_registry_restored_from_a_backup_gives_nobody_the_ids_it_does_not_know(
    night: MakeNight, tmp_path: Path
) -> None:
    state = tmp_path / "state"
    night(household_register=[B, A], as_of=FIRST)
    (state / "registry.duckdb").unlink()
    night(household_register=[OTHER], as_of=FIRST)
    shutil.copy(state / "registry.duckdb", tmp_path / "backup")
    newer = night(household_register=[OTHER, A, B], as_of=SECOND)
    shutil.copy(tmp_path / "backup", state / "registry.duckdb")
    restored = night(household_register=[OTHER, A, B], as_of=THIRD)
    assert restored.person_id("household_register", 1) == newer.person_id("household_register", 1)
    fresh = {restored.person_id("household_register", row) for row in (2, 3)}
    assert len(fresh) == 2
    assert not fresh & {newer.person_id("household_register", row) for row in (1, 2, 3)}


def test_the_registry_is_private_and_alone(night: MakeNight, tmp_path: Path) -> None:
    night(household_register=[A], care_survey=[ROW], as_of=FIRST)
    night(household_register=[A, B], care_survey=[ROW], as_of=SECOND)
    (file,) = (tmp_path / "state").glob("*.duckdb*")
    assert file.name == "registry.duckdb"
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_registry_without_fingerprints_of_an_earlier_version_gives_the_same_ids(
    night: MakeNight, tmp_path: Path
) -> None:
    path = tmp_path / "state" / "registry.duckdb"
    first = night(household_register=[A, B], care_survey=[ROW], as_of=FIRST)
    with duckdb.connect(str(path)) as con:
        con.execute("DROP TABLE fingerprint")
    again = night(household_register=[A, B], care_survey=[ROW], as_of=SECOND)
    assert first.person_id("household_register", 2) == again.person_id("household_register", 2)
    assert relinked(again) == []


def test_a_copy_of_an_earlier_version_is_whole(night: MakeNight, tmp_path: Path) -> None:
    path, copy = tmp_path / "state" / "registry.duckdb", tmp_path / "copy.duckdb"
    first = night(household_register=[A, B], as_of=FIRST, copy=copy)
    with duckdb.connect(str(copy)) as con:
        con.execute("DROP TABLE fingerprint")
    path.unlink()
    release = Released(FIRST, "first", tmp_path / "no snapshot", copy)
    assert rebuild(path, [release]).base == release
    again = night(household_register=[A, B], as_of=SECOND, published=FIRST)
    assert first.person_id("household_register", 2) == again.person_id("household_register", 2)
    assert relinked(again) == []


def test_no_night_is_compared_with_a_withdrawn_one(night: MakeNight, tmp_path: Path) -> None:
    path = tmp_path / "state" / "registry.duckdb"
    night(household_register=[A], care_survey=[ROW], as_of=THIRD)
    forget_night(path, THIRD)
    with duckdb.connect(str(path), read_only=True) as con:
        assert con.execute("SELECT count(*) FROM fingerprint").fetchall() == [(0,)]
    night(household_register=[A], care_survey=[ROW], as_of=FIRST)
    with duckdb.connect(str(path), read_only=True) as con:
        assert con.execute("SELECT DISTINCT night FROM fingerprint").fetchall() == [(FIRST,)]
    forget_night(tmp_path / "nothing.duckdb", FIRST)
