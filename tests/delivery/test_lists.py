"""What an officer opens: every line on its list, masked, harmless, in the order of a walk."""

from __future__ import annotations

import csv
import hashlib
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from python_calamine import CalamineWorkbook

from contracts.extracts import EXTRACT_BY_NAME
from delivery.conftest import build_release
from delivery.world import AS_OF, PEOPLE, make_night
from outreach.delivery import check_release, plan_release, write_lists
from outreach.delivery.lists.list_columns import LIST, WALK
from outreach.delivery.lists.workbook import Layout
from outreach.engine import Warehouse, build
from outreach.outcomes import ask_departments

Rows = list[list[str]]

ID_OF_LIST = [column.header for column in LIST.columns].index("人员编号")
ID_OF_WALK = [column.header for column in WALK.columns].index("人员编号")


def write(night: Warehouse, home: Path, run_id: str = "run-1") -> Path:
    """Write the lists of the night; their folder."""
    build(night.con, "mart", only=["candidate", "person"])
    ask_departments(night, {}, 15)
    paths = plan_release(home, "yaohai", AS_OF, run_id)
    write_lists(night, paths)
    return paths.lists


def read_csv(path: Path) -> Rows:
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.reader(handle))


def read_xlsx(path: Path) -> Rows:
    sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    return [[str(cell) for cell in row] for row in sheet.to_python()]


def line_of(folder: Path, person_id: str, action: str = "visit/due") -> dict[str, str]:
    """The CSV line of a person on a list, by header."""
    for path in (folder / action).glob("*.csv"):
        header, *rows = read_csv(path)
        for row in rows:
            line = dict(zip(header, row, strict=True))
            if line["人员编号"] == person_id:
                return line
    raise AssertionError(f"{person_id} is on no list of {action}")


def change(night: Warehouse, key: int, **values: str | None) -> None:
    """Change what is known of a person."""
    for name, value in values.items():
        night.con.execute(f"UPDATE facts.person SET {name} = ? WHERE person_key = ?", [value, key])


@pytest.mark.parametrize("layout", [LIST, WALK], ids=["programme list", "walking list"])
def test_a_list_that_comes_back_has_no_column_that_is_strange_to_its_extract(layout: Layout) -> None:
    extract = EXTRACT_BY_NAME["outreach_outcome"]
    assert extract.returned is not None
    headers = {column.header for column in layout.columns}
    assert headers <= {*extract.by_header, *extract.returned.printed}
    stated = {extract.returned.matters} & headers
    required = {c.header for c in extract.columns if c.required_header} - ({"项目编码"} if stated else set())
    assert required <= headers


def test_every_candidate_stands_on_exactly_one_list_in_both_forms(night: Warehouse, home: Path) -> None:
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
    for path in sorted(folder.glob("*/*/*.csv")):
        header, *rows = read_csv(path)
        column = header.index("人员编号")
        programme, action = path.parts[-3:-1]
        found += [(programme, action, path.stem, row[column]) for row in rows]
        assert [row[:14] for row in read_xlsx(path.with_suffix(".xlsx"))[1:]] == [row[:14] for row in rows]
    assert sorted(found) == sorted(wanted)


def test_a_line_shows_what_the_officer_needs(night: Warehouse, home: Path) -> None:
    night.con.execute("UPDATE decisions.candidate SET identity_grade = 'review' WHERE person_key = 12")
    line = line_of(write(night, home), "P12", "age_allowance/stop")
    person = night.con.execute(
        "SELECT name, id_number, phone, address FROM mart.person WHERE person_id = 'P12'"
    )
    name, id_number, phone, address = person.fetchall()[0]
    assert line["姓名"] == name
    assert line["性别"] == "男"
    assert line["身份证号"] == id_number[:6] + "********" + id_number[-4:]
    assert (line["电话"], line["地址"]) == (phone, address)
    assert (line["金额"], line["现发金额"]) == ("", "120.00")
    assert (line["生效日期"], line["首发月份"]) == ("2026-11-01", "2026-12")
    assert line["理由"] == "80 周岁，本区户籍；依据《清单》第9项"
    assert line["依据"] == "《清单》第9项"
    assert "一个来源，请先核实" in line["提示"]
    assert "身份关联待人工核对" in line["提示"]
    assert (line["结果"], line["项目编码"]) == ("", "age_allowance")


def test_an_amount_that_the_locality_has_to_set_is_said_so(night: Warehouse, home: Path) -> None:
    night.con.execute("UPDATE decisions.candidate SET amount_monthly = NULL")
    folder = write(night, home)
    added = night.con.execute("SELECT min(person_id) FROM mart.candidate WHERE action = 'add'").fetchall()[0][
        0
    ]
    assert line_of(folder, added, "age_allowance/add")["金额"] == "待地方核定"
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
    book = folder / f"visit/due/{town}.xlsx"
    assert [row[0] for row in read_xlsx(book) if row[ID_OF_LIST] == "P3"] == [text]
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
    row = next(row for row in read_xlsx(folder / f"visit/due/{town}.xlsx") if row[ID_OF_LIST] == "P3")
    assert row[5].replace("_x005F_x003D_", "_x003D_") == '幸福 路 1"号, 2室 _x003D_'


@pytest.mark.parametrize("town", [None, "", "../../x", "34010200", "3401020010", "张三张三张三张三张"])
def test_a_town_that_is_no_code_gets_a_plain_file(night: Warehouse, home: Path, town: str | None) -> None:
    change(night, 3, town_code=town, area_code=town)
    folder = write(night, home)
    assert line_of(folder, "P3")["人员编号"] == "P3"
    names = {path.name for path in folder.rglob("*") if path.is_file()}
    assert {"unknown.csv", "unknown.xlsx"} <= names
    assert all(re.fullmatch(r"[a-z0-9_]+\.(csv|xlsx)", name) for name in names)


def test_people_without_name_number_phone_or_address_still_stand_on_their_list(
    night: Warehouse, home: Path
) -> None:
    change(night, 3, name=None, id_number=None, phone=None, address=None, sex=None, age=None)
    line = line_of(write(night, home), "P3")
    assert [line[h] for h in ("姓名", "身份证号", "电话", "地址", "性别", "年龄")] == [""] * 6


def walk(folder: Path, community: str) -> list[dict[str, str]]:
    header, *rows = read_xlsx(folder / f"by_household/{community}.xlsx")
    return [dict(zip(header, row, strict=True)) for row in rows]


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
    assert [line["人员编号"] for line in ours][:2] == ["P12", "P6"]
    assert {line["人员编号"] for line in ours[2:4]} == {"P3", "P15"}
    assert [line["人员编号"] for line in ours][4:] == ["P9"]
    assert ours[0]["户序"] == ours[1]["户序"] != ours[2]["户序"] == ours[3]["户序"]
    assert lines[-1]["人员编号"] == "P9"
    assert "□同意" in ours[0]["结果"]


def test_a_walk_shows_all_that_is_due_to_a_person_once(night: Warehouse, home: Path) -> None:
    folder = write(night, home)
    area = "SELECT area_code FROM mart.person WHERE person_id = 'P60'"
    lines = walk(folder, night.con.execute(area).fetchall()[0][0])
    mine = [line for line in lines if line["人员编号"] == "P60"]
    assert len(mine) == 1
    todo = mine[0]["待办事项"].split("\n")
    due = "SELECT count(*) FROM mart.candidate WHERE person_id = 'P60' AND action NOT IN ('keep', 'declined')"
    assert len(todo) == night.con.execute(due).fetchall()[0][0] >= 2
    assert any(item.startswith("应服务：探访服务") for item in todo)


def test_whoever_has_nothing_to_be_done_is_not_walked_to(night: Warehouse, home: Path) -> None:
    folder = write(night, home)
    walked = {row[ID_OF_WALK] for path in folder.glob("by_household/*.xlsx") for row in read_xlsx(path)[1:]}
    wanted = night.con.execute(
        "SELECT DISTINCT person_id FROM mart.candidate WHERE action NOT IN ('keep', 'declined')"
    ).fetchall()
    assert walked == {person_id for (person_id,) in wanted}


def test_the_index_names_every_file_with_count_and_digest(night: Warehouse, home: Path) -> None:
    folder = write(night, home)
    header, *rows = read_csv(folder / "index.csv")
    entries = {row[0]: dict(zip(header, row, strict=True)) for row in rows}
    files = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()} - {"index.csv"}
    assert set(entries) == files
    for name, entry in entries.items():
        path = folder / name
        assert entry["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
        lines = (read_xlsx if path.suffix == ".xlsx" else read_csv)(path)
        assert len(lines) - 1 == int(entry["rows"])


def test_equal_input_gives_equal_bytes(night: Warehouse, home: Path) -> None:
    first = write(night, home, "run-1")
    second = write(night, home, "run-2")
    assert (first / "index.csv").read_bytes() == (second / "index.csv").read_bytes()


def test_a_list_says_what_it_is_and_prints_on_a4_with_its_header(night: Warehouse, home: Path) -> None:
    folder = write(night, home)
    path = next((folder / "age_allowance/add").glob("*.xlsx"))
    assert CalamineWorkbook.from_path(path).sheet_names == ["高龄津贴·新增"]
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        book = archive.read("xl/workbook.xml").decode()
    assert "高龄津贴·新增　瑶海区　2026-11-20　共" in sheet
    assert 'orientation="landscape"' in sheet
    assert 'paperSize="9"' in sheet
    assert "_xlnm.Print_Titles" in book
    assert "TOKEN" not in sheet + book


def test_a_night_for_one_person_and_a_night_for_nobody(tmp_path: Path, home: Path) -> None:
    with make_night(tmp_path / "one.duckdb", 1) as warehouse:
        paths = build_release(warehouse, home, "one")
        assert check_release(paths) == []
    with make_night(tmp_path / "three.duckdb", 3) as warehouse:
        warehouse.con.execute("DELETE FROM decisions.candidate; DELETE FROM mart.candidate")
        paths = build_release(warehouse, home, "none")
        assert check_release(paths) == []
        assert [p.name for p in paths.lists.rglob("*.xlsx")] == []


# Corrections


def corrections(folder: Path, department: str) -> list[dict[str, str]]:
    path = folder / f"corrections/{department}.csv"
    if not path.exists():
        return []
    header, *rows = read_csv(path)
    return [dict(zip(header, row, strict=True)) for row in rows]


def rebuilt(night: Warehouse, home: Path) -> Path:
    build(night.con, "identity", only=["source_row"])
    return write(night, home)


def test_departments_are_told_of_damaged_numbers_and_other_names(night: Warehouse, home: Path) -> None:
    con = night.con
    con.execute(
        "UPDATE intake.benefit_roll SET id_number_state = 'checksum', id_number18 = NULL WHERE row_number = 1"
    )
    con.execute("UPDATE intake.benefit_roll SET name = '另一人', name_key = '另一人' WHERE row_number = 2")
    con.execute("UPDATE intake.benefit_roll SET id_number18 = '340102195001010028' WHERE row_number = 3")
    told = corrections(rebuilt(night, home), "civil_affairs")
    by_row = {line["行号"]: (line["数据表代码"], line["问题"]) for line in told}
    assert by_row == {
        "1": ("benefit_roll", "号码"), "2": ("benefit_roll", "姓名"), "3": ("benefit_roll", "号码"),
    }  # fmt: skip
    assert "校验码" in told[0]["不一致之处"]


def test_departments_are_told_of_the_dead_and_the_departed(night: Warehouse, home: Path) -> None:
    con = night.con
    keys = con.execute(
        "SELECT row_number, person_key FROM identity.link "
        "WHERE extract = 'benefit_roll' AND row_number < 3 ORDER BY 1"
    ).fetchall()
    con.execute(
        "UPDATE facts.person SET alive = FALSE, registered = FALSE, died_on = DATE '2026-03-01', "
        "death_evidence = 'one source' WHERE person_key = ?", [keys[0][1]],
    )  # fmt: skip
    con.execute("UPDATE facts.person SET registered = FALSE WHERE person_key = ?", [keys[1][1]])
    folder = rebuilt(night, home)
    told = {line["行号"]: line for line in corrections(folder, "civil_affairs")}
    assert told["1"]["问题"] == "死亡"
    assert "2026-03-01" in told["1"]["不一致之处"]
    assert "请核实" in told["1"]["不一致之处"]
    assert told["2"]["问题"] == "迁出"
    police = {line["行号"]: line["问题"] for line in corrections(folder, "public_security")}
    assert police == {str(keys[0][1]): "死亡"}


def test_a_department_sees_no_number_but_the_masked_one_of_its_own_row(night: Warehouse, home: Path) -> None:
    night.con.execute("UPDATE intake.benefit_roll SET id_number18 = '340102195001010028', name_key = '甲'")
    folder = rebuilt(night, home)
    assert corrections(folder, "civil_affairs")
    for path in (folder / "corrections").glob("*.csv"):
        assert not re.search(r"\d{15}", path.read_text(encoding="utf-8-sig"))


def test_a_doubtful_link_corrects_nobody(night: Warehouse, home: Path) -> None:
    night.con.execute("UPDATE identity.link SET grade = 'review' WHERE extract = 'benefit_roll'")
    night.con.execute("UPDATE intake.benefit_roll SET name_key = '甲'")
    night.con.execute("UPDATE facts.person SET alive = FALSE, registered = FALSE")
    assert corrections(rebuilt(night, home), "civil_affairs") == []


def test_rows_kept_out_are_told_to_their_department(night: Warehouse, home: Path) -> None:
    night.con.execute(
        "INSERT INTO run.quarantine BY NAME SELECT 'pension_roll' AS extract, 7 AS row_number, "
        "'row' AS severity, 'required' AS rule, '姓名' AS column_name, '必填项为空' AS message, "
        "'pension_roll.csv' AS file"
    )
    told = corrections(write(night, home), "social_insurance")
    assert [(line["行号"], line["问题"], line["不一致之处"]) for line in told] == [
        ("7", "整行未收", "姓名：必填项为空；文件pension_roll.csv；无法判断该行属于何人：请更正后重新送达")
    ]


def test_nothing_wrong_means_no_file(night: Warehouse, home: Path) -> None:
    assert not (write(night, home) / "corrections").exists()
    assert night.con.execute("SELECT count(*) FROM facts.person").fetchall() == [(PEOPLE,)]


def test_what_changed_is_told_to_the_bureau_masked_and_harmless(night: Warehouse, home: Path) -> None:
    change(night, 3, name="=1+1")
    con = night.con
    con.execute("INSERT INTO changes.night BY NAME SELECT 'run-0' AS run_id, DATE '2026-11-19' AS as_of")
    con.execute(
        "INSERT INTO changes.line BY NAME SELECT person_id, person_key, 'visit' AS programme, "
        "'探访服务' AS programme_name, 'appeared' AS change, 'due' AS action FROM identity.person "
        "WHERE person_key % 3 = 0"
    )
    con.execute(
        "INSERT INTO changes.line BY NAME SELECT 'P-gone' AS person_id, 'visit' AS programme, "
        "'探访服务' AS programme_name, 'left' AS change, 'due' AS action_before"
    )
    con.execute(
        "INSERT INTO changes.gone BY NAME SELECT 'P-gone' AS person_id, '陈某' AS name, '340102194001010011' "
        "AS id_number"
    )
    con.execute(
        "INSERT INTO changes.cause BY NAME SELECT person_id, programme, 'policy' AS cause, "
        "['policy'] AS causes, '政策新增本项目' AS text FROM changes.line"
    )
    build(con, "mart", only=["change"])
    folder = write(night, home)
    header, *rows = read_csv(folder / "changes.csv")
    lines = [dict(zip(header, row, strict=True)) for row in rows]
    assert len(lines) == PEOPLE // 3 + 1
    hostile = next(line for line in lines if line["人员编号"] == "P3")
    assert (hostile["姓名"], hostile["变化"], hostile["现处理"], hostile["主要原因"]) == (
        "'=1+1",
        "新出现",
        "应服务",
        "政策变化",
    )
    gone = next(line for line in lines if line["人员编号"] == "P-gone")
    assert (gone["变化"], gone["原处理"], gone["现处理"]) == ("撤出", "应服务", "")
    assert gone["身份证号"] == "340102********0011"
    assert (folder / "changes" / "unknown.xlsx").exists()
    booked = [row for book in folder.glob("changes/*.xlsx") for row in read_xlsx(book)[1:]]
    assert sorted(row[15] for row in booked) == sorted(line["人员编号"] for line in lines)
    index = {row[0]: row for row in read_csv(folder / "index.csv")}
    assert index["changes.csv"][5] == str(len(lines))
    digest = hashlib.sha256((folder / "changes.csv").read_bytes()).hexdigest()
    assert index["changes.csv"][6] == digest
