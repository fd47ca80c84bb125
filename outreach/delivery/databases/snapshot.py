"""``mart.duckdb``: every published table in a file of its own. Its models are run straight into that file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from contracts.published import TABLES
from contracts.published.chinese import of_column
from outreach.delivery.errors import DeliveryError
from outreach.delivery.release_paths import ReleasePaths
from outreach.engine import (
    ModelResult,
    Warehouse,
    build,
    load_models,
    note_timings,
    sql_text,
    timings_of,
    transaction,
)

SNAPSHOT = "snapshot_file"
"""The name under which the release's file is attached to the working warehouse."""
STORAGE_VERSION = "v1.2.0"
"""What published files are written as: whatever DuckDB a reader has from 1.2 on opens them."""
_VIEWS = frozenset({"decision", "fact_source"})
"""Models that are published as views: with reasons and ids written out they would be most of the file."""


def build_mart(warehouse: Warehouse, paths: ReleasePaths) -> Sequence[ModelResult]:
    """Make every table of ``sql/mart`` in the release's own file; the working file holds none of them.

    An earlier try of the same run is replaced. The file is complete only when this returns, and closed to
    writing by `write_snapshot`.

    Raises:
        DeliveryError: the file could not be written.
        outreach.engine.models.ModelError: a model failed; the message names its file.
    """
    models = {model.name: model for model in load_models("mart")}
    new_file(paths.mart_file)
    with _writing(warehouse, paths) as con:
        results = build(con, "mart", only=models.keys() - _VIEWS)
        for view in sorted(_VIEWS):
            # Names without a schema are looked up in the view's schema, under whatever name it is attached.
            con.execute(f"CREATE VIEW mart.{view} AS {models[view].sql.replace('mart.', '')}")
        _write_comments(con)
    note_timings(warehouse.con, timings_of(results))
    return results


def _write_comments(con: duckdb.DuckDBPyConnection, only: str = "%") -> None:
    """The Chinese names of tables, views and columns, as the contract has them."""
    columns = {(t.name, c.name): c.chinese for t in TABLES for c in t.columns}
    tables = {t.name: t.chinese for t in TABLES}
    write_comments(con, SNAPSHOT, "mart", tables, lambda t, c: columns.get((t, c)) or of_column(t, c), only)


def write_comments(
    con: duckdb.DuckDBPyConnection,
    database: str,
    schema: str,
    tables: Mapping[str, str],
    of: Callable[[str, str], str],
    only: str = "%",
) -> None:
    """Comment the tables and views of a schema that ``tables`` names, and every column.

    Args:
        of: what the column of a table is called.
        only: a pattern (LIKE) of the names of tables and views.
    """
    columns = con.execute(
        "SELECT table_name, column_name FROM duckdb_columns() "
        "WHERE database_name = ? AND schema_name = ? AND table_name LIKE ?",
        [database, schema, only],
    ).fetchall()
    found = con.execute(
        "SELECT view_name FROM duckdb_views() WHERE database_name = ? AND schema_name = ?", [database, schema]
    ).fetchall()
    views = {name for (name,) in found}
    # One transaction: each by itself would be written to the disk by itself.
    with transaction(con):
        for table in {table for table, _ in columns} & tables.keys():
            kind = "VIEW" if table in views else "TABLE"
            con.execute(f"COMMENT ON {kind} {schema}.{table} IS '{sql_text(tables[table])}'")
        for table, column in columns:
            con.execute(f"COMMENT ON COLUMN {schema}.{table}.{column} IS '{sql_text(of(table, column))}'")


def complete_timing(warehouse: Warehouse, paths: ReleasePaths) -> dict[str, dict[str, Any]]:
    """Make ``mart.timing`` again, with what was timed since `build_mart`: the last change of the file.

    For the manifest: by kind and by ``step.model``, rows and seconds.

    To be called before the manifest is written, not within `read_mart`; the file is read-only again after it.

    Raises:
        DeliveryError: the file could not be written.
    """
    try:
        paths.mart_file.chmod(0o640)
        with _writing(warehouse, paths) as con:
            build(con, "mart", only=["timing"])
            _write_comments(con, "timing")
            rows = con.execute(
                "SELECT kind, step, model, rows, seconds FROM mart.timing ORDER BY number"
            ).fetchall()
        paths.mart_file.chmod(0o440)
    except OSError as error:
        raise DeliveryError(f"{paths.mart.name} could not be written: {error.strerror}") from error
    found: dict[str, dict[str, Any]] = {}
    for kind, step, model, made, seconds in rows:
        found.setdefault(kind, {})[f"{step}.{model}"] = {"rows": made, "seconds": round(seconds, 3)}
    return found


@contextmanager
def _writing(warehouse: Warehouse, paths: ReleasePaths) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection on which models of ``mart`` are made in the release's file and read the warehouse."""
    read = {table.partition(".")[0] for model in load_models("mart") for table in model.needs} - {"mart"}
    con = warehouse.con.cursor()
    try:
        working = working_database(con)
        attach_published(con, paths.mart_file, SNAPSHOT)
        try:
            con.execute(f"CREATE SCHEMA IF NOT EXISTS {SNAPSHOT}.mart")
            # The schema to write to comes first; without the others nothing outside the file is found.
            path = [f"{SNAPSHOT}.mart", *(f"{working}.{schema}" for schema in sorted(read))]
            con.execute(f"SET search_path = '{','.join(path)}'")
            yield con
            con.execute(f"CHECKPOINT {SNAPSHOT}")
        finally:
            con.execute(f"USE {working}")
            con.execute(f"DETACH {SNAPSHOT}")
    except duckdb.Error as error:
        raise DeliveryError(f"{paths.mart.name} could not be written: {error}") from error
    finally:
        con.close()


@contextmanager
def read_mart(warehouse: Warehouse, paths: ReleasePaths) -> Iterator[None]:
    """Within, models that run on the warehouse find ``mart`` in the release's file.

    Raises:
        DeliveryError: the release has no such file (yet, or no longer).
    """
    if not paths.mart_file.exists():
        raise DeliveryError(
            f"the published tables of run {paths.run_id} are not there: a failed run's half-built release "
            "was cleared away; launch the whole job `nightly` for this partition"
        )
    con = warehouse.con
    con.execute(f"ATTACH '{sql_text(paths.mart_file)}' AS {SNAPSHOT} (READ_ONLY)")
    try:
        con.execute(f"SET search_path = '{mart_search_path(con)}'")
        yield
    finally:
        con.execute("RESET search_path")
        con.execute(f"DETACH {SNAPSHOT}")


def write_snapshot(warehouse: Warehouse, paths: ReleasePaths) -> dict[str, int]:
    """Close the file that `build_mart` made (0440) and give it its name; rows by table (not of the view).

    To be called within `read_mart`.

    Raises:
        DeliveryError: there is no such file, or it cannot be read.
    """
    rows = _count_rows(warehouse, paths)
    finish_file(paths.mart, paths.mart_file, 0o440)
    return rows


def _count_rows(warehouse: Warehouse, paths: ReleasePaths) -> dict[str, int]:
    con = warehouse.con.cursor()
    try:
        names = con.execute(
            "SELECT table_name FROM duckdb_tables() WHERE database_name = ? AND schema_name = 'mart' "
            "ORDER BY table_name",
            [SNAPSHOT],
        ).fetchall()
        return {
            str(name): int(con.execute(f"SELECT count(*) FROM {SNAPSHOT}.mart.{name}").fetchall()[0][0])
            for (name,) in names
        }
    except duckdb.Error as error:
        raise DeliveryError(f"{paths.mart.name} cannot be read: {error}") from error
    finally:
        con.close()


def mart_search_path(con: duckdb.DuckDBPyConnection) -> str:
    """Where models find tables within `read_mart`: the working warehouse, and ``mart`` in the file."""
    working = working_database(con)
    con.execute(f"CREATE SCHEMA IF NOT EXISTS {working}.mart")
    return f"{working}.main,{working}.mart,{SNAPSHOT}.mart"


def working_database(con: duckdb.DuckDBPyConnection) -> str:
    """The name of the working warehouse's database, as SQL refers to it."""
    return str(con.execute("SELECT current_database()").fetchall()[0][0])


def attach_published(con: duckdb.DuckDBPyConnection, file: Path, name: str) -> None:
    """Attach a file of the release for writing; a new one is made in `STORAGE_VERSION`.

    It has no log: a file that is not finished is not published, and one is written from the beginning.
    """
    con.execute(
        f"ATTACH '{sql_text(file)}' AS {name} "
        f"(STORAGE_VERSION '{STORAGE_VERSION}', RECOVERY_MODE no_wal_writes)"
    )


def new_file(path: Path) -> None:
    """Remove what an earlier try of the same run left of a database file."""
    for left in (path, path.with_name(f"{path.name}.wal")):
        left.unlink(missing_ok=True)


def finish_file(name: Path, file: Path, mode: int) -> None:
    """Make a written database file read-only and give it its published name in the same folder."""
    file.chmod(mode)
    name.unlink(missing_ok=True)
    name.symlink_to(file.name)
