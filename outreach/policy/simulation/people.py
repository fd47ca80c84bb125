"""The people of a published release as the tables that decisions read."""

from __future__ import annotations

from pathlib import Path

import duckdb

from contracts.facts import FACTS
from outreach.engine import sql_text
from outreach.policy.language.policy import EXTRACT_NAMES
from outreach.policy.tables import extract_table, put

_EMPTY = {
    "facts.grade": "person_key BIGINT, extract VARCHAR, grade VARCHAR",
    "facts.not_begun": "person_key BIGINT, extract VARCHAR",
    "facts.suspended": "person_key BIGINT, programme VARCHAR, fact VARCHAR, grade VARCHAR",
    "facts.doubt": "person_key BIGINT, kind VARCHAR",
    "facts.guard": "person_key BIGINT, kind VARCHAR, extract VARCHAR",
    "facts.pension_age": "birth_date DATE, sex VARCHAR, last_day DATE",
    "identity.possible_link": "person_key BIGINT, extract VARCHAR",
}
"""How sure a night is, and what is coming: nothing that decides who is entitled today."""

_SINCE = (
    "hardship_since",
    "hardship_ended_on",
    "certificate_since",
    "ability_since",
    "family_planning_since",
    "preferential_since",
    "rescued_on",
)


def load_people(con: duckdb.DuckDBPyConnection, snapshot: Path, household_of: str | None = None) -> None:
    """Make the tables of ``facts``, ``run`` and ``identity`` that decisions about today read.

    From a release's ``mart.duckdb``, which stays attached as ``published`` (read-only). Everybody, or the
    person ``household_of`` and who shares that 户号.
    """
    con.execute(f"ATTACH '{sql_text(snapshot)}' AS published (READ_ONLY)")
    for schema in ("facts", "run", "identity", "decisions"):
        con.execute(f"CREATE SCHEMA {schema}")
    listed = {
        name for (name,) in con.execute("SELECT column_name FROM (DESCRIBE published.mart.person)").fetchall()
    }
    columns = [
        fact.name if fact.name in listed else f"NULL::{fact.sql_type} AS {fact.name}" for fact in FACTS
    ]
    columns += [name if name in listed else f"NULL::DATE AS {name}" for name in _SINCE]
    wanted = (
        ""
        if household_of is None
        else (
            "WHERE person_id = $person_id OR household_id IN "
            "(SELECT household_id FROM published.mart.person WHERE person_id = $person_id)"
        )
    )
    con.execute(
        f"CREATE TABLE facts.person AS SELECT row_number() OVER () AS person_key, person_id, in_register, "
        f"{', '.join(columns)}, receiving FROM published.mart.person {wanted}",
        {} if household_of is None else {"person_id": household_of},
    )
    for table, spec in _EMPTY.items():
        con.execute(f"CREATE TABLE {table} ({spec})")
    con.execute(
        "CREATE TABLE identity.link AS SELECT p.person_key, l.extract, l.row_number "
        "FROM published.mart.identity_link AS l INNER JOIN facts.person AS p ON p.person_id = l.person_id "
        "WHERE l.extract = 'household_register'"
    )
    con.execute(
        "CREATE TABLE facts.receiving AS SELECT person_key, r.programme, r.amount, "
        "NULL::DATE AS start_month, NULL::DATE AS last_paid_month, 'exact' AS grade "
        "FROM (SELECT person_key, unnest(receiving) AS r FROM facts.person)"
    )
    con.execute(
        "CREATE TABLE facts.served AS SELECT r.person_key, r.programme, r.grade, p.household_id, "
        "NULL::DATE AS served_on "
        "FROM facts.receiving AS r INNER JOIN facts.person AS p ON p.person_key = r.person_key"
    )
    con.execute("CREATE TABLE run.context AS SELECT run_id, region, as_of FROM published.mart.run")
    delivered = con.execute(
        "SELECT DISTINCT extract FROM published.mart.delivery WHERE status LIKE 'accepted%'"
    ).fetchall()
    put(con, "run.extract", extract_table({name for (name,) in delivered} & set(EXTRACT_NAMES)))
