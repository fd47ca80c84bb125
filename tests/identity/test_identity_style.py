"""How models of identity are written: short lines, names that are words, a person who is the person."""

import re
from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

from outreach.engine.headers import WIDTH
from outreach.engine.models import SQL_DIR

FILES = sorted((SQL_DIR / "identity").rglob("*.sql"))
NAMES = [path.stem for path in FILES]
SHORTEST_ALIAS = 3


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_no_line_is_too_long(path: Path) -> None:
    assert [line for line in path.read_text(encoding="utf-8").splitlines() if len(line) > WIDTH] == []


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_tables_are_called_by_words(path: Path) -> None:
    tree = sqlglot.parse_one(path.read_text(encoding="utf-8"), read="duckdb")
    aliases = {alias.name for alias in tree.find_all(exp.TableAlias) if alias.name}
    assert {alias for alias in aliases if len(alias) < SHORTEST_ALIAS} == set()


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_a_person_is_the_person(path: Path) -> None:
    comments = [
        line for line in path.read_text(encoding="utf-8").splitlines() if line.lstrip().startswith("--")
    ]
    assert re.findall(r"\b(?:she|her|hers|herself)\b", " ".join(comments)) == []
