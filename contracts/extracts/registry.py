"""All extracts in order, with their departments and the table that their accepted rows make."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import pandera.polars as pa
import polars as pl

from contracts.extracts.civil_affairs import (
    AbilityAssessment,
    BenefitRoll,
    CareSurvey,
    DeathRecord,
    HardshipRoll,
    MarriageRegister,
    RescueRegister,
    VisitLog,
)
from contracts.extracts.columns import Column, ExtractModel, Kind
from contracts.extracts.disabled_federation import DisabilityCertificate
from contracts.extracts.health import FamilyPlanning, HealthManagement
from contracts.extracts.medical_insurance import LongTermCare
from contracts.extracts.outreach import OutreachOutcome, QuestionAnswers
from contracts.extracts.public_security import HouseholdRegister
from contracts.extracts.social_insurance import PensionRoll
from contracts.extracts.veterans import PreferentialTreatment
from contracts.vocabulary import Role

ID_STATES = ("valid", "valid15", "checksum", "scientific", "malformed", "missing", "swapped")
"""Values of an identity number column's ``_state``; ``swapped``: valid, but found in the cell of a name
(or a number is there, too), so that it must not link a row without a clerk."""


@dataclass(frozen=True)
class Department:
    """Who delivers: key (as in file names), Chinese and English name."""

    key: str
    title: str
    english: str


@dataclass(frozen=True)
class ReturnedList:
    """An extract that may be a list of ours, filled in by hand: what of it is no row and no fault.

    ``answers``: the columns that are filled in; a line with none of them is no row. ``programme``: the column
    that the list's title, or the matter in ``matters``, may state instead (None: it is about no programme).
    ``printed``: headers of the published lists that are no column of the extract.
    """

    answers: tuple[str, ...]
    programme: str | None
    matters: str | None
    printed: tuple[str, ...]


@dataclass(frozen=True)
class Contact:
    """Whether, and when, a row's address and phone were true: ``day``, the column with that day.

    ``priority``: of two days that are alike the extract with the smaller number is trusted more.
    """

    priority: int
    day: str


@dataclass(frozen=True)
class Extract:
    """An extract: its name (as in file names), Chinese title, department, model, what one row is.

    ``number``: its own for ever: the keys and fingerprints of its rows are made with it.
    ``roles``: a row is about several people; the columns of each begin with the role.
    ``contact``: how far its addresses and phones are trusted; None: they are not used to reach anybody (those
    of the register are used where no department has a recent one).
    ``returned``: set where a filled-in list of ours may be delivered as this extract. Such an extract is a
    log: what is delivered one night is added to what was delivered before.
    """

    number: int
    name: str
    title: str
    department: Department
    model: type[ExtractModel]
    row: str
    returned: ReturnedList | None = None
    contact: Contact | None = None
    roles: tuple[Role, ...] = ()

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The delivered columns in the order of the specification."""
        return tuple(
            replace(column.metadata["column"], name=name)
            for name, column in self.model.to_schema().columns.items()
        )

    @cached_property
    def by_name(self) -> dict[str, Column]:
        """The delivered columns by name."""
        return {column.name: column for column in self.columns}

    @cached_property
    def by_header(self) -> dict[str, Column]:
        """The delivered columns by Chinese header."""
        return {column.header: column for column in self.columns}

    @cached_property
    def schema(self) -> pa.DataFrameSchema:
        """The contract of ``intake.<name>``: row_number, delivered and derived columns, in order.

        An identity number ``X`` is followed by ``X18`` and ``X_state``, a name ``N`` by ``N_key``
        (``docs/tables.md``); a disability certificate number is followed by the identity number in it.
        """
        delivered = self.model.to_schema().columns
        columns: dict[str, pa.Column] = {"row_number": pa.Column(pl.Int64, pa.Check.ge(1))}
        for column in self.columns:
            columns[column.name] = delivered[column.name]
            columns |= {name: _derived(name) for name in derived_names(column)}
        return pa.DataFrameSchema(columns, strict=True, ordered=True)

    @cached_property
    def content(self) -> tuple[str, ...]:
        """The columns of the table that identify the person of a row; ``content`` is their fingerprint.

        Of names, numbers and addresses the compared form; of other columns that identify the person
        (``Column.identifies_person``) the value. A row with the same values in them has the same
        ``content`` on another night, wherever in its file it is.
        """
        names: list[str] = []
        for column in self.columns:
            match column.kind:
                case Kind.NAME | Kind.ADDRESS:
                    names += derived_names(column)
                case Kind.IDENTITY_NUMBER:
                    names += (column.name, *derived_names(column))
                case Kind.CERTIFICATE_NUMBER:
                    names += derived_names(column)
                case _ if column.identifies_person:
                    names.append(column.name)
        return tuple(names)

    @cached_property
    def table(self) -> dict[str, pl.DataType]:
        """Column names and types of ``intake.<name>``, in order."""
        types = {name: column.dtype.type for name, column in self.schema.columns.items()}
        return {name: dtype() if isinstance(dtype, type) else dtype for name, dtype in types.items()}


def derived_names(column: Column) -> tuple[str, ...]:
    """The columns of the table that intake makes from a delivered one, in order."""
    match column.kind:
        case Kind.NAME | Kind.ADDRESS:
            return (f"{column.name}_key",)
        case Kind.IDENTITY_NUMBER:
            return (f"{column.name}18", f"{column.name}_state")
        case Kind.CERTIFICATE_NUMBER:
            return ("id_number", "id_number18", "id_number_state")
    return ()


def _derived(name: str) -> pa.Column:
    if name.endswith("18"):
        return pa.Column(pl.String, pa.Check.str_matches(r"^[0-9]{17}[0-9X]$"), nullable=True)
    if name.endswith("_state"):
        return pa.Column(pl.String, pa.Check.isin(ID_STATES))
    return pa.Column(pl.String, nullable=True)


PUBLIC_SECURITY = Department("public_security", "公安", "public security")
CIVIL_AFFAIRS = Department("civil_affairs", "民政", "civil affairs")
DISABLED_FEDERATION = Department("disabled_federation", "残联", "disabled persons' federation")
SOCIAL_INSURANCE = Department("social_insurance", "人社", "social insurance")
MEDICAL_INSURANCE = Department("medical_insurance", "医保", "medical insurance")
HEALTH = Department("health", "卫健", "health")
VETERANS = Department("veterans", "退役军人事务", "veterans affairs")
OUTREACH = Department("outreach", "养老服务队伍", "outreach teams")

DEPARTMENTS: tuple[Department, ...] = (
    PUBLIC_SECURITY,
    CIVIL_AFFAIRS,
    DISABLED_FEDERATION,
    SOCIAL_INSURANCE,
    MEDICAL_INSURANCE,
    HEALTH,
    VETERANS,
    OUTREACH,
)

EXTRACTS: tuple[Extract, ...] = (
    Extract(1, "household_register", "户籍人口", PUBLIC_SECURITY, HouseholdRegister, "one registered person"),
    Extract(
        2,
        "marriage_register",
        "婚姻登记",
        CIVIL_AFFAIRS,
        MarriageRegister,
        "one registration event",
        roles=(Role.HUSBAND, Role.WIFE),
    ),
    Extract(
        3,
        "hardship_roll",
        "社会救助对象",
        CIVIL_AFFAIRS,
        HardshipRoll,
        "one person on the low-income roll",
        contact=Contact(4, "recognised_on"),
    ),
    Extract(
        4,
        "ability_assessment",
        "老年人能力评估",
        CIVIL_AFFAIRS,
        AbilityAssessment,
        "one assessment",
        contact=Contact(3, "assessed_on"),
    ),
    Extract(
        5,
        "benefit_roll",
        "待遇发放",
        CIVIL_AFFAIRS,
        BenefitRoll,
        "one person × programme being paid or served",
        contact=Contact(6, "start_month"),
    ),
    Extract(6, "death_record", "死亡（殡葬）信息", CIVIL_AFFAIRS, DeathRecord, "one death"),
    Extract(
        7, "visit_log", "探访记录", CIVIL_AFFAIRS, VisitLog, "one visit", contact=Contact(1, "visited_on")
    ),
    Extract(
        8,
        "care_survey",
        "老年人居住状况调查",
        CIVIL_AFFAIRS,
        CareSurvey,
        "one older person",
        contact=Contact(2, "surveyed_on"),
    ),
    Extract(9, "rescue_register", "救助登记", CIVIL_AFFAIRS, RescueRegister, "one rescue"),
    Extract(
        10,
        "disability_certificate",
        "残疾人证",
        DISABLED_FEDERATION,
        DisabilityCertificate,
        "one certificate",
        contact=Contact(5, "issued_on"),
    ),
    Extract(
        11,
        "pension_roll",
        "养老保险待遇",
        SOCIAL_INSURANCE,
        PensionRoll,
        "one person × scheme",
        contact=Contact(7, "first_month"),
    ),
    Extract(12, "long_term_care", "长期护理保险待遇", MEDICAL_INSURANCE, LongTermCare, "one beneficiary"),
    Extract(13, "family_planning", "计划生育扶助对象", HEALTH, FamilyPlanning, "one supported person"),
    Extract(14, "health_management", "老年人健康管理", HEALTH, HealthManagement, "one yearly check"),
    Extract(15, "preferential_treatment", "优抚对象", VETERANS, PreferentialTreatment, "one person"),
    Extract(
        16,
        "outreach_outcome",
        "走访联系结果",
        OUTREACH,
        OutreachOutcome,
        "one contact about one programme",
        ReturnedList(
            answers=("result", "contacted_on", "handler", "note"),
            programme="programme",
            matters="待办事项",
            printed=(
                "户序",
                "户号",
                "性别",
                "年龄",
                "电话",
                "地址",
                "金额",
                "现发金额",
                "生效日期",
                "首次发现日期",
                "首发月份",
                "理由",
                "依据",
                "提示",
                "最近联系",
                "日期",
                "多发或应补",
                "待办事项",
                "已办事项",
                "紧要程度",
                "乡镇街道",
                "社区",
                "限期",
                "上次服务",
                "最近见到本人",
                "同意日期",
                "复核原因",
                "网页",
            ),
        ),
    ),
)

EXTRACT_BY_NAME: dict[str, Extract] = {extract.name: extract for extract in EXTRACTS}

QUESTION_ANSWER = Extract(
    17,
    "question_answer",
    "核对问题答复",
    OUTREACH,
    QuestionAnswers,
    "one question to a department",
    ReturnedList(
        answers=("answer", "answered_on", "answered_by"),
        programme=None,
        matters=None,
        printed=(
            "数据表",
            "数据表代码",
            "文件",
            "工作表",
            "文件行",
            "行号",
            "当事人",
            "姓名",
            "身份证号",
            "问题",
            "不一致之处",
            "首次提出",
            "答复期限",
        ),
    ),
)
"""A list of questions that a department has answered in; no extract of a batch: it comes by import alone."""
