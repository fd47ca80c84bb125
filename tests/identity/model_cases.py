"""Cases of single models of identity, written as YAML: what a model reads, and what must come out of it.

A file ``tests/identity/cases/*.yaml`` is a list of cases::

    - case: a name of three people weighs as one of 2.8
      given:                                    # tables by name, of the schema identity where none is said
        register_profile: [{name_key: 王伟, times: 3}]
      expect:                                   # all rows of it, in the columns named here
        name_frequency: [{name_key: 王伟, person_count: 3, rounded_count: 2.83}]
      among: true                               # default false: the rows expected are among those that came

Only the model itself is built; what it reads and the case does not give is empty. Columns not named are NULL,
a row with ``times`` is there so many times; numbers are compared to two places.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import yaml

from outreach.engine import load_models

FOLDER = Path(__file__).parent / "cases"
Row = Mapping[str, Any]
Columns = Mapping[str, Sequence[tuple[str, str]]]
"""Columns and types by table."""


@dataclass(frozen=True)
class ModelCase:
    """One case of a file: what is given and what must come out."""

    name: str
    given: Mapping[str, Sequence[Row]]
    expect: Mapping[str, Sequence[Row]]
    among: bool = False


def load_model_cases() -> list[ModelCase]:
    """All cases, named ``<file>: <case>``."""
    return [
        ModelCase(f"{path.stem}: {entry.pop('case')}", **entry)
        for path in sorted(FOLDER.glob("*.yaml"))
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


def columns_of(con: duckdb.DuckDBPyConnection) -> Columns:
    """Columns and types of every table and view of a night."""
    found: dict[str, list[tuple[str, str]]] = {}
    for schema, table, column, kind in con.execute(
        "SELECT table_schema, table_name, column_name, data_type FROM information_schema.columns"
        " ORDER BY table_schema, table_name, ordinal_position"
    ).fetchall():
        found.setdefault(f"{schema}.{table}", []).append((column, kind))
    return found


def check_model(con: duckdb.DuckDBPyConnection, columns: Columns, case: ModelCase) -> None:
    """Build what the case expects and compare it, row by row, in the columns that the case names.

    Raises:
        AssertionError: other rows came out.
    """
    models = {model.name: model for model in load_models("identity")}
    given = {_full(table): rows for table, rows in case.given.items()}
    with _undone(con):
        for name, expected in case.expect.items():
            unread = set(given) - models[name].needs
            assert not unread, f"{name} does not read {sorted(unread)}"
            con.execute("CREATE SCHEMA IF NOT EXISTS identity")
            for table in sorted(models[name].needs):
                _fill(con, table, columns[table], given.get(table, ()))
            con.execute(f"CREATE TABLE identity.{name} AS {models[name].sql}")
            wanted = [_plain(row) for row in expected]
            selected = ", ".join(expected[0]) if expected else "*"
            came = con.execute(f"SELECT {selected} FROM identity.{name}").fetchall()
            found = [_plain(dict(zip(expected[0] if expected else (), row, strict=False))) for row in came]
            if case.among:
                assert [row for row in wanted if row not in found] == [], f"{name}: not among {found}"
            else:
                assert sorted(found, key=repr) == sorted(wanted, key=repr), name


def _full(table: str) -> str:
    return table if "." in table else f"identity.{table}"


@contextmanager
def _undone(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    con.execute("BEGIN")
    try:
        yield
    finally:
        con.execute("ROLLBACK")


def _fill(
    con: duckdb.DuckDBPyConnection, table: str, columns: Sequence[tuple[str, str]], rows: Sequence[Row]
) -> None:
    con.execute(f"CREATE SCHEMA IF NOT EXISTS {table.partition('.')[0]}")
    con.execute(f"CREATE TABLE {table} ({', '.join(f'{name} {kind}' for name, kind in columns)})")
    known = {name for name, _ in columns}
    for row in rows:
        values = {name: value for name, value in row.items() if name != "times"}
        assert set(values) <= known, f"{table} has no column {sorted(set(values) - known)}"
        places = ", ".join("?" * len(values))
        con.execute(
            f"INSERT INTO {table} ({', '.join(values)}) SELECT {places} FROM range({row.get('times', 1)})",
            [*values.values()],
        )


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, bool | str | dt.date) or value is None:
        return value
    return round(float(value), 2)
