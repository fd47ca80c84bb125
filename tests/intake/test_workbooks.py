"""Workbooks: which sheet, merged ranges, cells of every type, and those made to break the reader."""

from __future__ import annotations

import datetime as dt
import os
import random
import signal
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import raw_workbook as raw
import xlsxwriter
from landing_zone import HEADER, ROW, VALID, Landing

from contracts.extracts import EXTRACT_BY_NAME
from outreach.engine import Warehouse
from outreach.intake.fence import Fenced
from outreach.intake.reader import ReaderError
from outreach.intake.xlsx_reader import XlsxReader
from outreach.settings import IntakeSettings, Settings

HEAD = raw.row(1, HEADER)
GOOD = raw.row(2, list(ROW.values()))


def cells(**changes: Any) -> list[Any]:
    return list((ROW | changes).values())


def at(header: str) -> int:
    return HEADER.index(header)


@pytest.fixture
def path(landing: Landing) -> Path:
    return landing.folder / "household_register.xlsx"


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


# -- made to break the reader ------------------------------------------------------------------------------

ENTITIES = "".join(f'<!ENTITY e{n} "{(f"&e{n - 1};" if n else "哈") * 10}">' for n in range(10))
ONE_STRING = '<c r="A2" t="s"><v>{}</v></c>'


def far_away(place: str) -> str:
    return f'<row r="{place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}">{raw.text("x", place)}</row>'


BROKEN: dict[str, dict[str, Any]] = {
    "four billion shared strings": {"parts": {raw.STRINGS: raw.strings("<si/>", 4294967295)}},
    "a cell in the last corner": {"rows": HEAD + GOOD + far_away("XFD1048576")},
    "a row beyond the last": {"rows": HEAD + GOOD + far_away("A4294967295")},
    "a column beyond the last": {"rows": HEAD + GOOD + far_away("ZZZZ3")},
    "row nought": {"rows": HEAD + GOOD + far_away("A0")},
    "entities of entities": {
        "parts": {raw.SHEET: raw.sheet(HEAD + raw.row(2, ["&e9;"]), declaration=f"<!DOCTYPE x [{ENTITIES}]>")}
    },
    "an entity from outside": {
        "parts": {
            raw.SHEET: raw.sheet(
                HEAD + raw.row(2, ["&e;"]),
                declaration='<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
            )
        }
    },
    "an index beyond the shared strings": {
        "rows": HEAD + f'<row r="2">{ONE_STRING.format(99)}</row>',
        "parts": {raw.STRINGS: raw.strings("<si><t>a</t></si>")},
    },
    "shared strings that are not there": {"rows": HEAD + f'<row r="2">{ONE_STRING.format(0)}</row>'},
    "a sheet that is not there": {"rows": HEAD, "without": (raw.SHEET,)},
    "no relations": {"rows": HEAD, "without": (raw.BOOK_RELATIONS,)},
    "a relation outwards": {
        "parts": {
            raw.BOOK_RELATIONS: raw.relations(
                ("rId1", "worksheet", "http://127.0.0.1/x.xml"), more='TargetMode="External"'
            )
        }
    },
    "a relation out of the archive": {
        "parts": {raw.BOOK_RELATIONS: raw.relations(("rId1", "worksheet", "../../../../etc/passwd"))}
    },
    "a relation to the workbook itself": {
        "parts": {raw.BOOK_RELATIONS: raw.relations(("rId1", "worksheet", "workbook.xml"))}
    },
    "a cell of a million characters": {"rows": HEAD + raw.row(2, ["王" * 1_100_000])},
    "elements without end": {"parts": {raw.STRINGS: f"<sst {raw.SPACES}>" + "<si>" * 300_000}},
    "one long string a million times": {
        "rows": HEAD + "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(2, 2000)),
        "parts": {raw.STRINGS: raw.strings(f"<si><t>{'a' * 1_000_000}</t></si>")},
    },
    "a sheet that ends within a row": {
        "parts": {raw.SHEET: raw.sheet(HEAD + GOOD).partition('<c r="C2"')[0]}
    },
    "a sheet that ends after a row": {
        "parts": {raw.SHEET: raw.sheet(HEAD + GOOD).partition("</sheetData>")[0]}
    },
    "no XML at all": {"parts": {raw.SHEET: b"\xff\xfe\x00" * 1000}},
    "a spreadsheet of another kind": {
        "parts": {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"},
        "without": (raw.BOOK,),
    },
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_workbook_made_to_break_the_reader_is_refused_with_its_reason(
    landing: Landing, path: Path, kind: str
) -> None:
    landing.warehouse.settings = Settings(intake=IntakeSettings(reading_memory_gib=0.5))
    raw.write_parts(path, **BROKEN[kind])
    for _ in range(2):
        delivery = landing.take()
        assert delivery.status == "refused"
        assert delivery.message.startswith("拒收：")
        assert len(delivery.message) > 12
        assert landing.rows() == []


@pytest.mark.parametrize(
    "kind",
    [
        {"rows": HEAD + GOOD + "".join(f'<row r="{n}"/>' for n in range(3, 200_000))},
        {"parts": {raw.SHEET: raw.sheet(HEAD + GOOD, before='<dimension ref="A1:XFD1048576"/>')}},
        {"rows": HEAD + GOOD + "".join(raw.row(n, ["\u3000 "]) for n in range(3, 20_000))},
        {"parts": {raw.BOOK_RELATIONS: raw.relations(("rId1", "worksheet", "/xl/worksheets/sheet1.xml"))},
         "rows": HEAD + GOOD},
        {"parts": {raw.STRINGS: raw.strings("<si><t>a</t></si>", 100_000_000)}, "rows": HEAD + GOOD},
        {"parts": {"xl/externalLinks/externalLink1.xml": "<x/>"}, "rows": HEAD + GOOD},
    ],
)  # fmt: skip
def test_what_only_looks_dangerous_is_read(landing: Landing, path: Path, kind: dict[str, Any]) -> None:
    raw.write_parts(path, **kind)
    assert landing.take().rows_accepted == 1


def nested(path: Path) -> None:
    raw.write_parts(path, HEAD + GOOD, {"xl/media/inner.zip": b"PK\x03\x04" + bytes(3 << 20)})


def declared(path: Path) -> None:
    spaces = raw.sheet(HEAD + " " * (3 << 20) + GOOD)
    raw.write_parts(path, parts={raw.SHEET: spaces})


def understated(path: Path) -> None:
    declared(path)
    raw.understate(path, raw.SHEET)


@pytest.mark.parametrize("bomb", [nested, declared, understated])
def test_what_is_too_large_unpacked_is_refused(
    landing: Landing, path: Path, bomb: Callable[[Path], None]
) -> None:
    bomb(path)
    landing.warehouse.settings = Settings(intake=IntakeSettings(unpacked_gib=2**-9))
    delivery = landing.take()
    assert delivery.status == "refused"
    assert "解压后超过" in delivery.message


def test_a_part_that_does_not_match_its_checksum_is_refused(landing: Landing, path: Path) -> None:
    raw.write_parts(path, HEAD + GOOD)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    path.write_bytes(path.read_bytes().replace(VALID.encode(), b"11010519491231003X"))
    delivery = landing.take()
    assert delivery.status == "refused"
    assert "损坏" in delivery.message


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9, 0.99])
def test_a_container_cut_short_is_refused(landing: Landing, path: Path, share: float) -> None:
    raw.write_parts(path, HEAD + "".join(raw.row(n, list(ROW.values())) for n in range(2, 400)))
    table = pl.DataFrame({header: [value] * 400 for header, value in ROW.items()})
    whole = {"xlsx": path.read_bytes()}
    table.write_parquet(path)
    whole["parquet"] = path.read_bytes()
    path.unlink()
    for form, data in whole.items():
        file = landing.put(f"household_register.{form}", data[: int(len(data) * share)])
        assert landing.take().status == "refused"
        file.unlink()


def test_an_archive_with_encrypted_parts_is_refused(landing: Landing, path: Path) -> None:
    raw.write_parts(path, HEAD + GOOD)
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(mark)
        while place >= 0:
            data[place + offset] |= 1
            place = data.find(mark, place + 4)
    path.write_bytes(data)
    delivery = landing.take()
    assert delivery.status == "refused"
    assert "密码" in delivery.message


def test_a_workbook_that_is_not_read_in_time_is_refused(
    landing: Landing, path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    hanging = tmp_path / "hanging.py"
    hanging.write_text("import time\ntime.sleep(600)\n")
    monkeypatch.setattr("outreach.intake.fence._SCRIPT", hanging)
    landing.warehouse.settings = Settings(intake=IntakeSettings(reading_seconds=1))
    raw.write_parts(path, HEAD + GOOD)
    delivery = landing.take()
    assert delivery.status == "refused"
    assert "1 秒内没有读完" in delivery.message


def test_a_reader_that_cannot_start_is_no_fault_of_the_file(
    landing: Landing, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("outreach.intake.fence._SCRIPT", Path("/nowhere/child.py"))
    raw.write_parts(path, HEAD + GOOD)
    with pytest.raises(RuntimeError):
        landing.take()


def test_a_workbook_is_read_from_any_thread(path: Path) -> None:
    raw.write_parts(path, HEAD + GOOD)
    seen: list[int] = []

    def opened() -> None:
        forms.append(XlsxReader(path, EXTRACT_BY_NAME["household_register"], IntakeSettings()))

    forms: list[XlsxReader] = []
    for work in (opened, lambda: seen.extend(c.rows for c in forms[0].chunks(len(HEADER), [0]))):
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    assert seen == [1]


def test_nothing_of_the_file_is_in_the_arguments_of_the_process(path: Path) -> None:
    raw.write_parts(path, HEAD + GOOD)
    child = Fenced(path, "xlsx", IntakeSettings())
    child.header()
    arguments = Path(f"/proc/{child._process.pid}/cmdline").read_bytes().decode()
    child.close()
    assert "household_register" not in arguments
    assert child._process.returncode is not None


def test_the_reader_ends_with_the_process_that_started_it(path: Path, tmp_path: Path) -> None:
    raw.write_parts(path, HEAD + GOOD)
    parent = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys, time\nfrom pathlib import Path\nfrom outreach.intake.fence import Fenced\n"
            "from outreach.settings import IntakeSettings\n"
            f"child = Fenced(Path({str(path)!r}), 'xlsx', IntakeSettings())\nchild.header()\n"
            "print(child._process.pid, flush=True)\ntime.sleep(600)",
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    os.kill(child, signal.SIGSTOP)  # it does nothing by itself any more, as one that hangs in compiled code
    parent.kill()
    parent.wait()
    parent.stdout.close()
    os.kill(child, signal.SIGCONT)
    for _ in range(200):
        state = Path(f"/proc/{child}/stat")
        if not state.exists() or state.read_text().rsplit(")", 1)[1].split()[0] == "Z":
            break
        time.sleep(0.05)
    else:
        os.kill(child, signal.SIGKILL)
        pytest.fail("the child outlived its parent")


def test_a_refusal_leaves_no_process(landing: Landing, path: Path, tmp_path: Path) -> None:
    def children() -> set[str]:
        return set(Path(f"/proc/self/task/{threading.get_native_id()}/children").read_text().split())

    before = children()
    raw.write_parts(path, raw.row(1, HEADER[1:]) + GOOD)
    assert "缺少必需的列" in landing.take().message
    raw.write_parts(path.with_name("household_register.part01.xlsx"), HEAD + GOOD)
    raw.write_parts(path.with_name("household_register.part02.xlsx"), HEAD + GOOD)
    path.unlink()
    with Warehouse(tmp_path / "other.duckdb"):
        assert landing.take().rows_accepted == 2
    assert children() <= before


# -- parquet ----------------------------------------------------------------------------------------------


def columns(count: int = 3) -> dict[str, pa.Array]:
    return {header: pa.array([value] * count) for header, value in ROW.items()}


def repeated(value: str, count: int) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array([0] * count, pa.int32()), pa.array([value]))


def nested_deep(levels: int) -> pa.Array:
    array = pa.array([1, 2, 3])
    for _ in range(levels):
        array = pa.ListArray.from_arrays(pa.array(range(len(array) + 1), pa.int32()), array)
    return array


@pytest.mark.parametrize(
    "table",
    [
        columns(200_000) | {"姓名": repeated("王" * 300_000, 200_000)},
        columns(1) | {"姓名": pa.array(["王" * 2_000_000])},
        columns() | {"注": nested_deep(300)},
    ],
    ids=["one long string for every row", "a long row", "nested deep"],
)
def test_a_parquet_file_made_to_break_the_reader_is_refused(
    landing: Landing, table: dict[str, pa.Array]
) -> None:
    landing.warehouse.settings = Settings(intake=IntakeSettings(reading_memory_gib=0.5))
    pq.write_table(pa.table(table), landing.folder / "household_register.parquet", compression="zstd")
    delivery = landing.take()
    assert delivery.status == "refused"
    assert delivery.message.startswith("拒收：")


@pytest.mark.parametrize("count", [6_000, 50_000, 130_000])
def test_a_parquet_file_of_any_size_is_read_whole(landing: Landing, count: int) -> None:
    """Batches of 1 MB, of more than a frame holds, and several."""
    names = pa.array([f"李{place}" for place in range(count)])
    addresses = pa.array(["长淮镇" + "幸福路" * 20] * count)
    table = pa.table(columns(count) | {"姓名": names, "户籍地址": addresses})
    pq.write_table(table, landing.folder / "household_register.parquet")
    assert table.nbytes > 1 << 20
    delivery = landing.take()
    assert (delivery.rows_read, delivery.rows_accepted) == (count, count)
    stored = landing.warehouse.con.execute(
        "SELECT count(DISTINCT name), count(DISTINCT row_number), max(row_number) "
        "FROM intake.household_register"
    ).fetchone()
    assert stored == (count, count, count)


def test_damage_to_a_parquet_footer_never_makes_fewer_rows(landing: Landing) -> None:
    path = landing.folder / "household_register.parquet"
    pq.write_table(pa.table(columns(100)), path, row_group_size=40)
    data = path.read_bytes()
    end = len(data) - 8
    footer = end - int.from_bytes(data[end : end + 4], "little")
    chance = random.Random(4)
    for _ in range(12):
        changed = bytearray(data)
        changed[chance.randrange(footer, end)] = chance.choice((0, 1, 0x7F, 0x80, 0xFF))
        path.write_bytes(changed)
        delivery = landing.take()
        assert delivery.status == "refused" or delivery.rows_read == 100


def test_text_of_a_dictionary_that_is_none_is_quarantined(landing: Landing) -> None:
    wrong = pa.array([b"\xff\xfe", "李".encode()]).cast(pa.binary()).view(pa.string())
    names = pa.DictionaryArray.from_arrays(pa.array([0, 1, 1], pa.int32()), wrong)
    pq.write_table(pa.table(columns() | {"姓名": names}), landing.folder / "household_register.parquet")
    delivery = landing.take()
    assert delivery.status in ("refused", "accepted_with_quarantine")
    assert "1 行" in delivery.message or delivery.rows_accepted == 0


def test_the_message_about_a_broken_file_has_nothing_of_its_content(path: Path) -> None:
    raw.write_parts(path, HEAD + '<row r="2"><c r="A2" t="王秀英"><v>11010519491231002X</v></c></row>')
    with pytest.raises(ReaderError) as error:
        XlsxReader(path, EXTRACT_BY_NAME["household_register"], IntakeSettings())
    assert "王秀英" not in str(error.value)
    assert "1101" not in str(error.value)
