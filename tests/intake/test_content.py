"""The fingerprint of a row: the same for rows that say the same of whom they are about."""

from __future__ import annotations

import pytest
from landing_zone import Landing, line

from contracts.extracts import EXTRACTS


def contents(landing: Landing, *lines: str) -> list[int]:
    landing.register(*lines)
    landing.take()
    return [content for (content,) in landing.rows("content")]


@pytest.mark.parametrize("other", [line(), line(与户主关系="子"), line(姓名="王 秀英"), line(性别="2")])
def test_rows_with_the_same_identifying_values_have_one_fingerprint(landing: Landing, other: str) -> None:
    assert len(set(contents(landing, line(), other))) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"姓名": "王秀芳"},
        {"公民身份号码": "110105194912310021"},
        {"户号": "H2"},
        {"户籍地址": "胜利路2号"},
        {"行政区划代码": "340102001002"},
        {"人员状态": "死亡注销"},
        {"出生日期": "1949-12-30"},
        {"性别": ""},
    ],
)
def test_every_column_that_identifies_a_person_changes_the_fingerprint(
    landing: Landing, changes: dict[str, str]
) -> None:
    assert len(set(contents(landing, line(), line(**changes)))) == 2


def test_every_extract_has_columns_that_identify_a_person() -> None:
    for extract in EXTRACTS:
        assert {"name_key", "husband_name_key"} & set(extract.content), extract.name
        assert set(extract.content) <= set(extract.table)
