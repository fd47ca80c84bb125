"""What a region remembers of its last night: how each row read, and how it was linked.

``memory.duckdb``, beside the registry, may be deleted: the next night is then reconciled in full, with the
same links. It is written last, after the ids, in one transaction: a killed run leaves it as it was. A night
older than the one remembered reads it, and leaves it as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

import duckdb

from outreach.engine import build, load_models

FILE_NAME = "memory.duckdb"

_TABLES = {
    "stamp": "night DATE NOT NULL, begun DATE NOT NULL, content_version VARCHAR NOT NULL,"
    " born BIGINT, person_id VARCHAR",
    "register": "content UBIGINT NOT NULL, born BIGINT NOT NULL, alone BOOLEAN NOT NULL",
    "link": "content UBIGINT NOT NULL, born BIGINT NOT NULL, grade VARCHAR NOT NULL",
    "unpublished": "content UBIGINT NOT NULL, born BIGINT, grade VARCHAR",
}
"""``stamp`` (one row): the night, the one with which the memory begins, how its contents were numbered, and
the newest id of the registry it belongs to.
``register``, ``link``: whose each content was; see ``sql/identity/register_change.sql``, ``link_change.sql``.
``unpublished``: the links that nights not published have moved, as they stood on the last that was; without
person, those that did not stand there."""

_CHANGES = {
    "register": ("content, born, alone", "'exact'"),
    "link": ("content, born, grade", "grade_before"),
}
"""Columns that ``sql/identity/<table>_change.sql`` gives the table, and the grade at which it was linked."""
_CONTENT_MODELS = ("source_row", "register_profile", "row_content")


def _content_version() -> str:
    """Contents can be compared between nights that numbered them, and kept them, in the same way."""
    models = {model.name: model.sql for model in load_models("identity")}
    made_by = "\n".join([duckdb.__version__, repr(_TABLES), *(models[name] for name in _CONTENT_MODELS)])
    return sha256(made_by.encode()).hexdigest()


@contextmanager
def attached(con: duckdb.DuckDBPyConnection, path: Path) -> Iterator[None]:
    """Attach the memory as ``last_night`` for as long as the block runs; the registry has to be attached.

    A file that is damaged, of another version, or of another registry (restored from a backup) is begun
    afresh.
    """
    target = str(path).replace("'", "''")
    try:
        con.execute(f"ATTACH '{target}' AS last_night")
    except duckdb.Error:
        path.unlink(missing_ok=True)
        con.execute(f"ATTACH '{target}' AS last_night")
    try:
        path.chmod(0o600)
        version = _content_version()
        if not _fits(con, version):
            for table, columns in _TABLES.items():
                con.execute(f"CREATE OR REPLACE TABLE last_night.{table} ({columns})")
        yield
    finally:
        con.execute("DETACH last_night")


def _fits(con: duckdb.DuckDBPyConnection, version: str) -> bool:
    try:
        found = con.execute(
            """SELECT s.content_version
            FROM last_night.stamp s JOIN registry.person p ON s.born = p.born AND s.person_id = p.person_id"""
        ).fetchall()
    except duckdb.Error:
        return False
    return found == [(version,)]


@dataclass(frozen=True)
class Recalled:
    """What is remembered as a night begins: the last night, if any, and when the memory begins.

    ``tells_moves``: it reaches back to the last published night, so that ``identity.relinked`` can be told.
    """

    night: date | None
    begun: date
    tells_moves: bool


def recall(con: duckdb.DuckDBPyConnection, as_of: date, published: date | None) -> Recalled:
    """Make ``identity.unpublished``, as the memory is to be read by the night ``as_of``.

    ``published``: the last published night before ``as_of``; None: take it that every night was published.
    """
    found = con.execute("SELECT night, begun FROM last_night.stamp").fetchall()
    last, begun = found[0] if found else (None, as_of)
    was_published = last is not None and last < as_of and (published is None or published >= last)
    con.execute(
        "CREATE OR REPLACE TABLE identity.unpublished AS"
        " SELECT * FROM last_night.unpublished WHERE NOT $done",
        {"done": was_published},
    )
    reaches = (
        last is not None and last <= as_of and begun < as_of and (published is None or begun <= published)
    )
    return Recalled(last, begun, reaches)


def tell_moves(con: duckdb.DuckDBPyConnection, recalled: Recalled) -> None:
    """Make ``identity.relinked``; empty where the memory cannot tell."""
    if recalled.tells_moves:
        build(con, "identity", ["relinked"])
        return
    (model,) = (model for model in load_models("identity") if model.name == "relinked")
    con.execute(f"CREATE OR REPLACE TABLE {model.table} AS SELECT * FROM ({model.sql}) LIMIT 0")


def remember(con: duckdb.DuckDBPyConnection, recalled: Recalled, as_of: date) -> None:
    """Write what changed tonight to the attached memory, in one transaction; an older night leaves it alone.

    Needs ``identity.register_change``, ``link_change`` and :func:`recall`.
    """
    if recalled.night is not None and recalled.night > as_of:
        return
    con.execute("BEGIN")
    try:
        con.execute("DELETE FROM last_night.unpublished")
        con.execute("INSERT INTO last_night.unpublished SELECT * FROM identity.unpublished")
        for table, (columns, grade) in _CHANGES.items():
            change = f"identity.{table}_change"
            if recalled.night is not None:
                con.execute(
                    f"""INSERT INTO last_night.unpublished
                    SELECT content, born_before, CASE WHEN born_before IS NOT NULL THEN {grade} END
                    FROM {change} ANTI JOIN last_night.unpublished USING (content)"""
                )
            con.execute(
                f"""DELETE FROM last_night.{table}
                WHERE content IN (SELECT content FROM {change} WHERE born_before IS NOT NULL)"""
            )
            con.execute(
                f"INSERT INTO last_night.{table} SELECT {columns} FROM {change} WHERE born IS NOT NULL"
            )
        con.execute("DELETE FROM last_night.stamp")
        con.execute(
            "INSERT INTO last_night.stamp"
            " SELECT $night, $begun, $content_version, max(born), max_by(person_id, born)"
            " FROM registry.person",
            {
                "night": as_of,
                "begun": recalled.begun,
                "content_version": _content_version(),
            },
        )
        con.execute("COMMIT")
    except BaseException:
        con.execute("ROLLBACK")
        raise
