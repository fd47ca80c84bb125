"""Expressions that several models need, each written once: ``sql/functions/<name>.sql``.

A file is one SELECT of an expression under its own name; ``$argument`` is replaced by what a model gives. A
model writes ``name(value)``. The functions are macros of the connection, never of a file that is published.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import duckdb

FOLDER = "functions"
_ARGUMENT = re.compile(r"\$([a-z_]+)")
_FILE = re.compile(r"(?:--[^\n]*\n)+SELECT\s+(?P<expression>.*?)\s+AS (?P<name>\w+)\s*", re.DOTALL)


@cache
def load_functions(sql_dir: Path) -> Mapping[str, str]:
    """The statements that make the functions of ``sql_dir/functions``, by name.

    Raises:
        ValueError: a file is not one SELECT of one expression under the file's name.
    """
    statements = {}
    for path in sorted((sql_dir / FOLDER).glob("*.sql")):
        found = _FILE.fullmatch(path.read_text(encoding="utf-8"))
        if not found or found["name"] != path.stem:
            raise ValueError(f"{path}: a function is one SELECT of an expression AS {path.stem}")
        arguments = ", ".join(dict.fromkeys(_ARGUMENT.findall(found["expression"])))
        expression = _ARGUMENT.sub(r"\1", found["expression"])
        statements[path.stem] = f"CREATE OR REPLACE TEMP MACRO {path.stem}({arguments}) AS ({expression})"
    return statements


def define_functions(con: duckdb.DuckDBPyConnection, sql: str, sql_dir: Path) -> None:
    """Let this connection run a model that uses functions of ``sql_dir/functions``."""
    for name, statement in load_functions(sql_dir).items():
        if f"{name}(" in sql:
            con.execute(statement).fetchall()
