"""统计: coverage and work by area, trends over nights, indicators; small counts are protected.

The counts are those of the analyst's file, in which no small one is left, nor any from which one could be
worked out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi import Request
from fastapi.responses import HTMLResponse, Response

from contracts.vocabulary import Measure
from outreach.portal.access.guard import Rooms
from outreach.portal.access.roles import Permission
from outreach.portal.charts import nights_chart, svg
from outreach.portal.errors import NotFoundError
from outreach.portal.nights.night import Row
from outreach.portal.pages.shared import AtDesk, Desk
from outreach.portal.render import page

rooms = Rooms()
MEASURES = (
    Measure.ELIGIBLE,
    Measure.RECEIVING,
    Measure.COVERAGE,
    Measure.TO_ADD,
    Measure.TO_ADJUST,
    Measure.TO_STOP,
    Measure.TO_VERIFY,
    Measure.TO_RECHECK,
    Measure.DUE,
)
_PROGRAMME = re.compile(r"[a-z][a-z0-9_]{0,60}")


@dataclass(frozen=True)
class Line:
    """A line of a table of counts: what it is of, and its cells in the order of `MEASURES`."""

    code: str
    name: str
    cells: tuple[str, ...]


@rooms.page("/statistics", Permission.STATISTICS)
def statistics(request: Request, desk: AtDesk, area: str = "", programme: str = "") -> HTMLResponse:
    """The counts of an area, and of one programme by the areas below it."""
    night = desk.night
    areas = night.rows("statistic_choice", area=desk.area)
    if not areas:
        raise NotFoundError("您的辖区没有可以显示的统计。")
    chosen = _area(areas, area)
    lines = _lines(night.rows("statistic", code=chosen["area_code"]), "programme", "programme_name")
    one = next((line for line in lines if line.code == programme), None)
    below = [] if one is None else _below(desk, str(chosen["area_code"]), one.code)
    nights = [] if one is None else _nights(desk, str(chosen["area_code"]), one.code)
    return page(
        request,
        "statistics",
        night=night,
        areas=areas,
        chosen=chosen,
        lines=lines,
        one=one,
        below=below,
        nights=nights,
        measures=[measure.chinese for measure in MEASURES],
        indicators=night.rows("indicator") if desk.visit.scope.is_whole(desk.region) else [],
    )


@rooms.page("/statistics/nights.svg", Permission.STATISTICS)
def nights(desk: AtDesk, area: str = "", programme: str = "") -> Response:
    """Who is eligible and who receives, night by night, as a chart."""
    chosen = _area(desk.night.rows("statistic_choice", area=desk.area), area)
    if not _PROGRAMME.fullmatch(programme):
        raise NotFoundError
    return svg(nights_chart(_nights(desk, str(chosen["area_code"]), programme)))


def _area(areas: Sequence[Row], wanted: str) -> Row:
    """The area that was chosen, or the first; one that the user does not see is not found."""
    if not wanted and areas:
        return areas[0]
    for area in areas:
        if area["area_code"] == wanted:
            return area
    raise NotFoundError


def _below(desk: Desk, code: str, programme: str) -> list[Line]:
    rows = desk.night.rows("statistic_area", code=code, programme=programme, area=desk.area)
    return _lines(rows, "area_code", "area_name")


def _nights(desk: Desk, code: str, programme: str) -> list[Row]:
    return desk.night.rows("statistic_night", code=code, programme=programme)


def _lines(rows: Sequence[Row], key: str, name: str) -> list[Line]:
    found: dict[str, tuple[str, dict[str, Row]]] = {}
    for row in rows:
        found.setdefault(str(row[key]), (str(row[name]), {}))[1][str(row["measure"])] = row
    return [
        Line(code, title, tuple(_cell(own, measure) for measure in MEASURES))
        for code, (title, own) in found.items()
    ]


def _cell(own: Mapping[str, Row], measure: str) -> str:
    row = own.get(measure)
    if row is None:
        return "0" if measure != Measure.COVERAGE else ""
    if row["suppressed"]:
        return "对象少，不显示"
    if row["value"] is None:
        return ""
    return f"{row['value']:.1%}" if measure == Measure.COVERAGE else f"{row['value']:.0f}"
