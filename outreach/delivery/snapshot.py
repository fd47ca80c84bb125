"""``mart.duckdb``: the schema ``mart`` of the working warehouse as a file of its own, read-only."""

from __future__ import annotations

from pathlib import Path

import duckdb

from outreach.delivery.errors import DeliveryError
from outreach.delivery.layout import ReleasePaths
from outreach.engine import Warehouse

# Small tables that people page through are put in order. The large ones stay as they were made (register
# order): sorting a million wide rows costs more than the reader of a million rows saves.
_ORDER = {
    "statistic": "area_code, programme, measure",
    "quarantine": "extract, row_number",
}


def write_snapshot(warehouse: Warehouse, paths: ReleasePaths) -> dict[str, int]:
    """Copy every table of schema ``mart`` into the release's ``mart.duckdb`` (0440); rows by table.

    Raises:
        DeliveryError: the warehouse has no ``mart`` table, or the copy failed.
    """
    con = warehouse.con.cursor()
    names = [
        row[0]
        for row in con.execute(
            "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'mart' AND NOT temporary "
            "AND database_name = current_database() ORDER BY table_name"
        ).fetchall()
    ]
    if not names:
        raise DeliveryError("the working warehouse has no mart tables: build them before the snapshot")
    new_file(paths.mart_file)
    rows = {}
    try:
        con.execute(f"ATTACH '{sql_text(paths.mart_file)}' AS snapshot_file")
        try:
            con.execute("CREATE SCHEMA snapshot_file.mart")
            for name in names:
                order = f" ORDER BY {_ORDER[name]}" if name in _ORDER else ""
                con.execute(f"CREATE TABLE snapshot_file.mart.{name} AS SELECT * FROM mart.{name}{order}")
                counted = con.execute(f"SELECT count(*) FROM snapshot_file.mart.{name}").fetchone()
                rows[name] = int(counted[0]) if counted else 0
            con.execute("CHECKPOINT snapshot_file")
        finally:
            con.execute("DETACH snapshot_file")
    except duckdb.Error as error:
        raise DeliveryError(f"{paths.mart.name} could not be written: {error}") from error
    finally:
        con.close()
    finish_file(paths.mart, paths.mart_file, 0o440)
    return rows


def new_file(path: Path) -> None:
    """Remove what an earlier try of the same run left of a database file."""
    for left in (path, path.with_name(f"{path.name}.wal")):
        left.unlink(missing_ok=True)


def finish_file(name: Path, file: Path, mode: int) -> None:
    """Make a written database file read-only and give it its published name beside it."""
    file.chmod(mode)
    name.unlink(missing_ok=True)
    name.symlink_to(file.name)


def sql_text(path: Path) -> str:
    """A path inside a quoted SQL text."""
    return str(path).replace("'", "''")
