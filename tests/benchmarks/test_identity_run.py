"""The benchmark of identity runs, on a world too small to prove anything; Splink is not needed for it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from benchmarks.identity import __main__ as command
from benchmarks.identity import ablation, contest, keys, worlds
from benchmarks.identity.judge import AUTOMATIC, EVEN_ODDS, EXACT, OURS, WITH_REVIEW, Judge
from benchmarks.identity.process import run

PEOPLE = 2000


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A prepared world of ordinary damage."""
    return worlds.invented(tmp_path_factory.mktemp("world"), PEOPLE, 1, "ordinary")


@pytest.fixture
def benchmark(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Call the command line with arguments."""

    def call(*arguments: str | Path) -> None:
        monkeypatch.setattr(sys, "argv", ["benchmarks.identity", *map(str, arguments)])
        command.main()

    return call


def test_every_departmental_row_is_judged_once(world: Path) -> None:
    answer = world.with_name("ours.parquet")
    spent = run("benchmarks.identity.ours", world, answer)
    ours = pl.read_parquet(answer)
    judge = Judge(world, ours)
    assert judge.rows["row_key"].is_unique().all()
    assert judge.rows.height + judge.register.height == ours.height
    readings = {r.name: r for r in [*judge.exact().readings, *judge.ours(ours).readings]}
    exact, automatic = readings["number and name"], readings[AUTOMATIC]
    assert exact.hard.right == 0
    assert exact.every.right > 0
    assert automatic.every.registered == exact.every.registered == int(judge.registered.sum())
    assert readings[WITH_REVIEW].every.right >= automatic.every.right > exact.every.right
    assert sum(c.registered for n, c in automatic.slices.items() if n.startswith("extract ")) == (
        automatic.hard.registered
    )
    assert spent.seconds > 0
    assert spent.cpu > 0
    assert 0.05 < spent.peak_gib < 4


def test_the_yield_of_every_key_is_counted(world: Path) -> None:
    found = {key["block"]: key for key in keys.of_world(world)}
    assert sum(key["leads"] for key in found.values()) > 0
    assert all(key["leads_alone"] <= key["leads"] <= key["pairs"] for key in found.values())
    assert found["name and birth year"]["leads"] > 0


def test_a_step_taken_away_is_away(world: Path) -> None:
    answer = world.with_name("without.parquet")
    run("benchmarks.identity.ours", world, "links by evidence: number and name alone", answer)
    assert "evidence" not in pl.read_parquet(answer)["method"].unique().to_list()


def test_without_splink_the_runner_reports_it_and_measures_the_rest(
    benchmark: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    monkeypatch.setattr(command, "splink_is_here", lambda: False)
    file = tmp_path / "figures.json"
    benchmark("worlds", "--people", str(PEOPLE), "--seeds", "1", "--damage", "light", "--json", file)
    printed = capsys.readouterr().out
    assert contest.NO_SPLINK in printed
    assert f"hard rows, wrong + missed: this project, {EVEN_ODDS}" in printed
    figures: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    (result,) = figures["worlds"]
    assert set(result["verdicts"]) == {OURS, EXACT}
    assert result["hard_rows"] > 0


def test_a_world_of_another_making_needs_its_truth(benchmark: Callable[..., None], tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"no truth at .*row\.parquet"):
        benchmark("worlds", "--landing", tmp_path, "--without-splink")


@pytest.mark.parametrize(
    ("name", "damage", "seeds"),
    [("worlds", ("light", "ordinary", "dirty"), 5), ("ablation", ("ordinary", "dirty"), 1)],
)
def test_unasked_the_protocol_is_measured(
    benchmark: Callable[..., None], monkeypatch: pytest.MonkeyPatch, name: str, damage: tuple[str], seeds: int
) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(command, "compare", asked.append)
    monkeypatch.setattr(ablation, "measure", asked.append)
    benchmark(name)
    assert tuple(asked[0].damage) == damage
    assert len(asked[0].seeds) == seeds
    assert asked[0].people == 100_000
