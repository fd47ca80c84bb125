"""A comparison level in SQL is one that has a weight: a misspelt one would lose its pairs in a join."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

from outreach.engine.models import SQL_DIR
from outreach.identity.weights import PRIORS

FILES = sorted((SQL_DIR / "identity").rglob("*.sql"))
FIELDS = {
    "birth_level": "birth_date",
    **{f"{field}_level": field for field in PRIORS if field != "birth_date"},
}
COMPARISONS = (exp.EQ, exp.NEQ, exp.In)


def level_names(sql: str) -> Iterator[tuple[str, str]]:
    """Field and name of every level that is compared with, or given to, a column ``<field>_level``."""
    tree = sqlglot.parse_one(sql, read="duckdb")
    for node in tree.find_all(*COMPARISONS):
        column = node.this
        if isinstance(column, exp.Column) and column.name in FIELDS:
            others = node.expressions if isinstance(node, exp.In) else [node.expression]
            yield from ((FIELDS[column.name], other.name) for other in others if is_text(other))
    for alias in tree.find_all(exp.Alias):
        if alias.alias in FIELDS and isinstance(alias.this, exp.Case):
            yield from ((FIELDS[alias.alias], level) for level in given(alias.this))


def given(case: exp.Case) -> Iterator[str]:
    """The texts that a CASE gives, those of a CASE within it, too."""
    for result in (*(branch.args["true"] for branch in case.args["ifs"]), case.args.get("default")):
        if isinstance(result, exp.Case):
            yield from given(result)
        elif is_text(result):
            yield result.name


def is_text(node: exp.Expr | None) -> bool:
    """Whether a node is a text."""
    return isinstance(node, exp.Literal) and node.is_string


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_every_level_in_sql_has_a_weight(path: Path) -> None:
    named = set(level_names(path.read_text(encoding="utf-8")))
    assert {(field, level) for field, level in named if level not in PRIORS[field]} == set()


def test_levels_are_found_where_they_are_written_and_where_they_are_asked_for() -> None:
    sql = "SELECT CASE WHEN a THEN 'x' ELSE CASE WHEN b THEN 'y' END END AS name_level FROM t"
    assert set(level_names(sql)) == {("name", "x"), ("name", "y")}
    sql = "SELECT 1 AS one FROM t WHERE t.birth_level IN ('x', 'y') AND sex_level <> 'z'"
    assert set(level_names(sql)) == {("birth_date", "x"), ("birth_date", "y"), ("sex", "z")}


def test_relations_of_households_are_levels_of_their_own() -> None:
    """What ``related_household`` calls a relation is compared by that name."""
    sql = (SQL_DIR / "identity" / "blocking" / "related_household.sql").read_text(encoding="utf-8")
    columns = [
        select.expressions[place]
        for select in sqlglot.parse_one(sql, read="duckdb").find_all(exp.Select)
        for place in (1, 2)
        if len(select.expressions) > place
    ]
    kinds = {item.unalias().name for item in columns if is_text(item.unalias())}
    assert len(kinds) > 1
    assert kinds <= PRIORS["relation"].keys()


def test_a_model_names_single_levels_only_and_sets_by_their_name() -> None:
    """``IN ('one slip', 'two slips')`` would be a set that the next new level is not in."""
    listed = [
        (path.stem, node.sql())
        for path in FILES
        for node in sqlglot.parse_one(path.read_text(encoding="utf-8"), read="duckdb").find_all(exp.In)
        if isinstance(node.this, exp.Column) and node.this.name in FIELDS
        if any(is_text(value) for value in node.expressions)
    ]
    assert listed == []
