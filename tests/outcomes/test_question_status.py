"""What becomes of a question from one night to the next: open, answered, settled, withdrawn, opened again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import duckdb
import pytest
from sql_cases import TABLES, create

from outreach.engine import build

AS_OF = dt.date(2026, 11, 20)
ASKED = {
    **{name: kind for name, kind in TABLES["corrections.question"].items() if name not in (
        "first_asked_on", "due_by", "status", "answer", "answered_on", "answer_word", "closed_on",
        "row_fingerprint",
    )},
    "days": "INTEGER",
}  # fmt: skip
QUESTION = {
    "question_id": "Q1",
    "department": "civil_affairs",
    "extract": "benefit_roll",
    "row_number": 1,
    "kind": "死亡",
    "text": "此人已死亡",
    "rests_on": "death_record",
}


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as con:
        for schema in ("run", "corrections"):
            con.execute(f"CREATE SCHEMA {schema}")
        for table in (
            "run.context",
            "run.extract",
            "run.earlier_question",
            "run.question_answer",
            "run.row_fingerprint",
        ):
            create(con, table, TABLES[table])
        create(con, "corrections.numbered_finding", ASKED)
        put(con, "run.context", region="yaohai", as_of=AS_OF)
        for extract in ("benefit_roll", "death_record"):
            put(con, "run.extract", extract=extract, delivered=True)
        yield con


def put(con: duckdb.DuckDBPyConnection, table: str, **values: Any) -> None:
    """One row of a table."""
    names = ", ".join(values)
    con.execute(f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(values))})", [*values.values()])


def earlier(con: duckdb.DuckDBPyConnection, **more: Any) -> None:
    """The question as the night before published it, asked ten days ago."""
    asked = {"first_asked_on": dt.date(2026, 11, 10), "due_by": dt.date(2026, 11, 25), "status": "open"}
    put(con, "run.earlier_question", **QUESTION, **{**asked, **more})


def answer(con: duckdb.DuckDBPyConnection, word: str, day: int) -> None:
    put(
        con,
        "run.question_answer",
        question_id="Q1",
        answer=word,
        answer_word=word,
        answered_on=dt.date(2026, 11, day),
    )


def asked(con: duckdb.DuckDBPyConnection) -> None:
    """Tonight's data raise the question."""
    put(con, "corrections.numbered_finding", **QUESTION, days=15)


def outcome(con: duckdb.DuckDBPyConnection, columns: str = "status") -> Any:
    build(con, "corrections", only=["question"])
    (row,) = con.execute(f"SELECT {columns} FROM corrections.question").fetchall()
    return row[0] if len(row) == 1 else row


def test_a_new_question_is_open_for_as_many_days_as_the_department_has(
    con: duckdb.DuckDBPyConnection,
) -> None:
    asked(con)
    assert outcome(con, "status, first_asked_on, due_by") == ("open", AS_OF, dt.date(2026, 12, 5))


def test_an_answer_closes_no_question_that_the_data_still_raise(con: duckdb.DuckDBPyConnection) -> None:
    earlier(con)
    asked(con)
    answer(con, "记录无误", 19)
    assert outcome(con, "status, answer, first_asked_on") == ("answered", "记录无误", dt.date(2026, 11, 10))


def test_looking_into_it_is_no_answer_yet(con: duckdb.DuckDBPyConnection) -> None:
    earlier(con)
    asked(con)
    answer(con, "正在核实", 19)
    assert outcome(con) == "open"


@pytest.mark.parametrize(("day", "status"), [(5, "answered"), (4, "open")])
def test_corrected_is_believed_for_as_many_days(
    con: duckdb.DuckDBPyConnection, day: int, status: str
) -> None:
    earlier(con, first_asked_on=dt.date(2026, 11, 1))
    asked(con)
    answer(con, "已更正", day)
    assert outcome(con) == status


def test_what_is_not_raised_any_more_is_settled(con: duckdb.DuckDBPyConnection) -> None:
    earlier(con, row_fingerprint="before")
    put(con, "run.row_fingerprint", extract="benefit_roll", row_number=1, fingerprint="now")
    assert outcome(con, "status, closed_on") == ("settled", AS_OF)


@pytest.mark.parametrize(("answered", "status"), [(False, "withdrawn"), (True, "settled")])
def test_where_the_row_stays_as_it_was_it_was_not_the_departments_doing(
    con: duckdb.DuckDBPyConnection, answered: bool, status: str
) -> None:
    earlier(con, row_fingerprint="same")
    put(con, "run.row_fingerprint", extract="benefit_roll", row_number=7, fingerprint="same")
    if answered:
        answer(con, "记录无误", 19)
    assert outcome(con) == status


@pytest.mark.parametrize("absent", ["benefit_roll", "death_record"])
def test_nothing_is_concluded_without_the_extracts(con: duckdb.DuckDBPyConnection, absent: str) -> None:
    earlier(con)
    con.execute("UPDATE run.extract SET delivered = FALSE WHERE extract = ?", [absent])
    assert outcome(con, "status, closed_on") == ("open", None)


def test_a_closed_question_that_comes_back_is_opened_again(con: duckdb.DuckDBPyConnection) -> None:
    earlier(con, status="settled", answer="已更正", closed_on=dt.date(2026, 11, 15))
    asked(con)
    answer(con, "已更正", 14)
    assert outcome(con, "status, first_asked_on, answer") == ("open", AS_OF, None)


@pytest.mark.parametrize(("closed", "rows"), [("2025-11-20", 1), ("2025-11-19", 0)])
def test_closed_questions_stay_for_a_year(con: duckdb.DuckDBPyConnection, closed: str, rows: int) -> None:
    earlier(con, status="settled", closed_on=dt.date.fromisoformat(closed))
    build(con, "corrections", only=["question"])
    assert con.execute("SELECT count(*) FROM corrections.question").fetchall() == [(rows,)]
