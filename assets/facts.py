"""What holds for each person on the as-of date."""

# No postponed annotations here: Dagster reads the type of `context` as it is.

import dagster as dg

from assets.failures import explained
from assets.identity import PERSON
from assets.nightly_run import House
from assets.report import tables_built
from assets.step import step
from outreach.delivery import earlier_night
from outreach.engine import build
from outreach.outcomes import OutcomeLogError, missing_lots, note_published_lines, remember

FACTS = dg.AssetKey(["facts", "person"])


def facts_asset(partitions: dg.PartitionsDefinition[str]) -> dg.AssetsDefinition:
    """One row a person with every fact of the catalogue."""

    @step(
        FACTS,
        partitions,
        deps=[PERSON],
        label="取数",
        english="Every fact of the catalogue for every person; what rests on an extract that was not "
        "delivered is unknown, never false.",
        chinese="每个人在当日的各项事实；缺数据的记为未知，不当作“没有”。",
        kinds={"duckdb", "sql"},
    )
    def facts(context: dg.AssetExecutionContext, house: House) -> dg.MaterializeResult:
        with explained():
            night = house.night(context)
            with night.warehouse() as warehouse:
                with earlier_night(warehouse, night.home, night.region, night.as_of):
                    lost = missing_lots(warehouse.con, night.outcomes)
                    if lost:
                        raise OutcomeLogError(
                            f"走访联系结果台账缺少第 {'、'.join(map(str, lost))} 份，此前的发布用过它们。"
                            f"请从备份恢复 {night.outcomes.folder}，"
                            f"或运行 outreach outcome rebuild --region {night.region} 由历次发布重建。"
                        )
                    note_published_lines(warehouse.con)
                results = build(warehouse.con, "facts")
                added = remember(warehouse, night.outcomes, night.as_of)
        return dg.MaterializeResult(
            metadata={**tables_built(results, "facts.person"), "answers added to the log": added}
        )

    return facts
