"""The published files open in other tools: storage version, Chinese comments on all columns."""

from __future__ import annotations

import duckdb
import pytest

from contracts.published import TABLES
from outreach.delivery import ReleasePaths


@pytest.mark.parametrize("schema", ["mart", "analyst"])
def test_a_file_is_written_for_duckdb_1_2_and_later(template: ReleasePaths, schema: str) -> None:
    file = template.mart_file if schema == "mart" else template.analyst_file
    with duckdb.connect(str(file), read_only=True) as con:
        found = con.execute(
            "SELECT tags['storage_version'] FROM duckdb_databases() WHERE database_name = current_database()"
        ).fetchall()
    assert found == [("v1.2.0+",)]


@pytest.mark.parametrize("schema", ["mart", "analyst"])
def test_every_table_view_and_column_has_a_chinese_comment(template: ReleasePaths, schema: str) -> None:
    file = template.mart_file if schema == "mart" else template.analyst_file
    with duckdb.connect(str(file), read_only=True) as con:
        bare = con.execute(
            f"""
            SELECT table_name, column_name FROM duckdb_columns()
            WHERE schema_name = '{schema}' AND NOT regexp_matches(coalesce(comment, ''), '[一-龥]')
            UNION ALL
            SELECT table_name, NULL FROM duckdb_tables()
            WHERE schema_name = '{schema}' AND NOT regexp_matches(coalesce(comment, ''), '[一-龥]')
            UNION ALL
            SELECT view_name, NULL FROM duckdb_views()
            WHERE schema_name = '{schema}' AND NOT regexp_matches(coalesce(comment, ''), '[一-龥]')
            """
        ).fetchall()
    assert bare == []


def test_the_contract_names_every_table_and_column_in_chinese() -> None:
    assert [table.name for table in TABLES if not table.chinese] == []
    assert [
        f"{table.name}.{column.name}" for table in TABLES for column in table.columns if not column.chinese
    ] == []


@pytest.mark.parametrize("schema", ["mart", "analyst"])
def test_every_table_and_view_is_read_by_polars_and_arrow(template: ReleasePaths, schema: str) -> None:
    file = template.mart_file if schema == "mart" else template.analyst_file
    with duckdb.connect(str(file), read_only=True) as con:
        names = con.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = ?", [schema]
        ).fetchall()
        assert names
        for (name,) in names:
            table = con.sql(f"FROM {schema}.{name}")
            assert table.pl().columns == table.to_arrow_table().column_names == table.columns
