"""``python -m benchmarks.identity.nights [PEOPLE]``: the cost of a night in which 1 % of rows changed.

An invented world and the same world a night later are written and taken in (not timed). The second night is
reconciled twice from the same registry: after the first, and without the memory of it. Shown are wall and
CPU seconds, and whether both gave the same links, scores, reasons and reviews, row for row; and how many
persons known before have another id (whom only an unchanged row tells apart, the memory alone can tell).
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import resource
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from contracts.extracts import EXTRACTS
from outreach.engine import Warehouse
from outreach.identity import IdentityReport, memory, resolve
from outreach.intake import begin_run, intake_extract, open_batch
from outreach.policy.policy import programme_labels
from outreach.sample.world import write_world

REGION, CODE, FIRST = "yaohai", "340102", dt.date(2026, 11, 20)
SEED = 20261120

SAME = {
    "link": "SELECT row_key, person, grade, score, method, reasons"
    " FROM {0}identity.link JOIN {1} USING (person_key)",
    "evidence": "SELECT extract, row_number, role, person, weight, CAST(comparison AS VARCHAR)"
    " FROM {0}identity.evidence JOIN {1} USING (person_key)",
    "review": "SELECT pair_id, subject, other_subject, score, CAST(comparison AS VARCHAR)"
    " FROM {0}identity.review",
    "possible": "SELECT person, extract, row_number, role, reason"
    " FROM {0}identity.possible JOIN {1} USING (person_key)",
}
"""What has to be the same, whichever way it was made. Keys and new ids of persons differ, so a person is
named by her first row."""

PERSONS = (
    "SELECT person, person_id FROM {0}identity.person JOIN {1} USING (person_key)"
    " WHERE person_id IN (SELECT person_id FROM known)"
)


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
    """Reconcile the night that stands in the working file ``path``."""
    os.sync()  # what is still being copied to the disk would be timed with the night
    with Warehouse(path) as warehouse:
        wall, cpu = time.perf_counter(), time.process_time()
        report = resolve(warehouse, state / "registry.duckdb", region=REGION, as_of=as_of)
        return Measured(time.perf_counter() - wall, time.process_time() - cpu, report)


def differences(after: Path, full: Path, state: Path) -> dict[str, int]:
    """Rows by table that one of the two nights has and the other has not."""
    with Warehouse(after) as warehouse:
        con = warehouse.con
        con.execute(f"ATTACH '{full}' AS in_full (READ_ONLY)")
        con.execute(f"ATTACH '{state / 'registry.duckdb'}' AS registry (READ_ONLY)")
        con.execute("CREATE TEMP TABLE known AS SELECT person_id FROM registry.person")
        for place, name in (("", "here"), ("in_full.", "there")):
            con.execute(
                f"CREATE TEMP TABLE {name} AS SELECT person_key, min(row_key) AS person"
                f" FROM {place}identity.link GROUP BY person_key"
            )
        asked = {
            table: (said.format("", "here"), said.format("in_full.", "there"))
            for table, said in {**SAME, "ids known before": PERSONS}.items()
        }
        found = {}
        for table, (here, there) in asked.items():
            ((rows,),) = con.execute(
                f"SELECT count(*) FROM (({here} EXCEPT ALL {there}) UNION ALL ({there} EXCEPT ALL {here}))"
            ).fetchall()
            found[table] = int(rows)
        return found


def show(name: str, measured: Measured) -> None:
    """Print one reconciliation."""
    print(f"{name:42} {measured.wall:7.2f} s wall {measured.cpu:7.2f} s CPU", flush=True)
    for stage, seconds in measured.report.seconds.items():
        print(f"    {stage:38} {seconds:7.2f} s")


def measure(people: int, workspace: Path) -> bool:
    """Measure one size; whether both ways gave the same."""
    first, second = take_in(workspace, people, 0), take_in(workspace, people, 1)
    state, before = workspace / "state", workspace / "before"
    show(f"{people:,} people: first night", reconcile(first, state, FIRST))
    first.unlink()
    for copy in (before, workspace / "first"):
        shutil.copytree(state, copy)
    full_path = workspace / "full.duckdb"
    shutil.copy(second, full_path)
    next_day = FIRST + dt.timedelta(days=1)
    after = reconcile(second, state, next_day)
    show("a night in which 1 % changed, after it", after)
    (before / memory.FILE_NAME).unlink()
    full = reconcile(full_path, before, next_day)
    show("the same night without a memory", full)
    print(f"{'ratio':42} {full.wall / after.wall:7.2f}   wall {full.cpu / after.cpu:7.2f}   CPU")
    found = differences(second, full_path, workspace / "first")
    for table, rows in found.items():
        print(f"    {table:38} {rows:7} rows differ")
    print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GiB")
    return not any(found[table] for table in SAME)


def main() -> None:
    """Measure the size asked for; exit 1 where the two ways differ."""
    parser = argparse.ArgumentParser(prog="benchmarks.identity.nights", description=__doc__)
    parser.add_argument("people", type=int, nargs="?", default=100_000)
    with tempfile.TemporaryDirectory(prefix="nights-") as folder:
        if not measure(parser.parse_args().people, Path(folder)):
            sys.exit(1)


if __name__ == "__main__":
    main()
