"""``python -m benchmarks.identity``: rows reconciled on invented worlds whose truth is known.

For each damage profile and seed: a world is written and taken in (neither is timed), reconciled, and every
row of a department is compared with its true person. Shown are precision of the links made automatically
(``exact``, ``strong``) with a 95 % Wilson interval, recall of rows whose person is registered, both over all
rows and over the hard ones (whose number and name alone do not tell), the rows left to clerks, how many rows
that found no clear person guard their true one against a stop, register rows split or merged, time, memory.
"""

from __future__ import annotations

import argparse
import datetime as dt
import math
import resource
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import duckdb

from contracts.extracts import EXTRACTS
from outreach.engine import Warehouse
from outreach.identity import resolve
from outreach.intake import begin_run, intake_extract, open_batch
from outreach.policy.policy import programme_labels
from outreach.sample.world import write_world

REGION, CODE, DATE = "yaohai", "340102", dt.date(2026, 11, 20)

JUDGED = """
CREATE TEMP TABLE judged AS
WITH row_truth AS (
    SELECT t.extract, t.row_number, t.role, t.true_person, k.person_key, k.grade, k.method,
        list_aggregate(t.damage_kinds, 'string_agg', '+') AS damage
    FROM read_parquet($truth) t JOIN identity.link k USING (extract, row_number, role)
),
own AS (
    SELECT true_person, min(person_key) AS person_key FROM row_truth
    WHERE extract = 'household_register' AND true_person IS NOT NULL GROUP BY true_person
)
SELECT r.*, o.person_key AS true_key, r.grade IN ('exact', 'strong') AS automatic,
    coalesce(r.person_key = o.person_key, FALSE) AS right_person,
    r.method NOT IN ('number and name', 'former number and name') AS hard,
    o.person_key IS NOT NULL AND EXISTS (
        SELECT 1 FROM identity.possible p WHERE p.extract = r.extract AND p.row_number = r.row_number
        AND p.role = r.role AND p.person_key = o.person_key) AS guarded
FROM row_truth r LEFT JOIN own o ON r.true_person = o.true_person
"""

FIGURES = """
SELECT count(*) FILTER (automatic AND right_person) AS good,
    count(*) FILTER (automatic AND NOT right_person) AS wrong,
    count(*) FILTER (true_key IS NOT NULL) AS registered,
    count(*) FILTER (grade = 'review') AS review,
    count(*) FILTER (true_key IS NOT NULL AND NOT automatic) AS open,
    count(*) FILTER (true_key IS NOT NULL AND NOT automatic AND guarded) AS guarded
FROM judged WHERE extract <> 'household_register'
"""

SPLIT = """
SELECT count(*) FROM (SELECT true_person FROM judged WHERE extract = 'household_register'
    GROUP BY true_person HAVING count(DISTINCT person_key) > 1)
"""
MERGED = """
SELECT count(*) FROM (SELECT person_key FROM judged WHERE extract = 'household_register'
    GROUP BY person_key HAVING count(DISTINCT true_person) > 1)
"""


@dataclass(frozen=True)
class Figures:
    """Counts of department rows against the truth."""

    good: int
    wrong: int
    registered: int
    review: int
    open: int
    guarded: int

    @property
    def precision(self) -> str:
        """Precision of automatic links with its 95 % Wilson interval."""
        low, high = wilson(self.good, self.good + self.wrong)
        return f"{self.good / max(self.good + self.wrong, 1):.5f} [{low:.5f}, {high:.5f}]"

    @property
    def recall(self) -> float:
        """Share of rows of registered people that are linked automatically and rightly."""
        return self.good / max(self.registered, 1)


def wilson(hits: int, of: int, z: float = 1.96) -> tuple[float, float]:
    """The Wilson score interval of a share."""
    if of == 0:
        return 0.0, 1.0
    share = hits / of
    middle = share + z * z / (2 * of)
    half = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return (middle - half) / (1 + z * z / of), (middle + half) / (1 + z * z / of)


def _figures(con: duckdb.DuckDBPyConnection, where: str = "") -> Figures:
    return Figures(*con.execute(FIGURES + where).fetchall()[0])


def take_in(warehouse: Warehouse, landing: Path) -> None:
    """Read the batch into the ``intake`` tables, whatever its quarantine."""
    begin_run(warehouse, "benchmark", REGION, CODE, DATE)
    batch = open_batch(landing, REGION, DATE)
    for extract in EXTRACTS:
        intake_extract(
            warehouse,
            batch,
            extract.name,
            as_of=DATE,
            previous_rows=None,
            allowed=frozenset(e.name for e in EXTRACTS),
            programmes=programme_labels(),
        )


def measure(people: int, seed: int, damage: str, detail: bool) -> None:
    """Reconcile one world and print its line, with ``detail`` also the kinds of damage that stay open."""
    with tempfile.TemporaryDirectory(prefix="identity-") as folder:
        root = Path(folder)
        write_world(root, REGION, DATE, people, seed, damage)
        with Warehouse(root / "night.duckdb") as warehouse:
            take_in(warehouse, root)
            started = time.perf_counter()
            resolve(warehouse, root / "state" / "registry.duckdb", region=REGION, as_of=DATE)
            seconds = time.perf_counter() - started
            con = warehouse.con
            con.execute(JUDGED, {"truth": str(root / "truth" / REGION / DATE.isoformat() / "row.parquet")})
            every, hard = _figures(con), _figures(con, " AND hard")
            split, merged = (con.execute(sql).fetchall()[0][0] for sql in (SPLIT, MERGED))
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
            print(
                f"{damage:9} {seed:5} | {every.precision} {every.recall:.5f}"
                f" | {hard.precision} {hard.recall:.4f}"
                f" | {every.review:6} {every.guarded}/{every.open}"
                f" | {split} {merged} | {seconds:.1f} s {peak:.2f} GiB",
                flush=True,
            )
            if detail:
                con.sql(
                    "SELECT extract, damage, grade, right_person, guarded, count(*) AS rows FROM judged"
                    " WHERE extract <> 'household_register' AND true_key IS NOT NULL"
                    " AND NOT (automatic AND right_person) GROUP BY ALL ORDER BY rows DESC, extract LIMIT 40"
                ).show(max_rows=40)


def main() -> None:
    """Measure every profile and seed asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--seeds", type=int, nargs="+", default=[101, 102, 103, 104, 105])
    parser.add_argument("--damage", nargs="+", default=["light", "ordinary", "dirty"])
    parser.add_argument("--detail", action="store_true", help="also show what stays open, by kind of damage")
    asked = parser.parse_args()
    print(f"{asked.people} people")
    print(
        "damage     seed | precision [95 %], recall of all | of hard rows | in review, guarded of open"
        " | register rows split, merged | time, memory"
    )
    for damage in asked.damage:
        for seed in asked.seeds:
            measure(asked.people, seed, damage, asked.detail)


if __name__ == "__main__":
    main()
