"""The facts about a person that policies may name, with type, Chinese label and the extracts they rest on.

One row of ``facts.person`` holds them all. A fact is NULL where it is not known from the data; which
extract would supply it is declared here, once: policy checks, reasons for "unknown" and the data dictionary
read it.
"""

from __future__ import annotations

from dataclasses import dataclass

from contracts.vocabulary import HARDSHIP_ROLLS


@dataclass(frozen=True)
class Fact:
    """A documented fact. ``sql_type`` is its DuckDB type; ``extracts`` those that would supply it."""

    name: str
    sql_type: str
    label: str
    extracts: tuple[str, ...]
    meaning: str


_REGISTER = ("household_register",)
_HARDSHIP = ("hardship_roll",)
_CERTIFICATE = ("disability_certificate",)
_ABILITY = ("ability_assessment",)
_SURVEY = ("care_survey",)
_FAMILY = ("family_planning",)
_VETERANS = ("preferential_treatment",)
_PENSION = ("pension_roll",)
_VISITS = ("visit_log",)
_HEALTH = ("health_management",)

FACTS: tuple[Fact, ...] = (
    Fact(
        "alive", "BOOLEAN", "在世", ("household_register", "death_record"), "not known dead on the as-of date"
    ),
    Fact("registered", "BOOLEAN", "本地户籍", _REGISTER, "not dead and at least one register row 正常"),
    Fact(
        "birth_date",
        "DATE",
        "出生日期",
        _REGISTER,
        "from the number of the best source, else the date fields",
    ),
    Fact("age", "INTEGER", "周岁", _REGISTER, "completed years; born 29 February: 1 March in common years"),
    Fact("sex", "VARCHAR", "性别", _REGISTER, "M or F"),
    Fact("area_code", "VARCHAR", "行政区划代码", _REGISTER, "12 digits, of the register row that counts"),
    Fact("town_code", "VARCHAR", "乡镇街道代码", _REGISTER, "first 9 digits of area_code"),
    Fact(
        "household_id",
        "VARCHAR",
        "户号",
        _REGISTER,
        "户号 of the 正常 row that counts; NULL where it is damaged, a placeholder or of over 15 people",
    ),
    Fact(
        "hardship_rolls", "INTEGER[]", "救助类别", _HARDSHIP, "all current codes, ascending; [] = on no roll"
    ),
    Fact(
        "hardship",
        "VARCHAR",
        "主要救助类别",
        _HARDSHIP,
        "leading roll (13, 12, 11, 21, 22, 31) by name: destitute_central, destitute_dispersed, "
        "minimum_living, margin, expenditure, poverty_watch; or none",
    ),
    Fact("hard_up", "BOOLEAN", "经济困难", _HARDSHIP, "on any of 11 12 13 21 22"),
    Fact("destitute", "BOOLEAN", "特困", _HARDSHIP, "on 12 or 13"),
    *(
        Fact(f"on_{roll}", "BOOLEAN", roll.chinese, _HARDSHIP, f"{number} among the current rolls")
        for number, roll in HARDSHIP_ROLLS.items()
    ),
    Fact(
        "has_certificate", "BOOLEAN", "持有效残疾人证", _CERTIFICATE, "a certificate valid on the as-of date"
    ),
    Fact(
        "disability_category",
        "VARCHAR",
        "残疾类别",
        _CERTIFICATE,
        "'1'..'7' of the valid certificate, or none",
    ),
    Fact(
        "disability_grade", "VARCHAR", "残疾等级", _CERTIFICATE, "'1'..'4' of the valid certificate, or none"
    ),
    Fact("severely_disabled", "BOOLEAN", "重度残疾", _CERTIFICATE, "grade 1 or 2"),
    Fact(
        "ability_level",
        "INTEGER",
        "能力等级",
        _ABILITY,
        "0-4 of the valid assessment; NULL = never validly assessed",
    ),
    Fact(
        "has_assessment",
        "BOOLEAN",
        "有有效能力评估",
        ("long_term_care", "ability_assessment"),
        "a valid assessment, or that of long-term care insurance for who draws it (without a level); "
        "false = assessments delivered, and none of both",
    ),
    Fact("disabled_old", "BOOLEAN", "失能（含部分失能）", _ABILITY, "ability_level >= 1"),
    Fact("unable_to_self_care", "BOOLEAN", "生活不能自理", _ABILITY, "ability_level >= 3"),
    Fact("partly_unable", "BOOLEAN", "部分失能", _ABILITY, "ability_level 1 or 2"),
    Fact("surveyed", "BOOLEAN", "做过居住状况调查", _SURVEY, "a row not after the as-of date"),
    Fact("lives_alone", "BOOLEAN", "独居", _SURVEY, "NULL = not surveyed"),
    Fact("empty_nest", "BOOLEAN", "空巢", _SURVEY, "NULL = not surveyed"),
    Fact("left_behind", "BOOLEAN", "留守", _SURVEY, "NULL = not surveyed"),
    Fact("has_supporter", "BOOLEAN", "有法定赡养人", _SURVEY, "NULL = not surveyed"),
    Fact(
        "no_supporter",
        "BOOLEAN",
        "无法定赡养人、扶养人",
        ("marriage_register", "care_survey"),
        "false = has_supporter, or a spouse not known to be dead; true = has_supporter is false and there is "
        "none; NULL = not surveyed, or the marriage register is missing",
    ),
    Fact(
        "family_planning", "VARCHAR", "计划生育扶助类别", _FAMILY, "bereaved, disabled_child, one_child, none"
    ),
    Fact("fp_special", "BOOLEAN", "计划生育特殊家庭", _FAMILY, "bereaved or disabled_child"),
    Fact("preferential", "VARCHAR", "优抚类别", _VETERANS, "smallest of '1'..'6', or none"),
    Fact("periodic_pension", "BOOLEAN", "享受定期抚恤", _VETERANS, "true if any row has it"),
    Fact(
        "pension_scheme", "INTEGER[]", "养老保险险种", _PENSION, "110, 120, 170; aligned with pension_status"
    ),
    Fact("pension_status", "INTEGER[]", "养老待遇状态", _PENSION, "1-5, aligned with pension_scheme"),
    Fact(
        "employee_pension_open",
        "BOOLEAN",
        "职工养老保险待领",
        _PENSION,
        "in scheme 110 or 120 with status 1 or 3; NULL = only suspended (4)",
    ),
    Fact(
        "employee_pension_drawn",
        "BOOLEAN",
        "职工养老金已在领取",
        _PENSION,
        "in scheme 110 or 120 with status 2, and none with 1, 3 or 4",
    ),
    Fact(
        "employee_age_reached",
        "BOOLEAN",
        "达到法定退休年龄",
        _REGISTER,
        "statutory age of the employees' scheme; NULL for a woman between the two possible ages",
    ),
    Fact(
        "resident_pension_open",
        "BOOLEAN",
        "居民养老保险待领",
        _PENSION,
        "in scheme 170 with status 1 or 3; NULL = only suspended (4)",
    ),
    Fact("resident_pension_drawn", "BOOLEAN", "居民养老金已在领取", _PENSION, "in scheme 170 with status 2"),
    Fact("work_injury_care", "BOOLEAN", "领取工伤护理费", _PENSION, "true if any row has it"),
    Fact("long_term_care", "BOOLEAN", "享受长期护理保险", ("long_term_care",), "a benefit in status 1"),
    Fact(
        "married_to",
        "VARCHAR",
        "配偶",
        ("marriage_register",),
        "person_id after the latest event, NULL = nobody known",
    ),
    Fact("ever_visited", "BOOLEAN", "有探访记录", _VISITS, "a visit that met the person, by the as-of date"),
    Fact("last_visit_on", "DATE", "最近探访日期", _VISITS, "NULL = never, or not known (see ever_visited)"),
    Fact(
        "days_since_visit",
        "INTEGER",
        "距最近探访天数",
        _VISITS,
        "NULL = never, or not known (see ever_visited)",
    ),
    Fact(
        "visited_this_week",
        "BOOLEAN",
        "本周已探访",
        _VISITS,
        "a visit since the Monday of the as-of week",
    ),
    Fact(
        "visited_this_month",
        "BOOLEAN",
        "本月已探访",
        _VISITS,
        "a visit since the first of the as-of month",
    ),
    Fact("last_health_check_on", "DATE", "最近健康管理日期", _HEALTH, "NULL = never, or not known"),
    Fact(
        "health_checked_this_year",
        "BOOLEAN",
        "本年度已健康管理",
        _HEALTH,
        "a check in the as-of calendar year",
    ),
    Fact(
        "last_sign_of_life_on",
        "DATE",
        "最近见到本人日期",
        ("visit_log", "health_management", "ability_assessment", "care_survey", "outreach_outcome"),
        "the last visit that met the person, health check, assessment, survey or answer to an outreach team; "
        "NULL = none, or not known",
    ),
    Fact(
        "rescued",
        "BOOLEAN",
        "近期受救助",
        ("rescue_register",),
        "a rescue within 180 days before the as-of date",
    ),
    Fact(
        "household_has_carer",
        "BOOLEAN",
        "同户有可照护的成年人",
        ("ability_assessment", "household_register"),
        "another alive registered person of the 户号, 18 or older and not known to be unable_to_self_care; "
        "three-valued, false without a 户号",
    ),
    Fact(
        "household_carers",
        "INTEGER",
        "同户可照护的成年人数",
        ("ability_assessment", "household_register"),
        "how many such people are known",
    ),
)

FACT_BY_NAME = {fact.name: fact for fact in FACTS}

HARDSHIP_NAMES = {number: roll.value for number, roll in HARDSHIP_ROLLS.items()}
"""The names of the rolls by the number that departments give them."""

DERIVED_FROM: dict[str, tuple[str, ...]] = {
    "age": ("birth_date",),
    "town_code": ("area_code",),
    **dict.fromkeys(
        (
            "hardship",
            "hard_up",
            "destitute",
            *(f"on_{roll}" for roll in HARDSHIP_ROLLS.values()),
        ),
        ("hardship_rolls",),
    ),
    "severely_disabled": ("disability_grade",),
    **dict.fromkeys(("disabled_old", "unable_to_self_care", "partly_unable"), ("ability_level",)),
    "fp_special": ("family_planning",),
    **dict.fromkeys(
        (
            "employee_pension_open",
            "employee_pension_drawn",
            "resident_pension_open",
            "resident_pension_drawn",
        ),
        ("pension_scheme", "pension_status"),
    ),
    "employee_age_reached": ("birth_date", "sex"),
    "no_supporter": ("has_supporter", "married_to"),
    **dict.fromkeys(("days_since_visit", "visited_this_week", "visited_this_month"), ("last_visit_on",)),
    "health_checked_this_year": ("last_health_check_on",),
    "last_sign_of_life_on": ("last_visit_on", "last_health_check_on", "has_assessment", "surveyed"),
    **dict.fromkeys(("household_has_carer", "household_carers"), ("household_id",)),
}
"""Facts that are reckoned from other facts of the same person, and from which. A fact that is not named here
comes from source rows (``FACT_GROUPS``)."""


ENDING_FACTS: tuple[str, ...] = (
    *(f"on_{roll}" for roll in HARDSHIP_ROLLS.values()),
    *("destitute", "hard_up", "hardship"),
    *("has_certificate", "severely_disabled", "disability_grade", "disability_category"),
    *("has_assessment", "ability_level", "disabled_old", "unable_to_self_care", "partly_unable"),
)
"""The facts whose last day ``facts.ended`` may know."""

LOOKED_UP_EXTRACTS: tuple[str, ...] = (
    *_HARDSHIP,
    *_CERTIFICATE,
    *_ABILITY,
    *_SURVEY,
    *_FAMILY,
    *_VETERANS,
    *_PENSION,
    "long_term_care",
    *_VISITS,
    *_HEALTH,
    "rescue_register",
)
"""The extracts in which ``facts.named`` looks for a person: those on which a condition of a policy may rest,
but the registers, in which everybody may be expected to be."""


@dataclass(frozen=True)
class FactGroup:
    """Facts from the same source rows; ``mart.fact_source`` names the rows by the group's ``name``."""

    name: str
    label: str
    facts: tuple[str, ...] = ()


FACT_GROUPS: tuple[FactGroup, ...] = (
    FactGroup("register", "户籍登记", ("registered", "area_code", "household_id")),
    FactGroup("birth", "出生日期与性别", ("birth_date", "sex")),
    FactGroup("death", "死亡", ("alive",)),
    FactGroup("hardship", "社会救助", ("hardship_rolls",)),
    FactGroup("hardship ended", "社会救助（已终止）"),
    FactGroup("certificate", "残疾人证", ("has_certificate", "disability_category", "disability_grade")),
    FactGroup("certificate ended", "残疾人证（已过期）"),
    FactGroup("ability", "能力评估", ("ability_level", "has_assessment")),
    FactGroup("ability ended", "能力评估（已过期）"),
    FactGroup(
        "survey", "居住状况调查", ("surveyed", "lives_alone", "empty_nest", "left_behind", "has_supporter")
    ),
    FactGroup("family_planning", "计划生育扶助", ("family_planning",)),
    FactGroup("preferential", "优抚", ("preferential",)),
    FactGroup("periodic_pension", "定期抚恤", ("periodic_pension",)),
    FactGroup("pension", "养老保险", ("pension_scheme", "pension_status")),
    FactGroup("work_injury_care", "工伤护理", ("work_injury_care",)),
    FactGroup("long_term_care", "长期护理保险", ("long_term_care",)),
    FactGroup("marriage", "婚姻登记", ("married_to",)),
    FactGroup("visit", "探访", ("ever_visited", "last_visit_on")),
    FactGroup("health_check", "健康管理", ("last_health_check_on",)),
    FactGroup("rescue", "救助", ("rescued",)),
    FactGroup("receiving", "待遇发放"),
    FactGroup("declined", "不同意的记录"),
)
"""``register`` is named only of several register rows. Birth date and sex rest on the register row where no
row of ``birth`` is named: that row settles them.
What ran out (``… ended``) gives no fact: it is why a fact is no longer so."""

GROUP_OF_FACT: dict[str, str] = {fact: group.name for group in FACT_GROUPS for fact in group.facts}
