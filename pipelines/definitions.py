"""Everything Dagster loads, put together once for the web UI, the daemon, the command line and tests."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import dagster as dg

from assets.graph import night_assets
from assets.nightly_run import DeploymentResource
from outreach.deployment import Deployment
from outreach.policy import regions
from pipelines.jobs import nightly_job
from pipelines.partitions import nights
from pipelines.schedules import batch_sensor, nightly_schedule
from pipelines.watch import failure_sensor, missing_batch_sensor, refusal_sensor


def build_defs(
    deployment: Deployment,
    *,
    engine: str = "duckdb",
    allow: Sequence[str] = (),
    including: dt.date | None = None,
) -> dg.Definitions:
    """Definitions of a deployment.

    Args:
        deployment: where it lives; its policies name the regions.
        engine: where SQL runs.
        allow: extracts let through by the operator although their volume or quarantine is unusual.
        including: a date that must be a partition (see ``pipelines.partitions.nights``).
    """
    names = list(regions(deployment.policies))
    partitions = nights(names, including)
    job = nightly_job()
    resource = DeploymentResource(
        home=str(deployment.home),
        landing=str(deployment.landing),
        policies=str(deployment.policies),
        engine=engine,
        allow=list(allow),
    )
    return dg.Definitions(
        assets=night_assets(partitions),
        jobs=[job],
        schedules=[nightly_schedule(job, names)],
        sensors=[
            batch_sensor(job, names),
            failure_sensor(job),
            refusal_sensor(job),
            missing_batch_sensor(names),
        ],
        resources={"deployment": resource},
    )


@dg.definitions
def defs() -> dg.Definitions:
    """The deployment that the environment names (``OUTREACH_HOME``, ``OUTREACH_LANDING``, …)."""
    return build_defs(Deployment.find())
