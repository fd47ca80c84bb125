"""Columns that several tables have: defined once, with the facts from ``contracts.facts``."""

from __future__ import annotations

from contracts import facts
from contracts.published.chinese import words
from contracts.published.tables.table import PublishedColumn
from contracts.vocabulary import Role

PERSON_ID = PublishedColumn(
    "person_id",
    "VARCHAR",
    "stable, opaque id of the person; reveals nothing about the person",
    required=True,
    chinese="人员编号，见 mart.person",
)
PROGRAMME = PublishedColumn(
    "programme", "VARCHAR", "the programme's id in the policy", required=True, chinese="项目编码"
)
EXTRACT = PublishedColumn("extract", "VARCHAR", "the extract", required=True, chinese="数据表")
ROW_NUMBER = PublishedColumn(
    "row_number",
    "BIGINT",
    "row in the extract, from 1 over its parts",
    required=True,
    chinese="数据表中的行号，从 1 起（分几个文件的连续编号）",
)
ROLE = PublishedColumn(
    "role",
    "VARCHAR",
    "empty, or the side of a marriage row",
    required=True,
    values=("", *Role.codes()),
    chinese="婚姻登记行中的一方（" + words(*Role) + "）；其他数据表为空字符串",
)
AMOUNT = PublishedColumn(
    "amount_monthly",
    "DECIMAL(12,2)",
    "CNY a month by the rule; NULL = 待地方核定, or not known",
    chinese="按规定的月标准（元）；空为待地方核定或不详",
)
HOUSEHOLD = PublishedColumn(
    "household_id",
    "VARCHAR",
    "户号 of the 正常 register row that counts; NULL where it is no household",
    chinese="户号；空为没有可用的户号",
)
NAME = PublishedColumn("name", "VARCHAR", "姓名 as delivered", chinese="姓名，按部门数据")
NUMBER = PublishedColumn(
    "id_number",
    "VARCHAR",
    "公民身份号码 that the person's rows agree on; as delivered where it is damaged; NULL where only another "
    "person's number is on the row",
    chinese="公民身份号码；部门数据有误的照录，行上只有他人号码的为空",
)
ADDRESS = PublishedColumn(
    "address",
    "VARCHAR",
    "where to find the person: the latest of three years' contacts, else 居住地址, else older, else 户籍地址",
    chinese="联系地址：三年内最近的联系地址，其次居住地址、更早的联系地址、户籍地址",
)
PHONE = PublishedColumn(
    "phone",
    "VARCHAR",
    "the same for a phone that can ring",
    chinese="联系电话：选取顺序同联系地址，只取能拨通的号码",
)
_PUBLISHED_OTHERWISE = {
    "hardship_rolls": PublishedColumn(
        "hardship_rolls",
        "VARCHAR[]",
        "救助类别: names of all current rolls, in the order of their codes; [] = on no roll",
        chinese="救助类别：现在册的全部类别；空列表为均不在册",
    ),
}
_NEVER_UNKNOWN = ("alive", "registered")
FACTS = tuple(
    _PUBLISHED_OTHERWISE.get(
        fact.name,
        PublishedColumn(
            fact.name,
            fact.sql_type,
            f"{fact.label}: {fact.meaning}",
            required=fact.name in _NEVER_UNKNOWN,
            chinese=fact.label,
        ),
    )
    for fact in facts.FACTS
)
FACT = {column.name: column for column in FACTS}
