"""Spellings of one door are one door; neighbours are not; who lives in another region is distinguished."""

import polars as pl
import pytest

from outreach.standards.doors import doors

HOME = ("瑶海区", "340102")


def keys(*addresses: str) -> dict[str, str | None]:
    found = doors(pl.Series(addresses, dtype=pl.String), *HOME)
    return dict(found.select("address", "door_key").iter_rows())


def elsewhere(*addresses: str, name: str = HOME[0], code: str = HOME[1]) -> set[str]:
    found = doors(pl.Series(addresses, dtype=pl.String), name, code)
    return set(found.filter("elsewhere")["address"].to_list())


@pytest.mark.parametrize(
    "spellings",
    [
        (
            "安徽省合肥市瑶海区胜利街道前李社区文化路90号28栋4单元2702室",
            "安徽合肥市瑶海区文化路90号28栋4单元2702室",
            "合肥市瑶海区胜利街道前李社区文化路90号28幢4单元2702",
            "瑶海区胜利街道办事处前李社区居委会文化路90号28栋4单元2702室",
            "胜利街道前李社区文化路90#28-4-2702",
            "前李社区文化路九十号二十八栋四单元二七〇二室",
            "文化路９０号２８栋４单元２７０２室",
            "文化路 90-28-4-2702",
        ),
        (
            "安徽省合肥市瑶海区长淮镇香江村6组180号",
            "长淮镇香江村六组一百八十号",
            "香江村第六村民小组180号（老宅）",
            "香江村村委会6-180",
            "香江村6组180#",
        ),
        ("和平路一百零五号", "和平路105号", "和平路一〇五号", "和平路１０５"),
        ("和平路12号之3", "和平路12-3"),
        ("花园小区(二期)5栋301室", "花园小区二期5幢301"),
    ],
)
def test_spellings_of_one_door_share_a_key(spellings: tuple[str, ...]) -> None:
    found = keys(*spellings)
    assert len(found) == len(spellings)
    assert len(set(found.values())) == 1, found
    assert None not in found.values()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("香江村3组12号", "香江村31组2号"),
        ("文化路90号28栋4单元2702室", "文化路90号28栋4单元2701室"),
        ("文化路9号", "文化东路9号"),
        ("花园小区(一期)5栋", "花园小区(二期)5栋"),
        ("花园小区5栋", "明珠小区5栋"),
        ("合肥市蜀山区文化路9号", "合肥市瑶海区文化路9号"),
        ("安徽路3号", "上海路3号"),
        ("县前街3号", "县后街3号"),
    ],
)
def test_neighbours_are_two_doors(one: str, other: str) -> None:
    found = keys(one, other)
    assert found[one] != found[other]


def test_a_walk_goes_by_road_and_counts_house_numbers() -> None:
    walk = ["和平路2号", "和平路9号1室", "和平路9号12室", "合肥市瑶海区和平路10号", "胜利路1号"]
    found = doors(pl.Series(walk[::-1]), *HOME).sort("door_order")
    assert found["address"].to_list() == walk


def test_who_states_another_place_lives_elsewhere() -> None:
    away = (
        "上海市浦东新区川沙新镇", "广东省东莞市长安镇", "江苏省昆山市花桥镇", "北京市昌平区回龙观街道",
        "安徽省合肥市蜀山区梅山路3号", "合肥市蜀山区梅山路3号", "肥西县上派镇3号",
    )  # fmt: skip
    here = (
        "安徽省合肥市瑶海区长淮镇香江村6组180号", "合肥市瑶海区文化路3号", "合肥市文化路3号",
        "长淮镇香江村6组180号",
        "上海路12号", "安徽路3号", "合肥市新站高新区文忠路3号", "花园小区5栋", "香江社区3号", "",
    )  # fmt: skip
    assert elsewhere(*away, *here) == set(away)


def test_districts_of_a_city_are_in_it() -> None:
    away = ("大连市中山区人民路3号", "吉林省长春市朝阳区1号")
    here = (
        "辽宁省沈阳市和平区太原街3号", "和平区太原街3号", "沈阳市新民市东城街道1号",
        "辽宁省新民市东城街道1号",
    )  # fmt: skip
    assert elsewhere(*away, *here, name="沈阳市", code="210100") == set(away)


def test_a_short_address_leaves_out_what_every_list_of_the_region_says() -> None:
    found = doors(pl.Series(["安徽省合肥市瑶海区长淮镇香江村6组180号", "上海市川沙新镇", "瑶海区"]), *HOME)
    assert set(found["short_address"].to_list()) == {"长淮镇香江村6组180号", "上海市川沙新镇", "瑶海区"}


def test_each_address_comes_back_once_as_it_was_given() -> None:
    found = doors(pl.Series(["和平路9号", None, "（略）", "和平路9号"]), *HOME)
    assert found.select("address", "door_key").rows() == [("和平路9号", "和平路9-"), ("（略）", None)]
    assert doors(pl.Series([], dtype=pl.String), *HOME).is_empty()
