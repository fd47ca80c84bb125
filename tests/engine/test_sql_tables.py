"""Every table that a SQL file reads is one that somebody makes.

Across rooms: a model, an extract, or a table of docs/tables.md or docs/analyst.md. Within a room also what
its own code makes.
"""

import re
from functools import cache
from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

from contracts.extracts import EXTRACTS, QUESTION_ANSWER
from contracts.published import TABLES
from outreach.engine.models import SQL_DIR

ROOT = SQL_DIR.parent
FILES = sorted(SQL_DIR.rglob("*.sql"))
NAMES = [str(path.relative_to(SQL_DIR)) for path in FILES]


@cache
def known_tables() -> set[str]:
    """Names ``schema.table`` of everything that a model of any room may read."""
    steps = [(path.relative_to(SQL_DIR).parts[0], path.parent.name) for path in FILES]
    models = {f"{step}.{path.stem}" for path, named in zip(FILES, steps, strict=True) for step in named}
    extracts = {f"intake.{extract.name}" for extract in (*EXTRACTS, QUESTION_ANSWER)}
    pages = [(ROOT / "docs" / page).read_text(encoding="utf-8") for page in ("tables.md", "analyst.md")]
    documented = set(re.findall(r"`([a-z_]+\.[a-z_]+)`", "".join(pages)))
    return models | extracts | documented | {table.table for table in TABLES}


@cache
def made_by_code(schema: str) -> set[str]:
    """Names of a schema's tables that occur in the library's code: a room may fill tables of its own."""
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "outreach").rglob("*.py"))
    return {f"{schema}.{name}" for name in re.findall(r"\b[a-z][a-z_]+\b", code)}


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_every_table_is_made_by_somebody(path: Path) -> None:
    tree = sqlglot.parse_one(path.read_text(encoding="utf-8"), read="duckdb")
    within = {cte.alias for cte in tree.find_all(exp.CTE)}
    read = {f"{table.db}.{table.name}" if table.db else table.name for table in tree.find_all(exp.Table)}
    room = path.relative_to(SQL_DIR).parts[0]
    assert read - within - known_tables() - made_by_code(room) == set()
