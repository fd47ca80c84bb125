"""The tables of a release's ``mart.duckdb``: columns, types, meaning, what may be missing, what is unique.

One entry a table, in the order in which a reader meets them. The facts of ``mart.person`` are those of
``contracts.facts``, said once there. More columns may be added; these keep their names and meaning.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from contracts.facts import FACT_GROUPS, FACTS


@dataclass(frozen=True)
class PublishedColumn:
    """A column: DuckDB type, meaning, whether a value is always there, its only values if they are few."""

    name: str
    sql_type: str
    meaning: str
    required: bool = False
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class PublishedTable:
    """A table: what one row is, its columns, the columns that tell its rows apart (none: rows may repeat).

    ``names_persons``: its ``person_id`` must stand in ``mart.person``. ``single``: it has exactly one row.
    """

    name: str
    row: str
    columns: tuple[PublishedColumn, ...]
    key: tuple[str, ...] = ()
    names_persons: bool = False
    single: bool = False

    @property
    def table(self) -> str:
        """The name with its schema."""
        return f"mart.{self.name}"


GRADES = ("exact", "strong", "new", "review")
ACTIONS = ("add", "adjust", "keep", "stop", "verify", "due", "inform", "upcoming", "declined")
MEASURES = (
    "eligible",
    "receiving",
    "to_add",
    "to_adjust",
    "to_stop",
    "to_verify",
    "due",
    "coverage",
    "monthly_amount",
)

_PERSON_ID = PublishedColumn(
    "person_id", "VARCHAR", "stable, opaque id of the person; reveals nothing about her", required=True
)
_PROGRAMME = PublishedColumn("programme", "VARCHAR", "the programme's id in the policy", required=True)
_EXTRACT = PublishedColumn("extract", "VARCHAR", "the extract", required=True)
_ROW_NUMBER = PublishedColumn(
    "row_number", "BIGINT", "row in the extract, from 1 over its parts", required=True
)
_ROLE = PublishedColumn(
    "role",
    "VARCHAR",
    "empty, or the side of a marriage row",
    required=True,
    values=("", "husband", "wife"),
)
_PATTERN = PublishedColumn("pattern", "BIGINT", "number of the reasons in the programme", required=True)
_AMOUNT = PublishedColumn(
    "amount_monthly", "DECIMAL(12,2)", "CNY a month by the rule; NULL = 待地方核定, or not known"
)
_HOUSEHOLD = PublishedColumn("household_id", "VARCHAR", "户号 of the 正常 register row that counts")
_NAME = PublishedColumn("name", "VARCHAR", "姓名 as delivered")
_NUMBER = PublishedColumn(
    "id_number",
    "VARCHAR",
    "公民身份号码 that her rows agree on; as delivered where it is damaged; NULL where only another "
    "person's number stands on her row",
)
_ADDRESS = PublishedColumn(
    "address",
    "VARCHAR",
    "where she is found: the latest of three years' contacts, else 居住地址, else older, else 户籍地址",
)
_PHONE = PublishedColumn("phone", "VARCHAR", "the same for a phone that can ring")
_BEFORE_FACTS = (
    _PERSON_ID,
    PublishedColumn("region", "VARCHAR", "the policy region", required=True),
    _NAME,
    _NUMBER,
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
            fact.name, fact.sql_type, f"{fact.label}: {fact.meaning}", required=fact.name in _NEVER_UNKNOWN
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
    PublishedColumn("in_register", "BOOLEAN", "a register row is hers, whatever its status", required=True),
    PublishedColumn(
        "last_register_status", "INTEGER", "人员状态 of the register row that counts; 2 if any says so"
    ),
    PublishedColumn(
        "death_evidence",
        "VARCHAR",
        "on how many independent sources she is dead",
        values=("one source", "two sources"),
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
_SIDES = tuple(
    PublishedColumn(f"{side}_{part}", kind, f"{side} source record: {meaning}", required=True)
    for side in ("left", "right")
    for part, kind, meaning in (
        ("extract", "VARCHAR", "extract"),
        ("row_number", "BIGINT", "row number"),
        ("role", "VARCHAR", "role in a marriage row, else empty"),
    )
)

TABLES: tuple[PublishedTable, ...] = (
    PublishedTable(
        "person",
        "a person: a row of the household register, or of other extracts only",
        (*_BEFORE_FACTS, *_FACTS, *_AFTER_FACTS),
        key=("person_id",),
    ),
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
        "identity_evidence",
        "an accepted row linked, or proposed, by all its evidence",
        (
            _EXTRACT,
            PublishedColumn("row_number", "BIGINT", "row in the extract", required=True),
            PublishedColumn("role", "VARCHAR", "empty, or the side of a marriage row", required=True),
            replace(_PERSON_ID, meaning="the person; under review, the person proposed"),
            *_BITS,
            PublishedColumn("probability", "DOUBLE", "that it is she, against all others and nobody"),
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
        "a person × source row that is linked to nobody, or not clearly, and could be hers: nothing is "
        "stopped because a row is missing that may be this one",
        (
            _PERSON_ID,
            _EXTRACT,
            _ROW_NUMBER,
            _ROLE,
            PublishedColumn("reason", "VARCHAR", "what points at her", required=True),
        ),
        names_persons=True,
    ),
    PublishedTable(
        "fact_source",
        "a person × group of facts × source row that they rest on (of several that tell the same, the one "
        "that counts)",
        (
            _PERSON_ID,
            PublishedColumn(
                "fact_group",
                "VARCHAR",
                "the facts that the row tells (`contracts/facts.py`); `… ended` = what has run out. Birth "
                "date and sex rest on the `register` row where no row of `birth` is named",
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
        ),
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
                values=("eligible", "ineligible", "unknown"),
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
                values=("auto", "confirm", "due", "universal"),
            ),
            PublishedColumn("action", "VARCHAR", "what is to be done", required=True, values=ACTIONS),
            PublishedColumn(
                "stop_evidence", "VARCHAR", "on what a stop rests", values=("one source", "two sources")
            ),
            _AMOUNT,
            PublishedColumn("current_amount", "DECIMAL(12,2)", "CNY a month being paid"),
            PublishedColumn(
                "effective_on",
                "DATE",
                "the day the right begins; upcoming and inform: the day the threshold is reached",
            ),
            PublishedColumn("first_payment_month", "DATE", "first day of the month first payable"),
            PublishedColumn("reason_text", "VARCHAR", "why, in one Chinese line", required=True),
            PublishedColumn("citation", "VARCHAR", "document and item"),
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
        ),
        key=("person_id", "programme", "action"),
        names_persons=True,
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
                "row: kept out; value: row kept, value missing",
                required=True,
                values=("row", "value"),
            ),
            PublishedColumn("rule", "VARCHAR", "the rule that was broken", required=True),
            PublishedColumn("column_name", "VARCHAR", "the column, if it is one"),
            PublishedColumn("message", "VARCHAR", "what is wrong, without the person's data"),
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
                values=("accepted", "accepted_with_quarantine", "refused", "absent"),
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
        "indicator",
        "a target that the region's document names",
        (
            PublishedColumn("indicator", "VARCHAR", "the target's name", required=True),
            PublishedColumn("target", "DOUBLE", "the value to be reached"),
            PublishedColumn("numerator", "DOUBLE", "what counts"),
            PublishedColumn("denominator", "DOUBLE", "of how much"),
            PublishedColumn("value", "DOUBLE", "numerator over denominator"),
            PublishedColumn("status", "VARCHAR", "computed, or what is missing", required=True),
        ),
        key=("indicator",),
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
        ),
        key=("run_id",),
        single=True,
    ),
)
