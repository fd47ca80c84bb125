"""A night whose files crash, bomb or hang their reader, or are no files: each costs its extract alone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import raw_workbook as raw
import xlsxwriter
from command import Night, run_night
from small_world import DAY, FILLERS, GRANDMOTHER, NEIGHBOUR, WIDOWER, deliver, world

from outreach.settings import IntakeSettings

LIMITS = "intake:\n  reading_memory_gib: 1\n  reading_seconds: 60\n  unpacked_gib: 0.25\n"


def header(*names: str) -> str:
    return raw.row(1, names)


def hidden_first(path: Path) -> None:
    """A hidden sheet named after a person, then one with merged cells."""
    with xlsxwriter.Workbook(str(path)) as book:
        secret = book.add_worksheet(f"{NEIGHBOUR[0]} {NEIGHBOUR[1]}")
        secret.write_row(0, 0, ["姓名", "身份证号", "探访日期"])
        secret.write_row(1, 0, [*NEIGHBOUR, DAY])
        secret.hide()
        shown = book.add_worksheet("十一月")
        shown.activate()
        shown.write_row(1, 1, ["姓名", "身份证号", "探访日期", "探访方式"])
        shown.write_row(2, 1, [*WIDOWER, "", "上门"])
        shown.write_row(3, 1, [*GRANDMOTHER, "", "电话"])
        shown.merge_range(2, 3, 3, 3, "2026-11-18")


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Night:
    root = tmp_path_factory.mktemp("workbooks")
    extracts = world()
    for name in ("hardship_roll", "visit_log", "care_survey", "death_record"):
        del extracts[name]
    folder = deliver(root / "landing", extracts)
    (root / "home").mkdir()
    (root / "home" / "settings.yaml").write_text(LIMITS)
    hidden_first(folder / "visit_log.xlsx")
    raw.write_parts(
        folder / "hardship_roll.xlsx",
        header("家庭编号", "姓名", "身份证号", "救助类别", "认定日期"),
        {raw.STRINGS: raw.strings("<si><t>a</t></si>", 4294967295)},
    )
    spaces = raw.sheet(header("姓名", "身份证号", "管理日期") + " " * (300 << 20))
    raw.write_parts(folder / "health_management.xlsx", parts={raw.SHEET: spaces})
    raw.understate(folder / "health_management.xlsx", raw.SHEET)
    far = '<row r="1048576">' + raw.text("x", "XFD1048576") + "</row>"
    raw.write_parts(folder / "long_term_care.xlsx", header("姓名", "身份证号", "待遇状态") + far)
    os.mkfifo(folder / "death_record.csv")
    (folder / "rescue_register.xlsx").symlink_to(folder / "gone.xlsx")
    (folder / "pension_roll.parquet").mkdir()
    (folder / "family_planning.csv").symlink_to("/dev/zero")

    elsewhere = root / "elsewhere"
    elsewhere.mkdir()
    before = elsewhere.stat().st_mtime_ns
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(elsewhere))
        ran = run_night(root / "home", root / "landing")
    assert elsewhere.stat().st_mtime_ns == before, "a temporary file lay outside the home"
    return ran


REFUSED = {
    "hardship_roll": "内容异常",
    "health_management": "解压后超过 0.25 GiB",
    "long_term_care": "内容异常",
    "death_record": "death_record.csv",
    "rescue_register": "rescue_register.xlsx",
    "pension_roll": "pension_roll.parquet",
    "family_planning": "family_planning.csv",
}


def test_the_night_is_published_without_them(night: Night) -> None:
    assert night.ran.status == 3, night.ran.err
    refused = dict(
        night.query("SELECT DISTINCT extract, message FROM mart.delivery WHERE status = 'refused'")
    )
    assert refused.keys() == REFUSED.keys()
    for extract, words in REFUSED.items():
        assert words in str(refused[extract])


def test_what_rests_on_them_is_unknown_and_nobody_is_stopped(night: Night) -> None:
    facts = night.query("SELECT DISTINCT hard_up, long_term_care, family_planning FROM mart.person")
    assert facts == [(None, None, None)]
    assert night.query("SELECT count(*) FROM mart.candidate WHERE action = 'stop'") == [(0,)]


def test_the_visible_sheet_counts_with_its_merged_cells(night: Night) -> None:
    visited = night.query(
        "SELECT id_number FROM mart.person WHERE last_visit_on = DATE '2026-11-18' ORDER BY ALL"
    )
    assert {number for (number,) in visited} == {WIDOWER[1], GRANDMOTHER[1]}


def test_hidden_sheets_are_reported_and_nobody_is_named(night: Night) -> None:
    messages = [m for (m,) in night.query("SELECT message FROM mart.delivery WHERE extract = 'visit_log'")]
    assert "1 个隐藏的工作表" in str(messages[0])
    everything = night.ran.out + night.ran.err + str(night.query("SELECT message FROM mart.delivery"))
    for name, number in (GRANDMOTHER, WIDOWER, NEIGHBOUR, *FILLERS):
        assert name not in everything
        assert number not in everything


def test_nothing_is_left_behind(night: Night) -> None:
    assert list((night.home / "warehouse" / ".work").rglob("*")) == []


def test_the_limits_are_documented_settings() -> None:
    text = (Path(__file__).parents[2] / "docs" / "deployment.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1:3] for line in text.splitlines() if line.startswith("| `")]
    documented = {
        name.strip(" `"): value.strip()
        for names, values in rows
        for name, value in zip(names.split(","), values.split(","), strict=False)
    }
    for name, value in IntakeSettings().model_dump().items():
        assert documented[name] == f"{value:g}"
