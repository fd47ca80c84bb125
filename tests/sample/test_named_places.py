"""The names of places that come with samples are those in the addresses of the people who live there."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import polars as pl
import pytest
from plain_reading import read_extract

from outreach.intake import read_area_names
from outreach.sample import write_world
from outreach.sample.places import area_names
from outreach.sample.regions import read_region


@pytest.mark.parametrize("region", ["yaohai", "shenyang"])
def test_addresses_name_the_town_and_community_of_their_code(tmp_path: Path, region: str) -> None:
    report = write_world(tmp_path, region, dt.date(2026, 11, 20), 200, 5, "light")
    names = read_area_names(tmp_path / "areas" / f"{region}.csv")
    named = []
    for row in read_extract(report.batch, "household_register"):
        code, address = str(row["行政区划代码"]).strip("'\t "), row["户籍地址"]
        if code in names and address:
            named.append(names[code[:9]] in address and names[code] in address)
    assert len(named) > 100
    assert sum(named) / len(named) > 0.9


def test_a_city_has_the_names_of_its_districts_a_county_has_not_its_own() -> None:
    city = area_names(read_region("shenyang"), 200)
    districts = city.filter(pl.col("行政区划代码").str.len_chars() == 6)
    assert districts.height == len(read_region("shenyang").counties)
    assert all(name[-1] in "区县市" and "省" not in name for name in districts["名称"])
    county = area_names(read_region("yaohai"), 200)
    assert county["行政区划代码"].str.len_chars().min() == 9
