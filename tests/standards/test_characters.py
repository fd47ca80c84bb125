"""Characters made legible: what is invisible is nothing, what is private has its assigned meaning."""

from __future__ import annotations

import unicodedata

import polars as pl
import pytest

from outreach.standards.characters import ASSIGNED, legible, on_one_line, visible
from outreach.standards.names import name_key


def made_legible(*texts: str | None) -> list[str | None]:
    return legible(pl.Series(texts, dtype=pl.String)).to_list()


def gbk_codes() -> list[bytes]:
    return [bytes([0xFE, trail]) for trail in (*range(0x50, 0x7F), *range(0x80, 0xA1))]


def test_every_private_character_of_gbk_is_the_one_assigned_since() -> None:
    # The codec knows 66 of the 80 by their present codes; the other 14 it leaves in the private use area.
    present = [code.decode("gb18030") for code in gbk_codes()]
    private = [chr(0xE815 + place) for place in range(80)]
    read = made_legible(*private)
    assert [a for a, b in zip(read, present, strict=True) if a != b] == list("𠂇𠂉𠃌龴龵龶龷𡗗龸𢦏龹龺𤇾龻")
    assert read == made_legible(*present)
    assert len(set(read)) == 80


def test_the_meaning_of_private_codes_is_assigned() -> None:
    for private, character in ASSIGNED.items():
        assert unicodedata.category(private) == "Co"
        assert unicodedata.category(character) not in ("Co", "Cn", "Cs"), hex(ord(private))


def test_other_private_codes_are_unreadable() -> None:
    assert made_legible("朱\ue001", "\ue001\uf8ff", "朱\U000f0000", "朱\U0010fffd", "朱\ufffd") == [
        "朱?", "??", "朱?", "朱?", "朱?"
    ]  # fmt: skip


def test_what_is_invisible_is_nothing() -> None:
    marks = "\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2060\u2066\u2069\ufeff\u00ad\ufe0f\u034f\u180e\u3164"
    marks += "\U000e0101\x00\x1a\x7f\x85\u2028"
    texts = [f"王{mark}秀{mark}英" for mark in marks]
    assert set(made_legible(*texts)) == {"王秀英"}
    assert {visible(text) for text in texts} == {"王秀英"}
    assert made_legible(None, "", marks) == [None, "", ""]


def test_what_can_be_seen_stays() -> None:
    text = "买买提·艾力（已故）𠮷 é ？□* 〇、\u3000-_#\t\n"
    assert made_legible(text, "Ａ１") == [text, "Ａ１"]


def test_a_broken_line_is_one() -> None:
    lines = pl.Series(["胜利路\r\n1号", "Block A\n Room 2", "1\t2", "王\n秀英", "a\n\n\nb", None])
    assert on_one_line(lines).to_list() == ["胜利路1号", "Block A Room 2", "1 2", "王秀英", "a b", None]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("朱\ue863", "朱䶮", True),
        ("朱\ue81e", "朱龴", True),
        ("朱\ue863", "朱", False),
        ("朱\ue001", "朱", False),
        ("朱\ue001", "朱?", True),
        ("朱\u200b秀\u00ad英", "朱秀英", True),
        ("\ue81e\ue863", "龴䶮", True),
    ],
)
def test_names_are_keyed_by_what_is_legible(one: str, other: str, alike: bool) -> None:
    left, right = name_key(pl.Series([one, other])).to_list()
    assert (left == right) is alike
