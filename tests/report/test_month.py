"""The month's report: small counts, months without a night, Chinese texts in the charts."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import subprocess
from pathlib import Path

import duckdb
import polars as pl
import pytest
import vl_convert
from command import call

from outreach.charts import FONTS
from outreach.report.figures import merged_bands, rounded

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
            "CREATE TABLE analyst.indicator AS SELECT 'visited' AS indicator, '探访服务覆盖率' AS label, "
            "0.5 AS value, 0.9 AS target, 'share' AS unit, 62.0 AS denominator, FALSE AS reached, "
            "'computed' AS status, CAST(NULL AS VARCHAR) AS programme"
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
    assert "对象少，不公布" in cells(page)
    assert "70%" in cells(page)


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
        pytest.skip("no Chinese font on this machine")
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
