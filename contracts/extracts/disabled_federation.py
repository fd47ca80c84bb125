"""What the disabled persons' federation (残联) delivers."""

from __future__ import annotations

import polars as pl

from contracts.extracts import codes
from contracts.extracts.columns import (
    ExtractModel,
    certificate_number,
    code,
    day,
    person_name,
    phone_number,
    postal_address,
)


class DisabilityCertificate(ExtractModel):
    """One certificate."""

    certificate_no: str = certificate_number(
        "残疾人证号", "identity number, category digit, grade digit; B1, B2 … when issued again"
    )
    name: str = person_name("姓名", "name", value=True)
    sex: str = code("性别", "sex", codes.SEX, identifies_person=True)
    birth_date: pl.Date = day("出生日期", "date of birth", identifies_person=True)
    category: pl.Int32 = code("残疾类别", "category of disability", codes.DISABILITY_CATEGORY, required=True)
    grade: pl.Int32 = code("残疾等级", "grade of disability", codes.DISABILITY_GRADE, required=True)
    issued_on: pl.Date = day("发证日期", "day of issue", required=True)
    valid_until: pl.Date = day(
        "有效期至", "last day of validity; missing = no end", required=True, not_before="issued_on"
    )
    status: pl.Int32 = code("证件状态", "state of the certificate", codes.CERTIFICATE_STATUS, value=True)
    guardian_name: str = person_name("监护人姓名", "name of the guardian")
    phone: str = phone_number("联系电话", "telephone")
    address: str = postal_address("居住地址", "address of residence")
