"""Area codes 行政区划代码 (GB/T 2260, GB/T 10114): county 6, town 3, village or community 3 digits."""

from __future__ import annotations

import polars as pl

LENGTH = 12


def pad(code: pl.Expr) -> pl.Expr:
    """A code of 6 to 12 digits right-padded with 0 to 12; NULL where it cannot be an area code."""
    return pl.when(code.str.contains(r"^[1-9][0-9]{5,11}$")).then(code.str.pad_end(LENGTH, "0"))


def own_part(region: str) -> str:
    """What the codes of a region begin with: of a county its 6 digits, of a city (code ending in 00) the
    first 4, of a province the first 2."""
    return region[:2] if region.endswith("0000") else region[:4] if region.endswith("00") else region[:6]


PROVINCES = {
    "11": "北京市",
    "12": "天津市",
    "13": "河北省",
    "14": "山西省",
    "15": "内蒙古自治区",
    "21": "辽宁省",
    "22": "吉林省",
    "23": "黑龙江省",
    "31": "上海市",
    "32": "江苏省",
    "33": "浙江省",
    "34": "安徽省",
    "35": "福建省",
    "36": "江西省",
    "37": "山东省",
    "41": "河南省",
    "42": "湖北省",
    "43": "湖南省",
    "44": "广东省",
    "45": "广西壮族自治区",
    "46": "海南省",
    "50": "重庆市",
    "51": "四川省",
    "52": "贵州省",
    "53": "云南省",
    "54": "西藏自治区",
    "61": "陕西省",
    "62": "甘肃省",
    "63": "青海省",
    "64": "宁夏回族自治区",
    "65": "新疆维吾尔自治区",
}
"""Provinces by the first two digits of every area code within them (GB/T 2260)."""
