"""A published release, read with the queries of ``sql/explain``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any

import duckdb

from contracts.extracts import EXTRACT_BY_NAME
from outreach.engine import query_text
from outreach.errors import OutreachError

Row = Mapping[str, Any]


class ExplainError(OutreachError):
    """The question cannot be answered; the message (Chinese, no personal data) names the reason and what to
    do."""


class UnknownProgrammeError(ExplainError):
    """The release and its policy have no such programme."""


@dataclass(frozen=True)
class SourceRow:
    """The place of a source row: ``row_number`` in the extract, ``file_row`` in the delivered file.

    Both count data rows from 1. ``file`` is None where the release does not have it.
    """

    extract: str
    title: str
    row_number: int
    role: str
    file: str | None
    file_row: int | None


class Release:
    """A release's ``mart.duckdb``, open for reading; a context manager."""

    def __init__(self, snapshot: Path) -> None:
        self.snapshot = snapshot
        self._con = duckdb.connect(str(snapshot), read_only=True)

    def __enter__(self) -> Release:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._con.close()

    def rows(self, query: str, **parameters: str) -> list[Row]:
        """The rows of ``sql/explain/<query>.sql``, each by column name.

        Raises:
            ExplainError: the release was made before the tables that explain it.
        """
        try:
            result = self._con.execute(query_text("explain", query), parameters)
            names = [column[0] for column in result.description or ()]
            return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
        except (duckdb.CatalogException, duckdb.BinderException) as error:
            raise ExplainError(
                "这一版结果由较早的程序生成，没有保存说明所需的表。请用现在的程序重跑这一天，再来查询。"
            ) from error

    @cached_property
    def run(self) -> Row:
        """What made the release."""
        return self.rows("run")[0]

    @cached_property
    def _deliveries(self) -> list[Row]:
        return self.rows("delivery")

    @cached_property
    def status(self) -> Mapping[str, str]:
        """What became of each extract, as in ``mart.delivery``."""
        return {row["extract"]: row["status"] for row in self._deliveries}

    def delivered(self, extract: str) -> bool:
        """Whether the extract was available that night."""
        return self.status.get(extract, "absent").startswith("accepted")

    def place(self, extract: str, row_number: int, role: str = "") -> SourceRow:
        """The place of a row, by the row counts of the parts before it."""
        file, file_row = None, None
        for part in self._deliveries:
            if part["extract"] == extract and part["file"] and part["rows_before"] < row_number:
                file, file_row = part["file"], int(row_number - part["rows_before"])
        return SourceRow(extract, EXTRACT_BY_NAME[extract].title, row_number, role, file, file_row)
