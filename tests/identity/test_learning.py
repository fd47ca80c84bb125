"""Weights are learned once from enough rows, stay, and never leave sense."""

import datetime as dt
import json
from pathlib import Path

import numpy as np
import pytest
from identity_nights import MakeNight, Night, Rows, resident

from outreach.identity import em, learning, weights

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许"
GIVEN = "安邦昌德恩丰刚海建康磊明宁平强荣山泰文祥"


def town(size: int = 380) -> Rows:
    """Residents of different names and birth dates, each with a phone."""
    found = []
    for i in range(size):
        name = SURNAMES[i % 20] + GIVEN[i // 20 % 20] + GIVEN[(i * 7 + 3) % 20]
        birth = f"{1930 + i % 60}{1 + i % 12:02d}{1 + i % 28:02d}"
        found.append(resident(name, birth, 100 + 2 * i, household_no=f"T{i}", phone=f"139{i:08d}"))
    return found


def damaged(people: list[dict[str, object]]) -> list[dict[str, object]]:
    """Their visits, whose numbers have each one slip: rows that only evidence links."""
    visits = []
    for person in people:
        number = str(person["id_number"])
        slip = number[:16] + str((int(number[16]) + 3) % 10) + number[17]
        visits.append({"name": person["name"], "id_number": slip, "phone": person["phone"]})
    return visits


@pytest.fixture
def night(learning_night: MakeNight) -> MakeNight:
    """Here every first night learns."""
    return learning_night


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state" / learning.FILE_NAME


def weight(night: Night, field: str, level: str) -> float:
    return float(
        night.one(
            "SELECT weight - shipped_weight FROM identity.weight WHERE field = ? AND level = ?", field, level
        )
    )


def test_weights_are_learned_once_and_then_stay(night: MakeNight, state: Path) -> None:
    people = town()
    first = night(household_register=people, visit_log=damaged(people))
    learned = json.loads(state.read_text().splitlines()[-1])
    assert learned["version"].startswith(weights.VERSION)
    assert weight(first, "number", "one slip") > 0
    assert weight(first, "phone", "differs") < 0
    other = [row | {"phone": "13800000000"} for row in damaged(people)]
    second = night(dt.date(2026, 11, 21), household_register=people, visit_log=other)
    for field, level in (("number", "one slip"), ("phone", "differs"), ("name", "equal")):
        assert weight(second, field, level) == pytest.approx(weight(first, field, level))
    assert json.loads(state.read_text().splitlines()[-1]) == learned


def test_the_same_night_learns_the_same(night: MakeNight, state: Path) -> None:
    people = town()
    rows = damaged(people)
    night(household_register=people, visit_log=rows)
    first = state.read_text()
    learning.request_retraining(state)
    night(household_register=people, visit_log=rows[::-1])
    lines = [json.loads(line) for line in state.read_text().splitlines() if line]
    assert state.read_text().startswith(first)
    assert [line["version"] for line in lines] == [lines[0]["version"], None, lines[0]["version"]]


def test_a_small_night_keeps_the_shipped_weights(night: MakeNight, state: Path) -> None:
    people = town(40)
    found = night(household_register=people, visit_log=damaged(people))
    assert not state.exists()
    assert found.one("SELECT count(*) FROM identity.weight WHERE weight <> shipped_weight") == 0
    assert found.one("SELECT count(*) FROM identity.context_weight") == 0


def test_weights_of_another_shipped_version_are_learned_anew(night: MakeNight, state: Path) -> None:
    people = town()
    state.parent.mkdir(parents=True, exist_ok=True)
    state.write_text('{"version": "priors-0-x", "shipped": "priors-0", "moved": {}}\n{"version": "cut sho')
    night(household_register=people, visit_log=damaged(people))
    assert json.loads(state.read_text().splitlines()[-1])["shipped"] == weights.VERSION


def fields(share: float) -> list[em.Field]:
    levels = ["equal", "differs", "missing"]
    start = np.array([share, 1 - share, np.nan])
    return [
        em.Field(name, levels, np.array([6.0, np.log2(1 - share), 0.0]), start) for name in ("name", "birth")
    ]


def pairs(agree: float, rows: int = 2000) -> em.Pairs:
    """Each row has its own person, who agrees on the birth date as often as ``agree``, and a stranger."""
    row = np.repeat(np.arange(rows), 2)
    true = np.tile([True, False], rows)
    name = np.where(true, 0, 1).astype(np.int8)
    birth = np.where(true & (row % 1000 < agree * 1000), 0, 1).astype(np.int8)
    return em.Pairs(row, {"name": name, "birth": birth}, {}, np.full(len(row), -3.0))


def test_em_finds_how_often_a_level_is_seen() -> None:
    found = em.estimate(pairs(0.7), fields(0.95), no_match=0.03, strength=1.0, reach=10.0)
    assert found.m["birth"][0] == pytest.approx(0.7, abs=0.03)
    assert found.matched == pytest.approx(2000, rel=0.05)
    again = em.estimate(pairs(0.7), fields(0.95), no_match=0.03, strength=1.0, reach=10.0)
    assert all((found.weight[name] == again.weight[name]).all() for name in found.weight)


def test_em_stays_within_reach_and_says_how_far_it_wanted_to_go() -> None:
    found = em.estimate(pairs(0.02), fields(0.95), no_match=0.03, strength=1.0, reach=1.0)
    assert found.weight["birth"][0] == pytest.approx(5.0)
    assert found.shift > 2.0


def test_a_posterior_counts_nobody_and_sums_to_one() -> None:
    row = np.array([1, 1, 2])
    share = em.posterior(row, np.array([0.0, 0.0, -20.0]), 1.0)
    assert share[:2] == pytest.approx([1 / 3, 1 / 3])
    assert share[2] < 1e-5


def test_learned_nonsense_leaves_the_shipped_weights(
    night: MakeNight, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(learning, "_DRIFT", 0.1)
    people = town()
    found = night(household_register=people, visit_log=damaged(people))
    assert not state.exists()
    assert found.one("SELECT count(*) FROM identity.weight WHERE weight <> shipped_weight") == 0


def test_what_a_region_has_learned_of_a_renamed_level_still_counts(tmp_path: Path) -> None:
    path = tmp_path / "weights.jsonl"
    learning.freeze_default(path)
    line = json.loads(path.read_text(encoding="utf-8"))
    line["contexts"] = {"care_survey": {"herself beside": 2.0, "town beside": 1.0}}
    path.write_text(json.dumps(line) + "\n", encoding="utf-8")
    weights = learning.frozen(path)
    assert weights
    assert weights.contexts == {"care_survey": {"person beside": 2.0, "town beside": 1.0}}
