"""The portal's database: opened by URL, brought up to date, used in short transactions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session as Transaction
from sqlalchemy.orm import sessionmaker

from outreach.errors import OutreachError

_BUSY_SECONDS = 30


class StoreError(OutreachError):
    """The portal's database cannot be used; the message (Chinese) says what to do."""


def default_url(home: Path) -> str:
    """The SQLite file of a deployment that sets no other database."""
    return f"sqlite:///{home / 'state' / 'portal' / 'portal.sqlite'}"


class Database:
    """An open database.

    Args:
        url: an SQLAlchemy URL of SQLite or PostgreSQL (psycopg).

    Raises:
        StoreError: it cannot be reached.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        if url.startswith("sqlite:///"):
            Path(url.removeprefix("sqlite:///")).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.engine = _engine(url)
        self._writes = sessionmaker(self.engine, expire_on_commit=False)
        self._reads = sessionmaker(self.engine.execution_options(reading=True), expire_on_commit=False)

    def upgrade(self) -> None:
        """Make or renew the tables.

        Raises:
            StoreError: the database cannot be reached or written.
        """
        try:
            with self.engine.begin() as connection:
                command.upgrade(migrations(connection), "head")
        except SQLAlchemyError as error:
            raise StoreError(_unusable(error)) from error

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """A transaction that may write: committed at the end, rolled back on any error."""
        with self._writes.begin() as session:
            yield session

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """A transaction that only reads: in SQLite it waits for no writer, and none for it."""
        with self._reads() as session:
            yield session

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


def migrations(connection: object) -> Config:
    """Alembic's settings for an open connection."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


def _engine(url: str) -> Engine:
    try:
        if not url.startswith("sqlite"):
            return create_engine(url, pool_size=20, max_overflow=40, pool_pre_ping=True)
        engine = create_engine(url, connect_args={"timeout": _BUSY_SECONDS}, pool_size=20, max_overflow=40)
    except (SQLAlchemyError, ImportError) as error:
        raise StoreError(
            "门户数据库地址（portal.database_url）无法使用：应为 sqlite:///文件 或 postgresql+psycopg://…"
        ) from error

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        # A transaction is begun by us, below: pysqlite would begin one only before the first write, and two
        # readers who then want to write would fail.
        connection.isolation_level = None
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        reading = connection.get_execution_options().get("reading", False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine


def _unusable(error: SQLAlchemyError) -> str:
    if isinstance(error, OperationalError):
        return "门户数据库无法连接或写入：请检查 portal.database_url、数据库服务与目录权限。"
    return "门户数据库的表无法更新：请确认数据库由本程序使用，并从备份恢复后重试。"
