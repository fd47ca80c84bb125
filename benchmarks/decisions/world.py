"""Invented facts about a number of people: a working warehouse for this project, arrays for OpenFisca."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb
import numpy as np

from contracts.facts import FACTS
from outreach.engine import Warehouse
from outreach.policy.language.policy import EXTRACT_NAMES

DAYS = [dt.date(2026, month, 1) for month in range(1, 13)]
"""The months: everybody's age is that of the first day of the month."""

_PEOPLE = """
SELECT
    i AS person_key, 'P' || i AS person_id, TRUE AS in_register, 'H' || (i // 3) AS household_id,
    hash(i, 1) % 100 >= 2 AS alive, hash(i, 1) % 100 >= 7 AS registered, birth_date,
    CAST(2026 - year(birth_date) - CASE WHEN month(birth_date) * 100 + day(birth_date) > 101 THEN 1 ELSE 0 END
        AS INTEGER) AS age,
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
FROM (
    SELECT i, DATE '2025-12-31' - CAST(hash(i, 2) % (105 * 365) AS INTEGER) AS birth_date
    FROM range({people}) AS t (i)
)
"""
_INPUTS = {
    "alive": "alive",
    "registered": "registered",
    "on_minimum_living": "on_minimum_living",
    "destitute": "destitute",
    "severely_disabled": "severely_disabled",
    "has_certificate": "has_certificate",
    "work_injury_care": "work_injury_care",
    "has_assessment": "has_assessment",
    "ability_level": "CAST(coalesce(ability_level, -1) AS INTEGER)",
    "birth_month": "CAST(year(birth_date) * 12 + month(birth_date) - 1"
    " + CASE WHEN day(birth_date) > 1 THEN 1 ELSE 0 END AS INTEGER)",
}
"""What OpenFisca is given. ``birth_month``: a month, counted from year 0; on the first day of any month the
person is as many years old as have passed since."""

_EMPTY = {
    "facts.grade": "person_key BIGINT, extract VARCHAR, grade VARCHAR",
    "facts.receiving": "person_key BIGINT, programme VARCHAR, amount DECIMAL(12,2), start_month DATE, "
    "last_paid_month DATE, grade VARCHAR",
    "facts.served": "person_key BIGINT, programme VARCHAR, grade VARCHAR, household_id VARCHAR",
    "facts.ended": "person_key BIGINT, fact VARCHAR, ended_on DATE",
    "facts.named": "person_key BIGINT, extract VARCHAR",
    "facts.declined": "person_key BIGINT, programme VARCHAR, declined_on DATE, grade VARCHAR",
    "facts.swapped_death": "person_key BIGINT",
    "facts.suspended": "person_key BIGINT, programme VARCHAR, fact VARCHAR, grade VARCHAR",
    "facts.doubt": "person_key BIGINT, kind VARCHAR",
    "facts.not_begun": "person_key BIGINT, extract VARCHAR",
    "facts.guard": "person_key BIGINT, kind VARCHAR, programme VARCHAR, fact VARCHAR, extract VARCHAR, "
    "row_number BIGINT, is_quarantined BOOLEAN",
    "facts.wish": "person_key BIGINT, programme VARCHAR, result VARCHAR, said_on DATE, grade VARCHAR",
    "facts.last_contact": "person_key BIGINT, programme VARCHAR, last_contact_on DATE, last_result VARCHAR, "
    "said VARCHAR, said_on DATE, about VARCHAR",
    "facts.reported": "person_key BIGINT, kind VARCHAR, reported_on DATE, source VARCHAR",
    "facts.pension_age": "birth_date DATE, sex VARCHAR, last_day DATE",
    "facts.threshold": "person_key BIGINT, on_day DATE, age INTEGER, employee_age_reached BOOLEAN",
    "facts.recent_birthday": "person_key BIGINT, on_day DATE, age INTEGER",
    "identity.possible_link": "person_key BIGINT, extract VARCHAR",
    "identity.link": "person_key BIGINT, extract VARCHAR, row_number BIGINT",
}
_OTHER_COLUMNS = {
    "died_on": "DATE",
    "death_evidence": "VARCHAR",
    "deregistered_on": "DATE",
    "last_register_status": "INTEGER",
    **{
        f"{what}_since": "DATE"
        for what in ("hardship", "certificate", "ability", "family_planning", "preferential")
    },
    **{f"{what}_ended_on": "DATE" for what in ("hardship", "certificate", "ability")},
}


def make_world(con: duckdb.DuckDBPyConnection, people: int) -> None:
    """Facts about ``people`` persons on the first of ``DAYS``. What the four do not use is true of few."""
    made = {name for name, *_ in con.execute(f"DESCRIBE {_PEOPLE.format(people=1)}").fetchall()}
    others = {fact.name: fact.sql_type for fact in FACTS} | _OTHER_COLUMNS
    columns = ", ".join(
        f"{_other(kind, place)} AS {name}"
        for place, (name, kind) in enumerate(others.items())
        if name not in made
    )
    con.execute(f"CREATE TABLE facts.person AS SELECT *, {columns} FROM ({_PEOPLE.format(people=people)})")
    for table, columns in _EMPTY.items():
        con.execute(f"CREATE TABLE {table} ({columns})")
    con.execute(
        "CREATE TABLE run.context AS SELECT 'bench' AS run_id, 'yanling' AS region, "
        f"'411024' AS region_code, DATE '{DAYS[0]}' AS as_of"
    )
    con.execute("CREATE TABLE run.extract (extract VARCHAR, delivered BOOLEAN)")
    con.executemany("INSERT INTO run.extract VALUES (?, TRUE)", [(name,) for name in EXTRACT_NAMES])


def _other(kind: str, place: int) -> str:
    """A fact of the kind: true of one in fifty, a number up to 60, no text, no day."""
    if kind == "BOOLEAN":
        return f"hash(person_key, {place}) % 50 = 0"
    if kind == "INTEGER":
        return f"CAST(hash(person_key, {place}) % 60 AS INTEGER)"
    return "'none'" if kind == "VARCHAR" else f"CAST(NULL AS {kind})"


def write_world(folder: Path, people: int) -> None:
    """``folder/night.duckdb``, and one ``.npy`` an input, by person_key."""
    with Warehouse(folder / "night.duckdb") as warehouse:
        make_world(warehouse.con, people)
        for name, sql in _INPUTS.items():
            found = warehouse.con.execute(f"SELECT person_key, {sql} AS value FROM facts.person").fetchnumpy()
            values = np.empty(people, found["value"].dtype)
            values[found["person_key"]] = np.asarray(found["value"])
            np.save(folder / f"{name}.npy", values)
