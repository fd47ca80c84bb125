"""XLSX and parquet, typed cells, parts, and files that are not what they say."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import xlsxwriter
from landing_zone import HEADER, ROW, VALID, Landing, line


def workbook(path: Path, rows: Sequence[Sequence[Any]], top: int = 0) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for number, row in enumerate(rows, top):
            for place, value in enumerate(row):
                if isinstance(value, dt.date):
                    sheet.write_datetime(number, place, value, day)
                elif value is not None:
                    sheet.write(number, place, value)


def cells(**changes: Any) -> list[Any]:
    return list((ROW | changes).values())


def test_typed_cells_of_a_workbook(landing: Landing) -> None:
    header = [*HEADER, "联系电话"]
    workbook(
        landing.folder / "household_register.xlsx",
        [
            header,
            [
                *cells(
                    户号=1001.0, 性别=2, 出生日期=dt.date(1949, 12, 31), 行政区划代码=340102001001, 人员状态=1
                ),
                13912345678,
            ],
            [*cells(公民身份号码=110105194912310021, 出生日期=16508), "'0551-6234567"],
            [None] * 10,
            [*cells(公民身份号码=110105491231002, 行政区划代码=340102), None],
        ],
    )
    delivery = landing.take()
    assert (delivery.status, delivery.files[0].encoding) == ("accepted", "XLSX")
    assert landing.rows(
        "row_number, household_no, id_number18, id_number_state, sex, birth_date, area_code, status, phone"
    ) == [
        (1, "1001", VALID, "valid", "F", dt.date(1949, 12, 31), "340102001001", 1, "13912345678"),
        (2, "H1", None, "scientific", "F", dt.date(1945, 3, 12), "340102001001", 1, "05516234567"),
        (3, "H1", VALID, "valid15", "F", dt.date(1949, 12, 31), "340102000000", 1, None),
    ]


def test_a_workbook_with_empty_rows_above_and_a_surplus_cell(landing: Landing) -> None:
    path = landing.folder / "household_register.xlsx"
    workbook(path, [HEADER, cells(), [*cells(), None, "多余"], cells()], top=3)
    landing.take()
    assert landing.numbers() == [1, 3]
    assert landing.quarantine() == [(2, "row", "ragged_row", None)]


def test_a_workbook_whose_header_is_not_on_top_is_refused(landing: Landing) -> None:
    workbook(landing.folder / "household_register.xlsx", [["户籍人口"], HEADER, cells()])
    assert "表头在第 2 行" in landing.take().message


def encrypted() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)


def truncated_workbook() -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        book.add_worksheet().write_row(0, 0, HEADER)
    return stream.getvalue()[:-300]


def broken_inside() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook><sheets><sheet")
        archive.writestr("[Content_Types].xml", "")
    return stream.getvalue()


def other_archive() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.txt", "text")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("xlsx", encrypted(), "密码"),
        ("xlsx", truncated_workbook(), "损坏"),
        ("xlsx", broken_inside(), "损坏"),
        ("xlsx", other_archive(), "不是 XLSX"),
        ("xlsx", b"", "0 字节"),
        ("xlsx", (",".join(HEADER) + "\n" + line()).encode(), "文本"),
        ("xlsx", b"<?xml version='1.0'?><Workbook/>", "HTML/XML"),
        ("csv", truncated_workbook(), "XLSX"),
        ("parquet", b"PAR1" + bytes(100) + b"PAR1", "损坏"),
        ("parquet", b"\xef\xbb\xbftext", "文本"),
        ("xls", encrypted(), ".xls"),
        ("txt", line().encode(), ".txt"),
    ],
)
def test_files_of_another_form_than_their_ending_are_refused(
    landing: Landing, name: str, content: bytes, reason: str
) -> None:
    landing.put(f"household_register.{name}", content)
    delivery = landing.take()
    assert delivery.status == "refused"
    assert reason in delivery.message


def test_parquet_of_any_types(landing: Landing) -> None:
    count = 2
    pl.DataFrame(
        {
            "户号": pl.Series([1001, 1002], dtype=pl.Int32),
            "公民身份号码": pl.Series([110105194912310021, 1.10105194912310021e17], dtype=pl.Float64),
            "姓名": pl.Series(["王秀英", "李 四"], dtype=pl.Categorical),
            "性别": [2.0, 1.0],
            "出生日期": [dt.date(1949, 12, 31), None],
            "与户主关系": [b"\xe6\x88\xb7", b"\xff"],
            "户籍地址": ["胜利路", "胜利路"],
            "行政区划代码": pl.Series([340102001001, 340102], dtype=pl.Int64),
            "人员状态": pl.Series([1, 2], dtype=pl.UInt8),
            "状态变更日期": pl.Series(["2020-01-01 08:30:00", None]).str.to_datetime(),
            "联系电话": [13912345678.0, float("nan")],
            "备注": [[1], [2]],
        }
    ).write_parquet(landing.folder / "household_register.parquet")
    delivery = landing.take()
    assert (delivery.status, delivery.rows_read, delivery.extra_columns) == (
        "accepted_with_quarantine",
        count,
        ("第 12 列（“备注”）",),
    )
    assert landing.rows(
        "household_no, id_number_state, sex, birth_date, area_code, status, status_date, phone"
    ) == [
        (
            "1001",
            "scientific",
            "F",
            dt.date(1949, 12, 31),
            "340102001001",
            1,
            dt.date(2020, 1, 1),
            "13912345678",
        )
    ]
    assert landing.quarantine() == [(2, "row", "wrong_byte", None)]


def test_a_nested_parquet_column_is_refused(landing: Landing) -> None:
    frame = pl.DataFrame({key: [value] for key, value in ROW.items()} | {"姓名": [["王秀英"]]})
    frame.write_parquet(landing.folder / "household_register.parquet")
    delivery = landing.take()
    assert delivery.status == "refused"
    assert "姓名" in delivery.message


def test_parts_in_different_forms_count_on(landing: Landing) -> None:
    landing.register(
        line(户号="A1"), "坏", line(户号="A3"), encoding="gb18030", name="household_register.part01.csv"
    )
    workbook(landing.folder / "household_register.part02.xlsx", [HEADER, cells(户号="B1"), cells(户号="B2")])
    landing.put(
        "household_register.part03.csv", ["\t".join(HEADER[::-1]), "\t".join([*ROW.values()][::-1])], "utf-16"
    )
    delivery = landing.take()
    assert delivery.status == "accepted_with_quarantine"
    assert landing.rows("row_number, household_no") == [(1, "A1"), (3, "A3"), (4, "B1"), (5, "B2"), (6, "H1")]
    assert [(f.rows_read, f.rows_accepted, f.encoding) for f in delivery.files] == [
        (3, 2, "GB18030"),
        (2, 2, "XLSX"),
        (1, 1, "UTF-16LE"),
    ]


def test_a_refused_part_refuses_the_extract(landing: Landing) -> None:
    landing.register(line(), name="household_register.part01.csv")
    landing.put("household_register.part02.csv", "姓名\n王秀英\n")
    delivery = landing.take()
    assert delivery.status == "refused"
    assert "household_register.part02.csv" in delivery.message
    assert (landing.rows(), delivery.rows_read, len(delivery.files)) == ([], 0, 2)


@pytest.mark.parametrize(
    ("names", "reason"),
    [
        (["part01.csv", "part03.csv"], "第 2 片"),
        (["part02.csv"], "第 1 片"),
        (["csv", "part01.csv"], "多个文件"),
        (["csv", "parquet"], "多个文件"),
        (["part01.csv", "part01.xlsx"], "编号重复"),
    ],
)
def test_sets_of_files_that_are_not_whole_or_not_clear(
    landing: Landing, names: list[str], reason: str
) -> None:
    for name in names:
        landing.register(line(), name=f"household_register.{name}")
    delivery = landing.take()
    assert delivery.status == "refused"
    assert reason in delivery.message
