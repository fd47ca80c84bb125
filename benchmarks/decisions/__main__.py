"""``python -m benchmarks.decisions [PEOPLE ...] [--openfisca DIR]``: person-months a second.

The set of four: age allowance in three bands, severe-disability nursing and old-age nursing with
take-the-higher, hardship living, as yanling's list has them. This project decides every person under them and
keeps the reasons of every decision; OpenFisca-Core 46 computes the same amounts, without reasons. The amounts
are compared person by person. A person-month is one person decided under all four for one month. Also: all
programmes of yaohai, decisions and lists' lines.

OpenFisca is not a dependency: ``pip install --target DIR openfisca-core==46.*`` and give DIR.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import duckdb
import numpy as np

from contracts.facts import FACTS
from outreach.engine import Warehouse
from outreach.policy import decide, load_policy
from outreach.policy.policy import EXTRACT_NAMES

AS_OF = dt.date(2026, 11, 20)
FOUR = ("age_allowance", "disability_nursing_subsidy", "nursing_subsidy", "disability_living_subsidy")
REPEATS = 3

PEOPLE = """
SELECT
    i AS person_key, 'P' || i AS person_id, TRUE AS in_register, 'H' || (i // 3) AS household_id,
    hash(i, 1) % 100 >= 2 AS alive, hash(i, 1) % 100 >= 7 AS registered,
    CAST(hash(i, 2) % 100 AS INTEGER) AS age,
    make_date(CAST(2026 - hash(i, 2) % 100 AS INTEGER), 5, 5) AS birth_date,
    hash(i, 3) % 100 < 3 AS on_minimum_living, hash(i, 3) % 100 IN (3, 4) AS destitute,
    hash(i, 3) % 100 < 5 AS hard_up,
    CASE WHEN hash(i, 4) % 100 = 0 THEN '1' WHEN hash(i, 4) % 100 = 1 THEN '2'
         WHEN hash(i, 4) % 100 < 6 THEN '3' ELSE 'none' END AS disability_grade,
    hash(i, 4) % 100 < 2 AS severely_disabled, hash(i, 4) % 100 < 6 AS has_certificate,
    hash(i, 5) % 1000 = 0 AS work_injury_care, hash(i, 6) % 10 < 3 AS has_assessment,
    CASE WHEN hash(i, 6) % 10 < 3 THEN CAST(hash(i, 7) % 5 AS INTEGER) END AS ability_level,
    CASE WHEN hash(i, 6) % 10 < 3 THEN hash(i, 7) % 5 >= 3 END AS unable_to_self_care,
    CASE WHEN hash(i, 6) % 10 < 3 THEN hash(i, 7) % 5 >= 1 END AS disabled_old,
    CASE WHEN hash(i, 6) % 10 < 3 THEN hash(i, 7) % 5 IN (1, 2) END AS partly_unable
FROM range({people}) AS t (i)
"""
INPUTS = (
    "alive",
    "registered",
    "age",
    "on_minimum_living",
    "destitute",
    "severely_disabled",
    "has_certificate",
    "work_injury_care",
    "has_assessment",
    "ability_level",
)
EMPTY = {
    "facts.grade": "person_key BIGINT, extract VARCHAR, grade VARCHAR",
    "facts.receiving": "person_key BIGINT, programme VARCHAR, amount DECIMAL(12,2), start_month DATE, "
    "last_paid_month DATE, grade VARCHAR",
    "facts.declined": "person_key BIGINT, programme VARCHAR, declined_on DATE, grade VARCHAR",
    "facts.doubtful_word": "person_key BIGINT, programme VARCHAR, kind VARCHAR",
    "facts.pension_age": "birth_date DATE, sex VARCHAR, last_day DATE",
    "facts.threshold": "person_key BIGINT, on_day DATE, age INTEGER, employee_age_reached BOOLEAN",
    "facts.reached": "person_key BIGINT, on_day DATE, age INTEGER",
    "identity.possible": "person_key BIGINT, extract VARCHAR",
    "identity.link": "person_key BIGINT, extract VARCHAR, row_number BIGINT",
}
OTHER_COLUMNS = {
    "died_on": "DATE",
    "death_evidence": "VARCHAR",
    "deregistered_on": "DATE",
    **{
        f"{what}_since": "DATE"
        for what in ("hardship", "certificate", "ability", "family_planning", "preferential")
    },
    **{f"{what}_ended_on": "DATE" for what in ("hardship", "certificate", "ability")},
}


def make_world(con: duckdb.DuckDBPyConnection, people: int) -> None:
    """Invented facts about ``people`` persons; what the four programmes do not use is NULL."""
    made = con.execute(f"DESCRIBE {PEOPLE.format(people=1)}").fetchall()
    missing = {fact.name: fact.sql_type for fact in FACTS} | OTHER_COLUMNS
    for name, *_ in made:
        missing.pop(name, None)
    nulls = ", ".join(f"CAST(NULL AS {kind}) AS {name}" for name, kind in missing.items())
    con.execute(f"CREATE TABLE facts.person AS SELECT *, {nulls} FROM ({PEOPLE.format(people=people)})")
    for table, columns in EMPTY.items():
        con.execute(f"CREATE TABLE {table} ({columns})")
    con.execute(
        "CREATE TABLE run.context AS SELECT 'bench' AS run_id, 'yanling' AS region, "
        f"'411024' AS region_code, DATE '{AS_OF}' AS as_of"
    )
    con.execute("CREATE TABLE run.extract (extract VARCHAR, delivered BOOLEAN)")
    con.executemany("INSERT INTO run.extract VALUES (?, TRUE)", [(name,) for name in EXTRACT_NAMES])


def ours(people: int, folder: Path) -> tuple[float, Path, np.ndarray]:
    """Best of some runs in seconds, the inputs for the other side, and our amounts (people × four)."""
    from outreach.policy.simulate import build_side

    policy = load_policy("yanling", as_of=AS_OF)
    with Warehouse(folder / "night.duckdb") as warehouse:
        con = warehouse.con
        make_world(con, people)
        columns = con.execute(
            f"SELECT {', '.join(INPUTS)} FROM facts.person ORDER BY person_key"
        ).fetchnumpy()
        inputs = folder / "inputs.npz"
        np.savez(inputs, **{name: np.ma.filled(np.ma.asarray(value), -1) for name, value in columns.items()})
        seconds = []
        for _ in range(REPEATS):
            started = time.perf_counter()
            build_side(con, policy, frozenset(FOUR), "after", reasons=True)
            seconds.append(time.perf_counter() - started)
        amounts = np.zeros((people, len(FOUR)))
        for i, programme in enumerate(FOUR):
            rows = con.execute(
                "SELECT person_key, amount_monthly FROM simulation.after "
                f"WHERE decision = 'eligible' AND programme = '{programme}'"
            ).fetchnumpy()
            amounts[rows["person_key"], i] = rows["amount_monthly"]
    return min(seconds), inputs, amounts


def openfisca(inputs: Path, site: Path) -> tuple[float, np.ndarray]:
    """The other side's seconds and amounts, in a process of its own."""
    output = inputs.with_name("openfisca.npz")
    environment = {**os.environ, "PYTHONPATH": str(site)}
    script = Path(__file__).with_name("openfisca_side.py")
    subprocess.run(
        [sys.executable, str(script), str(inputs), str(output), str(REPEATS)], check=True, env=environment
    )
    found = np.load(output)
    return float(found["seconds"]), np.column_stack([found[name] for name in FOUR])


def all_of_yaohai(people: int, folder: Path) -> float:
    """Seconds for all programmes of yaohai, decisions and candidates, as a night makes them."""
    with Warehouse(folder / "yaohai.duckdb") as warehouse:
        make_world(warehouse.con, people)
        return decide(warehouse, load_policy("yaohai", as_of=AS_OF)).seconds


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 1 if the two sides differ for anybody."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.decisions", description=__doc__)
    parser.add_argument("people", nargs="*", type=int, default=[1_000_000, 10_000_000])
    parser.add_argument("--openfisca", type=Path, help="where openfisca-core is installed (pip --target)")
    options = parser.parse_args(arguments)
    different = 0
    print(f"{'people':>12} {'who':32} {'seconds':>9} {'person-months/s':>16}")
    for people in options.people:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            seconds, inputs, amounts = ours(people, folder)
            print(f"{people:>12,} {'this project, with reasons':32} {seconds:9.3f} {people / seconds:16,.0f}")
            if options.openfisca:
                theirs, their_amounts = openfisca(inputs, options.openfisca)
                print(f"{people:>12,} {'OpenFisca-Core, without':32} {theirs:9.3f} {people / theirs:16,.0f}")
                unequal = int((np.abs(amounts - their_amounts) > 0.005).any(axis=1).sum())
                different += unequal
                print(f"{people:>12,} people with another amount: {unequal}")
    with tempfile.TemporaryDirectory() as name:
        people = options.people[0]
        seconds = all_of_yaohai(people, Path(name))
        print(f"{people:>12,} {'all programmes of yaohai':32} {seconds:9.3f} {people / seconds:16,.0f}")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
