"""Workbooks written part by part, so that any of their parts can be wrong."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
SPACES = f'xmlns="{MAIN}" xmlns:r="{RELATIONS}"'
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
BOOK = "xl/workbook.xml"
BOOK_RELATIONS = "xl/_rels/workbook.xml.rels"


def relations(*targets: tuple[str, str, str], more: str = "") -> str:
    """A part of relations: (id, type's last word, target)."""
    inner = "".join(
        f'<Relationship Id="{key}" Type="{RELATIONS}/{kind}" Target="{target}" {more}/>'
        for key, kind, target in targets
    )
    return f'<?xml version="1.0"?><Relationships xmlns="{PACKAGE}">{inner}</Relationships>'


def text(content: str, place: str) -> str:
    """A cell with text of its own."""
    return f'<c r="{place}" t="inlineStr"><is><t>{content}</t></is></c>'


def row(number: int, values: Sequence[str]) -> str:
    """A row of text cells from column A on (at most 26)."""
    cells = "".join(text(value, f"{chr(65 + i)}{number}") for i, value in enumerate(values) if value)
    return f'<row r="{number}">{cells}</row>'


def sheet(rows: str, before: str = "", after: str = "", declaration: str = '<?xml version="1.0"?>') -> str:
    """A worksheet part."""
    return f"{declaration}<worksheet {SPACES}>{before}<sheetData>{rows}</sheetData>{after}</worksheet>"


def book(sheets: str = '<sheet name="S" sheetId="1" r:id="rId1"/>', properties: str = "") -> str:
    """A workbook part."""
    return f'<?xml version="1.0"?><workbook {SPACES}>{properties}<sheets>{sheets}</sheets></workbook>'


def strings(items: str, unique: int = 1) -> str:
    """A part of shared strings that says how many there are."""
    return f'<?xml version="1.0"?><sst {SPACES} count="1" uniqueCount="{unique}">{items}</sst>'


def write_parts(
    path: Path,
    rows: str = "",
    parts: Mapping[str, str | bytes] | None = None,
    without: Collection[str] = (),
) -> Path:
    """A workbook of one sheet with these rows; ``parts`` replace or add some, ``without`` omits some."""
    whole: dict[str, str | bytes] = {
        "[Content_Types].xml": '<?xml version="1.0"?><Types '
        'xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": relations(("rId1", "officeDocument", "xl/workbook.xml")),
        BOOK: book(),
        BOOK_RELATIONS: relations(
            ("rId1", "worksheet", "worksheets/sheet1.xml"),
            ("rId2", "sharedStrings", "sharedStrings.xml"),
            ("rId3", "styles", "styles.xml"),
        ),
        SHEET: sheet(rows),
        **(parts or {}),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in whole.items():
            if name not in without:
                archive.writestr(name, content)
    return path


def understate(path: Path, name: str, size: int = 100) -> None:
    """Let an archive say that one of its parts is small when it is unpacked."""
    data = bytearray(path.read_bytes())
    encoded = name.encode()
    place = data.rfind(encoded)  # in the central directory, the last place where it occurs
    assert data[place - 46 : place - 42] == b"PK\x01\x02"
    data[place - 22 : place - 18] = struct.pack("<I", size)
    place = data.find(encoded)
    assert data[place - 30 : place - 26] == b"PK\x03\x04"
    data[place - 8 : place - 4] = struct.pack("<I", size)
    path.write_bytes(data)
