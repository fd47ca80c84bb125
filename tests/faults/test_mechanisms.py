"""Areas, queue, ledger and series of a whole night, as the bureau that asked for them would look at them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
from command import Night, outreach
from fault_batch import Batch, Person, assessment, certificate, paid, somebody
from small_world import AREA, DAY, REGION, person

from contracts.published import TABLES

OURS = ("area", "waiting_list", "ledger", "history", "statistic_group", "statistic_need")
NAMES = f"行政区划代码,名称\n{AREA[:9]},长淮街道\n{AREA},香江社区\n"


def supported(who: Person) -> dict[str, str]:
    """A row of who lost an only child."""
    return person(who, 扶助类别="1", 认定日期="2020-01-01")


def answer(who: Person, programme: str, result: str, day: str) -> dict[str, str]:
    return {"人员编号": "", **person(who), "项目编码": programme, "结果": result, "联系日期": day}


@dataclass(frozen=True)
class World:
    night: Night
    batch: Batch

    def id_of(self, kind: str, case: str) -> str:
        number = self.batch.who[kind, case][1]
        ((found,),) = self.night.query(f"SELECT person_id FROM mart.person WHERE id_number = '{number}'")
        return str(found)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    root = tmp_path_factory.mktemp("mechanisms")
    batch = Batch()
    for case, level, answers in (
        ("mild, first", "1", [("同意", "2026-02-01")]),
        ("grave, later", "3", [("同意", "2026-09-01")]),
        ("never assessed", "", [("同意", "2026-01-05")]),
        ("took it back", "3", [("同意", "2026-03-01"), ("不同意", "2026-10-01")]),
        ("too long ago", "3", [("同意", "2025-11-01")]),
        ("not asked", "3", []),
    ):
        who = batch.register("place", case, somebody("19500101"))
        batch.add("family_planning", supported(who))
        if level:
            batch.add("ability_assessment", {**assessment(who), "能力等级": level})
        for result, day in answers:
            batch.add("outreach_outcome", answer(who, "institution_priority", result, day))
    batch.register("place", "no ground", somebody("19500101"))
    batch.add(
        "outreach_outcome",
        answer(batch.who["place", "no ground"], "institution_priority", "同意", "2026-09-01"),
    )
    severe = batch.register("ledger", "severe", somebody("19400101"), 户号="34010200001")
    batch.add("disability_certificate", certificate(severe))
    batch.add("benefit_roll", paid(severe, "age_allowance"))
    batch.register("ledger", "at home with", somebody("19900101"), 户号="34010200001")
    areas = root / "home" / "areas" / f"{REGION}.csv"
    areas.parent.mkdir(parents=True)
    areas.write_text(NAMES, encoding="utf-8")
    night = batch.run(root)
    assert night.ran.status == 0, night.ran.err
    return World(night, batch)


def test_lines_and_areas_have_the_names_that_the_locality_gave(world: World) -> None:
    assert world.night.query("SELECT area_code, level, name, parent FROM mart.area ORDER BY area_code") == [
        (AREA[:6], "region", "瑶海区", None),
        (AREA[:9], "town", "长淮街道", AREA[:6]),
        (AREA, "community", "香江社区", AREA[:9]),
    ]
    assert world.night.query("SELECT DISTINCT town_name, community_name FROM mart.candidate") == [
        ("长淮街道", "香江社区")
    ]


def test_the_queue_is_in_the_order_of_the_document_and_holds_who_agreed_last(world: World) -> None:
    rows = world.night.query(
        "SELECT place, person_id, class, CAST(agreed_on AS VARCHAR) FROM mart.waiting_list ORDER BY place"
    )
    assert rows == [
        (1, world.id_of("place", "grave, later"), "fp_special", "2026-09-01"),
        (2, world.id_of("place", "mild, first"), "fp_special", "2026-02-01"),
        (3, world.id_of("place", "never assessed"), "fp_special", "2026-01-05"),
    ]


def test_the_ledger_names_who_is_impaired_with_what_they_want_and_who_is_at_home(world: World) -> None:
    listed = {person_id for (person_id,) in world.night.query("SELECT person_id FROM mart.ledger")}
    impaired = ("mild, first", "grave, later", "took it back", "too long ago", "not asked")
    assert listed == {
        *(world.id_of("place", case) for case in impaired),
        world.id_of("ledger", "severe"),
    }
    back = world.id_of("place", "took it back")
    assert world.night.query(f"SELECT wishes, at_home FROM mart.ledger WHERE person_id = '{back}'") == [
        (
            [{"programme": "institution_priority", "result": "不同意", "said_on": dt.date(2026, 10, 1)}],
            [],
        )
    ]
    severe = world.id_of("ledger", "severe")
    assert world.night.query(
        f"SELECT ability_source, disability_grade, at_home, changed_since FROM mart.ledger "
        f"WHERE person_id = '{severe}'"
    ) == [("disability_certificate", "1", [world.id_of("ledger", "at home with")], None)]


def test_wishes_and_the_queue_are_counted_by_area(world: World) -> None:
    assert world.night.query(
        "SELECT measure, value FROM mart.statistic WHERE programme = 'institution_priority' "
        f"AND area_code = '{AREA}' AND measure IN ('agreed', 'refused', 'waiting') ORDER BY 1"
    ) == [("agreed", 4.0), ("refused", 1.0), ("waiting", 3.0)]


def test_the_longest_wait_is_a_figure_of_our_own_work(world: World) -> None:
    figures = dict(
        world.night.query("SELECT indicator, value FROM mart.indicator WHERE working AND value IS NOT NULL")
    )
    assert (figures["queue_waiting"], figures["queue_longest"]) == (3.0, 319.0)
    assert "visit_left" not in figures  # the visit log is absent
    assert "公办养老机构轮候最久的天数 319 天" in world.night.ran.out


def test_the_work_of_a_town_is_counted_by_class_of_need(world: World) -> None:
    counted = world.night.query(
        "SELECT need_class, sum(value) FROM mart.statistic_need "
        f"WHERE area_code = '{AREA[:9]}' AND measure <> 'people' GROUP BY 1 ORDER BY 1"
    )
    assert counted == world.night.query(
        "SELECT need_class, count(*) FROM mart.candidate "
        "WHERE action IN ('add', 'adjust', 'stop', 'verify', 'recheck', 'due') GROUP BY 1 ORDER BY 1"
    )


def test_the_series_begins_with_the_first_night_and_has_all_its_figures(world: World) -> None:
    ((figures, nights),) = world.night.query("SELECT count(*), count(DISTINCT night) FROM mart.history")
    ((expected,),) = world.night.query(
        "SELECT (SELECT count(*) FROM mart.statistic) + (SELECT count(*) FROM mart.indicator) "
        "+ (SELECT count(*) FROM mart.indicator_area)"
    )
    assert (figures, nights) == (expected, 1)


def test_the_summary_counts_ledger_and_queue(world: World) -> None:
    assert "失能老年人台账：6 人" in world.night.ran.out
    assert "机构轮候：优先享受机构养老 3 人" in world.night.ran.out


@pytest.mark.parametrize("table", OURS)
def test_every_column_has_a_chinese_comment(world: World, table: str) -> None:
    comments = world.night.query(f"SELECT comment FROM duckdb_columns() WHERE table_name = '{table}'")
    (promised,) = (each for each in TABLES if each.name == table)
    assert len(comments) == len(promised.columns)
    assert all(comment is not None and not comment.isascii() for (comment,) in comments)


def test_none_of_it_is_in_the_analysts_file(world: World) -> None:
    path = world.night.home / "warehouse" / REGION / f"{DAY}.analyst.duckdb"
    with duckdb.connect(str(path), read_only=True) as con:
        tables = {name for (name,) in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
        measures = {
            name for (name,) in con.execute("SELECT DISTINCT measure FROM analyst.statistic").fetchall()
        }
        indicators = {name for (name,) in con.execute("SELECT indicator FROM analyst.indicator").fetchall()}
    # The names of areas are public.
    assert not tables & (set(OURS) - {"area"})
    assert not measures & {"agreed", "refused", "waiting"}
    assert not {name for name in indicators if name.startswith(("wishes", "queue", "visit_left"))}


def test_a_bad_file_of_names_ends_the_night_before_it_begins(world: World, tmp_path: Path) -> None:
    areas = tmp_path / "areas" / f"{REGION}.csv"
    areas.parent.mkdir()
    areas.write_text("行政区划代码,名称\n3401020,长淮街道\n", encoding="utf-8")
    landing = world.night.home.parent / "landing"
    ran = outreach("run", "--region", REGION, "--date", DAY, "--landing", landing, "--home", tmp_path)
    assert ran.status == 1
    assert f"areas/{REGION}.csv 第 2 行“行政区划代码”列" in ran.err
    assert not (tmp_path / "releases").exists()


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ("mild, first", "本人已同意，正在轮候，现排第2位"),
        ("not asked", "本人同意后办理"),
        ("took it back", "本人表示过不需要：优先享受机构养老"),
    ],
)
def test_the_family_hears_what_comes_next(world: World, case: str, words: str) -> None:
    asked = ("--region", REGION, "--date", DAY, "--home", world.night.home, "--say")
    ran = outreach("explain", *asked, "--person", world.id_of("place", case))
    assert words in ran.out
