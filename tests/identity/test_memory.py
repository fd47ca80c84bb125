"""The memory of the last night only saves work: without it a night's answers are the same."""

from __future__ import annotations

import datetime as dt
import random
from itertools import count
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from identity_nights import land
from village import Village

from outreach.engine import Warehouse
from outreach.identity import clerical, learning, memory, resolve
from outreach.identity import registry as ids

ANSWERS = {
    "link": "SELECT row_key, person, grade, score, method, reasons"
    " FROM identity.link JOIN who USING (person_key)",
    "evidence": "SELECT row_key, person, weight, probability, comparison"
    " FROM identity.evidence JOIN who USING (person_key)",
    "review": "SELECT pair_id, subject, other_subject, left_person_id, proposed_person_id, score, comparison"
    " FROM identity.review",
    "possible": "SELECT person, extract, row_number, role, reason"
    " FROM identity.possible JOIN who USING (person_key)",
    "quarantined": "SELECT person, extract, row_number, reason"
    " FROM identity.quarantined_link JOIN who USING (person_key)",
    "person": "SELECT person, person_id, in_register FROM identity.person JOIN who USING (person_key)",
    "quality": "SELECT measure, extract, grade, round(value, 9) FROM identity.quality",
}
"""What a night answers; a person is named by her first row, since keys differ from house to house."""
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


def answers(con: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    con.execute(
        "CREATE OR REPLACE TEMP TABLE who AS"
        " SELECT person_key, min(row_key) AS person FROM identity.link GROUP BY person_key"
    )
    return {table: sorted(map(repr, con.execute(said).fetchall())) for table, said in ANSWERS.items()}


class House:
    """One registry; a ``forgetful`` one has lost the memory of its last night every evening."""

    def __init__(self, root: Path, forgetful: bool, frozen: bool) -> None:
        self.root, self.forgetful = root, forgetful
        self.nights = 0
        if frozen:
            learning.freeze_shipped(root / "state" / learning.FILE_NAME)

    def night(self, village: Village, as_of: dt.date, quarantined: list[dict[str, object]]) -> Warehouse:
        self.nights += 1
        if self.forgetful:
            (self.root / "state" / memory.FILE_NAME).unlink(missing_ok=True)
        warehouse = Warehouse(self.root / f"{self.nights}.duckdb")
        land(warehouse, village.extracts(), quarantined, as_of)
        resolve(warehouse, self.root / "state" / "registry.duckdb", region="yaohai", as_of=as_of)
        return warehouse


@pytest.mark.parametrize(("seed", "frozen"), [(1, False), (2, True)], ids=["learning", "frozen"])
def test_nights_with_and_without_a_memory_are_the_same(seed, frozen, tmp_path, plain_ids):
    chance = random.Random(seed)
    village = Village(seed)
    houses = [House(tmp_path / name, name == "forgetful", frozen) for name in ("forgetful", "remembering")]
    as_of = FIRST
    carried: list[tuple[int, int]] = []
    for turn in range(4):
        quarantined = _quarantined(village, chance)
        seen = []
        for house in houses:
            plain_ids(turn * 10_000)
            warehouse = house.night(village, as_of, quarantined)
            seen.append(answers(warehouse.con))
            links, outcomes = (
                warehouse.con.execute(f"SELECT count(*) FROM identity.{table}").fetchall()[0][0]
                for table in ("carried_link", "carried_row")
            )
            reviews = warehouse.con.execute(
                "SELECT subject, other_subject, CASE WHEN other_subject IS NULL THEN proposed_person_id END"
                " FROM identity.review ORDER BY ALL"
            ).fetchall()
            warehouse.close()
        carried.append((links, outcomes))
        for table in ANSWERS:
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
    assert carried[0] == (0, 0)
    assert all(links for links, _ in carried[1:])
    assert any(outcomes for _, outcomes in carried) is frozen


def _quarantined(village: Village, chance: random.Random) -> list[dict[str, object]]:
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


@pytest.mark.parametrize("killed", [False, True], ids=["fails", "is killed"])
def test_a_night_that_does_not_end_leaves_no_trace(killed, tmp_path, plain_ids, monkeypatch):
    village = Village(3)
    houses = [House(tmp_path / name, name == "forgetful", True) for name in ("forgetful", "remembering")]
    for house in houses:
        plain_ids(0)
        house.night(village, FIRST, []).close()
    remembering = houses[1]
    before = _remembered(remembering)
    village.live(6)
    tomorrow = FIRST + dt.timedelta(days=1)
    with monkeypatch.context() as broken:
        broken.setattr(ids, "record", _break_off)
        if killed:
            broken.setattr(memory.Memory, "_take_back", lambda self: None)
        with pytest.raises(RuntimeError, match="no more room"):
            remembering.night(village, tomorrow, [])
    after = _remembered(remembering)
    assert (after == before) is not killed
    seen = []
    for house in houses:
        plain_ids(10_000)
        warehouse = house.night(village, tomorrow, [])
        seen.append(answers(warehouse.con))
        assert warehouse.con.execute("SELECT count(*) FROM identity.carried_link").fetchall() != [(0,)] or (
            house.forgetful
        )
        warehouse.close()
    assert seen[0] == seen[1]


def _break_off(con: duckdb.DuckDBPyConnection, as_of: dt.date) -> None:
    raise RuntimeError("no more room")


def _remembered(house: House) -> list[list[tuple[object, ...]]]:
    with duckdb.connect(str(house.root / "state" / memory.FILE_NAME), read_only=True) as con:
        tables = [name for (name,) in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
        return [con.execute(f"FROM {table} ORDER BY ALL").fetchall() for table in sorted(tables)]
