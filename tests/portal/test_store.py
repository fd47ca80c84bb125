"""The portal's database, SQLite and PostgreSQL: tables as declared, the audit chain, sessions, lock-out."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import delete, select, text, update

from outreach.portal.access import sessions
from outreach.portal.access.users import UserError, add_user
from outreach.portal.store import audit
from outreach.portal.store.database import Database, StoreError
from outreach.portal.store.tables import AuditEntry, Session, Table, User
from outreach.portal.store.words import Deed

PASSWORD = "Correct-horse-7"


def postgres_programs() -> Path:
    """Where the newest PostgreSQL of the system has its programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        pytest.fail("PostgreSQL is missing, so nobody knows that it serves: scripts/install-test-tools.sh")
    return found[-1].parent


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a PostgreSQL of our own, on a free port."""
    programs, place = postgres_programs(), Path("/tmp") / f"outreach-pg-{os.getpid()}"
    place.mkdir(mode=0o700)
    as_user = []
    if os.geteuid() == 0:
        shutil.chown(place, "postgres")
        as_user = ["runuser", "-u", "postgres", "--"]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    data = place / "data"

    def run(program: str, *arguments: str) -> None:
        subprocess.run(
            [*as_user, str(programs / program), *arguments], check=True, cwd="/", stdout=subprocess.DEVNULL
        )

    try:
        run("initdb", "-D", str(data), "-U", "outreach", "-A", "trust", "-N", "-E", "UTF8")
        options = f"-p {port} -k {place} -c listen_addresses=127.0.0.1 -c fsync=off"
        run("pg_ctl", "-D", str(data), "-o", options, "-l", str(place / "log"), "-w", "start")
        yield f"postgresql+psycopg://outreach@127.0.0.1:{port}/postgres"
        run("pg_ctl", "-D", str(data), "-m", "immediate", "stop")
    finally:
        shutil.rmtree(place, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty database of each kind."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'portal.sqlite'}"
    else:
        url = request.getfixturevalue("cluster")
    opened = Database(url)
    if request.param == "postgresql":
        with opened.engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
    opened.upgrade()
    yield opened
    opened.close()


def add_entries(database: Database, count: int) -> None:
    """So many entries, each in a transaction of its own."""
    for number in range(count):
        with database.transaction() as transaction:
            audit.add(transaction, "wang", Deed.PERSON, "yaohai", f"p{number}", full=False)


def breaks(database: Database) -> list[audit.Break]:
    with database.reading() as transaction:
        return list(audit.verify(transaction))


def test_the_migrations_make_what_is_declared(database: Database) -> None:
    with database.engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), Table.metadata)
    assert differences == []
    database.upgrade()


def test_the_chain_is_whole_and_finds_what_was_changed_removed_or_put_in_between(database: Database) -> None:
    add_entries(database, 6)
    assert breaks(database) == []
    with database.transaction() as transaction:
        transaction.execute(update(AuditEntry).where(AuditEntry.number == 3).values(subject="somebody else"))
    assert [one.number for one in breaks(database)] == [3]
    with database.transaction() as transaction:
        transaction.execute(update(AuditEntry).where(AuditEntry.number == 3).values(subject="p2"))
        transaction.execute(delete(AuditEntry).where(AuditEntry.number == 5))
    assert next(one.number for one in breaks(database)) == 6


def test_writers_at_once_make_one_chain(database: Database) -> None:
    writers = [threading.Thread(target=add_entries, args=(database, 10)) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert breaks(database) == []
    with database.reading() as transaction:
        assert audit.length(transaction) == 40


def test_an_entry_and_what_it_tells_of_are_both_there_or_neither(database: Database) -> None:
    def add() -> None:
        with database.transaction() as transaction:
            audit.add(transaction, "admin", Deed.USER, "", "wang")
            add_user(transaction, "NOT A NAME", "", ["officer"], [("yaohai", "")])

    with pytest.raises(UserError):
        add()
    with database.reading() as transaction:
        assert audit.length(transaction) == 0


def test_wrong_passwords_lock_for_a_while_and_a_right_one_counts_anew(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.transaction() as transaction:
        add_user(transaction, "wang", "王", ["officer"], [("yaohai", "")], password=PASSWORD)

    def sign_in(password: str) -> bool:
        with database.transaction() as transaction:
            return sessions.signed_in_user(transaction, "wang", password) is not None

    assert [sign_in("wrong") for _ in range(sessions.WRONG_PASSWORDS)] == [False] * sessions.WRONG_PASSWORDS
    assert not sign_in(PASSWORD)
    later = dt.datetime.now(dt.UTC) + sessions.LOCKED + dt.timedelta(seconds=1)
    monkeypatch.setattr(sessions, "now", lambda: later)
    assert sign_in(PASSWORD)


def test_a_session_ends_when_it_is_not_used_and_when_its_user_is_barred(database: Database) -> None:
    idle = dt.timedelta(minutes=30)
    with database.transaction() as transaction:
        add_user(transaction, "wang", "王", ["officer"], [("yaohai", "")], password=PASSWORD)
        user = transaction.scalars(select(User)).one()
        token = sessions.begin(transaction, user, None)
    with database.reading() as transaction:
        assert sessions.find(transaction, token, idle) is not None
        assert sessions.find(transaction, f"{token}x", idle) is None
        assert all(token not in one.token_hash for one in transaction.scalars(select(Session)))
    with database.transaction() as transaction:
        transaction.execute(update(Session).values(seen_at=sessions.now() - idle - idle))
    with database.reading() as transaction:
        assert sessions.find(transaction, token, idle) is None
    with database.transaction() as transaction:
        transaction.execute(update(Session).values(seen_at=sessions.now()))
        transaction.execute(update(User).values(is_active=False))
    with database.reading() as transaction:
        assert sessions.find(transaction, token, idle) is None


def test_a_database_that_is_not_there_is_said_in_chinese() -> None:
    with pytest.raises(StoreError, match="门户数据库"):
        Database("postgresql+psycopg://nobody@127.0.0.1:1/nothing").upgrade()
