"""Weights and clerical decisions that are damaged stop no night: they are reported."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from outreach.identity import clerical, learning

NOW = dt.datetime(2026, 11, 20, 8, tzinfo=dt.UTC)
Damage = Callable[[Path], object]


def rewritten(path: Path, content: bytes) -> None:
    path.unlink()
    path.write_bytes(content)


def replaced_by_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def replaced_by_a_dangling_link(path: Path) -> None:
    path.unlink()
    path.symlink_to("nowhere")


FORMS: dict[str, Damage] = {
    "garbage": lambda path: rewritten(path, b"\xff\x00\xfe garbage\n" * 9),
    "bad byte": lambda path: rewritten(path, path.read_bytes().replace(b'": "', b'": "\xff', 1)),
    "no object": lambda path: rewritten(path, b"[1, 2]\n3\n"),
    "other keys": lambda path: rewritten(path, b'{"a": 1}\n'),
    "nested": lambda path: rewritten(path, b"[" * 100_000),
    "folder": replaced_by_a_folder,
    "dangling link": replaced_by_a_dangling_link,
}
WRONG_VALUES = (
    {"moved": {"name": {"equal": "heavy"}}},
    {"moved": {"name": {"equal": float("nan")}}},
    {"nobody": [0.1]},
    {"nobody": [0, -1]},
    {"contexts": 3},
    {"seen": None},
)


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    path = tmp_path / "state" / learning.FILE_NAME
    learning.freeze_default(path)
    assert learning.frozen(path) is not None
    return path


def set_aside(path: Path) -> bool:
    return not path.exists() and len(list(path.parent.glob(f"{path.name}.damaged-*"))) == 1


@pytest.mark.parametrize("damage", FORMS.values(), ids=FORMS)
def test_damaged_weights_are_set_aside_and_learned_again(weights: Path, damage: Damage) -> None:
    damage(weights)
    warned: list[str] = []
    assert learning.frozen(weights, warned.append) is None
    assert len(warned) == 1
    assert weights.name in warned[0]
    assert set_aside(weights)
    assert learning.frozen(weights, warned.append) is None
    assert len(warned) == 1


@pytest.mark.parametrize("wrong", WRONG_VALUES, ids=str)
def test_weights_of_wrong_values_are_damaged(weights: Path, wrong: dict[str, object]) -> None:
    line = json.loads(weights.read_text(encoding="utf-8")) | wrong
    weights.write_text(json.dumps(line) + "\n", encoding="utf-8")
    warned: list[str] = []
    assert learning.frozen(weights, warned.append) is None
    assert set_aside(weights)


def test_a_line_of_weights_cut_short_by_a_kill_is_passed_over(weights: Path) -> None:
    with weights.open("a", encoding="utf-8") as file:
        file.write('{"version": "cut')
    warned: list[str] = []
    assert learning.frozen(weights, warned.append) is not None
    assert warned == []


@pytest.fixture
def decisions(tmp_path: Path) -> Path:
    path = tmp_path / "state" / clerical.FILE_NAME
    for subject in ("s1", "s2"):
        clerical.decide(path, subject=subject, person_id="p", same=False, by="c1", at=NOW)
    return path


def loaded(path: Path) -> tuple[set[str], list[str]]:
    warned: list[str] = []
    with duckdb.connect() as con:
        con.execute("CREATE SCHEMA identity")
        clerical.load(con, path, warned.append)
        subjects = con.execute("SELECT subject FROM identity.clerical").fetchall()
    return {subject for (subject,) in subjects}, warned


@pytest.mark.parametrize("damage", FORMS.values(), ids=FORMS)
def test_damaged_decisions_are_reported_and_the_others_stay(decisions: Path, damage: Damage) -> None:
    damage(decisions)
    found, warned = loaded(decisions)
    assert found <= {"s1", "s2"}
    assert "s2" not in found or len(found) == 1
    assert len(warned) == 1
    assert decisions.name in warned[0]
    if decisions.is_file():
        clerical.decide(decisions, subject="s3", person_id="p", same=True, by="c1", at=NOW)
        assert loaded(decisions)[0] == found | {"s3"}


def test_a_decision_cut_short_by_a_kill_is_passed_over(decisions: Path) -> None:
    with decisions.open("a", encoding="utf-8") as file:
        file.write('{"subject": "s3", "person_')
    assert loaded(decisions) == ({"s1", "s2"}, [])


def test_the_last_decision_on_a_pair_counts(decisions: Path) -> None:
    clerical.decide(decisions, subject="s1", person_id="p", same=True, by="c2", at=NOW)
    with duckdb.connect() as con:
        con.execute("CREATE SCHEMA identity")
        clerical.load(con, decisions)
        rows = con.execute("SELECT subject, same FROM identity.clerical ORDER BY subject").fetchall()
    assert rows == [("s1", True), ("s2", False)]
