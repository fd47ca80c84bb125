"""The last gate: accepted rows against the pandera model of the extract."""

from __future__ import annotations

import pandera.polars as pa
import polars as pl

from contracts.extracts import Extract
from outreach.intake.reader import ReaderError
from outreach.intake.typed import PROBLEM_SCHEMA


def check_contract(rows: pl.DataFrame, extract: Extract) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Split rows by the contract: those that keep it, and one problem (row_number, rule, column_name) for
    each of the others.

    Raises:
        ReaderError: the contract fails in a way that no single row is to blame for.
    """
    nothing = pl.DataFrame(schema=PROBLEM_SCHEMA)
    try:
        extract.schema.validate(rows, lazy=True)
    except pa.errors.SchemaErrors as error:
        # The exception and its cases hold raw values: only index, column and check leave this function.
        cases = error.failure_cases.select("index", "column", "check")
    else:
        return rows, nothing
    if cases.get_column("index").null_count():
        checks = "、".join(sorted(cases.filter(pl.col("index").is_null()).get_column("check").unique()))
        raise ReaderError(f"整份数据不符合约定（{checks}）") from None
    headers = {column.name: column.header for column in extract.columns}
    cases = cases.unique("index", keep="first", maintain_order=True)
    bad = cases.select(
        row_number=rows.get_column("row_number").gather(cases.get_column("index")),
        rule=pl.lit("contract"),
        column_name=pl.col("column").replace(headers),
    )
    return rows.join(bad, on="row_number", how="anti"), bad
