"""Lists of who is on them for long: the ledger of each town (帮扶台账), the queues of the region (轮候名单).

They are written where the night made ``mart.ledger`` and ``mart.waiting_list``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import polars as pl

from contracts.vocabulary import ListKind
from outreach.delivery.lists.area_names import AreaNames, has_table
from outreach.delivery.lists.escaping import plain_rows
from outreach.delivery.lists.list_columns import LEDGER, WAITING
from outreach.delivery.lists.list_files import ListFile, put_file, sheets
from outreach.delivery.lists.workbook import Layout, workbook

# The person as every list shows one: `sql/lists/line.sql` masks and groups in the same way.
_PERSON = """
    person.person_id,
    person.name,
    sex.chinese AS sex,
    CAST(person.age AS VARCHAR) AS age,
    CASE
        WHEN length(person.id_number) >= 15
            THEN concat(
                substr(person.id_number, 1, 6),
                repeat('*', CAST(length(person.id_number) - 10 AS INTEGER)),
                right(person.id_number, 4)
            )
        ELSE repeat('*', CAST(length(person.id_number) AS INTEGER))
    END AS id_number,
    CASE
        WHEN regexp_matches(person.phone, '^1[0-9]{10}$')
            THEN concat(
                substr(person.phone, 1, 3), ' ', substr(person.phone, 4, 4), ' ', substr(person.phone, 8, 4)
            )
        ELSE person.phone
    END AS phone,
    person.address
"""
_SEX = "LEFT JOIN run.word AS sex ON sex.list = 'sex' AND sex.code = person.sex"
_NAMES = """
SELECT list(struct_pack(code := programme, name := programme_name)) AS programmes FROM decisions.programme
"""


def _named(column: str, more: str = "''") -> str:
    """A list of struct with ``programme`` as text: each programme by name, with ``more`` about it."""
    name = "list_filter(names.programmes, lambda n: n.code = item.programme)[1].name"
    shown = f"concat(coalesce({name}, item.programme), {more})"
    return f"array_to_string(list_transform({column}, lambda item: {shown}), '；')"


_AMOUNT = "CASE WHEN item.amount IS NULL THEN '' ELSE concat(' ', CAST(item.amount AS VARCHAR)) END"
_LEDGER = f"""
SELECT
    CASE
        WHEN regexp_matches(ledger.town_code, '^[0-9]{{9}}$') THEN ledger.town_code
        ELSE 'unassigned'
    END AS file,
    ledger.area_code,
    {_PERSON},
    concat_ws(
        chr(10),
        '能力：' || ability.chinese,
        CASE WHEN ledger.disability_grade <> 'none' THEN concat('残疾：', coalesce(grade.chinese, '')) END
    ) AS impairment,
    {_named("ledger.entitled")} AS entitled,
    {_named("ledger.receiving", _AMOUNT)} AS receiving,
    {_named("ledger.wishes", "' ', item.result, ' ', coalesce(CAST(item.said_on AS VARCHAR), '')")} AS wishes,
    CAST(ledger.last_visit_on AS VARCHAR) AS last_visit,
    CASE
        WHEN len(ledger.at_home) = 0 THEN '无'
        ELSE concat(CAST(len(ledger.at_home) AS VARCHAR), '人')
    END AS at_home,
    ledger.changed_since
FROM mart.ledger AS ledger
LEFT JOIN mart.person AS person ON person.person_id = ledger.person_id
{_SEX}
LEFT JOIN run.word AS ability
    ON ability.list = 'ability_level' AND ability.code = CAST(ledger.ability_level AS VARCHAR)
LEFT JOIN run.word AS grade
    ON grade.list = 'disability_grade' AND grade.code = CAST(ledger.disability_grade AS VARCHAR)
CROSS JOIN ({_NAMES}) AS names
ORDER BY file, ledger.area_code, ledger.person_id
"""
_WAITING = f"""
SELECT
    waiting.programme AS file,
    programme.programme_name,
    CAST(waiting.place AS VARCHAR) AS place,
    {_PERSON},
    CAST(waiting.agreed_on AS VARCHAR) AS agreed_on,
    waiting.reason_text
FROM mart.waiting_list AS waiting
LEFT JOIN mart.person AS person ON person.person_id = waiting.person_id
LEFT JOIN decisions.programme AS programme ON programme.programme = waiting.programme
{_SEX}
ORDER BY file, waiting.place
"""


def write_ledgers(con: duckdb.DuckDBPyConnection, root: Path, areas: AreaNames) -> Iterator[ListFile]:
    """``<town_code>/ledger.xlsx``, by community; nothing where the night has no ledger."""
    if not has_table(con, "mart", "ledger"):
        return
    rows = _rows(con, _LEDGER, LEDGER)
    rows = rows.with_columns(
        community=pl.col("area_code").map_elements(areas.name, return_dtype=pl.String).fill_null("")
    )
    kind = ListKind.LEDGER
    for sheet in sheets(LEDGER, rows, "file"):
        title = f"{kind.chinese}　{areas.town(sheet.name)}"
        about = [f"{areas.region}　{areas.town(sheet.name)}　{areas.night}　共 {sheet.length} 人"]
        book = workbook(
            sheet.layout, kind.chinese, title, about, [sheet.xml.between(0, sheet.length)], sheet.length
        )
        path = f"{sheet.name}/ledger.xlsx"
        digest = put_file(root / path, book)
        yield ListFile(path, kind, None, None, sheet.name, sheet.length, digest, kind.chinese)


def write_queues(con: duckdb.DuckDBPyConnection, root: Path, areas: AreaNames) -> Iterator[ListFile]:
    """``waiting/<programme>.xlsx``, in the order of the queue; nothing where nobody waits."""
    if not has_table(con, "mart", "waiting_list"):
        return
    rows = _rows(con, _WAITING, WAITING)
    kind = ListKind.WAITING
    for sheet in sheets(WAITING, rows, "file"):
        programme = rows["programme_name"][sheet.start] or sheet.name
        about = [f"{areas.region}　{areas.night}　共 {sheet.length} 人，按轮候顺序排列"]
        book = workbook(
            sheet.layout,
            f"{programme}·{kind.chinese}",
            f"{programme}·{kind.chinese}　{areas.region}",
            about,
            [sheet.xml.between(0, sheet.length)],
            sheet.length,
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
