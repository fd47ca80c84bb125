"""The circle on paper: lists, three officers' answers, the next night; three nights of one population."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
import xlsxwriter
from command import Night, call, run_night
from python_calamine import CalamineWorkbook
from small_world import REGION

pytestmark = pytest.mark.soak

NIGHTS = ("2026-11-20", "2026-11-21", "2026-11-22")
OFFICERS = ("甲", "乙", "丙")
ANSWERS = {"应服务": "已服务", "新增": "同意"}
"""What is answered on a first walk, by the action of the matter; all others are 未联系上."""
Line = dict[str, str]


def walked(night: Night) -> list[tuple[str, Line]]:
    """Every matter of every walking list with the part it is in, by column titles."""
    found = []
    for path in sorted((night.home / "lists" / REGION / night.day).glob("*/by_household/*.xlsx")):
        rows = [
            [str(cell) for cell in row]
            for row in CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
        ]
        head = next(number for number, row in enumerate(rows) if "人员编号" in row)
        part = "入户走访"
        for row in rows[head + 1 :]:
            line = dict(zip(rows[head], row, strict=True))
            if line["人员编号"]:
                found.append((part, line))
            else:
                part = row[0].split(" ")[0]
    return found


def listed(night: Night) -> dict[tuple[str, str], Line]:
    """Every line of every programme's list by person and programme."""
    found = {}
    for path in (night.home / "lists" / REGION / night.day).glob("*/*.*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for line in csv.DictReader(file):
                found[line["人员编号"], line["项目编码"]] = line
    return found


def hand_in(night: Night, folder: Path, answers: dict[tuple[str, str], str]) -> None:
    """Three officers hand in what each has walked, a workbook each, all imported at once."""
    lines = [line for _, line in walked(night)]
    heading = [f"入户走访单　瑶海区　{night.day}"]
    files = []
    for number, officer in enumerate(OFFICERS):
        files.append(folder / f"{night.day}{officer}.xlsx")
        with xlsxwriter.Workbook(files[-1], {"strings_to_formulas": False}) as book:
            sheet = book.add_worksheet()
            own = lines[number :: len(OFFICERS)]
            sheet.write_row(0, 0, heading)
            header = list(dict.fromkeys(title for line in own for title in line))
            sheet.write_row(1, 0, header)
            for place, line in enumerate(own, 2):
                result = answers.get((line["人员编号"], line["项目编码"]), "")
                day = "11月" + night.day[-2:] + "日" if result else ""
                filled = line | {"结果": result, "联系日期": day, "经办人": officer if result else ""}
                sheet.write_row(place, 0, [filled.get(title, "") for title in header])
    ran = call("outcome", "import", *files, "--home", night.home)
    assert ran.status == 0, ran.out


def test_answers_of_three_officers_are_on_every_list_of_the_nights_that_follow(tmp_path: Path) -> None:
    landing, home = tmp_path / "landing", tmp_path / "home"
    made = call(
        *("sample", "--out", landing, "--region", REGION, "--people", "600", "--seed", "5"),
        *("--nights", "3", "--date", NIGHTS[-1]),
    )
    assert made.status == 0, made.err
    first = run_night(home, landing, REGION, NIGHTS[0])
    assert first.ran.status == 0, first.ran.err
    answers = {
        (line["人员编号"], line["项目编码"]): ANSWERS.get(line["待办事项"].split("：")[0], "未联系上")
        for part, line in walked(first)
        if part == "入户走访"
    }
    assert {"同意", "已服务", "未联系上"} <= set(answers.values())
    hand_in(first, tmp_path, answers)

    second = run_night(home, landing, REGION, NIGHTS[1])
    assert second.ran.status == 0, second.ran.err
    lines, parts = (
        listed(second),
        {(line["人员编号"], line["项目编码"]): (part, line) for part, line in walked(second)},
    )
    agreed = {key for key, result in answers.items() if result == "同意"}
    there = {key for key in agreed if parts.get(key, ("", {}))[1].get("待办事项", "").startswith("新增")}
    assert there
    for key in there:
        assert parts[key][0] == "已同意待办理"
        assert parts[key][1]["最近联系"] == lines[key]["最近联系"] == f"{NIGHTS[0]} 同意"
    for key, result in answers.items():
        if key in lines and result == "未联系上":
            assert lines[key]["最近联系"] == f"{NIGHTS[0]} 未联系上"
    # Somebody thinks better of it; nobody else is asked again.
    changed = sorted(there)[0]
    hand_in(second, tmp_path, {changed: "不同意"})

    third = run_night(home, landing, REGION, NIGHTS[2])
    assert third.ran.status == 0, third.ran.err
    lines, parts = (
        listed(third),
        {(line["人员编号"], line["项目编码"]): (part, line) for part, line in walked(third)},
    )
    assert changed not in parts
    assert lines[changed]["最近联系"] == f"{NIGHTS[1]} 不同意"
    still = {key for key in there - {changed} if key in parts}
    assert still
    assert {parts[key][0] for key in still} <= {"已同意待办理", "核对事项"}
