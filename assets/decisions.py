"""What follows from the policy for each person and programme, and what is to be done about it."""

# No postponed annotations here: Dagster reads the type of `context` as it is.

import dagster as dg

from assets.facts import FACTS
from assets.failures import as_dagster_failure
from assets.nightly_run import DeploymentResource
from assets.report import markdown, models_timed
from assets.step import step
from outreach.policy import decide, load_policy

DECISION = dg.AssetKey(["decisions", "decision"])


def decision_asset(partitions: dg.PartitionsDefinition[str]) -> dg.AssetsDefinition:
    """Three-valued decisions, and the action of each, given what is being received."""

    @step(
        DECISION,
        partitions,
        deps=[FACTS],
        label="判定",
        english="Each person and programme: eligible, ineligible or unknown, with every condition's value, "
        "and the action against the benefit roll.",
        chinese="逐人逐项目判定：符合、不符合或无法判定，并对照现有待遇给出应办事项。",
        kinds={"duckdb", "sql"},
        owner="policy",
    )
    def decision(context: dg.AssetExecutionContext, deployment: DeploymentResource) -> dg.MaterializeResult:
        with as_dagster_failure():
            night = deployment.night(context)
            policy = load_policy(night.region, night.policies, night.parameters, as_of=night.as_of)
            with night.warehouse() as warehouse:
                report = decide(warehouse, policy)
                timed = warehouse.timings()
        by_action: dict[str, dict[str, int]] = {}
        for (programme, action), count in report.candidates.items():
            by_action.setdefault(programme, {})[action] = count
        actions = list(report.by_action())
        return dg.MaterializeResult(
            metadata={
                "dagster/row_count": sum(report.decisions.values()),
                "policy version": policy.version,
                "decisions": markdown(["decision", "count"], list(report.decisions.items())),
                "candidates by action": markdown(
                    ["programme", *actions],
                    [
                        (policy.programme(programme).rule.name, *(counts.get(action) for action in actions))
                        for programme, counts in by_action.items()
                    ],
                ),
                **models_timed(timed),
                "seconds": round(report.seconds, 2),
            }
        )

    return decision
