"""The header that comes again among the rows of a file made by joining several."""

from __future__ import annotations

import polars as pl

from contracts.extracts import Extract
from outreach.intake.header import Header
from outreach.intake.reader import Chunk, ReaderError
from outreach.standards.characters import INVISIBLE_CHARACTERS

_NOISE = rf"[\s{INVISIBLE_CHARACTERS}'\"“”*＊‡]*"


def without_repeated_header(chunk: Chunk, header: Header, extract: Extract, delimiter: str) -> Chunk:
    """The chunk without lines that are the header again; the rows after them are counted on without a gap.

    A row is the header again where most of its filled cells, and two at least, are names of columns.

    Raises:
        ReaderError: the columns come in another order there, so what follows cannot be read by the first
        header.
    """
    again = pl.concat(
        [_in_cells(chunk.cells, header, extract), _in_bad(chunk.bad, header, extract, delimiter)]
    )
    if again.is_empty():
        return chunk
    other = again.filter(~pl.col("in_order"))
    if other.height:
        line = other.select(pl.col("line").min()).item()
        raise ReaderError(f"第 {line} 行又是表头而列的次序不同，请统一列次序后合并，或分成多个文件送达")
    dropped = again.get_column("row_number").sort()

    def kept(frame: pl.DataFrame) -> pl.DataFrame:
        rest = frame.filter(~pl.col("row_number").is_in(dropped.implode()))
        before = dropped.search_sorted(rest.get_column("row_number"))
        return rest.with_columns(pl.col("row_number") - pl.Series(before, dtype=pl.Int64))

    return Chunk(kept(chunk.cells), kept(chunk.bad), chunk.rows - dropped.len())


def _name_pattern(extract: Extract) -> str:
    """Texts that are the name of a column, spaces and marks aside."""
    names = ("\\s*".join(name) for name in extract.by_header)
    return f"{_NOISE}(?:{'|'.join(names)}){_NOISE}"


def _plain(text: pl.Expr) -> pl.Expr:
    return text.str.replace_all(_NOISE, "")


def _in_cells(cells: pl.DataFrame, header: Header, extract: Extract) -> pl.DataFrame:
    """Rows that are the header again (row_number, line, in_order)."""
    places = [str(place) for place, column in header.positions.items() if column.required_value]
    is_name = [pl.col(place).str.contains(f"^{_name_pattern(extract)}$") for place in places]
    found = cells.filter(pl.any_horizontal(is_name).fill_null(False)) if is_name else cells.clear()
    cells_found = found.unpivot(
        index=["row_number", "line"], variable_name="place", value_name="name"
    ).with_columns(pl.col("place").cast(pl.Int64))
    return _judged(cells_found, header, extract)


def _in_bad(bad: pl.DataFrame, header: Header, extract: Extract, delimiter: str) -> pl.DataFrame:
    """Rows of more or fewer cells that are the header again, or another."""
    found = bad.filter((pl.col("rule") == "ragged_row") & pl.col("text").str.contains(_name_pattern(extract)))
    cells_found = (
        found.select("row_number", "line", name=pl.col("text").str.split(delimiter))
        .with_columns(place=pl.int_ranges(pl.col("name").list.len()))
        .explode("place", "name")
    )
    return _judged(cells_found, header, extract)


def _judged(cells_found: pl.DataFrame, header: Header, extract: Extract) -> pl.DataFrame:
    own = {place: column.header for place, column in header.positions.items()}
    name = pl.col("name")
    is_known = name.is_in(list(extract.by_header))
    own_name = pl.col("place").replace_strict(own, default=None, return_dtype=pl.String)
    return (
        cells_found.select("row_number", "line", "place", _plain(name))
        .filter(name != "")
        .group_by("row_number", "line")
        .agg(
            known=name.filter(is_known).n_unique(),
            filled=pl.len(),
            in_order=name.eq_missing(own_name).filter(is_known).all(),
        )
        .filter((pl.col("known") >= 2) & (pl.col("known") * 2 > pl.col("filled")))
        .select("row_number", "line", "in_order")
    )
