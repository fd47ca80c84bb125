"""The ``run`` tables: what this run is, what was delivered, what was quarantined (``docs/tables.md``)."""

from __future__ import annotations

import datetime as dt

import duckdb
import polars as pl

from contracts.extracts import EXTRACTS, Extract
from contracts.published import TABLES
from contracts.published.codes import codes_of_columns
from contracts.vocabulary import VOCABULARY
from outreach.engine import Warehouse

_ANSWER = (
    "lot BIGINT, received_on DATE, via VARCHAR, person_id VARCHAR, programme VARCHAR, result VARCHAR, "
    "contacted_on DATE, handler VARCHAR, grade VARCHAR, about VARCHAR, row_number BIGINT"
)
_TABLES = {
    "run.context": "run_id VARCHAR, region VARCHAR, region_code VARCHAR, as_of DATE, started_at TIMESTAMPTZ",
    "run.extract": "extract VARCHAR, delivered BOOLEAN, status VARCHAR, rows_accepted BIGINT",
    "run.delivery": (
        "extract VARCHAR, file VARCHAR, sha256 VARCHAR, encoding VARCHAR, rows_read BIGINT, "
        "rows_accepted BIGINT, rows_quarantined BIGINT, status VARCHAR, message VARCHAR"
    ),
    "run.quarantine": (
        "extract VARCHAR, row_number BIGINT, file VARCHAR, severity VARCHAR, rule VARCHAR, "
        "column_name VARCHAR, message VARCHAR"
    ),
    "run.line_range": (
        "extract VARCHAR, file VARCHAR, sheet VARCHAR, first_row BIGINT, last_row BIGINT, line_offset BIGINT"
    ),
    "run.quarantined_record": (
        "extract VARCHAR, row_number BIGINT, is_by_column BOOLEAN, person_id VARCHAR, birth_date DATE, "
        "sex VARCHAR, area_code VARCHAR, address_key VARCHAR, programme VARCHAR, scheme INTEGER, "
        "category INTEGER, level INTEGER, status INTEGER, result VARCHAR, work_injury_care BOOLEAN, "
        "happened_on DATE, ended_on DATE, mentions_death BOOLEAN"
    ),
    "run.quarantined_identifier": (
        "extract VARCHAR, row_number BIGINT, number18 VARCHAR, damaged_number VARCHAR, name_key VARCHAR"
    ),
    "run.remembered_outcome": _ANSWER,
    "run.received_outcome": _ANSWER,
    "run.published_line": "person_id VARCHAR, programme VARCHAR, rule VARCHAR",
    "run.question_key": "secret VARCHAR",
    "run.question_rule": "extract VARCHAR, department VARCHAR, days INTEGER",
    "run.question_answer": (
        "question_id VARCHAR, person_id VARCHAR, extract VARCHAR, kind VARCHAR, answer VARCHAR, "
        "answer_word VARCHAR, answered_on DATE"
    ),
    "run.row_fingerprint": "extract VARCHAR, row_number BIGINT, fingerprint VARCHAR",
    "run.area_name": "area_code VARCHAR, name VARCHAR",
    "run.word": (
        "list VARCHAR, code VARCHAR, position BIGINT, chinese VARCHAR, english VARCHAR, meaning VARCHAR"
    ),
    "run.column_code": "column_name VARCHAR, code VARCHAR, name VARCHAR, position INTEGER",
}
_QUESTION = next(table for table in TABLES if table.name == "question")
_TABLES["run.earlier_question"] = ", ".join(f"{c.name} {c.sql_type}" for c in _QUESTION.columns)
_TYPES: dict[type[pl.DataType], str] = {
    pl.Int64: "BIGINT",
    pl.Int32: "INTEGER",
    pl.String: "VARCHAR",
    pl.Date: "DATE",
    pl.Boolean: "BOOLEAN",
    pl.Decimal: "DECIMAL(12, 2)",
}


def begin_run(warehouse: Warehouse, run_id: str, region: str, region_code: str, as_of: dt.date) -> None:
    """Make ``run.context`` (one row), words and codes, the other ``run`` and all ``intake`` tables, empty.

    Repeating it for the same run starts that run's intake afresh.
    """
    con = warehouse.con
    for table, columns in _TABLES.items():
        con.execute(f"CREATE OR REPLACE TABLE {table} ({columns})")
    con.execute(
        "INSERT INTO run.context VALUES (?, ?, ?, ?, ?)",
        [run_id, region, region_code, as_of, dt.datetime.now(dt.UTC)],
    )
    put_words(con)
    for extract in EXTRACTS:
        make_table(con, extract)


def put_words(con: duckdb.DuckDBPyConnection) -> None:
    """Fill ``run.word`` with every word of ``contracts.vocabulary``, by which models name what they show.

    And ``run.column_code`` with the names of all codes by the published column that holds them.
    """
    words = [
        (words.list_name(), word.value, position, word.chinese, word.english, word.meaning)
        for words in VOCABULARY
        for position, word in enumerate(words, 1)
    ]
    for table, rows in (("run.word", words), ("run.column_code", list(codes_of_columns()))):
        # A list a column, in one statement: row by row it takes a tenth of a second.
        columns = [list(column) for column in zip(*rows, strict=True)]
        con.execute(f"INSERT INTO {table} SELECT {', '.join(['unnest(?)'] * len(columns))}", columns)


def make_table(con: duckdb.DuckDBPyConnection, extract: Extract) -> None:
    """Make ``intake.<extract>`` again: empty, with the columns and types of its contract, and ``content``."""
    columns = ", ".join(f"{name} {_TYPES[type(dtype)]}" for name, dtype in extract.table.items())
    con.execute(f"CREATE OR REPLACE TABLE intake.{extract.name} ({columns}, content UBIGINT)")


def append_rows(con: duckdb.DuckDBPyConnection, extract: Extract, rows: pl.DataFrame) -> None:
    """Append accepted rows to ``intake.<extract>``, each with the fingerprint of whom it is about."""
    append(con, f"intake.{extract.name}", rows, f"hash({', '.join(extract.content)}) AS content")


def forget(con: duckdb.DuckDBPyConnection, extract: Extract) -> None:
    """Take an extract's rows out of the ``run`` tables, so that an intake can be repeated."""
    for table in ("run.extract", "run.delivery", "run.quarantine", "run.line_range"):
        con.execute(f"DELETE FROM {table} WHERE extract = ?", [extract.name])
    forget_salvaged(con, extract)


def forget_salvaged(con: duckdb.DuckDBPyConnection, extract: Extract) -> None:
    """Take out what was read of an extract's rows in quarantine."""
    for table in ("run.quarantined_record", "run.quarantined_identifier"):
        con.execute(f"DELETE FROM {table} WHERE extract = ?", [extract.name])


def append(con: duckdb.DuckDBPyConnection, table: str, rows: pl.DataFrame, *more: str) -> None:
    """Append rows to a table, column by name; ``more``: columns made of them."""
    if rows.height:
        con.register("appended", rows.to_arrow())
        con.execute(f"INSERT INTO {table} BY NAME SELECT {', '.join(('*', *more))} FROM appended")
        con.unregister("appended")
