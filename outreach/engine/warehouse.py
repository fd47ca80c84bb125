"""The working warehouse of one run: a DuckDB file that only this run writes."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

import duckdb

from outreach.settings import Settings

SCHEMAS = ("run", "intake", "identity", "facts", "decisions", "indicators", "changes")


class Warehouse:
    """A connection to the working DuckDB file of one run; a context manager.

    Steps meet here in tables (``docs/tables.md``). Memory and spill space are bounded by the settings.
    """

    def __init__(self, path: Path, settings: Settings | None = None) -> None:
        self.path = path
        self.settings = settings or Settings()
        path.parent.mkdir(parents=True, exist_ok=True)
        self.con = duckdb.connect(str(path))
        self.con.execute(f"SET memory_limit = '{self.settings.engine.memory_limit}'")
        self.con.execute(f"SET temp_directory = '{path.parent / 'spill'}'")
        self.con.execute("SET preserve_insertion_order = false")
        if self.settings.engine.threads:
            self.con.execute(f"SET threads = {self.settings.engine.threads}")
        for schema in SCHEMAS:
            self.con.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")

    def __enter__(self) -> Warehouse:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection; the file stays for the next step."""
        self.con.close()
