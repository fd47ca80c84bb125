"""What the health department (卫健) delivers."""

from __future__ import annotations

import polars as pl

from contracts.extracts import codes
from contracts.extracts.columns import ExtractModel, code, day, identity_number, person_name, text


class FamilyPlanning(ExtractModel):
    """One supported person."""

    name: str = person_name("姓名", "name", value=True)
    id_number: str = identity_number("身份证号", "resident identity number", required=True)
    sex: str = code("性别", "sex", codes.SEX, identifies_person=True)
    birth_date: pl.Date = day("出生日期", "date of birth", identifies_person=True)
    category: pl.Int32 = code("扶助类别", "kind of support", codes.FAMILY_PLANNING, value=True)
    recognised_on: pl.Date = day("认定日期", "day of recognition")


class HealthManagement(ExtractModel):
    """One yearly check."""

    name: str = person_name("姓名", "name", value=True)
    id_number: str = identity_number("身份证号", "resident identity number", required=True)
    managed_on: pl.Date = day("管理日期", "day of the check", value=True)
    institution: str = text("机构", "who made it")
