"""The invented people: numbers, families, ages, and the hard cases that reconciliation must survive."""

from __future__ import annotations

import datetime as dt
import zlib

import numpy as np
import polars as pl
import pytest
from sample_worlds import AS_OF

from outreach.sample.families import CHILD, FATHER, GRANDCHILD, HEAD, MOTHER, SECOND_CHILD, SPOUSE
from outreach.sample.population import make_people
from outreach.sample.regions import read_region, region_names

CHECK = "10X98765432"


def streams(purpose: str) -> np.random.Generator:
    return np.random.default_rng([3, zlib.crc32(purpose.encode())])


@pytest.fixture(scope="module")
def people() -> pl.DataFrame:
    return make_people(streams, read_region("yanling"), 12_000, AS_OF)


def pairs_of(people: pl.DataFrame, left: int, right: int) -> pl.DataFrame:
    """Households with both slots: ``left``'s columns, and ``right``'s with ``_right``."""
    return people.filter(pl.col("slot") == left, "registered").join(
        people.filter(pl.col("slot") == right, "registered"), on="household"
    )


def test_numbers_are_valid_unique_and_encode_birth_date_and_sex(people: pl.DataFrame) -> None:
    numbers = people["id_number"].to_list() + people["former_id"].drop_nulls().to_list()
    assert len(numbers) == len(set(numbers))
    for number in numbers:
        weights = [pow(2, 17 - place, 11) for place in range(17)]
        total = sum(int(d) * weight for d, weight in zip(number[:17], weights, strict=True))
        assert CHECK[total % 11] == number[17]
        dt.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    encoded = people.select(
        born=pl.col("id_number").str.slice(6, 8).str.to_date("%Y%m%d"),
        birth=pl.col("birth").cast(pl.Int32).cast(pl.Date),
        odd=pl.col("id_number").str.slice(16, 1).cast(pl.Int64) % 2 == 1,
        male="male",
    )
    assert encoded.filter((pl.col("born") != pl.col("birth")) | (pl.col("odd") != pl.col("male"))).is_empty()


def test_as_many_registered_people_as_requested_a_fifth_of_them_sixty_or_older(people: pl.DataFrame) -> None:
    registered = people.filter("registered")
    assert registered.height == 12_000
    old = (registered["birth"] <= (dt.date(1966, 11, 20) - dt.date(1970, 1, 1)).days).mean()
    assert 0.19 < float(str(old)) < 0.27
    days = registered["birth"].to_list()
    assert max(days) < (AS_OF - dt.date(1970, 1, 1)).days
    assert min(days) > (dt.date(1910, 1, 1) - dt.date(1970, 1, 1)).days


@pytest.mark.parametrize(
    ("child", "parent"),
    [(HEAD, FATHER), (HEAD, MOTHER), (CHILD, HEAD), (SECOND_CHILD, SPOUSE), (GRANDCHILD, CHILD)],
)
def test_parents_are_old_enough(people: pl.DataFrame, child: int, parent: int) -> None:
    pairs = pairs_of(people, child, parent)
    assert pairs.height > 50
    years = (pairs["birth"] - pairs["birth_right"]) / 365.25
    assert 16 < float(str(years.min())) < float(str(years.max())) < 50


def test_couples_are_man_and_woman_and_children_have_the_fathers_surname(people: pl.DataFrame) -> None:
    couples = pairs_of(people, HEAD, SPOUSE)
    assert couples.filter(pl.col("male") == pl.col("male_right")).is_empty()
    of_fathers = pairs_of(people, CHILD, HEAD).filter(pl.col("male_right"), ~pl.col("dotted"))
    same = of_fathers.filter(
        pl.col("name").str.slice(0, 1) == pl.col("name_right").str.slice(0, 1),
    )
    assert of_fathers.height > 500
    assert same.height == of_fathers.height


def test_the_hard_cases_exist(people: pl.DataFrame) -> None:
    twins = pairs_of(people, CHILD, SECOND_CHILD).filter(pl.col("birth") == pl.col("birth_right"))
    assert twins.height >= 1
    assert twins.filter(pl.col("name") == pl.col("name_right")).is_empty()
    registered = people.filter("registered")
    namesakes = registered.group_by("community", "name", "birth", "male").len().filter(pl.col("len") > 1)
    assert namesakes.height >= 1
    shared = registered.drop_nulls("phone").group_by("phone").agg(pl.col("household").n_unique())
    assert shared.filter(pl.col("household") >= 5).height >= 1
    assert registered["dotted"].sum() > 0
    assert registered["rare"].sum() > 0
    assert registered.filter(pl.col("name").str.starts_with("欧阳")).height > 0
    assert registered["former_id"].is_not_null().sum() > 0
    assert people.filter(~pl.col("registered")).height > 100


@pytest.mark.parametrize("region", region_names())
def test_area_codes_have_twelve_digits_and_lie_in_the_region(region: str) -> None:
    people = make_people(streams, read_region(region), 2_000, AS_OF)
    codes = people["area_code"].unique().to_list()
    counties = {str(code) for code, _ in read_region(region).counties}
    assert all(len(code) == 12 and code[:6] in counties for code in codes)
    assert {code[:6] for code in codes} == counties
    assert len({code[:9] for code in codes}) >= 2 * len(counties)
    assert len(codes) >= 4 * len(counties)


def test_birthdays_on_which_rules_turn_are_in_every_world(people: pl.DataFrame) -> None:
    births = set(people["birth"].cast(pl.Int32).cast(pl.Date).to_list())
    for day in (AS_OF, AS_OF + dt.timedelta(60), AS_OF - dt.timedelta(30)):
        assert day.replace(year=day.year - 80) in births
        assert day.replace(year=day.year - 60) in births
    assert any((born.month, born.day) == (2, 29) for born in births)
