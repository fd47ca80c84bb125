"""What an officer opens: every line on its list, masked, harmless, in the order of a walk."""

from __future__ import annotations

import hashlib
import re
import zipfile
from itertools import product
from pathlib import Path
from xml.etree import ElementTree

import pytest
from python_calamine import CalamineWorkbook

from contracts.extracts import EXTRACT_BY_NAME
from delivery.conftest import build_release
from delivery.world import make_night
from delivery.written_lists import change, line_of, read_csv, read_xlsx, table_of, write
from outreach.delivery import check_release
from outreach.delivery.lists.list_columns import CHANGES, LEDGER, LIST, WAITING, WALK
from outreach.delivery.lists.page_breaks import Groups, page_breaks
from outreach.delivery.lists.workbook import BODY_POINTS, PAGE_PIXELS, Layout
from outreach.engine import Warehouse


@pytest.mark.parametrize("layout", [LIST, WALK], ids=["programme list", "walking list"])
def test_a_list_that_comes_back_has_no_column_unknown_to_its_extract(layout: Layout) -> None:
    extract = EXTRACT_BY_NAME["outreach_outcome"]
    assert extract.returned is not None
    headers = {column.header for column in layout.columns}
    assert headers <= {*extract.by_header, *extract.returned.printed}
    stated = {extract.returned.matters} & headers
    required = {c.header for c in extract.columns if c.required_header} - ({"项目编码"} if stated else set())
    assert required <= headers


def test_every_candidate_is_on_exactly_one_list_in_both_forms(night: Warehouse, home: Path) -> None:
    folder = write(night, home)
    wanted = night.con.execute(
        "SELECT programme, action, town_code, person_id FROM mart.candidate"
    ).fetchall()
    assert {action for _, action, _, _ in wanted} >= {
        "add",
        "adjust",
        "keep",
        "stop",
        "verify",
        "declined",
        "due",
    }
    found = []
    for path in sorted(folder.glob("*/*.*.csv")):
        header, *rows = read_csv(path)
        lines = [dict(zip(header, row, strict=True)) for row in rows]
        programme, action = path.stem.split(".")
        found += [(programme, action, path.parts[-2], line["人员编号"]) for line in lines]
        same = ("姓名", "身份证号", "人员编号", "项目编码")
        booked = table_of(path.with_suffix(".xlsx"))
        assert [[line[h] for h in same] for line in booked] == [[line[h] for h in same] for line in lines]
    assert sorted(found) == sorted(wanted)


def test_a_line_shows_what_the_officer_needs(night: Warehouse, home: Path) -> None:
    night.con.execute("UPDATE decisions.candidate SET identity_grade = 'review' WHERE person_key = 12")
    line = line_of(write(night, home), "P12", "age_allowance.stop")
    person = night.con.execute(
        "SELECT name, id_number, phone, address FROM mart.person WHERE person_id = 'P12'"
    )
    name, id_number, phone, address = person.fetchall()[0]
    assert line["姓名"] == name
    assert line["性别"] == "男"
    assert line["身份证号"] == id_number[:6] + "********" + id_number[-4:]
    assert line["电话"] == f"{phone[:3]} {phone[3:7]} {phone[7:]}"
    assert line["地址"] == address
    assert (line["金额"], line["现发金额"]) == ("", "120.00")
    assert (line["生效日期"], line["首发月份"]) == ("2026-11-01", "2026-12")
    assert line["理由"] == "80 周岁，本地户籍；依据《清单》第9项"
    assert line["依据"] == "《清单》第9项"
    assert "一个来源，请先核实" in line["提示"]
    assert "身份关联待人工核对" in line["提示"]
    assert (line["结果"], line["项目编码"]) == ("", "age_allowance")


def test_an_amount_that_the_locality_has_to_set_is_marked_so(night: Warehouse, home: Path) -> None:
    night.con.execute("UPDATE decisions.candidate SET amount_monthly = NULL")
    folder = write(night, home)
    added = night.con.execute("SELECT min(person_id) FROM mart.candidate WHERE action = 'add'").fetchall()[0][
        0
    ]
    assert line_of(folder, added, "age_allowance.add")["金额"] == "待地方核定"
    assert line_of(folder, "P3")["金额"] == ""


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("340102194503120011", "340102********0011"),
        ("340102450312001", "340102*****2001"),
        ("34010219450312", "**************"),
        ("12", "**"),
        (None, ""),
    ],
)
def test_identity_numbers_are_masked_whatever_their_form(
    night: Warehouse, home: Path, number: str | None, shown: str
) -> None:
    change(night, 3, id_number=number)
    assert line_of(write(night, home), "P3")["身份证号"] == shown


FORMULAS = ["=cmd|'/c calc'!A1", "+1+1", "-2", "@SUM(A1)", "＝1+1", '=HYPERLINK("http://x","&<>")']


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_is_a_formula_and_nothing_is_lost(night: Warehouse, home: Path, text: str) -> None:
    change(night, 3, name=text, address=text, phone=text)
    folder = write(night, home)
    line = line_of(folder, "P3")
    assert line["姓名"] == line["地址"] == line["电话"] == "'" + text
    town = night.con.execute("SELECT town_code FROM mart.person WHERE person_id = 'P3'").fetchall()[0][0]
    book = folder / f"{town}/visit.due.xlsx"
    assert [line["姓名"] for line in table_of(book) if line["人员编号"] == "P3"] == [text]
    with zipfile.ZipFile(book) as archive:
        assert archive.testzip() is None
        sheet = ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
        styles = archive.read("xl/styles.xml").decode()
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    cells = sheet.findall(f".//{space}sheetData//{space}c")
    assert not sheet.findall(f".//{space}sheetData//{space}f")
    assert {cell.get("t") for cell in cells} <= {"inlineStr", None}
    marked = next(cell for cell in cells if "".join(cell.itertext()) == text)
    formats = re.findall(r"<xf [^>]*/?>", styles.partition("<cellXfs")[2])
    assert 'quotePrefix="1"' in formats[int(marked.get("s") or 0)]


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "\t=", "\x00="])
def test_no_csv_cell_begins_like_a_formula(night: Warehouse, home: Path, first: str) -> None:
    change(night, 3, name=f"{first}1+1", address=f"{first}路", id_number=f"{first}23456789012345678")
    folder = write(night, home)
    for path in folder.rglob("*.csv"):
        for row in read_csv(path):
            assert not [cell for cell in row if cell[:1] in {"=", "+", "-", "@", "\t", "\r", "\n", "＝"}], (
                path
            )


def test_control_characters_and_line_ends_do_not_break_a_list(night: Warehouse, home: Path) -> None:
    change(night, 3, name="张\x00三\r\n", address='幸福\u2028路\x1b1"号,\n2室 _x003D_ \uffff', phone="\t138")
    folder = write(night, home)
    line = line_of(folder, "P3")
    assert line["姓名"] == "张 三"
    assert line["地址"] == '幸福 路 1"号, 2室 _x003D_'
    assert line["电话"] == "138"
    for book in folder.rglob("*.xlsx"):
        with zipfile.ZipFile(book) as archive:
            ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    town = night.con.execute("SELECT town_code FROM mart.person WHERE person_id = 'P3'").fetchall()[0][0]
    row = next(row for row in table_of(folder / f"{town}/visit.due.xlsx") if row["人员编号"] == "P3")
    assert row["地址"].replace("_x005F_x003D_", "_x003D_") == '幸福 路 1"号, 2室 _x003D_'


@pytest.mark.parametrize("town", [None, "", "../../x", "34010200", "3401020010", "张三张三张三张三张"])
def test_a_town_that_is_no_code_gets_a_plain_file(night: Warehouse, home: Path, town: str | None) -> None:
    change(night, 3, town_code=town, area_code=town)
    folder = write(night, home)
    assert line_of(folder, "P3")["人员编号"] == "P3"
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert {"unassigned/visit.due.csv", "unassigned/by_household/unassigned.xlsx"} <= names
    assert all(re.fullmatch(r"[a-z0-9_./]+", name) and ".." not in name for name in names)


def test_people_without_name_number_phone_or_address_are_still_on_their_list(
    night: Warehouse, home: Path
) -> None:
    change(night, 3, name=None, id_number=None, phone=None, address=None, sex=None, age=None)
    line = line_of(write(night, home), "P3")
    assert [line[h] for h in ("姓名", "身份证号", "电话", "地址", "性别", "年龄")] == [""] * 6


def walk(folder: Path, community: str) -> list[dict[str, str]]:
    return table_of(folder / community[:9] / f"by_household/{community}.xlsx")


def test_a_walk_goes_from_door_to_door_in_counting_order(night: Warehouse, home: Path) -> None:
    night.con.execute("UPDATE facts.person SET area_code = '340102001001', town_code = '340102001'")
    for key, address, household in [
        (3, "和平路10号", "A"), (6, "和平路9号", "B"), (12, "和平路9号", "B"), (15, None, "A"),
        (9, None, None),
    ]:  # fmt: skip
        change(night, key, address=address, household_id=household)
    change(night, 6, age="70")
    change(night, 12, age="101")
    lines = walk(write(night, home), "340102001001")
    ours = [line for line in lines if line["地址"].startswith("和平路") or line["地址"] == ""]
    people = list(dict.fromkeys(line["人员编号"] for line in ours))
    assert people[:2] == ["P12", "P6"]
    assert set(people[2:4]) == {"P3", "P15"}
    assert people[4:] == ["P9"]
    door = {line["人员编号"]: line["户序"] for line in ours}
    assert door["P12"] == door["P6"] != door["P3"] == door["P15"]
    assert lines[-1]["人员编号"] == "P9"
    assert [line["户序"] for line in lines] == sorted((line["户序"] for line in lines), key=int)
    assert {line["结果"] for line in lines} == {""}


def test_spellings_of_an_address_and_one_household_are_one_door(night: Warehouse, home: Path) -> None:
    night.con.execute("UPDATE facts.person SET area_code = '340102001001', town_code = '340102001'")
    spellings = {
        3: "安徽省合肥市瑶海区胜利街道前李社区文化路90号28栋4单元2702室",
        6: "文化路九十号28幢4-2702",
        9: "胜利街道文化路90#28-4-2702",
        12: "文化路90号28栋4单元2702室",
    }
    for key, address in spellings.items():
        change(night, key, address=address, household_id="A" if key < 12 else None)
    change(night, 15, address="文化路90号28栋4单元2702室", household_id="B")
    change(night, 18, address=None, household_id="B")
    change(night, 21, address="文化路90号28栋4单元2702室", household_id=None)
    lines = walk(write(night, home), "340102001001")
    door = {line["人员编号"]: line["户序"] for line in lines}
    assert door["P3"] == door["P6"] == door["P9"]
    assert door["P15"] == door["P18"] != door["P3"]
    # Of two households at the address neither is known to be that of who has none.
    assert door["P12"] == door["P21"]
    assert len({door["P3"], door["P12"], door["P15"]}) == 3
    assert {line["地址"] for line in lines if line["户序"] == door["P18"]} == {"文化路90号28栋4单元2702室"}


def test_who_lives_elsewhere_has_agreed_or_died_is_apart(night: Warehouse, home: Path) -> None:
    con = night.con
    con.execute("UPDATE facts.person SET area_code = '340102001001', town_code = '340102001'")
    change(night, 3, address="上海市浦东新区川沙新镇1号", household_id="S")
    change(night, 48, address="安吉路1号", household_id="T")
    con.execute("UPDATE facts.person SET alive = FALSE WHERE person_key = 36")
    con.execute(
        "INSERT INTO facts.wish BY NAME "
        "SELECT 48 AS person_key, 'age_allowance' AS programme, '同意' AS result, "
        "DATE '2026-11-18' AS said_on, 'exact' AS grade"
    )
    action = con.execute(
        "SELECT action FROM decisions.candidate WHERE person_key = 48 AND programme = 'age_allowance'"
    )
    assert action.fetchall() == [("add",)]
    folder = write(night, home)
    rows = read_xlsx(folder / "340102001/by_household/340102001001.xlsx")
    titles = [
        (number, row[0].split(" ")[0])
        for number, row in enumerate(rows)
        if number > 2 and not row[0].isdigit()
    ]
    assert [title for _, title in titles] == ["已同意待办理", "现居本地区以外", "核对事项（不上门询问）"]
    people = {
        title: rows[at + 1 : next_at]
        for (at, title), (next_at, _) in zip(titles, [*titles[1:], (len(rows), "")], strict=True)
    }
    place = rows[2].index("人员编号")
    assert {row[place] for row in people["已同意待办理"]} == {"P48"}
    assert {row[place] for row in people["现居本地区以外"]} == {"P3"}
    assert {row[place] for row in people["核对事项（不上门询问）"]} == {"P36"}
    # The other matters of who has agreed to one are walked for.
    walked = {row[place] for row in rows[3 : titles[0][0]]}
    assert "P48" in walked
    assert not walked & {"P3", "P36"}
    listed = table_of(folder / "340102001/age_allowance.add.xlsx")
    assert listed[-1]["人员编号"] == "P48"
    assert listed[-1]["提示"] == "已同意待办理（2026-11-18同意）"


def test_a_matter_has_its_own_line_and_the_results_that_fit_it(night: Warehouse, home: Path) -> None:
    night.con.execute("UPDATE facts.person SET area_code = '340102001001', town_code = '340102001'")
    folder = write(night, home)
    path = folder / "340102001/by_household/340102001001.xlsx"
    mine = [line for line in table_of(path) if line["人员编号"] == "P60"]
    wanted = night.con.execute(
        "SELECT programme FROM mart.candidate WHERE person_id = 'P60' AND action NOT IN ('keep', 'declined')"
    ).fetchall()
    assert sorted(line["项目编码"] for line in mine) == sorted(programme for (programme,) in wanted)
    assert len(mine) >= 2
    assert any(line["待办事项"] == "应服务：探访服务" for line in mine)
    offered = results_of(path)
    rows = read_xlsx(path)
    for number, row in enumerate(rows[3:], 4):
        line = dict(zip(rows[2], row, strict=True))
        word = line["待办事项"].partition("：")[0]
        first = {"新增": "同意", "调整": "同意", "告知": "同意", "即将符合": "同意", "应服务": "已服务"}.get(
            word, "属实"
        )
        assert offered[number][0] == first, word
        assert {"未联系上", "信息有误", "已去世", "已迁出"} <= set(offered[number])


def results_of(path: Path) -> dict[int, list[str]]:
    """The results that are offered, by row of the sheet."""
    with zipfile.ZipFile(path) as archived:
        sheet = archived.read("xl/worksheets/sheet1.xml").decode()
    offered: dict[int, list[str]] = {}
    for cells, words in re.findall(r'<dataValidation [^>]*sqref="([^"]*)"><formula1>"([^"]*)"', sheet):
        for first, last in re.findall(r"[A-Z]+(\d+):[A-Z]+(\d+)", cells):
            for number in range(int(first), int(last) + 1):
                assert number not in offered
                offered[number] = words.split(",")
    return offered


def test_people_without_a_matter_are_not_on_the_walking_list(night: Warehouse, home: Path) -> None:
    folder = write(night, home)
    walked = {line["人员编号"] for path in folder.glob("*/by_household/*.xlsx") for line in table_of(path)}
    wanted = night.con.execute(
        "SELECT DISTINCT person_id FROM mart.candidate WHERE action NOT IN ('keep', 'declined')"
    ).fetchall()
    assert walked == {person_id for (person_id,) in wanted}


def test_who_was_never_met_comes_first_on_a_list(night: Warehouse, home: Path) -> None:
    night.con.execute("UPDATE facts.person SET area_code = '340102001001', town_code = '340102001'")
    for key, day in ((3, "2026-11-01"), (6, "2025-03-01"), (9, "2026-02-01")):
        change(night, key, last_visit_on=day, last_met_on=day)
    lines = table_of(write(night, home) / "340102001/visit.due.xlsx")
    assert [line["人员编号"] for line in lines][-3:] == ["P6", "P9", "P3"]


def test_the_index_names_every_file_with_count_and_digest(night: Warehouse, home: Path) -> None:
    folder = write(night, home)
    header, *rows = read_csv(folder / "index.csv")
    entries = {row[header.index("文件")]: dict(zip(header, row, strict=True)) for row in rows}
    files = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()} - {"index.csv"}
    assert set(entries) == files
    for name, entry in entries.items():
        path = folder / name
        assert entry["SHA-256"] == hashlib.sha256(path.read_bytes()).hexdigest()
        if path.suffix == ".csv":
            assert len(read_csv(path)) - 1 == int(entry["条数"])
        elif path.suffix == ".xlsx":
            assert len(table_of(path)) == int(entry["条数"])
    due = entries["340102001/visit.due.csv"]
    assert (due["类别"], due["乡镇街道代码"], due["项目"], due["项目编码"]) == (
        "项目名单",
        "340102001",
        "探访服务",
        "visit",
    )
    assert (due["事项"], due["事项代码"]) == ("应服务", "due")
    door = entries["340102001/by_household/340102001001.xlsx"]
    assert (door["类别"], door["社区代码"], door["项目"]) == ("入户走访单", "340102001001", "")


def test_a_town_is_handed_all_its_files_in_one_under_chinese_names(night: Warehouse, home: Path) -> None:
    folder = write(night, home)
    for town in ("340102001", "340102002"):
        files = {p.read_bytes() for p in (folder / town).rglob("*") if p.is_file() and p.suffix != ".zip"}
        with zipfile.ZipFile(folder / f"{town}/{town}.zip") as packed:
            assert packed.testzip() is None
            assert {packed.read(name) for name in packed.namelist()} == files
            names = {name.partition("/")[2] for name in packed.namelist()}
        assert len(names) == len(files)
        assert {"探访服务·应服务.xlsx", "探访服务·应服务.csv"} <= names
        assert any(name.startswith("入户走访单/") for name in names)


def test_equal_input_gives_equal_bytes(night: Warehouse, home: Path) -> None:
    first = write(night, home, "run-1")
    second = write(night, home, "run-2")
    assert (first / "index.csv").read_bytes() == (second / "index.csv").read_bytes()


def test_a_list_has_its_title_and_prints_on_a4_with_its_header(night: Warehouse, home: Path) -> None:
    folder = write(night, home)
    path = next(folder.glob("*/age_allowance.add.xlsx"))
    assert CalamineWorkbook.from_path(path).sheet_names == ["高龄津贴·新增"]
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    sheet, book = parts["xl/worksheets/sheet1.xml"], parts["xl/workbook.xml"]
    title, about, header, *_ = read_xlsx(path)
    town, people = path.parts[-2], len(table_of(path))
    assert title[0] == f"高龄津贴·新增　乡镇街道{town}"
    title = about[0].split("\n")
    assert title[0] == f"瑶海区　乡镇街道{town}　2026-11-20　共 {people} 人"
    assert "承办：" in title[1]
    assert "办结时限：" in title[1]
    assert title[2] == "依据：《清单》第9项"
    assert "依据" not in header
    assert 'orientation="landscape"' in sheet
    assert 'paperSize="9"' in sheet
    assert "$3:$3</definedName>" in book.partition("_xlnm.Print_Titles")[2]
    assert "签名" in sheet
    assert "第 &amp;P 页，共 &amp;N 页" in sheet
    assert "TOKEN" not in "".join(parts.values())


@pytest.mark.parametrize(
    "layout",
    [LIST, WALK, CHANGES, LEDGER, WAITING],
    ids=["programme list", "walking list", "changes", "ledger", "queue"],
)
def test_whatever_columns_a_list_has_they_fit_the_page_at_full_size(layout: Layout) -> None:
    assert BODY_POINTS >= 9
    for flags in product((False, True), repeat=len(layout.optional)):
        empty = frozenset(name for name, left in zip(layout.optional, flags, strict=True) if left)
        across = sum(column.pixels for column in layout.without(empty).printed)
        # With codes and every other column that there can be, a page is printed a little smaller.
        points = min(BODY_POINTS, BODY_POINTS * PAGE_PIXELS / across)
        assert points >= (BODY_POINTS if "page" in empty else 9.7), (empty, across)
        assert across >= PAGE_PIXELS * 0.93, (empty, across)


def test_no_column_of_a_workbook_is_empty_but_those_to_be_filled_in(night: Warehouse, home: Path) -> None:
    change(night, 3, phone=None)
    for path in write(night, home).glob("*/**/*.xlsx"):
        lines = table_of(path)
        for header in set(lines[0]) - {"结果", "联系日期", "经办人", "备注"}:
            assert any(line[header] for line in lines), (path, header)


def test_ledger_and_queue_are_written_where_the_night_has_them(night: Warehouse, home: Path) -> None:
    night.con.execute("UPDATE facts.person SET area_code = '340102001001', town_code = '340102001'")
    assert not list(write(night, home).rglob("ledger.xlsx"))
    night.con.execute(
        "CREATE OR REPLACE TABLE mart.ledger AS SELECT person_id, 3 AS ability_level, "
        "'ability_assessment' AS ability_source, '2' AS disability_grade, "
        "[{'programme': 'visit', 'amount': CAST(NULL AS DECIMAL(12, 2))}] AS entitled, "
        "[{'programme': 'age_allowance', 'amount': CAST(100 AS DECIMAL(12, 2))}] AS receiving, "
        "[{'programme': 'visit', 'result': '同意', 'said_on': DATE '2026-11-02'}] AS wishes, "
        "DATE '2026-11-03' AS last_visit_on, ['P1', 'P2'] AS at_home, town_code, area_code, "
        "concat('自2026-10-20以来：', CASE person_id WHEN 'P3' THEN '新探访：2026-11-03' ELSE '无变化' END) "
        "AS changed_since FROM mart.person WHERE person_id IN ('P3', 'P6')"
    )
    night.con.execute(
        "CREATE OR REPLACE TABLE mart.waiting_list AS "
        "SELECT person_id, 'visit' AS programme, 'first' AS class, "
        "3 - CAST(substr(person_id, 2) AS INTEGER) // 3 AS place, DATE '2026-11-02' AS agreed_on, "
        "'排队' AS reason_text FROM mart.person WHERE person_id IN ('P3', 'P6')"
    )
    folder = write(night, home, "run-2")
    lines = table_of(folder / "340102001/ledger.xlsx")
    assert [line["人员编号"] for line in lines] == ["P3", "P6"]
    assert lines[0]["失能和残疾"] == "能力：重度失能\n残疾：二级"
    assert (lines[0]["符合"], lines[0]["在享受"]) == ("探访服务", "高龄津贴 100.00")
    assert (lines[0]["本人意愿"], lines[0]["最近探访"]) == ("探访服务 同意 2026-11-02", "2026-11-03")
    assert lines[0]["同户其他人"] == "2人"
    assert [line["变化"] for line in lines] == ["新探访", ""]
    assert "与2026-10-20的台账相比，1 人有变化" in read_xlsx(folder / "340102001/ledger.xlsx")[1][0]
    assert "********" in lines[0]["身份证号"]
    with zipfile.ZipFile(folder / "340102001/340102001.zip") as packed:
        assert "乡镇街道340102001/帮扶台账.xlsx" in packed.namelist()
    queue = table_of(folder / "waiting/visit.xlsx")
    assert [(line["轮候序"], line["人员编号"]) for line in queue] == [("1", "P6"), ("2", "P3")]
    header, *rows = read_csv(folder / "index.csv")
    kinds = {row[header.index("文件")]: row[header.index("类别")] for row in rows}
    assert (kinds["340102001/ledger.xlsx"], kinds["waiting/visit.xlsx"]) == ("帮扶台账", "轮候名单")


def test_the_clause_is_given_once_in_the_head_and_not_in_every_line(night: Warehouse, home: Path) -> None:
    plan, other = "《某区实施方案》", "《国务院关于某项补贴制度的意见（国发〔2015〕52号）》"
    for keys, ground in (("= 3", f"{other}第一条"), ("<> 3", f"{plan}清单第9项、方案二（二）7")):
        night.con.execute(
            "UPDATE decisions.candidate SET action = 'add', "
            f"reason_text = '85周岁，依据户籍登记；依据{ground}' WHERE person_key {keys}"
        )
    night.con.execute("UPDATE facts.person SET area_code = '340102001001', town_code = '340102001'")
    folder = write(night, home)
    assert line_of(folder, "P3", "*.add")["理由"] == f"85周岁，依据户籍登记；依据{other}第一条"
    books = [*folder.glob("*/*.add.xlsx"), *folder.glob("*/by_household/*.xlsx")]
    assert {line["理由"].split("；停发依据")[0] for path in books for line in table_of(path)} == {
        "85周岁，依据户籍登记"
    }
    head = read_xlsx(folder / "340102001/by_household/340102001001.xlsx")[1][0]
    (grounds,) = [line for line in head.split("\n") if line.startswith("依据")]
    assert grounds.count(plan) == grounds.count(other) == 1
    assert f"依据{plan}：城市公共交通 清单第9项、方案二（二）7；" in grounds
    assert grounds.endswith(f"；{other}：探访服务 第一条")


def test_a_page_of_a_walk_ends_between_doors_where_that_leaves_little_blank() -> None:
    doors = Groups([40.0] * 12, [0, 3, 6, 9])
    # Eight rows to a page: two thirds of the third door would be torn off.
    assert page_breaks(doors, 320, 320) == [6]
    # Five rows: two of them blank are more than a quarter, so the page is filled and the door torn.
    assert page_breaks(doors, 200, 200) == [5, 9]
    # The first page holds less; what fits as a whole is not broken.
    assert page_breaks(doors, 120, 480) == [3]
    assert page_breaks(doors, 480, 480) == []
    # A door of more than a page is broken where the page is full, a high row has a page for itself.
    assert page_breaks(Groups([40.0] * 20, [0]), 320, 320) == [8, 16]
    assert page_breaks(Groups([500.0, 500.0], [0, 1]), 320, 320) == [1]
    # The title of a part is never the last on its page.
    assert page_breaks(Groups([200.0, 20.0, 100.0], [0, 1], [1]), 300, 300) == [1]


def test_days_class_and_community_are_shown(night: Warehouse, home: Path) -> None:
    con = night.con
    con.execute("UPDATE facts.person SET area_code = '340102001001', town_code = '340102001'")
    con.execute("INSERT INTO run.area_name VALUES ('340102001001', '前李社区'), ('340102001', '胜利街道')")
    con.execute("UPDATE facts.person SET last_met_on = DATE '2026-10-30' WHERE person_key = 3")
    con.execute(
        "UPDATE decisions.candidate SET need_class = 1, last_on = DATE '2026-10-02', "
        "due_by = DATE '2026-11-22', recheck_cause = 'suspended' WHERE person_key = 3"
    )
    folder = write(night, home)
    line = line_of(folder, "P3")
    assert [line[h] for h in ("紧要程度", "限期", "上次服务", "最近见到本人", "复核原因", "同意日期")] == [
        "1类", "2026-11-22", "2026-10-02", "2026-10-30", "已暂停", "",
    ]  # fmt: skip
    assert (line["乡镇街道"], line["社区"]) == ("胜利街道", "前李社区")
    booked = table_of(folder / "340102001/visit.due.xlsx")
    # The first class of need opens the list.
    assert (booked[0]["人员编号"], booked[0]["紧要程度"], booked[1]["紧要程度"]) == ("P3", "1类", "4类")
    assert {line["社区"] for line in booked} == {"前李社区"}
    assert {"限期 2026-11-22", "上次 2026-10-02"} <= set(booked[0]["日期"].split("\n"))
    assert "限期" not in booked[1]["日期"]
    walked = [line for line in walk(folder, "340102001001") if line["人员编号"] == "P3"]
    assert [line["紧要程度"] for line in walked] == ["1类"]
    assert walked[0]["理由"].startswith("限期2026-11-22\n")


@pytest.mark.parametrize(
    ("but", "head"), [("person_key < 0", "办结时限：2026-12-31"), ("person_key = 6", "办结时限：＿＿＿＿年")]
)
def test_the_head_names_the_last_day_only_where_every_line_has_one(
    night: Warehouse, home: Path, but: str, head: str
) -> None:
    night.con.execute("UPDATE facts.person SET area_code = '340102001001', town_code = '340102001'")
    night.con.execute(
        "UPDATE decisions.candidate SET due_by = CASE WHEN person_key = 3 THEN DATE '2026-12-31' "
        f"ELSE DATE '2026-11-22' END WHERE NOT {but}"
    )
    folder = write(night, home)
    for name in ("visit.due", "by_household/340102001001"):
        assert head in read_xlsx(folder / f"340102001/{name}.xlsx")[1][0]


def test_areas_are_called_by_name_where_the_night_knows_them(night: Warehouse, home: Path) -> None:
    night.con.execute(
        "CREATE OR REPLACE TABLE mart.area (area_code VARCHAR, level VARCHAR, name VARCHAR, parent VARCHAR)"
    )
    night.con.execute(
        "INSERT INTO mart.area VALUES ('340102001', 'town', '胜利街道', '340102'), "
        "('340102001001', 'community', '前李社区', '340102001')"
    )
    folder = write(night, home)
    assert read_xlsx(folder / "340102001/visit.due.xlsx")[0][0] == "探访服务·应服务　胜利街道"
    assert read_xlsx(folder / "340102001/by_household/340102001001.xlsx")[0][0] == "入户走访单　前李社区"
    header, *rows = read_csv(folder / "index.csv")
    named = {row[header.index("乡镇街道代码")]: row[header.index("乡镇街道")] for row in rows}
    assert (named["340102001"], named["340102002"]) == ("胜利街道", "340102002")
    with zipfile.ZipFile(folder / "340102001/340102001.zip") as packed:
        assert "胜利街道/入户走访单/前李社区.xlsx" in packed.namelist()


def test_a_night_for_one_person_and_a_night_for_nobody(tmp_path: Path, home: Path) -> None:
    with make_night(tmp_path / "one.duckdb", 1) as warehouse:
        paths = build_release(warehouse, home, "one")
        assert check_release(paths) == []
    with make_night(tmp_path / "three.duckdb", 3) as warehouse:
        warehouse.con.execute("DELETE FROM decisions.candidate; DELETE FROM mart.candidate")
        paths = build_release(warehouse, home, "none")
        assert check_release(paths) == []
        assert [p.name for p in paths.lists.rglob("*.xlsx")] == []
