"""Lines as programs really leave them: marks, missing cells, broken fields, headers that come again."""

from __future__ import annotations

import json

import polars as pl
import pytest
import xlsxwriter
from landing_zone import HEADER, ROW, VALID, Landing, line

from contracts.extracts import EXTRACTS, Extract, Kind

ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be")
MARKS = ("\x1a", "\x0c", "\x0b", "\x1b", "\x7f", "\0", "\x1a\x1a\x1a", "\0\0\x1a\x0c", "\x85", "\x1a\n\x1a\n")


def lines_of(landing: Landing, extract: str = "household_register") -> dict[int, tuple[str, str | None, int]]:
    """For each row number of an extract its file, sheet and line there, as intake noted them."""
    ranges = landing.warehouse.con.sql(
        f"SELECT * EXCLUDE extract FROM run.line_range WHERE extract = '{extract}' ORDER BY first_row"
    ).fetchall()
    return {
        row: (file, sheet, row + offset)
        for file, sheet, first, last, offset in ranges
        for row in range(first, last + 1)
    }


def where(landing: Landing, extract: str = "household_register") -> list[int]:
    return [place for _, _, place in lines_of(landing, extract).values()]


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_control_mark_at_the_end_is_no_line(landing: Landing, mark: str, encoding: str) -> None:
    for end in ("\n", "\r\n", ""):
        landing.put(
            "household_register.csv", f"{','.join(HEADER)}\n{line()}{end or chr(10)}{mark}{end}", encoding
        )
        delivery = landing.take()
        assert (delivery.status, delivery.rows_read) == ("accepted", 1), (mark, end)
    landing.put("rescue_register.csv", f"姓名,救助日期\n{mark}", encoding)
    delivery = landing.take("rescue_register")
    assert (delivery.status, delivery.rows_read) == ("accepted", 0)
    landing.put("rescue_register.csv", f"姓名,救助日期{mark}", encoding)
    assert landing.take("rescue_register").status == "accepted"


def test_control_marks_within_lines_are_nothing(landing: Landing) -> None:
    text = "\n".join(
        [",".join(HEADER), line(姓名="王秀英"), "\x0c", line(户号="H\x002", 姓名="李\x1b四"), "\x1a"]
    )
    for encoding in ENCODINGS:
        landing.put("household_register.csv", "\x0c" + text.replace("户号", "户\x1a号", 1), encoding)
        landing.take()
        assert landing.rows("row_number, household_no, name") == [(1, "H1", "王秀英"), (2, "H2", "李四")]
        assert where(landing) == [2, 4]


def needed_width(extract: Extract) -> int:
    return 1 + max(n for n, column in enumerate(extract.columns) if column.required_value)


def sample_row(extract: Extract) -> list[str]:
    """A row that is accepted: something readable in every cell."""
    values = {
        Kind.NAME: "王秀英",
        Kind.IDENTITY_NUMBER: VALID,
        Kind.CERTIFICATE_NUMBER: f"{VALID}43",
        Kind.DATE: "2020-01-02",
        Kind.MONTH: "2020-01",
        Kind.PROGRAMME: "age_allowance",
        Kind.YES_NO: "1",
        Kind.AMOUNT: "100",
        Kind.PHONE: "13900000000",
        Kind.AREA: "340102001001",
    }
    return [
        column.codes.entries[0].code if column.codes else values.get(column.kind, "某处")
        for column in extract.columns
    ]


@pytest.mark.parametrize("extract", EXTRACTS, ids=lambda extract: extract.name)
@pytest.mark.parametrize(("delimiter", "encoding"), [(",", "gb18030"), ("\t", "utf-16"), ("|", "utf-8")])
def test_cells_missing_at_the_end_are_empty(
    landing: Landing, extract: Extract, delimiter: str, encoding: str
) -> None:
    row, needed = sample_row(extract), needed_width(extract)
    short = [delimiter.join(row[:width]) for width in range(needed, len(row) + 1)]
    cut = [delimiter.join(row[:width]) for width in range(1, needed)]
    quoted = [delimiter.join(f'"{cell}"' for cell in row[:width]) for width in range(needed, len(row) + 1)]
    header = delimiter.join(column.header for column in extract.columns)
    landing.put(f"{extract.name}.csv", [header, *short, *quoted, *short * 40, *cut, short[0]], encoding)
    delivery = landing.take(extract.name)
    assert delivery.status == "accepted_with_quarantine" if cut else "accepted"
    assert delivery.rows_accepted == len(short) * 42 + 1
    assert delivery.quarantine == ({"ragged_row": len(cut)} if cut else {})
    last = extract.columns[-1].name
    empty = [row[0] for row in landing.rows(last, extract.name)].count(None)
    assert empty == (len(short) - 1) * 42 + 1 if needed < len(row) else empty == 0


ADDRESSED = [*HEADER, "居住地址", "联系电话"]


def addressed(address: str, phone: str = "13900000000", **changes: str) -> str:
    return f"{line(**changes)},{address},{phone}"


def test_a_quoted_field_may_hold_line_breaks(landing: Landing, monkeypatch: pytest.MonkeyPatch) -> None:
    twenty = "\n".join(["甲"] * 20)
    lines = [
        ",".join(ADDRESSED),
        addressed('"胜利路1号\n2室"', 户号="H1"),
        addressed('"胜利路, ""东""\n\n3室 "', '"139\n00000000"', 户号="H2"),
        addressed(f'"{twenty}"', 户号="H3"),
        ",".join(f'"{cell}"' for cell in [*ROW.values(), "Block A\nRoom 2", "1"]),
        "",
        addressed('"一\n二"', "", 户号='"H\n5"') + ",,",
        addressed("平路", 户号="H6"),
    ]
    expected = [
        ("H1", "胜利路1号2室", "13900000000", 2),
        ("H2", '胜利路, "东" 3室', "13900000000", 4),
        ("H3", "甲" * 20, "13900000000", 8),
        ("H1", "Block A Room 2", None, 28),
        ("H5", "一二", None, 31),
        ("H6", "平路", "13900000000", 34),
    ]
    for block in (24 << 20, 300):
        monkeypatch.setattr("outreach.intake.decoding.BLOCK_BYTES", block)
        for encoding in ("utf-8", "gb18030", "utf-16"):
            for end in ("\n", "\r\n"):
                content = end.join([*lines, ""]).replace("\r\n", "\n").replace("\n", end)
                landing.put("household_register.csv", content.encode(encoding))
                landing.take()
                rows = landing.rows("household_no, residence_address, phone")
                found = [(*row, place) for row, place in zip(rows, where(landing), strict=True)]
                assert found == expected, (block, encoding, end)


@pytest.mark.parametrize(
    ("open_line", "costs"),
    [
        # never closed; closed before other text; closed after 20 lines; of too many cells, of too few
        (addressed('"胜利路1号'), 1),
        (addressed('"胜利路\n1号"东'), 2),
        (addressed('"' + "\n".join(["甲"] * 21) + '"'), 21),
        (addressed('"胜利路\n1号"', "1,2,3"), 2),
        (line(姓名='"王') + '\n英",女', 2),
    ],
)
def test_else_an_open_quote_ends_with_its_line(landing: Landing, open_line: str, costs: int) -> None:
    good = [addressed("平路", 户号=f"H{n}") for n in range(30)]
    landing.put("household_register.csv", [",".join(ADDRESSED), *good, open_line, *good])
    delivery = landing.take()
    assert (delivery.rows_accepted, delivery.rows_quarantined) == (60, costs)


def test_stray_quotes_swallow_no_rows(landing: Landing) -> None:
    good = [line(户号=f"H{n}") for n in range(4)]
    landing.register(line(姓名='"王秀英'), *good, line(姓名='李四"'), *good, line(姓名='"赵六"'))
    delivery = landing.take()
    assert (delivery.rows_read, delivery.rows_accepted) == (11, 10)
    assert landing.quarantine() == [(1, "row", "broken_quote", None)]


def test_a_broken_header_cell_is_one_cell(landing: Landing) -> None:
    header = ",".join(HEADER).replace("公民身份号码", '"公民\n身份号码"').replace("姓名", '"姓名\n"')
    landing.put("household_register.csv", ["", header, line(), line(户号="H2")])
    assert landing.take().rows_accepted == 2
    assert where(landing) == [5, 6]


@pytest.mark.parametrize("block", [24 << 20, 400])
def test_a_header_again_is_no_row(landing: Landing, monkeypatch: pytest.MonkeyPatch, block: int) -> None:
    monkeypatch.setattr("outreach.intake.decoding.BLOCK_BYTES", block)
    again = [
        ",".join(HEADER),
        ",".join(f' "{name}"' for name in HEADER),
        "\ufeff" + ",".join(HEADER),
        "户 号," + ",".join(HEADER[1:]),
    ]
    landing.register(
        line(户号="H1"), again[0], line(户号="H2"), "坏", again[1], again[2], line(户号="H3"), again[3]
    )
    delivery = landing.take()
    assert (delivery.rows_read, delivery.rows_accepted) == (4, 3)
    assert landing.rows("row_number, household_no") == [(1, "H1"), (2, "H2"), (4, "H3")]
    assert where(landing) == [2, 4, 5, 8]


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet"])
def test_a_header_again_in_every_form(landing: Landing, form: str) -> None:
    for swap in (False, True):
        again = [HEADER[0], HEADER[2], HEADER[1], *HEADER[3:]] if swap else HEADER
        rows = [list(ROW.values()), again, list(ROW.values())]
        for path in landing.folder.glob("household_register.*"):
            path.unlink()
        path = landing.folder / f"household_register.{form}"
        if form == "csv":
            landing.put(path.name, [",".join(row) for row in [HEADER, *rows]])
        elif form == "xlsx":
            with xlsxwriter.Workbook(str(path)) as book:
                sheet = book.add_worksheet()
                for number, row in enumerate([HEADER, *rows]):
                    sheet.write_row(number, 0, row)
        else:
            pl.DataFrame(rows, schema=HEADER, orient="row").write_parquet(path)
        delivery = landing.take()
        if swap:
            assert delivery.status == "refused"
            assert f"第 {2 if form == 'parquet' else 3} 行又是表头" in delivery.message
            assert landing.rows() == []
        else:
            assert (delivery.status, delivery.rows_read) == ("accepted", 2)


@pytest.mark.parametrize("more", ["备注", "备注,经办人"])
def test_a_header_of_another_width_and_order_refuses(landing: Landing, more: str) -> None:
    other = ",".join(reversed(HEADER))
    landing.register(line(), f"{more},{other}", line() + ",x" * (more.count(",") + 1))
    assert landing.take().status == "refused"


def test_parts_have_headers_of_their_own(landing: Landing) -> None:
    landing.register("", line(户号="H1"), name="household_register.part01.csv")
    turned = [",".join(reversed(HEADER)), "", "", ",".join(reversed(ROW.values())), "坏"]
    landing.put("household_register.part02.csv", turned)
    assert landing.take().rows_accepted == 2
    assert lines_of(landing) == {
        1: ("household_register.part01.csv", None, 3),
        2: ("household_register.part02.csv", None, 4),
        3: ("household_register.part02.csv", None, 5),
    }


def test_lines_of_workbooks_and_parquet_files(landing: Landing) -> None:
    book_path = landing.folder / "household_register.xlsx"
    with xlsxwriter.Workbook(str(book_path)) as book:
        sheet = book.add_worksheet("户籍")
        for number in (2, 3, 5):
            sheet.write_row(number, 0, HEADER if number == 2 else list(ROW.values()))
    landing.take()
    assert where(landing) == [4, 6]
    book_path.unlink()
    pl.DataFrame({name: [value] * 3 for name, value in ROW.items()}).write_parquet(
        landing.folder / "household_register.parquet"
    )
    landing.take()
    assert where(landing) == [1, 2, 3]


def test_an_optional_column_twice_gives_what_is_filled_first(landing: Landing) -> None:
    header = ",".join(["联系电话", *HEADER, "联系电话", "联系电话"])
    phones = [("1391", "1392", ""), ("", "1392", "1393"), ("/", "", "1393"), ("", "", "")]
    rows = [
        f"{a}1111111,{line()},{b}2222222,{c}" if a and b else f"{a},{line()},{b},{c}" for a, b, c in phones
    ]
    landing.put("household_register.csv", [header, *rows])
    delivery = landing.take()
    assert delivery.status == "accepted"
    assert "列名重复，每行取其中第一个有值的：联系电话" in delivery.message
    assert [row[0] for row in landing.rows("phone")] == ["13911111111", None, None, None]


def test_a_required_column_twice_refuses(landing: Landing) -> None:
    landing.put("household_register.csv", [",".join([*HEADER, "性别"]), line() + ",2"])
    delivery = landing.take()
    assert (delivery.status, "列名重复：性别" in delivery.message) == ("refused", True)


@pytest.mark.parametrize(
    ("content", "counts"),
    [
        ([",".join(HEADER), line(), "坏", line(), ""], {3, 4}),
        ([",".join(HEADER), line(), "", line()], {2, 3, 4}),
        ([",".join(HEADER), addressed('"甲\n乙"').replace(",13900000000", ""), ""], {1, 3}),
        ([",".join(HEADER), line(), "\x1a"], {1, 2}),
    ],
)
def test_a_manifest_counts_rows_or_lines(landing: Landing, content: list[str], counts: set[int]) -> None:
    if '"' in content[1]:
        content = [content[0] + ",居住地址", *content[1:]]
    for encoding in ("utf-8", "gb18030", "utf-16"):
        landing.put("household_register.csv", "\r\n".join(content), encoding)
        taken = set()
        for count in range(8):
            landing.put("_SUCCESS", json.dumps({"household_register.csv": {"rows": count}}))
            if landing.take().delivered:
                taken.add(count)
        assert taken == counts


@pytest.mark.parametrize(
    "end",
    [
        "H9,3401021940",
        f"H9,{VALID},王秀英,女,1949-12-31,户主,胜利路,340102001001",
        f'H9,{VALID},王秀英,女,1949-12-31,户主,"胜利',
    ],
)
def test_a_file_that_breaks_off_within_a_line_is_refused(landing: Landing, end: str) -> None:
    good = [line(户号=f"H{n}") for n in range(4)]
    for encoding in ("utf-8", "gb18030", "utf-16"):
        landing.put("household_register.csv", "\n".join([",".join(HEADER), *good, end]), encoding)
        delivery = landing.take()
        assert (delivery.status, delivery.over_limits) == ("refused", frozenset({"whole"}))
        assert "在一行中间中断" in delivery.message
        delivery = landing.take(allowed=["household_register"])
        assert (delivery.status, delivery.rows_accepted) == ("accepted_with_quarantine", 4)
        landing.put("household_register.csv", "\n".join([",".join(HEADER), *good, end, ""]), encoding)
        assert landing.take().status == "accepted_with_quarantine"


def test_a_last_line_without_end_may_be_whole(landing: Landing) -> None:
    for last in (
        line(),
        line() + ",,",
        line(人员状态="不明"),
        line(姓名='王"'),
        line(姓名=""),
        ",,",
        "\x1a",
        "",
    ):
        landing.put("household_register.csv", "\n".join([",".join(HEADER), line(), last]))
        assert landing.take().delivered


@pytest.mark.parametrize("first", [line(), line(户号=""), line(户号="H1", 姓名='"王"')])
def test_a_lost_line_end_after_the_header(landing: Landing, first: str) -> None:
    header = [*HEADER, "联系电话"]
    content = f"{','.join(header)}{first},13987654321\n{line(户号='H2')},"
    landing.put("household_register.csv", content)
    delivery = landing.take()
    shown = f"{delivery.message} {delivery.extra_columns}"
    assert not any(value in shown for value in ("王秀英", VALID[:8], "1398", "胜利路"))
    if '"' in first:
        assert (delivery.status, "混有数据" in delivery.message) == ("refused", True)
    else:
        assert delivery.rows_read == 2
        assert where(landing) == [1, 2]
        assert landing.rows("phone")[0] == (("13987654321",) if "H1" in first else (None,))


@pytest.mark.parametrize(
    "cell", ["张三丰", "13987654321", "胜利路1号", "1949-12-31", "户主关系：母亲", "姓 名 是"]
)
def test_no_cell_of_a_header_is_shown(landing: Landing, cell: str) -> None:
    landing.put("household_register.csv", [",".join([*HEADER, cell, cell]), line() + ",,"])
    delivery = landing.take()
    assert delivery.extra_columns[0].startswith("第 10 列")
    assert cell not in delivery.message
    assert cell not in str(delivery.files)


def test_the_message_names_what_a_left_out_column_may_mean(landing: Landing) -> None:
    landing.put("household_register.csv", [",".join([*HEADER, "联系电话1", "救助类别", "年龄"]), line()])
    assert landing.take().extra_columns == (
        "第 10 列（近似“联系电话”）",
        "第 11 列（“救助类别”）",
        "第 12 列",
    )
