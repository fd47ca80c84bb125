"""CSV files as departments really send them, and as they arrive broken."""

from __future__ import annotations

import pytest
from landing_zone import HEADER, ROW, VALID, Landing, line

ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8-BOM",
    "gb18030": "GB18030",
    "gbk": "GB18030",
    "utf-16": "UTF-16LE",
    "utf-16-le": "UTF-16LE",
    "utf-16-be": "UTF-16BE",
}


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_encoding_and_line_end(landing: Landing, encoding: str, end: str) -> None:
    lines = [",".join(HEADER), *(line(户号=f"H{n}") for n in range(1, 4)), ""]
    landing.put("household_register.csv", end.join(lines).encode(encoding))
    delivery = landing.take()
    assert delivery.status == "accepted"
    assert delivery.files[0].encoding == ENCODINGS[encoding]
    assert landing.rows("row_number, household_no, name, sex, area_code") == [
        (n, f"H{n}", "王秀英", "F", "340102001001") for n in range(1, 4)
    ]


@pytest.mark.parametrize("delimiter", [",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-be"])
def test_every_delimiter(landing: Landing, delimiter: str, encoding: str) -> None:
    landing.put("household_register.csv", [delimiter.join(HEADER), line(delimiter)], encoding)
    delivery = landing.take()
    assert (delivery.status, delivery.files[0].delimiter) == ("accepted", delimiter)
    assert landing.rows("id_number18") == [(VALID,)]


def test_columns_in_any_order_with_extra_ones(landing: Landing) -> None:
    header = ["备用", *reversed(HEADER)]
    landing.put("household_register.csv", [",".join(header), ",".join(["x", *reversed(ROW.values())])])
    delivery = landing.take()
    assert delivery.status == "accepted"
    assert delivery.extra_columns == ("第 1 列",)
    assert "约定以外的列未采用：第 1 列" in delivery.message
    assert landing.rows("name, household_no") == [("王秀英", "H1")]


def test_header_cells_carry_spaces_quotes_and_full_width(landing: Landing) -> None:
    header = [" 户 号　", '"公民身份号码"', "'姓名", *HEADER[3:]]
    landing.put("household_register.csv", ["\ufeff" + ",".join(header), line()])
    assert landing.take().status == "accepted"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_wrong_byte_costs_its_row_only(landing: Landing, encoding: str) -> None:
    lines = [line(户号=f"H{n}", 姓名="王强").encode(encoding) for n in range(1, 6)]
    lines[2] = lines[2].replace("强".encode(encoding), b"\xff")
    landing.put("household_register.csv", b"\n".join([",".join(HEADER).encode(encoding), *lines]))
    delivery = landing.take()
    assert delivery.files[0].encoding == ENCODINGS[encoding]
    assert landing.numbers() == [1, 2, 4, 5]
    assert landing.quarantine() == [(3, "row", "wrong_byte", None)]


def test_many_wrong_bytes_do_not_turn_utf8_into_gb18030(landing: Landing) -> None:
    good = [line(户号=f"H{n}").encode() for n in range(60)]
    landing.put(
        "household_register.csv",
        b"\n".join([",".join(HEADER).encode(), *good, *[line().encode() + b"\xb0\xa1"] * 3]),
    )
    delivery = landing.take()
    assert delivery.files[0].encoding == "UTF-8"
    assert delivery.quarantine == {"wrong_byte": 3}


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_lost_byte_in_utf16_costs_its_row_only(landing: Landing, encoding: str) -> None:
    lines = [(line(户号=f"H{n}") + "\n").encode(encoding) for n in range(1, 6)]
    lines[2] = lines[2][:9] + lines[2][10:]
    landing.put("household_register.csv", (",".join(HEADER) + "\n").encode(encoding) + b"".join(lines))
    landing.take()
    assert landing.numbers() == [1, 2, 4, 5]


def test_ragged_lines_and_blank_lines(landing: Landing) -> None:
    landing.register(
        line(户号="H1"),
        "",
        "   ",
        line(户号="H2") + ",,, ",
        "H3,短",
        ",,,,,,,,",
        line(户号="H4") + ",多余",
        "\u3000",
        line(户号="H5"),
        "\x1a",
    )
    landing.take()
    assert landing.rows("row_number, household_no") == [(1, "H1"), (2, "H2"), (5, "H5")]
    assert landing.quarantine() == [(3, "row", "ragged_row", None), (4, "row", "ragged_row", None)]


def test_quoted_cells(landing: Landing) -> None:
    quoted = ",".join(f'"{value}"' for value in ROW.values())
    landing.register(
        quoted,
        line(户籍地址='"胜利路1号,2室 ""东""侧"'),
        line(户籍地址=' "三室" '),
        line(户籍地址='五"寸'),
        quoted + ',"",""',
    )
    assert landing.take().status == "accepted"
    assert [row[0] for row in landing.rows("registered_address")] == [
        "胜利路1号",
        '胜利路1号,2室 "东"侧',
        "三室",
        '五"寸',
        "胜利路1号",
    ]


def test_a_quote_left_open_ends_with_its_line(landing: Landing) -> None:
    landing.register(
        line(户号="H1"),
        line(户号="H2", 姓名='"王秀英'),
        line(户号="H3"),
        line(户号="H4", 户籍地址='"甲"乙'),
        line(户号="H5", 户籍地址='"甲,乙"'),
    )
    landing.take()
    assert landing.rows("row_number, household_no") == [(1, "H1"), (3, "H3"), (5, "H5")]
    assert [rule for _, _, rule, _ in landing.quarantine()] == ["broken_quote", "broken_quote"]


def test_a_quoted_tab_file_with_trailing_delimiters(landing: Landing) -> None:
    header = "\t".join(f'"{h}"' for h in HEADER) + "\t\t"
    landing.put("household_register.csv", [header, line("\t") + "\t\t", line("\t", 姓名="李四") + "\t\tx"])
    landing.take()
    assert landing.numbers() == [1]
    assert landing.quarantine() == [(2, "row", "ragged_row", None)]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "0 字节"),
        (b"\n\n \n", "表头"),
        ("标题：户籍人口\n" + ",".join(HEADER) + "\n" + line(), "表头在第 2 行"),
        (",".join(HEADER[1:]) + "\n" + line(), "缺少必需的列：户号"),
        (",".join([*HEADER, "姓名"]) + "\n" + line() + ",x", "列名重复：姓名"),
        (line() + "\n" + line(), "表头"),
        (b"PK\x03\x04" + bytes(40), "XLSX"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ".xls"),
        ("<html><table><tr><td>户号</td></tr></table></html>", "HTML"),
        (b"PAR1" + bytes(40), "Parquet"),
        (bytes(range(256)) * 40, "表头"),
    ],
)
def test_files_that_are_refused(landing: Landing, content: bytes | str, reason: str) -> None:
    landing.put("household_register.csv", content)
    delivery = landing.take()
    assert delivery.status == "refused"
    assert reason in delivery.message
    assert landing.rows() == []
    assert VALID not in delivery.message
    assert "王秀英" not in delivery.message


def test_a_header_alone_is_an_extract_without_rows(landing: Landing) -> None:
    landing.put("rescue_register.csv", "姓名,救助日期\n")
    delivery = landing.take("rescue_register")
    assert (delivery.status, delivery.rows_read) == ("accepted", 0)


def test_a_register_without_rows_is_refused(landing: Landing) -> None:
    landing.register()
    assert landing.take().status == "refused"


def test_row_numbers_run_over_blocks(landing: Landing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("outreach.intake.decoding.BLOCK_BYTES", 700)
    lines = [line(户号=f"H{n}") if n % 7 else "坏" for n in range(1, 81)]
    for encoding in ("utf-8", "gb18030", "utf-16"):
        for end in ("\r\n", "\r"):
            landing.put("household_register.csv", end.join([",".join(HEADER), *lines]).encode(encoding))
            landing.take()
            assert landing.rows("row_number, household_no") == [
                (n, f"H{n}") for n in range(1, 81) if n % 7
            ], (encoding, end)


def test_formula_text_stays_text(landing: Landing) -> None:
    name = "=cmd|' /C calc'!A0"
    landing.register(line(姓名=name), line(姓名="'王五"), line(姓名="+1"))
    landing.take()
    assert [row[0] for row in landing.rows("name")] == [name, "王五", "+1"]
