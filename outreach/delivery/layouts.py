"""The columns of the lists, in the order an officer reads them, and what she fills in."""

from __future__ import annotations

from outreach.delivery.workbook import Column, Layout

# The answers that outreach_outcome takes (extracts.md): a filled list can come back as that extract.
RESULTS = ("同意", "不同意", "未联系上", "信息有误")

# Columns that stand empty, for the officer to fill in.
FILLED_IN = frozenset({"result", "contacted_on", "handler", "note"})

LIST = Layout(
    columns=(
        Column("name", "姓名", 9),
        Column("sex", "性别", 5),
        Column("age", "年龄", 5),
        Column("id_number", "身份证号", 20),
        Column("phone", "电话", 13),
        Column("address", "地址", 30, wrap=True),
        Column("amount", "金额", 10),
        Column("current_amount", "现发金额", 10),
        Column("effective_on_text", "生效日期", 11),
        Column("first_payment_month", "首发月份", 9),
        Column("reason_text", "理由", 42, wrap=True),
        Column("citation", "依据", 30, wrap=True),
        Column("hint", "提示", 16, wrap=True),
        Column("person_id", "人员编号", 20),
        Column("result", "结果", 10, choices=RESULTS),
        Column("contacted_on", "联系日期", 11),
        Column("handler", "经办人", 9),
        Column("note", "备注", 14, wrap=True),
        Column("programme", "项目编码", 18),
        Column("programme_name", "项目", 18),
        Column("action_name", "处理", 9),
    ),
    printed=18,
)

WALK = Layout(
    columns=(
        Column("door", "户序", 5),
        Column("address", "地址", 28, wrap=True),
        Column("household_id", "户号", 13),
        Column("name", "姓名", 9),
        Column("sex", "性别", 5),
        Column("age", "年龄", 5),
        Column("id_number", "身份证号", 20),
        Column("phone", "电话", 13),
        Column("to_do", "待办事项", 52, wrap=True),
        Column("settled", "已办事项", 22, wrap=True),
        Column("person_id", "人员编号", 20),
        Column("tick", "结果", 20, wrap=True),
        Column("note", "备注", 18, wrap=True),
    ),
)

# Two lines of two boxes.
TICK_BOXES = "□{} □{}\n□{} □{}".format(*RESULTS)
