"""Why a row was quarantined or a cell counts as missing: the rules, in words for departments."""

from __future__ import annotations

MESSAGES = {
    "ragged_row": "该行的列数与表头不符",
    "broken_quote": "该行引号没有配对",
    "wrong_byte": "该行含有无法解码的字节",
    "number_as_name": "姓名栏填的是号码",
    "swapped_name_and_number": "姓名与号码填反，已按互换后的内容读取，待人工核对",
    "missing_value": "必填值缺失",
    "unreadable_date": "日期无法识别",
    "unreadable_month": "年月无法识别",
    "date_in_future": "出生日期晚于数据日期",
    "empty_date": "这一天是数据库或表格软件表示“空”的默认日期，不作日期使用",
    "before_beginning": "早于本行的起始日期，不可能成立",
    "before_birth": "早于本行的出生日期，不可能成立",
    "no_household": "不是可用的户号：被表格软件改成科学计数、后几位已丢失，或是占位号，按户不明处理",
    "answer_ahead": "联系日期晚于数据日期，到该日之后才采用；如系笔误，请更正后重新送达",
    "unknown_code": "代码不在代码表中",
    "unknown_programme": "项目编码不在项目目录中",
    "unreadable_amount": "金额无法识别",
    "unreadable_area": "行政区划代码无法识别",
    "unreadable_phone": "电话号码无法识别",
    "contract": "该值不符合数据规范",
    "extract_refused": "整份数据被拒收，该行未采用",
}
"""Rule -> message (Chinese, no personal data)."""
