"""What a region remembers of its last night: how each row read, how it was linked, and why.

``memory.duckdb``, beside the registry, may be deleted: the next night is then reconciled in full, with the
same links. A night that carries over (:mod:`outreach.identity.carried`) replaces in it what is not as it was:
register rows as it finds them, such that they can be put back; all else last of all, after the ids, in one
transaction. What a killed run left is taken back by the next; a night older than the one remembered takes its
own back. A night made in full makes a new file (``this_night``), which takes the memory's place. It holds
register rows as the registry does, and is as private.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

import duckdb

from contracts.extracts import EXTRACTS
from outreach.engine import build, durable, load_models, set_aside, sql_text, transaction, uncompressed

FILE_NAME = "memory.duckdb"

_COMPARISON = "STRUCT(field VARCHAR, level VARCHAR, label VARCHAR, weight DOUBLE)[]"
_REGISTER = (
    "row_key BIGINT NOT NULL, name_key VARCHAR, former_name_key VARCHAR, number_no BIGINT,"
    " id_number VARCHAR, former_number_no BIGINT, birth_date DATE, sex VARCHAR, area_code VARCHAR,"
    " status INTEGER, phone VARCHAR, household_no VARCHAR, address VARCHAR, other_address VARCHAR,"
    " key_end UBIGINT, key_start UBIGINT, key_ends UBIGINT, key_birthday UBIGINT, key_short UBIGINT,"
    " key_address UBIGINT, key_door UBIGINT, key_other_door UBIGINT, key_line UBIGINT,"
    " misdated BOOLEAN, content UBIGINT, person_key BIGINT, leads BOOLEAN, alone BOOLEAN, doubtful BOOLEAN"
)
_TABLES = {
    "stamp": "night DATE NOT NULL, begun DATE NOT NULL, contents VARCHAR NOT NULL,"
    " models VARCHAR NOT NULL, outcomes VARCHAR NOT NULL, born BIGINT, person_id VARCHAR",
    "register": _REGISTER,
    "replaced": _REGISTER,
    "added": "row_key BIGINT NOT NULL",
    "stopgap": "number_no BIGINT NOT NULL",
    "person": "person_key BIGINT NOT NULL, born BIGINT NOT NULL",
    "link": "content UBIGINT NOT NULL, roll UBIGINT, born BIGINT NOT NULL, grade VARCHAR NOT NULL,"
    " person_key BIGINT, clear_no BIGINT, birth_agrees BOOLEAN, sex_agrees BOOLEAN,"
    " door_key UBIGINT, line_key UBIGINT",
    "outcome": "state UBIGINT NOT NULL, person_key BIGINT, grade VARCHAR, probability DOUBLE, method VARCHAR,"
    " number_level VARCHAR, name_level VARCHAR, birth_level VARCHAR",
    "evidence": "state UBIGINT NOT NULL, person_key BIGINT, register_key BIGINT, prior_weight DOUBLE,"
    f" weight DOUBLE, probability DOUBLE, comparison {_COMPARISON}, words VARCHAR",
    "possible": "state UBIGINT NOT NULL, person_key BIGINT, reason VARCHAR",
    "pair": "state UBIGINT NOT NULL, register_key BIGINT, person_key BIGINT",
    "known_name": "name_key VARCHAR NOT NULL, person_key BIGINT NOT NULL",
    "like_pair": "name_key VARCHAR NOT NULL, bearer_name VARCHAR NOT NULL, level UTINYINT NOT NULL",
    "unpublished": "content UBIGINT NOT NULL, born BIGINT, grade VARCHAR",
}
"""``stamp`` (one row): the night, the one with which the memory begins, what its contents, links and outcomes
rest on, and the newest id of the registry it belongs to. ``register``: ``identity.register_profile``;
``replaced`` and ``added``: what a night that has not ended took out of it, and put in.
``stopgap``: ``identity.stopgap_number``. ``person``: ids of registered persons. ``link``: how each content
was linked (``sql/identity/link_change``). ``outcome``, ``evidence``, ``possible``, ``pair``: what became of
residual rows, and whom they were compared with, by all that it rests on (``residual_state``). ``known_name``:
names of persons that other rows than the register's say. ``like_pair``: how far names agree that had to be
compared. ``unpublished``: the links that nights not published have moved,
as they stood on the last that was; without person, those that did not stand there."""

_BY_STATE = {
    "outcome": "identity.outcome",
    "evidence": "identity.evidence",
    "possible": "identity.plausible",
    "pair": "(SELECT DISTINCT row_key, register_key, person_key FROM identity.comparison)",
}
_WHOLE = {"unpublished": "unpublished", "stopgap": "stopgap_number", "known_name": "known_name"}
"""Tables that are short, and written anew each night."""
_CHANGES = {"register": "'exact'", "link": "grade_before"}
"""Models ``sql/identity/<table>_change.sql``, and the grade at which a content was linked before."""
_CONTENT_MODELS = ("source_row", "delivered_register", "row_link")


def _contents_version() -> str:
    """Contents can be compared between nights that numbered them, and kept them, in the same way."""
    models = {model.name: model.sql for model in load_models("identity")}
    made_by = [duckdb.__version__, repr(_TABLES), repr([(e.name, e.content) for e in EXTRACTS])]
    made_by += [models[name] for name in _CONTENT_MODELS]
    return sha256("\n".join(made_by).encode()).hexdigest()


@dataclass(frozen=True)
class Basis:
    """What carried tables rest on beside the rows: as texts that are compared between nights.

    ``models``: of links; models, code and libraries. ``outcomes``: of outcomes; also the weights, the size of
    the register, the numbers that are stopgaps, and the year in which ages are counted.
    """

    models: str
    outcomes: str


@dataclass(frozen=True)
class Recalled:
    """What is remembered as a night begins: the last night, if any, and when the memory begins.

    ``tells_moves``: it reaches back to the last published night, so that ``identity.relinked`` can be told.
    ``basis``: what its links and outcomes rest on.
    """

    night: date | None
    begun: date
    tells_moves: bool
    basis: Basis


class Memory:
    """The memory of a region, attached as ``last_night``; as ``this_night`` a new one to take its place."""

    def __init__(self, con: duckdb.DuckDBPyConnection, path: Path) -> None:
        self._con = con
        self._path = path
        self._next = path.with_suffix(".next.duckdb")
        self._made = "last_night"
        self._remembered = False

    def recall(self, as_of: date, published: date | None) -> Recalled:
        """Make ``identity.unpublished``, as the memory is to be read by the night ``as_of``.

        ``published``: the last published night before ``as_of``; None: take it that every night was.
        """
        found = self._con.execute("SELECT night, begun, models, outcomes FROM last_night.stamp").fetchall()
        last, begun, models, outcomes = found[0] if found else (None, as_of, "", "")
        was_published = last is not None and last < as_of and (published is None or published >= last)
        self._con.execute(
            "CREATE OR REPLACE TABLE identity.unpublished AS"
            " SELECT * FROM last_night.unpublished WHERE NOT $done",
            {"done": was_published},
        )
        reaches = (
            last is not None and last <= as_of and begun < as_of and (published is None or begun <= published)
        )
        return Recalled(last, begun, reaches, Basis(models, outcomes))

    def begin(self, carry: bool) -> None:
        """Make ``identity.kept_register``: the register that the night replaces row by row, or begins anew.

        Where it does not ``carry``, in a new and empty memory, attached as ``this_night``.
        """
        if not carry:
            self._made = "this_night"
            _remove(self._next)
            self._con.execute(f"ATTACH {_quoted(self._next)} AS this_night")
            self._next.chmod(0o600)
            for table, columns in _TABLES.items():
                self._con.execute(f"CREATE TABLE this_night.{table} ({columns})")
        self._con.execute(f"CREATE VIEW identity.kept_register AS FROM {self._made}.register")

    def replace_register(self, rows: str, gone: str | None = None) -> None:
        """Register rows whose keys ``gone`` has make way for ``rows``; both are tables or views.

        Of a register that is carried over, until the night is remembered, it can be taken back.
        """
        made_in, columns = self._made, ", ".join(_columns("register"))
        with uncompressed(self._con), transaction(self._con):
            if gone:
                self._con.execute(
                    f"""INSERT INTO {made_in}.replaced
                    SELECT * FROM {made_in}.register
                    WHERE
                        row_key IN (SELECT row_key FROM {gone})
                        AND row_key NOT IN (SELECT row_key FROM {made_in}.added)"""
                )
                self._con.execute(
                    f"DELETE FROM {made_in}.register WHERE row_key IN (SELECT row_key FROM {gone})"
                )
                self._con.execute(f"INSERT INTO {made_in}.added SELECT row_key FROM {rows}")
            self._con.execute(f"INSERT INTO {made_in}.register SELECT {columns} FROM {rows}")

    def _take_back(self) -> None:
        """The register as it was before a night that did not end, or that is not to be remembered."""
        ((moved,),) = self._con.execute(
            "SELECT (SELECT count(*) FROM last_night.added) + (SELECT count(*) FROM last_night.replaced)"
        ).fetchall()
        if not moved:
            return
        with transaction(self._con):
            self._con.execute(
                """DELETE FROM last_night.register
                WHERE row_key IN (
                    SELECT row_key FROM last_night.added UNION ALL SELECT row_key FROM last_night.replaced)"""
            )
            self._con.execute("INSERT INTO last_night.register FROM last_night.replaced")
            self._settle("last_night")

    def _settle(self, database: str) -> None:
        for table in ("added", "replaced"):
            self._con.execute(f"DELETE FROM {database}.{table}")

    def tell_moves(self, recalled: Recalled) -> None:
        """Make ``identity.relinked``; empty where the memory cannot tell.

        And the changes that it, and the memory, are told from; there are none where no night is remembered.
        """
        changes = [f"{table}_change" for table in _CHANGES]
        build(self._con, "identity", changes, limit=0 if recalled.night is None else None)
        build(self._con, "identity", ["relinked"], limit=None if recalled.tells_moves else 0)

    def remember(self, recalled: Recalled, as_of: date, basis: Basis, carry: bool) -> None:
        """Write tonight to the memory; an older night than the one remembered leaves it alone.

        Needs every table of the night, and :meth:`recall`. ``carry``: links were carried over.
        """
        if recalled.night is not None and recalled.night > as_of:
            return
        self._note_unpublished(recalled)
        # read again and again by the next night: to unpack it would cost more than its place on the disk
        with uncompressed(self._con):
            with transaction(self._con):
                self._set_down(recalled, as_of, basis, carry)
                self._settle(self._made)
            with durable(self._con):
                self._con.execute(f"CHECKPOINT {self._made}")
        self._remembered = True

    def _note_unpublished(self, recalled: Recalled) -> None:
        if recalled.night is None:
            return
        for table, grade in _CHANGES.items():
            self._con.execute(
                f"""INSERT INTO identity.unpublished
                SELECT content, born_before, CASE WHEN born_before IS NOT NULL THEN {grade} END
                FROM identity.{table}_change ANTI JOIN identity.unpublished USING (content)"""
            )

    def _set_down(self, recalled: Recalled, as_of: date, basis: Basis, carry: bool) -> None:
        self._set_down_persons(carry)
        for table, made in _BY_STATE.items():
            self._set_down_outcomes(table, made, carry)
        con, made_in = self._con, self._made
        for table, made in _WHOLE.items():
            con.execute(f"DELETE FROM {made_in}.{table}")
            con.execute(
                f"INSERT INTO {made_in}.{table} SELECT {', '.join(_columns(table))} FROM identity.{made}"
            )
        con.execute(
            f"DELETE FROM {made_in}.like_pair WHERE name_key NOT IN (SELECT name_key FROM identity.like_pair)"
        )
        con.execute(
            f"""INSERT INTO {made_in}.like_pair
            SELECT name_key, bearer_name, level FROM identity.like_pair WHERE is_new"""
        )
        con.execute(f"DELETE FROM {made_in}.stamp")
        con.execute(
            f"""INSERT INTO {made_in}.stamp
            SELECT $night, $begun, $contents, $models, $outcomes, max(born), max_by(person_id, born)
            FROM registry.person""",
            {
                "night": as_of,
                "begun": recalled.begun,
                "contents": _contents_version(),
                "models": basis.models,
                "outcomes": basis.outcomes,
            },
        )

    def _set_down_persons(self, carry: bool) -> None:
        """Whom register rows and contents lead to; of a night that carries over what is not as it was."""
        con, made_in = self._con, self._made
        if not carry:
            con.execute(
                f"""INSERT INTO {made_in}.person
                SELECT person_key, born FROM identity.assigned_id
                SEMI JOIN identity.register_profile USING (person_key)"""
            )
            con.execute(f"INSERT INTO {made_in}.link BY NAME FROM identity.content_link")
            return
        for sql in (
            f"""DELETE FROM {made_in}.person
            WHERE person_key IN (SELECT person_key FROM identity.touched_person)""",
            f"""INSERT INTO {made_in}.person
            SELECT person_key, born FROM identity.assigned_id
            SEMI JOIN identity.touched_person USING (person_key)""",
            f"""DELETE FROM {made_in}.link
            WHERE content IN (SELECT content FROM identity.link_change WHERE born_before IS NOT NULL)""",
            f"""INSERT INTO {made_in}.link BY NAME
            SELECT * EXCLUDE (born_before, grade_before) FROM identity.link_change WHERE born IS NOT NULL""",
        ):
            con.execute(sql)

    def _set_down_outcomes(self, table: str, made: str, carry: bool) -> None:
        """What became of rows that were compared; of rows with one state one speaks for all."""
        made_in = self._made
        if carry:
            self._con.execute(
                f"DELETE FROM {made_in}.{table} WHERE state NOT IN (SELECT state FROM identity.carried_row)"
            )
        columns = ", ".join(_columns(table))
        self._con.execute(
            f"""INSERT INTO {made_in}.{table} BY NAME
            WITH told AS (
                SELECT s.state, min(s.row_key) AS row_key
                FROM identity.residual_state s
                SEMI JOIN identity.asked a ON s.row_key = a.row_key
                GROUP BY s.state
            )
            SELECT {columns} FROM told JOIN {made} m USING (row_key)"""
        )

    def attach(self) -> None:
        """Attach the file; one that is damaged, of another version or of another registry is begun afresh."""
        try:
            self._con.execute(f"ATTACH {_quoted(self._path)} AS last_night")
        except duckdb.Error:
            _remove(self._path)
            self._con.execute(f"ATTACH {_quoted(self._path)} AS last_night")
        self._path.chmod(0o600)
        if self._fits():
            self._take_back()
        else:
            for table, columns in _TABLES.items():
                self._con.execute(f"CREATE OR REPLACE TABLE last_night.{table} ({columns})")

    def _fits(self) -> bool:
        try:
            found = self._con.execute(
                """SELECT s.contents
                FROM last_night.stamp s
                JOIN registry.person p ON s.born = p.born AND s.person_id = p.person_id"""
            ).fetchall()
        except duckdb.Error:
            return False
        return found == [(_contents_version(),)]

    def detach(self) -> None:
        """Let the files go; a new memory in which tonight was remembered takes the place of the old."""
        if not self._remembered:
            # where even this fails, the next night takes it back as it does what a killed one left
            with suppress(duckdb.Error):
                self._take_back()
        self._con.execute("DETACH last_night")
        self._con.execute("DETACH DATABASE IF EXISTS this_night")
        if self._remembered and self._made == "this_night":
            self._next.replace(self._path)
        else:
            _remove(self._next)


@contextmanager
def attached(con: duckdb.DuckDBPyConnection, path: Path) -> Iterator[Memory]:
    """The memory in the file ``path``, attached for as long as the block runs, after the registry."""
    memory = Memory(con, path)
    memory.attach()
    try:
        yield memory
    finally:
        memory.detach()


def forget(state: Path) -> None:
    """Forget the last night of the region with this state folder: the next one looks at everything."""
    with suppress(OSError):
        _remove(state / FILE_NAME)


def _columns(table: str) -> list[str]:
    """The names of a table's columns, as it says them: each follows the start or a comma, or a struct's."""
    outside = _TABLES[table].replace(_COMPARISON, "LIST")
    return [column.split()[0] for column in outside.split(", ")]


def _remove(database: Path) -> None:
    """The file and what was not yet written to its place in it; a folder in its place is set aside."""
    for left in (database, database.with_name(database.name + ".wal")):
        if left.is_dir() and not left.is_symlink():
            set_aside(left, "folder")
        else:
            left.unlink(missing_ok=True)


def _quoted(path: Path) -> str:
    return f"'{sql_text(path)}'"
