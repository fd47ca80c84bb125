"""What medical insurance (医保) delivers."""

from __future__ import annotations

import polars as pl

from contracts.extracts import codes
from contracts.extracts.columns import ExtractModel, code, identity_number, month, person_name, text


class LongTermCare(ExtractModel):
    """One beneficiary."""

    name: str = person_name("姓名", "name", value=True)
    id_number: str = identity_number("身份证号", "resident identity number", required=True)
    status: pl.Int32 = code("待遇状态", "state of the benefit", codes.BENEFIT_STATUS, value=True)
    level: str = text("待遇等级", "level of the benefit")
    first_month: pl.Date = month("首次享受年月", "first month of the benefit")
