"""The registry of stable person ids: who was who on earlier nights.

``registry.duckdb`` keeps, for each random, opaque id, the records (``sql/identity/person_record.sql``) by
which its person was known. An id says nothing about its person. A night's new ids and records are written in
one transaction, last of all: a run killed before that leaves the registry as it was; ids of a night that was
not published are harmless and found again.
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

_RECORD = {
    "in_register": "in_register BOOLEAN NOT NULL",
    "number_no": "number_no BIGINT",
    "name_key": "name_key VARCHAR",
    "birth_date": "birth_date DATE",
    "sex": "sex VARCHAR",
    "household_no": "household_no VARCHAR",
    "area_code": "area_code VARCHAR",
    "content": "content VARCHAR",
}

_RECOGNITIONS = (
    ("in_register", "number_no", "name_key"),
    ("in_register", "name_key", "birth_date", "household_no"),
    ("in_register", "number_no", "birth_date", "sex"),
    ("in_register", "name_key", "birth_date", "sex", "area_code"),
    ("in_register", "content"),
    ("number_no", "name_key"),
    ("number_no", "birth_date", "sex"),
)
"""What has to agree for a person to be recognised, the strongest first. The last two also recognise somebody
who moved here, or away."""


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
            " (born BIGINT NOT NULL, person_id VARCHAR NOT NULL, first_night DATE NOT NULL)"
        )
        columns = ", ".join(_RECORD.values())
        con.execute(f"CREATE TABLE IF NOT EXISTS registry.record (born BIGINT NOT NULL, {columns})")
        yield
    finally:
        con.execute("DETACH registry")


def assign(con: duckdb.DuckDBPyConnection) -> int:
    """Make ``identity.assigned_id`` (person_key, born, person_id, is_new) for every person of tonight.

    A person takes the id that the strongest recognition names (of several the oldest); an id goes to one
    person only, a person has one id. Who is not recognised gets a new one. Returns how many are new. Needs
    the registry attached, ``identity.link`` and ``identity.person_record``.
    """
    con.execute("CREATE OR REPLACE TEMP TABLE recognised (person_key BIGINT, born BIGINT)")
    for columns in _RECOGNITIONS:
        agrees = " AND ".join(f"t.{column} = v.{column}" for column in columns)
        while _count(
            con,
            f"""INSERT INTO recognised
            SELECT min(person_key), born FROM (
                SELECT t.person_key, min(v.born) AS born
                FROM identity.person_record t JOIN registry.record v ON {agrees}
                ANTI JOIN recognised p ON t.person_key = p.person_key
                ANTI JOIN recognised i ON v.born = i.born
                GROUP BY t.person_key)
            GROUP BY born""",
        ):
            pass
    con.execute(
        """CREATE OR REPLACE TEMP TABLE unknown AS
        SELECT person_key, row_number() OVER (ORDER BY person_key) AS place
        FROM (SELECT DISTINCT person_key FROM identity.link) ANTI JOIN recognised USING (person_key)"""
    )
    unknown = _count(con, "SELECT count(*) FROM unknown")
    con.register("fresh_id", pa.table({"place": np.arange(1, unknown + 1), "person_id": new_ids(unknown)}))
    con.execute(
        """CREATE OR REPLACE TABLE identity.assigned_id AS
        SELECT r.person_key, r.born, p.person_id, FALSE AS is_new
        FROM recognised r JOIN registry.person p ON r.born = p.born
        UNION ALL
        SELECT u.person_key, u.place + (SELECT coalesce(max(born), 0) FROM registry.person), f.person_id, TRUE
        FROM unknown u JOIN fresh_id f ON u.place = f.place"""
    )
    con.unregister("fresh_id")
    con.execute("DROP TABLE recognised")
    con.execute("DROP TABLE unknown")
    return unknown


def _count(con: duckdb.DuckDBPyConnection, sql: str) -> int:
    return int(con.execute(sql).fetchall()[0][0])


def record(con: duckdb.DuckDBPyConnection, as_of: date) -> None:
    """Write tonight's new ids and records to the attached registry, in one transaction."""
    columns = ", ".join(_RECORD)
    con.execute("BEGIN")
    try:
        con.execute(
            "INSERT INTO registry.person"
            " SELECT born, person_id, $night FROM identity.assigned_id WHERE is_new",
            {"night": as_of},
        )
        con.execute(
            f"""INSERT INTO registry.record
            SELECT a.born, {columns}
            FROM identity.person_record t JOIN identity.assigned_id a ON t.person_key = a.person_key
            EXCEPT SELECT born, {columns} FROM registry.record"""
        )
        con.execute("COMMIT")
    except BaseException:
        con.execute("ROLLBACK")
        raise
