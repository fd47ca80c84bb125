"""The open questions to each department, with room for answers: workbook and CSV."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from contracts.extracts.registry import DEPARTMENTS, EXTRACTS
from contracts.vocabulary import QuestionAnswer
from outreach.delivery.lists.escaping import csv_rows, plain_rows
from outreach.delivery.lists.list_files import ListFile, csv_bytes, put_file
from outreach.delivery.lists.workbook import MAX_ROWS, Column, Layout, row_xml, workbook
from outreach.engine import Warehouse

CORRECTIONS = Layout(
    columns=(
        Column("question_id", "问题编号", 14, wrap=True),
        Column("title", "数据表", 11, wrap=True),
        Column("extract", "数据表代码", 13, wrap=True),
        Column("file", "文件", 14, wrap=True),
        Column("sheet", "工作表", 8, wrap=True),
        Column("sheet_line", "文件行", 7),
        Column("row_number", "行号", 7),
        Column("role", "当事人", 7),
        Column("name", "姓名", 8, wrap=True),
        Column("id_number", "身份证号", 19),
        Column("kind", "问题", 10, wrap=True),
        Column("text", "不一致之处", 34, wrap=True),
        Column("first_asked_on", "首次提出", 11),
        Column("due_by", "答复期限", 11),
        Column("answer", "答复", 14, wrap=True, choices=QuestionAnswer.codes()),
        Column("answered_on", "答复日期", 11),
        Column("answered_by", "答复人", 8),
    )
)
"""The last three columns stand empty, for the department to fill in."""

_ROWS = """
SELECT * FROM corrections.question
WHERE department = ? AND status = 'open'
ORDER BY extract, row_number NULLS LAST, role, kind, text, question_id
"""


def write_corrections(warehouse: Warehouse, root: Path, region_heading: str) -> list[ListFile]:
    """Write the open questions of each department that has any, as workbook and as CSV.

    Reads ``corrections.question``. A row is named by its file, the line there as the department sees it
    (文件行: header and blank lines counted; 工作表 of a workbook), and our row number, which counts over the
    parts in name order, from 1, headers not counted. What is filled in comes back by
    ``outreach outcome import``.
    """
    titles = {extract.name: extract.title for extract in EXTRACTS}
    names = [column.source for column in CORRECTIONS.columns]
    asked = [name for name in names if name not in ("answer", "answered_on", "answered_by")]
    files = []
    for department in DEPARTMENTS:
        rows = warehouse.con.cursor().sql(_ROWS, params=[department.key]).pl()
        if rows.is_empty():
            continue
        shown = plain_rows(
            rows.with_columns(
                pl.col("extract").replace_strict(titles).alias("title"),
                pl.col("row_number", "sheet_line", "first_asked_on", "due_by").cast(pl.String),
            ).select(asked),
            asked,
        )
        cells = csv_rows(shown, asked).select(
            (pl.col(c.source) if c.source in asked else pl.lit("")).alias(c.header)
            for c in CORRECTIONS.columns
        )
        title = f"数据核对清单　{department.title}"
        heading = (
            f"{title}　{region_heading}　共 {rows.height} 条　请在“答复”栏填写后送回，"
            f"最早答复期限 {min(shown.get_column('due_by').to_list())}"
        )
        contents = {"csv": csv_bytes(cells)}
        if rows.height < MAX_ROWS:
            xml = row_xml(CORRECTIONS, shown)
            contents["xlsx"] = workbook(
                CORRECTIONS, "数据核对清单", heading, xml.between(0, rows.height), rows.height
            )
        for ending, content in contents.items():
            path = f"corrections/{department.key}.{ending}"
            digest = put_file(root / path, content)
            files.append(ListFile(path, "corrections", None, None, None, rows.height, digest))
    return files
