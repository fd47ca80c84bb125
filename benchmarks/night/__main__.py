"""``python -m benchmarks.night [PEOPLE ...]``: whole nights of invented worlds, each in a process of its own.

For each size: an ordinary world is written (not timed), ``outreach run`` is run on it as an operator would,
and DuckDB reads the same register as one UTF-8 CSV and writes it as Parquet. Wall time and peak resident
memory are those of the whole process, as the kernel counts them.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from contracts.extracts import EXTRACT_BY_NAME
from outreach.engine import Warehouse
from outreach.intake import begin_run, intake_extract, open_batch

ROOT = Path(__file__).resolve().parents[2]
REGION, DATE, SEED = "yaohai", "2026-11-20", 20261120
REGISTER = "household_register"
STAGE = re.compile(r"^[✓✗] \[ *\d+/\d+\] (?P<label>.+?)  (?P<seconds>[\d.]+) s$")

READ_AND_WRITE = """
import duckdb, sys
source, target = sys.argv[1:]
duckdb.sql(f"COPY (SELECT * FROM read_csv('{source}', header=true, all_varchar=true)) TO '{target}'")
"""


@dataclass(frozen=True)
class Measured:
    """Wall seconds and peak resident memory of one process, and what it printed on standard error
    (``printed``)."""

    seconds: float
    peak_gib: float
    status: int
    printed: str


def measure(command: list[str]) -> Measured:
    """Run a command to its end; the kernel measures its peak memory."""
    with tempfile.TemporaryFile("w+") as printed:
        started = time.perf_counter()
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=printed)
        _, wait_status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(wait_status)
        printed.seek(0)
        return Measured(seconds, usage.ru_maxrss / 2**20, process.returncode, printed.read())


def register_as_csv(landing: Path, target: Path) -> None:
    """The accepted rows of the register, in the columns that were delivered, as one UTF-8 CSV."""
    as_of = dt.date.fromisoformat(DATE)
    columns = ", ".join(column.name for column in EXTRACT_BY_NAME[REGISTER].columns)
    with Warehouse(target.with_suffix(".duckdb")) as warehouse:
        begin_run(warehouse, "bench", REGION, "340102", as_of)
        intake_extract(
            warehouse,
            open_batch(landing, REGION, as_of),
            REGISTER,
            as_of=as_of,
            earlier_rows=(),
            allowed=frozenset(),
            programmes={},
        )
        warehouse.con.execute(f"COPY (SELECT {columns} FROM intake.{REGISTER}) TO '{target}' (HEADER)")


def night(people: int, workspace: Path) -> None:
    """Measure one size and print its figures."""
    outreach = str(Path(sys.executable).parent / "outreach")
    landing, home = workspace / "landing", workspace / "home"
    world = ["--region", REGION, "--date", DATE, "--people", str(people), "--seed", str(SEED)]
    written = measure([outreach, "sample", "--out", str(landing), *world])
    if written.status:
        sys.exit(written.printed)
    csv = workspace / "register.csv"
    register_as_csv(landing, csv)
    reference = measure([sys.executable, "-c", READ_AND_WRITE, str(csv), str(workspace / "register.parquet")])
    ran = measure(
        [outreach, "run", "--region", REGION, "--date", DATE, "--landing", str(landing), "--home", str(home)]
    )
    if ran.status not in (0, 3):
        sys.exit(ran.printed)
    stages = [match for line in ran.printed.splitlines() if (match := STAGE.match(line))]
    rest = ran.seconds - sum(float(stage["seconds"]) for stage in stages)
    print(f"\n{people:,} people, {os.cpu_count()} cores")
    print(f"  world written            {written.seconds:8.1f} s  {written.peak_gib:5.2f} GiB")
    print(f"  whole night              {ran.seconds:8.1f} s  {ran.peak_gib:5.2f} GiB  exit {ran.status}")
    print(f"  DuckDB reads the register{reference.seconds:8.1f} s  {reference.peak_gib:5.2f} GiB")
    print(f"  ratio                    {ran.seconds / reference.seconds:8.1f}")
    for stage in stages:
        print(f"    {float(stage['seconds']):7.1f} s  {stage['label']}")
    print(f"    {rest:7.1f} s  start, planning, summary")


def main() -> None:
    """Measure every requested size."""
    parser = argparse.ArgumentParser(prog="benchmarks.night", description=__doc__)
    parser.add_argument("people", type=int, nargs="*", default=[100_000, 1_000_000])
    for people in parser.parse_args().people:
        workspace = ROOT / "build" / "bench" / str(people)
        shutil.rmtree(workspace, ignore_errors=True)
        workspace.mkdir(parents=True)
        try:
            night(people, workspace)
        finally:
            shutil.rmtree(workspace, ignore_errors=True)


if __name__ == "__main__":
    main()
