"""Whose a row may be that was kept out: what can still be read of it."""

from __future__ import annotations

import pytest
from landing_zone import HEADER, VALID, Landing, line


def clues(landing: Landing) -> set[tuple[int, str | None, str | None]]:
    return set(
        landing.warehouse.con.sql(
            "SELECT row_number, number18, name_key FROM run.quarantined_identifier"
        ).fetchall()
    )


@pytest.mark.parametrize(
    "bad",
    [
        line() + ",多,出",
        line(人员状态=""),
        line(人员状态="不明"),
        line(姓名='"王秀英'),
        line(公民身份号码=f"'{VALID.lower()}", 户号=""),
    ],
)
def test_a_row_kept_out_still_tells_its_number(landing: Landing, bad: str) -> None:
    landing.register(line(), bad)
    landing.take()
    assert (2, VALID, None) in clues(landing)


def test_names_are_told_as_they_are_compared(landing: Landing) -> None:
    landing.register(line(), line(公民身份号码="", 姓名="張 偉", 行政区划代码="?"))
    landing.take()
    assert (2, None, "张伟") in clues(landing)


def test_a_wrong_byte_leaves_the_rest_readable(landing: Landing) -> None:
    rows = [",".join(HEADER), line(), line(姓名="@")]
    landing.put("household_register.csv", "\n".join(rows).encode().replace(b"@", b"\xff"))
    landing.take()
    assert (2, VALID, None) in clues(landing)


def test_accepted_rows_leave_no_clue_and_a_repeat_leaves_none_twice(landing: Landing) -> None:
    landing.register(line(), line(人员状态=""))
    landing.take()
    first = clues(landing)
    landing.take()
    assert clues(landing) == first
    assert {row for row, _, _ in first} == {2}


def test_a_certificate_number_gives_the_number_inside(landing: Landing) -> None:
    header = "残疾人证号,姓名,残疾类别,残疾等级,发证日期,有效期至,证件状态"
    landing.put("disability_certificate.csv", [header, f"{VALID}42B1,王秀英,4,2,2020-01-01,2030-01-01,"])
    landing.take("disability_certificate")
    assert (1, VALID, None) in clues(landing)
