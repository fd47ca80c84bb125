"""What is promised of a column and of a table."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PublishedColumn:
    """A column: DuckDB type, meaning, whether a value is always there, its only values if they are few.

    ``chinese``: what it is called, as a comment in the published file; every column has it.
    """

    name: str
    sql_type: str
    meaning: str
    required: bool = False
    values: tuple[str, ...] = ()
    chinese: str = ""


@dataclass(frozen=True)
class PublishedTable:
    """A table: what one row is, its columns, the columns that identify its rows (none: rows may repeat).

    ``names_persons``: its ``person_id`` must be in ``mart.person``. ``single``: it has exactly one row.
    ``chinese``: the same of the table in Chinese, as a comment in the published file.
    """

    name: str
    row: str
    columns: tuple[PublishedColumn, ...]
    key: tuple[str, ...] = ()
    names_persons: bool = False
    single: bool = False
    chinese: str = ""

    @property
    def table(self) -> str:
        """The name with its schema."""
        return f"mart.{self.name}"
