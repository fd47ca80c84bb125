"""How far the targets that the region's document names are reached."""

# No postponed annotations here: Dagster reads the type of `context` as it is.

import dagster as dg

from assets.decisions import DECISION
from assets.failures import as_dagster_failure
from assets.nightly_run import DeploymentResource
from assets.report import markdown, models_timed
from assets.step import step
from outreach.indicators import measure
from outreach.policy import load_policy

INDICATOR = dg.AssetKey(["indicators", "indicator"])


def indicator_asset(partitions: dg.PartitionsDefinition[str]) -> dg.AssetsDefinition:
    """The document's indicators: counted, or with the data that are missing."""

    @step(
        INDICATOR,
        partitions,
        deps=[DECISION],
        label="指标",
        english="The targets and duties that the document names: counted for region, districts, towns and "
        "communities, or with the data that are missing.",
        chinese="文件提出的各项指标：按全区、区县、乡镇街道、社区计算；算不出的说明缺什么数据。",
        kinds={"duckdb", "sql"},
        owner="policy",
    )
    def indicator(context: dg.AssetExecutionContext, deployment: DeploymentResource) -> dg.MaterializeResult:
        with as_dagster_failure():
            night = deployment.night(context)
            policy = load_policy(night.region, night.policies, night.parameters, as_of=night.as_of)
            with night.warehouse() as warehouse:
                report = measure(warehouse, policy)
                timed = warehouse.timings()
        return dg.MaterializeResult(
            metadata={
                "dagster/row_count": report.computed + len(report.missing),
                "computed": report.computed,
                "not computed": markdown(["indicator", "why"], list(report.missing.items())),
                **models_timed(timed),
                "seconds": round(report.seconds, 2),
            }
        )

    return indicator
