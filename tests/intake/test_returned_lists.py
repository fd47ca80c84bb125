"""A list of ours that comes back: what nobody has filled in is no row, what somebody has is an answer."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import pytest
import xlsxwriter
from landing_zone import Landing

OUTCOME = "outreach_outcome"
HEADER = ["姓名", "性别", "电话", "身份证号", "人员编号", "结果", "联系日期", "经办人", "备注", "项目编码"]


def line(
    name: str = "王秀英", *, result: str = "", on: str = "", by: str = "", note: str = "", **more: str
) -> list[str]:
    """A line of a programme list, filled in or not."""
    programme = more.get("programme", "age_allowance")
    return [name, "女", "", "110105********002X", "pabc", result, on, by, note, programme]


def table(*lines: Sequence[str], header: Sequence[str] = HEADER, title: Sequence[str] = ()) -> str:
    """The list as CSV, with its title lines."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows([*([t] for t in title), header, *lines])
    return stream.getvalue()


def book(rows: Sequence[Sequence[str]]) -> bytes:
    """The rows as a workbook."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as workbook:
        sheet = workbook.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return stream.getvalue()


@pytest.mark.parametrize("sign", ["", "-", "/", "／", "无", "—", "——", " ", "\u3000", "N/A", ".", "、"])
def test_a_line_nobody_has_filled_in_is_no_row(landing: Landing, sign: str) -> None:
    untouched = [line(result=sign, on=sign, by=sign, note=sign) for _ in range(60)]
    landing.put(
        f"{OUTCOME}.csv", table(*untouched, line("李建国", result="同意", on="2026-11-19"), *untouched)
    )
    delivery = landing.take(OUTCOME)
    assert (delivery.status, delivery.rows_read, delivery.rows_quarantined) == ("accepted", 1, 0)
    assert landing.rows("row_number, name, result", OUTCOME) == [(1, "李建国", "同意")]


def test_a_line_touched_in_any_answer_is_a_row(landing: Landing) -> None:
    lines = [line(result="同意"), line(on="2026-11-19"), line(by="李"), line(note="不在家"), line(result="√")]
    landing.put(f"{OUTCOME}.csv", table(line(), *lines, line()))
    assert landing.take(OUTCOME).quarantine == {"missing_value": 4, "unknown_code": 1}


def test_titles_headers_and_the_published_columns_are_no_fault(landing: Landing) -> None:
    title = ["瑶海区　高龄津贴·新增　2026-11-18　共 2 人", "请于2026-11-30前交回"]
    landing.put(f"{OUTCOME}.csv", table(line(result="同意", on="11月19日"), title=title).encode("gb18030"))
    delivery = landing.take(OUTCOME)
    assert (delivery.status, delivery.values, delivery.extra_columns) == ("accepted", {}, ())
    ((day,),) = landing.rows("CAST(contacted_on AS VARCHAR)", OUTCOME)
    assert day == "2026-11-19"


def test_a_workbook_with_a_title_is_read_below_it(landing: Landing) -> None:
    rows = [["高龄津贴"], [], HEADER, line(), line("李建国", result="已去世", on="11月2日")]
    landing.put(f"{OUTCOME}.xlsx", book(rows))
    assert landing.take(OUTCOME).status == "accepted"
    assert landing.rows("row_number, name, result, programme", OUTCOME) == [
        (1, "李建国", "已去世", "age_allowance")
    ]


def test_the_title_states_the_programme_where_no_column_does(landing: Landing) -> None:
    short = [line(result="同意", on="2026-11-19")[:-1]]
    landing.put(f"{OUTCOME}.csv", table(*short, header=HEADER[:-1], title=["瑶海区　高龄津贴·新增"]))
    assert landing.take(OUTCOME).status == "accepted"
    assert landing.rows("programme", OUTCOME) == [("age_allowance",)]


@pytest.mark.parametrize("title", [[], ["瑶海区　名单"], ["高龄津贴、探访服务"]])
def test_without_one_programme_in_title_or_column_the_list_is_refused(
    landing: Landing, title: list[str]
) -> None:
    landing.put(f"{OUTCOME}.csv", table(line(result="同意")[:-1], header=HEADER[:-1], title=title))
    delivery = landing.take(OUTCOME)
    assert delivery.status == "refused"
    assert "项目编码" in delivery.message


def test_a_programme_of_the_line_comes_before_the_title(landing: Landing) -> None:
    lines = [
        line(result="同意", on="2026-11-19", programme="visit"),
        line(result="同意", on="2026-11-19", programme="/"),
    ]
    landing.put(f"{OUTCOME}.csv", table(*lines, title=["高龄津贴·新增"]))
    landing.take(OUTCOME)
    assert landing.rows("programme", OUTCOME) == [("visit",), ("age_allowance",)]


def test_a_list_of_another_region_is_refused_by_its_title(landing: Landing) -> None:
    landing.put(
        f"{OUTCOME}.csv", table(line(result="同意", on="2026-11-19"), title=["鄢陵县　高龄津贴·新增"])
    )
    delivery = landing.take(OUTCOME, regions={"瑶海区": "yaohai", "鄢陵县": "yanling"})
    assert delivery.status == "refused"
    assert "鄢陵县" in delivery.message
    assert "瑶海区" in delivery.message


def test_a_walking_list_is_read_by_its_ticks_and_matters(landing: Landing) -> None:
    header = ["户序", "姓名", "身份证号", "待办事项", "已办事项", "结果", "联系日期", "备注", "人员编号"]
    boxes = "□同意 □不同意 □未联系上 □信息有误"
    rows = [
        ["入户走访单　340102001001　瑶海区　2026-11-18"],
        header,
        ["1", "王秀英", "", "新增：高龄津贴（100.00）", "", boxes, "", "", "p1"],
        ["1", "李建国", "", "新增：高龄津贴", "", boxes.replace("□不", "☑不"), "11月19日", "", "p2"],
        ["2", "赵玉兰", "", "待服务：探访服务，提示", "", "同意√", "2026-11-19", "", "p3"],
        ["2", "周志强", "", "待服务：探访服务\n新增：高龄津贴", "", "同意", "2026-11-19", "", "p4"],
    ]
    landing.put(f"{OUTCOME}.xlsx", book(rows))
    delivery = landing.take(OUTCOME)
    assert delivery.quarantine == {"missing_value": 1}
    assert landing.rows("name, result, programme", OUTCOME) == [
        ("李建国", "不同意", "age_allowance"),
        ("赵玉兰", "同意", "visit"),
    ]


def test_an_answer_dated_ahead_is_kept_and_reported(landing: Landing) -> None:
    landing.put(
        f"{OUTCOME}.csv", table(line(result="同意", on="2026-11-21"), line(result="同意", on="2026-11-20"))
    )
    delivery = landing.take(OUTCOME)
    assert (delivery.rows_accepted, delivery.values) == (2, {"answer_ahead": 1})


def test_few_answers_after_many_are_no_loss_of_rows(landing: Landing) -> None:
    landing.put(f"{OUTCOME}.csv", table(line(result="同意", on="2026-11-19")))
    assert landing.take(OUTCOME, earlier=(5000,)).status == "accepted"


def test_parts_in_different_forms_are_counted_on(landing: Landing) -> None:
    landing.put(f"{OUTCOME}.part1.csv", table(line(), line("甲", result="同意", on="2026-11-19"), line()))
    landing.put(
        f"{OUTCOME}.part2.xlsx",
        book([["高龄津贴"], HEADER, line(), line("乙", result="同意", on="11月19日")]),
    )
    assert landing.take(OUTCOME).status == "accepted"
    assert landing.rows("row_number, name", OUTCOME) == [(1, "甲"), (2, "乙")]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("11月19日", "2026-11-19"),
        ("11月20日", "2026-11-20"),
        ("11月21日", "2025-11-21"),
        ("2月29日", "2024-02-29"),
        ("１１月１９日", "2026-11-19"),
        ("11月19号下午", "2026-11-19"),
        ("11月19日 10:30", "2026-11-19"),
        ("十一月十九日", "2026-11-19"),
        ("11月19", "2026-11-19"),
        ("11.19", "2026-11-19"),
        ("11/19", "2026-11-19"),
        ("26年11月19日", "2026-11-19"),
        ("2026年11月19日", "2026-11-19"),
        ("46345", "2026-11-19"),
    ],
)
def test_a_day_without_its_year_is_the_last_such_day(landing: Landing, written: str, day: str) -> None:
    landing.put(f"{OUTCOME}.csv", table(line(result="同意", on=written)))
    landing.take(OUTCOME)
    assert landing.rows("CAST(contacted_on AS VARCHAR)", OUTCOME) == [(day,)]


@pytest.mark.parametrize("written", ["11月31日", "13月1日", "11.2", "3/4", "昨天", "11月"])
def test_a_day_that_is_none_or_may_be_two_is_not_guessed(landing: Landing, written: str) -> None:
    landing.put(f"{OUTCOME}.csv", table(line(result="同意", on=written)))
    assert landing.take(OUTCOME).quarantine == {"unreadable_date": 1}


def test_no_other_extract_has_days_without_a_year(landing: Landing) -> None:
    landing.put("visit_log.csv", "姓名,身份证号,探访日期\n王秀英,,11月19日\n")
    assert landing.take("visit_log").quarantine == {"unreadable_date": 1}
