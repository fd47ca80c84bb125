"""What ``build`` promises: every model made, in order, as it asks to be; the connection left clean."""

from pathlib import Path

import duckdb
import pytest

from outreach.engine import build, load_models
from outreach.engine.models import ModelError


@pytest.fixture
def sql_dir(tmp_path: Path) -> Path:
    """A step ``facts`` of two models: ``all_people`` reads the view ``links``, later by name."""
    folder = tmp_path / "sql" / "facts"
    folder.mkdir(parents=True)
    (folder / "links.sql").write_text(
        "-- facts.links: one row a number.\n-- materialized: view\nSELECT range AS n FROM range(5000)\n"
    )
    (folder / "all_people.sql").write_text(
        "-- facts.all_people: one row a person.\n-- from: facts.links\n"
        "SELECT n, 'same' AS word FROM facts.links\n"
    )
    return tmp_path / "sql"


def test_a_model_with_view_in_its_header_is_a_view_and_all_others_are_tables(sql_dir: Path) -> None:
    assert {m.name: m.kind for m in load_models("facts", sql_dir)} == {"links": "view", "all_people": "table"}
    with duckdb.connect() as con:
        results = build(con, "facts", sql_dir=sql_dir)
        assert [(r.table, r.rows) for r in results] == [("facts.all_people", 5000)]
        assert con.execute("SELECT view_name FROM duckdb_views() WHERE schema_name = 'facts'").fetchall() == [
            ("links",)
        ]


def test_only_the_opening_comment_makes_a_view(sql_dir: Path) -> None:
    (sql_dir / "facts" / "links.sql").write_text(
        "-- facts.links: one row a number.\nSELECT range AS n\n-- materialized: view\nFROM range(5000)\n"
    )
    assert {m.kind for m in load_models("facts", sql_dir)} == {"table"}


def test_a_view_is_made_a_table_and_a_table_left_empty_on_request(sql_dir: Path) -> None:
    with duckdb.connect() as con:
        made = build(con, "facts", ["links"], sql_dir=sql_dir, kind="table")
        assert [(r.table, r.rows) for r in made] == [("facts.links", 5000)]
        made = build(con, "facts", ["all_people"], sql_dir=sql_dir, limit=0)
        assert [(r.table, r.rows) for r in made] == [("facts.all_people", 0)]
        assert con.sql("SELECT n, word FROM facts.all_people").fetchall() == []


def test_building_again_replaces_tables_and_views(sql_dir: Path) -> None:
    with duckdb.connect() as con:
        first = build(con, "facts", sql_dir=sql_dir)
        again = build(con, "facts", sql_dir=sql_dir)
        assert [(r.table, r.rows) for r in again] == [(r.table, r.rows) for r in first]


def test_no_result_stays_open(sql_dir: Path) -> None:
    with duckdb.connect() as con:
        build(con, "facts", sql_dir=sql_dir)
        assert con.sql("SELECT count(*) AS n FROM facts.all_people").pl()["n"].to_list() == [5000]


def test_a_failed_model_names_its_file_and_leaves_the_connection_as_it_was(sql_dir: Path) -> None:
    (sql_dir / "facts" / "links.sql").write_text(
        "-- facts.links: one row a number.\nSELECT CAST('x' AS DATE) AS n\n"
    )
    with duckdb.connect() as con:
        with pytest.raises(ModelError, match=r"links\.sql"):
            build(con, "facts", sql_dir=sql_dir)
        assert con.sql("SELECT current_setting('force_compression') AS method").pl()["method"].to_list() == [
            "auto"
        ]


def test_tables_of_one_night_are_not_compressed_and_a_published_file_is(tmp_path: Path) -> None:
    folder = tmp_path / "sql" / "mart"
    folder.mkdir(parents=True)
    (folder / "method.sql").write_text(
        "-- mart.method: one row.\nSELECT current_setting('force_compression') AS method\n"
    )
    with duckdb.connect(str(tmp_path / "work.duckdb")) as con:
        build(con, "mart", sql_dir=tmp_path / "sql")
        con.execute(f"ATTACH '{tmp_path / 'published.duckdb'}' AS published")
        con.execute("CREATE SCHEMA published.mart")
        con.execute("SET search_path = 'published.mart,work.main'")
        build(con, "mart", sql_dir=tmp_path / "sql")
        methods = [
            con.execute(f"SELECT method FROM {file}.mart.method").fetchall() for file in ("work", "published")
        ]
        assert methods == [[("uncompressed",)], [("auto",)]]
