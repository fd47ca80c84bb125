"""Who each row is: the persons of the night, and the links with their reasons."""

# No postponed annotations here: Dagster reads the type of `context` as it is.

import dagster as dg

from assets.failures import as_dagster_failure
from assets.intake import intake_key
from assets.nightly_run import DeploymentResource
from assets.report import markdown, models_timed, rows
from assets.step import check, step
from contracts.extracts import EXTRACTS
from contracts.vocabulary import Grade
from outreach.delivery import last_sound, published_snapshots, whole_releases
from outreach.engine import Timing, note_timings, warnings_of
from outreach.identity import require_registry, resolve
from outreach.outcomes import recall, recall_answers

PERSON = dg.AssetKey(["identity", "person"])


def person_asset(partitions: dg.PartitionsDefinition[str]) -> dg.AssetsDefinition:
    """Persons, and one link for every accepted row."""

    @step(
        PERSON,
        partitions,
        deps=[intake_key(extract.name) for extract in EXTRACTS],
        label="人员比对归集",
        english="Rows of all extracts reconciled to persons: exact, strong, under review, or new.",
        chinese="把各部门的记录对到同一个人：确定、可靠、待人工核对，或本地未登记的人。",
        kinds={"duckdb", "sql"},
        check_specs=[
            check(
                PERSON,
                "every_row_linked_once",
                partitions,
                "Every accepted row has exactly one link (a marriage row two). "
                "每一条接收的记录都恰好对到一个人（婚姻登记为两人）。",
            )
        ],
    )
    def person(context: dg.AssetExecutionContext, deployment: DeploymentResource) -> dg.MaterializeResult:
        with as_dagster_failure():
            night = deployment.night(context)
            if whole_releases(night.home, night.region):
                require_registry(night.registry)
            with night.warehouse() as warehouse:
                remembered = recall(warehouse, night.outcomes, night.as_of)
                answered = recall_answers(warehouse, night.answers, night.as_of)
                earlier, _ = last_sound(night.home, night.region, before=night.as_of)
                report = resolve(
                    warehouse,
                    night.registry,
                    region=night.region,
                    as_of=night.as_of,
                    published=earlier.as_of if earlier else None,
                    released=published_snapshots(night.home, night.region),
                    copy=night.registry_copy,
                )
                stages = [Timing("stage", "identity", name, None, s) for name, s in report.seconds.items()]
                timed = warehouse.timings()
                note_timings(warehouse.con, stages)
                warned = warnings_of(warehouse.con)
                astray = rows(
                    warehouse.con,
                    "SELECT count(*) FROM identity.source_row FULL JOIN (SELECT extract, row_number, role, "
                    "count(*) AS links FROM identity.link GROUP BY ALL) USING (extract, row_number, role) "
                    "WHERE links IS DISTINCT FROM 1",
                )[0][0]
        return dg.MaterializeResult(
            metadata={
                "dagster/row_count": report.persons,
                "registered": report.registered_persons,
                "persons with two register rows": report.two_row_persons,
                "pairs for a clerk": report.review_pairs,
                "new ids": report.new_ids,
                "answers remembered": remembered,
                "answers of departments": answered,
                "weights": f"{report.weights_version} ({report.weights_status})",
                "estimated precision": markdown(
                    ["links", "estimated precision"],
                    [(grade, f"{share:.6f}") for grade, share in report.estimated_precision.items()],
                ),
                "links by grade": markdown(
                    ["extract", *Grade.codes()],
                    [
                        (name, *(counts.get(grade, 0) for grade in Grade.codes()))
                        for name, counts in report.links.items()
                    ],
                ),
                "pairs by blocking key": markdown(["key", "pairs"], list(report.pairs_by_block.items())),
                "seconds by stage": markdown(
                    ["stage", "seconds"], [(name, f"{s:.2f}") for name, s in report.seconds.items()]
                ),
                **models_timed(timed),
                "seconds": round(sum(report.seconds.values()), 2),
                "warnings": markdown(["warning"], [(message,) for message in warned]),
            },
            check_results=[
                dg.AssetCheckResult(
                    asset_key=PERSON,
                    check_name="every_row_linked_once",
                    passed=astray == 0,
                    metadata={"rows without exactly one link": int(str(astray))},
                )
            ],
        )

    return person
