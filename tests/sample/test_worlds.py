"""Shares of damage, wrong payees, consecutive nights, and the committed samples."""

from __future__ import annotations

import datetime as dt
import math
from pathlib import Path

import polars as pl
import pytest
from plain_reading import read_extract
from sample_worlds import AS_OF, Written

from outreach.sample import region_names, write_world
from outreach.sample.committed import write_committed_samples
from outreach.sample.damage import BIRTH_SHARES, NAME_SHARES, NUMBER_SHARES, PROFILES, SEX_SHARES

COMMITTED = Path(__file__).parents[2] / "data_samples"
# These cannot befall every row (a neighbour of the same digit, a character without such a variant, …).
PARTLY = (
    "number_15_digits",
    "number_letter_o",
    "name_same_sound",
    "name_look_alike",
    "name_traditional",
    "name_character_missing",
    "birth_day_month_swapped",
    "number_missing",
)


def share_of(rows: pl.DataFrame, kind: str) -> float:
    return float(str(rows["damage_kinds"].list.contains(kind).mean()))


@pytest.mark.parametrize("kind", [*NUMBER_SHARES, *NAME_SHARES])
def test_damage_of_numbers_and_names_has_the_share_of_the_table(town: Written, kind: str) -> None:
    table = NUMBER_SHARES if kind in NUMBER_SHARES else NAME_SHARES
    rows = town.rows.filter(~pl.col("extract").is_in(["household_register", "disability_certificate"]))
    check_share(share_of(rows, kind), table[kind][PROFILES.index("ordinary")], rows.height, kind)


@pytest.mark.parametrize("kind", [*BIRTH_SHARES, *SEX_SHARES])
def test_damage_of_birth_dates_and_sex_has_the_share_of_the_table(town: Written, kind: str) -> None:
    table = BIRTH_SHARES if kind in BIRTH_SHARES else SEX_SHARES
    rows = town.rows.filter(pl.col("extract") == "pension_roll")
    check_share(share_of(rows, kind), table[kind][PROFILES.index("ordinary")], rows.height, kind)


def check_share(found: float, expected: float, rows: int, kind: str) -> None:
    # Besides chance: one number of another person an extract, and a tenth of damage is yet to come or mended.
    tolerance = 5 * math.sqrt(expected / rows) + 16 / rows + 0.15 * expected
    least = 0.2 * expected if kind in PARTLY else expected
    assert least - tolerance <= found <= expected + tolerance


def test_the_register_is_kept_with_more_care_but_has_numbers_of_others(town: Written) -> None:
    register = town.rows.filter(pl.col("extract") == "household_register")
    others = town.rows.filter(pl.col("extract") == "pension_roll")
    assert share_of(register, "number_one_digit") < 0.4 * share_of(others, "number_one_digit")
    assert 1 <= register["damage_kinds"].list.contains("number_other_person").sum() <= 20


def test_a_dirtier_profile_has_more_damage(tmp_path: Path) -> None:
    damaged = [
        float(
            str(
                (
                    Written.make(tmp_path / profile, "shiyan", 1_000, 1, profile)
                    .rows["damage_kinds"]
                    .list.len()
                    > 0
                ).mean()
            )
        )
        for profile in PROFILES
    ]
    assert damaged[0] < 0.6 * damaged[1] < 0.6 * 0.6 * damaged[2]


def test_payees_are_right_and_wrong_in_every_way(town: Written) -> None:
    payees = pl.read_parquet(town.report.truth / "payee.parquet")
    assert set(payees["why"]) == {
        *("right", "wrong_amount", "doubled", "paused", "stopped"),
        *("dead", "departed", "unqualified", "elsewhere"),
    }
    assert (payees["why"] == "right").mean() > 0.7  # type: ignore[operator]
    person = town.persons.select("true_person", "alive", "registered", "in_register")
    joined = payees.join(person, on="true_person")
    assert not joined.filter(pl.col("why") == "dead")["alive"].any()
    assert not joined.filter(pl.col("why").is_in(["departed", "elsewhere"]))["registered"].any()
    assert joined.filter(pl.col("why").is_in(["right", "wrong_amount", "paused"]))["registered"].all()


def test_people_are_twice_in_the_register_and_outsiders_only_elsewhere(town: Written) -> None:
    delivered = read_extract(town.report.batch, "household_register")
    register = town.rows.filter(pl.col("extract") == "household_register", ~pl.col("quarantined"))
    twice = register.group_by("true_person").agg("row_number").filter(pl.col("row_number").list.len() == 2)
    states = [
        tuple(sorted(str(delivered[number - 1]["人员状态"]) for number in numbers))
        for numbers in twice["row_number"].to_list()
    ]
    normal = {"1", "正常"}
    assert any(set(pair) <= normal for pair in states)
    assert any(len(set(pair) & normal) == 1 for pair in states)
    ties = [str(row.get("曾用身份号码") or "").strip("'\t") for row in delivered]
    assert sum(len(tie) == 18 for tie in ties) > 50
    outsiders = set(town.rows["true_person"]) - set(register["true_person"])
    assert len(outsiders) > 100
    assert town.rows["damage_kinds"].list.contains("number_guardian").any()


def test_a_later_night_is_the_same_world_with_about_one_row_in_a_hundred_changed(tmp_path: Path) -> None:
    first, second = (Written.make(tmp_path, "yaohai", 3_000, 3, "ordinary", night) for night in (0, 1))
    assert first.rows.height <= second.rows.height < 1.01 * first.rows.height
    same, changed = 0, 0
    for extract in ("household_register", "pension_roll", "hardship_roll", "disability_certificate"):
        before, after = (
            {
                (person, str(sorted(row.items(), key=str)))
                for person, row in zip(
                    night.rows.filter(pl.col("extract") == extract)["true_person"],
                    read_extract(night.report.batch, extract),
                    strict=True,
                )
            }
            for night in (first, second)
        )
        same += len(before & after)
        changed += len(after - before)
    assert 0.002 < changed / (same + changed) < 0.03
    people = first.persons.join(second.persons, on="true_person")
    assert people.height > 0.999 * first.persons.height
    assert (people["id_number"] == people["id_number_right"]).all()
    assert (people["birth_date"] == people["birth_date_right"]).all()


def test_nights_bring_birthdays_deaths_and_moves(tmp_path: Path) -> None:
    first, later = (Written.make(tmp_path, "yaohai", 3_000, 3, "light", night) for night in (0, 20))
    people = first.persons.join(later.persons, on="true_person")
    assert (people["age"] < people["age_right"]).sum() > 30
    assert (people["age"] > people["age_right"]).sum() == 0
    assert people.filter("alive", ~pl.col("alive_right")).height > 0
    assert people.filter(~pl.col("alive"), "alive_right").height == 0
    assert people.filter(pl.col("area_code") != pl.col("area_code_right")).height > 0


def test_the_committed_samples_are_what_the_generator_makes(tmp_path: Path) -> None:
    write_committed_samples(tmp_path)
    made = {path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()}
    committed = {path.relative_to(COMMITTED) for path in COMMITTED.rglob("*") if path.is_file()}
    assert committed - made == {Path("README.md"), Path(".gitattributes")}
    assert made <= committed
    for path in made:
        if path.suffix == ".parquet":
            assert pl.read_parquet(tmp_path / path).equals(pl.read_parquet(COMMITTED / path)), path
        else:
            assert (tmp_path / path).read_bytes() == (COMMITTED / path).read_bytes(), (
                f"{path}: run python -m outreach.sample.committed data_samples"
            )


@pytest.mark.parametrize("region", region_names())
def test_the_committed_samples_show_payees_to_pay_to_stop_and_to_correct(region: str) -> None:
    payees = pl.read_parquet(COMMITTED / "truth" / region / AS_OF.isoformat() / "payee.parquet")
    assert {"right", "wrong_amount", "doubled", "paused", "unqualified"} <= set(payees["why"])
    assert set(payees["why"]) & {"dead", "departed"}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"region": "nowhere"}, "nowhere.*可用：.*yaohai"),
        ({"people": 3}, "至少要有 20 人"),
        ({"seed": -1}, "种子"),
        ({"night": 31}, "夜次"),
        ({"damage": "terrible"}, "terrible.*可用：.*dirty"),
    ],
)
def test_an_argument_that_cannot_be_is_refused_and_nothing_written(
    tmp_path: Path, change: dict[str, object], message: str
) -> None:
    arguments: dict[str, object] = {"region": "yaohai", "date": AS_OF, "people": 50, "seed": 1}
    with pytest.raises(ValueError, match=message):
        write_world(tmp_path, **(arguments | change))  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_the_smallest_world_and_a_leap_day_are_no_trouble(tmp_path: Path) -> None:
    report = write_world(tmp_path, "changchun", dt.date(2028, 2, 29), 20, 0, "dirty")
    assert report.rows["household_register"] >= 20
    assert (report.batch / "_SUCCESS").exists()
