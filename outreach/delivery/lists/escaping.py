"""What may be in a cell of a list: text that no program reads as anything else.

Names and addresses come from outside, so they are hostile until shown harmless: control characters,
texts that a spreadsheet would run as a formula, characters that XML does not allow.
Columns are looked through before they are rewritten: nearly all are clean, and looking is cheap.
"""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

# What XML 1.0 or a CSV line cannot hold, or a reader takes for a line's end; the line feed is apart.
_CONTROL = r"[\x00-\x09\x0B-\x1F\x7F-\x9F\u2028\u2029\uFFFE\uFFFF]"
# The full-width forms are read as formulas by spreadsheets set to Chinese or Japanese.
_FORMULA = r"^[=+\-@＝＋－＠]"
# Spreadsheets read _x0041_ inside a cell as the character it names.
_ESCAPE_LIKE = r"_(x[0-9A-Fa-f]{4}_)"
_NEEDS_ESCAPE = rf"[&<>]|{_ESCAPE_LIKE}"
_EDGE = r"^\s|\s$"


def _where(rows: pl.DataFrame, names: Iterable[str], pattern: str) -> list[str]:
    """The columns in which some value has the pattern."""
    names = list(names)
    if not names or rows.is_empty():
        return []
    found = rows.select(pl.col(name).str.contains(pattern).any() for name in names)
    return [name for name, hit in zip(names, found.row(0), strict=True) if hit]


def plain_rows(rows: pl.DataFrame, names: Iterable[str], lines: Iterable[str] = ()) -> pl.DataFrame:
    """These text columns as visible text without control characters, trimmed, missing as empty.

    Line feeds become spaces too, except in the columns ``lines``.
    """
    names = list(names)
    lines = set(lines)
    wild = set(_where(rows, names, f"{_CONTROL}|\n|{_EDGE}"))
    return rows.with_columns(
        _plain(name, keep_breaks=name in lines) if name in wild else pl.col(name).fill_null("")
        for name in names
    )


def _plain(name: str, keep_breaks: bool) -> pl.Expr:
    text = pl.col(name).str.replace_all(_CONTROL, " ")
    if not keep_breaks:
        text = text.str.replace_all("\n", " ", literal=True)
    return text.str.strip_chars().fill_null("")


def is_formula_like(name: str) -> pl.Expr:
    """Whether a spreadsheet could take the text for a formula when it is typed or read from CSV."""
    return pl.col(name).str.contains(_FORMULA)


def with_formula_like(rows: pl.DataFrame, names: Iterable[str]) -> list[str]:
    """The columns in which some text could be taken for a formula."""
    return _where(rows, names, _FORMULA)


def csv_rows(rows: pl.DataFrame, names: Iterable[str]) -> pl.DataFrame:
    """Plain text made safe for CSV: an apostrophe before what could be run; nothing is lost."""
    return rows.with_columns(
        pl.when(is_formula_like(name)).then("'" + pl.col(name)).otherwise(pl.col(name)).alias(name)
        for name in with_formula_like(rows, names)
    )


def needing_escape(rows: pl.DataFrame, names: Iterable[str]) -> list[str]:
    """The columns that `xml_text` would change."""
    return _where(rows, names, _NEEDS_ESCAPE)


def xml_text(name: str) -> pl.Expr:
    """Plain text as the content of an XML element of a workbook."""
    return (
        pl.col(name)
        .str.replace_all(_ESCAPE_LIKE, "_x005F_${1}")
        .str.replace_many(["&", "<", ">"], ["&amp;", "&lt;", "&gt;"])
        .name.keep()
    )
