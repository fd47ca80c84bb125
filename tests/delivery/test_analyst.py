"""The analyst file: nobody can be found in it, and questions can still be answered."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from delivery.world import AS_OF, PEOPLE
from outreach.delivery import build_mart, plan_release, read_mart, write_analyst
from outreach.engine import Warehouse, build


def write(night: Warehouse, home: Path, run_id: str = "run-1") -> Path:
    paths = plan_release(home, "yaohai", AS_OF, run_id)
    build_mart(night, paths)
    with read_mart(night, paths):
        write_analyst(night, paths)
    return paths.analyst


@pytest.fixture
def analyst(night: Warehouse, home: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(write(night, home)), read_only=True) as con:
        yield con


def tables(con: duckdb.DuckDBPyConnection) -> list[str]:
    found = con.execute("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'analyst'").fetchall()
    return [name for (name,) in found]


def views(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    return dict(con.execute("SELECT view_name, comment FROM duckdb_views() WHERE NOT internal").fetchall())


def test_no_identifying_value_is_anywhere_in_the_file(
    night: Warehouse, analyst: duckdb.DuckDBPyConnection
) -> None:
    text = "\n".join(
        str(row) for table in tables(analyst) for row in analyst.execute(f"FROM analyst.{table}").fetchall()
    )
    persons = night.con.execute(
        "SELECT DISTINCT unnest([person_id, name, id_number, phone, address, household_id]) FROM mart.person"
    ).fetchall()
    assert [value for (value,) in persons if f"'{value}'" in text] == []
    assert not re.search(r"\d{13}|138\d{8}", text)
    births = night.con.execute("SELECT DISTINCT birth_date FROM mart.person").fetchall()
    assert [born for (born,) in births if repr(born) in text or born.isoformat() in text] == []


def test_no_column_is_named_like_what_must_not_be_there(analyst: duckdb.DuckDBPyConnection) -> None:
    names = analyst.execute(
        "SELECT column_name FROM duckdb_columns() WHERE schema_name = 'analyst'"
    ).fetchall()
    forbidden = {
        "name", "id_number", "phone", "address", "birth_date", "person_id", "household_id", "area_of_person",
        "died_on", "married_to", "effective_on", "first_payment_month", "reason_text", "last_visit_on",
    }  # fmt: skip
    assert forbidden & {name for (name,) in names} == set()


def test_the_key_ties_the_file_together_and_is_another_in_the_next_release(
    night: Warehouse, home: Path, analyst: duckdb.DuckDBPyConnection
) -> None:
    lost = "FROM analyst.decision WHERE key NOT IN (SELECT key FROM analyst.person)"
    assert analyst.execute(f"SELECT count(*) {lost}").fetchall() == [(0,)]
    query = "SELECT key, age_group, sex FROM analyst.person ORDER BY key"
    with duckdb.connect(str(write(night, home, "run-2")), read_only=True) as other:
        assert analyst.execute(query).fetchall() != other.execute(query).fetchall()
    kept = night.con.execute(
        "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'release_key'"
    ).fetchall()
    assert kept == []


def test_ages_are_five_year_groups_and_rare_ones_are_empty(night: Warehouse, home: Path) -> None:
    night.con.execute("UPDATE mart.person SET age = 82, sex = 'F', town_code = '340102001'")
    night.con.execute("UPDATE mart.person SET age = 97 WHERE person_id IN ('P1', 'P2', 'P3', 'P4')")
    night.con.execute("UPDATE mart.person SET age = 103 WHERE person_id = 'P5'")
    night.con.execute("UPDATE mart.person SET age = 4 WHERE person_id = 'P6'")
    with duckdb.connect(str(write(night, home)), read_only=True) as con:
        rows = con.execute(
            "SELECT age_group, town_code, count(*) FROM analyst.person GROUP BY ALL"
        ).fetchall()
    assert sorted(rows, key=str) == sorted(
        [("80-84", "340102001", PEOPLE - 6), (None, "340102001", 6)],
        key=str,
    )


def test_every_table_and_view_is_explained_in_chinese_and_every_view_runs(
    analyst: duckdb.DuckDBPyConnection,
) -> None:
    comments = analyst.execute("SELECT table_name, comment FROM duckdb_tables()").fetchall()
    assert {"person", "decision_row", "candidate", "statistic"} <= {name for name, _ in comments}
    for name, comment in [*comments, *views(analyst).items()]:
        assert comment, name
        assert re.search("[一-鿿]", comment), name
    assert len(views(analyst)) >= 9
    for name in views(analyst):
        analyst.execute(f"FROM analyst.{name}").fetchall()
    label = analyst.execute(
        "SELECT comment FROM duckdb_columns() WHERE table_name = 'person' AND column_name = 'hard_up'"
    ).fetchall()
    assert label == [("经济困难",)]


def test_views_still_run_when_the_file_was_copied_under_another_name(
    night: Warehouse, home: Path, tmp_path: Path
) -> None:
    shutil.copy(write(night, home), tmp_path / "elsewhere.duckdb")
    with duckdb.connect(str(tmp_path / "elsewhere.duckdb"), read_only=True) as con:
        for name in views(con):
            con.execute(f"FROM analyst.{name}").fetchall()


def test_no_small_count_in_statistics_or_views(analyst: duckdb.DuckDBPyConnection) -> None:
    small = "FROM analyst.statistic WHERE measure NOT IN ('coverage', 'monthly_amount') AND value < 5"
    assert analyst.execute(f"SELECT count(*) {small}").fetchall() == [(0,)]
    for name in ("programme_overview", "work_by_town", "missing_facts", "age_structure", "visits", "stops"):
        low = analyst.execute(f"SELECT count(*) FROM analyst.{name} WHERE people < 5").fetchall()
        assert low == [(0,)], name


def test_indicators_show_no_small_count_and_nothing_that_gives_one_back(night: Warehouse, home: Path) -> None:
    counts = {
        # numerator, denominator, unknown, may_raise, may_lower
        "large": (60, 100, 20, 20, 20),
        "few": (3, 100, 0, 0, 0),
        "all_but_few": (98, 100, 0, 0, 0),
        "small_group": (0, 4, 0, 0, 0),
        "few_unknown": (60, 100, 2, 2, 2),
        "nobody": (0, 100, 0, 0, 0),
        "all": (70, 110, 0, 0, 0),
        "all.large": (60, 100, 0, 0, 0),
        "all.few": (3, 10, 0, 0, 0),
    }
    for position, (indicator, figures) in enumerate(counts.items()):
        night.con.execute(
            "INSERT INTO indicators.indicator BY NAME SELECT ? AS position, ? AS indicator, "
            "indicator AS measure, nullif(split_part(indicator, '.', 2), '') AS programme, '率' AS name, "
            "'share' AS unit, 0.5 AS target, 'at_least' AS target_rule, "
            "'第1项' AS citation, TRUE AS counted, 'computed' AS status",
            [position, indicator],
        )
        night.con.execute(
            "INSERT INTO indicators.count "
            "SELECT $1, nullif(split_part($1, '.', 2), ''), '340102001001', $2, $3, $4, $5, $6",
            [indicator, *figures],
        )
    build(night.con, "indicators", only=["figure"])
    build(night.con, "mart", only=["indicator"])
    with duckdb.connect(str(write(night, home)), read_only=True) as con:
        found = con.execute(
            "SELECT indicator, numerator, denominator, value, unknown, lowest, reached, status "
            "FROM analyst.indicator"
        ).fetchall()
        named = con.execute("SELECT table_name FROM duckdb_tables()").fetchall()
    assert {row[0]: row[1:] for row in found} == {
        "large": (60, 100, 0.6, 20, 0.5, True, "computed"),
        "few": (None, 100, None, 0, None, None, "suppressed"),
        "all_but_few": (None, 100, None, 0, None, None, "suppressed"),
        "small_group": (None, None, None, 0, None, None, "suppressed"),
        "few_unknown": (60, 100, 0.6, None, None, True, "computed"),
        "nobody": (0, 100, 0, 0, 0, False, "computed"),
        "all": (None, 110, None, 0, None, None, "suppressed"),
        "all.large": (60, 100, 0.6, 0, 0.6, True, "computed"),
        "all.few": (None, 10, None, 0, None, None, "suppressed"),
    }
    assert ("indicator_area",) not in named
