"""Small counts kept from published statistics, and what they could be worked out from.

A count of 1 to 4 people can reveal a person. Leaving it out is not enough: a town's figure less its other
communities gives the missing one back, and so does one measure from the others of the same place. So cells
are left out in pairs at least:

- within a parent and its children (region, district, town, community) never exactly one cell is missing,
  and the missing children of a parent that is shown are at least five people together; who is in none of the
  children (without a town, say) is counted as one child more, which has no row to leave out;
- of eligible, receiving, to_add, to_stop, to_verify, to_recheck of one place never exactly one is missing
  while another is not 0: who is eligible is paid, or is on one of these lists (paused: to_recheck);
- an amount goes with the counts of those it is paid to, and is under the first rule too;
- a coverage goes when a count it could be turned into is missing or small.

Nobody (0) is published, by having no row: it reveals no one.
"""

from __future__ import annotations

import polars as pl

SMALL = 5
_PEOPLE = ("eligible", "receiving", "to_add", "to_adjust", "to_stop", "to_verify", "to_recheck", "due")
_LINKED = ("eligible", "receiving", "to_add", "to_stop", "to_verify", "to_recheck")
_ADDITIVE = (*_PEOPLE, "monthly_amount")
_CELL = ["area_code", "programme", "measure"]


def suppress(statistic: pl.DataFrame, region_code: str) -> pl.DataFrame:
    """``mart.statistic`` with small counts, and what would give them back, taken out.

    Columns in: area_code, programme, measure, value. Out: the same and ``suppressed``; a suppressed cell has
    value NULL; cells that are 0 (nobody) have no row; cells that are NULL (not known) stay as they are. A
    measure that these rules do not know of is left out: agreed, refused and waiting are, as what a person
    answered is not published.
    """
    statistic = statistic.filter(pl.col("measure").is_in([*_ADDITIVE, "coverage"]))
    known = statistic.filter(pl.col("value").is_not_null() & (pl.col("value") != 0))
    cells = known.with_columns(
        parent=_parent(region_code),
        has_row=pl.lit(True),
    )
    cells = pl.concat([cells, _elsewhere(cells)]).with_columns(
        hidden=pl.col("measure").is_in(_PEOPLE) & (pl.col("value") < SMALL)
    )
    before: pl.Series | None = None
    while before is None or not before.equals(cells["hidden"]):
        before = cells["hidden"]
        cells = _hide_amounts(_hide_across_measures(_hide_across_areas(cells)))
    cells = _hide_coverage(cells.filter("has_row")).drop("has_row")
    shown = cells.select(
        *_CELL, value=pl.when("hidden").then(None).otherwise("value"), suppressed=pl.col("hidden")
    )
    unknown = statistic.filter(pl.col("value").is_null()).select(
        *_CELL, pl.col("value").cast(pl.Float64), suppressed=pl.lit(False)
    )
    return pl.concat([shown, unknown]).sort(_CELL)


def _parent(region_code: str) -> pl.Expr:
    """The area that contains an area: community in town, town in district, district in region."""
    code = pl.col("area_code")
    length = code.str.len_chars()
    return (
        pl.when(code == region_code)
        .then(None)
        .when(length == 12)
        .then(code.str.slice(0, 9))
        .when(length == 9)
        .then(code.str.slice(0, 6))
        .otherwise(pl.lit(region_code))
    )


def _elsewhere(cells: pl.DataFrame) -> pl.DataFrame:
    """Of each area that has parts: what its figure is more than those of its parts, as one part more."""
    additive = cells.filter(pl.col("measure").is_in(_ADDITIVE))
    parts = (
        additive.filter(pl.col("parent").is_not_null())
        .group_by(area_code="parent", programme="programme", measure="measure")
        .agg(in_parts=pl.col("value").sum())
    )
    return (
        additive.filter(pl.col("area_code").str.len_chars() < 12)
        .join(parts, on=_CELL, how="left")
        .with_columns(value=(pl.col("value") - pl.col("in_parts").fill_null(0)).round(2))
        .filter(pl.col("value") > 0)
        .select(
            area_code=pl.col("area_code") + "-",
            programme="programme",
            measure="measure",
            value="value",
            parent="area_code",
            has_row=pl.lit(False),
        )
    )


def _smallest_shown(name: str, of: pl.Expr | None = None) -> pl.Expr:
    """Which of a group's shown cells (``of`` these) has the least value: hiding it costs the reader least."""
    shown = ~pl.col("hidden") if of is None else ~pl.col("hidden") & of
    order = pl.col("value").filter(shown), pl.col(name).filter(shown)
    return pl.col(name).filter(shown).sort_by(*order).first()


def _hide(cells: pl.DataFrame, more: pl.DataFrame) -> pl.DataFrame:
    """Hide the cells that ``more`` names."""
    marked = more.select(_CELL).unique().with_columns(also=pl.lit(True))
    return (
        cells.join(marked, on=_CELL, how="left", maintain_order="left")
        .with_columns(hidden=pl.col("hidden") | pl.col("also").fill_null(False))
        .drop("also")
    )


def _hide_across_areas(cells: pl.DataFrame) -> pl.DataFrame:
    """For each parent with too little hidden below it, hide its smallest shown child, or else the parent."""
    additive = cells.filter(pl.col("measure").is_in(_ADDITIVE))
    keys = ["parent", "programme", "measure"]
    below = (
        additive.filter(pl.col("parent").is_not_null())
        .group_by(keys)
        .agg(
            hidden_children=pl.col("hidden").sum(),
            hidden_value=pl.col("value").filter("hidden").sum(),
            next=_smallest_shown("area_code", of=pl.col("has_row")),
        )
    )
    above = additive.select(
        parent="area_code", programme="programme", measure="measure", parent_hidden="hidden"
    )
    groups = below.join(above, on=keys, how="inner")
    children, parent_hidden = pl.col("hidden_children"), pl.col("parent_hidden")
    alone = (children + parent_hidden.cast(pl.UInt32)) == 1
    too_few_people = (
        ~parent_hidden & (children > 0) & pl.col("measure").is_in(_PEOPLE) & (pl.col("hidden_value") < SMALL)
    )
    open_groups = groups.filter(alone | too_few_people)
    chosen = open_groups.select(
        area_code=pl.coalesce("next", pl.when(~parent_hidden).then("parent")),
        programme="programme",
        measure="measure",
    ).filter(pl.col("area_code").is_not_null())
    return _hide(cells, chosen)


def _hide_across_measures(cells: pl.DataFrame) -> pl.DataFrame:
    """Where one of the measures that add up is hidden alone, hide the smallest of the others too."""
    chosen = (
        cells.filter(pl.col("measure").is_in(_LINKED))
        .group_by("area_code", "programme")
        .agg(
            hidden_cells=pl.col("hidden").sum(),
            measure=_smallest_shown("measure"),
        )
        .filter((pl.col("hidden_cells") == 1) & pl.col("measure").is_not_null())
    )
    return _hide(cells, chosen)


def _hide_amounts(cells: pl.DataFrame) -> pl.DataFrame:
    """An amount reveals the number of those who get it, and goes with it; nor may it go alone."""
    place = ["area_code", "programme"]
    paid = cells.filter(pl.col("hidden") & pl.col("measure").is_in(("eligible", "receiving"))).select(place)
    amount = cells.filter((pl.col("measure") == "monthly_amount") & ~pl.col("hidden"))
    return _hide(cells, amount.join(paid, on=place, how="semi"))


def _hide_coverage(cells: pl.DataFrame) -> pl.DataFrame:
    """A share gives back the counts it was made of."""
    place = ["area_code", "programme"]
    counts = (
        cells.filter(pl.col("measure").is_in(_LINKED))
        .group_by(place)
        .agg(
            any_hidden=pl.col("hidden").any(),
            eligible=pl.col("value").filter(pl.col("measure") == "eligible").first(),
        )
    )
    coverage = cells.filter(pl.col("measure") == "coverage").join(counts, on=place, how="left")
    covered = pl.col("value") * pl.col("eligible")
    small = [part.round().is_between(1, SMALL - 1) for part in (covered, pl.col("eligible") - covered)]
    chosen = coverage.filter(pl.col("any_hidden").fill_null(True) | pl.any_horizontal(small).fill_null(True))
    return _hide(cells, chosen)
