"""Workbooks: which sheet, merged ranges, and cells of every type."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import raw_workbook as raw
import xlsxwriter
from landing_zone import GOOD, HEAD, HEADER, ROW, VALID, Landing

from contracts.extracts import EXTRACT_BY_NAME
from outreach.intake.xlsx_reader import XlsxReader
from outreach.settings import IntakeSettings


def cells(**changes: Any) -> list[Any]:
    return list((ROW | changes).values())


def at(header: str) -> int:
    return HEADER.index(header)


# -- which sheet -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["hide", "very_hidden"])
def test_the_first_visible_sheet_counts_and_hidden_ones_before_it_are_reported(
    landing: Landing, path: Path, how: str
) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        for name in ("王秀英 11010519491231002X", "旧"):
            sheet = book.add_worksheet(name)
            getattr(sheet, how)()
            sheet.write_row(0, 0, HEADER)
            sheet.write_row(1, 0, cells(户号="旧"))
        book.add_chartsheet("图")
        shown = book.add_worksheet("本月")
        shown.write_row(0, 0, HEADER)
        shown.write_row(1, 0, cells(户号="新1"))
        shown.activate()
        book.add_worksheet("后").hide()
    delivery = landing.take()
    assert landing.rows("household_no") == [("新1",)]
    assert "2 个隐藏的工作表" in delivery.message
    assert "王秀英" not in delivery.message
    assert "1101" not in delivery.message


def test_a_workbook_without_a_visible_sheet_is_refused(landing: Landing, path: Path) -> None:
    hidden = raw.book('<sheet name="S" sheetId="1" state="hidden" r:id="rId1"/>')
    raw.write_parts(path, HEAD + GOOD, {raw.BOOK: hidden})
    delivery = landing.take()
    assert delivery.status == "refused"
    assert "没有可见的工作表" in delivery.message


def test_a_workbook_whose_visible_sheet_has_no_header_is_refused_with_a_hint_at_hidden_ones(
    landing: Landing, path: Path
) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        data = book.add_worksheet("数据")
        data.write_row(0, 0, HEADER)
        data.hide()
        book.add_worksheet("说明").activate()
    delivery = landing.take()
    assert delivery.status == "refused"
    assert "1 个隐藏的工作表" in delivery.message


# -- merged ranges -----------------------------------------------------------------------------------------


def test_a_merged_value_counts_for_every_row_and_column_of_its_range(landing: Landing, path: Path) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        for number, name in enumerate(("王秀英", "李四", "赵五"), 1):
            sheet.write_row(number, 0, cells(姓名=name))
        sheet.merge_range(1, at("户号"), 3, at("户号"), "共1")
        sheet.merge_range(1, at("人员状态"), 3, at("人员状态"), 1)
        sheet.merge_range(2, at("行政区划代码"), 3, at("行政区划代码"), 340102001002)
        sheet.write_row(4, 0, cells(户号="后1", 姓名="后来"))
    delivery = landing.take()
    assert delivery.status == "accepted"
    assert landing.rows("household_no, name, status, area_code") == [
        ("共1", "王秀英", 1, "340102001001"),
        ("共1", "李四", 1, "340102001002"),
        ("共1", "赵五", 1, "340102001002"),
        ("后1", "后来", 1, "340102001001"),
    ]


def test_a_block_over_rows_and_columns_fills_all_of_it(landing: Landing) -> None:
    header = ["姓名", "身份证号", "独居", "空巢", "留守"]
    with xlsxwriter.Workbook(str(landing.folder / "care_survey.xlsx")) as book:
        sheet = book.add_worksheet()
        sheet.write_row(2, 1, header)
        sheet.write_row(3, 1, ["王秀英", VALID])
        sheet.write_row(4, 1, ["李四", VALID])
        sheet.merge_range(3, 3, 4, 5, "是")
    landing.take("care_survey")
    assert landing.rows("name, lives_alone, empty_nest, left_behind", "care_survey") == [
        ("王秀英", True, True, True),
        ("李四", True, True, True),
    ]


def test_merged_titles_headers_and_remarks_fill_nothing(landing: Landing) -> None:
    with xlsxwriter.Workbook(str(landing.folder / "care_survey.xlsx")) as book:
        sheet = book.add_worksheet()
        for column, header in enumerate(["姓名", "身份证号", "独居", "空巢"]):
            sheet.merge_range(0, column, 1, column, header)
        sheet.merge_range(0, 4, 1, 6, "留守")
        sheet.write_row(2, 0, ["王秀英", VALID, "是", "否", "否"])
        sheet.merge_range(3, 0, 3, 6, "以上由网格员填写")
    delivery = landing.take("care_survey")
    assert landing.rows("name, lives_alone, left_behind", "care_survey")[0] == ("王秀英", True, False)
    assert delivery.extra_columns == ()
    remark = landing.rows("id_number, lives_alone", "care_survey")[1:]
    assert remark in ([], [(None, None)])


def test_a_merged_remark_beyond_the_header_keeps_no_row_out(landing: Landing, path: Path) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [*HEADER, "备注"])
        for number in (1, 2):
            sheet.write_row(number, 0, cells())
        sheet.merge_range(1, len(HEADER), 2, len(HEADER) + 3, "同一户")
    assert landing.take().rows_accepted == 2


def test_rows_below_a_merged_range_that_have_nothing_of_their_own_are_none(
    landing: Landing, path: Path
) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        for column, value in enumerate(cells()):
            sheet.merge_range(1, column, 3, column, value)
        sheet.write_row(4, 0, cells())
    delivery = landing.take()
    assert (delivery.rows_read, delivery.rows_accepted) == (2, 2)


def test_merged_ranges_that_make_no_sense_do_no_harm(landing: Landing, path: Path) -> None:
    ranges = ["A2:XFD1048576", "C9:A2", "A1:I3", "A2:A2", "B2:B1048576", "Z2:AB3"]
    merged = "".join(f'<mergeCell ref="{area}"/>' for area in ranges)
    after = f'<mergeCells count="{len(ranges)}">{merged}</mergeCells>'
    raw.write_parts(path, parts={raw.SHEET: raw.sheet(HEAD + GOOD, after=after)})
    assert landing.take().rows_accepted == 1


# -- cells -------------------------------------------------------------------------------------------------


def test_the_row_as_the_department_sees_it(path: Path) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("名册")
        sheet.write_row(4, 2, HEADER)
        sheet.write_row(5, 2, cells())
        sheet.write_row(8, 2, cells())
        sheet.write_row(10, 2, [*cells(), "", "多"])
    form = XlsxReader(path, EXTRACT_BY_NAME["household_register"], IntakeSettings())
    assert (form.sheet, form.header) == ("名册", [*HEADER, "", ""])
    (chunk,) = form.chunks(len(HEADER), [0, 1])
    assert chunk.cells.select("row_number", "line").rows() == [(1, 6), (2, 9)]
    assert chunk.bad.select("row_number", "line", "rule").rows() == [(3, 11, "ragged_row")]
    assert chunk.bad.get_column("text").to_list() == ["\t".join([*ROW.values(), "", "多"])]


def test_cells_of_every_type(landing: Landing) -> None:
    header = [*HEADER, "状态变更日期", "联系电话", "曾用名"]
    with xlsxwriter.Workbook(str(landing.folder / "household_register.xlsx"), {"date_1904": True}) as book:
        sheet = book.add_worksheet()
        plain = book.add_format({"num_format": "yyyy-mm-dd"})
        chinese = book.add_format({"num_format": '[$-804]yyyy"年"m"月"d"日"'})
        hours = book.add_format({"num_format": "[h]:mm"})
        bold = book.add_format({"bold": True})
        sheet.write_row(0, 0, header)
        sheet.write_row(1, 0, cells(公民身份号码=110105194912310021))
        sheet.write_datetime(1, at("出生日期"), dt.date(1949, 12, 31), plain)
        sheet.write_datetime(1, len(HEADER), dt.datetime(2020, 1, 2, 8, 30), chinese)  # noqa: DTZ001
        sheet.write_number(1, len(HEADER) + 1, 13912345678.0)
        sheet.write_rich_string(1, len(HEADER) + 2, "王", bold, "秀", "珍")
        sheet.write_row(2, 0, cells(户号=True, 性别="2"))
        sheet.write_formula(2, at("姓名"), '="赵"&"五"', None, "赵五")
        sheet.write_formula(2, at("出生日期"), "=1/0", None, "#DIV/0!")
        sheet.write_number(2, len(HEADER), 0.5, hours)
        sheet.write_string(2, len(HEADER) + 2, "赵\r\n")
    landing.take()
    assert landing.rows(
        "household_no, id_number_state, name, sex, birth_date, status_date, phone, former_name"
    ) == [
        (
            "H1",
            "scientific",
            "王秀英",
            "F",
            dt.date(1949, 12, 31),
            dt.date(2020, 1, 2),
            "13912345678",
            "王秀珍",
        ),
        ("1", "valid", "赵五", "F", None, None, None, "赵"),
    ]


def test_a_computed_amount_is_read_as_it_is_shown(landing: Landing) -> None:
    header = ["项目编码", "姓名", "身份证号", "月标准", "起发年月", "发放状态"]
    with xlsxwriter.Workbook(str(landing.folder / "benefit_roll.xlsx")) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, header)
        sheet.write_row(1, 0, ["age_allowance", "王秀英", VALID, 100.1 + 200.2, 202105, 1])
    landing.take("benefit_roll")
    assert [float(row[0]) for row in landing.rows("monthly_amount", "benefit_roll")] == [300.3]


@pytest.mark.parametrize("value", ["NaN", "inf", "1e400"])
def test_numbers_that_are_none_are_missing(landing: Landing, path: Path, value: str) -> None:
    cell = f'<row r="3"><c r="A3"><v>{value}</v></c>{raw.text("李四", "C3")}</row>'
    raw.write_parts(path, HEAD + GOOD + cell)
    assert landing.take().rows_accepted == 1
    assert (2, "row", "missing_value", "户号") in landing.quarantine()
