"""Persons: all of them with their facts, and the ledger of those who are impaired."""

from __future__ import annotations

from dataclasses import replace

from contracts.published.chinese import words
from contracts.published.tables import columns
from contracts.published.tables.table import PublishedColumn, PublishedTable
from contracts.vocabulary import Grade, StopEvidence

_BEFORE_FACTS = (
    replace(columns.PERSON_ID, chinese="人员编号：固定不变，不含个人信息"),
    PublishedColumn("region", "VARCHAR", "the policy region", required=True, chinese="地区"),
    columns.NAME,
    columns.NUMBER,
    PublishedColumn(
        "former_id_number",
        "VARCHAR",
        "曾用身份号码 of the register row that counts, where it is valid",
        chinese="曾用身份号码",
    ),
    PublishedColumn(
        "died_on",
        "DATE",
        "死亡日期 of a clear death record, else 状态变更日期 of the register",
        chinese="死亡日期",
    ),
    columns.ADDRESS,
    PublishedColumn(
        "address_source", "VARCHAR", "the extract that gave the address", chinese="联系地址来自的数据表"
    ),
    PublishedColumn(
        "address_date",
        "DATE",
        "the day on which it was given; NULL = not stated",
        chinese="联系地址的提供日期；空为未注明",
    ),
    columns.PHONE,
    PublishedColumn(
        "phone_source", "VARCHAR", "the extract that gave the phone", chinese="联系电话来自的数据表"
    ),
    PublishedColumn(
        "phone_date",
        "DATE",
        "the day on which it was given; NULL = not stated",
        chinese="联系电话的提供日期；空为未注明",
    ),
)
_AFTER_FACTS = (
    PublishedColumn(
        "receiving",
        "STRUCT(programme VARCHAR, amount DECIMAL(12,2))[]",
        "待遇: programmes in status 发放中, each once, with the amount being paid; NULL = roll not delivered",
        chinese="正在享受的项目及现发金额；空为没有待遇发放名册",
    ),
    PublishedColumn(
        "in_register",
        "BOOLEAN",
        "whether the person has a register row, whatever its status",
        required=True,
        chinese="有无户籍登记行（不论人员状态）",
    ),
    PublishedColumn(
        "last_register_status",
        "INTEGER",
        "人员状态 of the register row that counts; 2 if any row has it",
        chinese="户籍登记的人员状态代码",
    ),
    PublishedColumn(
        "death_evidence",
        "VARCHAR",
        "on how many independent sources the death rests",
        values=(StopEvidence.ONE_SOURCE.value, StopEvidence.TWO_SOURCES.value),
        chinese="死亡依据：" + words(StopEvidence.ONE_SOURCE, StopEvidence.TWO_SOURCES),
    ),
    PublishedColumn(
        "identity_grade",
        "VARCHAR",
        "the weakest link a fact of the person rests on; new = linked to no register row",
        required=True,
        values=Grade.codes(),
        chinese="身份关联把握程度，取各事实依据中最低的：" + words(*Grade),
    ),
)
PERSON = PublishedTable(
    "person",
    "a person: a row of the household register, or of other extracts only",
    (*_BEFORE_FACTS, *columns.FACTS, *_AFTER_FACTS),
    key=("person_id",),
    chinese="人员：每行一人，户籍登记或其他数据表中的人",
)
LEDGER = PublishedTable(
    "ledger",
    "a registered, living person of 60 or older, impaired by assessment or severely disabled",
    (
        columns.PERSON_ID,
        replace(columns.FACT["ability_level"], chinese="能力等级，0 至 4；空为无有效评估"),
        PublishedColumn(
            "ability_source",
            "VARCHAR",
            "the extract that gives the level; without a level, the one that gives an impairment",
            required=True,
            values=("ability_assessment", "long_term_care", "disability_certificate"),
            chinese="失能情况依据的数据表",
        ),
        replace(columns.FACT["disability_grade"], chinese="残疾等级；none 为没有有效残疾人证"),
        PublishedColumn(
            "entitled",
            "STRUCT(programme VARCHAR, amount DECIMAL(12,2))[]",
            "programmes for which the person is eligible, with the amount by the rule",
            required=True,
            chinese="符合条件的项目及按规定的月标准",
        ),
        PublishedColumn(
            "receiving",
            "STRUCT(programme VARCHAR, amount DECIMAL(12,2))[]",
            "programmes in status 发放中 with the amount being paid; NULL = roll not delivered",
            chinese="正在享受的项目及现发金额；空为没有待遇发放名册",
        ),
        PublishedColumn(
            "wishes",
            "STRUCT(programme VARCHAR, result VARCHAR, said_on DATE)[]",
            "the last answer by programme and its day; 未联系上 is no answer",
            required=True,
            chinese="本人意愿：各项目最近一次答复及日期（未联系上不算）",
        ),
        PublishedColumn("last_visit_on", "DATE", "the last visit", chinese="最近一次探访日期"),
        PublishedColumn(
            "at_home",
            "VARCHAR[]",
            "person_id of the others of the same 户号 who are registered and alive; NULL = no 户号",
            chinese="同户的其他在册人员（人员编号）；空为没有可用的户号",
        ),
        replace(columns.FACT["town_code"], chinese="乡镇街道代码"),
        replace(columns.FACT["area_code"], chinese="行政区划代码"),
        PublishedColumn(
            "changed_since",
            "VARCHAR",
            "what is not as in the ledger of a month ago, in Chinese, with that night: the newest one "
            "published not after the same day of the month before, else the oldest kept; NULL = there "
            "is none",
            chinese="与一个月前的台账相比的变化；空为没有可比的台账",
        ),
    ),
    key=("person_id",),
    names_persons=True,
    chinese="失能老年人帮扶台账",
)
