"""``outreach run``: the Dagster job of one night, executed in this process for one partition."""

from __future__ import annotations

import datetime as dt
import os
import time
import uuid
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from assets.batch import open_complete
from contracts.extracts import EXTRACT_BY_NAME
from outreach.delivery import DeliveryError, published_nights, require_space, whole_releases
from outreach.identity import RegistryError, require_registry
from outreach.intake import BatchError
from outreach.policy import Policy, PolicyError, load_policy, regions
from outreach.settings import SettingsError, load_settings
from pipelines.clock import today
from pipelines.console import FAILED, Steps, err, refuse
from pipelines.place import Place, unwritable

# Dagster takes a second to import: usage errors are answered before.
if TYPE_CHECKING:
    from dagster import DagsterInstance, EventLogEntry


def run_night(place: Place, region: str, as_of: dt.date, allow: Sequence[str], future: bool = False) -> int:
    """Check that the night can begin, run it with progress on the terminal, print the summary.

    Returns:
        The exit status. Nothing is written before every check has passed.

    ``future``: the operator means a date after tomorrow.
    """
    policy = check(place, region, as_of, allow, future)
    return _execute(place, policy, as_of, allow)


def check(place: Place, region: str, as_of: dt.date, allow: Sequence[str], future: bool = False) -> Policy:
    """The policy in force, if the night can begin; else leave with one sentence. Writes nothing."""
    if not place.policies.is_dir():
        refuse(f"政策目录不存在：{place.policies}。")
    known = regions(place.policies)
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
    if not place.landing.is_dir():
        refuse(f"收件目录不存在：{place.landing}。")
    try:
        settings = load_settings(place.home)
    except SettingsError as error:
        refuse(str(error))
    try:
        open_complete(place.landing, region, as_of)
    except BatchError as error:
        refuse(str(error), FAILED)
    blocked = unwritable(place.home)
    if blocked:
        refuse(blocked, FAILED)
    if whole_releases(place.home, region):
        try:
            require_registry(place.home / "state" / region / "registry.duckdb")
        except RegistryError as error:
            refuse(str(error), FAILED)
    try:
        require_space(place.home, settings)
    except DeliveryError as error:
        refuse(str(error), FAILED)
    try:
        return load_policy(region, place.policies, place.parameters(region), as_of=as_of)
    except PolicyError as error:
        refuse(str(error), FAILED)


def _execute(place: Place, policy: Policy, as_of: dt.date, allow: Sequence[str]) -> int:
    import dagster as dg

    from pipelines.alerts import alert, reasons
    from pipelines.definitions import build_defs
    from pipelines.partitions import night_key
    from pipelines.summary import print_failure, print_published

    started = time.perf_counter()
    region = policy.region
    defs = build_defs(place, allow=allow, including=as_of)
    labels = {
        node.node_def.name: str(next(iter(node.specs)).metadata["label"])
        for node in defs.assets or ()
        if isinstance(node, dg.AssetsDefinition)
    }
    run_id = str(uuid.uuid4())
    err.print(f"{policy.name} {as_of}：开始处理（run {run_id}）", markup=False)
    with _instance() as instance, Steps(len(labels)) as steps:
        instance.add_event_listener(run_id, _Listener(steps, labels))
        try:
            result = defs.resolve_job_def("nightly").execute_in_process(
                instance=instance,
                partition_key=night_key(region, as_of),
                run_id=run_id,
                raise_on_error=False,
                run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
            )
        except Exception as error:
            # run storage that fails after the link has moved must not make a published night a failed one
            ours = [n for n in published_nights(place.home, region) if n.run_id == run_id]
            if not ours:
                raise
            seconds = time.perf_counter() - started
            warned = [f"Dagster 未能记录本次运行（{type(error).__name__}）"]
            return print_published(place.home, policy, ours[0].directory, seconds, warned)
    if not result.success:
        told = reasons(result.all_events, labels)
        reason = "；".join(told) or "运行失败"
        path = alert(place.home, region=region, as_of=as_of.isoformat(), run_id=run_id, reason=reason)
        print_failure(region, as_of, told, path)
        return FAILED
    metadata = result.asset_materializations_for_node("release__publication")[0].metadata
    release = Path(str(metadata["release"].value))
    warned = [str(message) for message in metadata["warnings"].value or ()]
    if warned:
        # the night is published: an alert that cannot be written must not make it a failed one
        with suppress(OSError):
            alert(
                place.home,
                region=region,
                as_of=as_of.isoformat(),
                run_id=run_id,
                reason="；".join(warned),
                event="night_published_with_warnings",
            )
    return print_published(place.home, policy, release, time.perf_counter() - started, warned)


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
