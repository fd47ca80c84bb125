"""Expressions that several models need are said once, in ``sql/functions``."""

from pathlib import Path

import duckdb
import pytest

from outreach.engine import build
from outreach.engine.models import SQL_DIR
from outreach.engine.sql_functions import define_functions, load_functions
from outreach.explain.masking import masked_number


def test_a_model_uses_a_function_of_the_folder_and_no_file_keeps_it(tmp_path: Path) -> None:
    for name, sql in {
        "functions/twice.sql": "-- Twice.\nSELECT $value * 2 AS twice\n",
        "facts/number.sql": "-- Numbers.\nSELECT twice(21) AS number\n",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(sql)
    with duckdb.connect(str(tmp_path / "work.duckdb")) as con:
        build(con, "facts", sql_dir=tmp_path)
        assert con.execute("SELECT number FROM facts.number").fetchall() == [(42,)]
    with duckdb.connect(str(tmp_path / "work.duckdb")) as con, pytest.raises(duckdb.CatalogException):
        con.execute("SELECT twice(21)")


@pytest.mark.parametrize(
    "sql",
    ["-- Other name.\nSELECT $a AS b\n", "-- A table.\nSELECT $a AS wrong FROM t\n", "SELECT $a AS wrong\n"],
)
def test_a_file_that_is_no_expression_of_its_name_is_refused(tmp_path: Path, sql: str) -> None:
    (tmp_path / "functions").mkdir()
    (tmp_path / "functions" / "wrong.sql").write_text(sql)
    with pytest.raises(ValueError, match="wrong"):
        load_functions(tmp_path)


@pytest.mark.parametrize("number", ["340102194109304123", "340102410930412", "34010219410930", "1", "", None])
def test_lists_and_explain_mask_a_number_alike(number: str | None) -> None:
    con = duckdb.connect()
    query = "SELECT masked_number(?)"
    define_functions(con, query, SQL_DIR)
    assert con.execute(query, [number]).fetchone() == (masked_number(number),)
