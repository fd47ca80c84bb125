"""Downloads of what the list page shows: in the form of the printed lists, with who took it and when."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import Query
from fastapi.responses import Response
from sqlalchemy import func, select

from outreach.delivery.lists.chosen_lines import chosen_rows, chosen_table, chosen_workbook
from outreach.portal.access.guard import Rooms
from outreach.portal.access.roles import Permission
from outreach.portal.errors import LimitError, NotFoundError, PageError
from outreach.portal.pages.lists import Chosen, line_parameters
from outreach.portal.pages.shared import AtDesk, Desk
from outreach.portal.store.tables import AuditEntry
from outreach.portal.store.words import Deed

rooms = Rooms()
RECORD = "下载记录.txt"
"""In a street's archive: who took it, and when."""
_MOST = 100_000
_CHINA = ZoneInfo("Asia/Shanghai")
_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@rooms.page("/lists/download", Permission.DOWNLOAD)
def download(desk: AtDesk, chosen: Chosen, form: Annotated[str, Query()] = "xlsx") -> Response:
    """The lines of the filters, as a workbook or as CSV."""
    if form not in _TYPES:
        raise PageError("只能下载 XLSX 或 CSV。")
    _keep_to_the_limit(desk)
    night, user = desk.night, desk.visit.user
    lines = night.frame("line", **line_parameters(desk, chosen, 0, _MOST))
    if lines.is_empty():
        raise PageError("没有符合筛选条件的事项，无可下载。")
    if lines.get_column("total").item(0) > _MOST:
        raise PageError(
            f"符合条件的超过 {_MOST} 项，一次不能下载。请按项目、乡镇街道或社区（村）筛选后再下载。"
        )
    rows = chosen_rows(lines)
    taken = dt.datetime.now(_CHINA).strftime("%Y-%m-%d %H:%M")
    about = [
        f"{night.region_name}　{night.as_of}　共 {rows.height} 项",
        f"{user.display_name}（{user.name}）于 {taken} 下载，仅供工作使用，用后妥善保管或销毁",
    ]
    content = chosen_table(rows) if form == "csv" else chosen_workbook(rows, "名单", about)
    desk.note(Deed.DOWNLOAD, "lists", lines=rows.height, form=form, filters=chosen.query())
    moment = re.sub(r"\D", "", taken)
    name = f"list_{night.region}_{night.as_of}_{user.name}_{moment}.{form}"
    return Response(
        content, media_type=_TYPES[form], headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@rooms.page("/tasks/{town}.zip", Permission.DOWNLOAD)
def street(desk: AtDesk, town: str) -> Response:
    """All lists of a street as they were published, with a note of who took them."""
    night, user = desk.night, desk.visit.user
    path = night.directory / "lists" / town / f"{town}.zip"
    is_own = re.fullmatch(r"\d{9}", town) and desk.visit.scope.covers(desk.region, town)
    if not is_own or not path.is_file():
        raise NotFoundError("没有这个街道的名单，或不全在您的辖区内。")
    _keep_to_the_limit(desk)
    content = io.BytesIO(path.read_bytes())
    taken = dt.datetime.now(_CHINA).strftime("%Y-%m-%d %H:%M")
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr(RECORD, f"{user.display_name}（{user.name}）于 {taken} 下载，仅供工作使用。\n")
    desk.note(Deed.DOWNLOAD, "town", town=town)
    return Response(
        content.getvalue(),
        media_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{town}_{night.as_of}.zip"'},
    )


def _keep_to_the_limit(desk: Desk) -> None:
    """Refuse when the user has taken as many lists today as the settings allow."""
    midnight = dt.datetime.now(_CHINA).replace(hour=0, minute=0, second=0, microsecond=0)
    since = midnight.astimezone(dt.UTC).isoformat(timespec="milliseconds")
    own = select(func.count()).where(
        AuditEntry.user_name == desk.visit.user.name,
        AuditEntry.action == Deed.DOWNLOAD,
        AuditEntry.at >= since,
    )
    with desk.portal.database.reading() as transaction:
        if (transaction.scalar(own) or 0) >= desk.portal.settings.portal.downloads_a_day:
            raise LimitError
