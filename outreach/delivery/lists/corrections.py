"""What each department should look at in its own rows: ``corrections/<department>.csv``."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from contracts.extracts.registry import DEPARTMENTS, EXTRACTS
from outreach.delivery.lists.escaping import csv_rows, plain_rows
from outreach.engine import Warehouse, build

_HEADERS = {
    "title": "数据表",
    "extract": "数据表代码",
    "file": "文件",
    "sheet": "工作表",
    "sheet_line": "文件行",
    "row_number": "行号",
    "role": "当事人",
    "name": "姓名",
    "id_number": "身份证号",
    "kind": "问题",
    "detail": "不一致之处",
}
_ROWS = """
SELECT finding.*, place.file, place.sheet, finding.row_number + place.line_offset AS sheet_line
FROM corrections.finding AS finding
LEFT JOIN run.line_range AS place
    ON place.extract = finding.extract AND finding.row_number BETWEEN place.first_row AND place.last_row
WHERE list_contains(?, finding.extract)
ORDER BY finding.extract, finding.row_number, role, kind, detail
"""


def correction_files(warehouse: Warehouse) -> Iterator[tuple[str, pl.DataFrame]]:
    """Department key and the cells of its file, for each department whose rows raise a question.

    Makes the tables ``corrections.*``. The cells are safe for CSV. A row is named by its file, the line
    there as the department sees it (文件行: header and blank lines counted; 工作表 of a workbook), and our
    row number, which counts over the parts in name order, from 1, headers not counted.
    """
    build(warehouse.con, "corrections")
    titles = {extract.name: extract.title for extract in EXTRACTS}
    for department in DEPARTMENTS:
        own = [extract.name for extract in EXTRACTS if extract.department == department]
        rows = warehouse.con.cursor().sql(_ROWS, params=[own]).pl()
        if rows.is_empty():
            continue
        shown = rows.with_columns(
            pl.col("extract").replace_strict(titles).alias("title"),
            pl.col("row_number", "sheet_line").cast(pl.String),
        )
        cells = csv_rows(plain_rows(shown, _HEADERS), _HEADERS)
        yield department.key, cells.select(pl.col(name).alias(header) for name, header in _HEADERS.items())
