"""Invented towns and communities under the real codes of a region's districts and counties."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from outreach.sample.regions import Region

# Where people come from who are not registered in the region, or were born elsewhere.
ELSEWHERE = np.array(
    [
        340123,
        341204,
        411025,
        410102,
        130105,
        370102,
        320106,
        210211,
        220202,
        230103,
        420106,
        510107,
        440305,
        650102,
    ],
    dtype=np.int64,
)

_TOWN_WORDS = [
    "长淮",
    "胜利",
    "和平",
    "站前",
    "柏梁",
    "望田",
    "大河",
    "方山",
    "青石",
    "南湖",
    "红旗",
    "东风",
    "新华",
    "铁路",
]
_COMMUNITY_WORDS = [
    "香江",
    "双岗",
    "曹集",
    "前李",
    "后王",
    "清水",
    "杏花",
    "东岳",
    "三里",
    "五里",
    "花园",
    "安居",
    "明珠",
    "大槐",
    "上寨",
    "下寨",
]
_IN_DISTRICT = re.compile(r"^(?:[^省]+(?:省|自治区))?(?:[^市]+市)?(?=.)")
"""Province and city before the name of a district."""
_DIRECTIONS = ["", "东", "西", "南", "北"]
ROADS = [
    "胜利路",
    "长江东路",
    "明光路",
    "人民路",
    "建设街",
    "解放大街",
    "站前路",
    "花园路",
    "文化路",
    "工人街",
]


@dataclass(frozen=True)
class Communities:
    """Communities of a region as aligned arrays: 12-digit code, county, rural or not, full name.

    ``town``, ``name``: what the town and the community are called; the full name holds both.
    """

    code: npt.NDArray[np.int64]
    county: npt.NDArray[np.int64]
    rural: npt.NDArray[np.bool_]
    label: pl.Series
    town: pl.Series
    name: pl.Series


def communities_for(region: Region, people: int) -> Communities:
    """Communities for about 1,500 people each, at least two towns of two communities in every county."""
    counties = len(region.counties)
    each = max(4, round(people / 1500 / counties))
    towns = max(2, min(60, each // 12))
    number = np.arange(each * counties)
    county_index, within = number // each, number % each
    town, community = within % towns, within // towns
    rural = town < max(1, round(towns * region.rural_share))
    county = np.array([code for code, _ in region.counties], dtype=np.int64)[county_index]
    town_code = np.where(rural, 100, 1) + town
    code = county * 1_000_000 + town_code * 1000 + np.where(rural, 200, 1) + community
    words, parts = len(_TOWN_WORDS), len(_COMMUNITY_WORDS)
    town_names = [
        f"{_TOWN_WORDS[t % words]}{_DIRECTIONS[t // words % 5]}{'镇' if r else '街道'}"
        for t, r in zip(town, rural, strict=True)
    ]
    names = [
        f"{_COMMUNITY_WORDS[(k + 3 * t) % parts]}{_DIRECTIONS[k // parts % 5]}{'村' if r else '社区'}"
        for t, k, r in zip(town, community, rural, strict=True)
    ]
    labels = [
        f"{region.counties[c][1]}{in_town}{name}"
        for c, in_town, name in zip(county_index, town_names, names, strict=True)
    ]
    return Communities(
        code,
        county,
        rural,
        pl.Series("community_label", labels),
        pl.Series("town_name", town_names),
        pl.Series("community_name", names),
    )


def area_names(region: Region, people: int) -> pl.DataFrame:
    """The names of a region's districts, towns and communities, as ``areas/<region>.csv`` has them.

    Columns 行政区划代码 (6, 9 or 12 digits) and 名称, by code. A region that is one county is not in it: its
    name is in the policy.
    """
    communities = communities_for(region, people)
    code = pl.Series("行政区划代码", communities.code).cast(pl.String)
    districts = [
        (str(county), _IN_DISTRICT.sub("", full)) for county, full in region.counties if county != region.code
    ]
    named = [
        pl.DataFrame(districts, schema={"行政区划代码": pl.String, "名称": pl.String}, orient="row"),
        pl.DataFrame({"行政区划代码": code.str.head(9), "名称": communities.town}),
        pl.DataFrame({"行政区划代码": code, "名称": communities.name}),
    ]
    return pl.concat(named).unique(maintain_order=True).sort("行政区划代码")
