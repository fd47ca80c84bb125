"""``python -m benchmarks.identity.nights [PEOPLE]``: what reconciling costs on following nights.

An invented world and the same world a night later are written and taken in (not timed). Shown are wall and
CPU seconds of the first night, of the same rows again, and of the night in which 1 % of rows changed.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import resource
import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from contracts.extracts import EXTRACTS
from outreach.engine import Warehouse
from outreach.identity import IdentityReport, resolve
from outreach.intake import begin_run, intake_extract, open_batch
from outreach.policy.language.load import programme_labels
from outreach.sample.world import write_world

REGION, CODE, FIRST = "yaohai", "340102", dt.date(2026, 11, 20)
SEED = 20261120


@dataclass(frozen=True)
class Measured:
    """One reconciliation: wall and CPU seconds, and what it reported."""

    wall: float
    cpu: float
    report: IdentityReport


def take_in(workspace: Path, people: int, night: int) -> Path:
    """The world of a night, written and read into the intake tables of a working file."""
    as_of = FIRST + dt.timedelta(days=night)
    landing = workspace / "landing"
    write_world(landing, REGION, as_of, people, SEED, "ordinary", night=night)
    target = workspace / f"intake{night}.duckdb"
    with Warehouse(target) as warehouse:
        begin_run(warehouse, "benchmark", REGION, CODE, as_of)
        for extract in EXTRACTS:
            intake_extract(
                warehouse,
                open_batch(landing, REGION, as_of),
                extract.name,
                as_of=as_of,
                earlier_rows=(),
                allowed=frozenset(e.name for e in EXTRACTS),
                programmes=programme_labels(),
            )
    shutil.rmtree(landing)
    return target


def reconcile(path: Path, state: Path, as_of: dt.date) -> Measured:
    """Reconcile the night whose rows are in the working file ``path``."""
    os.sync()  # what is still being copied to the disk would be timed with the night
    with Warehouse(path) as warehouse:
        wall, cpu = time.perf_counter(), time.process_time()
        report = resolve(warehouse, state / "registry.duckdb", region=REGION, as_of=as_of)
        return Measured(time.perf_counter() - wall, time.process_time() - cpu, report)


def show(name: str, measured: Measured) -> None:
    """Print one reconciliation."""
    print(f"{name:42} {measured.wall:7.2f} s wall {measured.cpu:7.2f} s CPU", flush=True)
    for stage, seconds in measured.report.seconds.items():
        print(f"    {stage:38} {seconds:7.2f} s")


def measure(people: int, workspace: Path) -> None:
    """Measure one size: the first night, the same rows again, and a night in which 1 % of rows changed."""
    first, second = take_in(workspace, people, 0), take_in(workspace, people, 1)
    again = workspace / "again.duckdb"
    shutil.copy(first, again)
    state = workspace / "state"
    nights = (("first night", first), ("the same rows again", again), ("1 % of rows changed", second))
    for day, (name, path) in enumerate(nights):
        show(f"{people:,} people: {name}", reconcile(path, state, FIRST + dt.timedelta(days=day)))
        path.unlink()
    print(f"registry {(state / 'registry.duckdb').stat().st_size / 2**20:.0f} MiB")
    print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GiB")


def main() -> None:
    """Measure the requested size."""
    parser = argparse.ArgumentParser(prog="benchmarks.identity.nights", description=__doc__)
    parser.add_argument("people", type=int, nargs="?", default=100_000)
    with tempfile.TemporaryDirectory(prefix="nights-") as folder:
        measure(parser.parse_args().people, Path(folder))


if __name__ == "__main__":
    main()
