"""交回填好的名单: judged line by line first, written to the region's log when the user confirms."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import UploadFile

from outreach.policy import programme_labels
from outreach.portal.access.guard import Rooms
from outreach.portal.access.roles import Permission
from outreach.portal.errors import NotFoundError, PageError
from outreach.portal.pages.downloads import RECORD
from outreach.portal.pages.drafts import keep_draft, read_draft
from outreach.portal.pages.shared import AtDesk, Desk, Form, text_of
from outreach.portal.render import page, to
from outreach.portal.store.words import Deed
from outreach.returns import FileTaken, Returns, ReturnsError

rooms = Rooms()
UPLOAD = "upload"
_DAY = 86_400
_ENDING = re.compile(r"\.[a-z]{2,5}")
_LINES_SHOWN = 200


@dataclass(frozen=True)
class Judged:
    """A file: what of it would be, or was, taken; the first lines that were not, and how many for each
    reason."""

    file: FileTaken
    reasons: Sequence[tuple[str, int]]
    lines: Sequence[tuple[int, str]]


@rooms.page("/walks/upload", Permission.ANSWER)
def form_page(request: Request, desk: AtDesk) -> HTMLResponse:
    """Where a file is chosen."""
    return page(request, "upload", night=desk.night, judged=None, key=None, done=False)


@rooms.form("/walks/upload", Permission.ANSWER)
def preview(request: Request, desk: AtDesk, form: Form) -> Response:
    """Judge a file, line by line; nothing is written."""
    given = form.get("file")
    if not isinstance(given, UploadFile) or not given.filename:
        raise PageError("没有选择文件。请选择填好的名单（XLSX、CSV 或 ZIP）。")
    ending = Path(given.filename).suffix.lower()
    path = _folder(desk) / f"{secrets.token_hex(16)}{ending if _ENDING.fullmatch(ending) else '.none'}"
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as target:
        while block := given.file.read(1 << 20):
            target.write(block)
    try:
        judged = _judge(desk, path, write=False)
    except Exception:
        path.unlink(missing_ok=True)
        raise
    key = None
    if any(one.file.taken for one in judged):
        key = keep_draft(desk, UPLOAD, {"file": path.name})
    else:
        path.unlink(missing_ok=True)
    return page(request, "upload", night=desk.night, judged=judged, key=key, done=False)


@rooms.form("/walks/upload/confirm", Permission.ANSWER)
def confirm(request: Request, desk: AtDesk, form: Form) -> Response:
    """Write what was judged good, or throw the file away."""
    kept = read_draft(desk, UPLOAD, text_of(form, "key"))
    path = None if kept is None else _folder(desk) / Path(str(kept["file"])).name
    if path is None or not path.is_file():
        raise NotFoundError("预览的文件已不在，请重新上传；没有记入任何内容。")
    if text_of(form, "choice") != "take":
        path.unlink(missing_ok=True)
        return to("/walks/upload")
    # Where the log cannot be written now the file stays, and can be confirmed again.
    judged = _judge(desk, path, write=True)
    path.unlink(missing_ok=True)
    taken = sum(len(one.file.taken) for one in judged)
    desk.note(Deed.UPLOAD, "", taken=taken, refused=sum(len(one.file.refused) for one in judged))
    return page(request, "upload", night=desk.night, judged=judged, key=None, done=True)


def _judge(desk: Desk, path: Path, *, write: bool) -> list[Judged]:
    portal = desk.portal
    work = Returns(
        portal.home,
        portal.settings,
        programme_labels(portal.deployment.policies),
        dict(portal.shelf.regions),
        portal.today(),
        desk.region,
        area=desk.area,
        write=write,
        folder=_folder(desk),
    )
    try:
        files = [file for file in work.take_all(path) if not file.name.endswith(RECORD)]
    except ReturnsError as error:
        raise PageError(str(error)) from error
    found = []
    for number, file in enumerate(files, 1):
        if len(files) == 1 or file.name == path.name:
            file.name = "上传的文件" if len(files) == 1 else f"第 {number} 个文件"
        reasons = Counter(why for _, why in file.refused).most_common()
        found.append(Judged(file, reasons, sorted(file.refused)[:_LINES_SHOWN]))
    return found


def _folder(desk: Desk) -> Path:
    """Where files wait between preview and confirmation; what is older than a day is removed."""
    folder = desk.portal.home / "state" / "portal" / "uploads"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for old in folder.iterdir():
        if old.stat().st_mtime > time.time() - _DAY:
            continue
        if old.is_dir():
            shutil.rmtree(old, ignore_errors=True)
        else:
            old.unlink(missing_ok=True)
    return folder
