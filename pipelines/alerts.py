"""Telling somebody that a night failed: a file under ``state/alerts/`` and, where one is set, a webhook.

An alert names region, date, run and reason; it never holds personal data (see ``assets.failures``).
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import urllib.request
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import dagster as dg

from assets.house import House
from outreach.engine import make_folder, write_new
from outreach.engine.folders import GROUP
from outreach.settings import SettingsError, load_settings

WEBHOOK_SECONDS = 10


def alert(
    home: Path, *, region: str, as_of: str, run_id: str, reason: str, event: str = "night_failed"
) -> Path | None:
    """Write the alert of a run and post it; a run is told only once.

    Returns:
        The file written, or None when this run was told before.

    A webhook that cannot be reached is logged and changes nothing: the file stands.
    """
    folder = home / "state" / "alerts"
    make_folder(folder, GROUP)
    path = folder / f"{as_of}-{region}-{run_id}.json"
    body = {
        "event": event,
        "region": region,
        "date": as_of,
        "run_id": run_id,
        "reason": reason,
        "at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
    }
    try:
        write_new(path, json.dumps(body, ensure_ascii=False, indent=1).encode(), 0o640)
    except FileExistsError:
        return None
    try:
        url = load_settings(home).alerts.webhook_url
    except SettingsError:
        url = None
    if url:
        _post(url, body)
    return path


def _post(url: str, body: dict[str, str]) -> None:
    request = urllib.request.Request(
        url,
        data=json.dumps(body, ensure_ascii=False).encode(),
        headers={"Content-Type": "application/json; charset=utf-8"},
    )
    try:
        with urllib.request.urlopen(request, timeout=WEBHOOK_SECONDS):
            pass
    except (OSError, ValueError) as error:
        logging.getLogger(__name__).warning("alert webhook not reached: %s", type(error).__name__)


def failure_sensor(job: dg.UnresolvedAssetJobDefinition) -> dg.SensorDefinition:
    """Every failed run of the job, a worker that died included, becomes an alert."""

    @dg.run_failure_sensor(
        name="night_failed",
        monitored_jobs=[job],
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="A failed night becomes a file under state/alerts and a webhook post. "
        "任务失败时写入告警文件并推送。",
    )
    def night_failed(context: dg.RunFailureSensorContext, house: House) -> None:
        tags = context.dagster_run.tags
        logged = context.instance.all_logs(context.dagster_run.run_id)
        events = (entry.dagster_event for entry in logged if entry.dagster_event)
        alert(
            Path(house.home),
            region=tags.get("dagster/partition/region", "unknown"),
            as_of=tags.get("dagster/partition/date", "unknown"),
            run_id=context.dagster_run.run_id,
            reason="；".join(reasons(events)) or context.failure_event.message or "the run failed",
        )

    return night_failed


def reasons(events: Iterable[dg.DagsterEvent], labels: Mapping[str, str] | None = None) -> list[str]:
    """Why a run failed: each blocking check that did not pass and each failed step, with what it said.

    What they say is free of personal data: ``assets.failures`` sees to it for steps, checks hold figures and
    intake's messages. ``labels`` name steps for a reader.
    """
    told = []
    for event in events:
        label = (labels or {}).get(event.step_key or "", event.step_key)
        if event.event_type is dg.DagsterEventType.ASSET_CHECK_EVALUATION:
            check = event.asset_check_evaluation_data
            if not check.passed and check.severity is dg.AssetCheckSeverity.ERROR:
                figures = "，".join(f"{name} {value.value}" for name, value in check.metadata.items())
                told.append(f"{label}：{check.check_name} 未通过（{figures}）")
        elif event.is_step_failure:
            told += [f"{label}：{words}" for words in _words(event)]
    return told


def _words(event: dg.DagsterEvent) -> Iterator[str]:
    data = event.step_failure_data
    error = data.error
    if data.user_failure_data and data.user_failure_data.description:
        yield data.user_failure_data.description
    elif error and error.cls_name == "DagsterExecutionInterruptedError":
        yield "运行被中断"
    elif error and error.cls_name != "DagsterAssetCheckFailedError":
        yield error.message.strip()
