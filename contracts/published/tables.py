"""The tables of a release's ``mart.duckdb``: columns, types, meaning, what may be missing, what is unique.

One entry a table, in the order in which a reader meets them. The facts of ``mart.person`` are those of
``contracts.facts``, defined once there. More columns may be added; these keep their names and meaning.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from contracts.facts import FACT_GROUPS, FACTS
from contracts.published.chinese import words
from contracts.vocabulary import (
    Action,
    AreaLevel,
    Cause,
    Change,
    ContactResult,
    Decision,
    DeliveryStatus,
    Grade,
    Measure,
    Mode,
    QuestionAnswer,
    QuestionStatus,
    RecheckCause,
    Role,
    Sex,
    StopEvidence,
)


@dataclass(frozen=True)
class PublishedColumn:
    """A column: DuckDB type, meaning, whether a value is always there, its only values if they are few.

    ``chinese``: what it is called, as a comment in the published file; every column has it.
    """

    name: str
    sql_type: str
    meaning: str
    required: bool = False
    values: tuple[str, ...] = ()
    chinese: str = ""


@dataclass(frozen=True)
class PublishedTable:
    """A table: what one row is, its columns, the columns that identify its rows (none: rows may repeat).

    ``names_persons``: its ``person_id`` must be in ``mart.person``. ``single``: it has exactly one row.
    ``chinese``: the same of the table in Chinese, as a comment in the published file.
    """

    name: str
    row: str
    columns: tuple[PublishedColumn, ...]
    key: tuple[str, ...] = ()
    names_persons: bool = False
    single: bool = False
    chinese: str = ""

    @property
    def table(self) -> str:
        """The name with its schema."""
        return f"mart.{self.name}"


GRADES = Grade.codes()
CAUSES = Cause.codes()
RESULTS = ContactResult.codes()
ACTIONS = Action.codes()

_PERSON_ID = PublishedColumn(
    "person_id",
    "VARCHAR",
    "stable, opaque id of the person; reveals nothing about the person",
    required=True,
    chinese="人员编号，见 mart.person",
)
_PROGRAMME = PublishedColumn(
    "programme", "VARCHAR", "the programme's id in the policy", required=True, chinese="项目编码"
)
_EXTRACT = PublishedColumn("extract", "VARCHAR", "the extract", required=True, chinese="数据表")
_ROW_NUMBER = PublishedColumn(
    "row_number",
    "BIGINT",
    "row in the extract, from 1 over its parts",
    required=True,
    chinese="数据表中的行号，从 1 起（分几个文件的连续编号）",
)
_ROLE = PublishedColumn(
    "role",
    "VARCHAR",
    "empty, or the side of a marriage row",
    required=True,
    values=("", *Role.codes()),
    chinese="婚姻登记行中的一方（" + words(*Role) + "）；其他数据表为空字符串",
)
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
    _EXTRACT,
    _ROW_NUMBER,
    _ROLE,
    PublishedColumn(
        "detail",
        "VARCHAR",
        "the category, scheme or programme of the row, or the day on which it ran out",
        chinese="该行说明的类别、险种或项目，或到期日",
    ),
)
_AMOUNT = PublishedColumn(
    "amount_monthly",
    "DECIMAL(12,2)",
    "CNY a month by the rule; NULL = 待地方核定, or not known",
    chinese="按规定的月标准（元）；空为待地方核定或不详",
)
_HOUSEHOLD = PublishedColumn(
    "household_id",
    "VARCHAR",
    "户号 of the 正常 register row that counts; NULL where it is no household",
    chinese="户号；空为没有可用的户号",
)
_NAME = PublishedColumn("name", "VARCHAR", "姓名 as delivered", chinese="姓名，按部门数据")
_NUMBER = PublishedColumn(
    "id_number",
    "VARCHAR",
    "公民身份号码 that the person's rows agree on; as delivered where it is damaged; NULL where only another "
    "person's number is on the row",
    chinese="公民身份号码；部门数据有误的照录，行上只有他人号码的为空",
)
_ADDRESS = PublishedColumn(
    "address",
    "VARCHAR",
    "where to find the person: the latest of three years' contacts, else 居住地址, else older, else 户籍地址",
    chinese="联系地址：三年内最近的联系地址，其次居住地址、更早的联系地址、户籍地址",
)
_PHONE = PublishedColumn(
    "phone",
    "VARCHAR",
    "the same for a phone that can ring",
    chinese="联系电话：选取顺序同联系地址，只取能拨通的号码",
)
_BEFORE_FACTS = (
    replace(_PERSON_ID, chinese="人员编号：固定不变，不含个人信息"),
    PublishedColumn("region", "VARCHAR", "the policy region", required=True, chinese="地区"),
    _NAME,
    _NUMBER,
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
    _ADDRESS,
    PublishedColumn(
        "address_source", "VARCHAR", "the extract that gave the address", chinese="联系地址来自的数据表"
    ),
    PublishedColumn(
        "address_date",
        "DATE",
        "the day on which it was given; NULL = not stated",
        chinese="联系地址的提供日期；空为未注明",
    ),
    _PHONE,
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
_PUBLISHED_OTHERWISE = {
    "hardship_rolls": PublishedColumn(
        "hardship_rolls",
        "VARCHAR[]",
        "救助类别: names of all current rolls, in the order of their codes; [] = on no roll",
        chinese="救助类别：现在册的全部类别；空列表为均不在册",
    ),
}
_NEVER_UNKNOWN = ("alive", "registered")
_FACTS = tuple(
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
    for fact in FACTS
)
_FACT = {column.name: column for column in _FACTS}
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
        values=GRADES,
        chinese="身份关联把握程度，取各事实依据中最低的：" + words(*Grade),
    ),
)

_BITS = (
    PublishedColumn(
        "prior_weight",
        "DOUBLE",
        "log2 of the chance before any evidence",
        required=True,
        chinese="先验权重（比特）",
    ),
    PublishedColumn(
        "weight",
        "DOUBLE",
        "the total, the prior in it, in bits",
        required=True,
        chinese="总权重，含先验权重（比特）",
    ),
)
_COMPARISON = 'STRUCT(field VARCHAR, "level" VARCHAR, "label" VARCHAR, weight DOUBLE)[]'
_INDICATOR = PublishedColumn(
    "indicator",
    "VARCHAR",
    "its id in the policy, with a programme's id behind a dot: of that programme",
    True,
    chinese="指标编号；点号之后为项目编码",
)
_FIGURES = (
    PublishedColumn("numerator", "DOUBLE", "who counts, of the denominator", chinese="分子"),
    PublishedColumn(
        "denominator",
        "DOUBLE",
        "persons (with programmes: persons × programme) of whom all is known",
        chinese="分母：情况全部已知的人（涉及多个项目的为人次）",
    ),
    PublishedColumn("value", "DOUBLE", "numerator over denominator", chinese="指标值：分子除以分母"),
    PublishedColumn(
        "unknown",
        "DOUBLE",
        "persons of whom it is not known whether they belong to the one or the other",
        chinese="尚不能确定是否计入的人数",
    ),
    PublishedColumn(
        "lowest",
        "DOUBLE",
        "the least that value can be, however the unknown turn out",
        chinese="不能确定的情况下可能的最低值",
    ),
    PublishedColumn("highest", "DOUBLE", "the most that it can be", chinese="不能确定的情况下可能的最高值"),
    PublishedColumn(
        "reached",
        "BOOLEAN",
        "whether the target is met; NULL = no figure, not computed, or the unknown decide",
        chinese="是否达到目标；空为没有数值、未计算或不能确定",
    ),
)
_SIDES = tuple(
    PublishedColumn(
        f"{side}_{part}",
        kind,
        f"{side} source record: {meaning}",
        required=True,
        chinese=f"{named}：{chinese}",
    )
    for side, named in (("left", "左边记录"), ("right", "右边记录"))
    for part, kind, meaning, chinese in (
        ("extract", "VARCHAR", "extract", "数据表"),
        ("row_number", "BIGINT", "row number", "数据表中的行号"),
        ("role", "VARCHAR", "role in a marriage row, else empty", "婚姻登记行中的一方，其他为空字符串"),
    )
)

PERSON = PublishedTable(
    "person",
    "a person: a row of the household register, or of other extracts only",
    (*_BEFORE_FACTS, *_FACTS, *_AFTER_FACTS),
    key=("person_id",),
    chinese="人员：每行一人，户籍登记或其他数据表中的人",
)
TABLES: tuple[PublishedTable, ...] = (
    PERSON,
    PublishedTable(
        "identity_link",
        "an accepted row, linked to a person (a marriage row gives two, by role)",
        (
            _EXTRACT,
            _ROW_NUMBER,
            _ROLE,
            replace(
                _PERSON_ID,
                meaning="the person; under review, the person proposed",
                chinese="人员编号；待核对的为拟关联的人",
            ),
            PublishedColumn(
                "grade",
                "VARCHAR",
                "how sure; register rows are exact",
                required=True,
                values=GRADES,
                chinese="关联把握程度：" + words(*Grade),
            ),
            PublishedColumn(
                "score", "DOUBLE", "probability of the link, 0 to 1", chinese="属于同一人的概率，0 至 1"
            ),
            PublishedColumn("method", "VARCHAR", "the way the link was found", chinese="关联方式"),
            PublishedColumn(
                "reasons",
                "VARCHAR",
                "why, in Chinese, without personal data",
                chinese="关联理由，不含个人信息",
            ),
            PublishedColumn(
                "pattern",
                "INTEGER",
                "the evidence of number and name (identity_pattern); NULL: linked otherwise",
                chinese="号码与姓名的比对样式编号，见 mart.identity_pattern；空为其他方式关联",
            ),
        ),
        key=("extract", "row_number", "role"),
        names_persons=True,
        chinese="身份关联：每个接收的行关联到的人（婚姻登记行为两人）",
    ),
    PublishedTable(
        "identity_pattern",
        "a way in which number and name, a published id or a clerk linked rows to persons",
        (
            PublishedColumn(
                "pattern",
                "INTEGER",
                "as in identity_link",
                required=True,
                chinese="比对样式编号，与 mart.identity_link 一致",
            ),
            PublishedColumn(
                "label", "VARCHAR", "what linked the row, in Chinese", required=True, chinese="关联依据"
            ),
            *_BITS,
            PublishedColumn(
                "comparison",
                _COMPARISON,
                "the comparison, field by field",
                required=True,
                chinese="逐项比对结果",
            ),
        ),
        key=("pattern",),
        chinese="号码与姓名的比对样式",
    ),
    PublishedTable(
        "identity_quality",
        "how well rows are linked, as far as it can be measured without the truth: measure × extract × grade",
        (
            PublishedColumn("measure", "VARCHAR", "what is measured", required=True, chinese="统计项"),
            PublishedColumn(
                "extract",
                "VARCHAR",
                "the extract; empty: all",
                required=True,
                chinese="数据表；空字符串为全部",
            ),
            PublishedColumn(
                "grade",
                "VARCHAR",
                "the grade; empty: all; or automatic",
                required=True,
                chinese="把握程度；空字符串为全部，automatic 为自动关联",
            ),
            PublishedColumn("value", "DOUBLE", "count, or share", required=True, chinese="行数，或占比"),
        ),
        key=("measure", "extract", "grade"),
        chinese="关联质量的统计",
    ),
    PublishedTable(
        "identity_weight",
        "a comparison level with the match weight in force",
        (
            PublishedColumn("field", "VARCHAR", "the compared field", required=True, chinese="比对项"),
            PublishedColumn(
                "level", "VARCHAR", "how far the two sides agree", required=True, chinese="一致程度代码"
            ),
            PublishedColumn("label", "VARCHAR", "the level in Chinese", required=True, chinese="一致程度"),
            PublishedColumn(
                "weight", "DOUBLE", "log2(m/u), in bits", required=True, chinese="现用权重（比特）"
            ),
            PublishedColumn(
                "shipped_weight",
                "DOUBLE",
                "the weight before a region learns",
                required=True,
                chinese="学习本地数据之前的初始权重（比特）",
            ),
            PublishedColumn(
                "seen",
                "DOUBLE",
                "rows of one person at the level when it was learned",
                chinese="学习时同一人的行中属于该一致程度的行数",
            ),
        ),
        key=("field", "level"),
        chinese="各比对项各一致程度的权重",
    ),
    PublishedTable(
        "identity_evidence",
        "an accepted row linked, or proposed, by all its evidence",
        (
            _EXTRACT,
            PublishedColumn(
                "row_number", "BIGINT", "row in the extract", required=True, chinese="数据表中的行号"
            ),
            PublishedColumn(
                "role",
                "VARCHAR",
                "empty, or the side of a marriage row",
                required=True,
                chinese="婚姻登记行中的一方：husband 夫，wife 妻；其他数据表为空",
            ),
            replace(
                _PERSON_ID,
                meaning="the person; under review, the person proposed",
                chinese="人员编号；待核对的为拟关联的人",
            ),
            *_BITS,
            PublishedColumn(
                "probability",
                "DOUBLE",
                "that it is this person, against all others and nobody",
                chinese="属于此人的概率，0 至 1",
            ),
            PublishedColumn(
                "comparison",
                _COMPARISON,
                "the comparison, field by field",
                required=True,
                chinese="逐项比对结果",
            ),
        ),
        key=("extract", "row_number", "role"),
        names_persons=True,
        chinese="按全部依据关联的行及其比对结果",
    ),
    PublishedTable(
        "identity_review",
        "a pair of source records that a clerk should decide",
        (
            PublishedColumn(
                "pair_id",
                "VARCHAR",
                "the pair's id, by which the clerk's word comes back",
                required=True,
                chinese="待核对的一对记录的编号，核对结果按此编号交回",
            ),
            *_SIDES,
            PublishedColumn(
                "left_person_id",
                "VARCHAR",
                "the left record's own person, if it has one",
                chinese="左边记录已有的人员编号；空为没有",
            ),
            PublishedColumn(
                "proposed_person_id", "VARCHAR", "the person proposed", chinese="拟关联的人员编号"
            ),
            PublishedColumn(
                "score",
                "DOUBLE",
                "probability that they are one person, 0 to 1",
                chinese="属于同一人的概率，0 至 1",
            ),
            PublishedColumn(
                "comparison", _COMPARISON, "the comparison, field by field", chinese="逐项比对结果"
            ),
            PublishedColumn(
                "subject",
                "VARCHAR",
                "what a clerk's decision names",
                required=True,
                chinese="核对结果所指的记录",
            ),
            PublishedColumn(
                "other_subject",
                "VARCHAR",
                "of a pair of register rows: the other one",
                chinese="两条户籍登记行相核对时的另一条记录",
            ),
        ),
        key=("pair_id",),
        chinese="待人工核对的成对记录",
    ),
    PublishedTable(
        "identity_review_record",
        "a record of a pair that a clerk should decide: what it says of the person, as delivered",
        (
            PublishedColumn(
                "pair_id", "VARCHAR", "the pair", required=True, chinese="待核对的一对记录的编号"
            ),
            PublishedColumn(
                "side",
                "VARCHAR",
                "which of the two records",
                required=True,
                values=("left", "right"),
                chinese="哪一边：left 待归集的记录，right 户籍登记的记录",
            ),
            _EXTRACT,
            _ROW_NUMBER,
            _ROLE,
            PublishedColumn("name", "VARCHAR", "the name in the row", chinese="该行的姓名"),
            PublishedColumn(
                "id_number", "VARCHAR", "the identity number in the row", chinese="该行的身份证号"
            ),
            PublishedColumn("birth_date", "DATE", "the birth date in the row", chinese="该行的出生日期"),
            PublishedColumn(
                "sex",
                "VARCHAR",
                "the sex in the row",
                values=Sex.codes(),
                chinese="该行的性别：" + words(*Sex),
            ),
            PublishedColumn(
                "address",
                "VARCHAR",
                "the address, as addresses are compared",
                chinese="该行的地址（按比对口径整理）",
            ),
            PublishedColumn("phone", "VARCHAR", "the phone number in the row", chinese="该行的电话"),
            PublishedColumn(
                "household_no", "VARCHAR", "the household number in the row", chinese="该行的户号"
            ),
            PublishedColumn("area_code", "VARCHAR", "the area code in the row", chinese="该行的区划代码"),
        ),
        key=("pair_id", "side"),
        chinese="待人工核对的成对记录：每行一条记录的内容",
    ),
    PublishedTable(
        "identity_possible",
        "a person × source row that is in quarantine, or linked to nobody, or not clearly, and could be the "
        "person's: nothing is stopped because a row is missing that may be this one",
        (
            _PERSON_ID,
            _EXTRACT,
            _ROW_NUMBER,
            _ROLE,
            PublishedColumn(
                "reason", "VARCHAR", "what points at the person", required=True, chinese="可能属于此人的理由"
            ),
        ),
        names_persons=True,
        chinese="可能属于某人而未能关联的行：因此不停发",
    ),
    PublishedTable(
        "fact_source",
        "a person × group of facts × source row that they rest on: of several for the same, the one "
        "that counts. A view",
        (_PERSON_ID, *_FACT_SOURCE),
        chinese="事实来源：每人各组事实所依据的行",
    ),
    PublishedTable(
        "fact_source_row",
        "a row of `mart.fact_source` without the person, who is in `mart.identity_link`",
        _FACT_SOURCE,
        chinese="事实来源的行，不含人员编号",
    ),
    PublishedTable(
        "decision",
        "a person × programme that is eligible, unknown, or ineligible and being received",
        (
            _PERSON_ID,
            _PROGRAMME,
            PublishedColumn(
                "decision",
                "VARCHAR",
                "what follows",
                required=True,
                values=Decision.codes(),
                chinese="判定：" + words(*Decision),
            ),
            _AMOUNT,
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
    ),
    PublishedTable(
        "decision_row",
        "a row of `mart.decision`, which is a view: its reasons by number",
        (
            _PERSON_ID,
            _PROGRAMME,
            _PATTERN,
            PublishedColumn(
                "decision", "VARCHAR", "what follows", required=True, chinese="判定：" + words(*Decision)
            ),
            _AMOUNT,
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
    ),
    PublishedTable(
        "decision_pattern",
        "reasons that decisions share: a programme × values of its conditions",
        (
            _PROGRAMME,
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
    ),
    PublishedTable(
        "candidate",
        "a person × programme × action: a line on somebody's list",
        (
            _PERSON_ID,
            _PROGRAMME,
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
                values=ACTIONS,
                chinese="处理方式：" + words(*Action),
            ),
            PublishedColumn(
                "stop_evidence",
                "VARCHAR",
                "on what a stop rests; absence: only on that delivered extracts do not name the person",
                values=StopEvidence.codes(),
                chinese="停发依据：" + words(*StopEvidence),
            ),
            _AMOUNT,
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
            PublishedColumn(
                "reason_text", "VARCHAR", "why, in one Chinese line", required=True, chinese="理由"
            ),
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
                values=GRADES,
                chinese="身份关联把握程度，取本项目各条件依据中最低的：" + words(*Grade),
            ),
            _NAME,
            _FACT["sex"],
            _FACT["age"],
            _FACT["birth_date"],
            _NUMBER,
            _ADDRESS,
            _PHONE,
            _FACT["area_code"],
            _FACT["town_code"],
            _HOUSEHOLD,
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
                "last_result", "VARCHAR", "what came of it", values=RESULTS, chinese="最近一次联系的结果"
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
    ),
    PublishedTable(
        "programme",
        "a programme of the policy in force: the names beside the codes",
        (
            _PROGRAMME,
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
            PublishedColumn(
                "citation", "VARCHAR", "the item of the document", chinese="政策依据（文件、条目）"
            ),
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
    ),
    PublishedTable(
        "code",
        "a code that stands in a column, with its Chinese name",
        (
            PublishedColumn(
                "column_name",
                "VARCHAR",
                "the column in which the code stands; where columns of one name hold different codes, with "
                "the table before it (`question.status`); of a list, its elements",
                required=True,
                chinese="代码所在的列；同名列含义不同的，前加表名（如 question.status）",
            ),
            PublishedColumn("code", "VARCHAR", "the code, as text", required=True, chinese="代码（文本）"),
            PublishedColumn("name", "VARCHAR", "its Chinese name", required=True, chinese="中文名称"),
            PublishedColumn(
                "position", "INTEGER", "the order within the column", required=True, chinese="顺序"
            ),
        ),
        key=("column_name", "code"),
        chinese="各列代码的中文名称",
    ),
    PublishedTable(
        "switched_off",
        "a programme × switch that is off in this locality",
        (
            _PROGRAMME,
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
    ),
    PublishedTable(
        "change",
        "a list line that appeared, left, or has another action, amount or effective day than on the last "
        "published night before this date (none on a region's first night)",
        (
            replace(
                _PERSON_ID,
                meaning="the person; of one who is in no row tonight, the id of then",
                chinese="人员编号；本次已无此人的为当时的编号",
            ),
            _PROGRAMME,
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
                values=ACTIONS,
                chinese="此前的处理方式；空为不在名单",
            ),
            PublishedColumn(
                "action",
                "VARCHAR",
                "the action now; NULL = no line",
                values=ACTIONS,
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
                values=CAUSES,
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
    ),
    PublishedTable(
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
                _PERSON_ID,
                meaning="the person, by the id of that night",
                chinese="人员编号（收到当日的编号）",
            ),
            _PROGRAMME,
            PublishedColumn(
                "result",
                "VARCHAR",
                "what came of the contact",
                required=True,
                values=RESULTS,
                chinese="联系结果",
            ),
            PublishedColumn("contacted_on", "DATE", "day of the contact", required=True, chinese="联系日期"),
            PublishedColumn("handler", "VARCHAR", "经办人", chinese="经办人"),
            PublishedColumn(
                "grade",
                "VARCHAR",
                "of the link to the person; possible: a refusal that may be this person's",
                required=True,
                values=(*GRADES, "possible"),
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
    ),
    PublishedTable(
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
            PublishedColumn(
                "department", "VARCHAR", "whom it is put to", required=True, chinese="询问的部门"
            ),
            _EXTRACT,
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
            PublishedColumn(
                "kind", "VARCHAR", "what it is about, in Chinese", required=True, chinese="问题类别"
            ),
            PublishedColumn(
                "text", "VARCHAR", "what disagrees, in Chinese", required=True, chinese="问题内容"
            ),
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
    ),
    PublishedTable(
        "programme_rule",
        "a part of a programme's rule in force: a condition, a figure, a convention",
        (
            _PROGRAMME,
            PublishedColumn("part", "VARCHAR", "which part", required=True, chinese="规则的部分"),
            PublishedColumn(
                "label", "VARCHAR", "what it is called, in Chinese", required=True, chinese="名称"
            ),
            PublishedColumn("rule", "VARCHAR", "the rule in words", required=True, chinese="规则内容"),
        ),
        key=("programme", "part"),
        chinese="现行项目规则",
    ),
    PublishedTable(
        "quarantine",
        "a quarantined row, or a cell whose value counts as missing",
        (
            _EXTRACT,
            PublishedColumn(
                "row_number",
                "BIGINT",
                "row in the extract, from 1 over its parts",
                chinese="数据表中的行号，从 1 起（分几个文件的连续编号）",
            ),
            PublishedColumn("file", "VARCHAR", "the delivered file", chinese="交付的文件"),
            PublishedColumn(
                "severity",
                "VARCHAR",
                "row: not accepted; value: row kept, value missing (an answer dated ahead: not used yet)",
                required=True,
                values=("row", "value"),
                chinese="程度：row 整行不接收，value 该行接收而该值视为缺失",
            ),
            PublishedColumn(
                "rule", "VARCHAR", "the rule that was broken", required=True, chinese="未满足的规则"
            ),
            PublishedColumn(
                "column_name", "VARCHAR", "the column, if it is one", chinese="列名；空为不涉及单独一列"
            ),
            PublishedColumn(
                "message",
                "VARCHAR",
                "what is wrong, without the person's data",
                chinese="问题说明，不含个人信息",
            ),
            PublishedColumn("sheet", "VARCHAR", "the worksheet, of a workbook", chinese="工作表名称"),
            PublishedColumn(
                "sheet_line",
                "BIGINT",
                "where the row begins as its department sees it: line of the text file, row of the worksheet "
                "or parquet file; header and blank lines counted",
                chinese="部门原文件中该行开始的行号，含表头和空行",
            ),
        ),
        chinese="未接收的行和视为缺失的值",
    ),
    PublishedTable(
        "delivery",
        "a delivered file, or an extract that is absent (file NULL)",
        (
            _EXTRACT,
            PublishedColumn("file", "VARCHAR", "the file's name", chinese="文件名；空为未送达"),
            PublishedColumn("sha256", "VARCHAR", "its SHA-256", chinese="文件的 SHA-256 校验值"),
            PublishedColumn("encoding", "VARCHAR", "the encoding that was found", chinese="识别出的字符编码"),
            PublishedColumn("rows_read", "BIGINT", "rows in the file", chinese="读到的行数"),
            PublishedColumn("rows_accepted", "BIGINT", "rows taken in", chinese="接收的行数"),
            PublishedColumn(
                "rows_quarantined", "BIGINT", "rows in quarantine", chinese="未接收（隔离）的行数"
            ),
            PublishedColumn(
                "status",
                "VARCHAR",
                "what became of it",
                required=True,
                values=DeliveryStatus.codes(),
                chinese="接收情况：" + words(*DeliveryStatus),
            ),
            PublishedColumn("message", "VARCHAR", "the reason, for a refused file", chinese="文件拒收的原因"),
        ),
        chinese="各数据表的交付文件和接收情况",
    ),
    PublishedTable(
        "statistic",
        "an area × programme × measure",
        (
            PublishedColumn(
                "area_code",
                "VARCHAR",
                "the region's own 6 digits (everybody), a district's 6, a town's 9, a community's 12",
                required=True,
                chinese="行政区划代码：全区 6 位、区县 6 位、乡镇街道 9 位、村（社区）12 位",
            ),
            _PROGRAMME,
            PublishedColumn(
                "measure",
                "VARCHAR",
                "what is measured",
                required=True,
                values=Measure.codes(),
                chinese="统计项：" + words(*Measure),
            ),
            PublishedColumn(
                "value",
                "DOUBLE",
                "persons, list lines, a share of 1 (coverage: of the eligible, those who receive), or CNY "
                "a month due to the eligible; NULL = not known",
                chinese="人数、名单行数、占比（覆盖率）或金额（元/月）；空为不能得出",
            ),
        ),
        key=("area_code", "programme", "measure"),
        chinese="分地区、分项目统计",
    ),
    PublishedTable(
        "area",
        "an area to which somebody or a name of `areas/<region>.csv` belongs",
        (
            PublishedColumn(
                "area_code",
                "VARCHAR",
                "the region's own 6 digits, a district's 6, a town's 9, a community's 12",
                required=True,
                chinese="行政区划代码：全区 6 位、区县 6 位、乡镇街道 9 位、村（社区）12 位",
            ),
            PublishedColumn(
                "level",
                "VARCHAR",
                "what it is",
                required=True,
                values=AreaLevel.codes(),
                chinese="级别：" + words(*AreaLevel),
            ),
            PublishedColumn(
                "name",
                "VARCHAR",
                "its name; its code where nobody named it",
                required=True,
                chinese="名称；没有名称的为代码",
            ),
            PublishedColumn(
                "parent", "VARCHAR", "the area above it; NULL = the region", chinese="上级区划代码"
            ),
        ),
        key=("area_code",),
        chinese="行政区划：全区、区县、乡镇街道、村（社区）的代码和名称",
    ),
    PublishedTable(
        "waiting_list",
        "a person who agreed to a place in a public institution, is eligible and has none yet × programme",
        (
            _PERSON_ID,
            _PROGRAMME,
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
    ),
    PublishedTable(
        "statistic_group",
        "a dimension × group of programmes × measure, for the whole region",
        (
            PublishedColumn(
                "dimension",
                "VARCHAR",
                "by what programmes are grouped",
                required=True,
                values=("lead", "funding", "kind"),
                chinese="分组方式：lead 牵头部门，funding 支出责任，kind 服务类型",
            ),
            PublishedColumn(
                "group_name",
                "VARCHAR",
                "the group, in the document's words; NULL = the document names none",
                chinese="组，按文件原文；空为文件未写",
            ),
            PublishedColumn(
                "measure",
                "VARCHAR",
                "what is summed over the group's programmes",
                required=True,
                values=("programmes", "eligible", "receiving", "coverage", "monthly_amount"),
                chinese="统计项：项目数、符合人次、享受人次、覆盖率、月应发金额",
            ),
            PublishedColumn(
                "value",
                "DOUBLE",
                "programmes, persons × programme, a share of 1, or CNY a month; NULL = not known",
                chinese="值",
            ),
        ),
        key=("dimension", "group_name", "measure"),
        chinese="全区统计，按牵头部门、支出责任、服务类型分组",
    ),
    PublishedTable(
        "statistic_need",
        "an area (region, district, town) × class of need × measure, where there is anybody",
        (
            PublishedColumn(
                "area_code",
                "VARCHAR",
                "the region's own 6 digits (everybody), a district's 6, a town's 9",
                required=True,
                chinese="行政区划代码：全区 6 位、区县 6 位、乡镇街道 9 位",
            ),
            PublishedColumn(
                "need_class",
                "INTEGER",
                "紧要程度, 1 (most urgent) to 4",
                required=True,
                chinese="紧要程度，1（最紧要）至 4",
            ),
            PublishedColumn(
                "measure",
                "VARCHAR",
                "list lines of an action, or `people`: the persons to whom all of them belong",
                required=True,
                values=("to_add", "to_adjust", "to_stop", "to_verify", "to_recheck", "due", "people"),
                chinese=(
                    "统计项：to_add 新增，to_adjust 调整，to_stop 停发，to_verify 核实，to_recheck 复核，"
                    "due 应服务，people 涉及人数"
                ),
            ),
            PublishedColumn(
                "value", "BIGINT", "list lines, or persons", required=True, chinese="名单行数或人数"
            ),
        ),
        key=("area_code", "need_class", "measure"),
        chinese="待办工作量，按乡镇街道和紧要程度",
    ),
    PublishedTable(
        "ledger",
        "a registered, living person of 60 or older, impaired by assessment or severely disabled",
        (
            _PERSON_ID,
            replace(_FACT["ability_level"], chinese="能力等级，0 至 4；空为无有效评估"),
            PublishedColumn(
                "ability_source",
                "VARCHAR",
                "the extract that gives the level; without a level, the one that gives an impairment",
                required=True,
                values=("ability_assessment", "long_term_care", "disability_certificate"),
                chinese="失能情况依据的数据表",
            ),
            replace(_FACT["disability_grade"], chinese="残疾等级；none 为没有有效残疾人证"),
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
            replace(_FACT["town_code"], chinese="乡镇街道代码"),
            replace(_FACT["area_code"], chinese="行政区划代码"),
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
    ),
    PublishedTable(
        "history",
        "a published night × area × programme × measure: statistics and indicators as one series",
        (
            PublishedColumn("night", "DATE", "the night's as-of date", required=True, chinese="日期"),
            PublishedColumn(
                "area_code", "VARCHAR", "as in `mart.statistic`", required=True, chinese="行政区划代码"
            ),
            PublishedColumn(
                "programme",
                "VARCHAR",
                "the programme; NULL = an indicator about several or none",
                chinese="项目编码；空为涉及多个项目的指标",
            ),
            PublishedColumn(
                "measure",
                "VARCHAR",
                "a measure of `mart.statistic`, or the id of an indicator",
                required=True,
                chinese="统计项，或指标编号",
            ),
            PublishedColumn("value", "DOUBLE", "its value that night; NULL = not known", chinese="当日的值"),
            PublishedColumn(
                "run_id",
                "VARCHAR",
                "the run that published the night",
                required=True,
                chinese="发布该日的运行",
            ),
        ),
        key=("night", "area_code", "programme", "measure"),
        chinese="各次发布的统计与指标，连成一个序列；撤回、替换、损坏的版本不在其中",
    ),
    PublishedTable(
        "indicator",
        "a target or duty that the document names, or a figure of our own work, for the whole region",
        (
            _INDICATOR,
            PublishedColumn("name", "VARCHAR", "its Chinese name", required=True, chinese="指标名称"),
            PublishedColumn(
                "target",
                "DOUBLE",
                "the value to be reached; NULL = the document names a duty and no figure",
                chinese="目标值；空为文件只规定任务而未定数值",
            ),
            *_FIGURES,
            PublishedColumn(
                "status",
                "VARCHAR",
                "computed, or in Chinese what is missing (value NULL): data that no department delivers, an "
                "extract that is not there tonight, a standard not set (highest and reached may be known), "
                "or nobody to be counted",
                required=True,
                chinese="计算情况：computed 已算出，否则为缺什么",
            ),
            PublishedColumn(
                "unit",
                "VARCHAR",
                "of target and value: share (1 = all), or the document's own (户, 人次, …)",
                required=True,
                chinese="目标值和指标值的单位；share 为占比（1 即全部）",
            ),
            PublishedColumn(
                "target_rule",
                "VARCHAR",
                "how the target is to be met; NULL = no figure",
                values=("at_least", "more_than"),
                chinese="达标方式：at_least 不低于，more_than 高于",
            ),
            PublishedColumn(
                "due",
                "DATE",
                "the last day by when; NULL = permanent, or not given",
                chinese="完成期限；空为长期或未写明",
            ),
            PublishedColumn(
                "programme",
                "VARCHAR",
                "the one programme that the row is about; NULL = all named",
                chinese="所涉及的单个项目编码；空为全部",
            ),
            PublishedColumn(
                "note",
                "VARCHAR",
                "in Chinese what a reader must know, e.g. which figure is used in place of which",
                chinese="说明",
            ),
            PublishedColumn(
                "citation",
                "VARCHAR",
                "document, section and the clause's own words",
                required=True,
                chinese="依据：文件、章节及条款原文",
            ),
            PublishedColumn(
                "working",
                "BOOLEAN",
                "a figure of our own work (wishes, queue, visits left, rechecks, questions)",
                required=True,
                chinese="是否工作指标（意愿、轮候、待探访、复核、核对问题），文件没有提出",
            ),
        ),
        key=("indicator",),
        chinese="文件提出的各项指标（全区）",
    ),
    PublishedTable(
        "indicator_area",
        "a counted indicator × area in which anybody counts or may count",
        (
            _INDICATOR,
            PublishedColumn(
                "area_code",
                "VARCHAR",
                "a district's 6 digits, a town's 9, a community's 12",
                required=True,
                chinese="行政区划代码：区县 6 位、乡镇街道 9 位、村（社区）12 位",
            ),
            *_FIGURES,
        ),
        key=("indicator", "area_code"),
        chinese="各项指标（分地区）",
    ),
    PublishedTable(
        "run",
        "the run that made this release (one row)",
        (
            PublishedColumn("run_id", "VARCHAR", "the run", required=True, chinese="运行编号"),
            PublishedColumn("region", "VARCHAR", "the policy region", required=True, chinese="地区"),
            PublishedColumn(
                "as_of",
                "DATE",
                "the date for which everything here holds",
                required=True,
                chinese="数据日期，全部结果以该日为准",
            ),
            PublishedColumn(
                "started_at", "TIMESTAMP WITH TIME ZONE", "when the run began", chinese="运行开始时间"
            ),
            PublishedColumn(
                "finished_at",
                "TIMESTAMP WITH TIME ZONE",
                "when these tables were made",
                chinese="结果表完成时间",
            ),
            PublishedColumn("code_version", "VARCHAR", "the code that made it", chinese="程序版本"),
            PublishedColumn("policy_version", "VARCHAR", "the policy in force", chinese="政策版本"),
            PublishedColumn(
                "policy_sha256", "VARCHAR", "the hash of the whole policy set", chinese="全部政策文件的校验值"
            ),
            PublishedColumn("engine", "VARCHAR", "where SQL ran", chinese="执行 SQL 的引擎"),
            PublishedColumn(
                "identity_weights",
                "VARCHAR",
                "the version of the match weights in force",
                chinese="现用关联权重的版本",
            ),
            PublishedColumn(
                "compared_with",
                "DATE",
                "date of the published night that `mart.change` compares with; NULL on a first night",
                chinese="与之比较的发布日期；空为首次发布",
            ),
            PublishedColumn("compared_run", "VARCHAR", "its run", chinese="与之比较的运行"),
        ),
        key=("run_id",),
        single=True,
        chinese="本次发布的运行",
    ),
    PublishedTable(
        "timing",
        "a step of the night up to the lists, a stage of a step, or a model that was made",
        (
            PublishedColumn(
                "step",
                "VARCHAR",
                "the step: a folder of `sql/`, or the group of a Dagster asset",
                required=True,
                chinese="步骤",
            ),
            PublishedColumn(
                "model",
                "VARCHAR",
                "the model, the stage, or the Dagster asset within it",
                required=True,
                chinese="步骤内的模型、阶段",
            ),
            PublishedColumn(
                "rows",
                "BIGINT",
                "rows of the table that was made, of an extract the rows read; NULL = no table of its own",
                chinese="所生成表的行数，数据表为读到的行数；空为没有单独的表",
            ),
            PublishedColumn(
                "seconds",
                "DOUBLE",
                "wall time; its own parts included",
                required=True,
                chinese="用时（秒），含其各部分",
            ),
            PublishedColumn(
                "kind",
                "VARCHAR",
                "a whole step with its Python, a stage of one, or a single model",
                required=True,
                values=("step", "stage", "model"),
                chinese="种类：step 步骤，stage 阶段，model 模型",
            ),
            PublishedColumn(
                "number", "BIGINT", "the order in which they ended", required=True, chinese="结束的先后顺序"
            ),
        ),
        key=("kind", "step", "model"),
        chinese="各步骤、模型用时",
    ),
)
