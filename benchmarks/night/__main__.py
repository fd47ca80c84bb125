"""``python -m benchmarks.night [PEOPLE ...]``: whole nights of invented worlds, each in a process of its own.

For each size: an ordinary world is written (not timed), ``outreach run`` is run on it as an operator would,
and DuckDB reads the same register as one UTF-8 CSV and writes it as Parquet. Wall time and peak resident
memory are those of the whole process, as the kernel counts them.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import polars as pl

ROOT = Path(__file__).resolve().parents[2]
REGION, DATE, SEED = "yaohai", "2026-11-20", 20261120
STAGE = re.compile(r"^[✓✗] \[ *\d+/\d+\] (?P<label>.+?)  (?P<seconds>[\d.]+) s$")

READ_AND_WRITE = """
import duckdb, sys
source, target = sys.argv[1:]
duckdb.sql(f"COPY (SELECT * FROM read_csv('{source}', header=true, all_varchar=true)) TO '{target}'")
"""


@dataclass(frozen=True)
class Measured:
    """Wall seconds and peak resident memory of one process, and what it printed on standard error."""

    seconds: float
    peak_gib: float
    status: int
    told: str


def measure(command: list[str]) -> Measured:
    """Run a command to its end; the kernel tells its peak memory."""
    with tempfile.TemporaryFile("w+") as told:
        started = time.perf_counter()
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=told)
        _, wait_status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(wait_status)
        told.seek(0)
        return Measured(seconds, usage.ru_maxrss / 2**20, process.returncode, told.read())


def register_as_csv(landing: Path, target: Path) -> None:
    """The register of the batch as one UTF-8 CSV, whatever form it was delivered in."""
    parts = sorted((landing / REGION / DATE).glob("household_register*"))
    frames = []
    for part in parts:
        if part.suffix == ".parquet":
            frames.append(pl.read_parquet(part))
        else:
            text = part.read_bytes()
            encoding = "utf-16" if text[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
            try:
                decoded = text.decode(encoding)
            except UnicodeDecodeError:
                decoded = text.decode("gb18030", errors="replace")
            separator = max("\t,|", key=decoded.split("\n", 1)[0].count)
            frames.append(
                pl.read_csv(
                    decoded.encode(), separator=separator, infer_schema=False, truncate_ragged_lines=True
                )
            )
    pl.concat(frames, how="vertical_relaxed").write_csv(target)


def night(people: int, workspace: Path) -> None:
    """Measure one size and print its figures."""
    outreach = str(Path(sys.executable).parent / "outreach")
    landing, home = workspace / "landing", workspace / "home"
    world = ["--region", REGION, "--date", DATE, "--people", str(people), "--seed", str(SEED)]
    written = measure([outreach, "sample", "--out", str(landing), *world])
    if written.status:
        sys.exit(written.told)
    csv = workspace / "register.csv"
    register_as_csv(landing, csv)
    reference = measure([sys.executable, "-c", READ_AND_WRITE, str(csv), str(workspace / "register.parquet")])
    ran = measure(
        [outreach, "run", "--region", REGION, "--date", DATE, "--landing", str(landing), "--home", str(home)]
    )
    if ran.status not in (0, 3):
        sys.exit(ran.told)
    stages = [match for line in ran.told.splitlines() if (match := STAGE.match(line))]
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
    """Measure every size asked for."""
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
