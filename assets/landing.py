"""The batch at the door: complete, readable, and the run that will work on it begun."""

# No postponed annotations here: Dagster reads the type of `context` as it is.

import dagster as dg

from assets.batch import open_complete
from assets.failures import as_dagster_failure
from assets.nightly_run import DeploymentResource
from assets.report import markdown
from assets.step import step
from outreach.intake import begin_run, put_area_names, read_area_names
from outreach.policy import load_policy

BATCH = dg.AssetKey(["landing", "batch"])


def batch_asset(partitions: dg.PartitionsDefinition[str]) -> dg.AssetsDefinition:
    """The first asset of a night; a bad batch or a bad policy ends the night here, before any work."""

    @step(
        BATCH,
        partitions,
        deps=[],
        label="批次",
        english="The batch of a region and date as departments delivered it, complete (`_SUCCESS`), and the "
        "policy in force that day.",
        chinese="各部门当晚送达的批次（送齐才处理），以及当日有效的政策版本。",
        kinds={"file"},
    )
    def batch(context: dg.AssetExecutionContext, deployment: DeploymentResource) -> dg.MaterializeResult:
        with as_dagster_failure():
            night = deployment.night(context)
            delivered = open_complete(night.landing, night.region, night.as_of)
            policy = load_policy(night.region, night.policies, night.parameters, as_of=night.as_of)
            names = read_area_names(night.area_names)
            with night.begin() as warehouse:
                begin_run(
                    warehouse,
                    run_id=night.run_id,
                    region=night.region,
                    region_code=policy.code,
                    as_of=night.as_of,
                )
                night.record_provenance(warehouse, policy)
                put_area_names(warehouse.con, names)
        return dg.MaterializeResult(
            metadata={
                "extracts": len(delivered.parts),
                "files": markdown(
                    ["extract", "files", "form", "MiB"],
                    [
                        (
                            name,
                            len(parts),
                            ", ".join(sorted({part.form for part in parts})),
                            f"{sum(part.path.stat().st_size for part in parts) / 2**20:.1f}",
                        )
                        for name, parts in delivered.parts.items()
                    ],
                ),
                "files that are no extract": len(delivered.unknown),
                "areas with a name": len(names),
                "policy version": policy.version,
                "policy sha256": policy.sha256,
            }
        )

    return batch
