"""A row in quarantine gives no fact, but a person whom it may be about is not decided as if it did not exist.

One night of yaohai over many people. Each has one row that is spoilt in one cell, or is a control; what is
asserted is the action by programme, and that the reason names extract and row.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from command import Night, call, run_night
from small_world import AREA, DAY, REGION, number

Row = dict[str, str]
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
_GIVEN = "兰芳英珍梅菊秀荣凤桂云霞芝莲香玲琴琳艳娟"

COLUMNS = {
    "household_register": "户号 公民身份号码 姓名 性别 出生日期 与户主关系 户籍地址 行政区划代码 人员状态"
    " 状态变更日期 曾用身份号码",
    "benefit_roll": "项目编码 项目名称 姓名 身份证号 月标准 起发年月 发放状态 居住地址",
    "death_record": "姓名 身份证号 性别 出生日期 死亡日期",
    "outreach_outcome": "人员编号 姓名 身份证号 项目编码 结果 联系日期 备注",
    "hardship_roll": "家庭编号 姓名 身份证号 救助类别 认定日期 终止日期",
    "disability_certificate": "残疾人证号 姓名 残疾类别 残疾等级 发证日期 有效期至 证件状态 监护人姓名",
    "ability_assessment": "姓名 身份证号 评估日期 能力等级 有效期至",
    "pension_roll": "社会保障号码 姓名 险种 待遇状态 工伤护理",
    "visit_log": "姓名 身份证号 探访日期 探访结果",
}
MISSING = ""


@dataclass
class Person:
    """Somebody of the register, aged 85 where nothing else is given."""

    name: str
    id_number: str
    household: str
    address: str
    place: int

    def row(self, **more: str) -> Row:
        return {"姓名": self.name, "身份证号": self.id_number, **more}

    def benefit(self, programme: str = "age_allowance", amount: str = "100", **more: str) -> Row:
        paid = {"项目编码": programme, "月标准": amount, "起发年月": "2021-05", "发放状态": "发放中"}
        return self.row(**(paid | more))

    def death(self, day: str, **more: str) -> Row:
        return self.row(**({"死亡日期": day} | more))

    def word(self, result: str, programme: str = "age_allowance", **more: str) -> Row:
        return self.row(**({"项目编码": programme, "结果": result, "联系日期": "2026-10-01"} | more))

    def poor(self, category: str = "11", **more: str) -> Row:
        return self.row(
            **({"家庭编号": f"F{self.place}", "救助类别": category, "认定日期": "2020-01-01"} | more)
        )

    def certificate(self, grade: str = "1", **more: str) -> Row:
        valid = {"残疾类别": "4", "残疾等级": grade, "发证日期": "2020-01-01", "证件状态": "有效"}
        return {"残疾人证号": f"{self.id_number}4{grade}", "姓名": self.name, **(valid | more)}

    def assessed(self, level: str, **more: str) -> Row:
        return self.row(**({"评估日期": "2026-05-01", "能力等级": level} | more))

    def pension(self, **more: str) -> Row:
        usual = {"险种": "110", "待遇状态": "2"} | more
        return {"社会保障号码": self.id_number, "姓名": self.name, **usual}

    def registered(self, **more: str) -> Row:
        own = {
            "户号": self.household,
            "公民身份号码": self.id_number,
            "姓名": self.name,
            "性别": "男" if int(self.id_number[16]) % 2 else "女",
            "出生日期": self.id_number[6:14],
            "与户主关系": "户主",
            "户籍地址": self.address,
            "行政区划代码": AREA,
            "人员状态": "正常",
        }
        return own | more


@dataclass
class Batch:
    """The people and rows of the night. ``lines``: whole lines of a file, as they are in it."""

    people: dict[str, Person] = field(default_factory=dict)
    rows: dict[str, list[Row | bytes]] = field(default_factory=lambda: {name: [] for name in COLUMNS})
    named: dict[str, tuple[str, int]] = field(default_factory=dict)
    whose_is_unknown: Row = field(default_factory=dict)

    def person(self, key: str, name: str = "", birth: str = "", **more: str) -> Person:
        """Somebody new, called by ``key`` in this file; ``more`` as in the register row."""
        place = len(self.people)
        given = _GIVEN[place % 20] + _GIVEN[place // 20 % 20]
        who = Person(
            name or _SURNAMES[place % 32] + given,
            number(birth or f"194101{place % 28 + 1:02d}", 100 + place),
            f"H{place}",
            f"香江社区{place}号",
            place,
        )
        self.people[key] = who
        self.rows["household_register"].append(who.registered(**more))
        return who

    def add(self, extract: str, row: Row | bytes, key: str = "") -> None:
        """A row; ``key``: of this row the person's reason has to speak."""
        self.rows[extract].append(row)
        if key:
            self.named[key] = extract, len(self.rows[extract])

    def write(self, landing: Path) -> None:
        folder = landing / REGION / DAY
        folder.mkdir(parents=True)
        for extract, rows in self.rows.items():
            columns = COLUMNS[extract].split()
            lines = [",".join(columns).encode()]
            for row in rows:
                if isinstance(row, bytes):
                    lines.append(row)
                else:
                    text = io.StringIO()
                    csv.DictWriter(text, columns, lineterminator="").writerow(row)
                    lines.append(text.getvalue().encode())
            (folder / f"{extract}.csv").write_bytes(b"\n".join(lines) + b"\n")
        (folder / "_SUCCESS").touch()


def batch() -> tuple[Batch, dict[tuple[str, str], str]]:
    """The night, and the action that each person must have of each programme (``none``: no line)."""
    b = Batch()
    expected: dict[tuple[str, str], str] = {}

    def case(key: str, action: str, programme: str = "age_allowance", **more: str) -> Person:
        who = b.people.get(key) or b.person(key, **more)
        expected[key, programme] = action
        return who

    def roll(key: str, **broken: str) -> None:
        b.add("benefit_roll", case(key, "verify").benefit(**broken), key)

    # Every rule that quarantines a row, of the benefit roll.
    case("nobody's row", "add")
    b.add("benefit_roll", case("paid", "keep").benefit())
    roll("unknown status", 发放状态="在发")
    roll("no status", 发放状态=MISSING)
    roll("suspended, no name", 发放状态="暂停", 姓名=MISSING)
    roll("no name", 姓名=MISSING)
    roll("spreadsheet's number, unknown status", 发放状态="9", 项目编码="高龄津贴")
    who = case("surplus cell", "verify")
    b.add(
        "benefit_roll",
        f"age_allowance,,{who.name},{who.id_number},100,2021-05,1,,多,出".encode(),
        "surplus cell",
    )
    who = case("cells lost", "verify")
    b.add("benefit_roll", f"age_allowance,{who.name},{who.id_number}".encode(), "cells lost")
    who = case("open quote", "verify")
    b.add(
        "benefit_roll", f'age_allowance,,{who.name},{who.id_number},100,2021-05,"1,地'.encode(), "open quote"
    )
    who = case("wrong byte", "verify")
    line = f"age_allowance,,{who.name},{who.id_number},100,2021-05,发放中,@号".encode()
    b.add("benefit_roll", line.replace(b"@", b"\xff"), "wrong byte")
    who = case("wrong byte, ended", "add")
    line = f"age_allowance,,{who.name},{who.id_number},100,2021-05,停发,@号".encode()
    b.add("benefit_roll", line.replace(b"@", b"\xff"))
    b.add("benefit_roll", case("ended, no name", "add").benefit(发放状态="停发", 姓名=MISSING))

    # Which programme the row is about.
    who = case("label with a band", "verify")
    b.add("benefit_roll", who.benefit("高龄津贴（80-89周岁）"), "label with a band")
    b.add("hardship_roll", who.poor())
    case("label with a band", "add", "meal_subsidy")
    who = case("unreadable programme", "verify")
    b.add("benefit_roll", who.benefit("XX01"), "unreadable programme")
    b.add("hardship_roll", who.poor())
    case("unreadable programme", "verify", "meal_subsidy")
    who = case("another programme", "add")
    b.add("benefit_roll", who.benefit("meal_subsidy", 发放状态="9"))
    b.add("hardship_roll", who.poor())
    case("another programme", "verify", "meal_subsidy")

    # Whose it may be.
    roll("old number", 姓名=MISSING, 身份证号="@15")
    roll("former number", 姓名=MISSING, 身份证号="@former")
    roll("damaged number", 姓名=MISSING, 身份证号="@damaged")
    roll("name alone", 身份证号=MISSING, 发放状态="9")
    roll("number of nobody born alike", 身份证号="@alike", 发放状态="9")
    b.add(
        "benefit_roll",
        case("number of nobody born otherwise", "add").benefit(身份证号="@otherwise", 发放状态="9"),
    )
    for i in range(4):
        b.person(f"namesake {i}", name="李秀英", birth=f"194{i}0203")
        b.person(f"neighbour {i}", name="王桂芳", birth=f"194{i}0204")
        b.person(f"born {i}", name="张玉珍", birth=f"194{i}0205")
        expected[f"namesake {i}", "age_allowance"] = "add"
        expected[f"neighbour {i}", "age_allowance"] = "verify" if i == 2 else "add"
        expected[f"born {i}", "age_allowance"] = "verify" if i == 1 else "add"
    b.whose_is_unknown = b.people["namesake 0"].benefit(身份证号=MISSING, 发放状态="9")
    b.add("benefit_roll", b.whose_is_unknown)
    there = b.people["neighbour 2"]
    b.add(
        "benefit_roll", there.benefit(身份证号=MISSING, 发放状态="9", 居住地址=there.address), "neighbour 2"
    )
    b.add(
        "death_record",
        b.people["born 1"].death("2026-02-31", 身份证号=MISSING, 出生日期="1941-02-05"),
        "born 1",
    )

    # Who may have died.
    who = case("dead, no day", "verify")
    b.add("death_record", who.death("2026-02-31"), "dead, no day")
    case("dead, no day", "due", "visit")
    b.add("death_record", case("dies later, no name", "add").death("2099-01-01", 姓名=MISSING))
    who = case("dead, paid", "keep")
    b.add("benefit_roll", who.benefit())
    b.add("death_record", who.death("不详"))
    who = case("dead, paid too little", "verify", "care_service_subsidy")
    b.add("death_record", who.death("不详"), "dead, paid too little")
    for key in ("dead, paid too little", "paid too little", "assessed again", "paid too little by two rows"):
        who = case(key, "adjust" if key == "paid too little" else "verify", "care_service_subsidy")
        b.add("hardship_roll", who.poor())
        b.add("ability_assessment", who.assessed("3"))
        b.add("benefit_roll", who.benefit("care_service_subsidy", "400"))
    b.add(
        "ability_assessment",
        b.people["assessed again"].assessed("三级", 评估日期="2026-10-01"),
        "assessed again",
    )
    key = "paid too little by two rows"
    b.add("benefit_roll", b.people[key].benefit("care_service_subsidy", "600", 发放状态="9"), key)
    who = case("register may say dead", "verify")
    b.add("household_register", who.registered(人员状态="死亡注销", 户号=MISSING), "register may say dead")
    who = case("register says alive twice", "add")
    b.add("household_register", who.registered(户号=MISSING))
    who = case("visited, may be dead", "verify")
    b.add("visit_log", who.row(探访日期="10月", 探访结果="老人已去世"), "visited, may be dead")
    b.add("visit_log", case("visited", "add").row(探访日期="10月", 探访结果="正常"))

    # Who may have refused.
    who = case("unreadable word", "verify")
    b.add("outreach_outcome", who.word("不要"), "unreadable word")
    b.add("hardship_roll", who.poor())
    case("unreadable word", "add", "meal_subsidy")
    b.add("outreach_outcome", case("agreed, no day", "add").word("同意", 联系日期="国庆"))
    b.add("outreach_outcome", case("not reached, no day", "add").word("未联系上", 联系日期="国庆"))
    who = case("refused something", "verify")
    b.add("outreach_outcome", who.word("不同意", "津贴"), "refused something")
    who = case("refusal of two lines", "verify")
    broken = f',{who.name},{who.id_number},age_allowance,不同意,2026-10-01,"女儿说不要\n等明年再说'
    b.add("outreach_outcome", broken.encode(), "refusal of two lines")
    b.add("outreach_outcome", b"")  # the second line is a row of its own
    b.add("outreach_outcome", case("refused two years ago", "add").word("不要", 联系日期="2024-10-01"))
    who = case("agreed since", "add")
    b.add("outreach_outcome", who.word("不要", 联系日期="2026-08-01"))
    b.add("outreach_outcome", who.word("同意", 联系日期="2026-09-01"))

    # Who may be entitled all the same, and whose right may be gone.
    nursing = "disability_nursing_subsidy"
    for key in (
        "lost",
        "lost, certificate unread",
        "lost, other certificate expired",
        "lost, paid by two rows",
    ):
        who = case(
            key,
            "verify" if key in ("lost, certificate unread", "lost, paid by two rows") else "stop",
            nursing,
        )
        b.add("benefit_roll", who.benefit(nursing))
    b.add(
        "disability_certificate",
        b.people["lost, certificate unread"].certificate(证件状态="?"),
        "lost, certificate unread",
    )
    b.add(
        "disability_certificate",
        b.people["lost, other certificate expired"].certificate(有效期至="2024-01-01", 姓名=MISSING),
    )
    b.add(
        "benefit_roll",
        b.people["lost, paid by two rows"].benefit(nursing, 发放状态="9"),
        "lost, paid by two rows",
    )
    who = case("lost, may be dead", "stop", nursing)
    b.add("benefit_roll", who.benefit(nursing))
    b.add("death_record", who.death("不详"))
    who = case("dead for certain, paid by two rows", "stop")
    b.add("benefit_roll", who.benefit())
    b.add("benefit_roll", who.benefit(发放状态="9"))
    b.add("death_record", who.death("2026-09-01"))
    for key, category in (
        ("may be destitute", "12"),
        ("minimum living only", "11"),
        ("unread roll", "低保户"),
    ):
        who = case(key, "add" if category == "11" else "verify", nursing)
        b.add("disability_certificate", who.certificate())
        b.add("hardship_roll", who.poor(category, 姓名=MISSING), key if category != "11" else "")
    for key, care in (("may draw work-injury care", "是"), ("draws none", "否")):
        who = case(key, "verify" if care == "是" else "add", nursing)
        b.add("disability_certificate", who.certificate())
        b.add("pension_roll", who.pension(待遇状态="领", 工伤护理=care), key if care == "是" else "")
    who = case("death taken back, may be", "verify", 人员状态="死亡注销", 状态变更日期="2026-01-10")
    b.add("benefit_roll", who.benefit())
    b.add(
        "household_register",
        who.registered(户号=MISSING, 状态变更日期="2026-03-01"),
        "death taken back, may be",
    )
    who = case("death after all", "stop", 人员状态="死亡注销", 状态变更日期="2026-01-10")
    b.add("benefit_roll", who.benefit())
    b.add("household_register", who.registered(户号=MISSING, 状态变更日期="2025-03-01"))

    # One to a household; two that exclude each other; a pension that may be drawn already.
    elder = case("household", "verify", "home_adaptation", birth="19400101")
    younger = case("younger of it", "none", "home_adaptation", birth="19450101", 户号=elder.household)
    for who in (elder, younger):
        b.add("hardship_roll", who.poor())
    b.add("benefit_roll", younger.benefit("home_adaptation", 发放状态="9"), "household")
    who = case("rival may be paid", "add", nursing)
    b.add("disability_certificate", who.certificate())
    b.add("benefit_roll", who.benefit("nursing_subsidy", 发放状态="9"), "rival may be paid")
    for key, status in (("pension may be drawn", "领"), ("pension stopped", "5")):
        who = case(key, "verify" if status == "领" else "add", "pension_employee")
        b.add("pension_roll", who.pension(待遇状态="3"))
        b.add(
            "pension_roll",
            who.pension(险种="120", 待遇状态=status, 姓名=MISSING),
            key if status == "领" else "",
        )

    _number(b)
    return b, expected


def _number(b: Batch) -> None:
    """Put the numbers in that some rows of the roll have in place of the person's own."""
    old = b.people["former number"]
    former = number("19390606", 333)
    for row in b.rows["household_register"]:
        if isinstance(row, dict) and row["公民身份号码"] == old.id_number:
            row["曾用身份号码"] = former
    own = {key: b.people[key].id_number for key in ("old number", "damaged number")}
    last = own["damaged number"]
    alike = b.people["number of nobody born alike"].id_number
    instead = {
        "@15": own["old number"][:6] + own["old number"][8:17],
        "@former": former,
        "@damaged": last[:16] + str((int(last[16]) + 2) % 10) + last[17:],
        "@alike": number(alike[6:14], 990 + int(alike[16]) % 2),
        "@otherwise": number("19410815", 997),
    }
    for row in b.rows["benefit_roll"]:
        if isinstance(row, dict):
            row["身份证号"] = instead.get(row["身份证号"], row["身份证号"])


BATCH, EXPECTED = batch()


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Night:
    home = tmp_path_factory.mktemp("guards")
    BATCH.write(home / "landing")
    return run_night(home / "home", home / "landing", REGION, DAY, switches=["meal_subsidy"])


@pytest.fixture(scope="module")
def lines(night: Night) -> dict[tuple[str, str], tuple[str, str]]:
    assert night.ran.status == 0, night.ran.err
    return {
        (str(id_number), str(programme)): (str(action), str(reason))
        for id_number, programme, action, reason in night.query(
            "SELECT id_number, programme, action, reason_text FROM mart.candidate"
        )
    }


@pytest.mark.parametrize(("key", "programme"), sorted(EXPECTED))
def test_the_action(lines: dict[tuple[str, str], tuple[str, str]], key: str, programme: str) -> None:
    action, reason = lines.get((BATCH.people[key].id_number, programme), ("none", ""))
    assert action == EXPECTED[key, programme], reason


@pytest.mark.parametrize("key", sorted(BATCH.named))
def test_the_reason_names_extract_and_row(
    lines: dict[tuple[str, str], tuple[str, str]], night: Night, key: str
) -> None:
    extract, row = BATCH.named[key]
    titles = {
        "household_register": "户籍人口",
        "benefit_roll": "待遇发放",
        "death_record": "死亡（殡葬）信息",
    }
    titles |= {"outreach_outcome": "走访联系结果", "hardship_roll": "社会救助对象", "visit_log": "探访记录"}
    titles |= {"disability_certificate": "残疾人证", "ability_assessment": "老年人能力评估"}
    titles |= {"pension_roll": "养老保险待遇"}
    programmes = [p for k, p in EXPECTED if k == key and EXPECTED[k, p] in ("verify", "add")]
    reasons = [
        lines[BATCH.people[key].id_number, p][1]
        for p in programmes
        if (BATCH.people[key].id_number, p) in lines
    ]
    assert any(f"{titles[extract]}第{row}行" in reason for reason in reasons), reasons
    assert BATCH.people[key].id_number not in "".join(reasons)


def test_the_department_gets_a_question_about_every_such_row_by_file_and_row(night: Night) -> None:
    folder = night.home / "lists" / REGION / DAY / "corrections"
    questions = {
        (row["数据表代码"], int(row["行号"])): row["不一致之处"]
        for path in folder.glob("*.csv")
        for row in csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")))
        if row["问题"] == "整行未收"
    }
    quarantined = night.query(
        "SELECT DISTINCT extract, row_number FROM mart.quarantine WHERE severity = 'row'"
    )
    assert set(questions) == set(quarantined)
    assert all(f"文件{extract}.csv" in text for (extract, _), text in questions.items())
    assert "暂改为核实" in questions[BATCH.named["no name"]]
    whose = BATCH.rows["benefit_roll"].index(BATCH.whose_is_unknown) + 1
    assert "无法判断该行属于何人" in questions["benefit_roll", whose]
    texts = "".join(questions.values())
    assert not any(who.id_number in texts or who.name in texts for who in BATCH.people.values())


def test_explain_names_the_row_that_guards_and_why_it_may_be_the_persons(night: Night) -> None:
    _, row = BATCH.named["no name"]
    who = BATCH.people["no name"]
    options = ["--region", REGION, "--date", DAY, "--id-number", who.id_number, "--home", str(night.home)]
    explained = call("explain", *options).out
    assert f"待遇发放第{row}行" in explained
    assert "该行被隔离，号码是此人的" in explained


def test_who_is_guarded_counts_as_without_what_the_row_says(night: Night) -> None:
    keys = ("no name", "dead, no day", "unreadable word")
    numbers = ", ".join(f"'{BATCH.people[key].id_number}'" for key in keys)
    people = night.query(f"SELECT alive, len(receiving) FROM mart.person WHERE id_number IN ({numbers})")
    assert people == [(True, 0)] * 3
