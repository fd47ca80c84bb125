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
        decisions.programme:                                 # any other table, by its full name
          - {programme: visit}
      expect:
        facts.person:                                        # all rows of it, in the columns named here
          - {person: 1, hardship: none}

``person`` is the person_key to whom the row is linked, ``link`` the grade of the link (``exact`` where
not given) and ``link_score`` its probability; a marriage row has ``husband`` and ``wife`` instead. Rows
are numbered in their order. Columns not named are NULL, but an 18-character number counts as valid
unless its state is given. ``person_id`` is ``P<key>``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import yaml

from contracts.extracts import EXTRACT_BY_NAME, EXTRACTS, Extract
from contracts.published import TABLES as PUBLISHED_TABLES
from outreach.engine import Model, build, load_models
from outreach.engine.warehouse import SCHEMAS

TABLES = yaml.safe_load((Path(__file__).parent / "tables.yaml").read_text(encoding="utf-8"))
"""Columns and types of the tables that no model of ``STEPS`` makes (docs/tables.md)."""

PUBLISHED = {
    table.table: {column.name: column.sql_type for column in table.columns} for table in PUBLISHED_TABLES
}
"""The same of the published tables, for cases that give one."""

STEPS = ("facts", "indicators", "mart", "lists")
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
PYTHON_TYPES = {bool: "BOOLEAN", int: "INTEGER", float: "DOUBLE", dt.date: "DATE", str: "VARCHAR"}
SHORT_NAMES = {"person": "person_key", "other": "other_key"}

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


def intake_columns(extract: Extract) -> dict[str, str]:
    """Column names and DuckDB types of ``intake.<extract>``."""
    typed = {name: SQL_TYPES[dtype.base_type()] for name, dtype in extract.table.items()}
    return typed | {"content": "UBIGINT"}


def create(con: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, str]) -> None:
    """Make an empty table."""
    con.execute(
        f"CREATE OR REPLACE TABLE {table} ({', '.join(f'{name} {kind}' for name, kind in columns.items())})"
    )


def empty_warehouse() -> duckdb.DuckDBPyConnection:
    """An in-memory warehouse with every table that models of ``STEPS`` read, all empty."""
    con = duckdb.connect()
    con.execute("SET threads = 1")
    for schema in SCHEMAS:
        con.execute(f"CREATE SCHEMA {schema}")
    for extract in EXTRACTS:
        create(con, f"intake.{extract.name}", intake_columns(extract))
    for table, columns in TABLES.items():
        create(con, table, columns)
    return con


@lru_cache(maxsize=1)
def _shared_warehouse() -> duckdb.DuckDBPyConnection:
    return empty_warehouse()


def _insert(con: duckdb.DuckDBPyConnection, table: str, columns: set[str], row: Row) -> None:
    named = {SHORT_NAMES.get(name, name): value for name, value in row.items()}
    assert set(named) <= columns, f"{table} has no column {sorted(set(named) - columns)}"
    places = ", ".join("?" * len(named))
    con.execute(f"INSERT INTO {table} ({', '.join(named)}) VALUES ({places})", [*named.values()])


def _derived(row: Row, columns: Mapping[str, str]) -> dict[str, Any]:
    """The row with what intake derives from identity numbers and names, where the case does not say it."""
    derived = dict(row)
    for column in columns:
        if column.endswith("_key"):
            derived.setdefault(column, row.get(column.removesuffix("_key")))
        elif column.endswith("_state"):
            number = column.removesuffix("_state")
            text = row.get(number)
            is_full = text is not None and len(text) == 18
            derived.setdefault(column, "missing" if text is None else "valid" if is_full else "malformed")
            if derived[column] == "valid":
                derived.setdefault(f"{number}18", text)
    return derived


def _take_links(extract: str, number: int, row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    roles = {"husband": "husband", "wife": "wife"} if extract == "marriage_register" else {"": "person"}
    grade = row.pop("link", "exact")
    score = row.pop("link_score", None)
    for role, key in roles.items():
        person = row.pop(key)
        link = {"extract": extract, "row_number": number, "role": role, "person_key": person}
        yield link | {"grade": grade, "score": score}


def fill(con: duckdb.DuckDBPyConnection, case: Case) -> None:
    """Put what the case gives into an empty warehouse, links, persons and the run's own tables included."""
    given: dict[str, Sequence[Row]] = {table: rows for table, rows in case.given.items() if "." in table}
    misspelt = set(case.given) - set(given) - set(EXTRACT_BY_NAME)
    assert not misspelt, f"no such extract: {sorted(misspelt)}"
    links: list[Row] = []
    for extract in EXTRACTS:
        columns = intake_columns(extract)
        for number, row in enumerate(case.given.get(extract.name, ()), start=1):
            written = {**DEFAULTS.get(extract.name, {}), **row}
            links.extend(_take_links(extract.name, number, written))
            numbered = {"row_number": number, **_derived(written, columns)}
            _insert(con, f"intake.{extract.name}", set(columns), numbered)
    registered = {link["person_key"] for link in links if link["extract"] == "household_register"}
    persons = sorted({link["person_key"] for link in links})
    defaults: dict[str, Sequence[Row]] = {
        "identity.link": links,
        "identity.person": [
            {"person_key": key, "person_id": f"P{key}", "in_register": key in registered} for key in persons
        ],
        "run.context": [{"run_id": "R1", "region": "yaohai", "region_code": "340102", "as_of": case.as_of}],
        "run.extract": [
            {"extract": extract.name, "delivered": extract.name not in case.absent} for extract in EXTRACTS
        ],
    }
    for table, rows in {**defaults, **given}.items():
        if table not in TABLES:
            kinds = PUBLISHED.get(table) or {
                name: PYTHON_TYPES[type(value)] for row in rows for name, value in row.items()
            }
            con.execute(f"CREATE SCHEMA IF NOT EXISTS {table.partition('.')[0]}")
            create(con, table, {SHORT_NAMES.get(name, name): kind for name, kind in kinds.items()})
        names = {row[0] for row in con.execute(f"DESCRIBE {table}").fetchall()}
        for row in rows:
            _insert(con, table, names, row)


def models_by_table() -> dict[str, Model]:
    """Every model of the steps that cases cover, by the table it makes."""
    return {model.table: model for step in STEPS for model in load_models(step)}


def build_needed(con: duckdb.DuckDBPyConnection, wanted: set[str], given: set[str]) -> None:
    """Make the wanted tables and every model they rest on, save those that the case itself gives."""
    models = models_by_table()
    needed: set[str] = set()
    waiting = list(wanted & set(models))
    while waiting:
        table = waiting.pop()
        if table not in needed | given:
            needed.add(table)
            waiting.extend(models[table].needs & set(models))
    build(con, "identity", only=["source_row"])
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


def rows_of(con: duckdb.DuckDBPyConnection, table: str, columns: Sequence[str]) -> list[dict[str, Any]]:
    """All rows of a table in these columns (``person`` and ``other`` name keys), amounts as floats."""
    selected = ", ".join(f"{SHORT_NAMES.get(name, name)}" for name in columns) or "*"
    found = con.execute(f"SELECT {selected} FROM {table}").fetchall()
    return [dict(zip(columns, map(_plain, row), strict=False)) for row in found]


def check(case: Case) -> None:
    """Build what the case expects and compare it, row by row, in the columns that the case names.

    Raises:
        AssertionError: other rows came out.
    """
    con = _shared_warehouse()
    con.execute("BEGIN")
    try:
        fill(con, case)
        build_needed(con, set(case.expect), set(case.given))
        for table, rows in case.expect.items():
            columns = list(rows[0]) if rows else []
            assert all(set(row) == set(columns) for row in rows), f"{table}: rows must name the same columns"
            wanted = [{name: _plain(row[name]) for name in columns} for row in rows]
            found = rows_of(con, table, columns)
            assert sorted(found, key=repr) == sorted(wanted, key=repr), f"{case.name}: {table}"
    finally:
        con.execute("ROLLBACK")
