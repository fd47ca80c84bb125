"""今晚: nights and their extracts as lights; a held release approved, a night run again."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import duckdb
from fastapi import Request
from fastapi.responses import HTMLResponse, Response

from contracts.extracts import EXTRACTS
from contracts.vocabulary import ReleaseStatus
from outreach.delivery import DeliveryError, Release, approve, list_releases
from outreach.portal.access.guard import Rooms
from outreach.portal.access.roles import Permission
from outreach.portal.errors import NotFoundError, PageError
from outreach.portal.pages.shared import AtDesk, Form, day_of, text_of
from outreach.portal.render import page, to
from outreach.portal.store.words import Deed

rooms = Rooms()
_NIGHTS = 10
_LEAST_REASON = 4


@dataclass(frozen=True)
class Night:
    """A release with what became of each extract, by its name; None: the release cannot be read."""

    release: Release
    extracts: dict[str, str] | None
    stops: int | None
    adds: int | None


@rooms.page("/nights", Permission.NIGHT)
def nights(request: Request, desk: AtDesk, done: str = "") -> HTMLResponse:
    """The last releases of the region, the newest first."""
    shown = [one for one in list_releases(desk.portal.home, desk.region) if _is_shown(one)]
    found = [_read(release) for release in reversed(shown[-_NIGHTS:])]
    return page(
        request,
        "nights",
        nights=found,
        extracts=[(extract.name, extract.title) for extract in EXTRACTS],
        words=ReleaseStatus.names(),
        done=done,
        can_rerun=desk.portal.rerun is not None,
        region_key=desk.region,
    )


@rooms.form("/nights/{day}/approve", Permission.APPROVE)
def approve_night(desk: AtDesk, day: str, form: Form) -> Response:
    """Publish a held release, for a reason."""
    why = text_of(form, "why")
    if len(why) < _LEAST_REASON:
        raise PageError("请写明批准发布的理由（至少 4 个字）。")
    as_of = _day(day)
    try:
        approve(
            desk.portal.home, desk.region, as_of, desk.visit.user.display_name, why, text_of(form, "run_id")
        )
    except DeliveryError as error:
        raise PageError("这一天没有暂缓发布的版本，或已有更新的版本发布。请刷新页面查看。") from error
    desk.note(Deed.APPROVE, day, why=why)
    return to("/nights?done=approved")


@rooms.form("/nights/{day}/rerun", Permission.APPROVE)
def rerun(desk: AtDesk, day: str) -> Response:
    """Run a night again, in a process of its own."""
    if desk.portal.rerun is None:
        raise PageError("此处不能重跑，请用命令 outreach run。")
    as_of = _day(day)
    if all(one.as_of != as_of for one in list_releases(desk.portal.home, desk.region)):
        raise NotFoundError("没有这一天的版本。")
    desk.portal.rerun(desk.region, as_of)
    desk.note(Deed.RERUN, day)
    return to("/nights?done=started")


def _day(text: str) -> dt.date:
    day = day_of(text)
    if day is None:
        raise NotFoundError
    return day


def _is_shown(release: Release) -> bool:
    return release.status in (ReleaseStatus.PUBLISHED, ReleaseStatus.HELD)


def _read(release: Release) -> Night:
    try:
        with duckdb.connect(str(release.directory / "mart.duckdb"), read_only=True) as con:
            statuses = dict(
                con.execute("SELECT extract, max(status) FROM mart.delivery GROUP BY ALL").fetchall()
            )
            ((stops, adds),) = con.execute(
                "SELECT count(*) FILTER (WHERE action = 'stop'), count(*) FILTER (WHERE action = 'add')"
                " FROM mart.candidate"
            ).fetchall()
    except duckdb.Error:
        return Night(release, None, None, None)
    return Night(release, statuses, stops, adds)
