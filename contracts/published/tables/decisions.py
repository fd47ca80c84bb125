"""Decisions: the rows that facts rest on, each person's programmes, and the rules that decided."""

from __future__ import annotations

from contracts.facts import FACT_GROUPS
from contracts.published.chinese import words
from contracts.published.tables import columns
from contracts.published.tables.table import PublishedColumn, PublishedTable
from contracts.vocabulary import Decision, Mode

_PATTERN = PublishedColumn(
    "pattern",
    "BIGINT",
    "number of the reasons in the programme",
    required=True,
    chinese="理由编号，在项目内编号",
)
_FACT_SOURCE = (
    PublishedColumn(
        "fact_group",
        "VARCHAR",
        "the facts from the row (`contracts/facts.py`); `… ended` = what has run out. `register` only "
        "where there are several register rows; birth date and sex rest on the register row where no row of "
        "`birth` is named",
        required=True,
        values=tuple(group.name for group in FACT_GROUPS),
        chinese="该行所说明的事实组；带 ended 的为已到期",
    ),
    columns.EXTRACT,
    columns.ROW_NUMBER,
    columns.ROLE,
    PublishedColumn(
        "detail",
        "VARCHAR",
        "the category, scheme or programme of the row, or the day on which it ran out",
        chinese="该行说明的类别、险种或项目，或到期日",
    ),
)
FACT_SOURCE = PublishedTable(
    "fact_source",
    "a person × group of facts × source row that they rest on: of several for the same, the one "
    "that counts. A view",
    (columns.PERSON_ID, *_FACT_SOURCE),
    chinese="事实来源：每人各组事实所依据的行",
)
FACT_SOURCE_ROW = PublishedTable(
    "fact_source_row",
    "a row of `mart.fact_source` without the person, who is in `mart.identity_link`",
    _FACT_SOURCE,
    chinese="事实来源的行，不含人员编号",
)
DECISION = PublishedTable(
    "decision",
    "a person × programme that is eligible, unknown, or ineligible and being received",
    (
        columns.PERSON_ID,
        columns.PROGRAMME,
        PublishedColumn(
            "decision",
            "VARCHAR",
            "what follows",
            required=True,
            values=Decision.codes(),
            chinese="判定：" + words(*Decision),
        ),
        columns.AMOUNT,
        PublishedColumn(
            "conditions",
            'STRUCT("name" VARCHAR, "label" VARCHAR, "value" BOOLEAN)[]',
            "every condition's own value; NULL = unknown",
            chinese="各条件及其取值；取值为空即未知",
        ),
        PublishedColumn(
            "missing",
            "STRUCT(fact VARCHAR, extract VARCHAR)[]",
            "the facts that an unknown decision lacks and the extracts that would supply them",
            chinese="缺少的事实及应提供的数据表",
        ),
        PublishedColumn(
            "gives_way_to",
            "VARCHAR",
            "the higher exclusive programme that wins",
            chinese="因不可兼得而让位于的项目",
        ),
        PublishedColumn(
            "policy_version", "VARCHAR", "the version of the policy in force", chinese="所用政策版本"
        ),
        PublishedColumn("citation", "VARCHAR", "document and item", chinese="依据：文件及条目"),
    ),
    key=("person_id", "programme"),
    names_persons=True,
    chinese="判定：每行一人一项目，符合、无法判定，以及在享受而不符合的",
)
DECISION_ROW = PublishedTable(
    "decision_row",
    "a row of `mart.decision`, which is a view: its reasons by number",
    (
        columns.PERSON_ID,
        columns.PROGRAMME,
        _PATTERN,
        PublishedColumn(
            "decision", "VARCHAR", "what follows", required=True, chinese="判定：" + words(*Decision)
        ),
        columns.AMOUNT,
        PublishedColumn(
            "gives_way_to",
            "VARCHAR",
            "the higher exclusive programme that wins",
            chinese="因不可兼得而让位于的项目",
        ),
        PublishedColumn(
            "why_not",
            "VARCHAR",
            "of an ineligible one: what fails; `gives way to …` or `household served` where all holds",
            chinese="不符合的原因：未满足的条件；"
            "条件都满足的，为让位（gives way to）或同户已享受（household served）",
        ),
    ),
    chinese="判定的简式，理由用编号",
)
DECISION_PATTERN = PublishedTable(
    "decision_pattern",
    "reasons that decisions share: a programme × values of its conditions",
    (
        columns.PROGRAMME,
        _PATTERN,
        PublishedColumn(
            "conditions",
            'STRUCT("name" VARCHAR, "label" VARCHAR, "value" BOOLEAN)[]',
            "every condition's own value; NULL = unknown",
            chinese="各条件及其取值；取值为空即未知",
        ),
        PublishedColumn(
            "missing",
            "STRUCT(fact VARCHAR, extract VARCHAR)[]",
            "the facts that an unknown decision lacks and the extracts that would supply them",
            chinese="缺少的事实及应提供的数据表",
        ),
    ),
    key=("programme", "pattern"),
    chinese="判定的理由",
)
PROGRAMME = PublishedTable(
    "programme",
    "a programme of the policy in force: the names beside the codes",
    (
        columns.PROGRAMME,
        PublishedColumn(
            "programme_name", "VARCHAR", "the programme's Chinese name", required=True, chinese="项目名称"
        ),
        PublishedColumn(
            "mode",
            "VARCHAR",
            "how it is given; NULL = this locality has not switched the programme on",
            values=Mode.codes(),
            chinese="服务方式：" + words(*Mode) + "；空为本地未打开的项目",
        ),
        PublishedColumn("mode_name", "VARCHAR", "the same in Chinese", chinese="服务方式名称"),
        PublishedColumn(
            "lead", "VARCHAR", "who leads, in the document's words", chinese="牵头部门，按文件原文"
        ),
        PublishedColumn(
            "funding", "VARCHAR", "who pays, in the document's words", chinese="支出责任，按文件原文"
        ),
        PublishedColumn(
            "kind",
            "VARCHAR[]",
            "what kind of service it is, in the document's words",
            chinese="服务类型，按文件原文",
        ),
        PublishedColumn("citation", "VARCHAR", "the item of the document", chinese="政策依据（文件、条目）"),
        PublishedColumn(
            "has_amount",
            "BOOLEAN",
            "whether the document gives a sum for it; NULL = not switched on",
            chinese="文件是否规定金额；空为本地未打开的项目",
        ),
        PublishedColumn(
            "amount_is_floor",
            "BOOLEAN",
            "the document gives only the least sum (不低于); NULL = not switched on",
            chinese="文件只规定最低标准（不低于）；空为本地未打开的项目",
        ),
        PublishedColumn(
            "amount_is_ceiling",
            "BOOLEAN",
            "the document gives only the largest sum (不超过); NULL = not switched on",
            chinese="文件只规定最高标准（不超过）；空为本地未打开的项目",
        ),
    ),
    key=("programme",),
    chinese="项目：编码、名称、服务方式、牵头部门、支出责任",
)
PROGRAMME_RULE = PublishedTable(
    "programme_rule",
    "a part of a programme's rule in force: a condition, a figure, a convention",
    (
        columns.PROGRAMME,
        PublishedColumn("part", "VARCHAR", "which part", required=True, chinese="规则的部分"),
        PublishedColumn("label", "VARCHAR", "what it is called, in Chinese", required=True, chinese="名称"),
        PublishedColumn("rule", "VARCHAR", "the rule in words", required=True, chinese="规则内容"),
    ),
    key=("programme", "part"),
    chinese="现行项目规则",
)
SWITCHED_OFF = PublishedTable(
    "switched_off",
    "a programme × switch that is off in this locality",
    (
        columns.PROGRAMME,
        PublishedColumn(
            "programme_name", "VARCHAR", "the programme's Chinese name", required=True, chinese="项目名称"
        ),
        PublishedColumn(
            "switch",
            "VARCHAR",
            "the switch in the parameters file",
            required=True,
            chinese="参数文件中的开关",
        ),
        PublishedColumn(
            "label",
            "VARCHAR",
            "what the document permits, in Chinese",
            required=True,
            chinese="文件允许的内容",
        ),
        PublishedColumn(
            "people",
            "INTEGER",
            "who is paid on nothing but this: outside the audience, no decision and no stop",
            required=True,
            chinese="只凭此开关在享受的人数：不作判定、不停发",
        ),
    ),
    key=("programme", "switch"),
    chinese="本地未打开的开关",
)
