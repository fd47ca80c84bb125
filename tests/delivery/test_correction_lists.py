"""The questions to departments and the list of changes, as files."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from delivery.world import PEOPLE
from delivery.written_lists import change, read_csv, table_of, write
from outreach.engine import Warehouse, build


def corrections(folder: Path, department: str) -> list[dict[str, str]]:
    path = folder / f"corrections/{department}.csv"
    if not path.exists():
        return []
    header, *rows = read_csv(path)
    return [dict(zip(header, row, strict=True)) for row in rows]


def rebuilt(night: Warehouse, home: Path) -> Path:
    build(night.con, "identity", only=["source_row"])
    return write(night, home)


def test_departments_get_questions_about_damaged_numbers_and_other_names(
    night: Warehouse, home: Path
) -> None:
    con = night.con
    con.execute(
        "UPDATE intake.benefit_roll SET id_number_state = 'checksum', id_number18 = NULL WHERE row_number = 1"
    )
    con.execute("UPDATE intake.benefit_roll SET name = '另一人', name_key = '另一人' WHERE row_number = 2")
    con.execute("UPDATE intake.benefit_roll SET id_number18 = '340102195001010028' WHERE row_number = 3")
    questions = corrections(rebuilt(night, home), "civil_affairs")
    by_row = {line["行号"]: (line["数据表代码"], line["问题"]) for line in questions}
    assert by_row == {
        "1": ("benefit_roll", "号码"), "2": ("benefit_roll", "姓名"), "3": ("benefit_roll", "号码"),
    }  # fmt: skip
    assert "校验码" in questions[0]["不一致之处"]


def test_departments_get_questions_about_the_dead_and_the_departed(night: Warehouse, home: Path) -> None:
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
    questions = {line["行号"]: line for line in corrections(folder, "civil_affairs")}
    assert questions["1"]["问题"] == "死亡"
    assert "2026-03-01" in questions["1"]["不一致之处"]
    assert "请核实" in questions["1"]["不一致之处"]
    assert questions["2"]["问题"] == "迁出"
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


def test_quarantined_rows_are_reported_to_their_department(night: Warehouse, home: Path) -> None:
    night.con.execute(
        "INSERT INTO run.quarantine BY NAME SELECT 'pension_roll' AS extract, 7 AS row_number, "
        "'row' AS severity, 'required' AS rule, '姓名' AS column_name, '必填项为空' AS message, "
        "'pension_roll.csv' AS file"
    )
    questions = corrections(write(night, home), "social_insurance")
    assert [(line["行号"], line["问题"], line["不一致之处"]) for line in questions] == [
        ("7", "整行未收", "姓名：必填项为空；文件pension_roll.csv；无法判断该行属于何人：请更正后重新送达")
    ]


def test_nothing_wrong_means_no_file(night: Warehouse, home: Path) -> None:
    assert not (write(night, home) / "corrections").exists()
    assert night.con.execute("SELECT count(*) FROM facts.person").fetchall() == [(PEOPLE,)]


def test_the_changes_list_is_masked_and_holds_no_formula(night: Warehouse, home: Path) -> None:
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
    assert (folder / "unassigned/changes.xlsx").exists()
    booked = [line for book in folder.glob("*/changes.xlsx") for line in table_of(book)]
    assert sorted(line["人员编号"] for line in booked) == sorted(line["人员编号"] for line in lines)
    names, *entries = read_csv(folder / "index.csv")
    index = {row[names.index("文件")]: dict(zip(names, row, strict=True)) for row in entries}
    assert index["changes.csv"]["条数"] == str(len(lines))
    digest = hashlib.sha256((folder / "changes.csv").read_bytes()).hexdigest()
    assert index["changes.csv"]["SHA-256"] == digest
