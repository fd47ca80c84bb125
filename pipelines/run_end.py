"""The end of a run, from its events: what failed, what waits, what was refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import dagster as dg

from assets.commands import run_command
from assets.failures import INTERRUPTED, scrub
from contracts.extracts import EXTRACT_BY_NAME
from outreach.deployment import Deployment
from pipelines.alerts import Alert, Kind


@dataclass(frozen=True)
class NightRun:
    """A run of the job, as an alert speaks of it."""

    deployment: Deployment
    region: str
    as_of: str
    run_id: str
    in_dagster: bool

    def alert(self, kind: Kind, reason: str, command: str | None = None) -> Alert:
        """An alert about this run; its command is to run the night again where no other is given."""
        again = run_command(
            self.region, self.as_of, landing=self.deployment.landing, home=self.deployment.home
        )
        return Alert(kind, self.region, self.as_of, reason, command or again, self.run_id, self.in_dagster)


def failure_alert(run: NightRun, events: Iterable[dg.DagsterEvent], otherwise: str) -> Alert:
    """The alert of a run that did not publish: failed, interrupted, or held back until somebody approves.

    ``otherwise``: the reason where no event gives one (a worker that died).
    """
    happened = list(events)
    for event in happened:
        data = event.step_failure_data.user_failure_data if event.is_step_failure else None
        if data and "approve with" in data.metadata:
            command = str(data.metadata["approve with"].value)
            return run.alert(Kind.release_held, str(data.metadata["unusual"].value), command)
    if any(map(_was_interrupted, happened)):
        return run.alert(Kind.night_interrupted, "运行被中断")
    return run.alert(Kind.night_failed, "；".join(reasons(happened)) or otherwise)


def refusal_alert(run: NightRun, events: Iterable[dg.DagsterEvent]) -> Alert | None:
    """The alert of a published run that refused extracts; None where it refused none."""
    refused = dict(refusals(events))
    if not refused:
        return None
    named = (f"{EXTRACT_BY_NAME[name].title}（{name}）{message}" for name, message in refused.items())
    return run.alert(Kind.extract_refused, "；".join(named))


def refusals(events: Iterable[dg.DagsterEvent]) -> Iterator[tuple[str, str]]:
    """The extracts that the run refused, and why: the check ``contract`` that did not pass."""
    for event in events:
        if event.event_type is dg.DagsterEventType.ASSET_CHECK_EVALUATION:
            check = event.asset_check_evaluation_data
            if check.check_name == "contract" and not check.passed:
                message = check.metadata.get("message")
                yield check.asset_key.path[-1], scrub(str(message.value)) if message else ""


def reasons(events: Iterable[dg.DagsterEvent], labels: Mapping[str, str] | None = None) -> list[str]:
    """Why a run failed: each blocking check that did not pass and each failed step, with its message.

    The messages are free of personal data: ``assets.failures`` sees to it for steps, checks hold figures and
    intake's messages. ``labels`` name steps for a reader.
    """
    found = []
    for event in events:
        label = (labels or {}).get(event.step_key or "", event.step_key)
        if event.event_type is dg.DagsterEventType.ASSET_CHECK_EVALUATION:
            check = event.asset_check_evaluation_data
            if not check.passed and check.severity is dg.AssetCheckSeverity.ERROR:
                figures = "，".join(f"{name} {value.value}" for name, value in check.metadata.items())
                found.append(f"{label}：{check.check_name} 未通过（{figures}）")
        elif event.is_step_failure:
            found += [f"{label}：{words}" for words in _words(event)]
    return found


def _words(event: dg.DagsterEvent) -> Iterator[str]:
    data = event.step_failure_data
    error = data.error
    if data.user_failure_data and data.user_failure_data.description:
        yield data.user_failure_data.description
    elif error and error.cls_name != "DagsterAssetCheckFailedError":
        yield error.message.strip()


def _was_interrupted(event: dg.DagsterEvent) -> bool:
    if not event.is_step_failure:
        return False
    data = event.step_failure_data
    by_signal = data.error is not None and data.error.cls_name == "DagsterExecutionInterruptedError"
    return by_signal or bool(data.user_failure_data and INTERRUPTED in data.user_failure_data.metadata)
