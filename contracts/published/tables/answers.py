"""Answers: of persons who were contacted, and of departments to the questions put to them."""

from __future__ import annotations

from dataclasses import replace

from contracts.published.chinese import words
from contracts.published.tables import columns
from contracts.published.tables.table import PublishedColumn, PublishedTable
from contracts.vocabulary import ContactResult, Grade, QuestionAnswer, QuestionStatus

OUTCOME = PublishedTable(
    "outcome",
    "an answer in the region's log, as far as the night knows it: remembered, or added by its batch",
    (
        PublishedColumn(
            "lot",
            "BIGINT",
            "the delivery of answers, counted from 1",
            required=True,
            chinese="答复批次，从 1 起",
        ),
        PublishedColumn(
            "received_on",
            "DATE",
            "the night on which it was received",
            required=True,
            chinese="收到的日期",
        ),
        PublishedColumn(
            "via",
            "VARCHAR",
            "how it came; landing: in a batch",
            required=True,
            chinese="收到的途径；landing 为随数据批次",
        ),
        replace(
            columns.PERSON_ID,
            meaning="the person, by the id of that night",
            chinese="人员编号（收到当日的编号）",
        ),
        columns.PROGRAMME,
        PublishedColumn(
            "result",
            "VARCHAR",
            "what came of the contact",
            required=True,
            values=ContactResult.codes(),
            chinese="联系结果",
        ),
        PublishedColumn("contacted_on", "DATE", "day of the contact", required=True, chinese="联系日期"),
        PublishedColumn("handler", "VARCHAR", "经办人", chinese="经办人"),
        PublishedColumn(
            "grade",
            "VARCHAR",
            "of the link to the person; possible: a refusal that may be this person's",
            required=True,
            values=(*Grade.codes(), "possible"),
            chinese="关联把握程度（possible 为可能属于此人的拒绝）：" + words(*Grade),
        ),
        PublishedColumn(
            "about",
            "VARCHAR",
            "the rule of the list line that was answered",
            chinese="所答复名单行的规则",
        ),
        PublishedColumn(
            "row_number",
            "BIGINT",
            "row in outreach_outcome of that night",
            chinese="当日联系结果表中的行号",
        ),
    ),
    chinese="联系结果",
)
QUESTION = PublishedTable(
    "question",
    "a question to a department about its own data: open, answered, or closed within a year",
    (
        PublishedColumn(
            "question_id",
            "VARCHAR",
            "lasts over nights; reveals nothing",
            required=True,
            chinese="问题编号：各次发布不变，不含个人信息",
        ),
        PublishedColumn("department", "VARCHAR", "whom it is put to", required=True, chinese="询问的部门"),
        columns.EXTRACT,
        PublishedColumn(
            "file",
            "VARCHAR",
            "the delivered file, on the last night that raised it",
            chinese="交付的文件（最近一次提出该问题时）",
        ),
        PublishedColumn(
            "sheet_line", "BIGINT", "line there as the department sees it", chinese="部门原文件中的行号"
        ),
        PublishedColumn(
            "row_number",
            "BIGINT",
            "row in the extract; NULL: about no single row",
            chinese="数据表中的行号；空为不涉及单独一行",
        ),
        PublishedColumn("kind", "VARCHAR", "what it is about, in Chinese", required=True, chinese="问题类别"),
        PublishedColumn("text", "VARCHAR", "what disagrees, in Chinese", required=True, chinese="问题内容"),
        PublishedColumn(
            "first_asked_on",
            "DATE",
            "the first night with the question",
            required=True,
            chinese="首次提出日期",
        ),
        PublishedColumn(
            "due_by", "DATE", "the day by which it is to be answered", required=True, chinese="答复期限"
        ),
        PublishedColumn(
            "status",
            "VARCHAR",
            "what has become of it",
            required=True,
            values=QuestionStatus.codes(),
            chinese="状态：" + words(*QuestionStatus),
        ),
        PublishedColumn("answer", "VARCHAR", "what the department wrote", chinese="部门的答复"),
        PublishedColumn("answered_on", "DATE", "the day of the answer", chinese="答复日期"),
        PublishedColumn(
            "worth",
            "DECIMAL(12,2)",
            "CNY a month on lines that it holds up, or that its row pays",
            chinese="涉及的月金额（元）",
        ),
        PublishedColumn("sheet", "VARCHAR", "the worksheet, of a workbook", chinese="工作表名称"),
        PublishedColumn(
            "role",
            "VARCHAR",
            "of a marriage row: whom it is about, in Chinese",
            chinese="婚姻登记行所指的一方",
        ),
        PublishedColumn("name", "VARCHAR", "as the department's row has it", chinese="姓名，按部门数据"),
        PublishedColumn(
            "id_number",
            "VARCHAR",
            "as the department's row has it, masked",
            chinese="公民身份号码，按部门数据，已遮盖",
        ),
        PublishedColumn(
            "answer_word",
            "VARCHAR",
            "the answer where it is one of the fixed words",
            values=QuestionAnswer.codes(),
            chinese="答复的固定用语",
        ),
        PublishedColumn(
            "closed_on",
            "DATE",
            "the night from which it was settled or withdrawn",
            chinese="解决或撤回的日期",
        ),
        PublishedColumn(
            "person_id",
            "VARCHAR",
            "the person, where it is about a linked row",
            chinese="人员编号，问题涉及已关联的行时填写",
        ),
        PublishedColumn(
            "rests_on",
            "VARCHAR",
            "the other extract without which the question cannot be raised",
            chinese="提出该问题还需要的另一数据表",
        ),
        PublishedColumn(
            "row_fingerprint",
            "VARCHAR",
            "a fingerprint of the row's content",
            chinese="该行内容的指纹，用于判断内容是否变化",
        ),
    ),
    key=("question_id",),
    chinese="向部门提出的核对问题",
)
