"""Small landing nights for identity: rows said in a few words, become the intake tables of docs/tables.md."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
from sql_cases import TABLES

from contracts.extracts import EXTRACT_BY_NAME
from outreach.engine import Warehouse
from outreach.identity import learning, resolve
from outreach.settings import EngineSettings, Settings
from outreach.standards import addresses, identity_number, names

AS_OF = dt.date(2026, 11, 20)
IN_MEMORY = Path(":memory:")
"""Only the registry lasts from night to night; a night's working tables need no file."""

Rows = list[dict[str, Any]]

ONE_THREAD = Settings(engine=EngineSettings(threads=1))
"""A dozen rows need no second thread; starting one for each part of each model costs more than the rows."""

_COLUMNS = {
    "household_register": "household_no id_number name sex birth_date registered_address residence_address"
    " area_code status status_date phone former_name former_id_number",
    "marriage_register": "husband_name husband_id_number wife_name wife_id_number event event_date",
    "hardship_roll": "family_no name id_number sex birth_date address phone",
    "ability_assessment": "name id_number sex birth_date address phone",
    "benefit_roll": "programme name id_number address phone",
    "death_record": "name id_number sex birth_date died_on",
    "visit_log": "name id_number address phone",
    "care_survey": "name id_number sex birth_date address phone",
    "rescue_register": "name id_number sex birth_date",
    "disability_certificate": "certificate_no id_number name sex birth_date guardian_name phone address",
    "pension_roll": "id_number name sex birth_date phone",
    "long_term_care": "name id_number",
    "family_planning": "name id_number sex birth_date",
    "health_management": "name id_number",
    "preferential_treatment": "name id_number birth_date",
    "outreach_outcome": "person_id name id_number programme",
}
_DATES = {"birth_date", "status_date", "event_date", "died_on"}
_WHOLE = {"status", "event"}


def number(birth: str, sequence: int, area: str = "340102") -> str:
    """A valid 18-character number: area, birth date as YYYYMMDD, sequence (odd = male)."""
    first17 = f"{area}{birth}{sequence:03d}"
    character = pl.select(identity_number.check_character(pl.lit(first17))).item()
    return f"{first17}{character}"


@cache
def _empty(extract: str) -> str:
    """What makes the empty intake table: most of a night are empty, and this is faster than from no rows."""
    with duckdb.connect() as con:
        con.execute("CREATE SCHEMA intake")
        _make(con, extract, [])
        return str(con.execute("SELECT sql FROM duckdb_tables()").fetchall()[0][0])


_TYPED: dict[str, Any] = {}
"""Rows that were typed before: nights of one test mostly have one register."""


def _make(con: duckdb.DuckDBPyConnection, extract: str, rows: Rows) -> None:
    key = f"{extract} {rows}"
    if key not in _TYPED:
        _TYPED[key] = _typed(extract, rows).to_arrow()
    table = _TYPED[key]
    con.register("landed", table)
    content = ", ".join(name for name in EXTRACT_BY_NAME[extract].content if name in table.column_names)
    con.execute(f"CREATE TABLE intake.{extract} AS SELECT *, hash({content}) AS content FROM landed")
    con.unregister("landed")


def _typed(extract: str, rows: Rows) -> pl.DataFrame:
    frame = pl.DataFrame({"row_number": pl.Series(range(1, len(rows) + 1), dtype=pl.Int64)})
    for column in _COLUMNS[extract].split():
        kind = pl.Date if column in _DATES else pl.Int32 if column in _WHOLE else pl.String
        values = pl.Series(column, [row.get(column) for row in rows], dtype=pl.String)
        values = values.str.to_date() if kind == pl.Date else values.cast(kind)
        frame = frame.with_columns(values)
        if column.endswith("id_number"):
            examined = identity_number.examine(values, AS_OF)
            frame = frame.with_columns(
                examined["number18"].alias(f"{column}18"), examined["state"].alias(f"{column}_state")
            )
        if column.endswith("address"):
            frame = frame.with_columns(addresses.address_key(values).alias(f"{column}_key"))
        if column.endswith("name"):
            frame = frame.with_columns(names.name_key(values).alias(f"{column}_key"))
    return frame


class Night:
    """A night's links, asked by extract and row."""

    def __init__(self, warehouse: Warehouse) -> None:
        self.con = warehouse.con

    def one(self, sql: str, *values: object) -> Any:
        return self.con.execute(sql, values).fetchall()[0][0]

    def link(self, extract: str, row: int = 1, role: str = "") -> tuple[int, str]:
        """(person_key, grade) of a source row."""
        found = self.con.execute(
            "SELECT person_key, grade FROM identity.link WHERE extract = ? AND row_number = ? AND role = ?",
            (extract, row, role),
        ).fetchall()
        assert len(found) == 1
        return found[0]

    def person(self, row: int) -> int:
        """The person of a register row."""
        return self.link("household_register", row)[0]

    def person_id(self, extract: str, row: int = 1, role: str = "") -> str:
        return str(
            self.one(
                "SELECT person_id FROM identity.person WHERE person_key = ?",
                self.link(extract, row, role)[0],
            )
        )

    def could_be(self, extract: str, row: int = 1, role: str = "") -> set[int]:
        """Persons to whom the row could belong."""
        return {
            key
            for (key,) in self.con.execute(
                "SELECT person_key FROM identity.possible_link"
                " WHERE extract = ? AND row_number = ? AND role = ?",
                (extract, row, role),
            ).fetchall()
        }

    def guarded(self, extract: str, row: int = 1) -> set[int]:
        """Persons whose row in quarantine it may be."""
        return {
            key
            for (key,) in self.con.execute(
                "SELECT person_key FROM identity.quarantined_link WHERE extract = ? AND row_number = ?",
                (extract, row),
            ).fetchall()
        }


MakeNight = Callable[..., Night]
"""The fixture ``night``: rows by extract, reconciled as one night."""


def resident(name: str, birth: str, sequence: int, **more: Any) -> dict[str, Any]:
    """A register row of a resident; ``birth`` as YYYYMMDD. ``more`` overrides."""
    return {
        "household_no": "H1",
        "id_number": number(birth, sequence),
        "name": name,
        "sex": "M" if sequence % 2 else "F",
        "birth_date": f"{birth[:4]}-{birth[4:6]}-{birth[6:]}",
        "registered_address": "青山镇柳村1号",
        "residence_address": "青山镇柳村1号",
        "area_code": "340102001001",
        "status": "1",
        **more,
    }


def land(
    warehouse: Warehouse, extracts: Mapping[str, Rows], quarantined: Rows, as_of: dt.date = AS_OF
) -> None:
    """Make every intake table; extracts not named are empty.

    ``quarantined``: rows in quarantine, by the columns of ``run.quarantined_record`` and
    ``run.quarantined_identifier``; several of one row add identifiers to it.
    """
    warehouse.con.execute(f"CREATE OR REPLACE TABLE run.context AS SELECT DATE '{as_of}' AS as_of")
    warehouse.con.execute("CREATE OR REPLACE TABLE run.remembered_outcome (person_id VARCHAR)")
    warehouse.con.execute("CREATE OR REPLACE TABLE run.question_answer (person_id VARCHAR)")
    seen: set[tuple[str, int]] = set()
    for table in ("run.quarantined_record", "run.quarantined_identifier"):
        columns = ", ".join(f"{name} {kind}" for name, kind in TABLES[table].items())
        warehouse.con.execute(f"CREATE OR REPLACE TABLE {table} ({columns})")
        for row in quarantined:
            if table == "run.quarantined_record":
                if (row["extract"], row["row_number"]) in seen:
                    continue
                seen.add((row["extract"], row["row_number"]))
            values = {"is_by_column": True, **row}
            warehouse.con.execute(
                f"INSERT INTO {table} VALUES ({', '.join('?' * len(TABLES[table]))})",
                [values.get(name) for name in TABLES[table]],
            )
    for extract in _COLUMNS:
        warehouse.con.execute(f"DROP TABLE IF EXISTS intake.{extract}")
        if rows := extracts.get(extract):
            _make(warehouse.con, extract, rows)
        else:
            warehouse.con.execute(_empty(extract))


def reconciling(folder: Path, opened: list[Warehouse], *, learns: bool = False) -> Callable[..., Night]:
    """What reconciles rows as one night; all of its nights have one registry and are added to ``opened``.

    ``learns``: the first night learns the weights, as a region's does; else the shipped ones hold.
    """

    def reconcile(
        as_of: dt.date = AS_OF,
        quarantined: Rows | None = None,
        published: dt.date | None = None,
        released: Sequence[Path] = (),
        copy: Path | None = None,
        **extracts: Rows,
    ) -> Night:
        warehouse = Warehouse(IN_MEMORY, ONE_THREAD)
        opened.append(warehouse)
        land(warehouse, extracts, quarantined or [], as_of)
        registry = folder / "state" / "registry.duckdb"
        weights = registry.parent / learning.FILE_NAME
        if not learns and not weights.exists():
            learning.freeze_default(weights)
        resolve(
            warehouse,
            registry,
            region="yaohai",
            as_of=as_of,
            published=published,
            released=released,
            copy=copy,
        )
        return Night(warehouse)

    return reconcile
