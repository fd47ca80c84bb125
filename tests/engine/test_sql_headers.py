"""Every SQL file opens with what it makes: in words, its grain, its columns and the tables that it reads."""

from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

from outreach.engine.headers import (
    WIDTH,
    HeaderError,
    SqlFile,
    columns_of,
    read_header,
    sources_of,
    sql_files,
    with_header,
)
from outreach.engine.models import SQL_DIR

FILES = sql_files(SQL_DIR)
NAMES = [str(file.path.relative_to(SQL_DIR)) for file in FILES]
ADVICE = "run python -m outreach.engine.write_headers"


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_a_header_has_words_for_the_table_and_for_one_row(file: SqlFile) -> None:
    assert file.header.text.startswith("-- ")
    assert file.header.grain
    assert file.header.materialized in ("table", "view")


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_columns_and_sources_of_a_header_are_those_of_the_statement(file: SqlFile) -> None:
    assert file.header.columns == file.columns, ADVICE
    assert file.header.sources == file.sources, ADVICE
    assert with_header(file) == file.sql, ADVICE


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_no_comment_is_too_long(file: SqlFile) -> None:
    comments = [line for line in file.sql.splitlines() if line.lstrip().startswith("--")]
    assert [line for line in comments if len(line) > WIDTH] == []


def query(sql: str) -> exp.Query:
    tree = sqlglot.parse_one(sql, read="duckdb")
    assert isinstance(tree, exp.Query)
    return tree


@pytest.mark.parametrize(
    ("sql", "columns"),
    [
        ("SELECT a, b AS c, t.d, f(x) AS g FROM s.t", "a c d g"),
        ("SELECT a FROM s.t UNION ALL SELECT b FROM s.u", "a"),
        ("SELECT * FROM s.t", "a b"),
        ("SELECT t.* EXCLUDE (a), 1 AS c FROM s.t", "b c"),
        ("SELECT u.*, t.a FROM s.t JOIN s.u ON TRUE", "x a"),
        ("SELECT * FROM s.t SEMI JOIN s.u ON TRUE", "a b"),
        ("WITH v AS (SELECT *, 1 AS c FROM s.t), w AS (SELECT * FROM v) SELECT w.* FROM w", "a b c"),
        ("SELECT * FROM (SELECT a AS z FROM s.t)", "z"),
    ],
)
def test_columns_are_read_off_the_statement(sql: str, columns: str) -> None:
    assert columns_of(query(sql), {"s.t": ("a", "b"), "s.u": ("x",)}) == tuple(columns.split())


def test_a_star_over_an_unknown_table_and_a_column_without_name_are_refused() -> None:
    for sql in ("SELECT * FROM s.unknown", "SELECT a + 1 FROM s.t"):
        with pytest.raises(HeaderError):
            columns_of(query(sql), {})


def test_sources_are_tables_of_schemas_and_no_ctes() -> None:
    sql = "WITH b AS (SELECT 1 AS x FROM s.t) SELECT x FROM b WHERE x IN (SELECT y FROM r.u)"
    assert sources_of(query(sql)) == ("r.u", "s.t")


def test_a_header_is_written_with_its_words_and_the_rest_of_the_file_untouched(tmp_path: Path) -> None:
    path = tmp_path / "s" / "made.sql"
    path.parent.mkdir()
    path.write_text("-- What it makes.\n-- grain: a row\n-- columns: old\nSELECT a\n-- why\nFROM s.t\n")
    (file,) = sql_files(tmp_path)
    assert with_header(file) == (
        "-- What it makes.\n-- grain: a row\n-- columns: a\n-- from: s.t\nSELECT a\n-- why\nFROM s.t\n"
    )


def test_long_fields_go_on_over_several_lines() -> None:
    header = read_header(
        "-- Makes it.\n-- grain: a row\n-- columns: a, b,\n--   c\n-- materialized: view\nSELECT 1"
    )
    assert header.columns == ("a", "b", "c")
    assert header.materialized == "view"
    assert header.text == "-- Makes it."
