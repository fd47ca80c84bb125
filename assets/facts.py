"""What holds for each person on the as-of date."""

# No postponed annotations here: Dagster reads the type of `context` as it is.

import dagster as dg

from assets.failures import explained
from assets.house import House
from assets.identity import PERSON
from assets.report import tables_built
from assets.step import step
from outreach.engine import build

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
        with explained(), house.night(context).warehouse() as warehouse:
            results = build(warehouse.con, "facts")
        return dg.MaterializeResult(metadata=tables_built(results, "facts.person"))

    return facts
