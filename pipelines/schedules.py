"""When nights run by themselves: at 02:00, and whenever a batch is completed after that."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

import dagster as dg

from assets.nightly_run import DeploymentResource
from pipelines.alerts import raise_alert
from pipelines.batches import CompleteBatch, Found, UnreadableBatch, complete_batches
from pipelines.jobs import BATCH_TAG, started_for
from pipelines.missing import unreadable_alert
from pipelines.partitions import TIMEZONE, night_key, today
from pipelines.watch import deployment_of

LOOKBACK_DAYS = 7
"""How late a batch may be completed, or delivered again, and still start its night by itself."""


def _request(batch: CompleteBatch) -> dg.RunRequest:
    return dg.RunRequest(
        run_key=f"{batch.region}|{batch.as_of}|{batch.fingerprint}",
        partition_key=night_key(batch.region, batch.as_of),
        tags={BATCH_TAG: batch.fingerprint},
    )


def _requests(
    context: dg.ScheduleEvaluationContext | dg.SensorEvaluationContext,
    deployment: DeploymentResource,
    found: Iterable[Found],
    nothing: str,
) -> Iterator[dg.RunRequest | dg.SkipReason]:
    """Runs for the batches that are still to be run; a folder in trouble is reported and stops no other."""
    waiting, troubles = [], []
    for batch in found:
        if isinstance(batch, UnreadableBatch):
            context.log.warning(batch.reason)
            raise_alert(Path(deployment.home), unreadable_alert(deployment_of(deployment), batch))
            troubles.append(batch.reason)
        elif not started_for(context.instance, batch.fingerprint):
            waiting.append(batch)
    if not waiting:
        yield dg.SkipReason("；".join([nothing, *troubles]))
    for batch in waiting:
        yield _request(batch)


def nightly_schedule(job: dg.UnresolvedAssetJobDefinition, regions: Sequence[str]) -> dg.ScheduleDefinition:
    """At 02:00 in Asia/Shanghai: that day's night for every region whose batch is complete."""

    @dg.schedule(
        name="nightly_0200",
        job=job,
        cron_schedule="0 2 * * *",
        execution_timezone=TIMEZONE,
        default_status=dg.DefaultScheduleStatus.RUNNING,
        description="02:00 Asia/Shanghai: the day's batch of every region that has delivered. "
        "每天凌晨两点，处理当日已送达的各地区批次。",
    )
    def nightly_0200(
        context: dg.ScheduleEvaluationContext, deployment: DeploymentResource
    ) -> Iterator[dg.RunRequest | dg.SkipReason]:
        as_of = context.scheduled_execution_time.astimezone(ZoneInfo(TIMEZONE)).date()
        found = complete_batches(Path(deployment.landing), regions, [as_of])
        nothing = f"no region has a complete batch of {as_of} that is still to be run"
        yield from _requests(context, deployment, found, nothing)

    return nightly_0200


def batch_sensor(job: dg.UnresolvedAssetJobDefinition, regions: Sequence[str]) -> dg.SensorDefinition:
    """A batch that is complete, and new or delivered again, starts its night."""

    @dg.sensor(
        name="completed_batch",
        job=job,
        minimum_interval_seconds=60,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description=f"A batch of the last {LOOKBACK_DAYS} days got its _SUCCESS, or was delivered again. "
        "批次送齐（或重新送达）即开始处理。",
    )
    def completed_batch(
        context: dg.SensorEvaluationContext, deployment: DeploymentResource
    ) -> Iterator[dg.RunRequest | dg.SkipReason]:
        dates = [today() - dt.timedelta(days=back) for back in range(LOOKBACK_DAYS)]
        found = complete_batches(Path(deployment.landing), regions, dates)
        settled = (batch for batch in found if isinstance(batch, UnreadableBatch) or batch.settled())
        nothing = f"no new complete batch in the last {LOOKBACK_DAYS} days"
        yield from _requests(context, deployment, settled, nothing)

    return completed_batch
