"""The one job: a night of one region, from its batch to its published lists."""

from __future__ import annotations

import dagster as dg

BATCH_TAG = "outreach/batch"
"""Run tag: the fingerprint of the batch the run was started for."""


def nightly_job() -> dg.UnresolvedAssetJobDefinition:
    """All assets of a partition in one process: a DuckDB file has one writer."""
    return dg.define_asset_job(
        "nightly",
        selection=dg.AssetSelection.all(),
        executor_def=dg.in_process_executor,
        description="One night of one region: batch, intake, identity, facts, decisions, lists, publication. "
        "一个地区一晚的全部工作：收件、核对、人员比对归集、取数、判定、成册、发布。",
        tags={"dagster/max_runtime": 14400},
    )


def started_for(instance: dg.DagsterInstance, fingerprint: str) -> bool:
    """True when a run for this very batch is under way or has succeeded."""
    return bool(
        instance.get_run_records(
            dg.RunsFilter(
                tags={BATCH_TAG: fingerprint},
                statuses=[
                    dg.DagsterRunStatus.QUEUED,
                    dg.DagsterRunStatus.NOT_STARTED,
                    dg.DagsterRunStatus.STARTING,
                    dg.DagsterRunStatus.STARTED,
                    dg.DagsterRunStatus.SUCCESS,
                ],
            ),
            limit=1,
        )
    )
