"""What can still be read of a row in quarantine: whose it may be, and what it could say."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest
import xlsxwriter
from landing_zone import HEADER, VALID, Landing, line


def identifiers(landing: Landing) -> set[tuple[int, str | None, str | None]]:
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
def test_a_row_in_quarantine_still_has_its_number(landing: Landing, bad: str) -> None:
    landing.register(line(), bad)
    landing.take()
    assert (2, VALID, None) in identifiers(landing)


def test_names_are_as_they_are_compared(landing: Landing) -> None:
    landing.register(line(), line(公民身份号码="", 姓名="張 偉", 行政区划代码="?"))
    landing.take()
    assert (2, None, "张伟") in identifiers(landing)


def test_a_wrong_byte_leaves_the_rest_readable(landing: Landing) -> None:
    rows = [",".join(HEADER), line(), line(姓名="@")]
    landing.put("household_register.csv", "\n".join(rows).encode().replace(b"@", b"\xff"))
    landing.take()
    assert (2, VALID, None) in identifiers(landing)


def test_accepted_rows_leave_nothing_and_a_repeat_leaves_nothing_twice(landing: Landing) -> None:
    landing.register(line(), line(人员状态=""))
    landing.take()
    first = identifiers(landing)
    landing.take()
    assert identifiers(landing) == first
    assert {row for row, _, _ in first} == {2}


def test_a_certificate_number_gives_the_number_inside(landing: Landing) -> None:
    header = "残疾人证号,姓名,残疾类别,残疾等级,发证日期,有效期至,证件状态"
    landing.put("disability_certificate.csv", [header, f"{VALID}42B1,王秀英,4,2,2020-01-01,2030-01-01,"])
    landing.take("disability_certificate")
    assert (1, VALID, None) in identifiers(landing)


ROLL = ["项目编码", "项目名称", "姓名", "身份证号", "月标准", "起发年月", "发放状态", "居住地址"]


def record(landing: Landing, row: int, columns: str) -> tuple[Any, ...]:
    (found,) = landing.warehouse.con.execute(
        f"SELECT {columns} FROM run.quarantined_record WHERE row_number = ?", [row]
    ).fetchall()
    return tuple(found)


def test_a_row_with_a_spoilt_cell_is_read_column_by_column(landing: Landing) -> None:
    landing.register(line(), line(户号=""), line(人员状态="9"), line(出生日期="x", 行政区划代码="?", 性别=""))
    landing.take()
    read = "is_by_column, birth_date, sex, area_code, address_key, status"
    birth = dt.date(1949, 12, 31)
    assert record(landing, 2, read) == (True, birth, "F", "340102001001", "胜利路1-", 1)
    assert record(landing, 3, read) == (True, birth, "F", "340102001001", "胜利路1-", None)
    assert record(landing, 4, read) == (True, None, None, None, "胜利路1-", 1)


@pytest.mark.parametrize(
    "bad",
    [
        f"age_allowance,,王秀英,{VALID},100,2021-05,发放中,胜\xff路",
        f'age_allowance,,王秀英,{VALID},100,2021-05,发放中,"胜利路1号',
    ],
    ids=["wrong byte", "open quote"],
)
def test_a_spoilt_cell_moves_no_other(landing: Landing, bad: str) -> None:
    content = bad.encode("utf-8").replace("\xff".encode(), b"\xff")
    landing.put("benefit_roll.csv", ",".join(ROLL).encode() + b"\n" + content + b"\n")
    landing.take("benefit_roll")
    assert record(landing, 1, "is_by_column, programme, status") == (True, "age_allowance", 1)
    assert (1, VALID, None) in identifiers(landing)
    assert (1, None, "王秀英") in identifiers(landing)


def test_of_a_row_of_broken_form_words_count_that_show_what_they_are(landing: Landing) -> None:
    rows = [
        f"高龄津贴（80-89周岁）,王秀英,{VALID},100,2021-05,停发,胜利路1号,多,出,了",
        "visit,高龄津贴,王秀英,100,2021-05,1,胜利路1号,多,出,了",
    ]
    landing.put("benefit_roll.csv", [",".join(ROLL), *rows])
    landing.take("benefit_roll")
    read = "is_by_column, programme, status, address_key"
    assert record(landing, 1, read) == (False, "age_allowance", 3, "胜利路1-")
    assert record(landing, 2, read) == (False, None, None, "胜利路1-")


def test_a_programme_is_known_by_its_label_its_note_aside_or_by_its_name(landing: Landing) -> None:
    rows = [
        f"高龄津贴（80-89周岁）,,,{VALID},100,2021-05,1,",
        f"X9,高龄津贴,王秀英,{VALID},100,2021-05,1,",
        f"X9,别的,王秀英,{VALID},100,2021-05,1,",
    ]
    landing.put("benefit_roll.csv", [",".join(ROLL), *rows])
    landing.take("benefit_roll")
    assert [record(landing, row, "programme") for row in (1, 2, 3)] == [
        ("age_allowance",),
        ("age_allowance",),
        (None,),
    ]


def test_number_and_name_are_found_in_each_others_cells_and_a_guardian_is_not_the_person(
    landing: Landing,
) -> None:
    landing.put("benefit_roll.csv", [",".join(ROLL), f"age_allowance,,{VALID},王秀英,100,2021-05,9,"])
    landing.take("benefit_roll")
    assert identifiers(landing) == {(1, VALID, None), (1, None, "王秀英")}
    header = "残疾人证号,姓名,残疾类别,残疾等级,发证日期,有效期至,证件状态,监护人姓名"
    landing.put("disability_certificate.csv", [header, "12,,4,2,2020-01-01,2030-01-01,1,李国强"])
    landing.take("disability_certificate")
    assert landing.warehouse.con.execute(
        "SELECT count(*) FROM run.quarantined_identifier WHERE extract = 'disability_certificate'"
    ).fetchall() == [(0,)]


def test_a_household_number_that_is_the_heads_identity_number_names_nobody(landing: Landing) -> None:
    landing.register(line(), line(户号=VALID, 公民身份号码="", 人员状态="9"))
    landing.take()
    assert {number for row, number, _ in identifiers(landing) if row == 2} == {None}


def test_a_damaged_number_is_kept_apart_from_valid_ones(landing: Landing) -> None:
    landing.register(line(), line(公民身份号码=VALID[:-1] + "3", 户号=""))
    landing.take()
    assert landing.warehouse.con.execute(
        "SELECT number18, damaged_number FROM run.quarantined_identifier WHERE name_key IS NULL"
    ).fetchall() == [(None, VALID[:-1] + "3")]


def test_rows_of_workbooks_and_parquet_files_are_read_alike(landing: Landing) -> None:
    row = ["age_allowance", "", "王秀英", VALID, "100", "2021-05", "9", "胜利路1号"]
    with xlsxwriter.Workbook(landing.folder / "benefit_roll.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ROLL)
        sheet.write_row(1, 0, row)
        sheet.write_row(2, 0, [*row, "多"])
    landing.take("benefit_roll")
    read = "is_by_column, programme, status, address_key"
    assert record(landing, 1, read) == (True, "age_allowance", None, "胜利路1-")
    assert record(landing, 2, read) == (False, "age_allowance", None, "胜利路1-")
    assert {(n, VALID, None) for n in (1, 2)} < identifiers(landing)
    (landing.folder / "benefit_roll.xlsx").unlink()
    pl.DataFrame({name: [cell] for name, cell in zip(ROLL, row, strict=True)}).write_parquet(
        landing.folder / "benefit_roll.parquet"
    )
    landing.take("benefit_roll")
    assert record(landing, 1, read) == (True, "age_allowance", None, "胜利路1-")


def test_of_a_refused_extract_no_row_is_looked_at_by_itself(landing: Landing) -> None:
    rows = [f"王秀英,{VALID},2026-11-0{i % 9 + 1}" for i in range(100)]
    landing.put("visit_log.csv", ["姓名,身份证号,探访日期", *rows, *[f"王秀英,{VALID},x"] * 60])
    assert landing.take("visit_log").status == "refused"
    for table in ("run.quarantined_record", "run.quarantined_identifier"):
        assert landing.warehouse.con.execute(f"SELECT count(*) FROM {table}").fetchall() == [(0,)]


def test_a_visit_that_mentions_a_death_is_marked(landing: Landing) -> None:
    header = "姓名,身份证号,探访日期,探访结果"
    landing.put("visit_log.csv", [header, f"王秀英,{VALID},x,老人已去世", f"王秀英,{VALID},x,健在"])
    landing.take("visit_log")
    assert [record(landing, row, "mentions_death") for row in (1, 2)] == [(True,), (False,)]
