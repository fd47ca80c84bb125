"""Lists that people stay on: the ledger of each town (帮扶台账), the queues of the region (轮候名单)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import polars as pl

from contracts.vocabulary import ListKind
from outreach.delivery.lists.area_names import AreaNames
from outreach.delivery.lists.escaping import plain_rows
from outreach.delivery.lists.list_columns import LEDGER, WAITING
from outreach.delivery.lists.list_files import ListFile, put_file, sheets
from outreach.delivery.lists.person_codes import PersonCodes
from outreach.delivery.lists.workbook import Layout, workbook

_LEDGER = "SELECT * FROM lists.ledger_line ORDER BY town_file, area_code, person_id"
_WAITING = "SELECT * FROM lists.waiting_line ORDER BY programme, position"


def write_ledgers(
    con: duckdb.DuckDBPyConnection, root: Path, areas: AreaNames, codes: PersonCodes
) -> Iterator[ListFile]:
    """``<town_code>/ledger.xlsx``, by community; nothing where nobody is on the ledger."""
    rows = codes.with_pages(_rows(con, _LEDGER, LEDGER), "town_file")
    kind = ListKind.LEDGER
    for sheet in sheets(LEDGER, rows, "town_file"):
        title = f"{kind.chinese}　{areas.town(sheet.name)}"
        own = rows.slice(sheet.start, sheet.length)
        about = [
            f"{areas.region}　{areas.town(sheet.name)}　{areas.night}　共 {sheet.length} 人{_compared(own)}"
        ]
        book = workbook(
            sheet.layout,
            kind.chinese,
            title,
            about,
            [sheet.xml.between(0, sheet.length)],
            sheet.length,
            pictures=codes.pictures(own, sheet),
        )
        path = f"{sheet.name}/ledger.xlsx"
        digest = put_file(root / path, book)
        yield ListFile(path, kind, None, None, sheet.name, sheet.length, digest, kind.chinese)


def _compared(rows: pl.DataFrame) -> str:
    """With which ledger this one is compared; nothing where there is none."""
    nights = rows.get_column("compared_on").drop_nulls()
    if nights.is_empty():
        return ""
    changed = (rows.get_column("changed") != "").sum()
    return f"；与{nights[0]}的台账相比，{f'{changed} 人有变化（见“变化”栏）' if changed else '无变化'}"


def write_queues(
    con: duckdb.DuckDBPyConnection, root: Path, areas: AreaNames, codes: PersonCodes
) -> Iterator[ListFile]:
    """``waiting/<programme>.xlsx``, in the order of the queue; nothing where nobody waits."""
    rows = codes.with_pages(_rows(con, _WAITING, WAITING), "programme")
    kind = ListKind.WAITING
    for sheet in sheets(WAITING, rows, "programme"):
        programme = rows["programme_name"][sheet.start]
        about = [f"{areas.region}　{areas.night}　共 {sheet.length} 人，按轮候顺序排列"]
        book = workbook(
            sheet.layout,
            f"{programme}·{kind.chinese}",
            f"{programme}·{kind.chinese}　{areas.region}",
            about,
            [sheet.xml.between(0, sheet.length)],
            sheet.length,
            pictures=codes.pictures(rows.slice(sheet.start, sheet.length), sheet),
        )
        path = f"waiting/{sheet.name}.xlsx"
        digest = put_file(root / path, book)
        yield ListFile(
            path, kind, sheet.name, None, None, sheet.length, digest, f"{programme}·{kind.chinese}"
        )


def _rows(con: duckdb.DuckDBPyConnection, query: str, layout: Layout) -> pl.DataFrame:
    rows: pl.DataFrame = con.sql(query).pl()
    sources = [column.source for column in layout.columns if column.source in rows.columns]
    return plain_rows(rows, sources, lines=[column.source for column in layout.columns if column.lines])
