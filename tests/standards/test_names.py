"""Name keys: spellings of one name meet, different names do not."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.standards.names import name_key, traditional_to_simplified


def key(name: str | None) -> str | None:
    result = name_key(pl.Series([name], dtype=pl.String)).item()
    assert result is None or isinstance(result, str)
    return result


@pytest.mark.parametrize(
    ("spelling", "expected"),
    [
        ("張偉", "张伟"),
        (" 张　伟 ", "张伟"),
        ("张伟（已故）", "张伟"),
        ("张伟(2)", "张伟"),
        ("张伟2", "张伟"),
        ("张伟②", "张伟"),
        ("张伟（低保）（已故", "张伟"),
        ("阿不都·热合曼", "阿不都热合曼"),
        ("阿不都•热合曼", "阿不都热合曼"),
        ("阿不都.热合曼", "阿不都热合曼"),
        ("阿不都・热合曼", "阿不都热合曼"),
        ("ｚhang wei", "ZHANGWEI"),
        ("王?", "王?"),
        ("张伟先生", "张伟"),
        ("王秀英老人（已故）", "王秀英"),
        ("王秀英老师", "王秀英"),
        ("王先生", "王先生"),
        ("王某某", "王**"),
        ("王某英", "王*英"),
        ("某女", "某女"),
        ("（2）", "(2)"),
        ("·", None),
        (None, None),
    ],
)
def test_key(spelling: str | None, expected: str | None) -> None:
    assert key(spelling) == expected


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=30))
def test_a_key_is_never_empty(name: str) -> None:
    first = key(name)
    assert first is None or first


@settings(max_examples=30, deadline=None)
@given(st.lists(st.none() | st.sampled_from(["张伟", "張偉", "李 娜", "·"]), max_size=20))
def test_order_and_length_are_kept(names: list[str | None]) -> None:
    assert name_key(pl.Series(names, dtype=pl.String)).to_list() == [key(n) for n in names]


def test_traditional_forms_are_those_that_registers_write() -> None:
    table = traditional_to_simplified()
    assert {old: table[old] for old in "劉陳張黃吳趙楊鄧蕭"} == dict(
        zip("劉陳張黃吳趙楊鄧蕭", "刘陈张黄吴赵杨邓萧", strict=True)
    )
    assert table["甯"] == "宁"
    assert not table.keys() & set("刘陈张黄吴赵杨邓萧宁")
    assert all(len(old) == len(new) == 1 for old, new in table.items())
