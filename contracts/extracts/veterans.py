"""What veterans affairs (退役军人事务) deliver."""

from __future__ import annotations

import polars as pl

from contracts.extracts import codes
from contracts.extracts.columns import ExtractModel, code, day, identity_number, person_name, yes_no


class PreferentialTreatment(ExtractModel):
    """One person."""

    name: str = person_name("姓名", "name", value=True)
    id_number: str = identity_number("身份证号", "resident identity number", required=True)
    category: pl.Int32 = code("优抚类别", "kind of preferential treatment", codes.PREFERENTIAL, value=True)
    periodic_pension: pl.Boolean = yes_no("定期抚恤", "draws a periodic pension", codes.YES_NO, required=True)
    birth_date: pl.Date = day("出生日期", "date of birth", identifies_person=True)
