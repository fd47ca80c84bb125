"""The columns of the lists, in the order an officer reads them, and what is filled in."""

from __future__ import annotations

from contracts.vocabulary import ContactResult
from outreach.delivery.lists.workbook import Column, Layout

# The answers that outreach_outcome takes (extracts.md): a filled list can come back as that extract.
RESULTS = ContactResult.codes()

# Columns from result to note stand empty, for the officer to fill in.
LIST = Layout(
    columns=(
        Column("name", "姓名", 8, wrap=True),
        Column("sex", "性别", 5),
        Column("age", "年龄", 5),
        Column("id_number", "身份证号", 19),
        Column("phone", "电话", 12, wrap=True),
        Column("address", "地址", 24, wrap=True),
        Column("amount", "金额", 10, wrap=True),
        Column("current_amount", "现发金额", 9),
        Column("effective_on_text", "生效日期", 11),
        Column("first_seen_on", "首次发现日期", 11),
        Column("first_payment_month", "首发月份", 9),
        Column("reason_text", "理由", 34, wrap=True),
        Column("citation", "依据", 24, wrap=True),
        Column("hint", "提示", 14, wrap=True),
        Column("last_contact", "最近联系", 11, wrap=True),
        Column("person_id", "人员编号", 15, wrap=True),
        Column("result", "结果", 9, choices=RESULTS),
        Column("contacted_on", "联系日期", 11),
        Column("handler", "经办人", 8),
        Column("note", "备注", 12, wrap=True),
        Column("programme", "项目编码", 18),
    ),
    printed=20,
)

WALK = Layout(
    columns=(
        Column("door", "户序", 5),
        Column("address", "地址", 24, wrap=True),
        Column("name", "姓名", 8, wrap=True),
        Column("sex", "性别", 5),
        Column("age", "年龄", 5),
        Column("id_number", "身份证号", 19),
        Column("phone", "电话", 12, wrap=True),
        Column("to_do", "待办事项", 42, wrap=True, lines=True),
        Column("settled", "已办事项", 18, wrap=True),
        Column("tick", "结果", 22, wrap=True, lines=True),
        Column("contacted_on", "联系日期", 11),
        Column("handler", "经办人", 8),
        Column("note", "备注", 16, wrap=True),
        Column("person_id", "人员编号", 15, wrap=True),
        Column("household_id", "户号", 14),
    ),
    printed=14,
)

CHANGES = Layout(
    columns=(
        Column("programme_name", "项目", 16, wrap=True),
        Column("change_name", "变化", 7),
        Column("action_before", "原处理", 8),
        Column("action", "现处理", 8),
        Column("cause_name", "主要原因", 9),
        Column("cause_text", "原因说明", 40, wrap=True),
        Column("name", "姓名", 8, wrap=True),
        Column("sex", "性别", 5),
        Column("age", "年龄", 5),
        Column("id_number", "身份证号", 19),
        Column("amount_before", "原金额", 9),
        Column("amount", "金额", 9),
        Column("effective_before", "原生效日期", 11),
        Column("effective_on", "生效日期", 11),
        Column("town_file", "乡镇街道", 11),
        Column("person_id", "人员编号", 15, wrap=True),
        Column("programme", "项目编码", 18),
        Column("compared_with", "比对日期", 11),
    ),
    printed=16,
)

TICK_BOXES = "\n".join(
    f"□{first} □{second}" for first, second in zip(RESULTS[::2], RESULTS[1::2], strict=True)
)
"""Lines of two boxes."""
