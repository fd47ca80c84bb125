"""``make decisions``, or ``-m benchmarks.decisions [PEOPLE ...] --openfisca PYTHON``: person-months a second.

The set of four: age allowance in three bands, severe-disability nursing and old-age nursing with
take-the-higher, hardship living, as yanling's list has them. This project decides every person under them for
every month, keeps the reasons of every decision and spells the amounts out as arrays; OpenFisca-Core 46
computes the same arrays, without reasons. They are compared for every person and month. A person-month is one
person decided under all four for one month. Each side runs in processes of its own, in turns, and its best
run counts. Last: all programmes of yaohai, from facts to the lines of the lists, as a night decides them.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.decisions.openfisca_side import RESULTS
from benchmarks.decisions.world import DAYS, write_world
from outreach.engine import Warehouse
from outreach.policy import decide, load_policy

HERE = Path(__file__).parent
ROUNDS, REPEATS = 2, 3
OURS, THEIRS = "this project, with reasons", "OpenFisca-Core, without"


def contest(folder: Path, months: int, openfisca: Path | None) -> dict[str, dict[str, Any]]:
    """Both sides in turns on the world of ``folder``: of each the best run, and its peak over all runs."""
    work = [str(folder), str(months), str(REPEATS)]
    commands = {OURS: [sys.executable, "-m", "benchmarks.decisions.ours", *work]}
    if openfisca is not None:
        commands[THEIRS] = [str(openfisca), str(HERE / "openfisca_side.py"), *work]
    best: dict[str, dict[str, Any]] = {}
    for _ in range(ROUNDS):
        for side, command in commands.items():
            done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=HERE.parents[1])
            spent = json.loads(done.stdout)
            if side not in best or spent["wall"] < best[side]["wall"]:
                best[side] = spent
    return best


def unequal(folder: Path, months: int) -> int:
    """Person-months for which the two sides' amounts differ."""
    different = 0
    for day in DAYS[:months]:
        sides = (
            [np.load(folder / f"{side}-{name}-{day}.npy", mmap_mode="r") for name in RESULTS]
            for side in ("ours", "openfisca")
        )
        pairs = zip(*sides, strict=True)
        different += int(np.any([ours != theirs for ours, theirs in pairs], axis=0).sum())
    return different


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 1 if the two sides differ for anybody in any month."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.decisions", description=__doc__)
    parser.add_argument("people", nargs="*", type=int, default=[1_000_000, 10_000_000])
    parser.add_argument("--openfisca", type=Path, help="a Python that has openfisca-core==46.*")
    options = parser.parse_args(arguments)
    different = 0
    print(
        f"{'people':>10} {'months':>6}  {'':28} {'s':>8} {'CPU s':>8} {'person-months/s':>16} {'peak GiB':>9}"
    )
    for people in options.people:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            write_world(folder, people)
            for months in (len(DAYS), 1):
                for side, spent in contest(folder, months, options.openfisca).items():
                    rate = people * months / spent["wall"]
                    print(
                        f"{people:>10,} {months:>6}  {side:28} {spent['wall']:8.2f} {spent['cpu']:8.2f} "
                        f"{rate:16,.0f} {spent['peak']:9.2f}",
                        flush=True,
                    )
                if options.openfisca:
                    found = unequal(folder, months)
                    different += found
                    print(
                        f"{people:>10,} {months:>6}  person-months with another amount: {found}", flush=True
                    )
            if people == options.people[0]:
                with Warehouse(folder / "night.duckdb") as warehouse:
                    report = decide(warehouse, load_policy("yaohai", as_of=DAYS[0]))
                decisions, lines = sum(report.decisions.values()), sum(report.candidates.values())
                print(
                    f"{people:>10,}         all programmes of yaohai: {report.seconds:.2f} s, "
                    f"{decisions:,} decisions, {lines:,} lines",
                    flush=True,
                )
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
