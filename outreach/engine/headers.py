"""The opening comment of a SQL file, read by machine.

A file opens with what it makes, in plain words, and then::

    -- grain: a person × extract
    -- columns: person_key, extract, grade,
    --   row_number
    -- from: identity.link, run.context
    -- materialized: view

``grain`` is what one row is, in words. ``columns`` and ``from`` are those of the statement, in its order and
sorted: :func:`with_header` writes them, ``python -m outreach.engine.write_headers`` does so for every file of
``sql/``. ``materialized`` may be left out: a table.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import takewhile
from pathlib import Path

import sqlglot
from sqlglot import exp

from outreach.errors import OutreachError

WIDTH = 120
NOTHING = "nothing"
_FIELD = re.compile(r"-- (grain|columns|from|materialized): (.*)")
_CONTINUED = "--   "


class HeaderError(OutreachError):
    """A header that cannot be read or derived; the message says why."""


@dataclass(frozen=True)
class Header:
    """``text``: the lines before the fields, as written. Fields that are missing are None or empty."""

    text: str
    grain: str | None = None
    columns: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    materialized: str = "table"


def read_header(sql: str) -> Header:
    """The header of a file; tolerant: a file without fields has only text."""
    lines = list(takewhile(lambda line: line.startswith("--"), sql.splitlines()))
    text, fields = [], dict[str, str]()
    name = None
    for line in lines:
        if found := _FIELD.fullmatch(line.rstrip()):
            name = found[1]
            fields[name] = found[2]
        elif name and line.startswith(_CONTINUED):
            fields[name] += " " + line.removeprefix(_CONTINUED).strip()
        else:
            text.append(line)
    return Header(
        "\n".join(text),
        fields.get("grain"),
        _listed(fields.get("columns", "")),
        _listed(fields.get("from", "")),
        fields.get("materialized", "table"),
    )


def _listed(field: str) -> tuple[str, ...]:
    return tuple(item for item in (part.strip() for part in field.split(",")) if item and item != NOTHING)


def sources_of(tree: exp.Query) -> tuple[str, ...]:
    """The tables that a statement reads, as ``schema.table``, sorted."""
    return tuple(sorted({f"{table.db}.{table.name}" for table in tree.find_all(exp.Table) if table.db}))


def columns_of(tree: exp.Query, known: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The columns that a statement gives, in order.

    Args:
        tree: the statement.
        known: the columns of other tables, by ``schema.table``, for a star that names them all.

    Raises:
        HeaderError: a column has no name, or a star is over a table that is not known.
    """
    return tuple(_columns(tree, {name: partial(tuple, columns) for name, columns in known.items()}))


Known = Mapping[str, Callable[[], Sequence[str]]]
"""How to find the columns of a table or CTE; only looked up where a star needs them."""


def _columns(tree: exp.Expr, known: Known) -> Iterator[str]:
    if isinstance(tree, exp.Query):
        for cte in tree.ctes:
            known = {**known, cte.alias: partial(_found, cte.this, known)}
    if isinstance(tree, exp.Subquery | exp.SetOperation):
        yield from _columns(tree.this, known)
        return
    for item in tree.expressions:
        if not item.is_star:
            if not item.alias_or_name:
                raise HeaderError(f"a column has no name: {item.sql('duckdb')}")
            yield item.alias_or_name
            continue
        star = item.this if isinstance(item, exp.Column) else item
        left_out = {column.name for column in star.args.get("except_") or ()}
        wanted = item.table if isinstance(item, exp.Column) else ""
        for source in _joined(tree):
            if not wanted or source.alias_or_name == wanted:
                yield from (name for name in _source_columns(source, known) if name not in left_out)


def _found(tree: exp.Expr, known: Known) -> Sequence[str]:
    return tuple(_columns(tree, known))


def _joined(select: exp.Expr) -> Iterator[exp.Expr]:
    found = select.args.get("from_") or select.args.get("from")
    if found:
        yield found.this
    for join in select.args.get("joins") or ():
        if str(join.args.get("kind") or "").upper() not in ("SEMI", "ANTI"):
            yield join.this


def _source_columns(source: exp.Expr, known: Known) -> Sequence[str]:
    if isinstance(source, exp.Subquery):
        return _found(source.this, known)
    name = f"{source.db}.{source.name}" if isinstance(source, exp.Table) and source.db else source.name
    if name not in known:
        raise HeaderError(f"name the columns: those of {name} are not known")
    return known[name]()


@dataclass(frozen=True)
class SqlFile:
    """A file of ``sql/`` with its statement and the columns that this gives."""

    path: Path
    sql: str
    tree: exp.Query
    columns: tuple[str, ...]

    @property
    def header(self) -> Header:
        """The header as it is written."""
        return read_header(self.sql)

    @property
    def sources(self) -> tuple[str, ...]:
        """The tables that the statement reads."""
        return sources_of(self.tree)


def sql_files(sql_dir: Path) -> tuple[SqlFile, ...]:
    """Every SQL file under a folder, with its columns.

    Raises:
        HeaderError: a file is no query, or its columns cannot be derived; the message names the file.
    """
    trees = {}
    for path in sorted(sql_dir.rglob("*.sql")):
        tree = sqlglot.parse_one(path.read_text(encoding="utf-8"), read="duckdb")
        if not isinstance(tree, exp.Query):
            raise HeaderError(f"{path}: no query")
        trees[path] = tree
    tables = {
        f"{schema}.{path.stem}": path
        for path in trees
        for schema in (path.relative_to(sql_dir).parts[0], path.parent.name)
    }
    known: dict[str, Sequence[str]] = {}
    found: dict[Path, tuple[str, ...]] = {}

    def find(path: Path) -> tuple[str, ...]:
        if path not in found:
            starred = any(
                item.is_star for select in trees[path].find_all(exp.Select) for item in select.selects
            )
            for name in sources_of(trees[path]) if starred else ():
                if name in tables and tables[name] != path:
                    known[name] = find(tables[name])
            try:
                found[path] = columns_of(trees[path], known)
            except HeaderError as error:
                raise HeaderError(f"{path}: {error}") from None
        return found[path]

    return tuple(
        SqlFile(path, path.read_text(encoding="utf-8"), tree, find(path)) for path, tree in trees.items()
    )


def with_header(file: SqlFile) -> str:
    """The file with ``columns`` and ``from`` as its statement has them; all else as it is.

    Raises:
        HeaderError: the header has no grain.
    """
    header = file.header
    if header.grain is None:
        raise HeaderError(f"{file.path}: the header has no grain")
    body = file.sql.splitlines()
    while body and body[0].startswith("--"):
        del body[0]
    fields = [
        ("grain", header.grain),
        ("columns", ", ".join(file.columns)),
        ("from", ", ".join(file.sources) or NOTHING),
    ]
    if header.materialized != "table":
        fields.append(("materialized", header.materialized))
    return "\n".join([header.text, *(field for pair in fields for field in _wrapped(*pair)), *body]) + "\n"


def _wrapped(name: str, value: str) -> list[str]:
    return textwrap.wrap(
        value,
        WIDTH,
        initial_indent=f"-- {name}: ",
        subsequent_indent=_CONTINUED,
        break_long_words=False,
        break_on_hyphens=False,
    )
