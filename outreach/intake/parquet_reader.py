"""Parquet: columns of any type made text, a batch at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl
import pyarrow as pa

from contracts.extracts import Extract
from outreach.intake.child import EXACT_BELOW
from outreach.intake.decoding import WRONG, decode
from outreach.intake.fence import Fenced
from outreach.intake.header import plain
from outreach.intake.reader import Chunk, ReaderError, as_text, no_bad_rows
from outreach.settings import IntakeSettings

_NO_TEXT = "列“{}”的数据类型无法读取，请以文本列导出"
_DAMAGE = (pa.ArrowException, OSError, ValueError, pl.exceptions.PolarsError)


class ParquetReader:
    """A parquet file, read in a child process.

    Raises:
        ReaderError: corrupt, encrypted, beyond the limits of time and memory, or a column of the extract has
            a type that cannot be text.
    """

    encoding = "Parquet"
    delimiter = None
    sheet = None
    notes: tuple[str, ...] = ()

    def __init__(self, path: Path, extract: Extract, limits: IntakeSettings) -> None:
        self._path = path
        self._limits = limits
        self._child: Fenced | None = None
        self.title: list[str] = []
        try:
            seen = self._start().header()
        except BaseException:
            self.close()
            raise
        self.header: list[str] = seen["names"]
        self._nested = frozenset(seen["nested"])

    def chunks(self, width: int, wanted: Sequence[int]) -> Iterator[Chunk]:
        for place in wanted:
            if place in self._nested:
                raise ReaderError(_NO_TEXT.format(self.header[place]))
        child = self._child
        if child is None:
            child = self._start()
            child.header()
        done = 0
        try:
            for content in child.rows({"wanted": list(wanted)}):
                with pa.ipc.open_stream(content) as stream:
                    for batch in stream:
                        yield self._chunk(batch, wanted, done)
                        done += batch.num_rows
        except _DAMAGE as error:
            raise ReaderError("Parquet 文件已损坏，无法读取，请重新导出") from error
        self.close()

    def close(self) -> None:
        """End the process that reads the file, if one is at work; ``chunks`` starts another."""
        child, self._child = self._child, None
        if child is not None:
            child.close()

    def _start(self) -> Fenced:
        self._child = Fenced(self._path, "parquet", self._limits)
        return self._child

    def _chunk(self, batch: pa.RecordBatch, wanted: Sequence[int], done: int) -> Chunk:
        number = pl.int_range(done + 1, done + 1 + batch.num_rows, dtype=pl.Int64, eager=True)
        columns = [number.alias("row_number"), number.alias("line")]
        wrong = pl.repeat(False, batch.num_rows, eager=True)
        for index, place in enumerate(wanted):
            text, undecodable = _text(batch.column(index), self.header[place])
            columns.append(text.alias(str(place)))
            wrong = wrong | undecodable
        frame = pl.DataFrame(columns)
        bad = frame.filter(wrong).select(
            "row_number", "line", rule=pl.lit("wrong_byte"), text=as_text(frame.columns[2:])
        )
        return Chunk(frame.filter(~wrong), pl.concat([no_bad_rows(), bad]), batch.num_rows)


def _text(column: pa.Array, header: str) -> tuple[pl.Series, pl.Series]:
    """A column as text, and which values are bytes that no text has."""
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        try:
            column.validate(full=True)
        except pa.ArrowInvalid:
            column = column.view(pa.binary() if pa.types.is_string(column.type) else pa.large_binary())
    values = pl.Series("value", column) if len(column) else pl.Series("value", [], dtype=pl.String)
    value = pl.col("value")
    dtype = values.dtype
    if dtype == pl.Binary:
        return _decoded(values)
    if dtype.is_float():
        whole = (value == value.floor()) & (value.abs() < EXACT_BELOW)
        expression = (
            pl.when(value.is_nan())
            .then(None)
            .when(whole)
            .then(value.cast(pl.Int64, strict=False).cast(pl.String))
            .when(value.abs() >= EXACT_BELOW)
            .then(value.map_batches(_scientific, return_dtype=pl.String))
            .otherwise(value.cast(pl.String))
        )
    elif dtype == pl.Boolean:
        expression = pl.when(value).then(pl.lit("1")).when(~value).then(pl.lit("0"))
    elif isinstance(dtype, pl.Datetime):
        local = value.dt.convert_time_zone("Asia/Shanghai") if dtype.time_zone else value
        # A last day of all times in a zone west of here is a day of the year 10000 here.
        expression = local.dt.strftime("%Y-%m-%d %H:%M:%S").str.replace(r"^\+.*$", "9999-12-31")
    elif dtype == pl.Date:
        expression = value.dt.strftime("%Y-%m-%d")
    elif dtype.is_nested() or dtype in (pl.Object, pl.Duration, pl.Time):
        raise ReaderError(_NO_TEXT.format(plain(header)))
    else:
        expression = value.cast(pl.String)
    text = values.to_frame().select(expression.alias("text")).get_column("text")
    return text, pl.repeat(False, len(text), eager=True)


def _decoded(values: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Bytes as UTF-8 text, and which values are none."""
    try:
        text = values.cast(pl.String)
    except pl.exceptions.ComputeError:
        # Some value is no text; only such a damaged batch is decoded value by value.
        marked = [None if value is None else decode(value, "UTF-8") for value in values]
        text = pl.Series("text", marked, dtype=pl.String)
    wrong = text.str.contains(WRONG, literal=True).fill_null(False)
    return text, wrong


def _scientific(values: pl.Series) -> pl.Series:
    """Large numbers as a spreadsheet shows them: 15 significant digits and an exponent."""
    exponent = values.abs().log10().floor()
    mantissa = (values / 10.0**exponent).round(14)
    return mantissa.cast(pl.String) + "E+" + exponent.cast(pl.Int64, strict=False).cast(pl.String)
