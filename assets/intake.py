"""The sixteen extracts through their contracts: one asset an extract, its checks made from the contract."""

# No postponed annotations here: Dagster reads the type of `context` as it is.

from collections.abc import Sequence

import dagster as dg

from assets.batch import open_complete
from assets.failures import as_dagster_failure
from assets.landing import BATCH
from assets.nightly_run import DeploymentResource
from assets.report import markdown
from assets.step import check, step
from contracts.extracts import Column, Extract, Kind
from outreach.delivery import last_published
from outreach.intake import Conservation, Delivery, check_conservation, intake_extract
from outreach.policy import programme_labels, regions

REGISTER = "household_register"
DELIMITERS = {"\t": "tab", ",": "comma", "|": "bar"}
CHECKS = {
    "delivered": "The extract is in the batch. 本批次中有这份数据。",
    "contract": "Header, form, manifest and share of quarantined rows are as the contract requires. "
    "表头、格式、清单及隔离比例符合约定。",
    "conservation": "rows read = rows accepted + rows quarantined. 读入行数等于接收与隔离行数之和。",
    "volume": "Not markedly fewer rows than the last published nights had. 行数较近期发布没有骤降。",
}


def intake_key(extract: str) -> dg.AssetKey:
    """The asset of an extract's accepted rows."""
    return dg.AssetKey(["intake", extract])


def _column(column: Column) -> dg.TableColumn:
    return dg.TableColumn(
        column.name,
        type=column.kind.value,
        description=f"{column.header}: {column.meaning}",
        constraints=dg.TableColumnConstraints(nullable=not column.required_value),
    )


def extract_asset(extract: Extract, partitions: dg.PartitionsDefinition[str]) -> dg.AssetsDefinition:
    """Accepted rows of one extract, with four checks; those of the register block the night."""
    key = intake_key(extract.name)
    names_programmes = any(column.kind is Kind.PROGRAMME for column in extract.columns)

    @step(
        key,
        partitions,
        deps=[BATCH],
        label=extract.title,
        english=f"{extract.row[0].upper()}{extract.row[1:]}, from {extract.department.english}.",
        chinese=f"{extract.department.title}：{extract.title}。逐行核对后入库，不合格的行隔离并注明原因。",
        kinds={"polars", "duckdb"},
        owner=extract.department.key,
        tags={"department": extract.department.key},
        metadata={
            "department": extract.department.title,
            "dagster/column_schema": dg.TableSchema([_column(column) for column in extract.columns]),
        },
        check_specs=[check(key, name, partitions, words) for name, words in CHECKS.items()],
    )
    def intake(context: dg.AssetExecutionContext, deployment: DeploymentResource) -> dg.MaterializeResult:
        with as_dagster_failure():
            night = deployment.night(context)
            last = last_published(
                night.home,
                night.region,
                on_or_before=night.as_of,
                nights_compared=night.settings.intake.volume_nights,
            )
            earlier = last.history.get(extract.name, ()) if last else ()
            with night.warehouse() as warehouse:
                delivery = intake_extract(
                    warehouse,
                    open_complete(night.landing, night.region, night.as_of),
                    extract.name,
                    as_of=night.as_of,
                    earlier_rows=earlier,
                    allowed=night.allowed,
                    programmes=programme_labels(night.policies) if names_programmes else {},
                    regions={name: region for region, (_, name) in regions(night.policies).items()}
                    if extract.returned
                    else None,
                )
                (account,) = check_conservation(warehouse, [extract.name])
        reported = [("row", *rule) for rule in delivery.quarantine.items()]
        reported += [("value", *rule) for rule in delivery.values.items()]
        return dg.MaterializeResult(
            metadata={
                "status": delivery.status,
                "message": delivery.message,
                "dagster/row_count": delivery.rows_accepted,
                "rows read": delivery.rows_read,
                "rows quarantined": delivery.rows_quarantined,
                **rows_before(earlier),
                "quarantine by rule": markdown(["severity", "rule", "count"], reported),
                "files": markdown(
                    ["file", "encoding", "delimiter", "read", "accepted", "quarantined", "sha256"],
                    [
                        (
                            file.file,
                            file.encoding,
                            DELIMITERS.get(file.delimiter or "", file.delimiter),
                            file.rows_read,
                            file.rows_accepted,
                            file.rows_quarantined,
                            (file.sha256 or "")[:12],
                        )
                        for file in delivery.files
                    ],
                ),
                "columns left out": ", ".join(delivery.extra_columns),
                "seconds": round(delivery.seconds, 2),
            },
            check_results=checked(key, delivery, account, earlier),
        )

    return intake


def checked(
    key: dg.AssetKey, delivery: Delivery, account: Conservation, earlier: Sequence[int] = ()
) -> list[dg.AssetCheckResult]:
    """What the checks of an extract find. Only the register's failures and lost rows block the night."""
    passed = {
        "delivered": delivery.status != "absent",
        "contract": delivery.status != "refused",
        "conservation": account.holds,
        "volume": "volume" not in delivery.over_limits,
    }
    figures: dict[str, dict[str, int | str | None]] = {
        "delivered": {"status": delivery.status},
        "contract": {"rows quarantined": delivery.rows_quarantined, "message": delivery.message},
        "conservation": {
            "rows read": account.rows_read,
            "rows accepted": account.rows_accepted,
            "rows quarantined": account.rows_quarantined,
        },
        "volume": {"rows read": delivery.rows_read, **rows_before(earlier)},
    }
    blocks = {"conservation"} if delivery.extract != REGISTER else set(CHECKS) - {"volume"}
    return [
        dg.AssetCheckResult(
            asset_key=key,
            check_name=name,
            passed=passed[name],
            severity=dg.AssetCheckSeverity.ERROR if name in blocks else dg.AssetCheckSeverity.WARN,
            metadata=figures[name],
        )
        for name in CHECKS
    ]


def rows_before(earlier: Sequence[int]) -> dict[str, int | str]:
    """The baseline of the volume rule, where there is one."""
    if not earlier:
        return {}
    return {
        "rows on the last published night": earlier[-1],
        "rows on the published nights before, oldest first": ", ".join(map(str, earlier[:-1])),
    }
