"""What ``outreach doctor`` reports of the nights: batches, releases, state files, alerts, Dagster's
daemon."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from assets.commands import approve_command
from outreach.delivery import Release, list_releases
from outreach.deployment import Deployment
from outreach.settings import Settings
from pipelines.alerts import TIMEZONE, Kind
from pipelines.batches import UnreadableBatch, complete_batch
from pipelines.missing import missing_batches

ALERT_DAYS = 7
"""Alerts older than this are history."""
LINES = {"clerical.jsonl": "人工结论", "weights.jsonl": "匹配权重", "releases.jsonl": "发布台账"}


@dataclass(frozen=True)
class Finding:
    """One thing looked at.

    ``fit``: True, False (something must be done), None (worth knowing, no more). ``advice``: what to do.
    """

    what: str
    fit: bool | None
    found: str
    advice: str = ""


@dataclass(frozen=True)
class _Alert:
    kind: str
    region: str
    date: str
    at: dt.datetime
    command: str

    @property
    def heading(self) -> str:
        return Kind(self.kind).heading if self.kind in set(Kind) else self.kind


def night_findings(deployment: Deployment, settings: Settings) -> Iterator[Finding]:
    """Per region: its newest batch, its last night, its state; then alerts that nobody has acted on."""
    now = dt.datetime.now(TIMEZONE)
    alerts = list(_alerts(deployment.home))
    for region in _regions(deployment):
        yield from _guarded(f"批次 {region}", _batch(deployment, region))
        yield from _guarded(f"最近一晚 {region}", _last_night(deployment.home, region, now))
        yield from _guarded(f"状态文件 {region}", _state(deployment.home, region))
    yield from _guarded("今日批次", _missing(deployment, settings, now))
    for alert in alerts:
        if now - alert.at < dt.timedelta(days=ALERT_DAYS) and not _is_settled(deployment.home, alert):
            found = f"{alert.region} {alert.date}：{alert.heading}（{_ago(now - alert.at)}）"
            yield Finding("告警", False, found, alert.command)


def _guarded(what: str, findings: Iterator[Finding]) -> Iterator[Finding]:
    """The findings; what cannot be read at all is one, and hides no other."""
    try:
        yield from findings
    except (OSError, ValueError, KeyError) as error:
        named = (
            f"{error.filename}（{error.strerror}）" if isinstance(error, OSError) else type(error).__name__
        )
        yield Finding(what, False, f"无法读取：{named}", "检查目录权限，或从备份恢复")


def _regions(deployment: Deployment) -> list[str]:
    """Every region that has a release, a state or a batch."""
    roots = (deployment.home / "releases", deployment.home / "state", deployment.landing)
    known = {path.stem for path in deployment.policies.glob("*.yaml")}
    found: set[str] = set()
    for root in roots:
        if root.is_dir() and os.access(root, os.R_OK | os.X_OK):
            found |= {path.name for path in root.iterdir()}
    return sorted(found & known)


def _batch(deployment: Deployment, region: str) -> Iterator[Finding]:
    folder = deployment.landing / region
    if not os.path.lexists(folder):
        return
    days = [day for path in (folder.iterdir() if folder.is_dir() else ()) if (day := _day(path.name))]
    newest = complete_batch(deployment.landing, region, max(days, default=dt.date.min))
    what = f"批次 {region}"
    if isinstance(newest, UnreadableBatch):
        yield Finding(what, False, newest.reason, "检查该目录的权限、链接和挂载")
    elif newest is not None:
        yield Finding(what, True, f"最新一批 {newest.as_of}，已送齐")
    elif days:
        yield Finding(what, None, f"最新一批 {max(days)}，尚未送齐", "送齐后放入 _SUCCESS")


def _day(name: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(name)
    except ValueError:
        return None


def _last_night(home: Path, region: str, now: dt.datetime) -> Iterator[Finding]:
    releases = [r for r in list_releases(home, region) if r.status in ("published", "held")]
    what = f"最近一晚 {region}"
    if not releases:
        yield Finding(what, None, "还没有发布过", "outreach run")
        return
    last = max(releases, key=lambda release: release.as_of)
    when = _ago(now - _built_at(last))
    if last.status == "held":
        command = approve_command(region, last.as_of, last.run_id, home=home)
        yield Finding(what, False, f"{last.as_of} 暂缓发布待审批（{when}）", command)
    elif not (last.directory / "mart.duckdb").exists():
        yield Finding(what, False, f"{last.as_of} 已发布，但结果表不在：{last.directory}", "重跑该日期")
    else:
        yield Finding(what, True, f"{last.as_of} 已发布（{when}）")


def _built_at(release: Release) -> dt.datetime:
    manifest = release.directory / "manifest.json"
    path = manifest if manifest.exists() else release.directory
    return dt.datetime.fromtimestamp(path.stat().st_mtime, TIMEZONE)


def _ago(age: dt.timedelta) -> str:
    if age < dt.timedelta(hours=1):
        return f"{max(0, age // dt.timedelta(minutes=1))} 分钟前"
    if age < dt.timedelta(days=2):
        return f"{age // dt.timedelta(hours=1)} 小时前"
    return f"{age.days} 天前"


def _state(home: Path, region: str) -> Iterator[Finding]:
    folder = home / "state" / region
    what = f"状态文件 {region}"
    registry = folder / "registry.duckdb"
    if not registry.exists():
        if any((home / "releases" / region).glob("*/current")):
            found = f"有发布版本，却没有人员编号登记库 {registry}"
            yield Finding(what, False, found, "从备份恢复该文件；否则所有人都会得到新的人员编号")
        return
    problems = [problem for name in LINES for problem in _unreadable_lines(folder / name)]
    try:
        with duckdb.connect(str(registry), read_only=True) as con:
            con.execute("FROM duckdb_tables()").fetchall()
    except duckdb.Error as error:
        if "lock" in str(error):
            yield Finding(what, None, "正在使用（有一晚正在处理）")
            return
        problems.append(f"人员编号登记库 {registry} 无法打开")
    if problems:
        yield Finding(what, False, "；".join(problems), "从备份恢复该文件")
    else:
        yield Finding(what, True, "可读")


def _unreadable_lines(path: Path) -> Iterator[str]:
    """What is wrong with a file of one JSON object a line; a last line cut short by a kill is not."""
    if not path.exists():
        return
    lines = path.read_bytes().split(b"\n")
    bad = [number for number, line in enumerate(lines[:-1], 1) if line.strip() and not _is_object(line)]
    if bad:
        numbers = "、".join(map(str, bad[:5])) + ("…" if len(bad) > 5 else "")
        yield f"{LINES[path.name]} {path} 第 {numbers} 行无法读取"


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False


def _missing(deployment: Deployment, settings: Settings, now: dt.datetime) -> Iterator[Finding]:
    """Batches of today that are late; only a guess where the settings do not name the regions that
    deliver."""
    if f"{now:%H:%M}" < settings.alerts.deadline or not deployment.landing.is_dir():
        return
    sure = False if settings.alerts.expected_regions is not None else None
    for alert in missing_batches(deployment, settings.alerts, _regions(deployment), now.date()):
        if alert.kind is Kind.batch_missing:
            yield Finding(f"今日批次 {alert.region}", sure, alert.reason, alert.kind.advice)


def _alerts(home: Path) -> Iterator[_Alert]:
    folder = home / "state" / "alerts"
    for path in sorted(folder.glob("*.json")) if folder.is_dir() else ():
        try:
            body = json.loads(path.read_text(encoding="utf-8"))
            at = dt.datetime.fromisoformat(body["at"])
            kind = str(body.get("kind") or body["event"])
            yield _Alert(kind, str(body["region"]), str(body["date"]), at, str(body.get("command") or ""))
        except (OSError, ValueError, KeyError, TypeError):
            continue


def _is_settled(home: Path, alert: _Alert) -> bool:
    """Whether the night was published after the alert."""
    day = _day(alert.date)
    try:
        releases = list_releases(home, alert.region, day) if day else []
    except (OSError, ValueError, KeyError):
        return False
    return any(release.status == "published" and _built_at(release) > alert.at for release in releases)


def dagster_findings() -> Iterator[Finding]:
    """Whether Dagster's daemon lives, where ``DAGSTER_HOME`` names one."""
    folder = os.environ.get("DAGSTER_HOME")
    if not folder:
        yield Finding("Dagster 守护进程", None, "未设置 DAGSTER_HOME：不用守护进程，由命令行或 cron 运行")
        return
    start = "dagster-daemon run --workspace workspace.yaml"
    if not (Path(folder) / "dagster.yaml").is_file():
        yield Finding("Dagster 守护进程", False, f"{folder} 中没有 dagster.yaml", "复制 deploy/dagster.yaml")
        return
    try:
        import dagster as dg

        with dg.DagsterInstance.get() as instance:
            statuses = instance.get_daemon_statuses()
    except Exception as error:
        yield Finding(
            "Dagster 守护进程", False, f"无法打开 DAGSTER_HOME（{type(error).__name__}）", "检查数据库连接"
        )
        return
    beats = [s.last_heartbeat.timestamp for s in statuses.values() if s.last_heartbeat is not None]
    dead = sorted(name for name, status in statuses.items() if not status.healthy)
    if not beats:
        yield Finding("Dagster 守护进程", False, "从未运行", start)
        return
    last = _ago(dt.datetime.now(dt.UTC) - dt.datetime.fromtimestamp(max(beats), dt.UTC))
    if dead:
        yield Finding("Dagster 守护进程", False, f"最近一次心跳 {last}；未在运行：{'、'.join(dead)}", start)
    else:
        yield Finding("Dagster 守护进程", True, f"正在运行（最近一次心跳 {last}）")
