"""What follows from the policy for each person and programme, and what is to be done about it."""

from __future__ import annotations

import time

import dagster as dg

from assets.facts import FACTS
from assets.failures import explained
from assets.house import House
from assets.report import markdown, rows
from assets.step import step
from outreach.policy import decide, load_policy

DECISION = dg.AssetKey(["decisions", "decision"])


def decision_asset(partitions: dg.PartitionsDefinition[str]) -> dg.AssetsDefinition:
    """Three-valued decisions, and the action each asks for against what is being received."""

    @step(
        DECISION,
        partitions,
        deps=[FACTS],
        label="判定",
        english="Each person and programme: eligible, ineligible or unknown, with every condition's value, "
        "and the action against the benefit roll.",
        chinese="逐人逐项目判定：符合、不符合或未知，并对照现有待遇给出应办事项。",
        kinds={"duckdb", "sql"},
        owner="policy",
    )
    def decision(context: dg.AssetExecutionContext, house: House) -> dg.MaterializeResult[None]:
        started = time.perf_counter()
        with explained():
            night = house.night(context)
            policy = load_policy(night.region, night.policies, night.parameters, as_of=night.as_of)
            with night.warehouse() as warehouse:
                decide(warehouse, policy)
                decided = rows(
                    warehouse.con,
                    "SELECT programme, count(*) FILTER (decision = 'eligible'), count(*) FILTER "
                    "(decision = 'unknown') FROM decisions.decision GROUP BY 1 ORDER BY 1",
                )
                actions = rows(
                    warehouse.con,
                    "SELECT programme, action, count(*) FROM decisions.candidate GROUP BY ALL ORDER BY ALL",
                )
                total = rows(warehouse.con, "SELECT count(*) FROM decisions.decision")[0][0]
        return dg.MaterializeResult(
            metadata={
                "dagster/row_count": total,
                "policy version": policy.version,
                "decisions by programme": markdown(["programme", "eligible", "unknown"], decided),
                "candidates by action": markdown(["programme", "action", "people"], actions),
                "seconds": round(time.perf_counter() - started, 2),
            }
        )

    return decision
