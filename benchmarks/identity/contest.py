"""One prepared world, all contenders on it, one after the other, each in a process of its own."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import polars as pl

from benchmarks.identity.judge import EXACT, OURS, Judge, Reading, Verdict
from benchmarks.identity.process import Spent, run

SETUPS = {
    "standard": "comparisons of Splink's own library",
    "graded": "this project's graded levels, field by field",
    "graded+household": "the same, and the household of spouse, family or number's holder as one more field",
}
"""Splink's set-ups, as ``benchmarks.identity.splink_setups`` makes them."""

NO_SPLINK = 'Splink is not installed, so it is not measured: pip install -e ".[bench]"'


def splink_is_here() -> bool:
    """Whether Splink is installed (the extra ``bench``)."""
    return find_spec("splink") is not None


def splink_name(setup: str) -> str:
    """What a Splink set-up is called in the report."""
    return f"Splink {setup}"


@dataclass(frozen=True)
class Result:
    """What the contenders made of a world: verdicts and costs by contender, and the world's own figures.

    ``pairs`` are the candidate pairs a contender compared.
    """

    damage: str
    seed: int | None
    register_rows: int
    rows: int
    hard_rows: int
    verdicts: dict[str, Verdict]
    spent: dict[str, Spent]
    split: int
    merged: int

    def reading(self, contender: str, name: str) -> Reading:
        """One reading of one contender's answer."""
        (found,) = (r for r in self.verdicts[contender].readings if r.name == name)
        return found


def contest(world: Path, damage: str, seed: int | None, setups: list[str]) -> Result:
    """Run this project, the exact join and Splink's ``setups`` on a prepared world, and judge them."""
    spent, verdicts = {}, {}
    answer = world.with_name("ours.parquet")
    spent[OURS] = run("benchmarks.identity.ours", world, answer)
    ours = pl.read_parquet(answer)
    judge = Judge(world, ours)
    verdicts[EXACT], verdicts[OURS] = judge.exact(), judge.ours(ours)
    for setup in setups:
        answer = world.with_name(f"splink-{setup}.parquet")
        name = splink_name(setup)
        spent[name] = run("benchmarks.identity.splink_side", world, setup, answer)
        verdicts[name] = judge.splink(name, pl.read_parquet(answer))
    split, merged = judge.register_splits_and_merges()
    return Result(
        damage,
        seed,
        judge.register.height,
        judge.rows.height,
        int(judge.hard.sum()),
        verdicts,
        spent,
        split,
        merged,
    )
