"""Small tables for an operator's eye. They hold counts and codes, never a row of personal data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import dagster as dg
import duckdb

from outreach.engine import ModelResult, Timing


def markdown(headers: Sequence[str], rows: Sequence[Sequence[object]]) -> dg.MarkdownMetadataValue:
    """A markdown table; figures are grouped by thousands."""

    def cell(value: object) -> str:
        if value is None:
            return ""
        if isinstance(value, bool):
            return "yes" if value else "no"
        return f"{value:,}" if isinstance(value, int) else str(value).replace("|", "\\|")

    lines = ["| " + " | ".join(headers) + " |", "|" + " --- |" * len(headers)]
    lines += ["| " + " | ".join(cell(value) for value in row) + " |" for row in rows]
    return dg.MetadataValue.md("\n".join(lines) if rows else "none")


def rows(con: duckdb.DuckDBPyConnection, sql: str, *parameters: object) -> list[tuple[object, ...]]:
    """The rows of an aggregate query (counts by code); never call it for rows about a person."""
    return [tuple(row) for row in con.execute(sql, parameters).fetchall()]


def models_timed(timings: Sequence[Timing]) -> dict[str, Any]:
    """Metadata of a step: rows and seconds of each model that it made, the slowest first."""
    models = sorted((t for t in timings if t.kind == "model"), key=lambda t: -t.seconds)
    return {
        "models": markdown(
            ["model", "rows", "seconds"],
            [(f"{t.step}.{t.model}", t.rows, f"{t.seconds:.2f}") for t in models],
        )
    }


def tables_built(results: Sequence[ModelResult], counted: str) -> dict[str, Any]:
    """Metadata of a step of SQL models: the rows of its ``counted`` table, each table's rows and seconds."""
    return {
        "dagster/row_count": next(r.rows for r in results if r.table == counted),
        "tables": markdown(
            ["table", "rows", "seconds"], [(r.table, r.rows, f"{r.seconds:.2f}") for r in results]
        ),
        "seconds": round(sum(r.seconds for r in results), 2),
    }
