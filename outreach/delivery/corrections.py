"""What each department should look at in its own rows: ``corrections/<department>.csv``."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from contracts.extracts.registry import DEPARTMENTS, EXTRACTS
from outreach.delivery.cells import csv_rows, plain_rows
from outreach.engine import Warehouse, build

_HEADERS = {
    "title": "数据表",
    "extract": "数据表代码",
    "row_number": "行号",
    "role": "当事人",
    "name": "姓名",
    "id_number": "身份证号",
    "kind": "问题",
    "detail": "不一致之处",
}
_ROWS = """
SELECT * FROM corrections.finding WHERE list_contains(?, extract)
ORDER BY extract, row_number, role, kind, detail
"""


def correction_files(warehouse: Warehouse) -> Iterator[tuple[str, pl.DataFrame]]:
    """Department key and the cells of its file, for each department whose rows raise a question.

    Makes the tables ``corrections.*``. The cells are safe for CSV; the row number counts as in the
    extract's own files (over the parts in name order, from 1, headers not counted).
    """
    build(warehouse.con, "corrections")
    titles = {extract.name: extract.title for extract in EXTRACTS}
    for department in DEPARTMENTS:
        own = [extract.name for extract in EXTRACTS if extract.department == department]
        rows = warehouse.con.cursor().sql(_ROWS, params=[own]).pl()
        if rows.is_empty():
            continue
        told = rows.with_columns(
            pl.col("extract").replace_strict(titles).alias("title"), pl.col("row_number").cast(pl.String)
        )
        cells = csv_rows(plain_rows(told, _HEADERS), _HEADERS)
        yield department.key, cells.select(pl.col(name).alias(header) for name, header in _HEADERS.items())
