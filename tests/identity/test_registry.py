"""Ids that last: from night to night, through corrections, in any order; and when their registry is lost."""

import datetime as dt
import itertools
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
from identity_nights import AS_OF, MakeNight, Night, number, reconciling, resident

from outreach.engine import Warehouse, locked
from outreach.identity import RegistryError, Released, rebuild, require_registry
from outreach.identity import registry as ids

Reconcile = Callable[..., Night]
A = resident("李国强", "19450312", 511)
B = resident("王芳", "19700101", 220)
ELSEWHERE = {"name": "何云", "id_number": number("19510101", 100, "420300")}


def test_ids_are_opaque_and_the_same_on_a_rerun(night: MakeNight) -> None:
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


def test_rows_in_another_order_keep_their_ids(night: MakeNight) -> None:
    first = night(household_register=[A, B])
    again = night(household_register=[B, A], as_of=dt.date(2026, 11, 1))
    assert first.person_id("household_register", 1) == again.person_id("household_register", 2)
    assert first.person_id("household_register", 2) == again.person_id("household_register", 1)


CHANGES: dict[str, dict[str, Any]] = {
    "another number": {"id_number": number("19400312", 613)},
    "another name": {"name": "王建国"},
    "moved": {"household_no": "H9", "area_code": "340102002002"},
    "no number": {"id_number": None},
    "all of it, with what was before": {
        "id_number": number("19440312", 613),
        "former_id_number": number("19440312", 511),
        "name": "刘建业",
        "former_name": "刘国强",
        "household_no": "H9",
    },
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_correction_or_a_move_keeps_the_id(
    corrected_nights: tuple[list[str], list[str]], change: str
) -> None:
    before, after = corrected_nights
    position = [*CHANGES].index(change)
    assert before[position] == after[position]
    assert len(set(after)) == len(CHANGES)


@pytest.fixture(scope="module")
def corrected_nights(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], list[str]]:
    """The ids of people on two nights; on the second each was changed in one way of ``CHANGES``."""
    folder = tmp_path_factory.mktemp("corrected")
    people = [
        resident(f"{surname}国强", f"194{i}0312", 511, household_no=f"H{i}")
        for i, surname in enumerate("李王张赵刘")
    ]
    changed = [{**person, **change} for person, change in zip(people, CHANGES.values(), strict=True)]
    opened: list[Warehouse] = []
    night = reconciling(folder, opened)
    first, again = night(household_register=[*people, B]), night(household_register=[B, *changed])
    rows = range(1, len(people) + 1)
    before = [first.person_id("household_register", row) for row in rows]
    after = [again.person_id("household_register", row + 1) for row in rows]
    for warehouse in opened:
        warehouse.close()
    return before, after


def test_an_id_goes_to_one_person_only(night: MakeNight) -> None:
    night(household_register=[A])
    n = night(
        household_register=[A, {**A, "name": "孙大海", "household_no": "H2", "birth_date": "1960-01-01"}]
    )
    assert n.person_id("household_register", 1) != n.person_id("household_register", 2)


def test_a_number_corrected_away_does_not_carry_the_id_to_its_new_holder(night: MakeNight) -> None:
    wrong = {**A, "id_number": B["id_number"]}
    first = night(household_register=[wrong])
    again = night(household_register=[A, B])
    assert first.person_id("household_register", 1) == again.person_id("household_register", 1)
    assert again.person_id("household_register", 2) != first.person_id("household_register", 1)


PERSONS = [
    resident(f"{surname}{given}", f"19{40 + i}0{1 + i % 9}15", 100 + 2 * i, household_no=f"H{i}")
    for i, (surname, given) in enumerate(itertools.product("赵钱孙李", ("安邦", "昌德", "恩丰")))
]
STRANGERS = [ELSEWHERE, {"name": "无名氏"}, {"name": "无名氏"}, {"name": "某老太"}]


def released(night: Night, folder: Path, copy: Path | None, as_of: dt.date = AS_OF) -> Released:
    """What a release of the night holds of its persons: `mart.person`, `mart.identity_link`, the copy."""
    mart = folder / f"{as_of}.duckdb"
    night.con.execute(f"ATTACH '{mart}' AS made; CREATE SCHEMA made.mart")
    night.con.execute(
        """CREATE TABLE made.mart.identity_link AS
        SELECT l.extract, l.row_number, l.role, p.person_id
        FROM identity.link l JOIN identity.person p ON l.person_key = p.person_key"""
    )
    night.con.execute(
        """CREATE TABLE made.mart.person AS
        SELECT
            p.person_id, p.in_register, s.name, s.id_number, s.former_id_number18 AS former_id_number,
            s.birth_date, s.sex, s.household_no AS household_id, s.area_code
        FROM identity.person p
        JOIN (SELECT person_key, min(row_key) AS row_key FROM identity.link GROUP BY ALL) l
            ON p.person_key = l.person_key
        JOIN identity.source_row s ON l.row_key = s.row_key"""
    )
    night.con.execute("DETACH made")
    return Released(as_of, f"run-{as_of}", mart, copy)


def identities(night: Night, visits: int) -> list[str]:
    """The ids of all persons of the night, row by row."""
    register = [night.person_id("household_register", row + 1) for row in range(len(PERSONS))]
    return register + [night.person_id("visit_log", row + 1) for row in range(visits)]


def later(people: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The register a night later: in another order, with corrections and moves of all kinds."""
    changed = [dict(person) for person in people]
    changed[0] |= {"id_number": number("19400115", 613), "former_id_number": people[0]["id_number"]}
    changed[1] |= {"name": "赵改名", "former_name": people[1]["name"]}
    changed[2] |= {"household_no": "H99", "area_code": "340102002002"}
    changed[3] |= {"id_number": None}
    return changed


NEXT = AS_OF + dt.timedelta(days=1)


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.unlink(),
        lambda path: path.write_bytes(b"not a database" * 400),
        lambda path: path.write_bytes(path.read_bytes()[:9000]),
        lambda path: path.write_bytes(b""),
    ],
    ids=["lost", "garbage", "half", "empty"],
)
def test_a_registry_made_again_from_a_release_gives_the_ids_of_an_unbroken_run(
    night: Reconcile, tmp_path: Path, damage: Callable[[Path], object]
) -> None:
    copy, path = tmp_path / "copy.duckdb", tmp_path / "state" / "registry.duckdb"
    first = night(household_register=PERSONS, visit_log=STRANGERS, copy=copy)
    before = identities(first, len(STRANGERS))
    release = released(first, tmp_path, copy)
    damage(path)
    if path.exists():
        with pytest.raises(RegistryError, match="registry rebuild"):
            night(household_register=PERSONS, as_of=NEXT, released=[release.mart])
    made = rebuild(path, [release])
    assert (made.ids, made.base, made.added_from) == (len(set(before)), release, ())
    again = night(household_register=later(PERSONS), visit_log=STRANGERS, as_of=NEXT, released=[release.mart])
    assert identities(again, len(STRANGERS)) == before
    assert path.stat().st_mode & 0o777 == 0o600


def test_releases_after_the_last_copy_and_before_there_were_copies_add_their_ids(
    night: Reconcile, tmp_path: Path
) -> None:
    path = tmp_path / "state" / "registry.duckdb"
    first = night(household_register=PERSONS[:8], visit_log=STRANGERS)
    second = night(household_register=PERSONS, visit_log=STRANGERS, as_of=NEXT)
    before = identities(second, 1)
    releases = [released(first, tmp_path, None), released(second, tmp_path, None, NEXT)]
    path.unlink()
    made = rebuild(path, releases)
    assert made.base is None
    assert made.added_from == tuple(releases)
    assert made.unsure == 3
    third = night(
        household_register=later(PERSONS),
        visit_log=STRANGERS,
        as_of=NEXT + dt.timedelta(days=1),
        released=[releases[1].mart],
    )
    assert identities(third, 1) == before


def test_a_damaged_copy_gives_way_to_an_older_one_and_what_was_published_since(
    night: Reconcile, tmp_path: Path
) -> None:
    path, copies = tmp_path / "state" / "registry.duckdb", [tmp_path / "c1.duckdb", tmp_path / "c2.duckdb"]
    first = night(household_register=PERSONS[:8], visit_log=STRANGERS, copy=copies[0])
    second = night(household_register=PERSONS, visit_log=STRANGERS, as_of=NEXT, copy=copies[1])
    before = identities(second, len(STRANGERS))
    copies[1].write_bytes(copies[1].read_bytes()[:20_000])
    sources = [released(first, tmp_path, copies[0]), released(second, tmp_path, copies[1], NEXT)]
    made = rebuild(path, sources)
    assert made.base == sources[0]
    assert made.added_from == (sources[1],)
    assert made.aside is not None
    third = night(household_register=PERSONS, visit_log=STRANGERS, as_of=NEXT, released=[sources[1].mart])
    assert identities(third, len(STRANGERS)) == before


def test_a_registry_that_does_not_know_what_was_published_is_refused(
    night: Reconcile, tmp_path: Path
) -> None:
    path = tmp_path / "state" / "registry.duckdb"
    night(household_register=PERSONS[:8])
    old = path.read_bytes()
    release = released(night(household_register=PERSONS, as_of=NEXT), tmp_path, None, NEXT)
    path.write_bytes(old)
    with pytest.raises(RegistryError, match=r"4 个人员编号.*registry rebuild"):
        night(household_register=PERSONS, as_of=NEXT, released=[release.mart])
    assert path.read_bytes() == old


def test_a_snapshot_that_cannot_be_read_says_nothing_of_the_registry(
    night: Reconcile, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.duckdb"
    broken.write_bytes(b"garbage" * 999)
    night(household_register=PERSONS)
    night(household_register=PERSONS, as_of=NEXT, released=[broken])


def test_nothing_is_made_of_releases_that_cannot_be_read(tmp_path: Path) -> None:
    broken = tmp_path / "broken.duckdb"
    broken.write_bytes(b"garbage" * 999)
    path = tmp_path / "state" / "registry.duckdb"
    with pytest.raises(RegistryError, match="备份"):
        rebuild(path, [Released(AS_OF, "r", broken, broken)])
    assert [left.name for left in path.parent.iterdir()] == ["registry.lock"]


def test_a_registry_held_by_another_run_names_it(tmp_path: Path) -> None:
    path = tmp_path / "state" / "registry.duckdb"
    con = duckdb.connect()
    with (
        locked(path.with_suffix(".lock"), "x", 0),
        pytest.raises(RegistryError, match=f"进程 {os.getpid()}"),
        ids.attached(con, path, wait=0),
    ):
        pass
    assert not path.exists()
    con.close()


def test_a_lost_registry_says_how_it_is_restored(tmp_path: Path) -> None:
    path = tmp_path / "home" / "state" / "yaohai" / "registry.duckdb"
    with pytest.raises(RegistryError, match=f"--region yaohai --home {tmp_path}/home"):
        require_registry(path)
