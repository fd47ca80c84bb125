"""What comes back to us: of outreach teams, exported by the portal or filled by hand; of departments."""

from __future__ import annotations

import polars as pl

from contracts.extracts import codes
from contracts.extracts.columns import (
    ExtractModel,
    code,
    day,
    identity_number,
    person_name,
    programme_id,
    reference,
    text,
)


class OutreachOutcome(ExtractModel):
    """One contact about one programme."""

    person_id: str = reference("人员编号", "published person_id", required=True, identifies_person=True)
    name: str = person_name("姓名", "name")
    id_number: str = identity_number("身份证号", "resident identity number")
    programme: str = programme_id("项目编码", "programme id of the catalogue")
    result: str = code("结果", "what came of the contact", codes.CONTACT_RESULT, value=True)
    contacted_on: pl.Date = day("联系日期", "day of the contact", value=True, without_year=True)
    handler: str = text("经办人", "who made the contact")
    note: str = text("备注", "remark")


class QuestionAnswers(ExtractModel):
    """One question of ours, with the department's answer."""

    question_id: str = reference(
        "问题编号", "number of the question", required=True, value=True, identifies_person=True
    )
    answer: str = text("答复", "the department's answer", required=True, value=True)
    answered_on: pl.Date = day("答复日期", "day of the answer", without_year=True)
    answered_by: str = text("答复人", "who answered")
