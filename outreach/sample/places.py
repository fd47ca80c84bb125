"""Invented towns and communities under the real codes of a region's districts and counties."""

from __future__ import annotations

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
    """Communities of a region as aligned arrays: 12-digit code, county, rural or not, full name."""

    code: npt.NDArray[np.int64]
    county: npt.NDArray[np.int64]
    rural: npt.NDArray[np.bool_]
    label: pl.Series


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
    labels = [
        f"{region.counties[c][1]}{_TOWN_WORDS[t % words]}{_DIRECTIONS[t // words % 5]}{'镇' if r else '街道'}"
        f"{_COMMUNITY_WORDS[(k + 3 * t) % parts]}{_DIRECTIONS[k // parts % 5]}{'村' if r else '社区'}"
        for c, t, k, r in zip(county_index, town, community, rural, strict=True)
    ]
    return Communities(code, county, rural, pl.Series("community_label", labels))
