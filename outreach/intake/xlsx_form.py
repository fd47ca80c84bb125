"""XLSX: the first sheet, cells that should be text but are numbers or dates made text again."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import polars as pl
from python_calamine import CalamineError, CalamineWorkbook

from contracts.extracts import Extract
from outreach.intake.form import INVISIBLE, Chunk, FormError, as_text, no_bad_rows
from outreach.intake.header import find_header
from outreach.intake.returned_list import below_title

CHUNK_ROWS = 50_000
HEADER_SEARCHED = 40
LARGEST_UNPACKED = 4 << 30
EXACT_BELOW = 1e15
"""A spreadsheet keeps 15 digits of a number; beyond, the last ones are lost."""


class XlsxForm:
    """The first sheet of a workbook.

    Raises:
        FormError: not a readable workbook (corrupt, password-protected, too large unpacked), or no header.
    """

    encoding = "XLSX"
    delimiter = None

    def __init__(self, path: Path, extract: Extract) -> None:
        self._path = path
        _check_archive(path)
        rows = self._rows()
        filled = (row for row in islice(rows, HEADER_SEARCHED * 5) if any(cell_text(v).strip() for v in row))
        top = [[cell_text(value) for value in row] for row in islice(filled, HEADER_SEARCHED)]
        self.title, top_rows = below_title(top, extract)
        found, cells = find_header(top_rows, extract)
        if found == 0:
            raise FormError("第一个工作表中没有可识别的表头")
        self.header = list(cells)

    def chunks(self, width: int, wanted: Sequence[int]) -> Iterator[Chunk]:
        rows = self._rows()
        above = len(self.title) + 1
        for row in rows:
            above -= any(cell_text(value).strip() for value in row)
            if not above:
                break
        done = 0
        while batch := list(islice(rows, CHUNK_ROWS)):
            columns = [
                pl.Series(str(place), [cell_text(value) for value in values], dtype=pl.String)
                for place, values in enumerate(zip(*batch, strict=True))
            ]
            frame = pl.DataFrame(columns).with_columns(pl.all().str.replace_all(INVISIBLE, ""))
            names = frame.columns
            frame = frame.filter(pl.any_horizontal(pl.all().str.strip_chars() != "")).with_columns(
                row_number=pl.int_range(done + 1, done + 1 + pl.len(), dtype=pl.Int64)
            )
            done += frame.height
            beyond = names[width:]
            ragged = pl.any_horizontal(pl.col(beyond).str.strip_chars() != "") if beyond else pl.lit(False)
            frame = frame.with_columns(ragged=ragged)
            bad = frame.filter("ragged").select("row_number", rule=pl.lit("ragged_row"), text=as_text(names))
            cells = frame.filter(~pl.col("ragged")).select(
                "row_number",
                *(
                    pl.col(str(place)) if str(place) in names else pl.lit(None, pl.String).alias(str(place))
                    for place in wanted
                ),
            )
            yield Chunk(cells, pl.concat([no_bad_rows(), bad]), frame.height)

    def _rows(self) -> Iterator[list[Any]]:
        try:
            with CalamineWorkbook.from_path(str(self._path)) as workbook:
                yield from workbook.get_sheet_by_index(0).iter_rows()
        except (CalamineError, OSError, ValueError, IndexError) as error:
            raise FormError("工作簿已损坏或受密码保护，无法读取，请重新导出") from error
        except BaseException as error:
            # The parser is compiled code; what it could not foresee arrives outside Exception.
            if type(error).__name__ != "PanicException":
                raise
            raise FormError("工作簿已损坏，无法读取，请重新导出") from error


def _check_archive(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            size = sum(item.file_size for item in archive.infolist())
    # In turn: cut or garbled; unreadable on the disk; a name that is no UTF-8; a kind zipfile does not know.
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise FormError("工作簿已损坏，无法读取，请重新导出") from error
    if "xl/workbook.xml" not in names:
        raise FormError("文件不是 XLSX 工作簿（其他格式的压缩文件）")
    if size > LARGEST_UNPACKED:
        raise FormError("工作簿解压后过大，请改用 CSV 或 parquet")


def cell_text(value: Any) -> str:
    """A cell as the text it stands for.

    Whole numbers lose their ``.0``; a number of 16 digits or more comes in scientific notation, for its last
    digits are not what was typed; dates are ISO; yes/no is 1/0.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, (int, float)):
        if abs(value) >= EXACT_BELOW:
            return f"{value:.14E}"
        return str(int(value)) if value == int(value) else repr(value)
    if isinstance(value, (dt.date, dt.datetime)):
        return value.isoformat()
    return "" if value is None else str(value)
