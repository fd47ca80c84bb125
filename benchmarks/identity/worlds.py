"""Worlds to measure on: departmental rows, taken in and cleaned, with the true person of each row.

A prepared world is one file, ``world.duckdb``: the ``run`` and ``intake`` tables that every contender starts
from, the two tables a link of two tables takes (``cleaned``), and the truth. Making it is never timed.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa
from pypinyin import lazy_pinyin

from contracts.extracts import EXTRACTS
from outreach.engine import Warehouse, build, load_models
from outreach.identity.functions import registered
from outreach.intake import begin_run, intake_extract, open_batch
from outreach.policy.language.load import programme_labels
from outreach.sample.world import write_world

REGION, CODE, DATE = "yaohai", "340102", dt.date(2026, 11, 20)
WORLD = "world.duckdb"
SQL_DIR = Path(__file__).parent / "sql"


def invented(folder: Path, people: int, seed: int, damage: str) -> Path:
    """Write a world of ``outreach.sample`` and prepare it in ``folder``; returns its file."""
    landing = folder / "landing"
    write_world(landing, REGION, DATE, people, seed, damage)
    file = prepare(folder, landing)
    shutil.rmtree(landing)
    return file


def prepare(folder: Path, landing: Path) -> Path:
    """Prepare the batch ``<landing>/yaohai/2026-11-20`` with the truth that is with it.

    The truth is ``<landing>/truth/yaohai/2026-11-20/row.parquet`` as ``outreach sample`` writes it: extract,
    row_number, role, true_person, damage_kinds.

    Raises:
        SystemExit: the truth is not there.
    """
    truth = landing / "truth" / REGION / DATE.isoformat() / "row.parquet"
    if not truth.is_file():
        raise SystemExit(f"no truth at {truth}: a world to measure on has the person of each row")
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / WORLD
    file.unlink(missing_ok=True)
    with Warehouse(file) as warehouse:
        con = warehouse.con
        _take_in(warehouse, landing)
        _view_source_rows(con)
        con.execute("CREATE SCHEMA truth")
        con.execute(
            "CREATE TABLE truth.delivered AS SELECT extract, row_number, role, true_person, damage_kinds"
            " FROM read_parquet($file)",
            {"file": str(truth)},
        )
        _spell_names(con)
        build(con, "cleaned", sql_dir=SQL_DIR)
        with registered(con):
            build(con, "truth", sql_dir=SQL_DIR)
    return file


@contextmanager
def night_of(world: Path, folder: Path) -> Iterator[tuple[Path, Path]]:
    """A copy of a prepared world in ``folder``, and the folder for its registry: gone with the block."""
    night, registry = folder / "night.duckdb", folder / "state" / "registry.duckdb"
    shutil.copy(world, night)
    shutil.rmtree(registry.parent, ignore_errors=True)
    os.sync()  # what is still being copied to the disk would be timed with the night
    try:
        yield night, registry
    finally:
        night.unlink()
        shutil.rmtree(registry.parent, ignore_errors=True)


def _take_in(warehouse: Warehouse, landing: Path) -> None:
    begin_run(warehouse, "benchmark", REGION, CODE, DATE)
    batch = open_batch(landing, REGION, DATE)
    names = frozenset(extract.name for extract in EXTRACTS)
    for name in (extract.name for extract in EXTRACTS):
        intake_extract(
            warehouse,
            batch,
            name,
            as_of=DATE,
            earlier_rows=(),
            allowed=names,
            programmes=programme_labels(),
        )


def _view_source_rows(con: duckdb.DuckDBPyConnection) -> None:
    (model,) = (model for model in load_models("identity") if model.name == "source_row")
    con.execute(f"CREATE OR REPLACE VIEW {model.table} AS {model.sql}")


def _spell_names(con: duckdb.DuckDBPyConnection) -> None:
    """``cleaned.reading``: names with their reading (pinyin without tones, each character's commonest)."""
    rows = con.sql("SELECT DISTINCT name_key FROM identity.source_row WHERE name_key IS NOT NULL").fetchall()
    names = [name for (name,) in rows]
    con.register(
        "spelled", pa.table({"name_key": names, "reading": [" ".join(lazy_pinyin(n)) for n in names]})
    )
    con.execute("CREATE SCHEMA IF NOT EXISTS cleaned")
    con.execute("CREATE TABLE cleaned.reading AS SELECT * FROM spelled")
    con.unregister("spelled")
