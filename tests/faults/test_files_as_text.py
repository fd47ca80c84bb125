"""One night over files as other systems write them.

Marks, lost and broken lines, characters of no standard, cells in the wrong place: nobody is lost, paid after
death or made one with somebody else, and every row can be found again.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
import xlsxwriter
from command import Night, outreach, run_night
from small_world import DAY, FILLERS, FORMULA, REGION, benefit, number, person, register, text

Who = tuple[str, str]


def born(name: str, birth: str, sequence: int) -> Who:
    return name, number(birth, sequence)


PAID_RARE = born("朱\ue863", "19410710", 122)
"""Registered with the private-use code of 䶮; the funeral service writes 䶮."""
BYTES_RARE = born("朱䶮", "19410711", 123)
"""Registered with 䶮; the death record has the bytes of a GBK file."""
SISTERS = [born("柳\ue001", "19410612", 222), ("柳\ue002", "")]
"""Twins in one house; two characters that only one office's font knows; one has no number."""
SWAPPED_PAYEE = born("史丙一", "19410301", 311)
SWAPPED_DEAD = born("史丙二", "19410302", 311)
NAMELESS_DEAD = born("史丙三", "19410303", 311)
SHORT_LINE = born("史戊一", "19410501", 411)
BROKEN_ADDRESS = born("史戊二", "19410502", 411)
FIRST_OF_A_RUN_ON = born("哈一", "19410601", 511)
AFTER_THE_HEADER = born("哈二", "19410602", 511)
MOVED = [born(f"岑{name}", f"1941090{n}", 611) for n, name in enumerate("一二三四五六", 1)]
"""Registered twice; what the older row has for 曾用身份号码 is none."""
NO_FORMER = ["/", "——", "无变更", "＃Ｎ／Ａ", "同现号码", "他人号码"]
ELSEWHERE = born("外区人", "19410801", 711)
OLD = [
    PAID_RARE,
    BYTES_RARE,
    SISTERS[0],
    SWAPPED_PAYEE,
    SWAPPED_DEAD,
    NAMELESS_DEAD,
    SHORT_LINE,
    BROKEN_ADDRESS,
]
OLD += [FIRST_OF_A_RUN_ON, AFTER_THE_HEADER, ELSEWHERE]


def registered(who: Who, household: str, **more: str) -> dict[str, str]:
    birth = more.pop("出生日期", who[1][6:14])
    row = {
        "户号": household,
        "公民身份号码": who[1],
        "姓名": who[0],
        "性别": "女" if not who[1] or int(who[1][16]) % 2 == 0 else "男",
        "出生日期": birth,
        "与户主关系": "户主",
        "户籍地址": f"双岗村{household}号",
        "行政区划代码": "340102001001",
        "人员状态": "正常",
        "状态变更日期": "",
        "曾用身份号码": "",
    }
    return row | more


def registers() -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    first = [registered(who, f"A{n}") for n, who in enumerate(OLD)]
    first[OLD.index(ELSEWHERE)]["行政区划代码"] = "340103001001"
    twin = registered(SISTERS[1], f"A{OLD.index(SISTERS[0])}", 出生日期=SISTERS[0][1][6:14])
    first.append(twin)
    second = [row | {"状态变更日期": "", "曾用身份号码": ""} for row in register()]
    for n, (who, sign) in enumerate(zip(MOVED, NO_FORMER, strict=True)):
        former = {"同现号码": who[1], "他人号码": FILLERS[0][1]}.get(sign, sign)
        second.append(registered(who, f"OLD{n}", 状态变更日期="2020-01-01", 曾用身份号码=former))
        second.append(registered(who, f"NEW{n}", 状态变更日期="2026-03-01", 行政区划代码="340102002001"))
    return first, second


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Night:
    root = tmp_path_factory.mktemp("files")
    folder = root / "landing" / REGION / DAY
    folder.mkdir(parents=True)
    first, second = registers()
    (folder / "household_register.part01.csv").write_bytes(
        ("\x0c\n\n" + text(first).replace("\n", "\r\n") + "\x1a\x1a").encode("utf-16")
    )
    lines = text(second).splitlines()
    lines.insert(4, lines[0])
    (folder / "household_register.part02.csv").write_bytes(("\n".join(lines) + "\n\x1a").encode("gb18030"))

    roll = [benefit(who, "age_allowance", "100") for who in (PAID_RARE, BYTES_RARE, SISTERS[0], SWAPPED_DEAD)]
    roll += [benefit(NAMELESS_DEAD, "age_allowance", "100")]
    roll += [person((SWAPPED_PAYEE[1], SWAPPED_PAYEE[0])) | benefit(SWAPPED_PAYEE, "age_allowance", "100")]
    roll[-1] |= {"姓名": SWAPPED_PAYEE[1], "身份证号": SWAPPED_PAYEE[0]}
    roll += [
        benefit(BROKEN_ADDRESS, "age_allowance", "100")
        | {"居住地址": "双岗村\n7号", "联系电话": "13900000001"}
    ]
    lines = text(
        [row | {"居住地址": row.get("居住地址", ""), "联系电话": row.get("联系电话", "")} for row in roll]
    ).split("\n")
    short = ",".join(benefit(SHORT_LINE, "age_allowance", "100").values())
    again = [
        lines[0],
        f"{short}",
        *text([benefit(FILLERS[0], "age_allowance", "不明"), benefit(FILLERS[1], "x", "1")]).split("\n")[1:],
    ]
    (folder / "benefit_roll.csv").write_bytes("\r\n".join([*lines[:-1], *again]).encode("gb18030"))

    dead = [
        person(("朱䶮", PAID_RARE[1]), 死亡日期="2026-09-01"),
        person(("朱~", BYTES_RARE[1]), 死亡日期="2026-09-01"),
        person(SISTERS[1], 死亡日期="2026-09-01") | {"身份证号": ""},
        {"姓名": SWAPPED_DEAD[1], "身份证号": SWAPPED_DEAD[0], "死亡日期": "2026-09-01"},
        {"姓名": NAMELESS_DEAD[1], "身份证号": NAMELESS_DEAD[1], "死亡日期": "2026-09-01"},
        {"姓名": "#N/A", "身份证号": "#N/A", "死亡日期": "2026-09-01"},
    ]
    dead_bytes = text(dead).encode("gb18030").replace(b"~", b"\xfe\x9f")
    (folder / "death_record.csv").write_bytes(dead_bytes + b"\x1a\n\x1a")

    survey = text([person(FIRST_OF_A_RUN_ON, 独居="是", 空巢="否", 留守="否", 联系电话="13911112222")])
    survey = survey.replace("联系电话\n", "联系电话", 1)
    survey += f"{AFTER_THE_HEADER[0]},{AFTER_THE_HEADER[1]},否,是,否\n姓名,身份证号,独居,空巢,留守,联系电话\n"
    (folder / "care_survey.csv").write_text(survey, encoding="utf-8")
    turned = f"姓名,身份证号,探访日期\n{FILLERS[2][0]},{FILLERS[2][1]},2026-11-18\n身份证号,姓名,探访日期\n"
    (folder / "visit_log.csv").write_text(turned, encoding="utf-8")
    cut = f"姓名,身份证号,管理日期\n{FILLERS[3][0]},{FILLERS[3][1]},2026-03-01\n"
    cut += f"{FILLERS[4][0]},{FILLERS[4][1][:9]}"
    (folder / "health_management.csv").write_text(cut, encoding="utf-8")
    with xlsxwriter.Workbook(str(folder / "rescue_register.xlsx")) as book:
        sheet = book.add_worksheet("救助")
        for line, row in {
            1: ("姓名", "身份证号", "救助日期"),
            4: ("#N/A", "#N/A", "2026-11-01"),
            7: ("岳二", "", "#REF!"),
        }.items():
            sheet.write_row(line, 0, row)
    for name in ("benefit_roll (1).csv", "名单13912345678.csv"):
        (folder / name).write_text("x", encoding="utf-8")
    counts = {"death_record.csv": {"rows": 7}, "household_register.part01.csv": {"rows": len(first)}}
    (folder / "_SUCCESS").write_text(json.dumps(counts), encoding="utf-8")
    return run_night(root / "home", root / "landing")


def action(night: Night, who: Who, programme: str = "age_allowance") -> set[object]:
    found = night.query(
        "SELECT action FROM mart.candidate JOIN mart.person USING (person_id) "
        f"WHERE mart.person.id_number = '{who[1]}' AND programme = '{programme}'"
    )
    return {row[0] for row in found}


def alive(night: Night, who: Who) -> list[tuple[object, ...]]:
    return night.query(f"SELECT alive FROM mart.person WHERE id_number = '{who[1]}'")


def test_the_night_is_published_without_what_cannot_be_read(night: Night) -> None:
    assert night.ran.status == 3, night.ran.err
    refused = night.query("SELECT extract, message FROM mart.delivery WHERE status = 'refused' ORDER BY 1")
    assert [name for name, _ in refused] == ["health_management", "visit_log"]
    assert "在一行中间中断" in str(refused[0][1])
    assert "第 3 行又是表头" in str(refused[1][1])


def test_rare_characters_find_their_dead(night: Night) -> None:
    for who in (PAID_RARE, BYTES_RARE):
        assert alive(night, who) == [(False,)]
        assert action(night, who) == {"stop"}


def test_an_unreadable_character_makes_no_two_people_one(night: Night) -> None:
    first, second = (OLD.index(SISTERS[0]) + 1, len(OLD) + 1)
    people = night.query(
        "SELECT count(DISTINCT person_id) FROM mart.identity_link "
        f"WHERE extract = 'household_register' AND row_number IN ({first}, {second})"
    )
    assert people == [(2,)]
    assert alive(night, SISTERS[0]) == [(True,)]
    assert not action(night, SISTERS[0]) & {"stop", "add"}


def test_swapped_cells_are_read_and_put_under_review(night: Night) -> None:
    grades = night.query(
        "SELECT l.extract, l.grade FROM mart.identity_link l JOIN mart.person p USING (person_id) "
        f"WHERE p.id_number IN ('{SWAPPED_PAYEE[1]}', '{SWAPPED_DEAD[1]}') "
        "AND (l.extract, l.row_number) IN (('benefit_roll', 6), ('death_record', 4))"
    )
    assert sorted(grades) == [("benefit_roll", "review"), ("death_record", "review")]
    reported = night.query(
        "SELECT extract, row_number, severity FROM mart.quarantine WHERE rule = 'swapped_name_and_number'"
    )
    assert sorted(reported) == [("benefit_roll", 6, "value"), ("death_record", 4, "value")]
    assert action(night, SWAPPED_PAYEE) <= {"verify", "keep", "recheck"}
    assert action(night, SWAPPED_DEAD) == {"verify"}
    assert alive(night, SWAPPED_DEAD) == [(True,)]


def test_nobody_is_called_a_number_or_an_error(night: Night) -> None:
    assert night.query(r"SELECT name FROM mart.person WHERE regexp_matches(name, '[#\d]')") == [(FORMULA[0],)]
    assert "row" in {
        row[0] for row in night.query("SELECT severity FROM mart.quarantine WHERE rule = 'number_as_name'")
    }


def test_short_and_broken_lines_pay_whom_they_name(night: Night) -> None:
    for who in (SHORT_LINE, BROKEN_ADDRESS):
        assert action(night, who) <= {"keep", "recheck"}, who
        assert action(night, who)


def test_rows_after_a_lost_line_end_and_a_second_header_count(night: Night) -> None:
    facts = "SELECT lives_alone, empty_nest FROM mart.person WHERE id_number = "
    assert night.query(f"{facts} '{FIRST_OF_A_RUN_ON[1]}'") == [(True, False)]
    assert night.query(f"{facts} '{AFTER_THE_HEADER[1]}'") == [(False, True)]
    assert night.query("SELECT rows_read FROM mart.delivery WHERE extract = 'care_survey'") == [(2,)]


def test_what_is_no_number_is_no_former_number(night: Night) -> None:
    for n, who in enumerate(MOVED):
        area = night.query(f"SELECT household_id, area_code FROM mart.person WHERE id_number = '{who[1]}'")
        assert area == [(f"NEW{n}", "340102002001")], NO_FORMER[n]


def test_no_message_shows_a_cell(night: Night) -> None:
    shown = night.ran.out + night.ran.err + str(night.query("SELECT message FROM mart.delivery"))
    people = [*OLD, *MOVED, *FILLERS]
    assert not [who for who in people if who[0] in shown or who[1][6:] in shown]
    assert "139" not in shown


def test_files_that_are_no_extract_are_named(night: Night) -> None:
    assert "benefit_roll (1).csv" in night.ran.out
    assert "名单***.csv" in night.ran.out


def corrections(night: Night, department: str) -> list[dict[str, str]]:
    path = night.home / "lists" / REGION / DAY / "corrections" / f"{department}.csv"
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def delivered_line(folder: Path, name: str, line: int, encoding: str) -> str:
    return (folder / name).read_bytes().decode(encoding).split("\n")[line - 1]


def test_every_row_is_found_by_file_and_line(night: Night) -> None:
    folder = night.home.parent / "landing" / REGION / DAY
    police = corrections(night, "public_security")
    (elsewhere,) = [row for row in police if row["问题"] == "行政区划代码"]
    assert elsewhere["文件"] == "household_register.part01.csv"
    assert ELSEWHERE[1] in delivered_line(folder, elsewhere["文件"], int(elsewhere["文件行"]), "utf-16")
    assert elsewhere["行号"] == str(OLD.index(ELSEWHERE) + 1)
    twice = [row for row in police if row["数据表代码"] == "household_register" and row["问题"] == "重复"]
    assert len(twice) == 2 * len(MOVED)
    for row in twice:
        assert row["文件"] == "household_register.part02.csv"
        assert row["姓名"] in delivered_line(folder, row["文件"], int(row["文件行"]), "gb18030")
        other = int(row["不一致之处"].split("第 ")[1].split(" 行")[0])
        assert row["姓名"] in delivered_line(folder, row["文件"], other, "gb18030")
    affairs = corrections(night, "civil_affairs")
    quarantined = {
        row["行号"]: row
        for row in affairs
        if row["数据表代码"] == "benefit_roll" and row["问题"] == "整行未收"
    }
    lines = [int(row["文件行"]) for row in quarantined.values()]
    assert [
        FILLERS[1][1] in delivered_line(folder, "benefit_roll.csv", line, "gb18030") for line in lines
    ] == [True]
    rescue = [row for row in affairs if row["数据表代码"] == "rescue_register" and row["问题"] == "整行未收"]
    assert [(row["工作表"], row["文件行"]) for row in rescue] == [("救助", "8")]


def test_the_quarantine_names_the_line(night: Night) -> None:
    assert night.query(
        "SELECT file, sheet, sheet_line FROM mart.quarantine "
        "WHERE extract = 'rescue_register' AND severity = 'row'"
    ) == [("rescue_register.xlsx", "救助", 8)]


def test_another_countys_files_are_not_published(tmp_path: Path) -> None:
    folder = tmp_path / "landing" / "yanling" / DAY
    folder.mkdir(parents=True)
    (folder / "household_register.csv").write_text(text(register()), encoding="utf-8")
    (folder / "_SUCCESS").touch()
    ran = outreach(
        "run", "--region", "yanling", "--date", DAY, "--landing", tmp_path / "landing", "--home", tmp_path
    )
    assert ran.status == 1
    assert "其他地区" in ran.out + ran.err
    assert not (tmp_path / "warehouse" / "yanling").exists()
