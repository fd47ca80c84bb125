"""What somebody must know of: a file under ``state/alerts/`` and, where one is set, a webhook.

Every alert names what happened (``kind``), to which region's night, why, and what to do, as a command that
can be copied. It never holds personal data (see ``assets.failures``). An alert is raised once: who raises it
again for the same run, or the same batch, changes nothing.
"""

from __future__ import annotations

import datetime as dt
import http.client
import json
import logging
import time
import urllib.request
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from zoneinfo import ZoneInfo

from outreach.engine import make_folder, write_new
from outreach.engine.folders import GROUP
from outreach.settings import AlertSettings, SettingsError, load_settings

WEBHOOK_SECONDS = 10
WEBHOOK_PAUSES = (1.0, 3.0)
"""Seconds before the second and the third try."""
TIMEZONE = ZoneInfo("Asia/Shanghai")


class Kind(StrEnum):
    """What an alert is about."""

    night_failed = "night_failed"
    night_interrupted = "night_interrupted"
    night_published_with_warnings = "night_published_with_warnings"
    release_held = "release_held"
    extract_refused = "extract_refused"
    batch_missing = "batch_missing"
    batch_unreadable = "batch_unreadable"

    @property
    def heading(self) -> str:
        """As an operator reads it."""
        return _TITLES[self]

    @property
    def advice(self) -> str:
        """What to do before, or by, the alert's command."""
        return _ADVICE[self]


_TITLES = {
    Kind.night_failed: "当晚处理失败，未发布",
    Kind.night_interrupted: "当晚处理被中断，未发布",
    Kind.night_published_with_warnings: "已发布，但有警告",
    Kind.release_held: "版本暂缓发布待审批",
    Kind.extract_refused: "已发布，但有数据被拒收",
    Kind.batch_missing: "批次未送达",
    Kind.batch_unreadable: "批次目录无法读取",
}
_ADVICE = {
    Kind.night_failed: "按原因处理后重新运行",
    Kind.night_interrupted: "重新运行",
    Kind.night_published_with_warnings: "名单可以使用；检查部署目录",
    Kind.release_held: "查看该版本的名单；核实无误则批准，否则更正数据后重新运行",
    Kind.extract_refused: "退回部门重送后重新运行；因行数骤降或隔离行过多被拒收而数据无误的，加 --allow 放行",
    Kind.batch_missing: "催送；送齐并放入 _SUCCESS 后运行（守护进程会自动开始）",
    Kind.batch_unreadable: "检查该目录的权限、链接和挂载",
}


@dataclass(frozen=True)
class Alert:
    """One thing that somebody must know of.

    ``as_of``: the night's date; ``run_id``: None where no run began; ``in_dagster``: the run can be seen in
    the web UI.
    """

    kind: Kind
    region: str
    as_of: str
    reason: str
    command: str
    run_id: str | None = None
    in_dagster: bool = False

    @property
    def file_name(self) -> str:
        """One file an alert: the same thing happens once."""
        return "-".join(filter(None, (self.as_of, self.region, self.kind, self.run_id))) + ".json"

    def body(self, settings: AlertSettings, at: dt.datetime) -> dict[str, str | None]:
        """What is written and posted."""
        link = None
        if settings.dagster_url and self.run_id and self.in_dagster:
            link = f"{settings.dagster_url.rstrip('/')}/runs/{self.run_id}"
        local = at.astimezone(TIMEZONE)
        what = f"【{self.kind.heading}】{self.region} {self.as_of}：{self.reason}"
        text = f"{what.rstrip('。')}。{self.kind.advice}：{self.command}"
        return {
            "kind": self.kind,
            "event": self.kind,
            "title": self.kind.heading,
            "region": self.region,
            "date": self.as_of,
            "run_id": self.run_id,
            "reason": self.reason,
            "advice": self.kind.advice,
            "command": self.command,
            "link": link,
            "at": local.isoformat(timespec="seconds"),
            "local_time": f"{local:%Y-%m-%d %H:%M:%S}（北京时间）",
            "text": text if link is None else f"{text}（{link}）",
        }


def raise_alert(home: Path, alert: Alert, tries: int = 1 + len(WEBHOOK_PAUSES)) -> Path | None:
    """Write the alert and post it. Raises nothing: an alert that cannot be delivered fails no night.

    Args:
        home: the deployment.
        alert: what to report.
        tries: how often to try the webhook.

    Returns:
        The file written; None when this was raised before, or the home cannot be written.
    """
    settings = alert_settings(home)
    body = alert.body(settings, dt.datetime.now(dt.UTC))
    path = home / "state" / "alerts" / alert.file_name
    try:
        _write_once(path, body)
    except FileExistsError:
        return None
    except OSError as error:
        _log.warning("alert not written: %s", error.strerror)
        # Without a file nobody knows that it was raised: what is looked for every minute is not posted.
        if alert.run_id is None:
            return None
    if settings.webhook_url:
        _post(settings.webhook_url, body, tries)
    return path if path.exists() else None


_log = logging.getLogger(__name__)


def alert_settings(home: Path) -> AlertSettings:
    """The settings of alerts, or the defaults where the file cannot be read: an alert must get out."""
    try:
        return load_settings(home).alerts
    except (SettingsError, OSError):
        return AlertSettings()


def _write_once(path: Path, body: dict[str, str | None]) -> None:
    """Write the file, where it is not there already."""
    make_folder(path.parent, GROUP)
    write_new(path, json.dumps(body, ensure_ascii=False, indent=1).encode(), 0o640)


def _post(url: str, body: dict[str, str | None], tries: int) -> None:
    """Post the JSON; tried again shortly after. The log names no address: it may hold a token."""
    for pause in (*WEBHOOK_PAUSES[: tries - 1], None):
        try:
            request = urllib.request.Request(
                url,
                data=json.dumps(body, ensure_ascii=False).encode(),
                headers={"Content-Type": "application/json; charset=utf-8"},
            )
            with urllib.request.urlopen(request, timeout=WEBHOOK_SECONDS):
                return
        except (OSError, ValueError, http.client.HTTPException) as error:
            _log.warning("alert webhook not reached: %s", type(error).__name__)
        if pause is not None:
            time.sleep(pause)
