"""The door that an address names: one key for its spellings, its place on a walk, whether it is elsewhere.

An office writes the province, the city and the street office or leaves them out, 号 or ``#`` or ``-``, 二十栋
or 20幢. Within one community the rest decides: the road or village, and the numbers. The place of the door is
judged by the names that the address states, never by those it leaves out: in doubt it is in the region.
"""

from __future__ import annotations

import re

import polars as pl

from outreach.standards.addresses import UNITS, address_key, folded, rewritten
from outreach.standards.area_code import PROVINCES

_UNIT = "|".join(UNITS)
_SPACE = r"[\s\p{Cc}\p{Cf}]"
_ANY_PROVINCE = "|".join(sorted(PROVINCES.values(), key=len, reverse=True))
# 安徽合肥市…: the short name is one only before a city; 安徽路3号 is a road.
_SHORT = "|".join(sorted({re.sub("(省|市|(壮族|回族|维吾尔)?自治区)$", "", p) for p in PROVINCES.values()}))
# No name of a place holds these: a road or a number has begun.
_NAME = r"[^路街巷道村号弄#0-9()（）-]"
_CITY = rf"{_NAME}{{1,5}}?(?:自治州|地区|市|盟)"
# A quarter of houses is no district (花园小区, 香江社区, 3厂区).
_BEFORE_DISTRICT = "[^路街巷道村号弄#0-9()小社园片校厂矿库院宅住居活]"
_DISTRICT = rf"(?:{_NAME}{{1,6}}?(?:自治县|县|旗|市)|{_NAME}{{0,6}}?{_BEFORE_DISTRICT}区)"
_ZONE = "(?:开发|高新|经开|示范|保税|新|功能)区$"
_TOWN = rf"{_NAME}{{1,8}}?(?:街道办事处|街道办|办事处|街道|镇|乡)"
_AFTER_A_CITY = r"([^路街巷场口桥])"
_AFTER_A_DISTRICT = r"([^路街巷场口桥城])"
_AFTER_A_TOWN = r"([^路街巷口])"
# Of a community and a road the road is enough, as the community is known.
_COMMUNITY = (
    r"^[^路街巷道村号弄]{1,8}?社区(?:居委会|居民委员会)?(.{1,10}?(?:路|街|巷|道|弄|胡同)[东西南北中]?段?第?)$"
)
_STAGE = r"\(([东西南北]区|[A-Z]区|[一二三四五六七八九十0-9]+期)\)"
_NUMERAL = "[百十〇零一二三四五六七八九]"
_ONES = {one: value for value, one in enumerate("〇一二三四五六七八九")} | {"零": 0}


def doors(addresses: pl.Series, region_name: str, region_code: str) -> pl.DataFrame:
    """The door of each distinct address.

    Columns: address (as given, each once), door_key (String: equal for two spellings of one door of a
    community; NULL where nothing is left), door_order (String: doors sort by it as an officer walks, road or
    village by name and then numbers as numbers), elsewhere (BOOLEAN: the address states another province,
    city, district or county than the region's), short_address (String: as given, from the first name within
    the region on).

    Args:
        addresses: any addresses; NULL is left out.
        region_name: the region's Chinese name (瑶海区, 沈阳市).
        region_code: its area code, 6 digits; a code ending in 00 is a city's.
    """
    given = addresses.drop_nulls().unique().sort()
    text = _in_digits(_folded(given))
    parts = pl.DataFrame(
        {
            "address": given,
            "text": text,
            "head": text.str.extract("^([^0-9]*)", 1),
        }
    ).with_columns(tail=pl.col("text").str.strip_prefix(pl.col("head")))
    # Few roads have many numbers: the names are looked at once a road.
    roads = _roads(parts["head"].unique(), region_name, region_code)
    found = parts.join(roads, on="head", how="left", maintain_order="left")
    key = address_key(found.select(pl.concat_str("road", "tail")).to_series())
    short = given.str.replace(rf"^[^0-9]{{0,12}}?{re.escape(region_name)}\s*(.)", "${1}")
    return found.select(
        "address", door_key=key, door_order=_in_order(key), elsewhere="elsewhere", short_address=short
    )


def _in_order(keys: pl.Series) -> pl.Series:
    """Keys with every number as 8 digits, so that texts sort as numbers. In a key ``-`` ends each number."""
    return rewritten(keys, "[0-9]+-", lambda numbers: numbers.str.zfill(9))


def _folded(given: pl.Series) -> pl.Series:
    return (
        folded(given)
        .str.replace_all(_SPACE, "")
        .str.replace(_STAGE, "$1")
        .str.replace("号之([0-9])", "号-$1")
    )


def _roads(heads: pl.Series, region_name: str, region_code: str) -> pl.DataFrame:
    """What precedes the first number: ``head``, the ``road`` or village alone, ``elsewhere``."""
    name = re.escape(region_name)
    bare = heads.str.replace(f"^(?:{_ANY_PROVINCE})(?:市辖区)?", "")
    bare = bare.str.replace(f"^(?:{_SHORT})省?({_CITY})", "${1}")
    elsewhere = _is_elsewhere(heads, bare, region_name, region_code)
    road = bare.str.replace(f"^.{{0,12}}?{name}", "")
    for place, after in ((_CITY, _AFTER_A_CITY), (_DISTRICT, _AFTER_A_DISTRICT), (_TOWN, _AFTER_A_TOWN)):
        road = road.str.replace(f"^{place}{after}", "${1}")
    road = road.str.replace(_COMMUNITY, "${1}")
    # Elsewhere the names of city and district decide.
    return pl.DataFrame({"head": heads, "bare": bare, "road": road, "elsewhere": elsewhere}).select(
        "head", pl.when("elsewhere").then("bare").otherwise("road").alias("road"), "elsewhere"
    )


def _is_elsewhere(heads: pl.Series, bare: pl.Series, region_name: str, region_code: str) -> pl.Series:
    """Whether the names before the road are another region's; ``bare``: ``heads`` without their province."""
    name = re.escape(region_name)
    province = heads.str.extract(f"^({_ANY_PROVINCE})", 1)
    city = bare.str.extract(f"^({_CITY}){_AFTER_A_CITY}", 1)
    county = bare.str.replace(f"^{_CITY}{_AFTER_A_CITY}", "${1}").str.extract(
        f"^({_DISTRICT}){_AFTER_A_DISTRICT}", 1
    )
    # The names that tonight's addresses state right before and after the region's own are its own, too.
    around = (
        bare.str.extract(f"^({_CITY}){name}", 1),
        bare.str.extract(f"^{name}({_DISTRICT}){_AFTER_A_DISTRICT}", 1),
    )
    known = [region_name, *(place for found in around for place in found.drop_nulls().unique().to_list())]
    other_province = province != PROVINCES.get(region_code[:2], "")
    other_city = ~city.is_in(known)
    is_said = city.is_not_null() | province.is_not_null() | county.str.contains("[县旗]$")
    other_county = ~county.is_in(known) & ~county.str.contains(_ZONE) & is_said
    # A city's districts have names that are not known here; another city's are not stated without it.
    others = (
        [other_province, other_city]
        if region_code.endswith("00")
        else [other_province, other_city, other_county]
    )
    stated = pl.select(pl.any_horizontal(other.fill_null(False) for other in others)).to_series()
    return stated & ~heads.str.contains(f"^.{{0,12}}?{name}")


def _in_digits(texts: pl.Series) -> pl.Series:
    """Chinese numerals before a unit (一百二十号, 二〇一室, 十二栋) in digits."""
    found = (
        texts.str.extract_all(f"第?{_NUMERAL}+(?:{_UNIT})").explode(empty_as_null=True).drop_nulls().unique()
    )
    numerals = {text: digits for text in found.to_list() if (digits := _digits(text)) != text}
    if not numerals:
        return texts
    ordered = dict(sorted(numerals.items(), key=lambda pair: -len(pair[0])))
    return texts.str.replace_many(ordered, leftmost=True)


def _digits(numerals: str) -> str:
    """A Chinese numeral with its unit, in digits; other text unchanged."""
    found = re.fullmatch(f"第?({_NUMERAL}+)({_UNIT})", numerals)
    if found is None:
        return numerals
    numeral, unit = found.groups()
    if not set(numeral) & {"百", "十"}:
        return "".join(str(_ONES[one]) for one in numeral) + unit
    shape = re.fullmatch(
        "(?:([一二三四五六七八九])百)?[零〇]?(?:([一二三四五六七八九])?(十))?([一二三四五六七八九])?", numeral
    )
    if shape is None:
        return numerals
    hundreds, tens, ten, ones = shape.groups()
    value = 100 * _ONES.get(hundreds or "", 0) + _ONES.get(ones or "", 0)
    value += 10 * (_ONES[tens] if tens else 1) if ten else 0
    return f"{value}{unit}"
