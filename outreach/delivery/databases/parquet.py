"""``parquet/``: the tables of both published files once more, for tools that do not read DuckDB."""

from __future__ import annotations

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb

from outreach.delivery.errors import DeliveryError
from outreach.delivery.release_paths import ReleasePaths
from outreach.engine import make_folder, sql_text
from outreach.engine.folders import OPEN

_WRITTEN = "FORMAT PARQUET, COMPRESSION ZSTD, COMPRESSION_LEVEL 1"
"""Higher levels take longer by half and save a tenth."""
_THREADS = 2
"""Tables written at once: a table of fewer people than a row group keeps one core busy."""


_VIEWS = ("decision",)
"""Views that readers know as tables."""


def write_parquet(paths: ReleasePaths, memory_limit: str) -> list[Path]:
    """Write ``parquet/mart/<table>.parquet`` (0440), ``parquet/analyst/<table>.parquet`` (0444); the files.

    Every table of the two published files, as it is there, and of the views ``mart.decision``: other views
    are queries over these tables. An earlier try is replaced.

    To be called when both files are finished, not within `read_mart`.

    Raises:
        DeliveryError: a file could not be read or written. Nothing of ``parquet/`` is left then.
    """
    shutil.rmtree(paths.parquet, ignore_errors=True)
    try:
        return [
            *_copies(paths.mart_file, "mart", _VIEWS, paths.parquet / "mart", 0o440, memory_limit),
            *_copies(paths.analyst_file, "analyst", (), paths.parquet / "analyst", 0o444, memory_limit),
        ]
    except (OSError, duckdb.Error) as error:
        shutil.rmtree(paths.parquet, ignore_errors=True)
        raise DeliveryError(f"parquet 副本未能写出（{type(error).__name__}）") from error


def _copies(
    file: Path, schema: str, views: tuple[str, ...], folder: Path, mode: int, memory_limit: str
) -> list[Path]:
    make_folder(folder, OPEN)
    with duckdb.connect(":memory:") as con:
        con.execute(f"SET memory_limit = '{sql_text(memory_limit)}'")
        con.execute(f"SET temp_directory = '{sql_text(file.parent / 'spill')}'")
        con.execute(f"ATTACH '{sql_text(file)}' AS release_file (READ_ONLY)")
        names = con.execute(
            "SELECT table_name FROM duckdb_tables() WHERE database_name = 'release_file' AND schema_name = ? "
            "UNION ALL "
            "SELECT view_name FROM duckdb_views() WHERE database_name = 'release_file' AND schema_name = ? "
            "AND list_contains(?, view_name) "
            "ORDER BY ALL",
            [schema, schema, list(views)],
        ).fetchall()

        def copy(name: str) -> Path:
            path = folder / f"{name}.parquet"
            with con.cursor() as own:
                # Views name their tables by the schema alone.
                own.execute("USE release_file")
                own.execute(f"COPY {schema}.{name} TO '{sql_text(path)}' ({_WRITTEN})")
            path.chmod(mode)
            return path

        with ThreadPoolExecutor(min(_THREADS, os.cpu_count() or 1)) as pool:
            return list(pool.map(copy, (str(name) for (name,) in names)))
