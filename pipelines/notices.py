"""``outreach notice``: the citizens' notices of an area or a person, to be printed."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import duckdb

from outreach.deployment import Deployment, unwritable
from outreach.engine import make_folder
from outreach.engine.folders import GROUP, write_new
from outreach.explain import ExplainError
from outreach.explain.notice import read_notices
from outreach.explain.notice_page import notice_html
from outreach.policy import PolicyError, load_policy
from outreach.report.page import as_pdf
from outreach.settings import SettingsError, load_settings
from pipelines.console import FAILED, OK, err, out, refuse

READABLE = 0o440
"""Personal data, as the lists."""


def write_notices(deployment: Deployment, snapshot: Path, area: str, person: str, folder: Path | None) -> int:
    """Write the notices, by default under ``<home>/notices/<region>/<date>/``, named by area code or id.

    There only the newest night's are kept: they hold personal data, and what was printed is on paper.

    Returns:
        The exit status: 1 where there is no notice to write.
    """
    with duckdb.connect(str(snapshot), read_only=True) as con:
        ((region, as_of),) = con.execute("SELECT region, as_of FROM mart.run").fetchall()
    try:
        settings = load_settings(deployment.home)
        policy = load_policy(region, deployment.policies, deployment.parameters(region), as_of=as_of)
        notices = read_notices(snapshot, policy, area_code=area, person_id=person)
    except (PolicyError, ExplainError, SettingsError) as error:
        refuse(str(error))
    if not notices.pages:
        err.print(f"{region} {as_of}：没有要告知的人（没有新增、调高、告知或即将符合的事项，或编码有误）。")
        return FAILED
    target = folder or deployment.home / "notices" / region / as_of.isoformat()
    blocked = unwritable(target)
    if blocked:
        refuse(blocked)
    make_folder(target, GROUP)
    if folder is None:
        for earlier in target.parent.iterdir():
            if earlier != target:
                shutil.rmtree(earlier)
    page = notice_html(notices, settings.notices.phones or {}, settings.portal_url)
    files = {"html": page.encode(), "pdf": as_pdf(page)}
    for ending, content in files.items():
        path = target / f"{person or area or region}.{ending}"
        if content is None:
            path.unlink(missing_ok=True)
            err.print("没有生成 PDF：缺少 WeasyPrint 或系统的 Pango（安装 report 组件和 libpango）。")
            continue
        fresh = path.with_name(f".{path.name}.{os.getpid()}")
        write_new(fresh, content, READABLE)
        fresh.replace(path)
        out.print(f"告知单 {path}", markup=False)
    out.print(
        f"共 {len(notices.pages)} 人，每人一页起，按走访顺序；含个人信息，打印后请删除文件。", markup=False
    )
    return OK
