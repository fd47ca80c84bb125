"""Models of identity decide on thresholds by name, and the README explains each."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

from outreach.engine.models import SQL_DIR
from outreach.engine.thresholds import load_sets, load_thresholds, used_thresholds

FOLDER = SQL_DIR / "identity"
FILES = sorted(FOLDER.rglob("*.sql"))
SMALL = 2
"""Two sides, one edit, two edits: what is this small is no threshold."""
CODES = 1_000_000_000
"""Row keys are composed of extract, row and role; they are no threshold either."""
ORDERS = (exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Between)


def bare_numbers(sql: str) -> Iterator[str]:
    """Numbers with which something is compared by size, and fractions, that have no name."""
    tree = sqlglot.parse_one(sql, read="duckdb")
    for literal in tree.find_all(exp.Literal):
        if literal.is_string:
            continue
        value = float(literal.name)
        parent = literal.parent
        if isinstance(parent, exp.Case | exp.If | exp.Neg | exp.Paren):
            parent = parent.find_ancestor(*ORDERS)
        if value != int(value) or (isinstance(parent, ORDERS) and SMALL < value < CODES):
            yield parent.sql("duckdb") if parent else literal.name


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_no_model_compares_with_a_number_that_has_no_name(path: Path) -> None:
    assert list(bare_numbers(path.read_text(encoding="utf-8"))) == []


def test_a_bare_number_is_found_wherever_it_is() -> None:
    for condition in ("count(*) > 20", "x <= CASE WHEN y THEN 300 ELSE 2 END", "x BETWEEN 2 AND 20"):
        assert list(bare_numbers(f"SELECT x FROM t GROUP BY x HAVING {condition}"))
    assert list(bare_numbers("SELECT x + 0.001 FROM t"))
    assert not list(bare_numbers("SELECT substr(x, 7, 8), 0.0 FROM t WHERE length(x) = 18 AND n <= $many"))


def test_every_threshold_and_every_set_is_used() -> None:
    used = {name for path in FILES for name in used_thresholds(path.read_text(encoding="utf-8"))}
    assert used == set(load_thresholds("identity")) | set(load_sets("identity"))


def test_the_readme_gives_every_threshold_with_value_and_reason() -> None:
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| (\S+) \| (.*) \|$", text.split("\n## Thresholds\n")[1], re.M)
    assert rows == [
        (each.name, str(each.value), each.reason) for each in load_thresholds("identity").values()
    ]
