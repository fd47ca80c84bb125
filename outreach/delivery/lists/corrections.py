"""The open questions to each department, with room for answers: workbook and CSV."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from contracts.extracts.registry import DEPARTMENTS, EXTRACTS
from contracts.vocabulary import ListKind, QuestionAnswer
from outreach.delivery.lists.area_names import AreaNames
from outreach.delivery.lists.escaping import csv_rows, plain_rows
from outreach.delivery.lists.list_files import ListFile, csv_bytes, put_file, sheets
from outreach.delivery.lists.workbook import MAX_ROWS, Answers, Column, Layout, workbook
from outreach.engine import Warehouse

CORRECTIONS = Layout(
    columns=(
        Column("question_id", "问题编号", 11, wrap=True),
        Column("title", "数据表", 9, wrap=True),
        Column("file", "文件", 12, wrap=True),
        Column("sheet", "工作表", 6, wrap=True, optional=True),
        Column("sheet_line", "文件行", 6),
        Column("role", "当事人", 6, optional=True),
        Column("name", "姓名", 7, wrap=True, optional=True),
        Column("id_number", "身份证号", 10.5, wrap=True, optional=True),
        Column("kind", "问题", 8, wrap=True),
        Column("text", "不一致之处", 18, wrap=True, share=1),
        Column("due_by", "答复期限", 11),
        Column("answer", "答复", 12, wrap=True),
        Column("answered_on", "答复日期", 11),
        Column("answered_by", "答复人", 7),
        Column("extract", "数据表代码", 18, printed=False),
        Column("row_number", "行号", 8, printed=False),
        Column("first_asked_on", "首次提出", 11, printed=False),
    ),
    answers="answer",
)
"""答复, 答复日期 and 答复人 are empty, for the department to fill in."""
_ANSWER = ("answer", "answered_on", "answered_by")

_ROWS = """
SELECT * FROM corrections.question
WHERE department = ? AND status = 'open'
ORDER BY extract, row_number NULLS LAST, role, kind, text, question_id
"""


def write_corrections(warehouse: Warehouse, root: Path, areas: AreaNames) -> list[ListFile]:
    """Write the open questions of each department that has any, as workbook and as CSV.

    Reads ``corrections.question``. A row is named by its file, the line there as the department sees it
    (文件行: header and blank lines counted; 工作表 of a workbook), and our row number, which counts over the
    parts in name order, from 1, headers not counted. What is filled in comes back by
    ``outreach outcome import``.
    """
    titles = {extract.name: extract.title for extract in EXTRACTS}
    given = [c.source for c in CORRECTIONS.columns if c.source not in _ANSWER]
    kind = ListKind.CORRECTIONS
    files = []
    for department in DEPARTMENTS:
        rows = warehouse.con.cursor().sql(_ROWS, params=[department.key]).pl()
        if rows.is_empty():
            continue
        shown = plain_rows(
            rows.with_columns(
                pl.col("extract").replace_strict(titles).alias("title"),
                pl.col("row_number", "sheet_line", "first_asked_on", "due_by").cast(pl.String),
            ).select("department", *given),
            given,
        )
        cells = csv_rows(shown, given).select(
            (pl.col(c.source) if c.source in given else pl.lit("")).alias(c.header)
            for c in CORRECTIONS.columns
        )
        contents = {"csv": csv_bytes(cells)}
        if rows.height < MAX_ROWS:
            contents["xlsx"] = _workbook(shown, department.title, areas)
        for ending, content in contents.items():
            path = f"corrections/{department.key}.{ending}"
            digest = put_file(root / path, content)
            files.append(ListFile(path, kind, None, None, None, rows.height, digest, kind.chinese))
    return files


def _workbook(shown: pl.DataFrame, department: str, areas: AreaNames) -> bytes:
    (sheet,) = sheets(CORRECTIONS, shown, "department")
    title = ListKind.CORRECTIONS.chinese
    first_due = min(shown.get_column("due_by").to_list())
    about = [
        f"{areas.region}　{areas.night}　共 {sheet.length} 条",
        f"请在“答复”栏填写后送回，最早答复期限 {first_due}",
    ]
    return workbook(
        sheet.layout,
        title,
        f"{title}　{department}",
        about,
        [sheet.xml.between(0, sheet.length)],
        sheet.length,
        [Answers(QuestionAnswer.codes(), [(0, sheet.length - 1)])],
    )
