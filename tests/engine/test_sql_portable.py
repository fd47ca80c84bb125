"""Every SQL file of the project means the same on DuckDB and, transpiled, on Spark.

The lint reads the syntax tree, not the text. Each rule names what would silently mean something else.
"""

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp
from sqlglot.tokenizer_core import TokenType

from outreach.engine.models import SQL_DIR

FILES = sorted(SQL_DIR.rglob("*.sql"))
NAMES = [str(path.relative_to(SQL_DIR)) for path in FILES]

FORBIDDEN_CALLS = {
    "len": "counts characters on Spark: array_length for lists, length for text",
    "age": "is no function of Spark",
    "date_sub": "takes a unit here and days there: date_diff('day', …)",
    "datesub": "takes a unit here and days there: date_diff('day', …)",
} | dict.fromkeys(
    (
        "levenshtein",
        "editdist3",
        "damerau_levenshtein",
        "hamming",
        "mismatches",
        "jaccard",
        "jaro_similarity",
        "jaro_winkler_similarity",
    ),
    "counts bytes, wrong for Chinese: rapidfuzz, registered with the engine",
)
SMALL_UNITS = {"DAY", "HOUR", "MINUTE", "SECOND", "MILLISECOND", "MICROSECOND"}


def forbidden_call(sql: str) -> Iterator[str]:
    """Functions whose name alone means something else on Spark; read from tokens: a tree unites synonyms."""
    tokens = sqlglot.tokenize(sql, read="duckdb")
    for name, bracket in pairwise(tokens):
        if bracket.token_type is TokenType.L_PAREN and name.text.lower() in FORBIDDEN_CALLS:
            yield f"{name.text} {FORBIDDEN_CALLS[name.text.lower()]}"


def ordered_list(tree: exp.Expr) -> Iterator[str]:
    """``list(x ORDER BY y)`` loses its order on Spark: ``array_sort(list(x))``."""
    for node in tree.find_all(exp.ArrayAgg):
        if isinstance(node.this, exp.Order):
            yield "list(x ORDER BY y)"


def starred_qualify(tree: exp.Expr) -> Iterator[str]:
    """``SELECT * … QUALIFY`` also gives the window's helper column on Spark: name the columns."""
    for node in tree.find_all(exp.Select):
        if node.args.get("qualify") and any(item.find(exp.Star) for item in node.expressions if item.is_star):
            yield "SELECT * … QUALIFY"


def qualify_outside_window(tree: exp.Expr) -> Iterator[str]:
    """A table's column next to the window in QUALIFY is out of scope once it becomes a subquery's WHERE."""
    for qualify in tree.find_all(exp.Qualify):
        for column in qualify.find_all(exp.Column):
            if column.table and not column.find_ancestor(exp.Window):
                yield f"QUALIFY … {column.sql()} outside a window"


def date_arithmetic(tree: exp.Expr) -> Iterator[str]:
    """date + interval is a timestamp here, a date there, and clamps 29 February: ``make_date``."""
    for node in tree.find_all(exp.Interval):
        yield node.sql(dialect="duckdb")


def calendar_difference(tree: exp.Expr) -> Iterator[str]:
    """``date_diff('year', …)`` counts calendar borders here and completed years there: birthdays!"""
    for node in tree.find_all(exp.DateDiff, exp.TimestampDiff):
        unit = str(node.args.get("unit") or "DAY").strip("'").upper()
        if unit not in SMALL_UNITS:
            yield node.sql(dialect="duckdb")


def asof_join(tree: exp.Expr) -> Iterator[str]:
    """Spark has no ASOF join."""
    for node in tree.find_all(exp.Join):
        if str(node.args.get("method") or "").upper() == "ASOF":
            yield "ASOF JOIN"


RULES: tuple[Callable[[exp.Expr], Iterator[str]], ...] = (
    ordered_list,
    starred_qualify,
    qualify_outside_window,
    date_arithmetic,
    calendar_difference,
    asof_join,
)


def findings(sql: str) -> list[str]:
    """What the lint has against a query, a line a finding."""
    tree = sqlglot.parse_one(sql, read="duckdb")
    calls = [f"forbidden_call: {found}" for found in forbidden_call(sql)]
    return calls + [f"{rule.__name__}: {found}" for rule in RULES for found in rule(tree)]


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_file_is_portable(path: Path) -> None:
    assert findings(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_file_transpiles_to_spark(path: Path) -> None:
    sql = path.read_text(encoding="utf-8")
    (spark,) = sqlglot.transpile(
        sql, read="duckdb", write="spark", unsupported_level=sqlglot.ErrorLevel.RAISE
    )
    assert sqlglot.parse_one(spark, read="spark")


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_file_is_one_select(path: Path) -> None:
    sql = path.read_text(encoding="utf-8")
    trees = [tree for tree in sqlglot.parse(sql, read="duckdb") if tree]
    assert len(trees) == 1
    assert isinstance(trees[0], exp.Query)


@pytest.mark.parametrize(
    ("sql", "rule"),
    [
        ("SELECT list(a ORDER BY b) AS x FROM t", "ordered_list"),
        ("SELECT array_agg(a ORDER BY b) AS x FROM t", "ordered_list"),
        ("SELECT len(a) AS n FROM t", "forbidden_call"),
        ("SELECT * FROM t QUALIFY row_number() OVER (PARTITION BY a ORDER BY b) = 1", "starred_qualify"),
        ("SELECT t.* FROM t QUALIFY row_number() OVER (PARTITION BY a ORDER BY b) = 1", "starred_qualify"),
        ("SELECT t.a FROM t QUALIFY t.b OR min(t.a) OVER (PARTITION BY t.b) = 1", "qualify_outside_window"),
        ("SELECT d + INTERVAL 1 MONTH AS x FROM t", "date_arithmetic"),
        ("SELECT d - INTERVAL '3' DAY AS x FROM t", "date_arithmetic"),
        ("SELECT date_add(d, INTERVAL 1 YEAR) AS x FROM t", "date_arithmetic"),
        ("SELECT date_diff('year', a, b) AS x FROM t", "calendar_difference"),
        ("SELECT datediff('month', a, b) AS x FROM t", "calendar_difference"),
        ("SELECT date_sub('year', a, b) AS x FROM t", "forbidden_call"),
        ("SELECT a.x FROM a ASOF JOIN b ON a.t >= b.t", "asof_join"),
        ("SELECT levenshtein(a, b) AS x FROM t", "forbidden_call"),
        ("SELECT jaro_winkler_similarity(a, b) AS x FROM t", "forbidden_call"),
        ("SELECT damerau_levenshtein(a, b) AS x FROM t", "forbidden_call"),
    ],
)
def test_lint_sees_what_spark_reads_otherwise(sql: str, rule: str) -> None:
    assert [found.split(":")[0] for found in findings(sql)] == [rule]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT array_sort(list(a)) AS x FROM t",
        "SELECT array_length(a) AS n, length(b) AS m FROM t",
        "SELECT t.a FROM t QUALIFY row_number() OVER (PARTITION BY t.a ORDER BY t.b) = 1",
        "SELECT date_diff('day', a, b) AS x FROM t",
        "SELECT string_agg(a, '；' ORDER BY b) AS x FROM t",
    ],
)
def test_lint_lets_pass_what_means_the_same(sql: str) -> None:
    assert findings(sql) == []
