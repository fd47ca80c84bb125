"""Two tables of anybody's own columns: who finds whom, how sure, why; and the message about a wrong
argument."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import polars as pl
import pytest
from command import SAMPLES

import outreach
from outreach.engine import Warehouse
from outreach.intake import begin_run, intake_extract, open_batch
from outreach.linkage import KINDS
from outreach.linkage.blocking import by_chance

DAY = date(2026, 11, 20)
GIVEN = ("ella", "noah", "ruby", "jack", "mia", "liam", "zoe", "finn", "ivy", "otto", "nora")
SURNAMES = ("clarke", "white", "nguyen", "ryan", "webb", "reid", "stone")


def people(count: int) -> pl.DataFrame:
    """Invented people with the columns of a register abroad."""
    return pl.DataFrame(
        {
            "id": [f"r{i}" for i in range(count)],
            "first": [GIVEN[i % 11] for i in range(count)],
            "last": [SURNAMES[i % 7] for i in range(count)],
            "born": [f"{1930 + i % 61}{i % 12 + 1:02d}{i % 28 + 1:02d}" for i in range(count)],
            "street": [f"{SURNAMES[i * i % 5]} street {i % 90}" for i in range(count)],
            "tel": [f"04{10000000 + 7919 * i}" for i in range(count)],
            "state": [("nsw", "vic", "qld")[i % 3] for i in range(count)],
        }
    )


COLUMNS: dict[Any, str] = {
    "first": "given_name",
    "last": "surname",
    "born": "birth_date",
    "street": "address",
    "tel": "phone",
    "state": "exact",
}


def linked(left: Any, right: Any, **more: Any) -> outreach.Linkage:
    return outreach.link_tables(left, right, {"columns": COLUMNS, "left_id": "id", "right_id": "id", **more})


def test_one_row_a_link_with_grade_and_evidence() -> None:
    right = people(900)
    left = right.head(300).with_columns(
        pl.col("id").str.replace("r", "l"),
        pl.when(pl.int_range(pl.len()) % 3 == 0)
        .then(pl.col("last").str.head(-1))
        .otherwise("last")
        .alias("last"),
        pl.when(pl.int_range(pl.len()) % 5 == 0).then(None).otherwise("tel").alias("tel"),
    )
    found = linked(left, right)
    assert found.links.columns == ["left", "right", "probability", "weight", "grade", "evidence"]
    assert found.links.height == 300
    assert (found.links["left"].str.tail(-1) == found.links["right"].str.tail(-1)).all()
    grades = dict(found.links.select("left", "grade").rows())
    assert (grades["l0"], grades["l1"]) == ("strong", "exact")
    first = {e["comparison"]: e for e in found.links["evidence"][0]}
    assert list(first) == ["name", "birth date", "address", "tel", "state"]
    assert (first["name"]["level"], first["tel"]["level"]) == ("one equal, one alike", "missing")
    assert first["tel"]["weight"] == 0
    assert first["name"]["label"] == "一项一致，一项相近"
    weights = found.links.select(
        "weight", of_evidence=pl.col("evidence").list.eval(pl.element().struct.field("weight")).list.sum()
    )
    # the rest is what a row of the right table means before any evidence
    assert np.allclose(weights["weight"] + np.log2(900), weights["of_evidence"], atol=0.01)
    assert found.matched == pytest.approx(300, abs=1)


def test_who_is_in_no_row_of_the_right_table_is_linked_to_nobody() -> None:
    everybody = people(1200)
    right, left = everybody.head(400), everybody.slice(300, 500)
    found = linked(left, right)
    assert set(found.links["left"]) == {f"r{i}" for i in range(300, 400)}
    assert (found.links["left"] == found.links["right"]).all()


def test_large_tables_are_compared_by_keys_and_too_common_values_are_counted() -> None:
    right = people(900).with_columns(state=pl.lit("nsw"))
    found = linked(right, right, all_pairs=0, keys=[["state"], ["first", "state"]], most_pairs=50_000)
    keys = {key: (pairs, skipped) for key, pairs, skipped in found.keys.rows()}
    assert keys["state"] == (0, 1)
    assert keys["first + state"][0] > 0
    assert found.pairs < 900 * 900 / 4
    assert (found.links["left"] == found.links["right"]).sum() == 900


def test_a_frequent_value_weighs_less_than_a_rare_one() -> None:
    right = people(800).with_columns(
        pl.when(pl.int_range(pl.len()) < 400).then(pl.lit("wang")).otherwise("last").alias("last"),
        pl.when(pl.int_range(pl.len()) < 400).then(pl.lit("wei")).otherwise("first").alias("first"),
    )
    found = linked(right, right)
    weight = {
        row["left"]: next(e["weight"] for e in row["evidence"] if e["comparison"] == "name")
        for row in found.links.to_dicts()
        if row["left"] == row["right"]
    }
    assert weight["r0"] < 1.5 < 5 < weight["r700"]


def test_chinese_names_agree_by_reading_and_glyph() -> None:
    register = {
        "name": ["王秀英", "李建國", "赵玉兰", "周志强"],
        "born": ["1941-03-12"] * 2 + ["1950-01-01"] * 2,
    }
    roll = {"name": ["王秀瑛", "李建国", "赵玉", "周大强"], "born": ["19410312"] * 2 + ["19500101"] * 2}
    found = outreach.link_tables(
        roll, register, {"columns": {"name": "full_name", "born": "birth_date"}, "threshold": 0.0}
    )
    level = {
        row["left"]: row["evidence"][0]["level"]
        for row in found.links.to_dicts()
        if row["left"] == row["right"]
    }
    assert level == {0: "same reading", 1: "equal", 2: "gap", 3: "one differs"}


def test_a_survey_finds_its_people_in_a_register() -> None:
    """The committed sample, read by intake, linked without identity numbers."""
    truth = pl.read_parquet(SAMPLES / "truth" / "yaohai" / DAY.isoformat() / "row.parquet")
    batch, tables = open_batch(SAMPLES, "yaohai", DAY), {}
    with Warehouse(Path(":memory:")) as warehouse:
        begin_run(warehouse, run_id="r", region="yaohai", region_code="340102", as_of=DAY)
        for name in ("household_register", "care_survey"):
            intake_extract(
                warehouse, batch, name, as_of=DAY, earlier_rows=(), allowed=frozenset(), programmes={}
            )
            person = truth.filter(extract=name).select("row_number", "true_person")
            read = warehouse.con.sql(f"FROM intake.{name}").pl()
            tables[name] = read.join(person, on="row_number", maintain_order="left")
    found = outreach.link_tables(
        tables["care_survey"],
        tables["household_register"],
        {
            "columns": {
                "name": "full_name",
                "birth_date": "birth_date",
                ("address", "residence_address"): "address",
                "phone": "phone",
                "sex": "sex",
            },
            "left_id": "true_person",
            "right_id": "true_person",
        },
    )
    right = found.links.filter(pl.col("left") == pl.col("right"))
    registered = tables["care_survey"].filter(
        pl.col("true_person").is_in(tables["household_register"]["true_person"].to_list())
    )
    assert right.height == registered.height > 20
    assert found.links.height == right.height
    assert set(found.links["grade"]) == {"exact", "strong"}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_links_by_itself_and_accepts_empty_cells(kind: str) -> None:
    values = ["2001-02-03", "1941-03-12", None, "", "1950-05-05"]
    found = outreach.link_tables(
        {"x": values}, {"x": values[::-1]}, {"columns": {"x": kind}, "threshold": 0.0}
    )
    assert found.pairs == 25
    best = {
        (row["left"], row["right"])
        for row in found.links.to_dicts()
        if row["evidence"][0]["level"] == "equal"
    }
    assert best == {(0, 4), (1, 3), (4, 0)}


def test_tables_of_every_usual_kind(tmp_path: Path) -> None:
    frame = people(60)
    frame.write_csv(tmp_path / "t.csv")
    frame.write_parquet(tmp_path / "t.parquet")
    con = duckdb.connect()
    tables = [
        frame,
        frame.lazy(),
        frame.to_arrow(),
        con.sql("SELECT * FROM frame"),
        frame.to_dict(as_series=False),
        frame.to_dicts(),
        str(tmp_path / "t.csv"),
        tmp_path / "t.parquet",
    ]
    links = [linked(table, frame).links for table in tables]
    assert all(found.equals(links[0]) for found in links)
    assert links[0].height == 60


@pytest.mark.parametrize("rows", [0, 1, 2])
def test_tables_of_hardly_a_row(rows: int) -> None:
    small = people(2).head(rows)
    assert linked(small, people(2)).links.height == rows
    assert linked(people(2), small).links.height == rows
    if rows == 0:
        assert linked(small, small, all_pairs=0).pairs == 0


def test_the_same_tables_give_the_same_links() -> None:
    frame = people(400)
    assert linked(frame, frame).links.equals(linked(frame, frame).links)


def test_pairs_by_chance_are_of_two_people() -> None:
    for count in (0, 1, 2, 3, 20, 5_000, 300_000):
        one, other = by_chance(count)
        assert not (one == other).any()
        assert len(one) <= 250_000


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"columns": {}}, "settings.columns 是空的"),
        ({"columns": {"last": "surnam"}}, "列 `last` 的种类 `surnam` 不存在，是否应为 `surname`"),
        ({"columns": {"lst": "surname"}}, "左表没有列 `lst`，是否应为 `last`"),
        ({"columns": {("last", "family"): "surname"}}, "右表没有列 `family`"),
        ({"columns": {"last": "surname", "first": "surname"}}, "只能有一列"),
        ({"columns": COLUMNS, "treshold": 0.9}, "没有名为 `treshold` 的设置，是否应为 `threshold`"),
        ({"columns": COLUMNS, "threshold": 2}, "threshold 应为 0 到 1"),
        ({"columns": COLUMNS, "left_id": "rec"}, "左表没有列 `rec`"),
    ],
)
def test_a_wrong_setting_is_named(settings: dict[str, Any], expected: str) -> None:
    with pytest.raises(outreach.ArgumentError) as error:
        outreach.link_tables(people(3), people(3), settings)
    assert expected in str(error.value)


def test_what_is_no_table_is_named(tmp_path: Path) -> None:
    for table in (7, tmp_path / "none.csv", object()):
        with pytest.raises(outreach.OutreachError, match="右表"):
            outreach.link_tables(people(3), table, {"columns": COLUMNS})
