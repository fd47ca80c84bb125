"""The working warehouse of one run: a DuckDB file that only this run writes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

import duckdb

from outreach.engine.timing import TIMING, Timing, read_timings
from outreach.settings import Settings


def sql_text(text: str | Path) -> str:
    """A text or path as it is written between single quotes in SQL."""
    return str(text).replace("'", "''")


SCHEMAS = ("run", "intake", "identity", "facts", "decisions", "indicators", "changes", "corrections")


class Warehouse:
    """A connection to the working DuckDB file of one run; a context manager.

    Steps meet here in tables (``docs/tables.md``). Memory and spill space are bounded by the settings.
    """

    def __init__(self, path: Path, settings: Settings | None = None) -> None:
        self.path = path
        self.settings = settings or Settings()
        path.parent.mkdir(parents=True, exist_ok=True)
        is_new = not path.exists()
        self.con = duckdb.connect(str(path))
        self.con.execute(f"SET memory_limit = '{sql_text(self.settings.engine.memory_limit)}'")
        self.con.execute(f"SET temp_directory = '{sql_text(path.parent / 'spill')}'")
        self.con.execute("SET preserve_insertion_order = false")
        # a night that a power cut ended starts again; what must outlast it is written within `durable`
        self.con.execute("SET fsync_mode = 'NONE'")
        # a step's tables go from the log to their places once, when it closes the file, and not after each
        self.con.execute("SET wal_autocheckpoint = '1TB'")
        self.con.execute("SET auto_checkpoint_skip_wal_threshold = 1000000000000")
        if self.settings.engine.threads:
            self.con.execute(f"SET threads = {self.settings.engine.threads}")
        if is_new:
            for schema in SCHEMAS:
                self.con.execute(f"CREATE SCHEMA {schema}")
            self.con.execute(f"CREATE TABLE {TIMING}")
        self._opened = time.time()

    def __enter__(self) -> Warehouse:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def timings(self) -> list[Timing]:
        """What was noted in ``run.timing`` since the file was opened: the models of this step."""
        return read_timings(self.con, self._opened)

    def close(self) -> None:
        """Close the connection; the file stays for the next step."""
        self.con.close()


_KEPT: dict[Path, duckdb.DuckDBPyConnection] = {}


def keep_open(warehouse: Warehouse) -> None:
    """Keep the file open in this process after the warehouse is closed, until it is let go.

    The steps of a night run in one process. Without this each step reads the catalogue of some two hundred
    tables, and writes what it made to its place, although the next step reads it at once.
    """
    if warehouse.path not in _KEPT:
        _KEPT[warehouse.path] = duckdb.connect(str(warehouse.path))


def let_go(path: Path, *, written: bool = False) -> None:
    """Close a file that was kept open; nothing where it was not.

    ``written``: what the log holds is written to its place, for a process that goes on with the file. Else
    the file is about to be removed.
    """
    kept = _KEPT.pop(path, None)
    if kept is not None:
        if not written:
            kept.execute("PRAGMA disable_checkpoint_on_shutdown")
        kept.close()


@contextmanager
def durable(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """What is committed and checkpointed within outlasts a power cut, as the working file need not."""
    con.execute("SET fsync_mode = 'STANDARD'")
    try:
        yield
    finally:
        con.execute("SET fsync_mode = 'NONE'")


@contextmanager
def transaction(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """What is written within is written together, or, where something fails, not at all."""
    con.execute("BEGIN")
    try:
        yield
    except BaseException:
        con.execute("ROLLBACK")
        raise
    con.execute("COMMIT")


_WARNINGS = "run.warning (message VARCHAR NOT NULL)"


def warn(con: duckdb.DuckDBPyConnection, message: str) -> None:
    """Note for the night's operator what is damaged and did not stop the night, in Chinese, once.

    Never personal data: the manifest, the summary and the run's metadata show it.
    """
    con.execute(f"CREATE TABLE IF NOT EXISTS {_WARNINGS}")
    if message not in warnings_of(con):
        con.execute("INSERT INTO run.warning VALUES (?)", [message])


def warnings_of(con: duckdb.DuckDBPyConnection) -> list[str]:
    """What was noted by `warn` in the run's working file, sorted."""
    con.execute(f"CREATE TABLE IF NOT EXISTS {_WARNINGS}")
    return [str(text) for (text,) in con.execute("SELECT message FROM run.warning ORDER BY ALL").fetchall()]
