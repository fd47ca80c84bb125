"""Thresholds of a step: named in the SQL, valued and explained in one file."""

from pathlib import Path

import duckdb
import pytest

from outreach.engine import build
from outreach.engine.models import ModelError
from outreach.engine.thresholds import load_sets, load_thresholds


def step(folder: Path, sql: str) -> Path:
    """A step ``town`` with one model and some thresholds."""
    (folder / "town").mkdir(parents=True)
    (folder / "town" / "made.sql").write_text(sql, encoding="utf-8")
    (folder / "town" / "thresholds.toml").write_text(
        """[many]
value = 20
reason = "more is a crowd"

[small]
value = 0.00006
reason = "less is nothing"

[begin]
value = 1950-01-01
reason = "nothing is older"
""",
        encoding="utf-8",
    )
    return folder


@pytest.mark.parametrize("kind", ["table", "view"])
def test_a_name_is_replaced_by_its_value_in_tables_and_views(tmp_path: Path, kind: str) -> None:
    opening = "-- more than $many\n" + ("-- materialized: view\n" if kind == "view" else "")
    sql = opening + "SELECT $many AS many, $small AS small, $begin AS begin_on, '$many' AS text"
    with duckdb.connect() as con:
        build(con, "town", sql_dir=step(tmp_path, sql))
        found = con.execute("SELECT many, small, typeof(small), begin_on::VARCHAR, text FROM town.made")
        assert found.fetchall() == [(20, 0.00006, "DOUBLE", "1950-01-01", "$many")]


def test_a_name_without_a_value_is_refused_with_the_file(tmp_path: Path) -> None:
    with (
        pytest.raises(ModelError, match=r"made\.sql: no threshold or set \$few in sql/town"),
        duckdb.connect() as con,
    ):
        build(con, "town", sql_dir=step(tmp_path, "SELECT $few AS few"))


def test_a_threshold_without_a_reason_is_refused(tmp_path: Path) -> None:
    folder = step(tmp_path, "SELECT 1 AS one")
    (folder / "town" / "thresholds.toml").write_text("[many]\nvalue = 20\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"\[many\] needs a value"):
        load_thresholds("town", folder)


def test_a_set_is_replaced_by_its_texts(tmp_path: Path) -> None:
    folder = step(tmp_path, "SELECT 'it''s near' IN ($near) AS one, 'far' IN ($near) AS other")
    (folder / "town" / "sets.toml").write_text(
        '[near]\nvalues = ["next", "it\'s near"]\nreason = "close by"\n', encoding="utf-8"
    )
    with duckdb.connect() as con:
        build(con, "town", sql_dir=folder)
        assert con.execute("FROM town.made").fetchall() == [(True, False)]


def test_a_set_without_texts_is_refused(tmp_path: Path) -> None:
    folder = step(tmp_path, "SELECT 1 AS one")
    (folder / "town" / "sets.toml").write_text('[near]\nvalues = []\nreason = "none"\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"\[near\] needs values"):
        load_sets("town", folder)
