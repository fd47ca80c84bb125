"""The tables of a release's ``mart.duckdb``: columns, types, meaning, what may be missing, what is unique.

One entry a table, in the order in which a reader meets them. The facts of ``mart.person`` are those of
``contracts.facts``, said once there. More columns may be added; these keep their names and meaning.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from contracts.facts import FACT_GROUPS, FACTS
from contracts.vocabulary import (
    Action,
    Cause,
    Change,
    ContactResult,
    Decision,
    DeliveryStatus,
    Grade,
    Mode,
    QuestionAnswer,
    QuestionStatus,
    RecheckCause,
    Role,
    StopEvidence,
)


@dataclass(frozen=True)
class PublishedColumn:
    """A column: DuckDB type, meaning, whether a value is always there, its only values if they are few.

    ``chinese``: what it is called, as a comment in the published file.
    """

    name: str
    sql_type: str
    meaning: str
    required: bool = False
    values: tuple[str, ...] = ()
    chinese: str = ""


@dataclass(frozen=True)
class PublishedTable:
    """A table: what one row is, its columns, the columns that tell its rows apart (none: rows may repeat).

    ``names_persons``: its ``person_id`` must stand in ``mart.person``. ``single``: it has exactly one row.
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
AREA_LEVELS = ("region", "district", "town", "community")
MEASURES = (
    "eligible",
    "receiving",
    "to_add",
    "to_adjust",
    "to_stop",
    "to_verify",
    "to_recheck",
    "due",
    "coverage",
    "monthly_amount",
    "agreed",
    "refused",
    "waiting",
)

_PERSON_ID = PublishedColumn(
    "person_id", "VARCHAR", "stable, opaque id of the person; reveals nothing about the person", required=True
)
_PROGRAMME = PublishedColumn("programme", "VARCHAR", "the programme's id in the policy", required=True)
_PERSON_ID_HERE = replace(_PERSON_ID, chinese="人员编号，见 mart.person")
_PROGRAMME_HERE = replace(_PROGRAMME, chinese="项目编码")
_EXTRACT = PublishedColumn("extract", "VARCHAR", "the extract", required=True)
_ROW_NUMBER = PublishedColumn(
    "row_number", "BIGINT", "row in the extract, from 1 over its parts", required=True
)
_ROLE = PublishedColumn(
    "role",
    "VARCHAR",
    "empty, or the side of a marriage row",
    required=True,
    values=("", *Role.codes()),
)
_PATTERN = PublishedColumn("pattern", "BIGINT", "number of the reasons in the programme", required=True)
_FACT_SOURCE = (
    PublishedColumn(
        "fact_group",
        "VARCHAR",
        "the facts that the row tells (`contracts/facts.py`); `… ended` = what has run out. `register` only "
        "where there are several register rows; birth date and sex rest on the register row where no row of "
        "`birth` is named",
        required=True,
        values=tuple(group.name for group in FACT_GROUPS),
    ),
    _EXTRACT,
    _ROW_NUMBER,
    _ROLE,
    PublishedColumn(
        "detail",
        "VARCHAR",
        "the category, scheme or programme that the row tells, or the day on which it ran out",
    ),
)
_AMOUNT = PublishedColumn(
    "amount_monthly", "DECIMAL(12,2)", "CNY a month by the rule; NULL = 待地方核定, or not known"
)
_HOUSEHOLD = PublishedColumn(
    "household_id", "VARCHAR", "户号 of the 正常 register row that counts; NULL where it is no household"
)
_NAME = PublishedColumn("name", "VARCHAR", "姓名 as delivered")
_NUMBER = PublishedColumn(
    "id_number",
    "VARCHAR",
    "公民身份号码 that the person's rows agree on; as delivered where it is damaged; NULL where only another "
    "person's number is on the row",
)
_ADDRESS = PublishedColumn(
    "address",
    "VARCHAR",
    "where to find the person: the latest of three years' contacts, else 居住地址, else older, else 户籍地址",
)
_PHONE = PublishedColumn("phone", "VARCHAR", "the same for a phone that can ring")
_BEFORE_FACTS = (
    _PERSON_ID,
    PublishedColumn("region", "VARCHAR", "the policy region", required=True),
    _NAME,
    _NUMBER,
    PublishedColumn(
        "former_id_number", "VARCHAR", "曾用身份号码 of the register row that counts, where it is valid"
    ),
    PublishedColumn("died_on", "DATE", "死亡日期 of a clear death record, else 状态变更日期 of the register"),
    _ADDRESS,
    PublishedColumn("address_source", "VARCHAR", "the extract that gave the address"),
    PublishedColumn("address_date", "DATE", "the day on which it was given; NULL = not said"),
    _PHONE,
    PublishedColumn("phone_source", "VARCHAR", "the extract that gave the phone"),
    PublishedColumn("phone_date", "DATE", "the day on which it was given; NULL = not said"),
)
_PUBLISHED_OTHERWISE = {
    "hardship_rolls": PublishedColumn(
        "hardship_rolls",
        "VARCHAR[]",
        "救助类别: names of all current rolls, in the order of their codes; [] = on no roll",
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
    ),
    PublishedColumn(
        "in_register", "BOOLEAN", "whether the person has a register row, whatever its status", required=True
    ),
    PublishedColumn(
        "last_register_status", "INTEGER", "人员状态 of the register row that counts; 2 if any says so"
    ),
    PublishedColumn(
        "death_evidence",
        "VARCHAR",
        "on how many independent sources the death rests",
        values=(StopEvidence.ONE_SOURCE.value, StopEvidence.TWO_SOURCES.value),
    ),
    PublishedColumn(
        "identity_grade",
        "VARCHAR",
        "the weakest link a fact of the person rests on; new = tied to no register row",
        required=True,
        values=GRADES,
    ),
)

_BITS = (
    PublishedColumn("prior_weight", "DOUBLE", "log2 of the chance before any evidence", required=True),
    PublishedColumn("weight", "DOUBLE", "the total, the prior in it, in bits", required=True),
)
_COMPARISON = 'STRUCT(field VARCHAR, "level" VARCHAR, "label" VARCHAR, weight DOUBLE)[]'
_INDICATOR = PublishedColumn(
    "indicator",
    "VARCHAR",
    "its id in the policy, with a programme's id behind a dot: of that programme",
    True,
)
_FIGURES = (
    PublishedColumn("numerator", "DOUBLE", "who counts, of the denominator"),
    PublishedColumn(
        "denominator", "DOUBLE", "persons (with programmes: persons × programme) of whom all is known"
    ),
    PublishedColumn("value", "DOUBLE", "numerator over denominator"),
    PublishedColumn(
        "unknown", "DOUBLE", "persons of whom it is not known whether they belong to the one or the other"
    ),
    PublishedColumn("lowest", "DOUBLE", "the least that value can be, however the unknown turn out"),
    PublishedColumn("highest", "DOUBLE", "the most that it can be"),
    PublishedColumn(
        "reached",
        "BOOLEAN",
        "whether the target is met; NULL = no figure, not computed, or the unknown decide",
    ),
)
_SIDES = tuple(
    PublishedColumn(f"{side}_{part}", kind, f"{side} source record: {meaning}", required=True)
    for side in ("left", "right")
    for part, kind, meaning in (
        ("extract", "VARCHAR", "extract"),
        ("row_number", "BIGINT", "row number"),
        ("role", "VARCHAR", "role in a marriage row, else empty"),
    )
)

PERSON = PublishedTable(
    "person",
    "a person: a row of the household register, or of other extracts only",
    (*_BEFORE_FACTS, *_FACTS, *_AFTER_FACTS),
    key=("person_id",),
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
            replace(_PERSON_ID, meaning="the person; under review, the person proposed"),
            PublishedColumn(
                "grade", "VARCHAR", "how sure; register rows are exact", required=True, values=GRADES
            ),
            PublishedColumn("score", "DOUBLE", "probability of the link, 0 to 1"),
            PublishedColumn("method", "VARCHAR", "the way the link was found"),
            PublishedColumn("reasons", "VARCHAR", "why, in Chinese, without personal data"),
            PublishedColumn(
                "pattern", "INTEGER", "what number and name tell (identity_pattern); NULL: linked otherwise"
            ),
        ),
        key=("extract", "row_number", "role"),
        names_persons=True,
    ),
    PublishedTable(
        "identity_pattern",
        "a way in which number and name, a published id or a clerk tied rows to persons",
        (
            PublishedColumn("pattern", "INTEGER", "as in identity_link", required=True),
            PublishedColumn("label", "VARCHAR", "what tied the row, in Chinese", required=True),
            *_BITS,
            PublishedColumn("comparison", _COMPARISON, "the comparison, field by field", required=True),
        ),
        key=("pattern",),
    ),
    PublishedTable(
        "identity_quality",
        "how well rows are linked, as far as it can be told without the truth: measure × extract × grade",
        (
            PublishedColumn("measure", "VARCHAR", "what is measured", required=True),
            PublishedColumn("extract", "VARCHAR", "the extract; empty: all", required=True),
            PublishedColumn("grade", "VARCHAR", "the grade; empty: all; or automatic", required=True),
            PublishedColumn("value", "DOUBLE", "count, or share", required=True),
        ),
        key=("measure", "extract", "grade"),
    ),
    PublishedTable(
        "identity_weight",
        "a comparison level with the match weight in force",
        (
            PublishedColumn("field", "VARCHAR", "the compared field", required=True),
            PublishedColumn("level", "VARCHAR", "how far the two sides agree", required=True),
            PublishedColumn("label", "VARCHAR", "the level in Chinese", required=True),
            PublishedColumn("weight", "DOUBLE", "log2(m/u), in bits", required=True),
            PublishedColumn("shipped_weight", "DOUBLE", "the weight before a region learns", required=True),
            PublishedColumn("seen", "DOUBLE", "rows of one person at the level when it was learned"),
        ),
        key=("field", "level"),
    ),
    PublishedTable(
        "identity_evidence",
        "an accepted row linked, or proposed, by all its evidence",
        (
            _EXTRACT,
            PublishedColumn("row_number", "BIGINT", "row in the extract", required=True),
            PublishedColumn("role", "VARCHAR", "empty, or the side of a marriage row", required=True),
            replace(_PERSON_ID, meaning="the person; under review, the person proposed"),
            *_BITS,
            PublishedColumn("probability", "DOUBLE", "that it is this person, against all others and nobody"),
            PublishedColumn("comparison", _COMPARISON, "the comparison, field by field", required=True),
        ),
        key=("extract", "row_number", "role"),
        names_persons=True,
    ),
    PublishedTable(
        "identity_review",
        "a pair of source records that a clerk should decide",
        (
            PublishedColumn(
                "pair_id", "VARCHAR", "the pair's id, by which the clerk's word comes back", required=True
            ),
            *_SIDES,
            PublishedColumn("left_person_id", "VARCHAR", "the left record's own person, if it has one"),
            PublishedColumn("proposed_person_id", "VARCHAR", "the person proposed"),
            PublishedColumn("score", "DOUBLE", "probability that they are one person, 0 to 1"),
            PublishedColumn("comparison", _COMPARISON, "the comparison, field by field"),
            PublishedColumn("subject", "VARCHAR", "what a clerk's decision names", required=True),
            PublishedColumn("other_subject", "VARCHAR", "of a pair of register rows: the other one"),
        ),
        key=("pair_id",),
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
            PublishedColumn("reason", "VARCHAR", "what points at the person", required=True),
        ),
        names_persons=True,
    ),
    PublishedTable(
        "fact_source",
        "a person × group of facts × source row that they rest on: of several that tell the same, the one "
        "that counts. A view",
        (_PERSON_ID, *_FACT_SOURCE),
    ),
    PublishedTable(
        "fact_source_row",
        "a row of `mart.fact_source` without the person, who is in `mart.identity_link`",
        _FACT_SOURCE,
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
            ),
            _AMOUNT,
            PublishedColumn(
                "conditions",
                'STRUCT("name" VARCHAR, "label" VARCHAR, "value" BOOLEAN)[]',
                "every condition's own value; NULL = unknown",
            ),
            PublishedColumn(
                "missing",
                "STRUCT(fact VARCHAR, extract VARCHAR)[]",
                "the facts that an unknown decision lacks and the extracts that would tell",
            ),
            PublishedColumn("gives_way_to", "VARCHAR", "the higher exclusive programme that wins"),
            PublishedColumn("policy_version", "VARCHAR", "the version of the policy in force"),
            PublishedColumn("citation", "VARCHAR", "document and item"),
        ),
        key=("person_id", "programme"),
        names_persons=True,
    ),
    PublishedTable(
        "decision_row",
        "a row of `mart.decision`, which is a view: its reasons by number",
        (
            _PERSON_ID,
            _PROGRAMME,
            _PATTERN,
            PublishedColumn("decision", "VARCHAR", "what follows", required=True),
            _AMOUNT,
            PublishedColumn("gives_way_to", "VARCHAR", "the higher exclusive programme that wins"),
            PublishedColumn(
                "why_not",
                "VARCHAR",
                "of an ineligible one: what fails; `gives way to …` or `household served` where all holds",
            ),
        ),
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
            ),
            PublishedColumn(
                "missing",
                "STRUCT(fact VARCHAR, extract VARCHAR)[]",
                "the facts that an unknown decision lacks and the extracts that would tell",
            ),
        ),
        key=("programme", "pattern"),
    ),
    PublishedTable(
        "candidate",
        "a person × programme × action: a line on somebody's list",
        (
            _PERSON_ID,
            _PROGRAMME,
            PublishedColumn("programme_name", "VARCHAR", "the programme's Chinese name", required=True),
            PublishedColumn(
                "mode",
                "VARCHAR",
                "how it is given",
                required=True,
                values=Mode.codes(),
            ),
            PublishedColumn("action", "VARCHAR", "what is to be done", required=True, values=ACTIONS),
            PublishedColumn(
                "stop_evidence",
                "VARCHAR",
                "on what a stop rests; absence: only on that delivered extracts do not name the person",
                values=StopEvidence.codes(),
            ),
            _AMOUNT,
            PublishedColumn("current_amount", "DECIMAL(12,2)", "CNY a month being paid"),
            PublishedColumn(
                "effective_on",
                "DATE",
                "the day the right begins; upcoming and inform: the day the threshold is reached; stop: the "
                "earliest known day on which a condition that is now false ended; NULL = not known",
            ),
            PublishedColumn(
                "first_payment_month",
                "DATE",
                "first day of the month first payable; NULL = 起发月由本地核定 (the document names no day in "
                "force, or the day on which the right begins is not known), or nothing is paid",
            ),
            PublishedColumn("reason_text", "VARCHAR", "why, in one Chinese line", required=True),
            PublishedColumn("citation", "VARCHAR", "document, item and words of the clauses that hold"),
            PublishedColumn("lead", "VARCHAR", "牵头部门 or 责任单位; NULL = the document names none"),
            PublishedColumn("funding", "VARCHAR", "支出责任; NULL = the document says nothing"),
            PublishedColumn(
                "identity_grade",
                "VARCHAR",
                "the weakest link a fact of its conditions rests on",
                required=True,
                values=GRADES,
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
            PublishedColumn("rule", "VARCHAR", "the rule that gave the action: action, colon, cause"),
            PublishedColumn(
                "first_seen_on",
                "DATE",
                "the night since which the line has stood with this action in the published nights, without "
                "a break; a merged person's is that of the older id",
                required=True,
            ),
            PublishedColumn(
                "money_months",
                "INTEGER",
                "add: months due since first_payment_month; stop: months paid without right, from the later "
                "of the first month without right and 起发年月 to 最近发放年月; NULL = not known",
            ),
            PublishedColumn("money_sum", "DECIMAL(14,2)", "CNY that those months come to"),
            PublishedColumn("last_contact_on", "DATE", "the last contact about this programme"),
            PublishedColumn("last_result", "VARCHAR", "what came of it", values=RESULTS),
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
            ),
            PublishedColumn(
                "last_on", "DATE", "when a recurring service was last given; NULL = never, or not known"
            ),
            PublishedColumn(
                "due_by",
                "DATE",
                "the last day of the week, month or year in which the service is due; NULL = no period",
            ),
            PublishedColumn(
                "recheck_cause", "VARCHAR", "why it is to be looked at again", values=RecheckCause.codes()
            ),
            PublishedColumn(
                "last_met_on",
                "DATE",
                "the last day on which a visit or an outreach team met the person; NULL = never",
            ),
            PublishedColumn(
                "agreed_on",
                "DATE",
                "the day of the person's 同意, where it is the last word of 365 days about this programme",
            ),
            PublishedColumn(
                "first_found_on",
                "DATE",
                "of what is paid from the month of finding: the night on which it was first found that the "
                "person is entitled and does not receive it",
            ),
        ),
        key=("person_id", "programme", "action"),
        names_persons=True,
    ),
    PublishedTable(
        "switched_off",
        "a programme × switch that is off in this locality",
        (
            _PROGRAMME,
            PublishedColumn("programme_name", "VARCHAR", "the programme's Chinese name", required=True),
            PublishedColumn("switch", "VARCHAR", "the switch in the parameters file", required=True),
            PublishedColumn("label", "VARCHAR", "what the document permits, in Chinese", required=True),
            PublishedColumn(
                "people",
                "INTEGER",
                "who is paid on nothing but this: outside the audience, no decision and no stop",
                required=True,
            ),
        ),
        key=("programme", "switch"),
    ),
    PublishedTable(
        "change",
        "a list line that appeared, left, or has another action, amount or effective day than on the last "
        "published night before this date (none on a region's first night)",
        (
            replace(_PERSON_ID, meaning="the person; of one who is in no row tonight, the id of then"),
            _PROGRAMME,
            PublishedColumn("programme_name", "VARCHAR", "the programme's Chinese name", required=True),
            PublishedColumn(
                "change",
                "VARCHAR",
                "what became of the line",
                required=True,
                values=Change.codes(),
            ),
            PublishedColumn("action_before", "VARCHAR", "the action then; NULL = no line", values=ACTIONS),
            PublishedColumn("action", "VARCHAR", "the action now; NULL = no line", values=ACTIONS),
            PublishedColumn("amount_before", "DECIMAL(12,2)", "amount_monthly then"),
            PublishedColumn("amount", "DECIMAL(12,2)", "amount_monthly now"),
            PublishedColumn("effective_before", "DATE", "effective_on then"),
            PublishedColumn("effective_on", "DATE", "effective_on now"),
            PublishedColumn(
                "cause",
                "VARCHAR",
                "the main cause: the first of `causes`",
                required=True,
                values=CAUSES,
            ),
            PublishedColumn(
                "causes",
                "VARCHAR[]",
                "every cause found, in this order: identity (who it is was corrected), policy, delivery (an "
                "extract came or stayed away), birthday, time (a validity or window ran out), data, other",
                required=True,
            ),
            PublishedColumn("cause_text", "VARCHAR", "the causes in one Chinese line", required=True),
            PublishedColumn("compared_with", "DATE", "date of the night compared with", required=True),
            PublishedColumn("compared_run", "VARCHAR", "run of the night compared with", required=True),
        ),
        key=("person_id", "programme"),
    ),
    PublishedTable(
        "outcome",
        "an answer in the region's log, as far as the night knows it: remembered, or added by its batch",
        (
            PublishedColumn("lot", "BIGINT", "the delivery of answers, counted from 1", required=True),
            PublishedColumn("received_on", "DATE", "the night on which it was received", required=True),
            PublishedColumn("via", "VARCHAR", "how it came; landing: in a batch", required=True),
            replace(_PERSON_ID, meaning="the person, by the id of that night"),
            _PROGRAMME,
            PublishedColumn("result", "VARCHAR", "what came of the contact", required=True, values=RESULTS),
            PublishedColumn("contacted_on", "DATE", "day of the contact", required=True),
            PublishedColumn("handler", "VARCHAR", "经办人"),
            PublishedColumn(
                "grade",
                "VARCHAR",
                "of the link to the person; possible: a refusal that may be this person's",
                required=True,
                values=(*GRADES, "possible"),
            ),
            PublishedColumn("about", "VARCHAR", "the rule of the list line that was answered"),
            PublishedColumn("row_number", "BIGINT", "row in outreach_outcome of that night"),
        ),
    ),
    PublishedTable(
        "question",
        "a question to a department about its own data: open, answered, or closed within a year",
        (
            PublishedColumn("question_id", "VARCHAR", "lasts over nights; reveals nothing", required=True),
            PublishedColumn("department", "VARCHAR", "whom it is put to", required=True),
            _EXTRACT,
            PublishedColumn("file", "VARCHAR", "the delivered file, on the last night that raised it"),
            PublishedColumn("sheet_line", "BIGINT", "line there as the department sees it"),
            PublishedColumn("row_number", "BIGINT", "row in the extract; NULL: about no single row"),
            PublishedColumn("kind", "VARCHAR", "what it is about, in Chinese", required=True),
            PublishedColumn("text", "VARCHAR", "what disagrees, in Chinese", required=True),
            PublishedColumn("first_asked_on", "DATE", "the night that first asked it", required=True),
            PublishedColumn("due_by", "DATE", "the day by which it is to be answered", required=True),
            PublishedColumn(
                "status",
                "VARCHAR",
                "what has become of it",
                required=True,
                values=QuestionStatus.codes(),
            ),
            PublishedColumn("answer", "VARCHAR", "what the department wrote"),
            PublishedColumn("answered_on", "DATE", "the day of the answer"),
            PublishedColumn(
                "worth", "DECIMAL(12,2)", "CNY a month on lines that it holds up, or that its row pays"
            ),
            PublishedColumn("sheet", "VARCHAR", "the worksheet, of a workbook"),
            PublishedColumn("role", "VARCHAR", "of a marriage row: whom it is about, in Chinese"),
            PublishedColumn("name", "VARCHAR", "as the department's row has it"),
            PublishedColumn("id_number", "VARCHAR", "as the department's row has it, masked"),
            PublishedColumn(
                "answer_word",
                "VARCHAR",
                "the answer where it is one of the fixed words",
                values=QuestionAnswer.codes(),
            ),
            PublishedColumn("closed_on", "DATE", "the night from which it was settled or withdrawn"),
            PublishedColumn("person_id", "VARCHAR", "the person, where it is about a linked row"),
            PublishedColumn("rests_on", "VARCHAR", "the other extract without which the data cannot ask it"),
            PublishedColumn("row_fingerprint", "VARCHAR", "what the row said, as a fingerprint"),
        ),
        key=("question_id",),
    ),
    PublishedTable(
        "programme_rule",
        "a part of a programme's rule in force: a condition, a figure, a convention",
        (
            _PROGRAMME,
            PublishedColumn("part", "VARCHAR", "which part", required=True),
            PublishedColumn("label", "VARCHAR", "what it is called, in Chinese", required=True),
            PublishedColumn("rule", "VARCHAR", "what it says", required=True),
        ),
        key=("programme", "part"),
    ),
    PublishedTable(
        "quarantine",
        "a delivered row kept out, or a cell whose value counts as missing",
        (
            _EXTRACT,
            PublishedColumn("row_number", "BIGINT", "row in the extract, from 1 over its parts"),
            PublishedColumn("file", "VARCHAR", "the delivered file"),
            PublishedColumn(
                "severity",
                "VARCHAR",
                "row: kept out; value: row kept, value missing (an answer dated ahead: not used yet)",
                required=True,
                values=("row", "value"),
            ),
            PublishedColumn("rule", "VARCHAR", "the rule that was broken", required=True),
            PublishedColumn("column_name", "VARCHAR", "the column, if it is one"),
            PublishedColumn("message", "VARCHAR", "what is wrong, without the person's data"),
            PublishedColumn("sheet", "VARCHAR", "the worksheet, of a workbook"),
            PublishedColumn(
                "sheet_line",
                "BIGINT",
                "where the row begins as its department sees it: line of the text file, row of the worksheet "
                "or parquet file; header and blank lines counted",
            ),
        ),
    ),
    PublishedTable(
        "delivery",
        "a delivered file, or an extract that is absent (file NULL)",
        (
            _EXTRACT,
            PublishedColumn("file", "VARCHAR", "the file's name"),
            PublishedColumn("sha256", "VARCHAR", "its SHA-256"),
            PublishedColumn("encoding", "VARCHAR", "the encoding that was found"),
            PublishedColumn("rows_read", "BIGINT", "rows in the file"),
            PublishedColumn("rows_accepted", "BIGINT", "rows taken in"),
            PublishedColumn("rows_quarantined", "BIGINT", "rows kept out"),
            PublishedColumn(
                "status",
                "VARCHAR",
                "what became of it",
                required=True,
                values=DeliveryStatus.codes(),
            ),
            PublishedColumn("message", "VARCHAR", "the reason, for a refused file"),
        ),
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
            ),
            _PROGRAMME,
            PublishedColumn("measure", "VARCHAR", "what is measured", required=True, values=MEASURES),
            PublishedColumn(
                "value",
                "DOUBLE",
                "persons, list lines, a share of 1 (coverage: of the eligible, those who receive), or CNY "
                "a month due to the eligible; NULL = cannot be told",
            ),
        ),
        key=("area_code", "programme", "measure"),
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
                values=AREA_LEVELS,
                chinese="级别：region 全区，district 区县，town 乡镇街道，community 村（社区）",
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
            _PERSON_ID_HERE,
            _PROGRAMME_HERE,
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
                "the group, in the document's words; NULL = the document says nothing",
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
                "programmes, persons × programme, a share of 1, or CNY a month; NULL = cannot be told",
                chinese="值",
            ),
        ),
        key=("dimension", "group_name", "measure"),
        chinese="全区统计，按牵头部门、支出责任、服务类型分组",
    ),
    PublishedTable(
        "ledger",
        "a registered, living person of 60 or older, impaired by assessment or severely disabled",
        (
            _PERSON_ID_HERE,
            replace(_FACT["ability_level"], chinese="能力等级，0 至 4；空为无有效评估"),
            PublishedColumn(
                "ability_source",
                "VARCHAR",
                "the extract that tells the level; without a level, the one that tells of an impairment",
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
            PublishedColumn("value", "DOUBLE", "its value that night; NULL = not told", chinese="当日的值"),
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
        "a target or duty that the region's document names, for the whole region",
        (
            _INDICATOR,
            PublishedColumn("name", "VARCHAR", "its Chinese name", required=True),
            PublishedColumn(
                "target", "DOUBLE", "the value to be reached; NULL = the document names a duty and no figure"
            ),
            *_FIGURES,
            PublishedColumn(
                "status",
                "VARCHAR",
                "computed, or in Chinese what is missing (value NULL): data that no department delivers, an "
                "extract that is not there tonight, a standard not set (highest and reached may be told), "
                "or nobody to be counted",
                required=True,
            ),
            PublishedColumn(
                "unit",
                "VARCHAR",
                "of target and value: share (1 = all), or the document's own (户, 人次, …)",
                required=True,
            ),
            PublishedColumn(
                "target_rule",
                "VARCHAR",
                "how the target is to be met; NULL = no figure",
                values=("at_least", "more_than"),
            ),
            PublishedColumn("due", "DATE", "the last day by when; NULL = standing, or not said"),
            PublishedColumn(
                "programme", "VARCHAR", "the one programme that the row is about; NULL = all named"
            ),
            PublishedColumn(
                "note", "VARCHAR", "in Chinese what a reader must know, e.g. what stands for what"
            ),
            PublishedColumn(
                "citation", "VARCHAR", "document, section and the clause's own words", required=True
            ),
        ),
        key=("indicator",),
    ),
    PublishedTable(
        "indicator_area",
        "a counted indicator × area in which anybody counts or may count",
        (
            _INDICATOR,
            PublishedColumn(
                "area_code", "VARCHAR", "a district's 6 digits, a town's 9, a community's 12", required=True
            ),
            *_FIGURES,
        ),
        key=("indicator", "area_code"),
    ),
    PublishedTable(
        "run",
        "the run that made this release (one row)",
        (
            PublishedColumn("run_id", "VARCHAR", "the run", required=True),
            PublishedColumn("region", "VARCHAR", "the policy region", required=True),
            PublishedColumn("as_of", "DATE", "the date for which everything here holds", required=True),
            PublishedColumn("started_at", "TIMESTAMP WITH TIME ZONE", "when the run began"),
            PublishedColumn("finished_at", "TIMESTAMP WITH TIME ZONE", "when these tables were made"),
            PublishedColumn("code_version", "VARCHAR", "the code that made it"),
            PublishedColumn("policy_version", "VARCHAR", "the policy in force"),
            PublishedColumn("policy_sha256", "VARCHAR", "the hash of the whole policy set"),
            PublishedColumn("engine", "VARCHAR", "where SQL ran"),
            PublishedColumn("identity_weights", "VARCHAR", "the version of the match weights in force"),
            PublishedColumn(
                "compared_with",
                "DATE",
                "date of the published night that `mart.change` compares with; NULL on a first night",
            ),
            PublishedColumn("compared_run", "VARCHAR", "its run"),
        ),
        key=("run_id",),
        single=True,
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
            ),
            PublishedColumn(
                "model", "VARCHAR", "the model, the stage, or the Dagster asset within it", required=True
            ),
            PublishedColumn(
                "rows",
                "BIGINT",
                "rows of the table that was made, of an extract the rows read; NULL = no table of its own",
            ),
            PublishedColumn("seconds", "DOUBLE", "wall time; its own parts included", required=True),
            PublishedColumn(
                "kind",
                "VARCHAR",
                "a whole step with its Python, a stage of one, or a single model",
                required=True,
                values=("step", "stage", "model"),
            ),
            PublishedColumn("number", "BIGINT", "the order in which they ended", required=True),
        ),
        key=("kind", "step", "model"),
    ),
)
