"""Three nights of one home: officers take our lists along, fill them in, and send them back in parts.

Night 1 publishes the lists. On night 2 two officers return some of them, partly filled, as a workbook and as
CSV from a Chinese spreadsheet; on night 3 a third one returns another. What the first two brought still
counts.
"""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pytest
import xlsxwriter
from command import Night, call, run_night
from small_world import AREA, REGION, deliver, number, person

FIRST, SECOND, THIRD = "2026-11-20", "2026-11-21", "2026-11-22"
ALLOWANCE = "age_allowance"
NAMES = (
    "甲子",
    "乙丑",
    "丙寅",
    "丁卯",
    "戊辰",
    "己巳",
    "庚午",
    "辛未",
    "壬申",
    "癸酉",
    "甲戌",
    "乙亥",
    "丙子",
    "丁丑",
)
PEOPLE = {name: (f"郑{name}", number("19400110", 601 + 2 * place)) for place, name in enumerate(NAMES)}
ELDERS = {f"老{n}": (f"冯{n}", number("19380215", 101 + 2 * i)) for i, n in enumerate("一二三四五六七八九十")}
SEVENTY = ("卫妙", number("19560305", 422))
Rows = list[dict[str, str]]


def register() -> Rows:
    """Everybody 正常, in a household and a house of one."""
    return [
        {
            "户号": f"34010290000{place:02d}",
            "公民身份号码": id_number,
            "姓名": name,
            "性别": "男" if int(id_number[16]) % 2 else "女",
            "出生日期": id_number[6:14],
            "与户主关系": "户主",
            "户籍地址": f"香江社区{place}号",
            "行政区划代码": AREA,
            "人员状态": "正常",
        }
        for place, (name, id_number) in enumerate([*PEOPLE.values(), *ELDERS.values(), SEVENTY])
    ]


def batch(landing: Path, day: str) -> Path:
    """What the departments deliver every night; nobody is paid, one was visited, one is reported to have
    died."""
    return deliver(
        landing,
        {
            "household_register": register(),
            "benefit_roll": [
                person(SEVENTY, 项目编码="leisure", 月标准="1", 起发年月="2021-05", 发放状态="停发")
            ],
            "visit_log": [
                person(PEOPLE["丁丑"], 探访日期="2026-11-19", 探访结果="老人已去世"),
                person(PEOPLE["丙子"], 探访日期="2026-11-19", 探访结果="正常"),
            ],
            "death_record": [person(("秦无", number("19300101", 101)), 死亡日期="2026-01-01")],
            "hardship_roll": [
                {"家庭编号": "F1", **person(ELDERS["老十"], 救助类别="11", 认定日期="2015-01-01")}
            ],
            "health_management": [person(SEVENTY, 管理日期="2026-03-01", 机构="卫生院")],
            "ability_assessment": [person(SEVENTY, 评估日期="2026-03-01", 能力等级="0")],
            "care_survey": [person(SEVENTY, 独居="否", 空巢="否", 留守="否")],
        },
        day,
    )


@dataclass
class Returned:
    """A published programme list, with the answers that an officer writes into it."""

    header: list[str]
    rows: list[list[str]]
    title: list[str] = field(default_factory=list)

    @classmethod
    def published(cls, night: Night, programme: str, action: str) -> Returned:
        """The list of the small world's one town, as it was published."""
        (path,) = (night.home / "lists" / REGION / night.day).glob(f"*/{programme}.{action}.csv")
        with path.open(encoding="utf-8-sig", newline="") as file:
            header, *rows = csv.reader(file)
        return cls(header, rows)

    def write(self, answers: Mapping[str, Sequence[str]]) -> Returned:
        """Fill in 结果, 联系日期 (and 经办人, 备注) of persons, by name."""
        for row in self.rows:
            for name, cells in answers.items():
                if row[self.header.index("姓名")] == name:
                    for header, cell in zip(("结果", "联系日期", "经办人", "备注"), cells, strict=False):
                        row[self.header.index(header)] = cell
        return self

    def without(self, *headers: str) -> Returned:
        """The list with some columns taken out."""
        kept = [place for place, header in enumerate(self.header) if header not in headers]
        return Returned(
            [self.header[i] for i in kept], [[row[i] for i in kept] for row in self.rows], self.title
        )

    def csv(self) -> bytes:
        """As a Chinese spreadsheet saves it: GB18030, title first."""
        stream = io.StringIO()
        csv.writer(stream).writerows([*([line] for line in self.title), self.header, *self.rows])
        return stream.getvalue().encode("gb18030")

    def xlsx(self) -> bytes:
        """As a workbook."""
        stream = io.BytesIO()
        with xlsxwriter.Workbook(stream) as book:
            sheet = book.add_worksheet()
            for place, row in enumerate([*([line] for line in self.title), self.header, *self.rows]):
                sheet.write_row(place, 0, row)
        return stream.getvalue()


@dataclass
class Nights:
    """The three nights, and what was handed back on each."""

    home: Path
    landing: Path
    first: Night
    second: Night
    third: Night

    def lines(self, night: Night, who: tuple[str, str]) -> dict[str, str]:
        """Action by programme of a person, in a published night."""
        found = night.query(f"SELECT programme, action FROM mart.candidate WHERE id_number = '{who[1]}'")
        return {str(programme): str(action) for programme, action in found}

    def reason(self, night: Night, who: tuple[str, str], programme: str = ALLOWANCE) -> str:
        """Why the person is on a list."""
        ((text,),) = night.query(
            "SELECT reason_text FROM mart.candidate "
            f"WHERE id_number = '{who[1]}' AND programme = '{programme}'"
        )
        return str(text)


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Nights:
    """Three nights in one home; the lists of the first come back on the second and third."""
    root = tmp_path_factory.mktemp("outcomes")
    home, landing = root / "home", root / "landing"
    batch(landing, FIRST)
    first = run_night(home, landing, day=FIRST)
    assert first.ran.status == 0, first.ran.err
    name = {key: who[0] for key, who in PEOPLE.items()} | {key: who[0] for key, who in ELDERS.items()}

    one = Returned.published(first, ALLOWANCE, "add")
    one.title = ["瑶海区　高龄津贴·新增　2026-11-20", "请于月底前交回"]
    one.write(
        {
            name["甲子"]: ["不同意", "11月21日", "李网格员", "本人称不需要"],
            name["乙丑"]: ["同意", "11月20日", "李网格员"],
            name["丙寅"]: ["已去世", "11月20日", "李网格员", "邻居说"],
            name["丁卯"]: ["已迁出", "2026/11/20", "李网格员"],
            name["戊辰"]: ["未联系上", "11月20日"],
            name["己巳"]: ["信息有误", "11月20日", "", "名字写错"],
            name["老一"]: ["-", "/", "无", "\u3000"],
        }
    )
    two = Returned.published(first, "visit", "due").without("项目编码")
    two.title = ["瑶海区　探访服务·待服务　2026-11-20"]
    two.write(
        {
            name["庚午"]: ["已服务", "11月20日", "王社工"],
            name["辛未"]: ["不同意", "11月20日", "王社工"],
            name["壬申"]: ["同意", "2026-11-23", "王社工"],
        }
    )
    folder = batch(landing, SECOND)
    (folder / "outreach_outcome.part1.xlsx").write_bytes(one.xlsx())
    (folder / "outreach_outcome.part2.csv").write_bytes(two.csv())
    second = run_night(home, landing, day=SECOND)
    assert second.ran.status == 0, second.ran.err

    three = Returned.published(first, ALLOWANCE, "add")
    three.write({name["癸酉"]: ["不同意", "11月22日", "赵"], name["丙寅"]: ["同意", "11月22日", "赵"]})
    folder = batch(landing, THIRD)
    (folder / "outreach_outcome.csv").write_bytes(three.csv())
    third = run_night(home, landing, day=THIRD)
    assert third.ran.status == 0, third.ran.err
    return Nights(home, landing, first, second, third)


def test_lines_nobody_filled_in_are_no_rows_and_our_own_numbers_no_fault(nights: Nights) -> None:
    parts = nights.second.query(
        "SELECT rows_read, rows_accepted, status FROM mart.delivery "
        "WHERE extract = 'outreach_outcome' ORDER BY file"
    )
    assert parts == [(6, 6, "accepted"), (3, 3, "accepted")]
    asked = "".join(
        path.read_text(encoding="utf-8-sig")
        for path in (nights.home / "lists" / REGION / SECOND / "corrections").glob("outreach*.csv")
    )
    assert "号码" not in asked
    assert asked.count("联系日期晚于数据日期") == 1


def test_every_answer_finds_its_person_by_the_id_on_the_list(nights: Nights) -> None:
    grades = nights.second.query(
        "SELECT DISTINCT grade FROM mart.identity_link WHERE extract = 'outreach_outcome'"
    )
    assert grades == [("exact",)]


def test_a_refusal_holds_on_the_nights_after_another_officers_list(nights: Nights) -> None:
    for night in (nights.second, nights.third):
        assert nights.lines(night, PEOPLE["甲子"])[ALLOWANCE] == "declined"
    assert nights.lines(nights.second, PEOPLE["癸酉"])[ALLOWANCE] == "add"
    assert nights.lines(nights.third, PEOPLE["癸酉"])[ALLOWANCE] == "declined"


def test_each_answer_does_to_the_line_what_the_table_of_results_says(nights: Nights) -> None:
    second = nights.second
    assert nights.lines(second, PEOPLE["乙丑"])[ALLOWANCE] == "add"
    assert "本人已于2026-11-20同意，待办理" in nights.reason(second, PEOPLE["乙丑"])
    assert set(nights.lines(second, PEOPLE["丙寅"]).values()) == {"verify"}
    assert "反映本人已去世" in nights.reason(second, PEOPLE["丙寅"])
    assert set(nights.lines(second, PEOPLE["丁卯"]).values()) == {"verify"}
    assert "反映本人已迁出" in nights.reason(second, PEOPLE["丁卯"])
    assert nights.lines(second, PEOPLE["戊辰"]) == nights.lines(nights.first, PEOPLE["戊辰"])
    assert nights.lines(second, PEOPLE["己巳"])[ALLOWANCE] == "add"
    assert nights.lines(second, ELDERS["老一"]) == nights.lines(nights.first, ELDERS["老一"])
    alive = second.query("SELECT DISTINCT alive FROM mart.person WHERE in_register")
    assert alive == [(True,)]


def test_a_later_yes_ends_the_report_of_a_death(nights: Nights) -> None:
    assert nights.lines(nights.third, PEOPLE["丙寅"])[ALLOWANCE] == "add"
    assert nights.lines(nights.third, PEOPLE["丁卯"])[ALLOWANCE] == "verify"


def test_a_visit_made_or_refused_is_not_due_this_week(nights: Nights) -> None:
    assert nights.lines(nights.first, PEOPLE["庚午"])["visit"] == "due"
    assert "visit" not in nights.lines(nights.second, PEOPLE["庚午"])
    assert nights.lines(nights.second, PEOPLE["辛未"])["visit"] == "declined"
    assert "visit" not in nights.lines(nights.third, PEOPLE["庚午"])


def test_an_answer_dated_ahead_waits_for_its_day(nights: Nights) -> None:
    assert nights.second.query(
        "SELECT count(*) FROM mart.outcome WHERE contacted_on = DATE '2026-11-23'"
    ) == [(1,)]
    contacts = nights.third.query(
        "SELECT last_contact_on FROM mart.candidate "
        f"WHERE id_number = '{PEOPLE['壬申'][1]}' AND programme = 'visit'"
    )
    assert contacts == [(None,)]


def test_a_visitors_report_of_a_death_makes_a_question_of_every_line(nights: Nights) -> None:
    assert set(nights.lines(nights.first, PEOPLE["丁丑"]).values()) == {"verify"}
    assert "探访记录" in nights.reason(nights.first, PEOPLE["丁丑"])
    assert nights.lines(nights.first, PEOPLE["丙子"])[ALLOWANCE] == "add"


def test_lists_show_the_last_contact_and_departments_get_questions(nights: Nights) -> None:
    shown = Returned.published(nights.second, ALLOWANCE, "add")
    last = {row[shown.header.index("姓名")]: row[shown.header.index("最近联系")] for row in shown.rows}
    assert last[PEOPLE["戊辰"][0]] == "2026-11-20 未联系上"
    assert last[ELDERS["老二"][0]] == ""
    folder = nights.home / "lists" / REGION / SECOND / "corrections"
    police = (folder / "public_security.csv").read_text(encoding="utf-8-sig")
    assert "反映此人信息有误（高龄津贴）" in police
    assert "社区走访人员于 2026-11-20 反映此人已去世" in police
    assert "社区走访人员于 2026-11-20 反映此人已迁出" in police
    funeral = (folder / "civil_affairs.csv").read_text(encoding="utf-8-sig")
    assert "社区走访人员于 2026-11-20 反映此人已去世，死亡（殡葬）信息中没有记录" in funeral
    third = (nights.home / "lists" / REGION / THIRD / "corrections" / "public_security.csv").read_text(
        "utf-8-sig"
    )
    assert "信息有误（高龄津贴）" in third


def test_the_change_list_names_the_answer_that_changed_a_line(nights: Nights) -> None:
    rows = nights.second.query(
        "SELECT p.name, c.cause, c.cause_text FROM mart.change AS c JOIN mart.person AS p USING (person_id) "
        "WHERE c.programme = 'age_allowance'"
    )
    causes = {str(name): (cause, text) for name, cause, text in rows}
    assert causes[PEOPLE["甲子"][0]] == ("data", "走访联系结果：本人于2026-11-21表示不同意")
    assert causes[PEOPLE["丙寅"][0]] == ("data", "走访联系结果：2026-11-20反映本人已去世")
    assert "other" not in {cause for cause, _ in causes.values()}


def published(night: Night) -> list[tuple[object, ...]]:
    """All lines of a night, and the answers that it used."""
    return night.query("SELECT * EXCLUDE (first_seen_on) FROM mart.candidate ORDER BY ALL") + night.query(
        "SELECT * FROM mart.outcome ORDER BY ALL"
    )


def test_a_rerun_of_an_earlier_night_uses_what_it_used_then(nights: Nights, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(nights.home, home, symlinks=True)
    before = published(nights.second)
    lots = sorted(path.name for path in (home / "state" / REGION / "outcomes").glob("*.parquet"))
    again = run_night(home, nights.landing, day=SECOND)
    assert again.ran.status == 0, again.ran.err
    assert published(again) == before
    assert sorted(path.name for path in (home / "state" / REGION / "outcomes").glob("*.parquet")) == lots


def test_a_damaged_or_lost_log_stops_the_night_and_is_rebuilt_from_the_releases(
    nights: Nights, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    shutil.copytree(nights.home, home, symlinks=True)
    log = home / "state" / REGION / "outcomes"
    lots = {path.name: path.read_bytes() for path in log.glob("*.parquet")}
    first, *_ = sorted(lots)
    (log / first).chmod(0o600)
    (log / first).write_bytes(lots[first][:-1])
    fourth = "2026-11-23"
    landing = tmp_path / "landing"
    batch(landing, fourth)
    spoilt = run_night(home, landing, day=fourth)
    assert spoilt.ran.status == 1
    assert "outreach outcome rebuild" in spoilt.ran.err

    shutil.rmtree(log)
    lost = run_night(home, landing, day=fourth)
    assert lost.ran.status == 1
    assert "outreach outcome rebuild" in lost.ran.err

    rebuilt = call("outcome", "rebuild", "--region", REGION, "--home", home)
    assert rebuilt.status == 0, rebuilt.err
    night = run_night(home, landing, day=fourth)
    assert night.ran.status == 0, night.ran.err
    assert nights.lines(night, PEOPLE["甲子"])[ALLOWANCE] == "declined"
    assert nights.lines(night, PEOPLE["癸酉"])[ALLOWANCE] == "declined"
    entries = "SELECT lot, person_id, programme, result, contacted_on FROM mart.outcome ORDER BY ALL"
    assert night.query(entries) == nights.third.query(entries)


def test_the_log_holds_no_name_number_or_remark(nights: Nights) -> None:
    with duckdb.connect() as con:
        rows = con.sql(f"FROM read_parquet('{nights.home}/state/{REGION}/outcomes/*.parquet')").fetchall()
    text = str(rows)
    assert len(rows) == 11
    assert not any(part in text for who in PEOPLE.values() for part in who)
    assert "邻居说" not in text
