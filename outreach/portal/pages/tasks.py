"""我的任务: how much is to be done, by street: this week, this month, overdue, new."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

from fastapi import Request
from fastapi.responses import HTMLResponse

from outreach.portal.access.guard import Rooms
from outreach.portal.access.roles import Permission
from outreach.portal.nights.night import Row
from outreach.portal.pages.shared import AtDesk
from outreach.portal.render import page

rooms = Rooms()
_COUNTS = ("lines", "this_week", "this_month", "overdue", "new_lines", "answered", "agreed")


@rooms.page("/tasks", Permission.WORK)
def tasks(request: Request, desk: AtDesk) -> HTMLResponse:
    """The work of the user's areas."""
    night, today = desk.night, desk.portal.today()
    rows = night.rows(
        "task",
        area=desk.area,
        today=today,
        week_end=week_end(today),
        month_end=month_end(today),
        as_of=night.as_of,
    )
    towns = [
        (town, str(own[0]["town_name"]), own, _sum(own))
        for town, own in ((town, list(own)) for town, own in groupby(rows, itemgetter("town_file")))
    ]
    return page(
        request,
        "tasks",
        night=night,
        towns=towns,
        total=_sum(rows),
        week_end=week_end(today),
        month_end=month_end(today),
    )


def week_end(today: dt.date) -> dt.date:
    """Sunday of the week."""
    return today + dt.timedelta(days=6 - today.weekday())


def month_end(today: dt.date) -> dt.date:
    """The last day of the month."""
    return (today.replace(day=1) + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)


def _sum(rows: Sequence[Row]) -> dict[str, int]:
    return {name: sum(int(row[name]) for row in rows) for name in _COUNTS}
