"""Cells to values: dates, months, codes, amounts, numbers; what cannot be read is missing or costs a row."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from landing_zone import AS_OF, HEADER, VALID, Landing, line
from small_world import number

from contracts.extracts import CODE_SETS, codes
from outreach.intake import clean

FULL_WIDTH = str.maketrans("0123456789-/.", "０１２３４５６７８９－／．")


def read(function, *texts: str | None) -> list[object]:  # type: ignore[no-untyped-def]
    values: list[object] = function(clean.trimmed(pl.Series(list(texts), dtype=pl.String))).to_list()
    return values


def spellings_of_a_day(day: dt.date) -> list[str]:
    forms = [
        f"{day:%Y-%m-%d}",
        f"{day.year}/{day.month}/{day.day}",
        f"{day:%Y%m%d}",
        f"{day:%Y.%m.%d}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y-%m-%d} 00:00:00",
        f"{day:%Y-%m-%d}T12:30:00+08:00",
        f"{day:%Y/%m/%d} 9:05",
        f"'{day:%Y-%m-%d}",
        f"\t {day:%Y%m%d}　",
    ]
    serial = (day - dt.date(1899, 12, 30)).days
    if 2200 <= serial <= 73050:
        forms += [str(serial), f"{serial}.0", f"{serial}.4375"]
    return forms + [form.translate(FULL_WIDTH) for form in forms[:5]]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.dates(dt.date(1850, 1, 1), dt.date(2150, 12, 31)), min_size=1, max_size=10))
def test_a_day_is_read_in_every_form(days: list[dt.date]) -> None:
    forms = [(form, day) for day in days for form in spellings_of_a_day(day)]
    assert read(clean.dates, *(form for form, _ in forms)) == [day for _, day in forms]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(1850, 2150), st.integers(1, 12)), min_size=1, max_size=10))
def test_a_month_is_read_in_every_form(months: list[tuple[int, int]]) -> None:
    forms = [
        (form, dt.date(year, month, 1))
        for year, month in months
        for form in (
            f"{year}-{month:02}",
            f"{year}{month:02}",
            f"{year}年{month}月",
            f"{year}/{month}",
            f"{year}-{month:02}-17",
            f"{year}{month:02}.0",
        )
    ]
    assert read(clean.months, *(form for form, _ in forms)) == [month for _, month in forms]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=12), max_size=20))
def test_no_text_breaks_any_reader(texts: list[str]) -> None:
    series = clean.trimmed(pl.Series(texts, dtype=pl.String))
    for function in (
        clean.dates,
        clean.months,
        clean.amounts,
        clean.phones,
        clean.area_codes,
        clean.references,
        clean.identity_text,
    ):
        assert len(function(series)) == len(texts)
    for code_set in CODE_SETS:
        assert set(clean.code_values(series, code_set).drop_nulls()) <= set(code_set.values)


@pytest.mark.parametrize(
    "text",
    [
        "19450000",
        "1945-02-30",
        "1945-13-01",
        "2026",
        "1945",
        "长期",
        "99999",
        "12/03/1945",
        "1945-03",
        "三月",
        "0",
    ],
)
def test_what_is_no_day(text: str) -> None:
    assert read(clean.dates, text) == [None]


@pytest.mark.parametrize("text", ["2026-13", "2026", "2026.1", "20261", "x", "202600"])
def test_what_is_no_month(text: str) -> None:
    assert read(clean.months, text) == [None]


@pytest.mark.parametrize("text", ["", " ", "-", "无", "NULL", "null", "N/A", "'", "　", "' 无 "])
def test_what_means_missing(text: str) -> None:
    assert clean.trimmed(pl.Series([text])).to_list() == [None]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.decimals(0, Decimal("9999999999.99"), places=2), min_size=1, max_size=10))
def test_an_amount_is_read_in_every_form(amounts: list[Decimal]) -> None:
    forms = [
        (form, amount)
        for amount in amounts
        for form in (
            f"{amount}",
            f"{amount:,}",
            f"{amount}元",
            f"￥{amount}",
            f"{amount}".translate(FULL_WIDTH),
        )
    ]
    assert read(clean.amounts, *(form for form, _ in forms)) == [amount for _, amount in forms]


@pytest.mark.parametrize("text", ["-5", "1.2万", "12,34", "99999999999", "免费", "1e400"])
def test_what_is_no_amount(text: str) -> None:
    assert read(clean.amounts, text) == [None]


@pytest.mark.parametrize("code_set", CODE_SETS, ids=lambda s: s.name)
def test_a_code_is_read_as_code_or_label_with_or_without_brackets(code_set: codes.CodeSet) -> None:
    for entry in code_set.entries:
        spellings = [entry.code, entry.label, f" {entry.label}　", *entry.also]
        spellings += [f"{entry.label}（{also}）" for also in entry.also]
        spellings += [f"{entry.label} ({also})" for also in entry.also]
        if entry.code.isdigit():
            spellings += [f"0{entry.code}", f"{entry.code}.0", entry.code.translate(FULL_WIDTH)]
        values = read(lambda text: clean.code_values(text, code_set), *spellings)
        assert values == [entry.value] * len(spellings)
    assert read(lambda text: clean.code_values(text, code_set), "99", "其他情况") == [None, None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("340102", "340102000000"),
        ("340102001", "340102001000"),
        ("340102001003", "340102001003"),
        ("３４０１０２", "340102000000"),
        ("340102.0", "340102000000"),
        ("3.40102001003E+11", "340102001003"),
        ("3.40102E+11", None),
        ("3401", None),
        ("3401020010031", None),
        ("街道", None),
    ],
)
def test_area_codes(text: str, expected: str | None) -> None:
    assert read(clean.area_codes, text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("139 1234 5678", "13912345678"),
        ("+86-13912345678", "13912345678"),
        ("8613912345678", "13912345678"),
        ("0551-62345678", "055162345678"),
        ("１３９１２３４５６７８", "13912345678"),
        ("13912345678.0", "13912345678"),
        ("13912345678、13900000000", "13912345678"),
        ("不详", None),
        ("1.39E+10", None),
    ],
)
def test_phones(text: str, expected: str | None) -> None:
    assert read(clean.phones, text) == [expected]


@pytest.mark.parametrize(
    ("text", "cleaned", "state"),
    [
        (f"'{VALID}", VALID, "valid"),
        (VALID.lower(), VALID, "valid"),
        ("１１０１０５１９４９１２３１００２Ｘ", VALID, "valid"),
        ("110105 19491231　002X", VALID, "valid"),
        (f'="{VALID}"', VALID, "valid"),
        ("110105491231002", "110105491231002", "valid15"),
        ("11O10519491231002X", "11O10519491231002X", "malformed"),
        ("110105194912310021", "110105194912310021", "checksum"),
        ("1.10105E+17", "1.10105E+17", "scientific"),
        ("不详", "不详", "malformed"),
        ("无", None, "missing"),
        ("", None, "missing"),
    ],
)
def test_identity_numbers_are_cleaned_and_never_cost_a_row(
    landing: Landing, text: str, cleaned: str | None, state: str
) -> None:
    landing.register(line(公民身份号码=text))
    assert landing.take().status == "accepted"
    valid = VALID if state.startswith("valid") else None
    assert landing.rows("id_number, id_number18, id_number_state") == [(cleaned, valid, state)]


def test_disability_certificate_numbers(landing: Landing) -> None:
    header = "残疾人证号,姓名,残疾类别,残疾等级,发证日期,有效期至,证件状态"
    rows = [
        f"{number},王秀英,视力,一级,2020-01-01,2030-01-01,有效"
        for number in (
            f"{VALID}43",
            f"{VALID.lower()}43B1",
            "110105194912310021",
            "1.10105E+19",
            "-",
        )
    ]
    landing.put("disability_certificate.csv", [header, *rows])
    landing.take("disability_certificate")
    assert landing.rows(
        "row_number, certificate_no, id_number18, id_number_state, category, grade", "disability_certificate"
    ) == [
        (1, f"{VALID}43", VALID, "valid", 1, 1),
        (2, f"{VALID}43B1", VALID, "valid", 1, 1),
        (3, "110105194912310021", None, "checksum", 1, 1),
        (4, "1.10105E+19", None, "scientific", 1, 1),
    ]
    assert landing.quarantine() == [(5, "row", "missing_value", "残疾人证号")]


def test_unreadable_values_cost_the_row_only_where_required(landing: Landing) -> None:
    landing.register(
        line(出生日期="19450000", 性别="x"),
        line(人员状态="9"),
        line(姓名="无"),
        line(行政区划代码="不详", 户号=""),
        line(出生日期=f"{AS_OF + dt.timedelta(1):%Y-%m-%d}"),
        line(出生日期=""),
    )
    delivery = landing.take()
    assert landing.rows("row_number, sex, birth_date") == [(1, None, None), (5, "F", None), (6, "F", None)]
    assert landing.quarantine() == [
        (1, "value", "unknown_code", "性别"),
        (1, "value", "unreadable_date", "出生日期"),
        (2, "row", "unknown_code", "人员状态"),
        (3, "row", "missing_value", "姓名"),
        (4, "row", "missing_value", "户号"),
        (5, "value", "date_in_future", "出生日期"),
    ]
    assert delivery.quarantine == {"missing_value": 2, "unknown_code": 1}
    assert delivery.values == {"date_in_future": 1, "unknown_code": 1, "unreadable_date": 1}


def test_programmes_by_id_or_label(landing: Landing) -> None:
    header = "项目编码,姓名,身份证号,月标准,起发年月,发放状态"
    landing.put(
        "benefit_roll.csv",
        [
            header,
            *(
                f"{p},王秀英,{VALID},600,202601,发放中"
                for p in ("Age_Allowance ", "高龄津贴", "unheard_of", "")
            ),
        ],
    )
    landing.take("benefit_roll")
    assert landing.rows("row_number, programme, monthly_amount, start_month", "benefit_roll") == [
        (n, "age_allowance", Decimal("600.00"), dt.date(2026, 1, 1)) for n in (1, 2)
    ]
    assert landing.quarantine() == [
        (3, "row", "unknown_programme", "项目编码"),
        (4, "row", "missing_value", "项目编码"),
    ]


def test_no_message_holds_what_a_cell_held(landing: Landing) -> None:
    landing.register(line(姓名="-", 户籍地址="胜利路"), line(出生日期="一九四五"), line(人员状态="在世"))
    delivery = landing.take()
    output = str(landing.warehouse.con.sql("SELECT * FROM run.quarantine").fetchall()) + delivery.message
    for secret in ("王秀英", VALID, "胜利路", "一九四五", "在世"):
        assert secret not in output


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("340102-19410930-0017", "340102194109300017"),
        ("’340102194109300017", "340102194109300017"),
        ("“340102194109300017”", "340102194109300017"),
        ("340102 19410930 001x", "34010219410930001X"),
        ("340102·19410930·0017", "340102194109300017"),
        ("3.40102E+17", "3.40102E+17"),
        ("H-12345678", "H-12345678"),
        ("34010-219410930-0017", "34010-219410930-0017"),
    ],
)
def test_marks_between_the_parts_of_a_number_are_form(written: str, read: str) -> None:
    assert clean.identity_text(pl.Series([written])).to_list() == [read]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-10-31T16:00:00Z", dt.date(2026, 11, 1)),
        ("2026-10-31T15:59:59Z", dt.date(2026, 10, 31)),
        ("2026-10-31T16:00:00.123456Z", dt.date(2026, 11, 1)),
        ("2026-10-31 16:00:00+00:00", dt.date(2026, 11, 1)),
        ("2026-10-31 16:00:00.000 +0000", dt.date(2026, 11, 1)),
        ("20261031T160000Z", dt.date(2026, 11, 1)),
        ("2026/10/31 16:00 UTC", dt.date(2026, 11, 1)),
        ("2026-10-31T23:30:00-05:00", dt.date(2026, 11, 1)),
        ("2026-10-31T20:00:00+08:00", dt.date(2026, 10, 31)),
        ("2026-10-31T16:00:00Z[UTC]", dt.date(2026, 11, 1)),
        ("２０２６－１０－３１Ｔ１６：００：００Ｚ", dt.date(2026, 11, 1)),
        ("2026-10-31T16:00:00", dt.date(2026, 10, 31)),
        ("1988-06-30T15:00:00Z", dt.date(1988, 7, 1)),  # summer time here
        ("9999-12-31T16:00:00Z", dt.date(9999, 12, 31)),
        ("2958465", dt.date(9999, 12, 31)),
        ("2026-02-30T16:00:00Z", None),
    ],
)
def test_an_instant_with_a_zone_is_its_day_here(text: str, day: dt.date | None) -> None:
    assert read(clean.dates, text) == [day]
    assert read(clean.months, text) == [day and day.replace(day=1)]


def test_texts_that_become_one_text_of_a_month_are_read_alike() -> None:
    assert read(clean.months, "20 26年", "2026年", "２０２６年", "2026-11", "2026 -11") == [
        None,
        None,
        None,
        dt.date(2026, 11, 1),
        dt.date(2026, 11, 1),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3401020700001", "3401020700001"),
        ("3401020700001.0", "3401020700001"),
        ("３４０１０２０７", "34010207"),
        ("3.401020700001E+12", "3401020700001"),
        ("H0", "H0"),
        ("7", "7"),
        ("12E5", "12E5"),
        ("三组五号", "三组五号"),
        ("3.40102E+12", None),
        ("3,40102E+12", None),
        ("３．４０１０２ｅ１２", None),
        ("3E+12", None),
        ("3.40102×10^12", None),
        ("3401020...", None),
        ("340102070000100000", None),
        ("0", None),
        ("0.0", None),
        ("000-000", None),
        ("9999999", None),
        ("11", None),
        ("1234567890", None),
        ("XXXX", None),
        ("#####", None),
        ("集体户", None),
    ],
)
def test_household_numbers(text: str, expected: str | None) -> None:
    assert read(clean.households, text) == [expected]


def test_a_household_number_that_is_none_is_reported_and_costs_no_row(landing: Landing) -> None:
    landing.register(line(户号="3.40102E+12"), line(户号="0"), line(户号="/"), line(户号="H1"), line(户号=""))
    landing.take()
    accepted = landing.rows("row_number, household_no")
    assert [row for row in accepted if row[0] != 3] == [(1, None), (2, None), (4, "H1")]
    assert (1, "value", "no_household", "户号") in landing.quarantine()
    assert (2, "value", "no_household", "户号") in landing.quarantine()
    assert (5, "row", "missing_value", "户号") in landing.quarantine()


def test_days_that_cannot_be_are_missing_by_every_pair_of_the_contract(landing: Landing) -> None:
    header = "家庭编号,姓名,身份证号,出生日期,救助类别,认定日期,终止日期"
    days = [
        ("1949-12-31", "2024-01-01", "2023-12-31"),
        ("1949-12-31", "2024-01-01", "2024-01-01"),
        ("1949-12-31", "2024-01-01", "1970-01-01"),
        ("1949-12-31", "", "1900-01-01"),
        ("1949-12-31", "1900-01-01", "2026-01-01"),
        ("1900-01-01", "1940-01-01", "9999-12-31"),
    ]
    landing.put(
        "hardship_roll.csv",
        [header, *(f"J{n},王秀英,{VALID},{b},11,{f},{t}" for n, (b, f, t) in enumerate(days))],
    )
    landing.take("hardship_roll")
    assert landing.rows("birth_date, recognised_on, ended_on", "hardship_roll") == [
        (dt.date(1949, 12, 31), dt.date(2024, 1, 1), None),
        (dt.date(1949, 12, 31), dt.date(2024, 1, 1), dt.date(2024, 1, 1)),
        (dt.date(1949, 12, 31), dt.date(2024, 1, 1), None),
        (dt.date(1949, 12, 31), None, None),
        (dt.date(1949, 12, 31), None, dt.date(2026, 1, 1)),
        (None, dt.date(1940, 1, 1), dt.date(9999, 12, 31)),
    ]
    assert landing.quarantine() == [
        (1, "value", "before_beginning", "终止日期"),
        (3, "value", "empty_date", "终止日期"),
        (4, "value", "empty_date", "终止日期"),
        (5, "value", "empty_date", "认定日期"),
        (6, "value", "empty_date", "出生日期"),
    ]


def test_a_birth_date_confirmed_by_the_number_is_kept_though_it_be_a_first_day(landing: Landing) -> None:
    landing.register(
        line(公民身份号码="不详", 出生日期="1900-01-01"),
        line(公民身份号码=number("19000101", 122), 出生日期="1900-01-01"),
        line(公民身份号码=number("19440101", 122), 出生日期="1970-01-01"),
    )
    landing.take()
    born = dt.date(1900, 1, 1)
    assert landing.rows("birth_date") == [(born,), (born,), (None,)]


def test_deaths_before_birth_cost_the_row_and_a_cremation_before_death_the_cell(landing: Landing) -> None:
    header = "姓名,身份证号,出生日期,死亡日期,火化日期"
    wrong_check = VALID[:17] + "0"
    rows = [
        (VALID, "", "1949-12-30", ""),
        (VALID, "", "1949-12-31", "1949-12-30"),
        ("", "1949-12-31", "1926-09-01", ""),
        (wrong_check, "", "1926-09-01", ""),
        ("", "", "1926-09-01", ""),
        (VALID, "1970-01-01", "1965-01-01", ""),
        (VALID, "", "1970-01-01", ""),
    ]
    landing.put("death_record.csv", [header, *(f"王秀英,{','.join(cells)}" for cells in rows)])
    landing.take("death_record")
    assert landing.numbers("death_record") == [2, 5, 6]
    assert landing.quarantine() == [
        (1, "row", "before_birth", "死亡日期"),
        (2, "value", "before_beginning", "火化日期"),
        (3, "row", "before_birth", "死亡日期"),
        (4, "row", "before_birth", "死亡日期"),
        (6, "value", "empty_date", "出生日期"),
        (7, "row", "empty_date", "死亡日期"),
    ]


def test_a_change_of_state_before_the_birth_is_missing_and_the_row_stays(landing: Landing) -> None:
    header = [*HEADER, "状态变更日期"]
    lines = [
        f"{line(人员状态=state)},{day}"
        for state in ("死亡注销", "正常")
        for day in ("1926-01-01", "2026-01-01")
    ]
    landing.put("household_register.csv", [",".join(header), *lines])
    landing.take()
    kept = [None, dt.date(2026, 1, 1)]
    assert landing.rows("status, status_date") == [(2, kept[0]), (2, kept[1]), (1, kept[0]), (1, kept[1])]
    assert landing.quarantine() == [(n, "value", "before_birth", "状态变更日期") for n in (1, 3)]
