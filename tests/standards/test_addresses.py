"""Spellings of one door share a key; neighbours do not."""

import polars as pl
import pytest

from outreach.standards.addresses import address_key, folded, rewritten


def keys(*addresses: str | None) -> list[str | None]:
    return address_key(pl.Series(addresses, dtype=pl.String)).to_list()


@pytest.mark.parametrize(
    "spellings",
    [
        (
            "石桥村3组120号",
            "石桥村 3组　120号",
            "石桥村３组１２０号",
            "石桥村三组120#",
            "石桥村第三村民小组120",
            "石桥村村委会3社120号（老宅）",
            "石桥村村民委员会3队，120号",
            "石桥村3-120",
        ),
        ("花园小区5栋2单元301室", "花园小区5幢2单元301", "花园小区5-2-301", "花园小区五栋二单元301室"),
        ("桃园社区十二组21号", "桃园社区居委会12组21号"),
        ("和平路100号NO.2", "和平路100-2"),
    ],
)
def test_spellings_of_one_door_share_a_key(spellings: tuple[str, ...]) -> None:
    assert len(set(keys(*spellings))) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("石桥村3组12号", "石桥村31组2号"),
        ("石桥村3组120号", "石桥村3组12号"),
        ("石桥村二十一组", "石桥村十一组"),
        ("石桥村20组", "石桥村12组"),
        ("东村3号", "西村3号"),
    ],
)
def test_neighbours_do_not(one: str, other: str) -> None:
    first, second = keys(one, other)
    assert first
    assert second
    assert not first.startswith(second)
    assert not second.startswith(first)


def test_every_number_below_a_hundred_is_read() -> None:
    in_words = ["一组", "九组", "十组", "十五组", "二十组", "四十七组", "九十九组"]
    assert keys(*in_words) == ["1-", "9-", "10-", "15-", "20-", "47-", "99-"]


def test_order_and_length_are_kept_and_nothing_is_missing() -> None:
    assert keys("东村3号", None, "", "（略）", "东村3号") == ["东村3-", None, None, None, "东村3-"]
    assert keys() == []


@pytest.mark.parametrize("most", [50_000, 1])
def test_numbers_rewritten_together_are_as_rewritten_one_by_one(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("outreach.standards.addresses._MOST_DIFFERENT", most)
    pattern = "第?([0-9]+)(?:号楼|号|组)?-*"
    texts = pl.Series(["石桥村第3组12号楼120号--1201", "12", "112号12组", "没有", None, "1号-11号-111号"])
    found = rewritten(texts, pattern, lambda matches: matches.str.replace(pattern, "<$1>"))
    assert found.to_list() == texts.str.replace_all(pattern, "<$1>").to_list()
    assert rewritten(pl.Series([], dtype=pl.String), pattern, lambda matches: matches).is_empty()


def test_only_what_can_change_is_folded_and_what_was_given_stays() -> None:
    given = pl.Series(["石桥村３组a座", "石桥村3组A座", None, "㈱路1号"])
    assert folded(given).to_list() == ["石桥村3组A座", "石桥村3组A座", None, "(株)路1号"]
    assert given.to_list() == ["石桥村３组a座", "石桥村3组A座", None, "㈱路1号"]
    # Of a plain text nothing is changed by NFKC and upper case.
    plain = pl.Series([chr(code) for code in range(0x4E00, 0xA000)] + list("0123456789AZ#()-"))
    assert plain.str.normalize("NFKC").str.to_uppercase().equals(plain)
