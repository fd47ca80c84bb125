"""A night after another gives what the same night gives in full: links, scores, reasons, reviews, ids."""

from __future__ import annotations

import datetime as dt
import random
from itertools import count
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from identity_nights import land, number, resident
from village import Village

from outreach.engine import Warehouse, load_models
from outreach.identity import clerical, memory, resolve
from outreach.identity import registry as ids

TABLES = ("comparison", "score", "link", "evidence", "review", "possible", "relinked", "person")
FIRST = dt.date(2026, 11, 20)


@pytest.fixture
def plain_ids(monkeypatch):
    """New ids in order, so that two registries draw the same: call it before each of two runs."""

    def begin(at: int) -> None:
        numbers = count(at)
        monkeypatch.setattr(
            ids, "new_ids", lambda n: pa.array([f"p{next(numbers):06d}" for _ in range(n)], pa.string())
        )

    return begin


def tables(con: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    return {
        table: sorted(map(repr, con.execute(f"SELECT * FROM identity.{table}").fetchall()))
        for table in TABLES
    }


class House:
    """One registry; ``in_full`` forgets what was compared, but not whose each row was."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch, in_full: bool) -> None:
        self.root, self.monkeypatch, self.in_full = root, monkeypatch, in_full
        self.nights = 0

    def night(self, village: Village, as_of: dt.date, kept_out: list[dict[str, object]]) -> Warehouse:
        self.nights += 1
        warehouse = Warehouse(self.root / f"{self.nights}.duckdb")
        land(warehouse, village.extracts(), kept_out, as_of)
        with self.monkeypatch.context() as patch:
            if self.in_full:
                patch.setattr(memory, "made_by", lambda con: None)
            resolve(warehouse, self.root / "state" / "registry.duckdb", region="yaohai", as_of=as_of)
        return warehouse


@pytest.mark.parametrize("seed", [1, 2])
def test_a_night_after_another_is_the_same_as_in_full(seed, tmp_path, monkeypatch, plain_ids):
    chance = random.Random(seed)
    village = Village(seed)
    houses = [House(tmp_path / name, monkeypatch, name == "full") for name in ("full", "after another")]
    as_of = FIRST
    kept: list[int] = []
    for turn in range(5):
        kept_out = _kept_out(village, chance)
        seen = []
        for house in houses:
            plain_ids(turn * 10_000)
            warehouse = house.night(village, as_of, kept_out)
            seen.append(tables(warehouse.con))
            found = warehouse.con.execute(
                "SELECT count(DISTINCT row_key) FROM identity.block_pair WHERE block = 'as last night'"
            ).fetchall()
            reviews = warehouse.con.execute(
                "SELECT subject, other_subject, CASE WHEN other_subject IS NULL THEN proposed_person_id END"
                " FROM identity.review ORDER BY ALL"
            ).fetchall()
            warehouse.close()
        kept.append(found[0][0])
        for table in TABLES:
            assert seen[0][table] == seen[1][table], f"{table}, night {turn}"
        if reviews and chance.random() < 0.7:
            subject, other, person = chance.choice(reviews)
            same = chance.random() < 0.5
            for house in houses:
                clerical.decide(
                    house.root / "state" / clerical.FILE_NAME,
                    subject=subject,
                    other_subject=other,
                    person_id=person,
                    same=same,
                    by="c1",
                    at=dt.datetime.now(dt.UTC),
                )
        as_of += dt.timedelta(days=chance.choice((0, 1, 1, 1, -1)))
        village.live(chance.choice((0, 1, 3, 6)))
    assert kept[0] == 0 < max(kept)


def _kept_out(village: Village, chance: random.Random) -> list[dict[str, object]]:
    """Now and then a register row stands in quarantine."""
    if chance.random() < 0.6:
        return []
    person = chance.choice(village.register)
    return [
        {
            "extract": "household_register",
            "row_number": 10_000,
            "number18": person["id_number"],
            "name_key": person["name"],
        }
    ]


def test_comparisons_rest_on_nothing_that_is_not_remembered():
    """A model of comparing that reads another table needs it in ``residual_state`` first."""
    needs = {model.name: model.needs for model in load_models("identity")}
    read = needs["block_pair"] | needs["side_by_side"] | needs["comparison"]
    assert {table.removeprefix("identity.") for table in read} <= {
        "residual",
        "register_profile",
        "block_pair",
        "side_by_side",
        "register_size",
        "lunar_day",
        "known_number",
        *(table.removeprefix("identity.") for table in needs["residual_state"]),
    }


def test_a_number_that_came_to_stand_under_two_names_proves_less_for_rows_that_do_not_change(night):
    """The row meets neither register row by number, and the person it names reads as ever."""
    person, other = resident("张建国", "19500505", 111), resident("孙大海", "19330303", 101)
    rows = [
        {"name": "张建国", "birth_date": "1950-05-05", "id_number": number("19500505", 311)},
        {"name": "钱小红", "birth_date": "1960-10-10"},
    ]

    def level(other: dict[str, object], day: int) -> str:
        register = [person, other, resident("钱小红", "19601010", 102)]
        found = night(household_register=register, care_survey=rows, as_of=FIRST + dt.timedelta(days=day))
        kept = found.one("SELECT count(*) FROM identity.block_pair WHERE block = 'as last night'")
        assert (kept > 0) == (day > 0)
        return str(
            found.one(
                "SELECT number_level FROM identity.comparison c JOIN identity.source_row s USING (row_key)"
                " WHERE s.extract = 'care_survey' AND s.row_number = 1 AND c.person_key = ?",
                found.person(1),
            )
        )

    assert level(other, 0) == "other, both valid"
    assert level({**other, "id_number": person["id_number"]}, 1) == "missing"
