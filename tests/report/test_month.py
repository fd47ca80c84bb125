"""The month's report: small counts, months without a night, Chinese texts in the charts."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import duckdb
import polars as pl
import pytest
import vl_convert
from command import call
from hypothesis import given
from hypothesis import strategies as st

from outreach.charts import FONTS
from outreach.report.figures import SMALL, STEP, _changes, merged_bands, rounded

CODE = "340102"
NIGHTS = ("2026-11-03", "2026-11-10", "2026-11-20")
STATISTIC = "area_code VARCHAR, programme VARCHAR, measure VARCHAR, value DOUBLE, suppressed BOOLEAN"
PERSON = (
    "age_group VARCHAR, alive BOOLEAN, registered BOOLEAN, days_since_visit VARCHAR, "
    "has_assessment BOOLEAN, ability_level INTEGER"
)


def publish(home: Path, day: str, eligible: int) -> None:
    """A night of which only what the report reads is there; four of the people are past 90."""
    night = home / "releases" / "yaohai" / day
    release = night / "run"
    release.mkdir(parents=True)
    (release / "manifest.json").write_text("{}")
    (night / "current").symlink_to("run")
    (release / "analyst.duckdb").symlink_to("figures.duckdb")
    with duckdb.connect(str(release / "figures.duckdb")) as con:
        con.execute("CREATE SCHEMA analyst")
        con.execute(f"CREATE TABLE analyst.statistic ({STATISTIC})")
        for measure, value in [("eligible", eligible), ("receiving", 83), ("coverage", 0.7), ("to_add", 37)]:
            con.execute(
                "INSERT INTO analyst.statistic VALUES (?, 'age_allowance', ?, ?, FALSE)",
                [CODE, measure, value],
            )
        con.execute(
            "INSERT INTO analyst.statistic VALUES (?, 'nursing_subsidy', 'to_add', NULL, TRUE)", [CODE]
        )
        con.execute(
            "CREATE VIEW analyst.coverage AS SELECT area_code, programme, "
            "max(value) FILTER (WHERE measure = 'eligible') AS eligible, "
            "max(value) FILTER (WHERE measure = 'receiving') AS receiving, "
            "max(value) FILTER (WHERE measure = 'coverage') AS coverage "
            "FROM analyst.statistic GROUP BY area_code, programme"
        )
        con.execute(f"CREATE TABLE analyst.person ({PERSON})")
        for band, people in [("60-64", 46), ("80-84", 12), ("90-94", 4)]:
            con.execute(
                "INSERT INTO analyst.person SELECT ?, TRUE, TRUE, '0-7', TRUE, 2 FROM range(?)",
                [band, people],
            )
        con.execute("CREATE TABLE analyst.change (change VARCHAR, programme_name VARCHAR, people BIGINT)")
        con.execute("INSERT INTO analyst.change VALUES ('appeared', '高龄津贴', 8)")
        con.execute(
            "CREATE TABLE analyst.indicator AS SELECT *, CAST(NULL AS VARCHAR) AS programme FROM (VALUES "
            "('visited', '探访服务覆盖率', 0.5, 0.9, 'share', 62.0, FALSE, 'computed'), "
            "('assessed', '能力评估率', NULL, 0.9, 'share', NULL, NULL, 'computed'), "
            "('adapted', '适老化改造户数', 37.0, 30.0, '户', 220.0, TRUE, 'computed'), "
            "('few', '补贴覆盖率', NULL, NULL, 'share', NULL, NULL, 'suppressed'), "
            "('beds', '机构入住率', NULL, 0.6, 'share', NULL, NULL, '缺少：床位数')) "
            "AS t (indicator, label, value, target, unit, denominator, reached, status)"
        )


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    home = tmp_path_factory.mktemp("home")
    for position, day in enumerate(NIGHTS):
        publish(home, day, 117 + position)
    ran = call("report", "--region", "yaohai", "--month", "2026-11", "--home", home)
    assert ran.status == 0, ran.err
    folder = home / "reports" / "yaohai"
    pdf = folder / "yaohai-2026-11.pdf"
    assert pdf.read_bytes().startswith(b"%PDF") if pdf.exists() else "没有生成 PDF" in ran.err
    return (folder / "yaohai-2026-11.html").read_text(encoding="utf-8")


def cells(page: str) -> list[str]:
    return re.findall(r"<td[^>]*>([^<]*)</td>", page)


def test_every_count_is_a_multiple_of_five_and_none_is_below_five(page: str) -> None:
    counts = [int(cell) for cell in cells(page) if cell.isdigit()]
    assert counts
    assert [count for count in counts if count < 5 or count % 5] == []


def test_a_small_band_is_shown_with_its_neighbour(page: str) -> None:
    assert "80岁及以上" in cells(page)
    assert "90岁" not in page


def test_a_share_of_few_is_not_shown(page: str) -> None:
    assert "70%" in cells(page)
    assert state_of(page, "探访服务覆盖率") == ["—", "90%", "60", "对象少，不公布"]
    assert state_of(page, "补贴覆盖率") == ["—", "—", "—", "对象少，不公布"]


def test_an_indicator_without_a_denominator_is_a_gap_and_nothing_kept_back(page: str) -> None:
    assert state_of(page, "能力评估率") == ["—", "90%", "—", "暂无数据"]
    assert state_of(page, "机构入住率") == ["—", "60%", "—", "缺少：床位数"]


def test_an_indicator_that_counts_is_rounded_as_other_counts_are(page: str) -> None:
    assert state_of(page, "适老化改造户数") == ["35户", "30户", "220", "已达到"]


def state_of(page: str, indicator: str) -> list[str]:
    """The cells behind an indicator's name."""
    found = cells(page)
    start = found.index(indicator) + 1
    return found[start : start + 4]


def test_the_page_says_what_is_not_counted_and_reads_without_colours(page: str) -> None:
    assert "少于5人的组不公布，也不计入合计" in page
    assert "break-inside: avoid" in page
    inks = set(re.findall(r'(?:fill|stroke)="(#[0-9a-fA-F]{3,6})"', page))
    assert inks
    assert all(len({*ink[1:3], *ink[3:5], *ink[5:]}) <= 2 or len(set(ink[1:])) == 1 for ink in inks), inks


@pytest.mark.parametrize("missing", ["altair", "vl_convert"])
def test_a_missing_library_is_named_with_what_to_install_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    publish(tmp_path, NIGHTS[0], 117)
    monkeypatch.setitem(sys.modules, missing, None)
    ran = call("report", "--region", "yaohai", "--month", "2026-11", "--home", tmp_path)
    assert ran.status == 1
    assert "Altair" in ran.err
    assert "[report]" in ran.err
    assert not (tmp_path / "reports").exists()


def test_without_weasyprint_there_is_the_page_and_it_is_said_that_there_is_no_pdf(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(tmp_path, NIGHTS[0], 117)
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    ran = call("report", "--region", "yaohai", "--month", "2026-11", "--home", tmp_path)
    assert ran.status == 0
    assert "没有生成 PDF" in ran.err
    assert [path.suffix for path in (tmp_path / "reports" / "yaohai").iterdir()] == [".html"]


@given(st.lists(st.integers(0, 40), min_size=2, max_size=30))
def test_two_reports_of_a_month_differ_by_nobody_or_by_five_at_least(nightly: list[int]) -> None:
    published = [people for people in nightly if people >= SMALL]
    shown = [0]
    for nights in range(1, len(published) + 1):
        lines = pl.DataFrame({"change": "appeared", "name": "高龄津贴", "people": published[:nights]})
        shown += _changes(lines)["lines"].to_list()
    steps = [later - earlier for earlier, later in pairwise(shown)]
    assert [step for step in steps if step % STEP or step < SMALL] == []


def test_each_night_of_the_month_and_what_changed_is_there(page: str) -> None:
    assert set(NIGHTS) <= set(cells(page))
    assert cells(page)[-3:] == ["新出现", "高龄津贴", "25"]


def test_charts_hold_chinese_as_text_with_a_list_of_fonts(page: str) -> None:
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", page)
    assert "80岁及以上" in texts
    assert "人数" in texts
    assert re.search(r'font-family="[^"]*CJK[^"]*, [^"]*sans-serif"', page)


def test_chinese_characters_are_drawn_and_not_as_one_empty_box() -> None:
    if not shutil.which("fc-list") or not subprocess.check_output(["fc-list", ":lang=zh-cn"]):
        pytest.fail("a Chinese font is missing: scripts/install-test-tools.sh")
    drawn = {
        vl_convert.svg_to_png(
            '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">'
            f'<text x="4" y="30" font-size="24" font-family="{FONTS}">{character}</text></svg>'
        )
        for character in "老龄贴"
    }
    assert len(drawn) == 3


def test_a_month_without_a_night_is_reported_in_one_sentence(tmp_path: Path) -> None:
    publish(tmp_path, NIGHTS[0], 117)
    ran = call("report", "--region", "yaohai", "--month", "2026-10", "--home", tmp_path)
    assert ran.status == 2
    assert "2026-10 没有已发布的结果" in ran.err
    assert "2026-11" in ran.err
    assert not (tmp_path / "reports").exists()


@pytest.mark.parametrize("month", ["2026-13", "2026-11-20", "11"])
def test_what_is_no_month_is_bad_usage(tmp_path: Path, month: str) -> None:
    ran = call("report", "--region", "yaohai", "--month", month, "--home", tmp_path)
    assert ran.status == 2
    assert month in ran.err


@pytest.mark.parametrize(
    ("bands", "shown"),
    [
        ([(60, 10), (65, 6), (70, 3)], [("60—64岁", 10), ("65岁及以上", 9)]),
        ([(60, 3), (65, 6), (70, 8)], [("60—69岁", 9), ("70岁及以上", 8)]),
        ([(60, 2), (65, 2)], []),
        ([], []),
    ],
)
def test_no_band_is_small(bands: list[tuple[int, int]], shown: list[tuple[str, int]]) -> None:
    assert merged_bands(bands) == shown


def test_counts_are_rounded_to_five_and_small_ones_are_kept_back() -> None:
    counts = pl.DataFrame({"people": [0, 1, 4, 5, 7, 8, 12, 13, None]}).select(rounded("people"))
    assert counts["people"].to_list() == [None, None, None, 5, 5, 10, 10, 15, None]


def test_the_month_begins_on_its_first_day() -> None:
    from pipelines.options import a_month

    assert a_month("2026-11") == dt.date(2026, 11, 1)
