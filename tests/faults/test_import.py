"""``outreach outcome import``: what comes back filled in, in every form, and what is wrong with it.

One night publishes lists of a few elders; each test imports files into a copy of that home. A second night
shows that what was imported counts.
"""

from __future__ import annotations

import csv
import io
import shutil
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
import xlsxwriter
from command import Night, Ran, call, run_night
from fault_batch import Batch, paid, somebody
from small_world import DAY, REGION

from outreach.delivery import published_nights
from outreach.outcomes import OutcomeLog

HEADER = ("姓名", "性别", "身份证号", "人员编号", "结果", "联系日期", "经办人", "备注", "项目编码")
TITLE = ("高龄津贴·新增　瑶海区　2026-11-20　共 9 人",)
NEXT_DAY = "2026-11-21"
Line = dict[str, str]


@dataclass(frozen=True)
class World:
    """A home with one published night and its people."""

    night: Night
    batch: Batch

    def line(self, case: str, result: str = "", day: str = "11月20日", **more: str) -> Line:
        """The line of somebody on the list of the allowance, as published, with an answer."""
        name, id_number = self.batch.who["i", case]
        ((person_id,),) = self.night.query(
            f"SELECT person_id FROM mart.person WHERE id_number = '{id_number}'"
        )
        return {
            "姓名": name,
            "性别": "男",
            "身份证号": f"{id_number[:6]}********{id_number[-4:]}",
            "人员编号": str(person_id),
            "项目编码": "age_allowance",
            **({"结果": result, "联系日期": day, "经办人": "王社工"} if result else {}),
            **more,
        }


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    root = tmp_path_factory.mktemp("import")
    batch = Batch()
    for case in ("a", "b", "c", "d", "e", "f", "paid"):
        batch.register("i", case, somebody("19400101"))
    for n in range(6):
        batch.register("i", f"young{n}", somebody("19900101"))
    batch.add("benefit_roll", paid(batch.who["i", "young0"], "age_allowance"))
    batch.add("benefit_roll", paid(batch.who["i", "paid"], "age_allowance"))
    night = batch.run(root)
    assert night.ran.status == 0, night.ran.err
    return World(night, batch)


@pytest.fixture
def home(world: World, tmp_path: Path) -> Path:
    copied = tmp_path / "home"
    shutil.copytree(world.night.home, copied, symlinks=True)
    return copied


def table(lines: Sequence[Line], header: Sequence[str] = HEADER) -> list[list[str]]:
    return [list(header), *([line.get(name, "") for name in header] for line in lines)]


def as_csv(path: Path, rows: Sequence[Sequence[str]], encoding: str = "utf-8-sig") -> Path:
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    path.write_bytes(stream.getvalue().encode(encoding))
    return path


def as_xlsx(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    return path


def take(home: Path, *files: Path, region: str | None = None) -> Ran:
    named = ("--region", region) if region else ()
    return call("outcome", "import", *files, *named, "--home", home)


def logged(home: Path) -> list[tuple[str, str]]:
    """Person and result of everything in the log."""
    log = OutcomeLog(home / "state" / REGION / "outcomes")
    return [row for lot in log.lots() for row in lot.read().select("person_id", "result").iter_rows()]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030", "utf-16"])
def test_a_partly_filled_list_is_taken_in_any_encoding(world: World, home: Path, encoding: str) -> None:
    lines = [world.line("a", "同意"), world.line("b"), world.line("c", "不同意", "2026-11-20")]
    ran = take(home, as_csv(home / "list.csv", table(lines), encoding))
    assert ran.status == 0, ran.out
    assert "记入：第 2、4 行" in ran.out
    assert sorted(logged(home)) == sorted([(lines[0]["人员编号"], "同意"), (lines[2]["人员编号"], "不同意")])


def test_several_officers_files_at_once_and_the_same_again_adds_nothing(world: World, home: Path) -> None:
    one = as_xlsx(home / "甲.xlsx", [TITLE, *table([world.line("a", "同意"), world.line("b")])])
    two = as_csv(home / "乙.csv", table([world.line("b", "未联系上")]), "gb18030")
    first = take(home, one, two)
    assert first.status == 0, first.out
    assert "甲.xlsx（走访联系结果，yaohai）：记入 1 条" in first.out
    assert "记入：第 3 行" in first.out
    before = logged(home)
    again = take(home, two, one)
    assert again.status == 0, again.out
    assert "记入 0 条，已在台账 1 条" in again.out
    assert logged(home) == before


def test_each_line_that_cannot_be_taken_has_its_reason_and_the_others_count(world: World, home: Path) -> None:
    lines = [
        world.line("a", "属实"),
        world.line("b", "同意", 人员编号="nosuchperson"),
        world.line("c", "同意", 姓名=world.batch.who["i", "d"][0]),
        world.line("d", "愿意吧"),
        world.line("e", "同意", "2999-01-01"),
        world.line("f", "同意", 人员编号=""),
    ]
    ran = take(home, as_csv(home / "list.csv", table(lines)))
    assert ran.status == 3
    refused = {line.split("，", 1)[0].strip(): line for line in ran.out.splitlines() if "未采用：" in line}
    assert "不适用于“新增”" in refused["未采用：第 2 行"]
    assert "不是本地区的编号" in refused["未采用：第 3 行"]
    assert "不是同一人" in refused["未采用：第 4 行"]
    assert "结果" in refused["未采用：第 5 行"]
    assert "晚于今天" in refused["未采用：第 6 行"]
    assert "记入：第 7 行" in ran.out
    assert logged(home) == [(world.line("f")["人员编号"], "同意")]
    for name, id_number in world.batch.who.values():
        assert name not in ran.out
        assert id_number not in ran.out


def test_two_answers_of_one_day_are_both_kept_and_reported(world: World, home: Path) -> None:
    lines = [world.line("a", "同意"), world.line("a", "不同意")]
    ran = take(home, as_csv(home / "list.csv", table(lines)))
    assert ran.status == 0
    assert "提示：第 2–3 行，同一人同一项目同日另有不同结果" in ran.out
    assert sorted(result for _, result in logged(home)) == ["不同意", "同意"]


def test_two_officers_who_differ_on_one_day_are_both_kept_and_the_second_is_reported(
    world: World, home: Path
) -> None:
    one = as_csv(home / "甲.csv", table([world.line("a", "同意"), world.line("b", "同意")]))
    two = as_csv(home / "乙.csv", table([world.line("b", "同意"), world.line("a", "不同意")]))
    ran = take(home, one, two)
    assert ran.status == 0
    assert "提示：第 3 行，台账中同一人同一项目同日已有不同结果" in ran.out
    assert ran.out.count("提示") == 1
    assert sorted(result for _, result in logged(home)) == ["不同意", "同意", "同意"]


def test_a_list_of_a_night_that_is_not_there_is_taken_with_a_remark(world: World, home: Path) -> None:
    titled = [("高龄津贴·新增　瑶海区　2026-01-05　共 9 人",), *table([world.line("a", "同意")])]
    ran = take(home, as_xlsx(home / "list.xlsx", titled))
    assert ran.status == 0
    assert "提示：名单日期 2026-01-05 没有发布过，或已清理" in ran.out
    assert len(logged(home)) == 1


def test_tables_of_an_archive_are_of_the_region_that_its_lists_state(
    world: World, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = as_xlsx(home / "list.xlsx", [TITLE, *table([world.line("a")])])
    plain = as_csv(home / "list.csv", table([world.line("b", "同意")]))
    # Two regions of the home have published: a table without a title could be of either.
    monkeypatch.setattr(
        "outreach.returns.take.published_nights", lambda home, _: published_nights(home, REGION)
    )
    assert "请用 --region 指明" in take(home, plain).out
    with zipfile.ZipFile(home / "street.zip", "w") as archive:
        archive.write(plain, "街道/高龄津贴.csv")
        archive.write(listed, "街道/高龄津贴.xlsx")
    ran = take(home, home / "street.zip")
    assert ran.status == 0, ran.out
    assert "高龄津贴.csv（走访联系结果，yaohai）：记入 1 条" in ran.out


@pytest.mark.parametrize(
    ("name", "rows", "why"),
    [
        ("other.xlsx", [("高龄津贴·新增　沈阳市　2026-11-20",), *table([])], "沈阳市"),
        ("headers.csv", [["姓名", "人员编号", "项目编码", "日期"], ["", "x", "visit", ""]], "缺少必需的列"),
        ("nothing.csv", [["甲", "乙"], ["1", "2"]], "没有可识别的表头"),
        ("questions.csv", [["数据表代码", "答复"], ["benefit_roll", "记录无误"]], "缺少必需的列：问题编号"),
    ],
)
def test_a_file_that_is_none_of_ours_adds_nothing(
    home: Path, name: str, rows: Sequence[Sequence[str]], why: str
) -> None:
    write = as_xlsx if name.endswith("xlsx") else as_csv
    ran = take(home, write(home / name, rows), region=REGION)
    assert ran.status == 3
    assert "未采用" in ran.out
    assert why in ran.out
    assert logged(home) == []


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("broken.xlsx", b"PK\x03\x04" + bytes(200), "工作簿"),
        ("password.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "密码"),
        ("macros.xlsm", b"PK\x03\x04" + bytes(200), "宏"),
        ("street.zip", b"PK\x03\x04" + bytes(20), "压缩包已损坏"),
        ("empty.csv", b"", "为空"),
    ],
)
def test_a_broken_or_locked_file_is_reported_and_the_next_one_is_taken(
    world: World, home: Path, name: str, content: bytes, why: str
) -> None:
    (home / name).write_bytes(content)
    good = as_csv(home / "good.csv", table([world.line("a", "同意")]))
    ran = take(home, home / name, good)
    assert ran.status == 3
    assert why in ran.out
    assert "good.csv（走访联系结果，yaohai）：记入 1 条" in ran.out


def test_a_formula_is_a_text_and_a_long_list_is_read(world: World, home: Path) -> None:
    lines = [world.line("a", "同意", 备注="=1+1")] + [world.line("b", "同意", 人员编号="x")] * 2000
    ran = take(home, as_xlsx(home / "long.xlsx", table(lines)))
    assert ran.status == 3
    assert "记入 1 条，已在台账 0 条，未采用 2000 行" in ran.out
    assert "未采用：第 3–2002 行，人员编号不是本地区的编号" in ran.out


def test_a_streets_archive_comes_back_as_it_is(world: World, home: Path) -> None:
    filled = as_xlsx(home / "名单.xlsx", [TITLE, *table([world.line("a", "同意")])])
    ledger = as_xlsx(home / "台账.xlsx", [["姓名", "人员编号"], ["", world.line("b")["人员编号"]]])
    with zipfile.ZipFile(home / "street.zip", "w") as archive:
        archive.write(filled, "街道/高龄津贴.xlsx")
        archive.write(ledger, "街道/台账.xlsx")
    ran = take(home, home / "street.zip")
    assert ran.status == 0, ran.out
    assert "高龄津贴.xlsx（走访联系结果，yaohai）：记入 1 条" in ran.out
    assert "台账.xlsx" not in ran.out


def test_a_region_that_is_not_there_is_bad_usage(world: World, home: Path) -> None:
    good = as_csv(home / "good.csv", table([world.line("a", "同意")]))
    assert take(home, good, region="nowhere").status == 2
    assert take(home, good, region="shenyang").status == 2


def test_what_was_imported_counts_on_the_next_night(world: World, tmp_path: Path, home: Path) -> None:
    lines = [world.line("a", "同意"), world.line("b", "不同意"), world.line("c", "已去世")]
    assert take(home, as_csv(tmp_path / "list.csv", table(lines))).status == 0
    landing = tmp_path / "landing"
    shutil.copytree(world.night.home.parent / "landing" / REGION / DAY, landing / REGION / NEXT_DAY)
    night = run_night(home, landing, day=NEXT_DAY)
    assert night.ran.status == 0, night.ran.err
    actions = {
        case: night.query(
            "SELECT action, last_result FROM mart.candidate WHERE programme = 'age_allowance' "
            f"AND id_number = '{world.batch.who['i', case][1]}'"
        )
        for case in "abcd"
    }
    assert actions == {
        "a": [("add", "同意")],
        "b": [("declined", "不同意")],
        "c": [("verify", "已去世")],
        "d": [("add", None)],
    }
    asked = night.query("SELECT count(*) FROM mart.question WHERE text LIKE '%反映此人已去世%'")
    assert asked == [(2,)]
