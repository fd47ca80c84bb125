"""The figures of a month, from ``analyst.duckdb`` of its published nights; no personal data is read.

Every count of people or list lines is shown as a multiple of five, a small one not at all. Each figure is
rounded by itself, by two at most, so a difference of two of them, of one report or of two, is no count of
people. What the analyst's file leaves out is left out here, too. Sums are those of the shown figures.

The changes of a month are summed exactly and rounded once: each summand is none or five at least, so that two
reports of one month, made on different days, differ by none or by five at least.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

from contracts.vocabulary import AbilityLevel, Action, Change, Mode
from outreach.delivery import published_nights
from outreach.engine import query
from outreach.errors import OutreachError
from outreach.policy import Policy

SMALL = 5
STEP = 5
SHARE_FROM = 100
"""The least number of people of whom a share is shown: below, a share in percent counts them."""

_OPEN_END = 100
_BAND = 5
_FROM_AGE = 60
_MEASURES = {
    f"to_{action.value}": action.chinese
    for action in (Action.ADD, Action.ADJUST, Action.STOP, Action.VERIFY, Action.RECHECK)
} | {"due": Action.DUE.chinese}
_INTERVALS = ("0-7", "8-31", "32-90", "91+")


class NoNightError(OutreachError):
    """No night of the month is published."""


@dataclass(frozen=True)
class MonthFigures:
    """What the report shows.

    - night: the newest published night of the month, of which all figures are but ``nights`` and ``changes``
    - ages: band, people; registered and alive from 60 on; small bands are merged with the next older ones
    - programmes: mode, name, eligible, receiving (NULL: fewer than five or not to be shown), coverage (share)
    - visits, assessments: label, people
    - indicators: name, value, target (both in ``unit``), unit, denominator, reached, status: ``computed``,
      ``suppressed`` (few people, or a small count would follow), ``unavailable`` (no figure to be had), or in
      Chinese what is missing
    - nights: night, measure (Chinese), lines: sum of the shown figures of all programmes
    - changes: change (Chinese), name, lines: over the month's nights
    """

    region: str
    month: str
    night: dt.date
    ages: pl.DataFrame
    programmes: pl.DataFrame
    visits: pl.DataFrame
    assessments: pl.DataFrame
    indicators: pl.DataFrame
    nights: pl.DataFrame
    changes: pl.DataFrame


def rounded(column: str) -> pl.Expr:
    """A count as it may be shown: NULL below five, else the nearest multiple of five (never 0)."""
    value = pl.col(column)
    return pl.when(value >= SMALL).then(((value + STEP / 2) // STEP * STEP).cast(pl.Int64)).alias(column)


def merged_bands(bands: Sequence[tuple[int, int]]) -> list[tuple[str, int]]:
    """Five-year bands (first age, people) from the oldest down, joined until none is small.

    What remains small at the young end is joined to the band above it, so that nobody can be worked out from
    the total. Nothing is shown where all of them together are fewer than five.
    """
    merged: list[tuple[int, int, int]] = []
    held, last = 0, _OPEN_END
    for first, people in sorted(bands, reverse=True):
        held += people
        if held >= SMALL:
            merged.append((first, last, held))
            held, last = 0, first - 1
    if held and merged:
        first, last, people = merged.pop()
        merged.append((min(first for first, _ in bands), last, people + held))
    return [
        (f"{first}岁及以上" if last >= _OPEN_END else f"{first}—{last}岁", people)
        for first, last, people in reversed(merged)
    ]


def read_month(home: Path, region: str, first: dt.date, policy: Policy, region_code: str) -> MonthFigures:
    """The figures of the month that begins on ``first``.

    Raises:
        NoNightError: no published night is in the month; the message names the months that have one.
    """
    nights = published_nights(home, region)
    chosen = [night for night in nights if (night.as_of.year, night.as_of.month) == (first.year, first.month)]
    month = f"{first:%Y-%m}"
    if not chosen:
        there = "、".join(sorted({f"{night.as_of:%Y-%m}" for night in nights})) or "无"
        raise NoNightError(
            f"{region} 在 {month} 没有已发布的结果，无从编制月报；有已发布结果的月份：{there}。"
        )
    names = {
        programme.id: (programme.rule.name, Mode(programme.rule.mode).chinese)
        for programme in policy.programmes
    }
    series, changes = [], []
    for night in chosen:
        with duckdb.connect(str(night.directory / "analyst.duckdb"), read_only=True) as con:
            lines = query(con, "report", "line", code=region_code).pl()
            series.append(_lines(lines).with_columns(night=pl.lit(night.as_of)))
            changes.append(query(con, "report", "change").pl())
    with duckdb.connect(str(chosen[-1].directory / "analyst.duckdb"), read_only=True) as con:
        return MonthFigures(
            region=region,
            month=month,
            night=chosen[-1].as_of,
            ages=_ages(con),
            programmes=_programmes(con, region_code, names),
            visits=_visits(con),
            assessments=_assessments(con),
            indicators=_indicators(con),
            nights=pl.concat(series),
            changes=_changes(pl.concat(changes)),
        )


def _lines(statistic: pl.DataFrame) -> pl.DataFrame:
    return (
        statistic.filter(pl.col("measure").is_in(list(_MEASURES)))
        .with_columns(rounded("value"))
        .group_by("measure")
        .agg(lines=pl.col("value").sum())
        .filter(pl.col("lines") > 0)
        .with_columns(measure=pl.col("measure").replace(_MEASURES))
        .sort("measure")
        .select("measure", "lines")
    )


def _ages(con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    found = query(con, "report", "age", from_age=_FROM_AGE).fetchall()
    bands = merged_bands([(int(first), int(people)) for first, people in found])
    return pl.DataFrame(bands, schema={"band": pl.String, "people": pl.Int64}, orient="row").with_columns(
        rounded("people")
    )


def _programmes(
    con: duckdb.DuckDBPyConnection, region_code: str, names: dict[str, tuple[str, str]]
) -> pl.DataFrame:
    found = query(con, "report", "coverage", code=region_code).pl()
    named = pl.DataFrame(
        [(code, name, mode) for code, (name, mode) in names.items()],
        schema={"programme": pl.String, "name": pl.String, "mode": pl.String},
        orient="row",
    )
    return (
        named.join(found, on="programme", maintain_order="left")
        .with_columns(
            coverage=pl.when(pl.col("eligible") >= SHARE_FROM).then(pl.col("coverage").round(2)),
        )
        .with_columns(rounded("eligible"), rounded("receiving"))
        .filter(pl.col("eligible").is_not_null() | pl.col("receiving").is_not_null())
        .sort("mode", maintain_order=True)
        .select("mode", "name", "eligible", "receiving", "coverage")
    )


def _visits(con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    found: pl.DataFrame = query(con, "report", "visit", from_age=_FROM_AGE).pl()
    order = {label: position for position, label in enumerate(_INTERVALS)}
    return (
        found.with_columns(rounded("people"), order=pl.col("label").replace_strict(order, default=len(order)))
        .filter(pl.col("people").is_not_null())
        .sort("order", "label")
        .select(label=pl.col("label") + "天前", people="people")
    )


def _assessments(con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    found: pl.DataFrame = query(con, "report", "assessment", from_age=_FROM_AGE).pl()
    return found.with_columns(rounded("people"), label=pl.col("label").replace(AbilityLevel.names())).filter(
        pl.col("people").is_not_null()
    )


def _indicators(con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    found: pl.DataFrame = query(con, "report", "indicator").pl()
    # Without a denominator nobody knows of how many it is a figure: that is a gap, nothing is kept back.
    without = pl.col("denominator").is_null() | (pl.col("denominator") == 0)
    shown = (pl.col("denominator") >= SHARE_FROM).fill_null(False)
    ratio = (pl.col("unit") == "share") | pl.col("unit").str.contains("/")
    return found.with_columns(
        value=pl.when(shown & ratio)
        .then(pl.col("value").round(2))
        .when(shown)
        .then(rounded("value").cast(pl.Float64)),
        reached=pl.when(shown).then("reached"),
        status=pl.when(pl.col("status") != "computed")
        .then("status")
        .when(without)
        .then(pl.lit("unavailable"))
        .when(~shown)
        .then(pl.lit("suppressed"))
        .otherwise("status"),
    ).with_columns(rounded("denominator"))


def _changes(found: pl.DataFrame) -> pl.DataFrame:
    return (
        found.group_by("change", "name")
        .agg(lines=pl.col("people").sum())
        .with_columns(rounded("lines"), change=pl.col("change").replace(Change.names()))
        .sort("lines", "name", descending=[True, False])
    )
