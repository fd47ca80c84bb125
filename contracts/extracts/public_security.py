"""What public security (公安) delivers."""

from __future__ import annotations

import polars as pl

from contracts.extracts import codes
from contracts.extracts.columns import (
    ExtractModel,
    area,
    code,
    day,
    household,
    identity_number,
    person_name,
    phone_number,
    postal_address,
    text,
)


class HouseholdRegister(ExtractModel):
    """One registered person."""

    household_no: str = household("户号", "household the person is registered in", value=True)
    id_number: str = identity_number("公民身份号码", "resident identity number", required=True)
    name: str = person_name("姓名", "name", value=True)
    sex: str = code("性别", "sex", codes.SEX, required=True, identifies_person=True)
    birth_date: pl.Date = day("出生日期", "date of birth", required=True, identifies_person=True)
    ethnicity: str = text("民族", "ethnic group")
    relation_to_head: str = text("与户主关系", "relation to the head of the household", required=True)
    registered_address: str = postal_address("户籍地址", "registered address", required=True)
    residence_address: str = postal_address("居住地址", "address of residence")
    area_code: str = area("行政区划代码", "area of registration (county 6, town 3, village 3 digits)")
    status: pl.Int32 = code(
        "人员状态", "state of the registration", codes.REGISTER_STATUS, value=True, identifies_person=True
    )
    status_date: pl.Date = day("状态变更日期", "day on which the state last changed", not_before="birth_date")
    phone: str = phone_number("联系电话", "telephone")
    former_name: str = person_name("曾用名", "an earlier name")
    former_id_number: str = identity_number("曾用身份号码", "an earlier identity number")
