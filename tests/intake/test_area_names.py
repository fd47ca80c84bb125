"""The names of areas: what a hand-made file may look like, and the message about one that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from outreach.intake import AreaNamesError, area_names_file, read_area_names


def names(tmp_path: Path, content: bytes) -> dict[str, str]:
    path = tmp_path / "areas" / "yaohai.csv"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    return read_area_names(area_names_file([tmp_path / "elsewhere", tmp_path], "yaohai"))


def test_codes_of_any_length_name_district_town_and_community(tmp_path: Path) -> None:
    text = (
        "行政区划代码,名称\n340102,瑶海区\n340103000000,庐阳区\n340102001000,长淮街道\n340102002,胜利街道\n"
        "340102001001,香江社区\n"
    )
    assert names(tmp_path, text.encode()) == {
        "340102": "瑶海区",
        "340103": "庐阳区",
        "340102001": "长淮街道",
        "340102002": "胜利街道",
        "340102001001": "香江社区",
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_what_spreadsheets_save_is_read(tmp_path: Path, encoding: str) -> None:
    text = "备注\t名称\t行政区划代码\r\n\t 长淮街道 \t'340102001\r\n\r\n"
    assert names(tmp_path, text.encode(encoding)) == {"340102001": "长淮街道"}


def test_a_code_that_nobody_named_yet_has_no_name(tmp_path: Path) -> None:
    assert names(tmp_path, "行政区划代码,名称\n340102001,\n340102002\n".encode()) == {}


def test_without_a_file_nothing_has_a_name(tmp_path: Path) -> None:
    assert read_area_names(area_names_file([tmp_path], "yaohai")) == {}


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("代码,名称\n340102001,长淮街道\n", 1, "行政区划代码"),
        ("行政区划代码,地名\n340102001,长淮街道\n", 1, "名称"),
        ("行政区划代码,名称\n340102001,长淮街道\n34010200,胜利街道\n", 3, "行政区划代码"),
        ("行政区划代码,名称\n3.40102E+11,长淮街道\n", 2, "行政区划代码"),
        ("行政区划代码,名称\n340102001,长淮街道\n340102001000,胜利街道\n", 3, "名称"),
    ],
)
def test_a_fault_is_reported_with_file_line_and_column(
    tmp_path: Path, text: str, line: int, column: str
) -> None:
    with pytest.raises(AreaNamesError, match=f"areas/yaohai.csv 第 {line} 行“{column}”列"):
        names(tmp_path, text.encode())


def test_a_file_that_is_no_text_is_reported_by_its_line(tmp_path: Path) -> None:
    with pytest.raises(AreaNamesError, match=r"第 2 行.*编码"):
        names(tmp_path, "行政区划代码,名称\n".encode("gb18030") + b"340102001,\xff\xff\n")
