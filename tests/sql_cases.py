"""Cases of SQL models, written as YAML: input rows, and the rows that must come out.

A file ``tests/<step>/cases/*.yaml`` is a list of cases::

    - case: a roll that ended yesterday is not current      # what the user needs
      as_of: 2026-11-20                                      # default
      absent: [visit_log]                                    # extracts not delivered; all others are
      given:
        household_register:                                  # an extract: its accepted rows
          - {person: 1, id_number: "340102194503120011"}
        hardship_roll:
          - {person: 1, link: strong, category: 11, ended_on: 2026-11-19}
        decisions.programme:                                 # any other table of docs/tables.md, by its full name
          - {programme: visit}
      expect:
        facts.person:                                        # all rows of the table, in the columns named here
          - {person: 1, hardship: none}

``person`` is the person_key to whom the row is linked and ``link`` the grade of the link (``exact`` where not said); a marriage row
has ``husband`` and ``wife`` instead. Rows are numbered as they stand. Columns not named are NULL, but an 18-character
number counts as valid unless its state is said. ``person_id`` is ``P<person_key>``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import yaml

from contracts.extracts import EXTRACT_BY_NAME, EXTRACTS, Extract
from outreach.engine import build, load_models
from outreach.engine.warehouse import SCHEMAS

TABLES = yaml.safe_load((Path(__file__).parent / "tables.yaml").read_text(encoding="utf-8"))
"""Columns and types of the tables between steps that no model of ``facts`` or ``mart`` makes (docs/tables.md)."""

STEPS = ("facts", "mart")
DEFAULTS: dict[str, dict[str, Any]] = {
    "household_register": {"status": 1, "area_code": "340102001001"},
    "disability_certificate": {"status": 1},
    "benefit_roll": {"status": 1},
}
SQL_TYPES = {
    pl.Int64: "BIGINT",
    pl.Int32: "INTEGER",
    pl.String: "VARCHAR",
    pl.Date: "DATE",
    pl.Boolean: "BOOLEAN",
    pl.Decimal: "DECIMAL(12, 2)",
}

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Case:
    """One case of a file: what is given and what must come out."""

    name: str
    given: Mapping[str, Sequence[Row]]
    expect: Mapping[str, Sequence[Row]]
    as_of: dt.date = dt.date(2026, 11, 20)
    absent: tuple[str, ...] = field(default=())


def load_cases(folder: Path) -> list[Case]:
    """All cases of a folder's YAML files, named ``<file>: <case>``."""
    cases = []
    for path in sorted(folder.glob("*.yaml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8")):
            name = f"{path.stem}: {entry.pop('case')}"
            cases.append(Case(name, absent=tuple(entry.pop("absent", ())), **entry))
    return cases


def _extract_columns(extract: Extract) -> dict[str, str]:
    return {name: SQL_TYPES[dtype.base_type()] for name, dtype in extract.table.items()}


def _insert(
    con: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, str], rows: Sequence[Row]
) -> None:
    con.execute(f"CREATE TABLE {table} ({', '.join(f'{name} {kind}' for name, kind in columns.items())})")
    for row in rows:
        unknown = set(row) - set(columns)
        assert not unknown, f"{table} has no column {sorted(unknown)}"
        if row:
            con.execute(
                f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})",
                [*row.values()],
            )


def _numbered(row: Row, columns: Mapping[str, str]) -> dict[str, Any]:
    """The row with what intake derives from identity numbers and names, where the case does not say it."""
    derived = dict(row)
    for column in columns:
        if column.endswith("_key") and (name := row.get(column.removesuffix("_key"))):
            derived.setdefault(column, name)
        if not column.endswith("_state"):
            continue
        number = column.removesuffix("_state")
        text = row.get(number)
        state = "missing" if text is None else "valid" if len(text) == 18 else "malformed"
        derived.setdefault(column, state)
        if derived[column] == "valid":
            derived.setdefault(f"{number}18", text)
    return derived


def _links(name: str, number: int, row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    roles = (
        {"husband": row.pop("husband"), "wife": row.pop("wife")}
        if name == "marriage_register"
        else {"": row.pop("person")}
    )
    grade = row.pop("link", "exact")
    for role, person in roles.items():
        yield {"extract": name, "row_number": number, "role": role, "person_key": person, "grade": grade}


def warehouse(case: Case) -> duckdb.DuckDBPyConnection:
    """An in-memory warehouse that holds what the case gives, links and persons included."""
    con = duckdb.connect()
    for schema in SCHEMAS:
        con.execute(f"CREATE SCHEMA {schema}")
    given: dict[str, list[Row]] = {table: list(rows) for table, rows in case.given.items() if "." in table}
    links = given.setdefault("identity.link", [])
    registered = set()
    for extract in EXTRACTS:
        columns = _extract_columns(extract)
        rows = []
        for number, row in enumerate(case.given.get(extract.name, ()), start=1):
            written = {**DEFAULTS.get(extract.name, {}), **row}
            found = list(_links(extract.name, number, written))
            links.extend(found)
            if extract.name == "household_register":
                registered.update(link["person_key"] for link in found)
            rows.append({"row_number": number, **_numbered(written, columns)})
        _insert(con, f"intake.{extract.name}", columns, rows)
    misspelt = {table for table in case.given if "." not in table} - set(EXTRACT_BY_NAME)
    assert not misspelt, f"no such extract: {sorted(misspelt)}"
    given.setdefault(
        "identity.person",
        [
            {"person_key": key, "person_id": f"P{key}", "in_register": key in registered}
            for key in sorted({link["person_key"] for link in links})
        ],
    )
    given.setdefault(
        "run.context",
        [{"run_id": "R1", "region": "yaohai", "region_code": "340102", "as_of": case.as_of}],
    )
    given.setdefault(
        "run.extract",
        [{"extract": extract.name, "delivered": extract.name not in case.absent} for extract in EXTRACTS],
    )
    for table, columns in TABLES.items():
        _insert(con, table, columns, given.pop(table, []))
    models = {model.table for step in STEPS for model in load_models(step)}
    for table, rows in given.items():
        assert table in models, f"{table} is neither an extract, nor in tests/tables.yaml, nor a model"
        _insert(con, table, _columns_of(rows), rows)
    build(con, "identity", only=["source_row"])
    return con


def _columns_of(rows: Sequence[Row]) -> dict[str, str]:
    """Columns of a model's table given in a case, typed by the values in it."""
    kinds = {bool: "BOOLEAN", int: "INTEGER", float: "DOUBLE", dt.date: "DATE", str: "VARCHAR"}
    columns: dict[str, str] = {}
    for row in rows:
        columns |= {name: kinds[type(value)] for name, value in row.items() if value is not None}
    return columns


def _build(con: duckdb.DuckDBPyConnection, wanted: set[str], given: set[str]) -> None:
    """Make the wanted tables and every model they rest on, save those that the case itself gives."""
    models = {model.table: model for step in STEPS for model in load_models(step)}
    needed: set[str] = set()
    open_tables = [table for table in wanted if table in models]
    while open_tables:
        table = open_tables.pop()
        if table in needed or table in given:
            continue
        needed.add(table)
        open_tables.extend(need for need in models[table].needs if need in models)
    for step in STEPS:
        build(con, step, only=[models[table].name for table in needed if models[table].step == step])


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value


def check(case: Case) -> None:
    """Build what the case expects and compare it, row by row, in the columns that the case names.

    Raises:
        AssertionError: other rows came out.
    """
    con = warehouse(case)
    _build(con, set(case.expect), set(case.given))
    for table, rows in case.expect.items():
        columns = list(rows[0]) if rows else []
        assert all(set(row) == set(columns) for row in rows), (
            f"{table}: expected rows must name the same columns"
        )
        fields = {"person": "person_key", "other": "other_key"}
        selected = ", ".join(f"{fields.get(name, name)} AS {name}" for name in columns) or "*"
        relation = con.sql(f"SELECT {selected} FROM {table}")
        found = [dict(zip(relation.columns, map(_plain, row), strict=True)) for row in relation.fetchall()]
        wanted = [{name: _plain(row[name]) for name in columns} for row in rows]
        assert sorted(found, key=repr) == sorted(wanted, key=repr), f"{case.name}: {table}"
