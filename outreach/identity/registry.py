"""The registry of stable person ids: who was who on earlier nights.

``registry.duckdb`` keeps, for each random, opaque id, the records by which its person was known
(``sql/identity/ids/register_record.sql``). An id reveals nothing about its person. A night's new ids and
records are written in one transaction, last of all: a run killed before that leaves the registry as it was;
ids of a night that was not published are harmless and found again.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from outreach.engine import LockedError, durable, locked, sql_text, transaction
from outreach.errors import OutreachError
from outreach.settings import LOCK_SECONDS

_ALPHABET = np.frombuffer(b"abcdefghijklmnopqrstuvwxyz234567", dtype=np.uint8)
_LENGTH = 20

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

TABLES = {
    "person": "born BIGINT NOT NULL, person_id VARCHAR NOT NULL, first_night DATE NOT NULL,"
    " lives_on_as BIGINT",
    "record": f"born BIGINT NOT NULL, {', '.join(_RECORD.values())}",
    "event": "night DATE NOT NULL, kind VARCHAR NOT NULL, person_id VARCHAR NOT NULL,"
    " other_id VARCHAR NOT NULL",
    "fingerprint": "night DATE NOT NULL, content UBIGINT NOT NULL, born BIGINT NOT NULL,"
    " grade VARCHAR NOT NULL, alone BOOLEAN NOT NULL",
}
"""``person``: an id; ``born`` counts them, ``lives_on_as`` is the one into which it was merged. ``record``:
by what its person was known. ``event``: ``merge`` (person_id lives on, other_id points to it) or ``split``
(other_id left person_id). ``fingerprint``: whose each row was on the last night and on the last published one
(``sql/identity/history/fingerprint.sql``)."""

RECORDS = ("register_record", "newcomer_record")
"""The models of ``sql/identity`` with the keys by which persons are recognised: of the register, then of the
others."""

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


class RegistryError(OutreachError):
    """The registry of person ids cannot be used; the message names the reason and what to do."""


def new_ids(count: int) -> pa.Array:
    """``count`` random ids: ``p`` and 20 lower-case base-32 characters (100 bits each)."""
    drawn = np.frombuffer(os.urandom(count * _LENGTH), dtype=np.uint8) & 31
    text = np.full((count, _LENGTH + 1), ord("p"), dtype=np.uint8)
    text[:, 1:] = _ALPHABET[drawn].reshape(count, _LENGTH)
    ends = np.arange(count + 1, dtype=np.int64) * (_LENGTH + 1)
    return pa.LargeStringArray.from_buffers(count, pa.py_buffer(ends), pa.py_buffer(text))


@contextmanager
def attached(
    con: duckdb.DuckDBPyConnection, path: Path, *, wait: float = LOCK_SECONDS, copy: Path | None = None
) -> Iterator[None]:
    """Attach the registry as ``registry`` for as long as the block runs; nobody else can open it meanwhile.

    Args:
        con: the working warehouse.
        path: the registry's file; made where it is missing.
        wait: seconds to wait for another run that holds it.
        copy: where to put a copy of the file as the block leaves it, unless the block fails.

    Raises:
        RegistryError: another run holds it for too long, or the file is damaged.
    """
    try:
        with locked(path.with_suffix(".lock"), "人员编号登记册", wait):
            _attach(con, path)
            try:
                yield
            finally:
                # what a fatal error of the engine left cannot be detached, and must not hide that error
                with suppress(duckdb.Error):
                    con.execute("DETACH registry")
            if copy is not None:
                shutil.copyfile(path, copy)
    except LockedError as error:
        raise RegistryError(str(error)) from None


def _attach(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    try:
        con.execute(f"ATTACH '{sql_text(path)}' AS registry")
        path.chmod(0o600)
        with durable(con):
            for table, columns in TABLES.items():
                con.execute(f"CREATE TABLE IF NOT EXISTS registry.{table} ({columns})")
                con.execute(f"SELECT {', '.join(_names(columns))} FROM registry.{table} LIMIT 0")
    except (duckdb.Error, OSError) as error:
        raise RegistryError(_cannot_be_opened(path, error)) from error


def _cannot_be_opened(path: Path, error: Exception) -> str:
    return (
        f"{path}（人员编号登记册）无法打开，可能已损坏或被其他程序占用（{type(error).__name__}）。"
        f"{how_to_restore(path)}"
    )


def _names(columns: str) -> list[str]:
    return [column.split()[0] for column in columns.split(", ")]


def how_to_restore(path: Path) -> str:
    """What an operator does about a lost or damaged registry, in Chinese."""
    region, home = path.parent.name, path.parent.parent.parent
    return (
        "请从备份恢复该文件，或由已发布的版本重建："
        f"outreach identity registry rebuild --region {region} --home {home}，然后重跑本日"
    )


def forget_night(path: Path, night: date, wait: float = LOCK_SECONDS) -> None:
    """Forget whose each row was on ``night``, which was withdrawn: no later one is compared with it.

    Raises:
        RegistryError: a run holds the registry, or it cannot be read.
    """
    if not path.is_file():
        return
    try:
        with locked(path.with_suffix(".lock"), "人员编号登记册", wait), duckdb.connect(str(path)) as con:
            if con.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'fingerprint'").fetchall():
                con.execute("DELETE FROM fingerprint WHERE night = ?", [night])
    except LockedError as error:
        raise RegistryError(str(error)) from None
    except duckdb.Error as error:
        raise RegistryError(_cannot_be_opened(path, error)) from error


def require_registry(path: Path) -> None:
    """Refuse a night of a region that has releases and no registry: everybody would get a new id.

    Raises:
        RegistryError: there is no such file, or something else in its place.
    """
    if not path.is_file():
        raise RegistryError(
            f"{path}（人员编号登记册）不见了，而本地区已有发布的版本：继续运行会给每个人换新编号，"
            f"因此中止。{how_to_restore(path)}"
        )


def require_ids(con: duckdb.DuckDBPyConnection, path: Path, snapshots: Sequence[Path]) -> None:
    """Refuse a registry that does not know what was published: one that is empty, older, or another region's.

    Args:
        con: with the registry of ``path`` attached.
        path: the registry, for the message.
        snapshots: published snapshots, newest first; the first that can be read is compared.

    Raises:
        RegistryError: ids of that snapshot are not in the registry, or the registry cannot be read.
    """
    for snapshot in snapshots:
        try:
            con.execute(f"ATTACH '{sql_text(snapshot)}' AS released (READ_ONLY)")
        except duckdb.Error:
            continue
        try:
            con.execute(
                "CREATE OR REPLACE TEMP TABLE released_id AS SELECT person_id FROM released.mart.person"
            )
        except duckdb.Error:
            continue
        finally:
            con.execute("DETACH released")
        try:
            unknown = _count(
                con,
                "SELECT count(*) FROM released_id ANTI JOIN registry.person USING (person_id)",
            )
        except duckdb.Error as error:
            raise RegistryError(
                f"{path}（人员编号登记册）已损坏，无法读取（{type(error).__name__}）。{how_to_restore(path)}"
            ) from error
        con.execute("DROP TABLE released_id")
        if unknown:
            raise RegistryError(
                f"{path}（人员编号登记册）中没有已发布的 {unknown} 个人员编号：它是空的、较旧的备份，"
                f"或属于别的地区；继续运行会给这些人换新编号，因此中止。{how_to_restore(path)}"
            )
        return


def begin_assignment(con: duckdb.DuckDBPyConnection, unchanged: str) -> None:
    """Make the tables of tonight's ids; a person with the rows of last night (``unchanged``) keeps the id.

    ``identity.assigned_id`` (person_key, born) names the ``unchanged`` (a table with these columns). Empty
    are ``fresh_id`` (born, person_id): ids not in the registry yet, and ``lost_claim`` (person_key, born):
    an id by which a person is surely recognised (number and name) besides the one that the person has.
    ``free_record`` holds the registry's records of ids that nobody has.
    """
    con.execute(f"CREATE OR REPLACE TABLE identity.assigned_id AS SELECT person_key, born FROM {unchanged}")
    con.execute("CREATE OR REPLACE TABLE identity.fresh_id (born BIGINT, person_id VARCHAR)")
    con.execute("CREATE OR REPLACE TABLE identity.lost_claim (person_key BIGINT, born BIGINT)")
    try:
        con.execute(
            """CREATE OR REPLACE TABLE identity.free_record AS
            SELECT * FROM registry.record
            SEMI JOIN (
                SELECT born FROM registry.person ANTI JOIN identity.assigned_id USING (born)) USING (born)"""
        )
    except duckdb.Error as error:
        raise RegistryError(
            f"人员编号登记册 registry.duckdb 已损坏，无法读取（{type(error).__name__}）："
            "请从备份恢复，或运行 outreach identity registry rebuild 由已发布的版本重建"
        ) from error


def assign(con: duckdb.DuckDBPyConnection, records: str) -> int:
    """Give every person of ``records`` (one of ``RECORDS``) an id, in ``identity.assigned_id``.

    Who has none takes the id that the strongest recognition names (of several the oldest); an id goes to one
    person only, a person has one id. Who is not recognised gets a new one. Returns how many are new. Needs
    the registry attached and :func:`begin_assignment`. Makes ``identity.unrecognised_<records>``: the records
    of those who had no id, of which :func:`record` writes what is new.
    """
    searched = f"identity.unrecognised_{records}"
    con.execute(
        f"""CREATE OR REPLACE TABLE {searched} AS
        SELECT person_key, {", ".join(_RECORD)}
        FROM identity.{records} ANTI JOIN identity.assigned_id USING (person_key)"""
    )
    con.execute("CREATE OR REPLACE TEMP TABLE recognised (person_key BIGINT, born BIGINT)")
    for columns in _RECOGNITIONS:
        agrees = " AND ".join(f"t.{column} = v.{column}" for column in columns)
        con.execute(
            f"""CREATE OR REPLACE TEMP TABLE claim AS
            SELECT DISTINCT t.person_key, v.born
            FROM {searched} t JOIN identity.free_record v ON {agrees}
            ANTI JOIN recognised p ON t.person_key = p.person_key"""
        )
        while _count(
            con,
            """INSERT INTO recognised
            SELECT arg_min(person_key, claims * 1e12 + person_key), born FROM (
                SELECT c.person_key, min(c.born) AS born, count(*) AS claims
                FROM claim c
                ANTI JOIN recognised p ON c.person_key = p.person_key
                ANTI JOIN recognised i ON c.born = i.born
                GROUP BY c.person_key)
            GROUP BY born""",
        ):
            pass
    con.execute("INSERT INTO identity.assigned_id SELECT person_key, born FROM recognised")
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE unknown AS
        SELECT
            person_key,
            row_number() OVER (ORDER BY person_key)
            + (SELECT greatest(coalesce(max(p.born), 0), coalesce(max(f.born), 0))
                FROM registry.person p FULL JOIN identity.fresh_id f ON p.born = f.born) AS born
        FROM (SELECT DISTINCT person_key FROM {searched}) ANTI JOIN recognised USING (person_key)"""
    )
    con.execute("INSERT INTO identity.assigned_id SELECT person_key, born FROM unknown")
    unknown = _count(con, "SELECT count(*) FROM unknown")
    if unknown:
        first = _count(con, "SELECT min(born) FROM unknown")
        fresh = {"born": np.arange(first, first + unknown), "person_id": new_ids(unknown)}
        con.register("drawn_id", pa.table(fresh))
        con.execute("INSERT INTO identity.fresh_id SELECT born, person_id FROM drawn_id")
        con.unregister("drawn_id")
    con.execute("DELETE FROM identity.free_record WHERE born IN (SELECT born FROM recognised)")
    _find_lost_claims(con, records)
    for table in ("claim", "recognised", "unknown"):
        con.execute(f"DROP TABLE {table}")
    return unknown


def _find_lost_claims(con: duckdb.DuckDBPyConnection, records: str) -> None:
    """Add to ``identity.lost_claim`` the ids that nobody has but by which somebody is surely recognised."""
    if not _count(con, "SELECT count(*) FROM identity.free_record"):
        return
    agrees = " AND ".join(f"t.{column} = v.{column}" for column in _RECOGNITIONS[0])
    con.execute(
        f"""INSERT INTO identity.lost_claim
        SELECT DISTINCT t.person_key, v.born
        FROM identity.free_record v
        JOIN identity.{records} t ON {agrees}"""
    )


def find_known_ids(con: duckdb.DuckDBPyConnection) -> None:
    """Make ``identity.known_id`` (person_id, person_key): the ids that outreach teams or clerks name, tonight
    or in the answers that are remembered.

    An id that was merged leads to the person who has the other. Once newcomers have their ids it is made
    again, for an answer may be about one of them.
    """
    con.execute(
        """CREATE OR REPLACE TABLE identity.known_id AS
        WITH named AS (
            SELECT born, person_id, lives_on_as FROM registry.person
            WHERE person_id IN (
                SELECT person_id FROM intake.outreach_outcome
                UNION SELECT person_id FROM run.quarantined_record
                UNION SELECT person_id FROM run.remembered_outcome
                UNION SELECT person_id FROM run.question_answer
                UNION SELECT person_id FROM identity.clerical)
        ),
        merged AS (SELECT * FROM named ANTI JOIN identity.assigned_id USING (born))
        SELECT n.person_id, a.person_key FROM named n JOIN identity.assigned_id a ON n.born = a.born
        UNION
        SELECT m.person_id, a.person_key FROM merged m JOIN identity.assigned_id a ON m.lives_on_as = a.born
        UNION
        SELECT m.person_id, l.person_key FROM merged m JOIN identity.lost_claim l ON m.born = l.born"""
    )


def _count(con: duckdb.DuckDBPyConnection, sql: str, values: dict[str, date] | None = None) -> int:
    return int(con.execute(sql, values).fetchall()[0][0])


def compare_with(con: duckdb.DuckDBPyConnection, as_of: date, published: date | None) -> None:
    """Make ``identity.compared_fingerprint``: whose each row was on the night ``published``.

    None: on the last night before ``as_of``. Empty where that night is not remembered.
    """
    con.execute(
        """CREATE OR REPLACE TABLE identity.compared_fingerprint AS
        SELECT content, born, grade FROM registry.fingerprint
        WHERE night < $as_of AND night = coalesce(
            $published, (SELECT max(night) FROM registry.fingerprint WHERE night < $as_of))""",
        {"as_of": as_of, "published": published},
    )


def record(con: duckdb.DuckDBPyConnection, as_of: date, published: date | None) -> None:
    """Write tonight's new ids, records, merges, splits and fingerprints to the registry, in one transaction.

    The records of persons who read as they did last night are there already. Fingerprints are kept of two
    nights, the last one and ``published``; a night older than the last leaves them alone. All is in the file
    when this returns, and nothing left to be written when the registry is let go.
    """
    with durable(con):
        with transaction(con):
            _record_persons(con, as_of)
            _record_events(con, as_of)
            _record_fingerprints(con, as_of, published)
        con.execute("CHECKPOINT registry")


def _record_persons(con: duckdb.DuckDBPyConnection, as_of: date) -> None:
    columns = ", ".join(_RECORD)
    for records in RECORDS:
        con.execute(
            f"""INSERT INTO registry.record
            WITH found AS (
                SELECT a.born, {columns}
                FROM identity.unrecognised_{records} t
                JOIN identity.assigned_id a ON t.person_key = a.person_key
            ),
            known AS (
                SELECT born, hash({columns}) AS digest
                FROM registry.record SEMI JOIN found USING (born)
            )
            SELECT t.* FROM found t
            ANTI JOIN known k ON t.born = k.born AND hash({columns}) = k.digest"""
        )
    con.execute(
        "INSERT INTO registry.person SELECT born, person_id, $night, NULL FROM identity.fresh_id",
        {"night": as_of},
    )


def _record_fingerprints(con: duckdb.DuckDBPyConnection, as_of: date, published: date | None) -> None:
    night = {"night": as_of}
    if _count(con, "SELECT count(*) FROM registry.fingerprint WHERE night > $night", night):
        return
    con.execute(
        "DELETE FROM registry.fingerprint WHERE night = $night OR night IS DISTINCT FROM $published",
        {**night, "published": published},
    )
    con.execute(
        """INSERT INTO registry.fingerprint
        SELECT $night, content, born, grade, alone FROM identity.fingerprint""",
        night,
    )


def _record_events(con: duckdb.DuckDBPyConnection, as_of: date) -> None:
    """An id recognised on a person with an older one was merged into that; one given again left it."""
    night = {"night": as_of}
    con.execute(
        """CREATE OR REPLACE TEMP TABLE happened AS
        SELECT 'merge' AS kind, a.born, p.person_id, o.born AS other_born, o.person_id AS other_id
        FROM identity.lost_claim l
        JOIN identity.assigned_id a ON l.person_key = a.person_key
        JOIN registry.person p ON a.born = p.born
        JOIN registry.person o ON l.born = o.born
        ANTI JOIN identity.assigned_id own ON l.born = own.born
        WHERE o.lives_on_as IS DISTINCT FROM a.born
        UNION
        SELECT 'split', f.born, f.person_id, o.born, o.person_id
        FROM identity.assigned_id a
        JOIN registry.person o ON a.born = o.born
        JOIN registry.person f ON o.lives_on_as = f.born
        WHERE o.lives_on_as IS NOT NULL"""
    )
    con.execute(
        "INSERT INTO registry.event SELECT $night, kind, person_id, other_id FROM happened ORDER BY born",
        night,
    )
    con.execute(
        """UPDATE registry.person SET lives_on_as = h.born FROM
        (SELECT other_born, min(born) AS born FROM happened WHERE kind = 'merge' GROUP BY other_born) h
        WHERE person.born = h.other_born OR person.lives_on_as = h.other_born"""
    )
    con.execute(
        """UPDATE registry.person SET lives_on_as = NULL
        WHERE born IN (SELECT other_born FROM happened WHERE kind = 'split')"""
    )
    con.execute("DROP TABLE happened")
