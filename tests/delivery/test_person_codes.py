"""The QR codes on lists: whose page each leads to, where it is, and that nothing else depends on them."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from pathlib import Path

import numpy as np
import pytest
import segno

from delivery.written_lists import read_csv, table_of, write
from outreach.delivery.lists.qr_codes import PIXELS_A_MODULE, QUIET_MODULES, qr_pictures
from outreach.engine import Warehouse
from outreach.settings import Settings

PORTAL = "https://portal.example.cn/"
PAGE = "https://portal.example.cn/person/"
IDS = ["pfgerksanfakewa2e2kx5", "pkfwzcsfua5d7xtlv53q6", "P1", "P2", "p" * 60, "p0", "é"]


@pytest.fixture
def coded(night: Warehouse, home: Path) -> Path:
    """The lists of the night of a deployment that has a portal."""
    night.settings = Settings(portal_url=PORTAL)
    return write(night, home)


def modules_of(png: bytes) -> list[list[bool]]:
    """The dark modules of a code that a picture shows; the picture is white around it."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", png[16:24])
    assert width == height
    (size,) = struct.unpack(">I", png[33:37])
    lines = np.frombuffer(zlib.decompress(png[41 : 41 + size]), dtype=np.uint8).reshape(height, -1)
    pixels: list[list[bool]] = []
    for kind, *packed in lines.tolist():
        above = pixels[-1] if pixels else [False] * width
        bits = np.unpackbits(np.array(packed, dtype=np.uint8))[:width] == 0
        pixels.append(bits.tolist() if kind == 0 else above)
        assert kind == 0 or not any(packed)
    edge = QUIET_MODULES * PIXELS_A_MODULE
    assert not any(any(line) for line in [*pixels[:edge], *pixels[-edge:]])
    inner = [line[edge:-edge] for line in pixels[edge:-edge]]
    small = [line[::PIXELS_A_MODULE] for line in inner[::PIXELS_A_MODULE]]
    assert inner == np.repeat(np.repeat(small, PIXELS_A_MODULE, 0), PIXELS_A_MODULE, 1).tolist()
    return small


def codes_of(path: Path) -> dict[int, bytes]:
    """The picture at each row of a workbook (from 0)."""
    with zipfile.ZipFile(path) as book:
        assert book.testzip() is None
        drawing = book.read("xl/drawings/drawing1.xml").decode()
        links = book.read("xl/drawings/_rels/drawing1.xml.rels").decode()
        images = {
            link: book.read(f"xl/media/{name}")
            for link, name in re.findall(r'Id="(\w+)" Type="\S+" Target="../media/(\S+?)"', links)
        }
        declared = book.read("[Content_Types].xml").decode()
        assert 'Extension="png"' in declared
        assert '<drawing r:id="rId1"/>' in book.read("xl/worksheets/sheet1.xml").decode()
    places = re.findall(r'<xdr:row>(\d+)</xdr:row>.*?<xdr:row>(\d+)</xdr:row>.*?embed="(\w+)"', drawing)
    assert all(first == last for first, last, _ in places)  # a code is in one row: no page tears it
    found = {int(row): images[link] for row, _, link in places}
    assert len(found) == len(places)
    return found


def test_a_code_is_the_one_that_segno_makes_of_the_address() -> None:
    pictures = qr_pictures(PAGE, [*IDS, IDS[0]])
    assert set(pictures) == set(IDS)
    for person_id in IDS:
        code = segno.make(
            (PAGE + person_id).encode(), error="m", mode="byte", mask=2, boost_error=False, micro=False
        )
        assert modules_of(pictures[person_id]) == [[module == 1 for module in row] for row in code.matrix]


@pytest.mark.parametrize("kind", ["*/visit.due.xlsx", "*/*.add.xlsx", "*/by_household/*.xlsx"])
def test_each_person_on_a_list_has_the_code_of_the_own_page_at_the_first_line(coded: Path, kind: str) -> None:
    paths = sorted(coded.glob(kind))
    assert paths
    for path in paths:
        lines = table_of(path)
        assert {line["网页"] for line in lines} == {""}
        at = {}
        with zipfile.ZipFile(path) as book:
            rows = re.findall(r"<row .*?</row>", book.read("xl/worksheets/sheet1.xml").decode(), re.DOTALL)
        before = None
        for number, row in enumerate(rows):
            found = re.search(r"<t>(P\d+)</t>", row)
            if found and found[1] != before:
                at[number] = found[1]
            before = found[1] if found else None
        codes = codes_of(path)
        expected = qr_pictures(PAGE, list(at.values()))
        assert codes == {row: expected[person_id] for row, person_id in at.items()}


def test_the_csv_has_the_address_and_nothing_else_that_is_personal_is_in_it(coded: Path) -> None:
    for path in coded.glob("*/*.*.csv"):
        header, *rows = read_csv(path)
        assert header[-1] == "网页"
        assert all(row[-1] == PAGE + row[header.index("人员编号")] for row in rows)


def test_without_a_portal_a_list_has_no_such_column_and_no_picture(night: Warehouse, home: Path) -> None:
    folder = write(night, home)
    for path in folder.glob("*/**/*.xlsx"):
        assert "网页" not in table_of(path)[0]
        with zipfile.ZipFile(path) as book:
            assert not [name for name in book.namelist() if "drawing" in name or "media" in name]
    for path in folder.glob("*/*.*.csv"):
        assert "网页" not in read_csv(path)[0]


def test_a_workbook_that_nobody_prints_has_no_codes(
    night: Warehouse, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("outreach.delivery.lists.person_codes.MOST_CODES", 0)
    night.settings = Settings(portal_url=PORTAL)
    folder = write(night, home)
    for path in folder.glob("*/**/*.xlsx"):
        assert "网页" not in table_of(path)[0]
