"""The way from a line on paper to the person's page: a QR code where the setting ``portal_url`` is set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

from outreach.delivery.lists.drawing import Pictures
from outreach.delivery.lists.list_files import Sheet
from outreach.delivery.lists.qr_codes import qr_pictures
from outreach.delivery.lists.workbook import HEAD_ROWS
from outreach.standards.person_page import person_page

PAGE = "page"
"""The column with the address of the person's page; lists have none where the setting is missing."""
MOST_CODES = 5_000
"""A workbook of more codes is slow in every spreadsheet, and nobody prints it: it has none."""
_MOST_KEPT = 100_000  # some 35 MB


@dataclass(frozen=True)
class PersonCodes:
    """The codes of a deployment. ``portal_url`` None: lists are as if there were no such column."""

    portal_url: str | None
    kept: dict[str, bytes] = field(default_factory=dict, repr=False)

    def with_pages(self, rows: pl.DataFrame, book: str, *near: str) -> pl.DataFrame:
        """The rows with the address of the person's page where the workbook shows a code, else empty.

        ``book`` names the column that is one workbook. With ``near``, neighbouring rows of one person that
        are alike in these columns have one code, on the first of them.
        """
        if self.portal_url is None:
            return rows
        by = [book, *near, "person_id"]
        first = pl.any_horizontal(pl.col(name).ne_missing(pl.col(name).shift()) for name in by)
        shown = (first.fill_null(value=True) if near else pl.lit(value=True)).alias("#shown")
        return (
            rows.with_columns(shown)
            .with_columns(
                pl.when(pl.col("#shown") & (pl.col("#shown").sum().over(book) <= MOST_CODES))
                .then(self._address())
                .otherwise(pl.lit(""))
                .alias(PAGE)
            )
            .drop("#shown")
        )

    def table_columns(self) -> list[pl.Expr]:
        """What a CSV has more: 网页, the address of each person's page."""
        return [] if self.portal_url is None else [self._address().alias("网页")]

    def pictures(self, rows: pl.DataFrame, sheet: Sheet, at: pl.Series | None = None) -> Pictures:
        """The codes of a sheet's ``rows``.

        ``at``: the place of each row in the body, where titles of parts are between.
        """
        if self.portal_url is None:
            return Pictures()
        place = pl.int_range(rows.height, eager=True) if at is None else at
        shown = rows.select("person_id", PAGE, at=place, height=sheet.xml.heights_between(0, rows.height))
        shown = shown.filter(pl.col(PAGE) != "")
        ids = shown.get_column("person_id").to_list()
        images = self._images(person_page(self.portal_url, ""), ids)
        return Pictures(
            (shown["at"] + HEAD_ROWS).to_list(), shown["height"].to_list(), [images[each] for each in ids]
        )

    def _images(self, beginning: str, ids: Sequence[str]) -> dict[str, bytes]:
        """The codes of persons; most people are on several lists, and two lists are made at a time."""
        found = {each: image for each in ids if (image := self.kept.get(each)) is not None}
        made = qr_pictures(beginning, [each for each in ids if each not in found])
        if len(self.kept) + len(made) > _MOST_KEPT:
            self.kept.clear()
        self.kept.update(made)
        return found | made

    def _address(self) -> pl.Expr:
        return pl.concat_str(pl.lit(person_page(self.portal_url or "", "")), pl.col("person_id"))
