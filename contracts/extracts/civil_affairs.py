"""What civil affairs (民政) deliver: registers, rolls, visits, the funeral service and the rescue station."""

from __future__ import annotations

import polars as pl

from contracts.extracts import codes
from contracts.extracts.columns import (
    ExtractModel,
    Money,
    amount,
    code,
    day,
    household,
    identity_number,
    month,
    person_name,
    phone_number,
    postal_address,
    programme_id,
    reference,
    text,
    yes_no,
)


class MarriageRegister(ExtractModel):
    """One registration event."""

    certificate_no: str = reference("登记证字号", "number of the marriage or divorce certificate")
    husband_name: str = person_name("男方姓名", "name of the husband", required=True)
    husband_id_number: str = identity_number(
        "男方身份证件号", "identity number of the husband", required=True
    )
    wife_name: str = person_name("女方姓名", "name of the wife", required=True)
    wife_id_number: str = identity_number("女方身份证件号", "identity number of the wife", required=True)
    event: pl.Int32 = code(
        "登记类别", "what was registered", codes.MARRIAGE_EVENT, value=True, identifies_person=True
    )
    event_date: pl.Date = day("登记日期", "day of registration", value=True, identifies_person=True)


class HardshipRoll(ExtractModel):
    """One person on the low-income roll."""

    family_no: str = household("家庭编号", "family the relief was granted to", required=True)
    name: str = person_name("姓名", "name", value=True)
    id_number: str = identity_number("身份证号", "resident identity number", required=True)
    sex: str = code("性别", "sex", codes.SEX, identifies_person=True)
    birth_date: pl.Date = day("出生日期", "date of birth", identifies_person=True)
    category: pl.Int32 = code("救助类别", "kind of relief", codes.HARDSHIP, value=True)
    recognised_on: pl.Date = day("认定日期", "day of recognition", required=True)
    ended_on: pl.Date = day("终止日期", "last day on the roll; missing = current", not_before="recognised_on")
    income_per_head: Money = amount("家庭人均月收入", "monthly income a head of the family, CNY")
    address: str = postal_address("居住地址", "address of residence")
    phone: str = phone_number("联系电话", "telephone")


class AbilityAssessment(ExtractModel):
    """One assessment."""

    assessment_no: str = reference("评估编号", "number of the assessment")
    name: str = person_name("姓名", "name", value=True)
    id_number: str = identity_number("身份证号", "resident identity number", required=True)
    sex: str = code("性别", "sex", codes.SEX, identifies_person=True)
    birth_date: pl.Date = day("出生日期", "date of birth", identifies_person=True)
    assessed_on: pl.Date = day("评估日期", "day of the assessment", value=True)
    level: pl.Int32 = code("能力等级", "ability level", codes.ABILITY_LEVEL, value=True)
    valid_until: pl.Date = day(
        "有效期至", "last day of validity; missing = two years after the assessment", not_before="assessed_on"
    )
    institution: str = text("评估机构", "who assessed")
    address: str = postal_address("居住地址", "address of residence")
    phone: str = phone_number("联系电话", "telephone")


class BenefitRoll(ExtractModel):
    """One person x programme being paid or served."""

    programme: str = programme_id("项目编码", "programme id of the catalogue")
    programme_name: str = text("项目名称", "name of the programme")
    name: str = person_name("姓名", "name", value=True)
    id_number: str = identity_number("身份证号", "resident identity number", required=True)
    monthly_amount: Money = amount("月标准", "amount a month, CNY", required=True)
    start_month: pl.Date = month("起发年月", "first month paid", required=True)
    last_paid_month: pl.Date = month("最近发放年月", "last month paid", not_before="start_month")
    status: pl.Int32 = code("发放状态", "state of payment", codes.BENEFIT_STATUS, value=True)
    address: str = postal_address("居住地址", "address of residence")
    phone: str = phone_number("联系电话", "telephone")


class DeathRecord(ExtractModel):
    """One death."""

    name: str = person_name("姓名", "name", value=True)
    id_number: str = identity_number("身份证号", "resident identity number", required=True)
    sex: str = code("性别", "sex", codes.SEX, identifies_person=True)
    birth_date: pl.Date = day("出生日期", "date of birth", identifies_person=True)
    died_on: pl.Date = day("死亡日期", "day of death", value=True, not_before="birth_date")
    cremated_on: pl.Date = day("火化日期", "day of cremation", not_before="died_on")


class VisitLog(ExtractModel):
    """One visit."""

    name: str = person_name("姓名", "name", value=True)
    id_number: str = identity_number("身份证号", "resident identity number", required=True)
    visited_on: pl.Date = day("探访日期", "day of the visit", value=True)
    method: str = text("探访方式", "how the visit was made")
    result: str = text("探访结果", "what was found")
    address: str = postal_address("居住地址", "address of residence")
    phone: str = phone_number("联系电话", "telephone")


class CareSurvey(ExtractModel):
    """One older person."""

    name: str = person_name("姓名", "name", value=True)
    id_number: str = identity_number("身份证号", "resident identity number", required=True)
    sex: str = code("性别", "sex", codes.SEX, identifies_person=True)
    birth_date: pl.Date = day("出生日期", "date of birth", identifies_person=True)
    lives_alone: pl.Boolean = yes_no("独居", "lives alone", codes.YES_NO, required=True)
    empty_nest: pl.Boolean = yes_no("空巢", "children live elsewhere", codes.YES_NO, required=True)
    left_behind: pl.Boolean = yes_no("留守", "left behind by migrant children", codes.YES_NO, required=True)
    has_supporter: pl.Boolean = yes_no(
        "有无法定赡养人", "has a person legally bound to support", codes.YES_NO
    )
    address: str = postal_address("居住地址", "address of residence")
    phone: str = phone_number("联系电话", "telephone")
    surveyed_on: pl.Date = day("调查日期", "day of the survey")


class RescueRegister(ExtractModel):
    """One rescue."""

    name: str = person_name("姓名", "name", required=True)
    id_number: str = identity_number("身份证号", "resident identity number")
    sex: str = code("性别", "sex", codes.SEX, identifies_person=True)
    birth_date: pl.Date = day("出生日期", "date of birth", identifies_person=True)
    rescued_on: pl.Date = day("救助日期", "day of the rescue", value=True)
    station: str = text("救助站", "rescue station")
