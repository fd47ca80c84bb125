"""The lists of outreach officers, a folder for each town: by programme and action, and by door.

``write_lists`` is what a run calls. Work is cut into tasks of some ten thousand lines, so that memory
does not grow with the population, and two tasks are worked on at a time: the heavy parts (polars, zlib,
SHA-256) run outside the interpreter's lock.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import duckdb
import polars as pl

from contracts.vocabulary import Action, ListKind, ListPart
from outreach.delivery.errors import DeliveryError
from outreach.delivery.lists.area_names import AreaNames, read_area_names
from outreach.delivery.lists.change_list import write_changes
from outreach.delivery.lists.corrections import write_corrections
from outreach.delivery.lists.escaping import csv_rows
from outreach.delivery.lists.list_columns import LIST, TABLE, WALK
from outreach.delivery.lists.list_files import (
    ListFile,
    Sheet,
    csv_bytes,
    groups,
    put_file,
    read_rows,
    runs,
    sheets,
    spans,
)
from outreach.delivery.lists.list_index import index_bytes
from outreach.delivery.lists.packed_town import pack_town
from outreach.delivery.lists.page_breaks import Groups
from outreach.delivery.lists.person_codes import PersonCodes
from outreach.delivery.lists.results_offered import offered_by_action
from outreach.delivery.lists.standing_lists import write_ledgers, write_queues
from outreach.delivery.lists.workbook import SECTION_POINTS, Answers, section_row, workbook
from outreach.delivery.release_paths import ReleasePaths
from outreach.engine import MadeTable, Warehouse, build_stage, make_folder
from outreach.engine.folders import GROUP
from outreach.standards.doors import doors

_WORKERS = 2
_CODE = re.compile(r"[a-z][a-z0-9_]*")
_DEADLINE = "＿＿＿＿年＿＿月＿＿日"

_LIST_ROWS = """
SELECT * EXCLUDE (household_id, need_class, last_met_on, effective_on, position, to_do, door_key, door_order)
FROM lists.line
WHERE programme = ? AND action = ? AND town_file BETWEEN ? AND ?
ORDER BY
    town_file, is_agreed, need_class, last_met_on NULLS FIRST, community_file, door_order NULLS LAST,
    person_id
"""
_WALK_ROWS = """
SELECT *, CAST(door_number AS VARCHAR) AS door, concat(town_file, '/', community_file) AS walk
FROM lists.matter
WHERE town_file BETWEEN ? AND ?
ORDER BY
    town_file, community_file, part, door_number, age_years DESC NULLS LAST, person_id, position, programme
"""
_PARTS = dict(enumerate((ListPart.WALK, ListPart.AGREED, ListPart.ELSEWHERE, ListPart.DEATH), 1))
"""The parts of a walking list by their number in ``lists.at_door``."""


@dataclass(frozen=True)
class ListsWritten:
    """What was written: files, and list lines by action (a line is in XLSX and CSV, counted once)."""

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

    ``<town_code>/<programme>.<action>.xlsx`` and ``.csv`` (every action, kept and declined too),
    ``<town_code>/by_household/<community_code>.xlsx``, ``<town_code>/ledger.xlsx``,
    ``<town_code>/changes.xlsx`` and in it ``<town_code>.zip`` with all of these under Chinese names;
    ``unassigned`` in place of a code where there is none. For the whole region ``changes.csv``,
    ``waiting/<programme>.xlsx``, ``corrections/<department>.xlsx`` and ``.csv``. Cells are text, identity
    numbers are masked, nothing can be read as a formula; equal input gives equal bytes. An earlier try of the
    same run is replaced.

    Raises:
        DeliveryError: a programme or action id cannot be a file's name, or the disk refuses.
    """
    root, con = paths.lists, warehouse.con
    if root.exists():
        shutil.rmtree(root)
    make_folder(root, GROUP)
    con.execute("CREATE SCHEMA IF NOT EXISTS lists")
    build_stage(con, "lists", [MadeTable("place", _make_places)])
    areas = read_area_names(con, paths.as_of)
    codes = PersonCodes(warehouse.settings.portal_url)
    by_file = groups(con, "programme, action, town_file", "lists.line")
    walks = groups(con, "town_file", "lists.at_door")
    tasks = [partial(_write_programme, con, root, areas, codes, task) for task in _tasks(by_file)]
    tasks += [partial(_write_walks, con, root, areas, codes, span) for span in spans(walks)]
    try:
        with ThreadPoolExecutor(_WORKERS) as pool:
            files = [file for done in pool.map(lambda task: task(), tasks) for file in done]
            files += write_changes(con, root, areas)
            files += write_ledgers(con, root, areas, codes)
            by_town: dict[str, list[ListFile]] = {}
            for file in files:
                if file.area_code is not None:
                    by_town.setdefault(file.path.partition("/")[0], []).append(file)
            files += pool.map(lambda town: pack_town(root, town, by_town[town], areas), by_town)
        files += write_queues(con, root, areas, codes)
        files += write_corrections(warehouse, root, areas)
        files.sort(key=lambda file: file.path)
        put_file(root / "index.csv", index_bytes(con, files, areas))
    except OSError as error:
        raise DeliveryError(f"lists could not be written: {error.strerror}") from error
    by_action = by_file.group_by("action").agg(pl.col("rows").sum()).sort("action")
    lines = dict(zip(by_action["action"].to_list(), by_action["rows"].to_list(), strict=True))
    return ListsWritten(len(files), sum(lines.values()), lines)


def _make_places(con: duckdb.DuckDBPyConnection) -> None:
    """``lists.place``: the door of each address of a list (`outreach.standards.doors.doors`)."""
    ((name, code),) = con.execute(
        "SELECT p.region_name, c.region_code FROM run.provenance AS p CROSS JOIN run.context AS c"
    ).fetchall()
    addresses = con.sql("SELECT DISTINCT address FROM mart.candidate WHERE address IS NOT NULL").pl()
    places = doors(addresses.get_column("address"), name, code)
    con.register("lists_places", places.to_arrow())
    con.execute("CREATE OR REPLACE TABLE lists.place AS SELECT * FROM lists_places")
    con.unregister("lists_places")


def _tasks(by_file: pl.DataFrame) -> Iterator[_Task]:
    for (programme, action), towns in by_file.group_by("programme", "action", maintain_order=True):
        for name in (str(programme), str(action)):
            if not _CODE.fullmatch(name):
                raise DeliveryError(f"{name!r} cannot be the name of a list: use a-z, 0-9 and _")
        for first, last in spans(towns.select("town_file", "rows")):
            yield _Task(str(programme), str(action), first, last)


def _write_programme(
    con: duckdb.DuckDBPyConnection, root: Path, areas: AreaNames, codes: PersonCodes, task: _Task
) -> list[ListFile]:
    more = [source for source, _ in TABLE]
    rows = read_rows(con, _LIST_ROWS, (task.programme, task.action, task.first, task.last), LIST, more)
    there = [source for source in more if source in rows.columns]
    cells = csv_rows(rows, there).select(
        *((pl.col(source) if source in there else pl.lit("")).alias(header) for source, header in TABLE),
        *codes.table_columns(),
    )
    rows = codes.with_pages(rows, "town_file")
    title = f"{rows['programme_name'][0]}·{rows['action_name'][0]}"
    words = Action(task.action).results
    files = []
    for sheet in sheets(LIST, rows, "town_file"):
        town, length = sheet.name, sheet.length
        own = rows.slice(sheet.start, length)
        agreed = own.get_column("is_agreed").sum()
        about = [
            f"{areas.region}　{areas.town(town)}　{areas.night}　共 {length} 人"
            + (f"，其中 {agreed} 人已同意待办理（列在最后，不再询问）" if agreed else ""),
            _by_whom(areas.walkers(town), rows["lead"][0], own.get_column("due_by_text")),
            f"依据：{_citations(own.get_column('citation'))}",
            f"结果请填：{'、'.join(words)}",
        ]
        book = workbook(
            sheet.layout,
            title,
            f"{title}　{areas.town(town)}",
            about,
            [sheet.xml.between(0, length)],
            length,
            [Answers(words, [(0, length - 1)])],
            codes.pictures(own, sheet),
        )
        table = csv_bytes(cells.slice(sheet.start, length))
        for ending, content in (("csv", table), ("xlsx", book)):
            path = f"{town}/{task.programme}.{task.action}.{ending}"
            digest = put_file(root / path, content)
            files.append(
                ListFile(path, ListKind.PROGRAMME, task.programme, task.action, town, length, digest, title)
            )
    return files


def _by_whom(walkers: str, lead: str | None, days: pl.Series) -> str:
    """Who does it and by when: the last day of all lines, by hand where the document sets none for some."""
    leads = f"牵头：{lead}；" if lead else ""
    deadline = _DEADLINE if (days == "").any() else max(days.to_list())
    return f"承办：{walkers}；{leads}办结时限：{deadline}"


def _citations(citations: pl.Series) -> str:
    """Every ground on which a line of the list rests, once."""
    pieces = (piece for text in citations.unique(maintain_order=True) for piece in text.split("；《"))
    grounds = dict.fromkeys(piece if piece.startswith("《") else f"《{piece}" for piece in pieces if piece)
    return "；".join(grounds)


def _write_walks(
    con: duckdb.DuckDBPyConnection, root: Path, areas: AreaNames, codes: PersonCodes, span: tuple[str, str]
) -> list[ListFile]:
    rows = read_rows(con, _WALK_ROWS, span, WALK, ["due_by_text"])
    rows = rows.with_columns((pl.col("door_number") % 2 == 0).alias("#banded"))
    rows = codes.with_pages(rows, "walk", "part", "door_number")
    files = []
    for sheet in sheets(WALK, rows, "walk", "#banded"):
        town, _, community = sheet.name.partition("/")
        path = f"{town}/by_household/{community}.xlsx"
        length = sheet.length
        book = _walk_book(areas, codes, town, community, rows.slice(sheet.start, length), sheet)
        digest = put_file(root / path, book)
        label = f"{ListKind.BY_HOUSEHOLD.chinese}/{areas.community(community)}"
        area = community if town != community else town
        files.append(ListFile(path, ListKind.BY_HOUSEHOLD, None, None, area, length, digest, label))
    return files


def _walk_book(
    areas: AreaNames, codes: PersonCodes, town: str, community: str, rows: pl.DataFrame, sheet: Sheet
) -> bytes:
    """The walking list of a community: its parts one below the other, a line a matter."""
    body: list[bytes | memoryview] = []
    counts = []
    places: list[int] = []
    heights: list[float] = []
    doors_begin: list[int] = []
    titles: list[int] = []
    for part, start, length in runs(rows, "part"):
        own = rows.slice(start, length)
        word = _PARTS[int(part)]
        door = own.get_column("door_number")
        doors_, people = door.n_unique(), own["person_id"].n_unique()
        counts.append(f"{word.chinese} {doors_} 户 {people} 人 {length} 项")
        # The title of a part is on the page of the first door below it.
        doors_begin.append(len(heights))
        if word is not ListPart.WALK:
            body.append(section_row(sheet.layout, counts[-1]))
            titles.append(len(heights))
            heights.append(SECTION_POINTS)
        doors_begin += (door.ne_missing(door.shift()).arg_true()[1:] + len(heights)).to_list()
        places += range(len(heights), len(heights) + length)
        heights += sheet.xml.heights_between(start, length).to_list()
        body.append(sheet.xml.between(start, length))
    at = pl.Series(places, dtype=pl.Int64)
    about = (
        f"{areas.region}　{areas.town(town)}　{areas.night}　共 {rows['door_number'].n_unique()} 户 "
        f"{rows['person_id'].n_unique()} 人 {rows.height} 项：{'；'.join(counts)}",
        _by_whom(areas.walkers(town), None, rows.get_column("due_by_text")),
        _grounds(rows.select("programme_name", "ground")),
        _results_to_fill_in(rows.get_column("action")),
    )
    return workbook(
        sheet.layout,
        ListKind.BY_HOUSEHOLD.chinese,
        f"{ListKind.BY_HOUSEHOLD.chinese}　{areas.community(community)}",
        [line for line in about if line],
        body,
        len(heights),
        offered_by_action(rows.select("action", at=at)),
        codes.pictures(rows, sheet, at),
        Groups(heights, doors_begin, titles),
    )


def _grounds(matters: pl.DataFrame) -> str:
    """The clauses that the matters of a list rest on, by document and programme, once."""
    clauses: dict[str, list[str]] = {}
    for programme, ground in matters.drop_nulls().unique().sort("programme_name", "ground").iter_rows():
        document, mark, clause = ground.partition("》")
        name = document + mark if mark else ""
        clauses.setdefault(name, []).append(f"{programme} {clause if mark else ground}".rstrip())
    each = (
        f"{document}：{'；'.join(found)}" if document else "；".join(found)
        for document, found in clauses.items()
    )
    return f"依据{'；'.join(each)}" if clauses else ""


def _results_to_fill_in(actions: pl.Series) -> str:
    """The words for the results, by the actions that are on the list: paper has no drop-down."""
    there = set(actions.unique())
    by_words: dict[tuple[str, ...], list[str]] = {}
    for action in Action:
        if action.value in there:
            by_words.setdefault(action.results, []).append(action.chinese)
    if len(by_words) == 1:
        return f"结果请填：{'、'.join(*by_words)}"
    each = (f"{'、'.join(names)}——{'、'.join(words)}" for words, names in by_words.items())
    return f"结果请填：{'；'.join(each)}"
