"""What the daemon reports by itself: nights that failed or wait, refused extracts, batches not delivered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import dagster as dg

from assets.nightly_run import DeploymentResource
from outreach.deployment import Deployment
from pipelines.alerts import TIMEZONE, Kind, alert_settings, raise_alert
from pipelines.missing import missing_batches
from pipelines.run_end import NightRun, failure_alert, refusal_alert


def deployment_of(deployment: DeploymentResource) -> Deployment:
    """Where the deployment is."""
    return Deployment(Path(deployment.home), Path(deployment.landing), Path(deployment.policies))


def failure_sensor(job: dg.UnresolvedAssetJobDefinition) -> dg.SensorDefinition:
    """Every run that ended without publishing, a worker that died included, becomes an alert."""

    @dg.run_failure_sensor(
        name="night_failed",
        monitored_jobs=[job],
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="A night that failed or is held back becomes a file under state/alerts and a webhook "
        "post. 任务失败或版本暂缓发布待审批时写入告警文件并推送。",
    )
    def night_failed(context: dg.RunFailureSensorContext, deployment: DeploymentResource) -> None:
        otherwise = context.failure_event.message or "运行失败"
        run = _run(context.dagster_run, deployment)
        raise_alert(run.deployment.home, failure_alert(run, _events(context.instance, run.run_id), otherwise))

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
    def extract_refused(context: dg.RunStatusSensorContext, deployment: DeploymentResource) -> None:
        run = _run(context.dagster_run, deployment)
        alert = refusal_alert(run, _events(context.instance, run.run_id))
        if alert is not None:
            raise_alert(run.deployment.home, alert)

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
    def missing_batch(context: dg.SensorEvaluationContext, deployment: DeploymentResource) -> dg.SkipReason:
        now = dt.datetime.now(TIMEZONE)
        here = deployment_of(deployment)
        settings = alert_settings(here.home)
        if f"{now:%H:%M}" < settings.deadline:
            return dg.SkipReason(f"before {settings.deadline}")
        alerts = list(missing_batches(here, settings, regions, now.date()))
        for alert in alerts:
            context.log.warning(alert.reason)
            raise_alert(here.home, alert)
        late = [alert.region for alert in alerts if alert.kind is Kind.batch_missing]
        return dg.SkipReason(f"missing: {', '.join(late)}" if late else "every expected batch has come")

    return missing_batch


def _run(run: dg.DagsterRun, deployment: DeploymentResource) -> NightRun:
    region, as_of = (run.tags.get(f"dagster/partition/{name}", "unknown") for name in ("region", "date"))
    return NightRun(deployment_of(deployment), region, as_of, run.run_id, in_dagster=True)


def _events(instance: dg.DagsterInstance, run_id: str) -> list[dg.DagsterEvent]:
    return [entry.dagster_event for entry in instance.all_logs(run_id) if entry.dagster_event]
