"""What social insurance (人社) delivers."""

from __future__ import annotations

import polars as pl

from contracts.extracts import codes
from contracts.extracts.columns import (
    ExtractModel,
    Money,
    amount,
    code,
    day,
    identity_number,
    month,
    person_name,
    phone_number,
    yes_no,
)


class PensionRoll(ExtractModel):
    """One person x scheme."""

    id_number: str = identity_number(
        "社会保障号码", "social security number: the identity number", required=True
    )
    name: str = person_name("姓名", "name", value=True)
    sex: str = code("性别", "sex", codes.SEX, identifies_person=True)
    birth_date: pl.Date = day("出生日期", "date of birth", identifies_person=True)
    scheme: pl.Int32 = code("险种", "pension scheme", codes.PENSION_SCHEME, value=True)
    status: pl.Int32 = code("待遇状态", "state of the pension", codes.PENSION_STATUS, value=True)
    monthly_pension: Money = amount("月待遇", "pension a month, CNY")
    first_month: pl.Date = month("首次领取年月", "first month drawn")
    work_injury_care: pl.Boolean = yes_no("工伤护理", "draws work-injury nursing benefit", codes.YES_NO)
    phone: str = phone_number("联系电话", "telephone")
