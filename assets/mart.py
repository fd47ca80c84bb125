"""The published tables, made in the file that is going to be released."""

# No postponed annotations here: Dagster reads the type of `context` as it is.

import dagster as dg

from assets.changes import CHANGE
from assets.decisions import DECISION
from assets.failures import explained
from assets.indicators import INDICATOR
from assets.nightly_run import House, release_paths
from assets.report import tables_built
from assets.step import step
from outreach.delivery import build_mart

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
    def candidate(context: dg.AssetExecutionContext, house: House) -> dg.MaterializeResult:
        with explained():
            night = house.night(context)
            with night.warehouse() as warehouse:
                results = build_mart(warehouse, release_paths(night, warehouse))
        return dg.MaterializeResult(metadata=tables_built(results, "mart.candidate"))

    return candidate
