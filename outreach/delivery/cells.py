"""What may stand in a cell of a list: text that no program reads as anything else.

Names and addresses come from outside, so they are hostile until shown harmless: control characters,
texts that a spreadsheet would run as a formula, characters that XML does not allow.
"""

from __future__ import annotations

import polars as pl

# XML 1.0 allows of the control characters only tab, line feed and carriage return.
_CONTROL = r"[\x00-\x08\x0B-\x1F\x7F-\x9F\u2028\u2029\uFFFE\uFFFF\t]"
# The full-width forms are read as formulas by spreadsheets set to Chinese or Japanese.
_FORMULA = r"^[=+\-@＝＋－＠]"
# Spreadsheets read _x0041_ inside a cell as the character it names.
_ESCAPE_LIKE = r"_(x[0-9A-Fa-f]{4}_)"


def plain_text(column: str, keep_breaks: bool = False) -> pl.Expr:
    """The column as one line of visible text, missing as empty; ``keep_breaks`` spares line feeds."""
    text = pl.col(column).str.replace_all(_CONTROL, " ")
    if not keep_breaks:
        text = text.str.replace_all("\n", " ", literal=True)
    return text.str.strip_chars().fill_null("")


def is_formula_like(column: str) -> pl.Expr:
    """Whether a spreadsheet could take the text for a formula when it is typed or read from CSV."""
    return pl.col(column).str.contains(_FORMULA)


def csv_text(column: str) -> pl.Expr:
    """Cleaned text made safe for a CSV cell: an apostrophe before what could be run; nothing is lost."""
    return pl.when(is_formula_like(column)).then("'" + pl.col(column)).otherwise(pl.col(column))


def xml_text(column: str) -> pl.Expr:
    """Cleaned text as the content of an XML element of a workbook."""
    return (
        pl.col(column)
        .str.replace_all(_ESCAPE_LIKE, "_x005F_${1}")
        .str.replace_many(["&", "<", ">"], ["&amp;", "&lt;", "&gt;"])
        .name.keep()
    )
