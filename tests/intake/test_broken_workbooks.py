"""Workbooks made to break the reader: refused with their reason; what only looks dangerous is read."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import raw_workbook as raw
from landing_zone import GOOD, HEAD, ROW, VALID, Landing

from contracts.extracts import EXTRACT_BY_NAME
from outreach.intake.reader import ReaderError
from outreach.intake.xlsx_reader import XlsxReader
from outreach.settings import IntakeSettings, Settings

ENTITIES = "".join(f'<!ENTITY e{n} "{(f"&e{n - 1};" if n else "哈") * 10}">' for n in range(10))
ONE_STRING = '<c r="A2" t="s"><v>{}</v></c>'


def far_away(place: str) -> str:
    return f'<row r="{place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}">{raw.text("x", place)}</row>'


BROKEN: dict[str, dict[str, Any]] = {
    "four billion shared strings": {"parts": {raw.STRINGS: raw.strings("<si/>", 4294967295)}},
    "a cell in the last corner": {"rows": HEAD + GOOD + far_away("XFD1048576")},
    "a row beyond the last": {"rows": HEAD + GOOD + far_away("A4294967295")},
    "a column beyond the last": {"rows": HEAD + GOOD + far_away("ZZZZ3")},
    "row nought": {"rows": HEAD + GOOD + far_away("A0")},
    "entities of entities": {
        "parts": {raw.SHEET: raw.sheet(HEAD + raw.row(2, ["&e9;"]), declaration=f"<!DOCTYPE x [{ENTITIES}]>")}
    },
    "an entity from outside": {
        "parts": {
            raw.SHEET: raw.sheet(
                HEAD + raw.row(2, ["&e;"]),
                declaration='<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
            )
        }
    },
    "an index beyond the shared strings": {
        "rows": HEAD + f'<row r="2">{ONE_STRING.format(99)}</row>',
        "parts": {raw.STRINGS: raw.strings("<si><t>a</t></si>")},
    },
    "shared strings that are not there": {"rows": HEAD + f'<row r="2">{ONE_STRING.format(0)}</row>'},
    "a sheet that is not there": {"rows": HEAD, "without": (raw.SHEET,)},
    "no relations": {"rows": HEAD, "without": (raw.BOOK_RELATIONS,)},
    "a relation outwards": {
        "parts": {
            raw.BOOK_RELATIONS: raw.relations(
                ("rId1", "worksheet", "http://127.0.0.1/x.xml"), more='TargetMode="External"'
            )
        }
    },
    "a relation out of the archive": {
        "parts": {raw.BOOK_RELATIONS: raw.relations(("rId1", "worksheet", "../../../../etc/passwd"))}
    },
    "a relation to the workbook itself": {
        "parts": {raw.BOOK_RELATIONS: raw.relations(("rId1", "worksheet", "workbook.xml"))}
    },
    "a cell of a million characters": {"rows": HEAD + raw.row(2, ["王" * 1_100_000])},
    "elements without end": {"parts": {raw.STRINGS: f"<sst {raw.SPACES}>" + "<si>" * 300_000}},
    "one long string a million times": {
        "rows": HEAD + "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(2, 2000)),
        "parts": {raw.STRINGS: raw.strings(f"<si><t>{'a' * 1_000_000}</t></si>")},
    },
    "a sheet that ends within a row": {
        "parts": {raw.SHEET: raw.sheet(HEAD + GOOD).partition('<c r="C2"')[0]}
    },
    "a sheet that ends after a row": {
        "parts": {raw.SHEET: raw.sheet(HEAD + GOOD).partition("</sheetData>")[0]}
    },
    "no XML at all": {"parts": {raw.SHEET: b"\xff\xfe\x00" * 1000}},
    "a spreadsheet of another kind": {
        "parts": {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"},
        "without": (raw.BOOK,),
    },
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_workbook_made_to_break_the_reader_is_refused_with_its_reason(
    landing: Landing, path: Path, kind: str
) -> None:
    landing.warehouse.settings = Settings(intake=IntakeSettings(reading_memory_gib=0.5))
    raw.write_parts(path, **BROKEN[kind])
    for _ in range(2):
        delivery = landing.take()
        assert delivery.status == "refused"
        assert delivery.message.startswith("拒收：")
        assert len(delivery.message) > 12
        assert landing.rows() == []


@pytest.mark.parametrize(
    "kind",
    [
        {"rows": HEAD + GOOD + "".join(f'<row r="{n}"/>' for n in range(3, 200_000))},
        {"parts": {raw.SHEET: raw.sheet(HEAD + GOOD, before='<dimension ref="A1:XFD1048576"/>')}},
        {"rows": HEAD + GOOD + "".join(raw.row(n, ["\u3000 "]) for n in range(3, 20_000))},
        {"parts": {raw.BOOK_RELATIONS: raw.relations(("rId1", "worksheet", "/xl/worksheets/sheet1.xml"))},
         "rows": HEAD + GOOD},
        {"parts": {raw.STRINGS: raw.strings("<si><t>a</t></si>", 100_000_000)}, "rows": HEAD + GOOD},
        {"parts": {"xl/externalLinks/externalLink1.xml": "<x/>"}, "rows": HEAD + GOOD},
    ],
)  # fmt: skip
def test_what_only_looks_dangerous_is_read(landing: Landing, path: Path, kind: dict[str, Any]) -> None:
    raw.write_parts(path, **kind)
    assert landing.take().rows_accepted == 1


def nested(path: Path) -> None:
    raw.write_parts(path, HEAD + GOOD, {"xl/media/inner.zip": b"PK\x03\x04" + bytes(3 << 20)})


def declared(path: Path) -> None:
    spaces = raw.sheet(HEAD + " " * (3 << 20) + GOOD)
    raw.write_parts(path, parts={raw.SHEET: spaces})


def understated(path: Path) -> None:
    declared(path)
    raw.understate(path, raw.SHEET)


@pytest.mark.parametrize("bomb", [nested, declared, understated])
def test_what_is_too_large_unpacked_is_refused(
    landing: Landing, path: Path, bomb: Callable[[Path], None]
) -> None:
    bomb(path)
    landing.warehouse.settings = Settings(intake=IntakeSettings(unpacked_gib=2**-9))
    delivery = landing.take()
    assert delivery.status == "refused"
    assert "解压后超过" in delivery.message


def test_a_part_that_does_not_match_its_checksum_is_refused(landing: Landing, path: Path) -> None:
    raw.write_parts(path, HEAD + GOOD)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    path.write_bytes(path.read_bytes().replace(VALID.encode(), b"11010519491231003X"))
    delivery = landing.take()
    assert delivery.status == "refused"
    assert "损坏" in delivery.message


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9, 0.99])
def test_a_container_cut_short_is_refused(landing: Landing, path: Path, share: float) -> None:
    raw.write_parts(path, HEAD + "".join(raw.row(n, list(ROW.values())) for n in range(2, 400)))
    table = pl.DataFrame({header: [value] * 400 for header, value in ROW.items()})
    whole = {"xlsx": path.read_bytes()}
    table.write_parquet(path)
    whole["parquet"] = path.read_bytes()
    path.unlink()
    for form, data in whole.items():
        file = landing.put(f"household_register.{form}", data[: int(len(data) * share)])
        assert landing.take().status == "refused"
        file.unlink()


def test_an_archive_with_encrypted_parts_is_refused(landing: Landing, path: Path) -> None:
    raw.write_parts(path, HEAD + GOOD)
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(mark)
        while place >= 0:
            data[place + offset] |= 1
            place = data.find(mark, place + 4)
    path.write_bytes(data)
    delivery = landing.take()
    assert delivery.status == "refused"
    assert "密码" in delivery.message


def test_the_message_about_a_broken_file_has_nothing_of_its_content(path: Path) -> None:
    raw.write_parts(path, HEAD + '<row r="2"><c r="A2" t="王秀英"><v>11010519491231002X</v></c></row>')
    with pytest.raises(ReaderError) as error:
        XlsxReader(path, EXTRACT_BY_NAME["household_register"], IntakeSettings())
    assert "王秀英" not in str(error.value)
    assert "1101" not in str(error.value)
