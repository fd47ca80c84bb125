"""Every code that stands in a published column has its Chinese name in the same file."""

from __future__ import annotations

import duckdb
import pytest
from command import Night

NO_NAMES = {
    "name",  # of a person
    "key", "person_id", "proposed_person_id", "left_person_id", "married_to", "at_home", "pair_id",
    "question_id", "subject", "other_subject", "row_fingerprint", "run_id", "compared_run", "sha256",
    "policy_sha256", "policy_version", "code_version", "identity_weights", "region", "engine", "encoding",
    "file", "sheet", "id_number", "former_id_number", "phone", "household_id", "area_code", "town_code",
    "parent", "column_name", "code", "rule", "part", "step", "model", "kind", "switch", "detail", "unit",
    "age_group", "days_since_visit",  # intervals that read by themselves
    "indicator",  # named in the table itself
    "via", "method", "field", "level", "reason", "severity", "target_rule",  # in the column's comment
    "community_name", "town_name", "address", "household_no", "side",
}  # fmt: skip
"""Columns that hold no code, or whose few codes are in the column's comment."""
OTHER_TABLE = {
    ("mart", "statistic_group", "measure"), ("mart", "statistic_group", "dimension"),
    ("mart", "identity_quality", "measure"), ("mart", "identity_quality", "grade"),
    ("mart", "statistic_need", "measure"), ("mart", "waiting_list", "class"),
    ("mart", "history", "measure"), ("mart", "timing", "kind"), ("mart", "indicator", "status"),
    ("analyst", "indicator", "status"),
}  # fmt: skip
"""Columns with words of their own (in the comment; of a class in reason_text), or of two tables."""


@pytest.mark.parametrize("schema", ["mart", "analyst"])
def test_every_code_has_a_name(night: Night, schema: str) -> None:
    ending = ".duckdb" if schema == "mart" else ".analyst.duckdb"
    path = night.home / "warehouse" / night.region / f"{night.day}{ending}"
    with duckdb.connect(str(path), read_only=True) as con:
        pairs = con.sql(f"SELECT column_name, code FROM {schema}.code").fetchall()
        named: dict[str, set[str]] = {}
        for column, code in pairs:
            named.setdefault(column, set()).add(code)
        ((programmes,),) = con.sql(f"SELECT list(programme) FROM {schema}.programme").fetchall()
        named["programme"] = named["receiving"] = {*programmes}
        columns = con.sql(
            "SELECT table_name, column_name, data_type FROM duckdb_columns() "
            f"WHERE schema_name = '{schema}' AND data_type IN ('VARCHAR', 'VARCHAR[]')"
        ).fetchall()
        bare = []
        for table, column, kind in columns:
            if column in NO_NAMES - {"level"} or (schema, table, column) in OTHER_TABLE:
                continue
            if column == "level" and table != "area":
                continue
            value = f"unnest({column})" if kind == "VARCHAR[]" else column
            found = con.sql(f"SELECT DISTINCT {value} AS code FROM {schema}.{table}").fetchall()
            codes = {code for (code,) in found if code and code.isascii()}
            names = named.get(f"{table}.{column}") or named.get(column, set())
            bare += [(table, column, code) for code in sorted(codes - names)]
    assert bare == []


def test_names_stand_beside_the_codes_in_the_views(night: Night) -> None:
    path = night.home / "warehouse" / night.region / f"{night.day}.analyst.duckdb"
    with duckdb.connect(str(path), read_only=True) as con:
        for view, code in (
            ("missing_facts", "fact"),
            ("missing_facts", "extract"),
            ("programme_overview", "decision"),
            ("work_by_town", "action"),
            ("age_structure", "sex"),
            ("link_quality", "grade"),
            ("delivery", "status"),
        ):
            names = con.sql(f"SELECT {code}, {code}_name FROM analyst.{view}").fetchall()
            assert names, view
            assert [coded for coded, name in names if coded is not None and name is None] == []
        bare = con.sql(
            "SELECT table_name, column_name FROM duckdb_columns() WHERE schema_name = 'analyst' "
            "AND NOT regexp_matches(coalesce(comment, ''), '[一-龥]')"
        ).fetchall()
    assert bare == []
