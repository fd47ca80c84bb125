"""``docs/published.md`` from the contract (``python -m contracts.generate``)."""

from __future__ import annotations

from contracts.published.tables import TABLES, PublishedColumn, PublishedTable

HEADER = """# Published tables

Schema `mart` of a release's `mart.duckdb`. This page is made from `contracts/published/tables/`, and every
release is checked against the same contract before it is published. More columns may be added; these keep
their names and meaning.

NULL means: not known, or not given. It never means no, 0 or nothing. A fact that rests on an extract that was
not delivered is NULL; one that a delivered extract does not give is false, `none` or an empty list.
"""


def _row(column: PublishedColumn) -> str:
    meaning = column.meaning
    if column.values:
        meaning += "; one of " + " ".join(f"`{value}`" if value else "(empty)" for value in column.values)
    required = "yes" if column.required else ""
    return f"| `{column.name}` | {column.chinese} | `{column.sql_type}` | {required} | {meaning} |"


def _section(table: PublishedTable) -> str:
    key = f" Key: {', '.join(f'`{name}`' for name in table.key)}." if table.key else ""
    lines = [
        f"## `{table.table}`",
        "",
        table.chinese,
        "",
        f"One row: {table.row}.{key}",
        "",
        "| column | 中文 | type | always there | meaning |",
        "|---|---|---|---|---|",
        *map(_row, table.columns),
    ]
    return "\n".join(lines)


def markdown() -> str:
    """The whole page."""
    return "\n".join([HEADER, "\n\n".join(map(_section, TABLES)), ""])
