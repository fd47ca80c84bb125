"""The registry of person ids made again from the releases, where it is lost, damaged or an old backup.

Each release has a copy of the registry as its night left it. The newest whole copy is the registry; releases
made after it, or before there were copies, add the ids that they published, each person as `mart.person`
knows them.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import polars as pl

from outreach.engine import LockedError, locked, make_folder, set_aside, sql_text
from outreach.engine.folders import GROUP
from outreach.identity import registry
from outreach.identity.registry import RegistryError
from outreach.settings import LOCK_SECONDS
from outreach.standards import identity_number, names


@dataclass(frozen=True)
class Released:
    """A whole release: its night, run and snapshot, and its copy of the registry where that is whole."""

    as_of: date
    run_id: str
    mart: Path
    registry: Path | None


@dataclass(frozen=True)
class Rebuilt:
    """What a rebuild made: ids in the registry, the release whose copy it rests on, what was added since.

    ``unsure``: people outside the register, without a number, whose id only `mart.person` gives: they may get
    a new id. ``unread``: runs that could not be read. ``aside``: where the old file is now.
    """

    ids: int
    base: Released | None
    added_from: tuple[Released, ...]
    unsure: int
    unread: tuple[str, ...]
    aside: Path | None


def rebuild(path: Path, releases: Sequence[Released], wait: float = LOCK_SECONDS) -> Rebuilt:
    """Make the registry ``path`` again; what is there is set aside.

    Args:
        path: ``<home>/state/<region>/registry.duckdb``.
        releases: the region's whole releases, in the order in which they were built.
        wait: seconds to wait for a run that holds the registry.

    Raises:
        RegistryError: no release can be read, or a run holds the registry; nothing was changed.
        OSError: the disk refuses; nothing was changed.
    """
    make_folder(path.parent, GROUP)
    new = path.with_suffix(".rebuilt.duckdb")
    try:
        with locked(path.with_suffix(".lock"), "人员编号登记册", wait):
            _remove(new)
            try:
                made = _make(new, releases)
                new.chmod(0o600)
                aside = set_aside(path, _stamp()) if os.path.lexists(path) else None
                _remove(path)
                new.replace(path)
            finally:
                _remove(new)
    except LockedError as error:
        raise RegistryError(str(error)) from None
    return Rebuilt(made.ids, made.base, made.added_from, made.unsure, made.unread, aside)


def _stamp() -> str:
    return datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")


def _remove(database: Path) -> None:
    for left in (database, database.with_name(f"{database.name}.wal")):
        left.unlink(missing_ok=True)


def _make(new: Path, releases: Sequence[Released]) -> Rebuilt:
    unread: list[str] = []
    base = None
    for release in reversed(releases):
        if release.registry is None:
            continue
        shutil.copyfile(release.registry, new)
        if _is_whole(new):
            base = release
            break
        _remove(new)
        unread.append(release.run_id)
    later = releases[releases.index(base) + 1 :] if base else releases
    with duckdb.connect(":memory:") as con:
        con.execute(f"ATTACH '{sql_text(new)}' AS registry")
        for table, columns in registry.TABLES.items():
            con.execute(f"CREATE TABLE IF NOT EXISTS registry.{table} ({columns})")
        added, unsure = [], 0
        for release in later:
            try:
                unsure += _add(con, release)
                added.append(release)
            except duckdb.Error:
                unread.append(release.run_id)
        if base is None and not added:
            raise RegistryError(
                "没有任何可读的已发布版本，无法重建人员编号登记册：请从备份恢复 state 和 releases"
            )
        if added:
            # the fingerprints of the copy are those of a night before the releases added: none is compared
            con.execute("DELETE FROM registry.fingerprint")
        con.execute("CHECKPOINT registry")
        ((ids,),) = con.execute("SELECT count(*) FROM registry.person").fetchall()
    return Rebuilt(ids, base, tuple(added), unsure, tuple(unread), None)


def _is_whole(database: Path) -> bool:
    """Whether every table of a registry can be read to its end; an older one has no fingerprints."""
    try:
        with duckdb.connect(str(database), read_only=True) as con:
            held = {name for (name,) in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
            for table, columns in registry.TABLES.items():
                if table == "fingerprint" and table not in held:
                    continue
                listed = ", ".join(f"max({column.split()[0]})" for column in columns.split(", "))
                con.execute(f"SELECT {listed} FROM {table}").fetchall()
    except duckdb.Error:
        return False
    return True


_KNOWN = """
SELECT
    p.person_id, p.in_register, p.name, p.id_number, p.former_id_number, p.birth_date, p.sex, p.household_id,
    p.area_code, min(l.row_number) FILTER (WHERE l.extract = 'household_register') AS register_row
FROM released.mart.person AS p
LEFT JOIN released.mart.identity_link AS l ON l.person_id = p.person_id
GROUP BY ALL
ORDER BY register_row NULLS LAST, p.person_id
"""


def _add(con: duckdb.DuckDBPyConnection, release: Released) -> int:
    """Add the people of a release; how many of its new ids are of people without a number."""
    con.execute(f"ATTACH '{sql_text(release.mart.resolve())}' AS released (READ_ONLY)")
    try:
        people: pl.DataFrame = con.sql(_KNOWN).pl()
    finally:
        con.execute("DETACH released")
    numbers = [
        identity_number.examine(people[column], release.as_of)["number18"].str.head(17).cast(pl.Int64)
        for column in ("id_number", "former_id_number")
    ]
    people = people.with_columns(
        names.name_key(people["name"]).alias("name_key"),
        numbers[0].alias("number_no"),
        numbers[1].alias("former_number_no"),
    ).with_row_index("place")
    con.register("published", people.to_arrow())
    con.execute("BEGIN")
    try:
        ((unsure,),) = con.execute(
            "SELECT count(*) FROM published ANTI JOIN registry.person USING (person_id)"
            " WHERE number_no IS NULL AND NOT in_register"
        ).fetchall()
        con.execute(
            """INSERT INTO registry.person
            SELECT
                (SELECT coalesce(max(born), 0) FROM registry.person) + row_number() OVER (ORDER BY place),
                person_id, $night, NULL
            FROM published ANTI JOIN registry.person USING (person_id)""",
            {"night": release.as_of},
        )
        con.execute(
            """INSERT INTO registry.record
            WITH known AS (
                SELECT
                    p.born, t.in_register, unnest([t.number_no, t.former_number_no]) AS number_no, t.name_key,
                    t.birth_date, t.sex,
                    CASE WHEN t.in_register THEN t.household_id END AS household_no,
                    CASE WHEN t.in_register THEN t.area_code END AS area_code,
                    CAST(NULL AS VARCHAR) AS content,
                    unnest([FALSE, t.former_number_no IS NULL]) AS nothing_more
                FROM published t JOIN registry.person p ON t.person_id = p.person_id
            )
            SELECT * EXCLUDE (nothing_more) FROM known WHERE NOT nothing_more
            EXCEPT
            FROM registry.record"""
        )
        con.execute("COMMIT")
    except duckdb.Error:
        con.execute("ROLLBACK")
        raise
    finally:
        con.unregister("published")
    return int(unsure)
