"""How models of identity are written: names that are words."""

from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

from outreach.engine.models import SQL_DIR

FILES = sorted((SQL_DIR / "identity").rglob("*.sql"))
NAMES = [path.stem for path in FILES]
SHORTEST_ALIAS = 3


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_tables_are_called_by_words(path: Path) -> None:
    tree = sqlglot.parse_one(path.read_text(encoding="utf-8"), read="duckdb")
    aliases = {alias.name for alias in tree.find_all(exp.TableAlias) if alias.name}
    assert {alias for alias in aliases if len(alias) < SHORTEST_ALIAS} == set()
