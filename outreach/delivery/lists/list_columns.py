"""The columns of the lists, in the order an officer reads them, and what is filled in by hand.

Their widths are chosen so that A4 across holds them at full size. A column that is ``optional`` is left
out of the workbooks in which it is empty; what it leaves goes to reason and address.
"""

from __future__ import annotations

from outreach.delivery.lists.workbook import Column, Layout

_RESULT = (
    Column("result", "结果", 7.5, wrap=True),
    Column("contacted_on", "联系日期", 8.5),
    Column("handler", "经办人", 6),
    Column("note", "备注", 5.5, wrap=True),
)
"""Stand empty, for the officer to fill in."""
_PERSON_ID = Column("person_id", "人员编号", 7, wrap=True, small=True)
_PAGE = Column("page", "网页", 7.5, optional=True, picture=True)
"""A QR code of the person's page, where the deployment has such pages."""
_PROGRAMME = Column("programme", "项目编码", 18, printed=False)

_NEED = Column("need_text", "紧要程度", 4.5, optional=True)

LIST = Layout(
    columns=(
        _NEED,
        Column("name", "姓名", 7, wrap=True),
        Column("sex", "性别", 4),
        Column("age", "年龄", 4),
        Column("id_number", "身份证号", 10.5, wrap=True),
        Column("phone", "电话", 10, wrap=True, optional=True),
        Column("community_name", "社区", 5, wrap=True, optional=True),
        Column("short_address", "地址", 7, wrap=True, share=0.8),
        Column("money_text", "金额", 9, wrap=True, lines=True, optional=True),
        Column("days_text", "日期", 15.5, wrap=True, lines=True, optional=True),
        Column("short_reason", "理由", 9, wrap=True, share=1.8),
        Column("hint", "提示", 6, wrap=True, optional=True),
        Column("last_contact", "最近联系", 11, wrap=True, optional=True),
        *_RESULT,
        _PERSON_ID,
        _PAGE,
        _PROGRAMME,
    ),
    answers="result",
)
"""A programme's list on paper. Amounts and days are in one cell each, a line for each of them."""

TABLE = (
    ("need_text", "紧要程度"),
    ("name", "姓名"),
    ("sex", "性别"),
    ("age", "年龄"),
    ("id_number", "身份证号"),
    ("phone", "电话"),
    ("town_name", "乡镇街道"),
    ("community_name", "社区"),
    ("address", "地址"),
    ("amount", "金额"),
    ("current_amount", "现发金额"),
    ("money", "多发或应补"),
    ("effective_on_text", "生效日期"),
    ("first_seen_on", "首次发现日期"),
    ("first_payment_month", "首发月份"),
    ("due_by_text", "限期"),
    ("last_on_text", "上次服务"),
    ("last_met_text", "最近见到本人"),
    ("agreed_text", "同意日期"),
    ("recheck_text", "复核原因"),
    ("reason_text", "理由"),
    ("citation", "依据"),
    ("hint", "提示"),
    ("last_contact", "最近联系"),
    ("person_id", "人员编号"),
    ("result", "结果"),
    ("contacted_on", "联系日期"),
    ("handler", "经办人"),
    ("note", "备注"),
    ("programme", "项目编码"),
)
"""The same list as CSV: every column, each value in its own."""

WALK = Layout(
    columns=(
        Column("door", "户序", 4),
        _NEED,
        Column("address", "地址", 10.5, wrap=True, share=0.5),
        Column("name", "姓名", 7, wrap=True),
        Column("sex", "性别", 4),
        Column("age", "年龄", 4),
        Column("id_number", "身份证号", 10.5, wrap=True),
        Column("phone", "电话", 10, wrap=True, optional=True),
        Column("to_do", "待办事项", 10, wrap=True),
        Column("reason", "理由", 16.5, wrap=True, lines=True, share=2),
        Column("amount", "金额", 8, wrap=True, lines=True, optional=True),
        Column("last_contact", "最近联系", 11, wrap=True, optional=True),
        *_RESULT,
        _PERSON_ID,
        _PAGE,
        _PROGRAMME,
    ),
    answers="result",
)

CHANGES = Layout(
    columns=(
        Column("programme_name", "项目", 11, wrap=True),
        Column("change_name", "变化", 7),
        Column("action_before", "原处理", 8, wrap=True, optional=True),
        Column("action", "现处理", 8, wrap=True, optional=True),
        Column("cause_name", "主要原因", 9),
        Column("cause_text", "原因说明", 16, wrap=True, share=1),
        Column("name", "姓名", 7, wrap=True),
        Column("sex", "性别", 4),
        Column("age", "年龄", 4),
        Column("id_number", "身份证号", 10.5, wrap=True),
        Column("amount_before", "原金额", 9, optional=True),
        Column("amount", "金额", 9, optional=True),
        Column("effective_before", "原生效日期", 11, optional=True),
        Column("effective_on", "生效日期", 11, optional=True),
        Column("person_id", "人员编号", 7, wrap=True, small=True),
        Column("programme", "项目编码", 18, printed=False),
        Column("town_file", "乡镇街道", 11, printed=False),
        Column("compared_with", "比对日期", 11, printed=False),
    ),
)

LEDGER = Layout(
    columns=(
        Column("community", "社区", 6, wrap=True),
        Column("name", "姓名", 7, wrap=True),
        Column("sex", "性别", 4),
        Column("age", "年龄", 4),
        Column("id_number", "身份证号", 10.5, wrap=True),
        Column("phone", "电话", 10, wrap=True, optional=True),
        Column("address", "地址", 9, wrap=True, share=1),
        Column("impairment", "失能和残疾", 9, wrap=True, lines=True),
        Column("entitled", "符合", 12, wrap=True, optional=True, share=4),
        Column("receiving", "在享受", 10, wrap=True, optional=True, share=0.5),
        Column("wishes", "本人意愿", 11, wrap=True, optional=True, share=0.5),
        Column("last_visit", "最近探访", 11, optional=True),
        Column("at_home", "同户其他人", 7, wrap=True, optional=True),
        Column("changed", "变化", 8, wrap=True, optional=True, share=0.5),
        _PERSON_ID,
        _PAGE,
    ),
)

WAITING = Layout(
    columns=(
        Column("place", "轮候序", 7),
        Column("name", "姓名", 7, wrap=True),
        Column("sex", "性别", 4),
        Column("age", "年龄", 4),
        Column("id_number", "身份证号", 10.5, wrap=True),
        Column("phone", "电话", 10, wrap=True, optional=True),
        Column("address", "地址", 12, wrap=True, share=1),
        Column("agreed_on", "同意日期", 11),
        Column("reason_text", "排序理由", 24, wrap=True, share=2),
        _PERSON_ID,
        _PAGE,
    ),
)
