"""Nights of hand-made facts, decided, compared with the night before and published, in one home."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
from sql_cases import TABLES, create
from world import World

from outreach.changes import find_changes
from outreach.delivery import attach_previous_release
from outreach.engine import Warehouse, build
from outreach.policy import Policy, decide, load_policy
from outreach.policy.language.files import SHIPPED

_TABLES = {
    "identity.relinked": "extract VARCHAR, row_number BIGINT, role VARCHAR, person_key BIGINT, "
    "person_id_before VARCHAR, grade VARCHAR, grade_before VARCHAR",
    "identity.known_id": "person_id VARCHAR, person_key BIGINT",
    "facts.outcome": "person_key BIGINT, programme VARCHAR, result VARCHAR, contacted_on DATE, "
    "received_on DATE, grade_rank INTEGER",
}
_THERE = "SELECT schema_name, table_name FROM duckdb_tables()"
_PERSON = ("address VARCHAR", "phone VARCHAR")


PROGRAMMES = ("age_allowance", "disability_nursing_subsidy", "nursing_subsidy", "visit", "leisure")
"""A benefit by age in bands, an exclusive pair, a periodic service, one by age alone."""


@cache
def _shipped(region: str, as_of: date) -> Policy:
    return load_policy(region, as_of=as_of).only(PROGRAMMES)


@dataclass(frozen=True)
class Line:
    """A changed line, as it is published."""

    change: str
    actions: tuple[str | None, str | None]
    cause: str
    causes: list[str]
    text: str


@dataclass
class Nights:
    """A home with published nights of a region."""

    home: Path
    region: str = "yanling"
    policies: Path = SHIPPED
    parameters: Path | None = None
    count: int = field(default=0)

    def run(
        self,
        as_of: date,
        people: Sequence[Mapping[str, Any]],
        *,
        receiving: Sequence[Mapping[str, Any]] = (),
        declined: Sequence[Mapping[str, Any]] = (),
        grades: Sequence[tuple[int, str, str]] = (),
        absent: Collection[str] = (),
        relinked: Sequence[tuple[Any, ...]] = (),
        known: Sequence[tuple[str, int]] = (),
        outcomes: Sequence[tuple[Any, ...]] = (),
        contacts: Sequence[Mapping[str, Any]] = (),
        reported: Sequence[Mapping[str, Any]] = (),
        suspended: Sequence[Mapping[str, Any]] = (),
        lapsing: Sequence[Mapping[str, Any]] = (),
        publish: bool = True,
    ) -> dict[tuple[str, str], Line]:
        """Run a night; what changed, by person and programme.

        ``outcomes``: person, programme, result, day, night on which it was received.
        """
        self.count += 1
        run_id = f"run-{self.count}"
        world = World(
            people,
            receiving,
            declined,
            grades=grades,
            contacts=contacts,
            reported=reported,
            suspended=suspended,
            lapsing=lapsing,
            absent=frozenset(absent),
            as_of=as_of,
            region=self.region,
        )
        policy = self._policy(as_of)
        with world.build(self.home / f"{run_id}.duckdb") as warehouse:
            warehouse.con.execute("UPDATE run.context SET run_id = ?", [run_id])
            self._complete(warehouse, policy.sha256, relinked, known, outcomes)
            decide(warehouse, policy)
            with attach_previous_release(warehouse, self.home, self.region, as_of):
                find_changes(warehouse, policy)
            build(warehouse.con, "mart", only=["candidate", "change", "programme_rule", "run"])
            rows = warehouse.con.execute(
                "SELECT person_id, programme, change, action_before, action, cause, causes, cause_text "
                "FROM mart.change"
            ).fetchall()
            if publish:
                self._publish(warehouse, as_of, run_id)
        return {(row[0], row[1]): Line(row[2], (row[3], row[4]), *row[5:]) for row in rows}

    def query(self, as_of: date, sql: str) -> list[tuple[Any, ...]]:
        """Rows of the published night."""
        path = self.home / "releases" / self.region / as_of.isoformat() / "current" / "mart.duckdb"
        with duckdb.connect(str(path.resolve()), read_only=True) as con:
            return con.execute(sql).fetchall()

    def first_seen(self, as_of: date) -> dict[tuple[str, str, str], date]:
        """The clock of every line of a published night."""
        rows = self.query(as_of, "SELECT person_id, programme, action, first_seen_on FROM mart.candidate")
        return {(person, programme, action): day for person, programme, action, day in rows}

    def damage(self, as_of: date, sql: str) -> None:
        """Make a published night look as an older release would."""
        path = self.home / "releases" / self.region / as_of.isoformat() / "current" / "mart.duckdb"
        with duckdb.connect(str(path.resolve())) as con:
            con.execute(sql)

    def _policy(self, as_of: date) -> Policy:
        """A few programmes of the region's policy; files that no test changes are read once."""
        if self.policies == SHIPPED and self.parameters is None:
            return _shipped(self.region, as_of)
        return load_policy(self.region, self.policies, self.parameters, as_of=as_of).only(PROGRAMMES)

    @staticmethod
    def _complete(
        warehouse: Warehouse,
        sha256: str,
        relinked: Sequence[tuple[Any, ...]],
        known: Sequence[tuple[str, int]],
        outcomes: Sequence[tuple[Any, ...]],
    ) -> None:
        """Fill what a night has in addition to facts: persons, birthdays, memory of links, provenance."""
        con = warehouse.con
        for table, columns in _TABLES.items():
            con.execute(f"CREATE TABLE {table} ({columns})")
        for table, rows in (("identity.relinked", relinked), ("identity.known_id", known)):
            for row in rows:
                con.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", list(row))
        for outcome in outcomes:
            con.execute("INSERT INTO facts.outcome VALUES (?, ?, ?, ?, ?, 1)", list(outcome))
        for column in _PERSON:
            con.execute(f"ALTER TABLE facts.person ADD COLUMN {column}")
        con.execute("CREATE TABLE facts.birth AS SELECT birth_date FROM facts.person")
        build(con, "facts", only=["birthday"])
        con.execute(
            "CREATE TABLE identity.person AS SELECT person_key, person_id, in_register FROM facts.person"
        )
        con.execute(
            "CREATE TABLE run.provenance AS SELECT 'test' AS code_version, '1' AS policy_version, "
            "? AS policy_sha256, 'duckdb' AS engine, '某区' AS region_name",
            [sha256],
        )
        con.execute("ALTER TABLE run.context ADD COLUMN started_at TIMESTAMPTZ")
        there = {f"{schema}.{table}" for schema, table in con.execute(_THERE).fetchall()}
        for table, columns in TABLES.items():
            if table not in there and table.split(".")[0] in ("identity", "run"):
                create(con, table, columns)

    def _publish(self, warehouse: Warehouse, as_of: date, run_id: str) -> None:
        night = self.home / "releases" / self.region / as_of.isoformat()
        (night / run_id).mkdir(parents=True)
        (night / run_id / "manifest.json").write_text("{}", encoding="utf-8")
        con = warehouse.con
        con.execute(
            "CREATE TABLE mart.person AS SELECT * EXCLUDE (hardship_rolls), ["
            "'minimum_living'] AS hardship_rolls, r.receiving FROM facts.person LEFT JOIN ("
            "SELECT person_key, list({'programme': programme, 'amount': amount}) AS receiving "
            "FROM facts.receiving GROUP BY person_key) AS r USING (person_key)"
        )
        con.execute(
            "CREATE TABLE mart.decision_row AS SELECT p.person_id, d.* EXCLUDE (person_key, conditions, "
            "missing) FROM decisions.decision AS d JOIN facts.person AS p USING (person_key)"
        )
        con.execute(
            "CREATE TABLE mart.delivery AS SELECT extract, "
            "CASE WHEN delivered THEN 'accepted' ELSE 'absent' END AS status FROM run.extract"
        )
        con.execute(f"ATTACH '{night / run_id / 'night.duckdb'}' AS release_file")
        con.execute("CREATE SCHEMA release_file.mart")
        for (name,) in con.execute(
            "SELECT table_name FROM duckdb_tables() "
            "WHERE schema_name = 'mart' AND database_name <> 'release_file'"
        ).fetchall():
            con.execute(f"CREATE TABLE release_file.mart.{name} AS FROM mart.{name}")
        con.execute("DETACH release_file")
        (night / run_id / "mart.duckdb").symlink_to("night.duckdb")
        current = night / "current"
        current.unlink(missing_ok=True)
        current.symlink_to(run_id)
