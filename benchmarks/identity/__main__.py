"""``python -m benchmarks.identity [worlds | ablation | keys | febrl]``: how rows find their persons.

``worlds``: this project, Splink 5 on DuckDB and an exact join compared, on invented worlds of known truth.
``ablation``: what each step of this project is worth; ``keys``: what each key of blocking yields and costs.
``febrl``: the public set FEBRL4, with English names.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.identity import ablation, calibration, febrl, keys, report, worlds
from benchmarks.identity.contest import NO_SPLINK, SETUPS, Result, contest, splink_is_here

SEEDS = (7001, 7002, 7003, 7004, 7005)
DAMAGE = ("light", "ordinary", "dirty")
USUAL_SETUPS = ("graded", "graded+household")
"""Those that come near this project; ``standard``, far behind, is measured on request."""


def compare(options: argparse.Namespace) -> dict[str, Any]:
    """Measure every requested world, print the report, and return its figures."""
    setups = [] if options.without_splink else options.setups
    if setups and not splink_is_here():
        print(NO_SPLINK)
        setups = []
    results: list[Result] = []

    def measure(file: Path, damage: str, seed: int | None) -> None:
        results.append(contest(file, damage, seed, setups))
        print(report.one_world(results[-1]), flush=True)

    with tempfile.TemporaryDirectory(prefix="identity-", dir=options.work) as name:
        folder = Path(name)
        for landing in options.landing:
            measure(worlds.prepare(folder, landing), landing.name, None)
        for damage in () if options.landing else options.damage:
            for seed in options.seeds:
                measure(worlds.invented(folder, options.people, seed, damage), damage, seed)
    print(report.summary(results))
    print(report.slices(results))
    curves = report.curves(results)
    print(f"\n## Calibration, hard rows of all worlds\n{report.calibration_table(curves)}")
    if options.out:
        picture = options.out / "calibration.svg"
        calibration.draw(curves, "Predicted and found, best candidates of hard rows", picture)
        print(f"\nPicture: {picture}")
    return {"people": options.people, "worlds": [asdict(result) for result in results]}


def _add_world_options(command: argparse.ArgumentParser, damage: Sequence[str], seeds: Sequence[int]) -> None:
    command.add_argument("--people", type=int, default=100_000, help="people registered in each world")
    command.add_argument("--damage", nargs="+", default=damage, choices=DAMAGE)
    command.add_argument("--seeds", type=int, nargs="+", default=seeds)


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(prog="benchmarks.identity", description=(__doc__ or "").split("\n\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    compared = commands.add_parser("worlds", help="compared with Splink and the exact join")
    _add_world_options(compared, DAMAGE, SEEDS)
    compared.add_argument("--setups", nargs="+", default=USUAL_SETUPS, choices=SETUPS, help="of Splink")
    compared.add_argument(
        "--without-splink", action="store_true", help="only this project and the exact join"
    )
    compared.add_argument(
        "--landing",
        type=Path,
        nargs="+",
        default=[],
        help="worlds of another making, each with its truth, instead",
    )
    compared.add_argument("--out", type=Path, help="folder for the picture of the calibration")
    compared.set_defaults(measure=compare)
    taken_away = commands.add_parser("ablation", help="what each step is worth")
    _add_world_options(taken_away, DAMAGE[1:], SEEDS[:1])
    taken_away.set_defaults(measure=ablation.measure)
    by_key = commands.add_parser("keys", help="what each key of blocking yields and costs")
    _add_world_options(by_key, DAMAGE[2:], SEEDS[:1])
    by_key.set_defaults(measure=keys.measure)
    public = commands.add_parser("febrl", help="the public set FEBRL4")
    public.set_defaults(measure=febrl.measure)
    for command in (compared, taken_away, by_key, public):
        command.add_argument("--json", type=Path, help="also write all figures to this file")
        command.add_argument("--work", type=Path, help="folder for what is made while measuring")
    options = parser.parse_args()
    figures = options.measure(options)
    if options.json:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
