"""The published tables, made in the file that is going to be released."""

# No postponed annotations here: Dagster reads the type of `context` as it is.

import dagster as dg

from assets.changes import CHANGE
from assets.decisions import DECISION
from assets.failures import as_dagster_failure
from assets.indicators import INDICATOR
from assets.nightly_run import DeploymentResource, release_paths
from assets.report import tables_built
from assets.step import step
from outreach.delivery import attach_previous_release, build_mart
from outreach.outcomes import ask_departments, recall_questions

CANDIDATE = dg.AssetKey(["mart", "candidate"])


def candidate_asset(partitions: dg.PartitionsDefinition[str]) -> dg.AssetsDefinition:
    """Schema ``mart``: persons, links, decisions, candidates, statistics, indicators."""

    @step(
        CANDIDATE,
        partitions,
        deps=[DECISION, CHANGE, INDICATOR],
        label="结果表",
        english="Every table that is published: persons, links, decisions, candidates, statistics for "
        "region, districts, towns and communities.",
        chinese="对外发布的各张表：人员、比对归集、判定、名单、分级统计。",
        kinds={"duckdb", "sql"},
    )
    def candidate(context: dg.AssetExecutionContext, deployment: DeploymentResource) -> dg.MaterializeResult:
        with as_dagster_failure():
            night = deployment.night(context)
            with night.warehouse() as warehouse:
                with attach_previous_release(warehouse, night.home, night.region, night.as_of):
                    recall_questions(warehouse.con)
                deadlines = night.settings.questions
                ask_departments(warehouse, deadlines.days or {}, deadlines.default_days)
                results = build_mart(warehouse, release_paths(night, warehouse))
        return dg.MaterializeResult(metadata=tables_built(results, "mart.candidate"))

    return candidate
