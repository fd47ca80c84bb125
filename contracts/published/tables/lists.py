"""What is worked through: the lines of the lists, what changed in them, and the queue for places."""

from __future__ import annotations

from dataclasses import replace

from contracts.published.chinese import words
from contracts.published.tables import columns
from contracts.published.tables.table import PublishedColumn, PublishedTable
from contracts.vocabulary import Action, Cause, Change, ContactResult, Grade, Mode, RecheckCause, StopEvidence

CANDIDATE = PublishedTable(
    "candidate",
    "a person × programme × action: a line on somebody's list",
    (
        columns.PERSON_ID,
        columns.PROGRAMME,
        PublishedColumn(
            "programme_name", "VARCHAR", "the programme's Chinese name", required=True, chinese="项目名称"
        ),
        PublishedColumn(
            "mode",
            "VARCHAR",
            "how it is given",
            required=True,
            values=Mode.codes(),
            chinese="服务方式：" + words(*Mode),
        ),
        PublishedColumn(
            "action",
            "VARCHAR",
            "what is to be done",
            required=True,
            values=Action.codes(),
            chinese="处理方式：" + words(*Action),
        ),
        PublishedColumn(
            "stop_evidence",
            "VARCHAR",
            "on what a stop rests; absence: only on that delivered extracts do not name the person",
            values=StopEvidence.codes(),
            chinese="停发依据：" + words(*StopEvidence),
        ),
        columns.AMOUNT,
        PublishedColumn(
            "current_amount", "DECIMAL(12,2)", "CNY a month being paid", chinese="现发月金额（元）"
        ),
        PublishedColumn(
            "effective_on",
            "DATE",
            "the day the right begins; upcoming and inform: the day the threshold is reached; stop: the "
            "earliest known day on which a condition that is now false ended; NULL = not known",
            chinese="权利起始日；upcoming、inform 为达到年龄等门槛之日，stop 为不再符合之日",
        ),
        PublishedColumn(
            "first_payment_month",
            "DATE",
            "first day of the month first payable; NULL = 起发月由本地核定 (the document names no day in "
            "force, or the day on which the right begins is not known), or nothing is paid",
            chinese="起发月（该月 1 日）；空为由本地核定",
        ),
        PublishedColumn("reason_text", "VARCHAR", "why, in one Chinese line", required=True, chinese="理由"),
        PublishedColumn(
            "citation",
            "VARCHAR",
            "document, item and words of the clauses that hold",
            chinese="依据：文件、条目及条款原文",
        ),
        PublishedColumn(
            "lead",
            "VARCHAR",
            "牵头部门 or 责任单位; NULL = the document names none",
            chinese="牵头部门或责任单位；空为文件未写",
        ),
        PublishedColumn(
            "funding",
            "VARCHAR",
            "支出责任; NULL = the document names none",
            chinese="支出责任；空为文件未写",
        ),
        PublishedColumn(
            "identity_grade",
            "VARCHAR",
            "the weakest link a fact of its conditions rests on",
            required=True,
            values=Grade.codes(),
            chinese="身份关联把握程度，取本项目各条件依据中最低的：" + words(*Grade),
        ),
        columns.NAME,
        columns.FACT["sex"],
        columns.FACT["age"],
        columns.FACT["birth_date"],
        columns.NUMBER,
        columns.ADDRESS,
        columns.PHONE,
        columns.FACT["area_code"],
        columns.FACT["town_code"],
        columns.HOUSEHOLD,
        PublishedColumn(
            "rule",
            "VARCHAR",
            "the rule that gave the action: action, colon, cause",
            chinese="得出处理方式的规则：处理方式与原因",
        ),
        PublishedColumn(
            "first_seen_on",
            "DATE",
            "the first of the consecutive published nights that have the line with this action; "
            "a merged person's is that of the older id",
            required=True,
            chinese="以同一处理方式连续列入名单的起始日期",
        ),
        PublishedColumn(
            "money_months",
            "INTEGER",
            "add: months due since first_payment_month; stop: months paid without right, from the later "
            "of the first month without right and 起发年月 to 最近发放年月; NULL = not known",
            chinese="涉及月数：新增为起发月以来应发的月数，停发为不再符合之后已发的月数；空为不详",
        ),
        PublishedColumn(
            "money_sum",
            "DECIMAL(14,2)",
            "CNY that those months come to",
            chinese="涉及月数的金额合计（元）",
        ),
        PublishedColumn(
            "last_contact_on",
            "DATE",
            "the last contact about this programme",
            chinese="就该项目最近一次联系的日期",
        ),
        PublishedColumn(
            "last_result",
            "VARCHAR",
            "what came of it",
            values=ContactResult.codes(),
            chinese="最近一次联系的结果",
        ),
        PublishedColumn(
            "town_name",
            "VARCHAR",
            "the town's name; its code where it has none",
            chinese="乡镇街道名称；没有名称的为代码",
        ),
        PublishedColumn(
            "community_name",
            "VARCHAR",
            "the community's name; its code where it has none",
            chinese="村（社区）名称；没有名称的为代码",
        ),
        PublishedColumn(
            "need_class",
            "INTEGER",
            "紧要程度, 1 (most urgent) to 4, by the terms need_class_1 to need_class_3 of the policy",
            required=True,
            chinese="紧要程度，1 最紧要，至 4",
        ),
        PublishedColumn(
            "last_on",
            "DATE",
            "when a recurring service was last given; NULL = never, or not known",
            chinese="定期服务最近一次提供的日期；空为从未或不详",
        ),
        PublishedColumn(
            "due_by",
            "DATE",
            "the last day of the week, month or year in which the service is due; NULL = no period",
            chinese="本期服务的截止日；空为没有周期",
        ),
        PublishedColumn(
            "recheck_cause",
            "VARCHAR",
            "why it is to be looked at again",
            values=RecheckCause.codes(),
            chinese="复核原因：" + words(*RecheckCause),
        ),
        PublishedColumn(
            "last_met_on",
            "DATE",
            "the last day on which a visit or an outreach team met the person; NULL = never",
            chinese="探访人员或社区走访人员最近一次见到本人的日期；空为没有",
        ),
        PublishedColumn(
            "agreed_on",
            "DATE",
            "the day of the person's 同意, where it is the last word of 365 days about this programme",
            chinese="本人同意的日期（一年内就该项目的最近答复为同意的）",
        ),
        PublishedColumn(
            "first_found_on",
            "DATE",
            "of what is paid from the month of finding: the night on which it was first found that the "
            "person is entitled and does not receive it",
            chinese="自发现当月起发的项目：首次发现本人符合而未享受的那一晚",
        ),
    ),
    key=("person_id", "programme", "action"),
    names_persons=True,
    chinese="名单：每行一人一项目一处理方式",
)
CHANGE = PublishedTable(
    "change",
    "a list line that appeared, left, or has another action, amount or effective day than on the last "
    "published night before this date (none on a region's first night)",
    (
        replace(
            columns.PERSON_ID,
            meaning="the person; of one who is in no row tonight, the id of then",
            chinese="人员编号；本次已无此人的为当时的编号",
        ),
        columns.PROGRAMME,
        PublishedColumn(
            "programme_name", "VARCHAR", "the programme's Chinese name", required=True, chinese="项目名称"
        ),
        PublishedColumn(
            "change",
            "VARCHAR",
            "what became of the line",
            required=True,
            values=Change.codes(),
            chinese="变化：" + words(*Change),
        ),
        PublishedColumn(
            "action_before",
            "VARCHAR",
            "the action then; NULL = no line",
            values=Action.codes(),
            chinese="此前的处理方式；空为不在名单",
        ),
        PublishedColumn(
            "action",
            "VARCHAR",
            "the action now; NULL = no line",
            values=Action.codes(),
            chinese="处理方式（空为不在名单）：" + words(*Action),
        ),
        PublishedColumn(
            "amount_before", "DECIMAL(12,2)", "amount_monthly then", chinese="此前按规定的月标准（元）"
        ),
        PublishedColumn("amount", "DECIMAL(12,2)", "amount_monthly now", chinese="按规定的月标准（元）"),
        PublishedColumn("effective_before", "DATE", "effective_on then", chinese="此前的权利起始日"),
        PublishedColumn("effective_on", "DATE", "effective_on now", chinese="权利起始日"),
        PublishedColumn(
            "cause",
            "VARCHAR",
            "the main cause: the first of `causes`",
            required=True,
            values=Cause.codes(),
            chinese="主要原因：" + words(*Cause),
        ),
        PublishedColumn(
            "causes",
            "VARCHAR[]",
            "every cause found, in this order: identity (who it is was corrected), policy, delivery (an "
            "extract came or stayed away), birthday, time (a validity or window ran out), data, other",
            required=True,
            chinese="全部原因，按主次排列",
        ),
        PublishedColumn(
            "cause_text", "VARCHAR", "the causes in one Chinese line", required=True, chinese="原因说明"
        ),
        PublishedColumn(
            "compared_with",
            "DATE",
            "date of the night compared with",
            required=True,
            chinese="所比较的发布日期",
        ),
        PublishedColumn(
            "compared_run",
            "VARCHAR",
            "run of the night compared with",
            required=True,
            chinese="所比较的运行",
        ),
    ),
    key=("person_id", "programme"),
    chinese="与此前最近一次发布相比的名单变化",
)
WAITING_LIST = PublishedTable(
    "waiting_list",
    "a person who agreed to a place in a public institution, is eligible and has none yet × programme",
    (
        columns.PERSON_ID,
        columns.PROGRAMME,
        PublishedColumn(
            "class",
            "VARCHAR",
            "the class of the queue in the region's policy file: the first that is known to hold",
            required=True,
            chinese="轮候类别（政策文件 queue 的 classes）：按顺序第一个确知符合的",
        ),
        PublishedColumn(
            "place",
            "BIGINT",
            "the place in the programme's queue, from 1: by class, ability level, day of the answer",
            required=True,
            chinese="轮候位次，从 1 起：先按类别，再按失能程度，再按同意日期",
        ),
        PublishedColumn(
            "agreed_on", "DATE", "the day on which the person agreed", required=True, chinese="同意日期"
        ),
        PublishedColumn(
            "reason_text",
            "VARCHAR",
            "why this place, in one Chinese line",
            required=True,
            chinese="排在此位的理由",
        ),
    ),
    key=("person_id", "programme"),
    names_persons=True,
    chinese="公办养老机构轮候：已同意、符合条件、尚未入住的人",
)
