"""What differs from the last published night, and its causes."""

# No postponed annotations here: Dagster reads the type of `context` as it is.

import dagster as dg

from assets.decisions import DECISION
from assets.failures import as_dagster_failure
from assets.nightly_run import DeploymentResource
from assets.report import markdown, models_timed
from assets.step import step
from outreach.changes import find_changes
from outreach.delivery import attach_previous_release, recall_earlier_nights
from outreach.policy import load_policy

CHANGE = dg.AssetKey(["changes", "change"])


def change_asset(partitions: dg.PartitionsDefinition[str]) -> dg.AssetsDefinition:
    """List lines that appeared, left or changed since the published night before this date."""

    @step(
        CHANGE,
        partitions,
        deps=[DECISION],
        label="比对",
        english="List lines that are not as they were on the last published night before this date, each "
        "with its cause: an identity correction, the policy, an extract, a birthday, a day, the data.",
        chinese="与此前最近一次发布相比，名单上新增、撤出、变更的各条及其原因：身份更正、政策变化、数据到缺、"
        "年龄、期限、数据变化。",
        kinds={"duckdb", "sql"},
        owner="policy",
    )
    def change(context: dg.AssetExecutionContext, deployment: DeploymentResource) -> dg.MaterializeResult:
        with as_dagster_failure():
            night = deployment.night(context)
            policy = load_policy(night.region, night.policies, night.parameters, as_of=night.as_of)
            with (
                night.warehouse() as warehouse,
                attach_previous_release(warehouse, night.home, night.region, night.as_of) as earlier,
            ):
                report = find_changes(warehouse, policy)
                nights = recall_earlier_nights(warehouse, night.home, night.region, night.as_of)
                timed = warehouse.timings()
        kinds = sorted({change for change, _ in report.lines})
        return dg.MaterializeResult(
            metadata={
                "compared with": "none: first night" if earlier is None else earlier.as_of.isoformat(),
                "dagster/row_count": sum(report.lines.values()),
                "earlier nights in the series": nights,
                "changes by cause": markdown(
                    ["cause", *kinds],
                    [
                        (cause, *(report.lines.get((kind, cause)) for kind in kinds))
                        for cause in report.by_cause()
                    ],
                ),
                **models_timed(timed),
                "seconds": round(report.seconds, 2),
            }
        )

    return change
