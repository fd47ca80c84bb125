"""A release, built aside and published whole: snapshot, analyst's file, lists, then one link that moves."""

# No postponed annotations here: Dagster reads the type of `context` as it is.

import datetime as dt
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import dagster as dg

from assets.commands import approve_command
from assets.failures import as_dagster_failure
from assets.intake import REGISTER
from assets.mart import CANDIDATE
from assets.nightly_run import DeploymentResource, NightlyRun, release_paths
from assets.report import markdown, models_timed, rows
from assets.step import check, step
from outreach.delivery import (
    DeliveryError,
    Pruned,
    ReleasePaths,
    check_release,
    complete_timing,
    hold,
    hold_reasons,
    keep_registry,
    prune,
    publish,
    read_history,
    read_mart,
    write_analyst,
    write_lists,
    write_manifest,
    write_parquet,
    write_snapshot,
)
from outreach.engine import STOP, Warehouse, warn, warnings_of
from outreach.intake import check_conservation

SNAPSHOT = dg.AssetKey(["release", "snapshot"])
ANALYST = dg.AssetKey(["release", "analyst"])
LISTS = dg.AssetKey(["release", "lists"])
PUBLICATION = dg.AssetKey(["release", "publication"])
WARNINGS = "warnings"
"""Under this name manifest and metadata list what was damaged and did not stop the night."""

REFUSED_TAG = "outreach/refused"
"""Run tag: the extracts that the night refused."""
HELD_TAG = "outreach/held"
"""Run tag: the release that waits for an operator's word."""

DAILY_BY_SEVEN = dg.FreshnessPolicy.cron(
    deadline_cron="0 7 * * *", lower_bound_delta=dt.timedelta(hours=7), timezone="Asia/Shanghai"
)
"""Officers start their day at eight: a night is out by seven."""


def require_register(warehouse: Warehouse) -> None:
    """The household register is there.

    Raises:
        DeliveryError: the register was refused or absent; nothing may be published without it.
    """
    status = rows(warehouse.con, "SELECT status FROM run.extract WHERE extract = ? AND delivered", REGISTER)
    if not status:
        raise DeliveryError("household_register was refused or absent: nothing is published without it")


def release_assets(partitions: dg.PartitionsDefinition[str]) -> list[dg.AssetsDefinition]:
    """Three parts of a release and its publication."""
    return [
        _part(
            SNAPSHOT,
            partitions,
            write_snapshot,
            label="结果表文件",
            english="`mart.duckdb`: every published table, read-only.",
            chinese="当晚全部结果表，只读。",
            kinds={"duckdb"},
        ),
        _part(
            ANALYST,
            partitions,
            write_analyst,
            label="分析库",
            english="`analyst.duckdb`: de-identified, small counts suppressed.",
            chinese="去标识化的分析库，小于 5 的计数不显示。",
            kinds={"duckdb"},
        ),
        _part(
            LISTS,
            partitions,
            _write_lists,
            label="名单",
            english="Lists by programme, action and town, walking lists by household, corrections for "
            "departments.",
            chinese="按项目、事项、街镇的名单，按户的走访单，反馈各部门的核对清单。",
            kinds={"excel", "csv"},
        ),
        _publication(partitions),
    ]


def _write_lists(warehouse: Warehouse, paths: ReleasePaths) -> Mapping[str, int]:
    written = write_lists(warehouse, paths)
    return {"files": written.files, "lines": written.lines, **written.lines_by_action}


def _part(
    key: dg.AssetKey,
    partitions: dg.PartitionsDefinition[str],
    write: Callable[[Warehouse, ReleasePaths], Mapping[str, int]],
    **words: Any,
) -> dg.AssetsDefinition:
    @step(key, partitions, deps=[CANDIDATE], **words)
    def part(context: dg.AssetExecutionContext, deployment: DeploymentResource) -> dg.MaterializeResult:
        started = time.perf_counter()
        with as_dagster_failure():
            night = deployment.night(context)
            with night.warehouse() as warehouse:
                paths = release_paths(night, warehouse)
                with read_mart(warehouse, paths):
                    written = write(warehouse, paths)
                timed = warehouse.timings()
        return dg.MaterializeResult(
            metadata={
                "written": markdown(["what", "count"], list(written.items())),
                **models_timed(timed),
                "seconds": round(time.perf_counter() - started, 2),
            }
        )

    return part


@contextmanager
def _signals_asking() -> Iterator[None]:
    """A signal meanwhile requests a stop instead of raising in the midst of it.

    In a run that Dagster started, Dagster raises wherever the step is: a night that has moved its link would
    be shown as canceled. Where the step is not in the main thread, the receiver of the signals requests it.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    for number in before:
        signal.signal(number, lambda *_: STOP.request())
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _publication(partitions: dg.PartitionsDefinition[str]) -> dg.AssetsDefinition:
    @step(
        PUBLICATION,
        partitions,
        deps=[SNAPSHOT, ANALYST, LISTS],
        label="发布",
        english="All promises checked again, then one link moves: snapshot, analyst's file and lists at "
        "once. Unusual numbers of stops or cuts hold the release back.",
        chinese="再次核验后整体发布；停发或调低异常增多时暂缓发布待审批。",
        kinds={"file"},
        freshness_policy=DAILY_BY_SEVEN,
        check_specs=[
            check(
                PUBLICATION,
                "in_order",
                partitions,
                "Nothing that the night reads of earlier nights is damaged, and old releases could be "
                "cleared away. 台账、旧版本、人工结论等均完好，旧版本清理正常。",
                blocking=False,
            )
        ],
    )
    def publication(
        context: dg.AssetExecutionContext, deployment: DeploymentResource
    ) -> dg.MaterializeResult:
        with as_dagster_failure():
            night = deployment.night(context)
            with night.warehouse() as warehouse:
                paths = release_paths(night, warehouse)
                # A blocking check stops only the run it failed in: what was promised is checked again here.
                lost = [account.extract for account in check_conservation(warehouse) if not account.holds]
                if lost:
                    raise DeliveryError(f"rows were lost between door and tables: {', '.join(lost)}")
                require_register(warehouse)
                refused = [
                    str(name)
                    for (name,) in rows(
                        warehouse.con, "SELECT extract FROM run.extract WHERE status = 'refused' ORDER BY 1"
                    )
                ]
                history = read_history(night.home, night.region, before=night.as_of)
                for damaged in history.damaged:
                    warn(warehouse.con, damaged.message)
                warned = warnings_of(warehouse.con)
                keep_registry(paths, night.registry_copy)
                timing = complete_timing(warehouse, paths)
                if night.settings.release.parquet:
                    _copy_as_parquet(paths, night.settings.engine.memory_limit, warned)
                with read_mart(warehouse, paths):
                    reasons = hold_reasons(warehouse, night.home, night.settings)
                    write_manifest(paths, warehouse, {WARNINGS: list(warned), "timing": timing})
            found = check_release(paths)
            if found:
                wrong = "; ".join(f"{finding.check}: {finding.message}" for finding in found)
                raise DeliveryError(f"the release does not keep what it promises: {wrong}")
            if refused:
                # A published run is green in the list of runs: its tags are what is seen there.
                context.instance.add_run_tags(context.run.run_id, {REFUSED_TAG: ",".join(refused)})
            if reasons:
                with _signals_asking():
                    done = hold(paths, reasons, warned.append)
                    night.finish()
                context.instance.add_run_tags(context.run.run_id, {HELD_TAG: done.run_id})
                unusual = "；".join(reason.message for reason in reasons)
                command = approve_command(night.region, night.as_of, done.run_id, home=night.home)
                raise dg.Failure(
                    f"暂缓发布待审批：{unusual}。核实无误后运行：{command}",
                    metadata={
                        "release": str(done.directory),
                        "unusual": unusual,
                        "approve with": command,
                        WARNINGS: dg.MetadataValue.json(warned),
                    },
                    allow_retries=False,
                )
            with _signals_asking():
                done = publish(paths, warned.append, night.settings.locks.wait_seconds)
            pruned = clear_up(night, warned)
        for message in warned:
            context.log.warning(message)
        return dg.MaterializeResult(
            metadata={
                "release": str(done.directory),
                "extracts refused": ", ".join(refused) or "none",
                "old dates removed": pruned.dates,
                "old releases removed": pruned.releases,
                WARNINGS: dg.MetadataValue.json(warned),
            },
            check_results=[
                dg.AssetCheckResult(
                    asset_key=PUBLICATION,
                    check_name="in_order",
                    passed=not warned,
                    severity=dg.AssetCheckSeverity.WARN,
                    metadata={"warnings": len(warned)},
                )
            ],
        )

    return publication


def _copy_as_parquet(paths: ReleasePaths, memory_limit: str, warned: list[str]) -> None:
    """The tables for tools without DuckDB: a copy, so no reason to keep the lists from their readers."""
    try:
        write_parquet(paths, memory_limit)
    except DeliveryError as error:
        warned.append(str(error))


def clear_up(night: NightlyRun, warned: list[str]) -> Pruned:
    """What follows publication: it cannot fail the night any more, only be reported."""
    pruned = Pruned()
    try:
        night.finish()
        pruned = prune(night.home, night.settings)
        warned += pruned.problems
    except Exception as error:
        warned.append(f"发布之后的清理未完成：{type(error).__name__}")
    return pruned
