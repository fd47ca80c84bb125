"""``outreach run``: the Dagster job of one night, executed in this process for one partition."""

from __future__ import annotations

import datetime as dt
import os
import time
import uuid
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from assets.batch import open_complete
from assets.commands import doctor_command
from contracts.extracts import EXTRACT_BY_NAME
from outreach.delivery import DeliveryError, published_nights, require_space, whole_releases
from outreach.deployment import Deployment, unwritable
from outreach.engine.folders import OPEN, make_folder
from outreach.identity import RegistryError, require_registry
from outreach.intake import AreaNamesError, BatchError, area_names_file, read_area_names, shown_name
from outreach.policy import Policy, PolicyError, load_policy, regions
from outreach.settings import SettingsError, load_settings
from pipelines.clock import today
from pipelines.console import FAILED, Steps, err, refuse
from pipelines.signals import Interrupted, Stoppable, leave, say, settle, within
from pipelines.temporary import temporary_files

# Dagster takes a second to import: usage errors are answered before.
if TYPE_CHECKING:
    from dagster import DagsterInstance, EventLogEntry

    from pipelines.run_end import NightRun


def run_night(
    deployment: Deployment, region: str, as_of: dt.date, allow: Sequence[str], future: bool = False
) -> int:
    """Check that the night can begin, run it with progress on the terminal, print the summary.

    Returns:
        The exit status. Nothing is written before every check has passed.

    ``future``: the operator means a date after tomorrow.
    """
    policy = check(deployment, region, as_of, allow, future)
    make_folder(deployment.home / "warehouse", OPEN)
    with temporary_files(deployment.home / "warehouse" / ".work" / region / as_of.isoformat()):
        return _execute(deployment, policy, as_of, allow)


def check(
    deployment: Deployment, region: str, as_of: dt.date, allow: Sequence[str], future: bool = False
) -> Policy:
    """The policy in force, if the night can begin; else leave with one sentence. Writes nothing."""
    if not deployment.policies.is_dir():
        refuse(f"政策目录不存在：{deployment.policies}。")
    known = regions(deployment.policies)
    if region not in known:
        refuse(f"没有地区“{region}”的政策；可用的地区：{'、'.join(known)}。")
    unknown = sorted(set(allow) - set(EXTRACT_BY_NAME))
    if unknown:
        refuse(f"--allow 中没有名为“{'、'.join(unknown)}”的数据；可用的名称：{'、'.join(EXTRACT_BY_NAME)}。")
    if as_of > today() + dt.timedelta(days=1) and not future:
        refuse(
            f"日期 {as_of} 晚于明天（今天是 {today()}）：发布后 latest 会一直停在该日期。"
            "请核对 --date；确实要处理将来的日期时，加上 --future。"
        )
    if not deployment.landing.is_dir():
        refuse(f"收件目录不存在：{deployment.landing}。")
    try:
        settings = load_settings(deployment.home)
    except SettingsError as error:
        refuse(str(error))
    try:
        open_complete(deployment.landing, region, as_of)
    except BatchError as error:
        _tell_of_batch(deployment, region, as_of, error)
        refuse(str(error), FAILED)
    folders = (deployment.home, deployment.landing, deployment.policies)
    try:
        read_area_names(area_names_file(folders, region))
    except AreaNamesError as error:
        refuse(str(error), FAILED)
    blocked = unwritable(deployment.home)
    if blocked:
        refuse(blocked, FAILED)
    if whole_releases(deployment.home, region):
        try:
            require_registry(deployment.home / "state" / region / "registry.duckdb")
        except RegistryError as error:
            refuse(str(error), FAILED)
    try:
        require_space(deployment.home, settings)
    except DeliveryError as error:
        refuse(str(error), FAILED)
    try:
        return load_policy(region, deployment.policies, deployment.parameters(region), as_of=as_of)
    except PolicyError as error:
        refuse(str(error), FAILED)


def _tell_of_batch(deployment: Deployment, region: str, as_of: dt.date, error: BatchError) -> None:
    """Raise an alert where nobody reads the terminal (cron), in a deployment that is there."""
    from pipelines.alerts import Kind, raise_alert
    from pipelines.batches import complete_batch
    from pipelines.missing import missing_alert

    if err.is_terminal or not deployment.home.is_dir() or unwritable(deployment.home):
        return
    there = complete_batch(deployment.landing, region, as_of) is not None
    kind = Kind.batch_unreadable if there else Kind.batch_missing
    raise_alert(
        deployment.home, replace(missing_alert(deployment, region, as_of), kind=kind, reason=str(error))
    )


def _execute(deployment: Deployment, policy: Policy, as_of: dt.date, allow: Sequence[str]) -> int:
    import dagster as dg

    from outreach.engine import STOP
    from pipelines.alerts import Kind, raise_alert
    from pipelines.batches import CompleteBatch, complete_batch
    from pipelines.definitions import build_defs
    from pipelines.jobs import BATCH_TAG
    from pipelines.partitions import night_key
    from pipelines.run_end import NightRun, failure_alert, reasons, refusal_alert
    from pipelines.summary import print_failure, print_published

    started = time.perf_counter()
    region = policy.region
    defs = build_defs(deployment, allow=allow, including=as_of)
    labels = {
        node.node_def.name: str(next(iter(node.specs)).metadata["label"])
        for node in defs.assets or ()
        if isinstance(node, dg.AssetsDefinition)
    }
    job = defs.resolve_job_def("nightly")
    # Where a daemon shares the instance, its sensor sees that this batch has been run.
    batch = complete_batch(deployment.landing, region, as_of)
    run_id = str(uuid.uuid4())
    run = NightRun(
        deployment, region, as_of.isoformat(), run_id, in_dagster=bool(os.environ.get("DAGSTER_HOME"))
    )
    unknown = [shown_name(name) for name in open_complete(deployment.landing, region, as_of).unknown]
    err.print(f"{policy.name} {as_of}：开始处理（run {run_id}）", markup=False)
    STOP.reset()
    with _instance() as instance:

        def work() -> dg.ExecuteInProcessResult:
            try:
                return job.execute_in_process(
                    instance=instance,
                    partition_key=night_key(region, as_of),
                    run_id=run_id,
                    tags={BATCH_TAG: batch.fingerprint} if isinstance(batch, CompleteBatch) else {},
                    raise_on_error=False,
                    run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
                )
            finally:
                if STOP.published:
                    settle()

        night = Stoppable(work, STOP.close)
        try:
            with Steps(len(labels)) as steps:
                instance.add_event_listener(run_id, _Listener(steps, labels))
                result = night.run(on_signal=lambda: _cancel(instance, run_id))
        except Interrupted as interrupted:
            _leave_stopped(run, instance, as_of, interrupted.status)
        except Exception as error:
            # Run storage that fails after the link has moved must not make a published night a failed one.
            ours = [n for n in published_nights(deployment.home, region) if n.run_id == run_id]
            if not ours:
                raise
            warned = [f"Dagster 未能记录本次运行（{type(error).__name__}）"]
            seconds = time.perf_counter() - started
            return print_published(deployment.home, policy, ours[0].directory, seconds, warned, unknown)
    if not result.success:
        alert = failure_alert(run, result.all_events, "运行失败")
        print_failure(region, as_of, reasons(result.all_events, labels), raise_alert(deployment.home, alert))
        return FAILED
    refused = refusal_alert(run, result.all_events)
    if refused is not None:
        raise_alert(deployment.home, refused)
    metadata = result.asset_materializations_for_node("release__publication")[0].metadata
    release = Path(str(metadata["release"].value))
    warnings = metadata["warnings"].value
    warned = [str(message) for message in warnings] if isinstance(warnings, Sequence) else []
    if warned:
        examine = doctor_command(deployment.home)
        raise_alert(
            deployment.home, run.alert(Kind.night_published_with_warnings, "；".join(warned), examine)
        )
    return print_published(deployment.home, policy, release, time.perf_counter() - started, warned, unknown)


def _cancel(instance: DagsterInstance, run_id: str) -> None:
    """Let Dagster show the run as canceled, and not as failed, once its step has ended."""
    run = instance.get_run_by_id(run_id)
    if run is not None and not run.is_finished:
        instance.report_run_canceling(run)


def _leave_stopped(run: NightRun, instance: DagsterInstance, as_of: dt.date, status: int) -> NoReturn:
    """End the process of a night that a signal stopped before it published, whatever its step is at."""
    from assets.nightly_run import discard_work
    from outreach.delivery import discard_release
    from pipelines.alerts import Kind, raise_alert

    def record() -> None:
        dagster_run = instance.get_run_by_id(run.run_id)
        if dagster_run is not None and not dagster_run.is_finished:
            instance.report_run_canceled(dagster_run)

    def clear() -> None:
        discard_release(run.deployment.home, run.region, as_of, run.run_id)
        discard_work(run.deployment.home, run.region, as_of, run.run_id)

    within(0.5, record)
    within(0.5, clear)
    alert = run.alert(Kind.night_interrupted, f"收到终止信号（退出码 {status}）")
    within(1.0, lambda: raise_alert(run.deployment.home, alert, tries=1))
    say("已中断，未发布任何内容。")
    leave(status)


def _instance() -> DagsterInstance:
    """Where the run is recorded: in the Dagster that ``DAGSTER_HOME`` names, else nowhere."""
    import dagster as dg

    if os.environ.get("DAGSTER_HOME"):
        return dg.DagsterInstance.get()
    return dg.DagsterInstance.ephemeral(settings={"telemetry": {"enabled": False}})


class _Listener:
    """Turns the run's events into lines of progress."""

    def __init__(self, steps: Steps, labels: dict[str, str]) -> None:
        self._steps = steps
        self._labels = labels
        self._started: dict[str, float] = {}

    def __call__(self, entry: EventLogEntry, _cursor: str | None = None) -> None:
        event = entry.dagster_event
        if event is None or event.step_key is None:
            return
        label = self._labels[event.step_key]
        if event.is_step_start:
            self._started[event.step_key] = time.perf_counter()
            self._steps.tell(label)
        elif event.is_step_success or event.is_step_failure:
            seconds = time.perf_counter() - self._started[event.step_key]
            self._steps.end(label, seconds, failed=event.is_step_failure)
