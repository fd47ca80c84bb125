"""XLSX: the first visible sheet, read in a child process, cells that are numbers or dates made text again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from contracts.extracts import Extract
from outreach.intake.child import CELL_END, ROW_END
from outreach.intake.fence import Fenced
from outreach.intake.header import find_header
from outreach.intake.reader import INVISIBLE, Chunk, ReaderError, no_bad_rows
from outreach.intake.returned_list import below_title
from outreach.settings import IntakeSettings

LARGEST_FILE = 4 << 30


class XlsxReader:
    """The first visible sheet of a workbook.

    Raises:
        ReaderError: not a readable workbook (corrupt, password-protected, beyond the limits of time, memory
            and unpacked size), or no header.
    """

    encoding = "XLSX"
    delimiter = None

    def __init__(self, path: Path, extract: Extract, limits: IntakeSettings) -> None:
        self._path = path
        self._limits = limits
        self._child: Fenced | None = None
        try:
            child = self._start()
            seen = child.header()
            self.sheet: str | None = seen["sheet"]
            hidden = int(seen["hidden"])
            self.notes = (f"第一个可见工作表之前有 {hidden} 个隐藏的工作表，未采用",) if hidden else ()
            top = seen["top"]
            self.title, below = below_title([row for _, row in top], extract)
            found, cells = find_header(below, extract)
            if found == 0:
                where = "第一个可见的工作表" if hidden else "第一个工作表"
                raise ReaderError(
                    f"{where}中没有可识别的表头{f'（其前有 {hidden} 个隐藏的工作表）' if hidden else ''}"
                )
        except BaseException:
            self.close()
            raise
        self.header = list(cells)
        self._header_line = int(top[len(self.title)][0])

    def chunks(self, width: int, wanted: Sequence[int]) -> Iterator[Chunk]:
        child = self._child
        if child is None:
            child = self._start()
            child.header()
        names = [str(place) for place in wanted]
        done = 0
        request = {"header_row": self._header_line, "width": width, "wanted": list(wanted)}
        for content in child.rows(request):
            frame = pl.read_csv(
                content,
                has_header=False,
                separator=CELL_END,
                eol_char=ROW_END,
                quote_char=None,
                infer_schema=False,
                new_columns=["line", "beyond", *names],
            )
            visible = pl.col("beyond", *names).str.replace_all(INVISIBLE, "").str.strip_chars()
            frame = frame.filter(pl.any_horizontal(visible != "")).select(
                pl.int_range(done + 1, done + 1 + pl.len(), dtype=pl.Int64).alias("row_number"),
                pl.col("line").cast(pl.Int64),
                pl.col("beyond", *names),
            )
            done += frame.height
            is_ragged = pl.col("beyond").is_not_null()
            bad = frame.filter(is_ragged).select(
                "row_number", "line", rule=pl.lit("ragged_row"), text="beyond"
            )
            yield Chunk(
                frame.filter(~is_ragged).drop("beyond"), pl.concat([no_bad_rows(), bad]), frame.height
            )
        self.close()

    def close(self) -> None:
        """End the process that reads the file, if one is at work; ``chunks`` starts another."""
        child, self._child = self._child, None
        if child is not None:
            child.close()

    def _start(self) -> Fenced:
        if self._path.stat().st_size > LARGEST_FILE:
            raise ReaderError("工作簿过大（超过 4 GiB），请改用 CSV 或 parquet")
        self._child = Fenced(self._path, "xlsx", self._limits)
        return self._child
