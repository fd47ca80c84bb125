"""Tables from SELECTs and from code in one order, and what is noted of the time each took."""

from pathlib import Path

import duckdb
import pytest

from outreach.engine import MadeTable, Timing, Warehouse, build, build_stage, note_timings, read_timings
from outreach.engine.models import ModelError


@pytest.fixture
def sql_dir(tmp_path: Path) -> Path:
    """``people`` → (code) ``answer`` → ``line``; ``aside`` needs nobody."""
    folder = tmp_path / "sql" / "town"
    folder.mkdir(parents=True)
    (folder / "people.sql").write_text("-- town.people\nSELECT range AS n FROM range(3)\n")
    (folder / "line.sql").write_text("-- town.line\n-- from: town.answer\nSELECT n FROM town.answer\n")
    (folder / "aside.sql").write_text("-- town.aside\nSELECT 1 AS n\n")
    return tmp_path / "sql"


def answer(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("CREATE OR REPLACE TABLE town.answer AS SELECT n FROM town.people WHERE n > 0")


ANSWER = MadeTable("answer", answer, needs=frozenset({"people"}))


def test_a_made_table_comes_after_what_it_needs_and_before_what_reads_it(sql_dir: Path) -> None:
    with duckdb.connect() as con:
        results = build_stage(con, "town", [ANSWER], sql_dir=sql_dir)
        tables = [result.table for result in results]
        assert set(tables) == {"town.people", "town.answer", "town.line", "town.aside"}
        assert tables.index("town.people") < tables.index("town.answer") < tables.index("town.line")
        assert con.sql("SELECT count(*) FROM town.line").fetchall() == [(2,)]


def test_up_to_a_table_nothing_else_is_made(sql_dir: Path) -> None:
    with duckdb.connect() as con:
        results = build_stage(con, "town", [ANSWER], up_to=["answer"], sql_dir=sql_dir)
        assert [(r.table, r.rows) for r in results] == [("town.people", 3), ("town.answer", 2)]


def test_a_made_table_takes_the_place_of_a_model(sql_dir: Path) -> None:
    def nobody(con: duckdb.DuckDBPyConnection) -> None:
        con.execute("CREATE OR REPLACE TABLE town.people AS SELECT 1 AS n LIMIT 0")

    with duckdb.connect() as con:
        build_stage(con, "town", [ANSWER, MadeTable("people", nobody)], sql_dir=sql_dir)
        assert con.sql("SELECT count(*) FROM town.line").fetchall() == [(0,)]


def test_a_circle_and_an_unknown_table_are_named(sql_dir: Path) -> None:
    circle = MadeTable("answer", answer, needs=frozenset({"line"}))
    with duckdb.connect() as con:
        with pytest.raises(ModelError, match="circle"):
            build_stage(con, "town", [circle], sql_dir=sql_dir)
        with pytest.raises(ModelError, match="no table lines"):
            build_stage(con, "town", [ANSWER], up_to=["lines"], sql_dir=sql_dir)


def test_every_table_of_the_working_warehouse_is_timed_once_a_build(sql_dir: Path, tmp_path: Path) -> None:
    with Warehouse(tmp_path / "work.duckdb") as warehouse:
        build_stage(warehouse.con, "town", [ANSWER], up_to=["line"], sql_dir=sql_dir)
        timed = warehouse.timings()
        assert [(t.kind, t.step, t.model, t.rows) for t in timed] == [
            ("model", "town", "people", 3),
            ("model", "town", "answer", 2),
            ("model", "town", "line", 2),
        ]
        assert all(t.seconds > 0 for t in timed)
    with Warehouse(tmp_path / "work.duckdb") as warehouse:
        assert warehouse.timings() == []
        build(warehouse.con, "town", ["aside"], sql_dir=sql_dir)
        assert [t.model for t in warehouse.timings()] == ["aside"]
        assert [t.model for t in read_timings(warehouse.con)] == ["people", "answer", "line", "aside"]


def test_what_is_built_in_another_database_is_left_to_its_caller(sql_dir: Path, tmp_path: Path) -> None:
    with Warehouse(tmp_path / "work.duckdb") as warehouse:
        warehouse.con.execute("ATTACH ':memory:' AS other")
        warehouse.con.execute("USE other")
        build_stage(warehouse.con, "town", [ANSWER], sql_dir=sql_dir)
        assert warehouse.timings() == []
        note_timings(warehouse.con, [Timing("model", "mart", "person", 5, 0.1)])
        assert warehouse.timings() == [Timing("model", "mart", "person", 5, 0.1)]


def test_a_connection_that_is_no_working_warehouse_notes_nothing(sql_dir: Path) -> None:
    with duckdb.connect() as con:
        build(con, "town", ["people"], sql_dir=sql_dir)
        note_timings(con, [Timing("step", "town", "people", None, 1.0)])
