"""Days that cannot be: they end nothing, kill nobody and begin nothing; the department is asked."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import polars as pl
import pytest
from command import Night
from fault_batch import (
    Batch,
    assessment,
    certificate,
    corrections,
    fact,
    line,
    paid,
    relief,
    reported,
    somebody,
)
from small_world import DAY, REGION, person, text
from xlsxwriter import Workbook

NO_END = [
    "1900-01-01",
    "1899-12-30",
    "1970-01-01",
    "1904/1/1",
    "0001-01-01",
    "1753-01-01",
    "25569",
    "1969-12-31T16:00:00Z",
    "2023-06-30",
]
"""Nulls of databases, and an end before its beginning: counted as missing."""
OPEN_END = ["9999-12-31", "9999-12-31T16:00:00Z", "2958465", ""]
"""Ends that are far away, or none."""
REAL_END = ["2026-06-30", "2024-01-01"]


@pytest.fixture(scope="module")
def batch() -> Batch:
    batch = Batch()
    for end in (*NO_END, *OPEN_END, *REAL_END):
        who = batch.register("relief", end, somebody())
        batch.add("hardship_roll", relief(who, 救助类别="12", 终止日期=end))
        batch.add("benefit_roll", paid(who, "destitute_dispersed"))
        who = batch.register("certificate", end, somebody())
        batch.add("disability_certificate", certificate(who, 有效期至=end))
        batch.add("benefit_roll", paid(who, "disability_nursing_subsidy"))
        who = batch.register("assessment", end, somebody())
        began = {"评估日期": "2023-01-01"} if end == "2024-01-01" else {}
        batch.add("ability_assessment", assessment(who) | {"有效期至": end} | began)
        batch.add("hardship_roll", relief(who))
        batch.add("benefit_roll", paid(who, "care_service_subsidy", "600"))
    # a null as an end where the beginning is not known, or a null, too
    who = batch.register("relief", "both null", somebody())
    batch.add("hardship_roll", relief(who, 救助类别="12", 认定日期="1900-01-01", 终止日期="1900-01-01"))
    batch.add("benefit_roll", paid(who, "destitute_dispersed"))
    # beginnings to come
    for kind, extract, row in (
        ("relief", "hardship_roll", {"认定日期": "2026-11-21"}),
        ("certificate", "disability_certificate", {"发证日期": "2026-11-21"}),
        ("assessment", "ability_assessment", {"评估日期": "2026-11-21"}),
    ):
        make = {"relief": relief, "certificate": certificate, "assessment": assessment}[kind]
        for case, day in (("to come", None), ("begins today", DAY)):
            who = batch.register(kind, case, somebody())
            own = make(who) | row
            batch.add(extract, own if day is None else own | dict.fromkeys(row, day))
    who = batch.register("relief", "to come, paid", somebody())
    batch.add("hardship_roll", relief(who, 救助类别="12", 认定日期="2027-01-01"))
    batch.add("benefit_roll", paid(who, "destitute_dispersed"))
    # deaths
    for case, row in (
        ("empty date", {"死亡日期": "1900-01-01"}),
        ("slip of the century", {"死亡日期": "1926-09-01"}),
        ("epoch", {"死亡日期": "1970-01-01"}),
        ("before the birth date", {"死亡日期": "1943-12-31", "身份证号": "", "出生日期": "1944-01-01"}),
        ("real", {"死亡日期": "2026-09-01"}),
        ("instant", {"死亡日期": "2026-10-31T16:00:00Z"}),
    ):
        who = batch.register("death", case, somebody("19440101"))
        batch.add("death_record", person(who, 出生日期="", 死亡日期="") | row)
        if case != "empty date":
            batch.add("benefit_roll", paid(who, "age_allowance"))
    for case, day in (("before birth", "1900-01-01"), ("real", "2026-09-01"), ("epoch", "1970-01-01")):
        who = somebody("19440101")
        batch.register("cancelled", case, who, 人员状态="死亡注销", 状态变更日期=day)
        batch.add("benefit_roll", paid(who, "age_allowance"))
    # too old to be believed
    for case, born in (
        ("add", "19051101"),
        ("dead", "19051101"),
        ("120", "19060101"),
        ("adjust", "19051101"),
    ):
        who = batch.register("old", case, somebody(born))
        if case == "adjust":
            batch.add("hardship_roll", relief(who))
            batch.add("ability_assessment", assessment(who))
            batch.add("benefit_roll", paid(who, "care_service_subsidy", "1"))
        elif case == "dead":
            batch.add("benefit_roll", paid(who, "age_allowance"))
            batch.add("death_record", person(who, 出生日期="", 死亡日期="2020-01-01"))
    return batch


@pytest.fixture(scope="module")
def night(batch: Batch, tmp_path_factory: pytest.TempPathFactory) -> Night:
    return batch.run(tmp_path_factory.mktemp("impossible"))


def test_an_end_that_cannot_be_ends_nothing_and_is_reported(night: Night, batch: Batch) -> None:
    assert night.ran.status == 0, night.ran.err
    for end in NO_END:
        assert fact(night, batch, "relief", end, "hardship_rolls") == (["destitute_dispersed"],), end
        assert line(night, batch, "relief", end, "destitute_dispersed") == "keep", end
        assert fact(night, batch, "certificate", end, "severely_disabled") == (True,), end
        assert line(night, batch, "certificate", end, "disability_nursing_subsidy") == "keep", end
        assert fact(night, batch, "assessment", end, "ability_level") == (3,), end
        assert line(night, batch, "assessment", end, "care_service_subsidy") == "keep", end
        row = batch.row("disability_certificate", "certificate", end)
        assert reported(night, "disability_certificate", row) == [("value", "有效期至")], end
        row = batch.row("hardship_roll", "relief", end)
        assert reported(night, "hardship_roll", row) == [("value", "终止日期")], end
        row = batch.row("ability_assessment", "assessment", end)
        assert reported(night, "ability_assessment", row) == [("value", "有效期至")], end
    assert line(night, batch, "relief", "both null", "destitute_dispersed") == "keep"
    row = batch.row("hardship_roll", "relief", "both null")
    assert sorted(reported(night, "hardship_roll", row), key=str) == [
        ("value", "终止日期"),
        ("value", "认定日期"),
    ]


def test_an_end_far_away_is_an_open_end_and_a_real_one_still_ends(night: Night, batch: Batch) -> None:
    for end in OPEN_END:
        assert line(night, batch, "relief", end, "destitute_dispersed") == "keep", end
        assert line(night, batch, "certificate", end, "disability_nursing_subsidy") == "keep", end
        assert fact(night, batch, "assessment", end, "ability_level") == (3,), end
        row = batch.row("disability_certificate", "certificate", end)
        assert reported(night, "disability_certificate", row) == [], end
    for end in REAL_END:
        assert line(night, batch, "relief", end, "destitute_dispersed") == "stop", end
        assert line(night, batch, "certificate", end, "disability_nursing_subsidy") == "stop", end
        assert fact(night, batch, "assessment", end, "ability_level") == (None,), end
        row = batch.row("hardship_roll", "relief", end)
        assert reported(night, "hardship_roll", row) == [], end


def test_what_begins_tomorrow_is_not_in_force_today(night: Night, batch: Batch) -> None:
    facts = {"relief": "hardship", "certificate": "disability_grade", "assessment": "ability_level"}
    absent = {"relief": "none", "certificate": "none", "assessment": None}
    begun = {"relief": "minimum_living", "certificate": "1", "assessment": 3}
    for kind, column in facts.items():
        assert fact(night, batch, kind, "to come", column) == (absent[kind],), kind
        assert fact(night, batch, kind, "begins today", column) == (begun[kind],), kind
    assert line(night, batch, "certificate", "to come", "disability_nursing_subsidy") is None
    assert line(night, batch, "certificate", "begins today", "disability_nursing_subsidy") == "add"


def test_nobody_is_stopped_whose_right_is_registered_from_a_later_day(night: Night, batch: Batch) -> None:
    action, reason = line(
        night, batch, "relief", "to come, paid", "destitute_dispersed", "action, reason_text"
    )
    assert action == "verify"
    assert "起始日期晚于数据日期" in reason


def test_a_death_before_the_birth_makes_nobody_dead_and_raises_a_question(night: Night, batch: Batch) -> None:
    asked = corrections(night)
    for case in ("empty date", "slip of the century", "epoch", "before the birth date"):
        assert fact(night, batch, "death", case, "alive, died_on") == (True, None), case
        row = batch.row("death_record", "death", case)
        assert reported(night, "death_record", row) == [("row", "死亡日期")], case
        assert "死亡日期" in asked["death_record", row]
        assert line(night, batch, "death", case, "age_allowance") != "stop", case
    assert fact(night, batch, "death", "real", "alive, died_on") == (False, dt.date(2026, 9, 1))
    assert line(night, batch, "death", "real", "age_allowance") == "stop"


def test_the_person_of_a_quarantined_death_is_still_found(batch: Batch, tmp_path: Path) -> None:
    """The row gives its number and name as salvaged identifiers, from which the guards follow."""
    from outreach.engine import Warehouse
    from outreach.intake import begin_run, intake_extract, open_batch

    folder = tmp_path / "landing" / REGION / DAY
    folder.mkdir(parents=True)
    (folder / "death_record.csv").write_text(text(batch.rows["death_record"]), encoding="utf-8")
    with Warehouse(tmp_path / "work.duckdb") as warehouse:
        begin_run(warehouse, "r", REGION, "340102", dt.date.fromisoformat(DAY))
        intake_extract(
            warehouse,
            open_batch(tmp_path / "landing", REGION, dt.date.fromisoformat(DAY)),
            "death_record",
            as_of=dt.date.fromisoformat(DAY),
            earlier_rows=(),
            allowed=frozenset(),
            programmes={},
        )
        found = warehouse.con.sql(
            "SELECT number18 FROM run.quarantined_identifier WHERE number18 IS NOT NULL"
        ).fetchall()
    assert batch.who["death", "slip of the century"][1] in {n for (n,) in found}


def test_an_instant_with_a_zone_is_its_day_here(night: Night, batch: Batch) -> None:
    assert fact(night, batch, "death", "instant", "died_on") == (dt.date(2026, 11, 1),)


def test_who_is_struck_off_as_dead_before_the_birth_is_dead_on_an_unknown_day(
    night: Night, batch: Batch
) -> None:
    for case in ("before birth", "epoch"):
        assert fact(night, batch, "cancelled", case, "alive, died_on") == (False, None), case
        assert line(night, batch, "cancelled", case, "age_allowance", "action, effective_on, money_sum") == (
            "stop",
            None,
            None,
        ), case
        row = batch.row("household_register", "cancelled", case)
        assert reported(night, "household_register", row) == [("value", "状态变更日期")], case
    assert line(night, batch, "cancelled", "real", "age_allowance", "action, effective_on") == (
        "stop",
        dt.date(2026, 9, 1),
    )


def test_who_would_be_older_than_120_is_a_question(night: Night, batch: Batch) -> None:
    asked = corrections(night)
    for case in ("add", "adjust", "dead"):
        programme = "care_service_subsidy" if case == "adjust" else "age_allowance"
        action, reason = line(night, batch, "old", case, programme, "action, reason_text")
        assert action == "verify", case
        assert "120周岁" in reason
        row = batch.row("household_register", "old", case)
        assert ("120 周岁" in asked.get(("household_register", row), "")) == (case != "dead")
    assert line(night, batch, "old", "120", "age_allowance") == "add"


def test_dates_of_workbooks_and_parquet_files_are_held_to_the_same(batch: Batch, tmp_path: Path) -> None:
    """The pair rule holds behind the reader, too: one small intake each of date cells and timestamps."""
    from outreach.engine import Warehouse
    from outreach.intake import begin_run, intake_extract, open_batch

    day = dt.date.fromisoformat(DAY)
    people = [somebody() for _ in range(4)]
    ends = [dt.date(1900, 1, 1), dt.date(1970, 1, 1), dt.date(2023, 6, 30), dt.date(2030, 1, 1)]
    folder = tmp_path / "landing" / REGION / DAY
    folder.mkdir(parents=True)
    headers = list(relief(people[0]))
    with Workbook(folder / "hardship_roll.xlsx") as book:
        sheet, as_day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, headers)
        for n, (who, end) in enumerate(zip(people, ends, strict=True), 1):
            sheet.write_row(n, 0, list(relief(who).values()))
            sheet.write_datetime(n, headers.index("终止日期"), end, as_day)
    frame = pl.DataFrame([certificate(who) for who in people]).with_columns(
        pl.Series("发证日期", [dt.date(2024, 1, 1)] * 4),
        pl.Series("有效期至", ends).cast(pl.Datetime("us", "UTC")),
    )
    frame.write_parquet(folder / "disability_certificate.parquet")
    with Warehouse(tmp_path / "work.duckdb") as warehouse:
        begin_run(warehouse, "r", REGION, "340102", day)
        for extract in ("hardship_roll", "disability_certificate"):
            intake_extract(
                warehouse,
                open_batch(tmp_path / "landing", REGION, day),
                extract,
                as_of=day,
                earlier_rows=(),
                allowed=frozenset(),
                programmes={},
            )
        for table, column in (("hardship_roll", "ended_on"), ("disability_certificate", "valid_until")):
            kept = warehouse.con.sql(f"SELECT {column} FROM intake.{table} ORDER BY row_number").fetchall()
            assert [end for (end,) in kept] == [None, None, None, dt.date(2030, 1, 1)], table
