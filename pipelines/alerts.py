"""Telling somebody that a night failed: a file under ``state/alerts/`` and, where one is set, a webhook.

An alert names region, date, run and reason; it never holds personal data (see ``assets.failures``).
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import urllib.request
from pathlib import Path

import dagster as dg

from assets.house import House
from outreach.settings import SettingsError, load_settings

WEBHOOK_SECONDS = 10


def alert(home: Path, *, region: str, as_of: str, run_id: str, reason: str) -> Path | None:
    """Write the alert of a failed run and post it; a run is told only once.

    Returns:
        The file written, or None when this run was told before.

    A webhook that cannot be reached is logged and changes nothing: the file stands.
    """
    folder = home / "state" / "alerts"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{as_of}-{region}-{run_id}.json"
    body = {
        "event": "night_failed",
        "region": region,
        "date": as_of,
        "run_id": run_id,
        "reason": reason,
        "at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
    }
    try:
        with path.open("x", encoding="utf-8") as file:
            json.dump(body, file, ensure_ascii=False, indent=1)
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
        alert(
            Path(house.home),
            region=tags.get("dagster/partition/region", "unknown"),
            as_of=tags.get("dagster/partition/date", "unknown"),
            run_id=context.dagster_run.run_id,
            reason=failed_steps(context) or context.failure_event.message or "the run failed",
        )

    return night_failed


def failed_steps(context: dg.RunFailureSensorContext) -> str:
    """Each failed step with what it said, already scrubbed by ``assets.failures``."""
    told = []
    for event in context.get_step_failure_events():
        error = event.step_failure_data.error
        told.append(f"{event.step_key}: {error.message.strip() if error else 'failed'}")
    return "; ".join(told)
