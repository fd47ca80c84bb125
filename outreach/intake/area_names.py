"""The names of districts, towns and communities: ``areas/<region>.csv``, which no extract delivers."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import duckdb

from outreach.errors import OutreachError
from outreach.standards.characters import visible

FOLDER = "areas"
CODE, NAME = "行政区划代码", "名称"
_CODE = re.compile(r"[1-9][0-9]{5}(?:[0-9]{3}){0,2}")
_FULL = 12
_ENCODINGS = ("utf-8-sig", "gb18030")


class AreaNamesError(OutreachError):
    """A file of area names cannot be used; the message names file, line and column, and what is meant."""


def area_names_file(folders: Iterable[Path], region: str) -> Path | None:
    """The file of a region's area names: ``areas/<region>.csv`` in the first of the folders that has one."""
    paths = (folder / FOLDER / f"{region}.csv" for folder in folders)
    return next((path for path in paths if path.is_file()), None)


def read_area_names(path: Path | None) -> dict[str, str]:
    """Names by code: of a district 6 digits, of a town 9, of a community 12; none where there is no file.

    A code of 12 digits that ends in 000000 is a district's, in 000 a town's. A code without a name is left
    out: then the code is shown. The file is CSV (comma or tab) in UTF-8 or GB18030, columns in any order.

    Raises:
        AreaNamesError: no text, a column is missing, a code that is none, or one code with two names.
    """
    if path is None:
        return {}
    found: dict[str, str] = {}
    lines: dict[str, int] = {}
    for line, code, name in _rows(path):
        if not _CODE.fullmatch(code):
            raise _wrong(path, line, CODE, f"“{code}”不是 6、9 或 12 位行政区划代码")
        short = _short(code)
        if not name:
            continue
        if found.setdefault(short, name) != name:
            raise _wrong(path, line, NAME, f"代码 {code} 与第 {lines[short]} 行的名称不同，请只保留一个")
        lines.setdefault(short, line)
    return found


def put_area_names(con: duckdb.DuckDBPyConnection, names: Mapping[str, str]) -> None:
    """Fill ``run.area_name`` with just these names."""
    con.execute("DELETE FROM run.area_name")
    con.execute(
        "INSERT INTO run.area_name SELECT unnest(CAST(? AS VARCHAR[])), unnest(CAST(? AS VARCHAR[]))",
        [list(names), list(names.values())],
    )


def _short(code: str) -> str:
    if len(code) == _FULL and code.endswith("000000"):
        return code[:6]
    return code[:9] if len(code) == _FULL and code.endswith("000") else code


def _wrong(path: Path, line: int, column: str, problem: str) -> AreaNamesError:
    return AreaNamesError(f"地名文件 {FOLDER}/{path.name} 第 {line} 行“{column}”列：{problem}。")


def _rows(path: Path) -> Iterator[tuple[int, str, str]]:
    """Line, code and name of every row that is not blank."""
    text = _text(path)
    first = text.partition("\n")[0]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter="\t" if "\t" in first else ",")
    places: list[int] | None = None
    try:
        for row in rows:
            cells = [visible(cell).strip().removeprefix("'").strip() for cell in row]
            if not any(cells):
                continue
            if places is None:
                missing = [header for header in (CODE, NAME) if header not in cells]
                if missing:
                    raise _wrong(path, rows.line_num, missing[0], f"表头缺少这一列，应有“{CODE}”“{NAME}”")
                places = [cells.index(CODE), cells.index(NAME)]
                continue
            code, name = (cells[place] if place < len(cells) else "" for place in places)
            yield rows.line_num, code, name
    except csv.Error as error:
        raise _wrong(path, rows.line_num, CODE, "这一行不是 CSV，请检查引号") from error


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise AreaNamesError(f"地名文件 {FOLDER}/{path.name} 无法读取：{reason}。") from error
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError as error:
            line = content[: error.start].count(b"\n") + 1
    raise _wrong(path, line, NAME, "编码不是 UTF-8，也不是 GB18030，请另存为 UTF-8")
