"""Tables read and their columns made comparable, by kind. Whole columns at once; empty is NULL."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import polars as pl

from contracts.vocabulary import Sex
from outreach.errors import ArgumentError, Text
from outreach.linkage.settings import DID_YOU_MEAN, LinkSettings
from outreach.standards.addresses import address_key
from outreach.standards.names import name_key

NO_TABLE = Text(
    "{side}应为表（polars、pandas、pyarrow、DuckDB 的表，列的映射，或 CSV、Parquet 文件路径），不能是 {met}",
    "the {side} is a table (of polars, pandas, pyarrow or DuckDB, a mapping of columns, or a path of CSV or "
    "Parquet), not {met}",
)
NO_FILE = Text("{side}无法读取：{path}（{reason}）", "the {side} cannot be read: {path} ({reason})")
NO_COLUMN = Text(
    "{side}没有列 `{name}`{hint}；现有：{names}", "the {side} has no column `{name}`{hint}; it has {names}"
)
LEFT, RIGHT = Text("左表", "left table"), Text("右表", "right table")

_CHINESE = r"\p{Han}"
_SEXES = {
    spelling: sex.value
    for sex, code in ((Sex.MALE, "1"), (Sex.FEMALE, "2"))
    for spelling in (sex.value, sex.english.upper(), sex.chinese, f"{sex.chinese}性", code)
}
_SPELT_DATE = r"^\s*(\d{4})\D+(\d{1,2})\D+(\d{1,2})(?:\D|$)"


def read(table: Any, side: Text) -> pl.DataFrame:
    """A table of any of the usual kinds as a frame; columns of a CSV file are texts, as they are written.

    Raises:
        ArgumentError: it is no table, or the file cannot be read.
    """
    if isinstance(table, pl.LazyFrame):
        return table.collect()
    if isinstance(table, pl.DataFrame):
        return table
    if isinstance(table, str | Path):
        path = Path(table)
        try:
            if path.suffix.lower() in (".parquet", ".pq"):
                return pl.read_parquet(path)
            return pl.read_csv(path, infer_schema=False)
        except (OSError, pl.exceptions.PolarsError) as error:
            raise ArgumentError(NO_FILE(side=side(), path=path, reason=type(error).__name__)) from error
    try:
        if hasattr(table, "to_arrow_table"):
            return _frame(pl.from_arrow(table.to_arrow_table()))
        if hasattr(table, "__arrow_c_stream__"):
            return pl.DataFrame(table)
        if type(table).__module__.startswith("pandas"):
            return pl.from_pandas(table)
        if isinstance(table, Mapping | list):
            return pl.DataFrame(table)
    except (TypeError, ValueError, pl.exceptions.PolarsError) as error:
        raise ArgumentError(NO_TABLE(side=side(), met=type(table).__name__)) from error
    raise ArgumentError(NO_TABLE(side=side(), met=type(table).__name__))


def _frame(found: pl.DataFrame | pl.Series) -> pl.DataFrame:
    return found if isinstance(found, pl.DataFrame) else found.to_frame()


def prepare(table: pl.DataFrame, settings: LinkSettings, place: int) -> pl.DataFrame:
    """The columns that are compared, by their names left, as comparable texts.

    ``place``: 0 for the left table, 1 for the right.

    Raises:
        ArgumentError: the table has no such column; the nearest is suggested.
    """
    side = (LEFT, RIGHT)[place]
    named = {column[0]: (column[place], kind) for kind in set(settings.columns.values())
             for column in settings.of_kind(kind)}  # fmt: skip
    identified = (settings.left_id, settings.right_id)[place]
    for name in (*(name for name, _ in named.values()), *([identified] if identified else [])):
        if name not in table.columns:
            close = get_close_matches(str(name), table.columns, n=1)
            hint = DID_YOU_MEAN(name=close[0]) if close else ""
            raise ArgumentError(NO_COLUMN(side=side(), name=name, hint=hint, names=", ".join(table.columns)))
    return pl.DataFrame([_comparable(table[name], kind).alias(as_) for as_, (name, kind) in named.items()])


def _comparable(column: pl.Series, kind: str) -> pl.Series:
    if kind == "birth_date":
        return _date(column)
    text = column.cast(pl.String).str.normalize("NFKC").str.strip_chars().str.to_uppercase()
    text = text.str.replace_all(r"\s+", " ").replace("", None)
    if kind in ("given_name", "surname", "full_name"):
        return _chinese_by(text, name_key)
    if kind == "address":
        return _chinese_by(text, address_key)
    if kind == "sex":
        return text.replace(_SEXES)
    if kind == "phone":
        return text.str.replace_all(r"\D", "").str.replace(r"^0?0?86(1\d{10})$", "$1").replace("", None)
    if kind in ("identity_number", "postcode", "code"):
        return text.str.replace_all(r"[\s-]", "").replace("", None)
    return text


def _chinese_by(text: pl.Series, key: Any) -> pl.Series:
    """Texts with Chinese characters by the key of their kind; others as they are."""
    chinese = text.str.contains(_CHINESE).fill_null(value=False)
    if not chinese.any():
        return text
    return text.to_frame("t").select(pl.when(chinese).then(key(text)).otherwise(pl.col("t")))[:, 0]


def _date(column: pl.Series) -> pl.Series:
    if column.dtype.is_temporal():
        return column.dt.strftime("%Y%m%d")
    text = column.cast(pl.String).str.strip_chars()
    parts = text.str.extract_groups(_SPELT_DATE).struct
    spelt = parts.field("1") + parts.field("2").str.zfill(2) + parts.field("3").str.zfill(2)
    digits = text.to_frame("t").select(pl.when(pl.col("t").str.contains(r"^\d{8}$")).then(pl.col("t")))["t"]
    return digits.fill_null(spelt) if spelt.null_count() < len(spelt) else digits
