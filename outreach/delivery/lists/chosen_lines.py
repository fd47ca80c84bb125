"""A list of lines that somebody chose: as a walking list, without doors; it comes back as all lists do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from outreach.delivery.lists.escaping import csv_rows, plain_rows
from outreach.delivery.lists.list_columns import WALK
from outreach.delivery.lists.list_files import csv_bytes, sheets
from outreach.delivery.lists.results_offered import offered_by_action
from outreach.delivery.lists.workbook import workbook

CHOSEN = replace(WALK, columns=tuple(column for column in WALK.columns if column.source != "door"))


def chosen_rows(lines: pl.DataFrame) -> pl.DataFrame:
    """Lines as the columns of `CHOSEN` have them.

    Args:
        lines: text columns programme_name, action_name, name, sex, age, id_number, phone, address,
            money_text, need_text, reason, hint, last_contact, person_id, programme, action, and due_by
            (Date). Columns for answers are left out: they are to be filled in.
    """
    rows = lines.drop("result", "contacted_on", "handler", strict=False).with_columns(
        to_do=pl.concat_str("action_name", pl.lit("："), "programme_name"),
        amount="money_text",
        reason=pl.concat_str(
            pl.lit("限期") + pl.col("due_by").cast(pl.String),
            "reason",
            "hint",
            separator="；",
            ignore_nulls=True,
        ),
    )
    there = [column.source for column in CHOSEN.columns if column.source in rows.columns]
    return plain_rows(rows, there, lines=[column.source for column in CHOSEN.columns if column.lines])


def chosen_workbook(rows: pl.DataFrame, title: str, about: Sequence[str]) -> bytes:
    """A workbook of rows that `chosen_rows` made; ``about`` is printed below the title."""
    (sheet,) = sheets(CHOSEN, rows.with_columns(pl.lit("all").alias("#list")), "#list")
    answers = offered_by_action(rows.select("action").with_row_index("at"))
    return workbook(
        sheet.layout, title, title, about, [sheet.xml.between(0, rows.height)], rows.height, answers
    )


def chosen_table(rows: pl.DataFrame) -> bytes:
    """The same as CSV (UTF-8 with BOM)."""
    there = [column.source for column in CHOSEN.columns if column.source in rows.columns]
    cells = csv_rows(rows, there).select(
        (pl.col(column.source) if column.source in there else pl.lit("")).alias(column.header)
        for column in CHOSEN.columns
        if not column.picture
    )
    return csv_bytes(cells)
