"""The lists of outreach officers: by programme, action and town; by door; by department.

``write_lists`` is what a run calls. Work is cut into tasks of some ten thousand lines, so that memory
does not grow with the population, and two tasks are worked on at a time: the heavy parts (polars, zlib,
SHA-256) run outside the interpreter's lock.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path

import duckdb
import polars as pl

from outreach.delivery.errors import DeliveryError
from outreach.delivery.lists.change_list import write_changes
from outreach.delivery.lists.corrections import correction_files
from outreach.delivery.lists.escaping import csv_rows
from outreach.delivery.lists.list_columns import LIST, TICK_BOXES, WALK
from outreach.delivery.lists.list_files import ListFile, csv_bytes, groups, put_file, read_rows, runs, spans
from outreach.delivery.lists.workbook import row_xml, workbook
from outreach.delivery.release_paths import ReleasePaths
from outreach.engine import Warehouse, build, make_folder
from outreach.engine.folders import GROUP

_WORKERS = 2
_CODE = re.compile(r"[a-z][a-z0-9_]*")

_LIST_ROWS = """
SELECT * EXCLUDE (household_id, need_class, last_met_on, effective_on, position, to_do) FROM lists.line
WHERE programme = ? AND action = ? AND town_file BETWEEN ? AND ?
ORDER BY town_file, need_class, last_met_on NULLS FIRST, community_file, address, person_id
"""
_WALK_ROWS = "SELECT * FROM lists.walk WHERE community_file BETWEEN ? AND ?"


@dataclass(frozen=True)
class ListsWritten:
    """What was written: files, and list lines by action (a line stands in XLSX and CSV, counted once)."""

    files: int
    lines: int
    lines_by_action: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class _Task:
    programme: str
    action: str
    first: str
    last: str


def write_lists(warehouse: Warehouse, paths: ReleasePaths) -> ListsWritten:
    """Write every list of the release and ``index.csv`` over all of them.

    ``<programme>/<action>/<town_code>.xlsx`` and ``.csv`` (every action, kept and declined too;
    ``unknown`` where the town is not known), ``by_household/<community>.xlsx``, ``changes.csv`` and
    ``changes/<town_code>.xlsx`` (what is not as it was), ``corrections/<department>.csv``. Cells are text,
    identity numbers are masked, nothing can be read as a formula; equal input gives equal bytes. An earlier
    try of the same run is replaced.

    Raises:
        DeliveryError: a programme or action id cannot be a folder's name, or the disk refuses.
    """
    root = paths.lists
    if root.exists():
        shutil.rmtree(root)
    make_folder(root, GROUP)
    build(warehouse.con, "lists")
    ((region_name,),) = warehouse.con.execute("SELECT region_name FROM run.provenance").fetchall()
    heading = f"{region_name}　{paths.as_of.isoformat()}"
    by_file = groups(warehouse.con, "programme, action, town_file", "lists.line")
    walks = groups(warehouse.con, "community_file", "lists.walk")
    # Made before the workers start: a shell is made once.
    _ = LIST.shell, WALK.shell
    tasks = [partial(_write_programme, warehouse.con, root, heading, task) for task in _tasks(by_file)]
    tasks += [partial(_write_walks, warehouse.con, root, heading, span) for span in spans(walks)]
    try:
        with ThreadPoolExecutor(_WORKERS) as pool:
            files = [file for done in pool.map(lambda task: task(), tasks) for file in done]
        files += write_changes(warehouse.con, root, heading)
        for department, rows in correction_files(warehouse):
            path = f"corrections/{department}.csv"
            digest = put_file(root / path, csv_bytes(rows))
            files.append(ListFile(path, "corrections", None, None, None, rows.height, digest))
        files.sort(key=lambda file: file.path)
        put_file(root / "index.csv", csv_bytes(pl.DataFrame(map(asdict, files), schema=_INDEX_SCHEMA)))
    except OSError as error:
        raise DeliveryError(f"lists could not be written: {error.strerror}") from error
    by_action = by_file.group_by("action").agg(pl.col("rows").sum()).sort("action")
    lines = dict(zip(by_action["action"].to_list(), by_action["rows"].to_list(), strict=True))
    return ListsWritten(len(files), sum(lines.values()), lines)


_INDEX_SCHEMA = {
    "path": pl.String,
    "kind": pl.String,
    "programme": pl.String,
    "action": pl.String,
    "area_code": pl.String,
    "rows": pl.Int64,
    "sha256": pl.String,
}


def _tasks(by_file: pl.DataFrame) -> Iterator[_Task]:
    for (programme, action), towns in by_file.group_by("programme", "action", maintain_order=True):
        for name in (str(programme), str(action)):
            if not _CODE.fullmatch(name):
                raise DeliveryError(f"{name!r} cannot be a folder of lists: use a-z, 0-9 and _")
        for first, last in spans(towns.select("town_file", "rows")):
            yield _Task(str(programme), str(action), first, last)


def _write_programme(con: duckdb.DuckDBPyConnection, root: Path, heading: str, task: _Task) -> list[ListFile]:
    rows = read_rows(con, _LIST_ROWS, (task.programme, task.action, task.first, task.last), LIST)
    xml = row_xml(LIST, rows)
    cells = csv_rows(rows, [c.source for c in LIST.columns if c.source in rows.columns]).select(
        (pl.col(c.source) if c.source in rows.columns else pl.lit("")).alias(c.header) for c in LIST.columns
    )
    title = f"{rows['programme_name'][0]}·{rows['action_name'][0]}"
    lead = f"　牵头：{rows['lead'][0]}" if rows["lead"][0] else ""
    files = []
    for town, start, length in runs(rows, "town_file"):
        heads = f"{title}　{heading}　共 {length} 人{lead}"
        book = workbook(LIST, title, heads, xml.between(start, length), length)
        table = csv_bytes(cells.slice(start, length))
        for ending, content in (("csv", table), ("xlsx", book)):
            path = f"{task.programme}/{task.action}/{town}.{ending}"
            digest = put_file(root / path, content)
            files.append(ListFile(path, "list", task.programme, task.action, town, length, digest))
    return files


def _write_walks(
    con: duckdb.DuckDBPyConnection, root: Path, heading: str, span: tuple[str, str]
) -> list[ListFile]:
    rows = read_rows(con, _WALK_ROWS, span, WALK)
    rows = _by_door(rows).with_columns(tick=pl.lit(TICK_BOXES))
    xml = row_xml(WALK, rows, "#banded")
    files = []
    for community, start, length in runs(rows, "community_file"):
        doors = rows["door"][start + length - 1]
        heads = f"入户走访单　{community}　{heading}　共 {doors} 户 {length} 人"
        path = f"by_household/{community}.xlsx"
        book = workbook(WALK, "入户走访单", heads, xml.between(start, length), length)
        files.append(
            ListFile(path, "by_household", None, None, community, length, put_file(root / path, book))
        )
    return files


def _by_door(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows in the order of a walk: by door, house numbers in counting order, the eldest first.

    People without any address come last, by household. Adds ``door`` (its number as text, from 1) and
    ``#banded`` (every second door).
    """
    padded = pl.col("address").str.replace_all(r"([0-9]+)", "00000000${1}")
    ordered = rows.with_columns(
        padded.str.replace_all(r"0*([0-9]{9})", "${1}").alias("#order"),
        pl.when(pl.col("address") != "").then("address").otherwise("household_id").alias("#door"),
    ).sort(
        "community_file",
        pl.col("address") == "",
        "#order",
        "#door",
        "household_id",
        -pl.col("age").cast(pl.Int32, strict=False),
        "person_id",
    )
    alone = pl.when(pl.col("#door") == "").then("person_id").otherwise("#door")
    door = alone.rle_id().over("community_file")
    return ordered.with_columns((door + 1).cast(pl.String).alias("door"), (door % 2 == 1).alias("#banded"))
