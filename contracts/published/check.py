"""Does a release keep what ``mart`` promises? Checked before it is published.

A finding names table, column and count, never a value of a row.
"""

from __future__ import annotations

import duckdb

from contracts.published.tables import TABLES, PublishedColumn, PublishedTable


def check_published(con: duckdb.DuckDBPyConnection) -> list[str]:
    """What the tables of schema ``mart`` fail to keep, one sentence a finding; empty = all is kept.

    Checked: every table and column is there with its type; required columns hold no NULL; columns of few
    values hold no other; keys are unique; every ``person_id`` is in ``mart.person``.
    """
    findings: list[str] = []
    types_of = _types(con)
    for table in TABLES:
        types = types_of.get(table.name)
        if not types:
            findings.append(f"{table.table}: the table is missing")
            continue
        wrong = _wrong_columns(table, types)
        findings.extend(wrong)
        if not wrong:
            findings.extend(_wrong_rows(con, table))
    return findings


def _types(con: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """Types of columns by table: asked once, since the catalogue is gone through at each question."""
    types: dict[str, dict[str, str]] = {}
    found = con.execute(
        "SELECT table_name, column_name, data_type FROM information_schema.columns "
        "WHERE table_schema = 'mart'"
    ).fetchall()
    for table, column, sql_type in found:
        types.setdefault(table, {})[column] = sql_type
    return types


def _plain_type(sql_type: str) -> str:
    return sql_type.replace('"', "").replace(" ", "").upper()


def _wrong_columns(table: PublishedTable, types: dict[str, str]) -> list[str]:
    findings = []
    for column in table.columns:
        if column.name not in types:
            findings.append(f"{table.table}.{column.name}: the column is missing")
        elif _plain_type(types[column.name]) != _plain_type(column.sql_type):
            findings.append(
                f"{table.table}.{column.name}: is {types[column.name]}, promised is {column.sql_type}"
            )
    return findings


def _count(con: duckdb.DuckDBPyConnection, query: str) -> int:
    row = con.execute(query).fetchall()[0]
    return int(row[0])


def _wrong_values(column: PublishedColumn) -> str:
    allowed = ", ".join(f"'{value}'" for value in column.values)
    return f"count(*) FILTER (WHERE {column.name} NOT IN ({allowed}))"


def _wrong_rows(con: duckdb.DuckDBPyConnection, table: PublishedTable) -> list[str]:
    checks = {
        f"{table.table}.{column.name}: {{}} rows have no value": (
            f"count(*) FILTER (WHERE {column.name} IS NULL)"
        )
        for column in table.columns
        if column.required
    }
    checks |= {
        f"{table.table}.{column.name}: {{}} rows hold a value that is not promised": _wrong_values(column)
        for column in table.columns
        if column.values
    }
    columns = ", ".join(("count(*)", *checks.values()))
    ((rows, *counts),) = con.execute(f"SELECT {columns} FROM {table.table}").fetchall()
    findings = [text.format(n) for text, n in zip(checks, counts, strict=True) if n]
    if table.key:
        key = ", ".join(table.key)
        distinct = _count(con, f"SELECT count(*) FROM (SELECT DISTINCT {key} FROM {table.table})")
        if distinct != rows:
            findings.append(f"{table.table}: {rows - distinct} rows repeat the key ({key})")
    if table.single and rows != 1:
        findings.append(f"{table.table}: has {rows} rows, promised is one")
    if table.names_persons:
        unmatched = _count(
            con,
            f"SELECT count(*) FROM {table.table} AS t ANTI JOIN mart.person AS p USING (person_id)",
        )
        if unmatched:
            findings.append(f"{table.table}: {unmatched} rows name a person who is not in mart.person")
    return findings
