"""What the daemon reports by itself: nights that failed or wait, refused extracts, batches not delivered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import dagster as dg

from assets.nightly_run import House
from outreach.deployment import Place
from pipelines.alerts import TIMEZONE, Kind, alert_settings, raise_alert
from pipelines.missing import missing_batches
from pipelines.run_end import NightRun, failure_alert, refusal_alert


def place_of(house: House) -> Place:
    """Where the deployment is."""
    return Place(Path(house.home), Path(house.landing), Path(house.policies))


def failure_sensor(job: dg.UnresolvedAssetJobDefinition) -> dg.SensorDefinition:
    """Every run that ended without publishing, a worker that died included, becomes an alert."""

    @dg.run_failure_sensor(
        name="night_failed",
        monitored_jobs=[job],
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="A night that failed or is held back becomes a file under state/alerts and a webhook "
        "post. 任务失败或版本暂缓发布待审批时写入告警文件并推送。",
    )
    def night_failed(context: dg.RunFailureSensorContext, house: House) -> None:
        otherwise = context.failure_event.message or "运行失败"
        run = _run(context.dagster_run, house)
        raise_alert(run.place.home, failure_alert(run, _events(context.instance, run.run_id), otherwise))

    return night_failed


def refusal_sensor(job: dg.UnresolvedAssetJobDefinition) -> dg.SensorDefinition:
    """A published night that refused an extract is green in the list of runs; it becomes an alert."""

    @dg.run_status_sensor(
        name="extract_refused",
        run_status=dg.DagsterRunStatus.SUCCESS,
        monitored_jobs=[job],
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="A published night that refused an extract becomes a file under state/alerts and a "
        "webhook post. 已发布但有数据被拒收时写入告警文件并推送。",
    )
    def extract_refused(context: dg.RunStatusSensorContext, house: House) -> None:
        run = _run(context.dagster_run, house)
        alert = refusal_alert(run, _events(context.instance, run.run_id))
        if alert is not None:
            raise_alert(run.place.home, alert)

    return extract_refused


def missing_batch_sensor(regions: Sequence[str]) -> dg.SensorDefinition:
    """An expected batch that has not come by the deadline becomes an alert, once a region and day."""

    @dg.sensor(
        name="missing_batch",
        minimum_interval_seconds=300,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="After the deadline (settings: alerts.deadline), every expected region without a "
        "complete batch of the day. 过了规定时间仍未送齐的批次，每地区每天告警一次。",
    )
    def missing_batch(context: dg.SensorEvaluationContext, house: House) -> dg.SkipReason:
        now = dt.datetime.now(TIMEZONE)
        place = place_of(house)
        settings = alert_settings(place.home)
        if f"{now:%H:%M}" < settings.deadline:
            return dg.SkipReason(f"before {settings.deadline}")
        alerts = list(missing_batches(place, settings, regions, now.date()))
        for alert in alerts:
            context.log.warning(alert.reason)
            raise_alert(place.home, alert)
        late = [alert.region for alert in alerts if alert.kind is Kind.batch_missing]
        return dg.SkipReason(f"missing: {', '.join(late)}" if late else "every expected batch has come")

    return missing_batch


def _run(run: dg.DagsterRun, house: House) -> NightRun:
    region, as_of = (run.tags.get(f"dagster/partition/{name}", "unknown") for name in ("region", "date"))
    return NightRun(place_of(house), region, as_of, run.run_id, in_dagster=True)


def _events(instance: dg.DagsterInstance, run_id: str) -> list[dg.DagsterEvent]:
    return [entry.dagster_event for entry in instance.all_logs(run_id) if entry.dagster_event]
