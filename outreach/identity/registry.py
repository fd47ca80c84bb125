"""The registry of stable person ids: who was who on earlier nights.

``registry.duckdb`` maps evidence keys (``sql/identity/person_evidence.sql``) to random, opaque ids. An
id says nothing about its person. A night's new ids and keys are written in one transaction, last of all: a
run killed before that leaves the registry as it was; ids of a night that was not published are harmless and
found again.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

_ALPHABET = np.frombuffer(b"abcdefghijklmnopqrstuvwxyz234567", dtype=np.uint8)
_LENGTH = 20
_WAIT_SECONDS = 60.0


class RegistryError(Exception):
    """The registry of person ids cannot be used; the message says why and what to do."""


def new_ids(count: int) -> pa.Array:
    """``count`` random ids: ``p`` and 20 lower-case base-32 characters (100 bits each)."""
    drawn = np.frombuffer(os.urandom(count * _LENGTH), dtype=np.uint8) & 31
    text = np.full((count, _LENGTH + 1), ord("p"), dtype=np.uint8)
    text[:, 1:] = _ALPHABET[drawn].reshape(count, _LENGTH)
    return pa.array(text.view(f"S{_LENGTH + 1}").ravel().astype(f"U{_LENGTH + 1}"))


@contextmanager
def attached(con: duckdb.DuckDBPyConnection, path: Path) -> Iterator[None]:
    """Attach the registry as ``registry`` for as long as the block runs; nobody else can open it meanwhile.

    Raises:
        RegistryError: another run holds it for longer than a minute, or the file is damaged.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    deadline = time.monotonic() + _WAIT_SECONDS
    while True:
        try:
            con.execute(f"ATTACH '{str(path).replace(chr(39), chr(39) * 2)}' AS registry")
            break
        except duckdb.IOException as error:
            if "lock" not in str(error).lower() or time.monotonic() > deadline:
                raise RegistryError(
                    f"{path}: the registry of person ids cannot be opened; "
                    "wait for the run that uses it, or restore the file"
                ) from error
            time.sleep(0.5)
    try:
        path.chmod(0o600)
        con.execute(
            "CREATE TABLE IF NOT EXISTS registry.person"
            " (person_id VARCHAR PRIMARY KEY, born BIGINT NOT NULL, first_night DATE NOT NULL)"
        )
        con.execute(
            "CREATE TABLE IF NOT EXISTS registry.evidence (key VARCHAR NOT NULL, kind TINYINT NOT NULL,"
            " in_register BOOLEAN NOT NULL, person_id VARCHAR NOT NULL)"
        )
        yield
    finally:
        con.execute("DETACH registry")


def assign(con: duckdb.DuckDBPyConnection) -> int:
    """Make ``identity.assigned_id`` (person_key, person_id, is_new) for every person of ``identity.link``.

    A person takes the id that the strongest evidence names; an id goes to one person only, a person has one
    id. Who is recognised by nothing gets a new one. Returns how many are new. Needs the registry attached.
    """
    con.execute(
        """CREATE OR REPLACE TEMP TABLE claim AS
        SELECT e.person_key, v.person_id,
            min(e.kind + CASE WHEN e.in_register = v.in_register THEN 0 ELSE 10 END) AS rank,
            min(p.born) AS born
        FROM identity.person_evidence e
        JOIN registry.evidence v ON e.key = v.key
        JOIN registry.person p ON v.person_id = p.person_id
        GROUP BY e.person_key, v.person_id"""
    )
    con.execute(
        "CREATE OR REPLACE TABLE identity.assigned_id (person_key BIGINT, person_id VARCHAR, is_new BOOLEAN)"
    )
    while True:
        con.execute(
            """INSERT INTO identity.assigned_id
            SELECT person_key, person_id, FALSE FROM (
                SELECT person_key, person_id,
                    row_number() OVER (PARTITION BY person_key ORDER BY rank, born) AS of_person,
                    row_number() OVER (PARTITION BY person_id ORDER BY rank, person_key) AS of_id
                FROM claim)
            WHERE of_person = 1 AND of_id = 1"""
        )
        con.execute(
            """CREATE OR REPLACE TEMP TABLE claim AS SELECT * FROM claim
            WHERE person_key NOT IN (SELECT person_key FROM identity.assigned_id)
              AND person_id NOT IN (SELECT person_id FROM identity.assigned_id)"""
        )
        left = con.execute("SELECT count(*) FROM claim").fetchall()
        if not left or left[0][0] == 0:
            break
    unknown = con.execute(
        """SELECT count(DISTINCT person_key) FROM identity.link
        WHERE person_key NOT IN (SELECT person_key FROM identity.assigned_id)"""
    ).fetchall()
    count = int(unknown[0][0])
    fresh = pa.table({"place": np.arange(1, count + 1), "person_id": new_ids(count)})
    con.register("fresh_id", fresh)
    con.execute(
        """INSERT INTO identity.assigned_id
        SELECT n.person_key, f.person_id, TRUE
        FROM (SELECT person_key, row_number() OVER (ORDER BY person_key) AS place
              FROM (SELECT DISTINCT person_key FROM identity.link
                    WHERE person_key NOT IN (SELECT person_key FROM identity.assigned_id))) n
        JOIN fresh_id f ON n.place = f.place"""
    )
    con.unregister("fresh_id")
    con.execute("DROP TABLE claim")
    return count


def record(con: duckdb.DuckDBPyConnection, as_of: date) -> None:
    """Write tonight's new ids and evidence to the attached registry, in one transaction."""
    con.execute("BEGIN")
    try:
        con.execute(
            """INSERT INTO registry.person
            SELECT person_id, (SELECT coalesce(max(born), 0) FROM registry.person)
                + row_number() OVER (ORDER BY person_key), $night
            FROM identity.assigned_id WHERE is_new""",
            {"night": as_of},
        )
        con.execute(
            """INSERT INTO registry.evidence
            SELECT e.key, e.kind, e.in_register, a.person_id
            FROM identity.person_evidence e
            JOIN identity.assigned_id a ON e.person_key = a.person_key
            ANTI JOIN registry.evidence v
                ON e.key = v.key AND a.person_id = v.person_id AND e.in_register = v.in_register"""
        )
        con.execute("COMMIT")
    except BaseException:
        con.execute("ROLLBACK")
        raise
