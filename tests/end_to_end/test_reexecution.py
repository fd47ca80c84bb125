"""A failed run becomes an alert, and continued from failure goes on with what was done."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import dagster as dg
import pytest
from small_world import DAY, REGION, deliver, world

import assets.decisions
from outreach.deployment import Deployment
from pipelines.definitions import build_defs
from pipelines.partitions import night_key

AS_OF = dt.date.fromisoformat(DAY)


def nightly() -> dg.JobDefinition:
    """The job of the deployment that the environment names: Dagster rebuilds it for a new attempt."""
    return build_defs(Deployment.find(), including=AS_OF).resolve_job_def("nightly")


def alert_of(run: dg.ExecuteInProcessResult, instance: dg.DagsterInstance, home: Path) -> str:
    """What the failure sensor writes about a failed run."""
    defs = build_defs(Deployment.find(), including=AS_OF)
    context = dg.build_run_status_sensor_context(
        sensor_name="night_failed",
        dagster_event=run.get_run_failure_event(),
        dagster_instance=instance,
        dagster_run=run.dagster_run,
        resources=defs.resources,
    ).for_run_failure()
    sensor = defs.get_repository_def().get_sensor_def("night_failed")
    assert isinstance(sensor, dg.RunStatusSensorDefinition)
    sensor(context)
    (path,) = (home / "state" / "alerts").glob(f"{DAY}-{REGION}-*.json")
    return path.read_text(encoding="utf-8")


def test_from_failure_to_publication(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deliver(tmp_path / "landing", world())
    home = tmp_path / "home"
    monkeypatch.setenv("OUTREACH_HOME", str(home))
    monkeypatch.setenv("OUTREACH_LANDING", str(tmp_path / "landing"))
    (tmp_path / "dagster").mkdir()

    def fails(*_: object) -> None:
        raise ValueError("李建国 340102195001013110")

    with dg.DagsterInstance.local_temp(
        str(tmp_path / "dagster"), overrides={"telemetry": {"enabled": False}}
    ) as instance:
        with monkeypatch.context() as broken:
            broken.setattr(assets.decisions, "decide", fails)
            first = nightly().execute_in_process(
                instance=instance, partition_key=night_key(REGION, AS_OF), raise_on_error=False
            )
        assert not first.success
        assert not (home / "releases" / REGION / DAY / "current").exists()
        alert = alert_of(first, instance, home)
        assert "decisions__decision" in alert
        assert "李建国" not in alert
        again = dg.execute_job(
            dg.reconstructable(nightly),
            instance=instance,
            reexecution_options=dg.ReexecutionOptions.from_failure(first.run_id, instance),
            tags=dict(first.dagster_run.tags),
        )
        assert again.success
        steps = {event.step_key for event in again.all_events if event.is_step_success}
        assert "decisions__decision" in steps
        assert "identity__person" not in steps
        failures = instance.get_records_for_run(first.run_id, of_type=dg.DagsterEventType.STEP_FAILURE)
        logged = "".join(str(record.event_log_entry) for record in failures.records)
    assert "ValueError" in logged
    # A release has the id of the run that opened the batch, whichever run finished it.
    assert (home / "releases" / REGION / DAY / "current").readlink() == Path(first.run_id)
    assert "李建国" not in logged
    assert "340102195001013110" not in logged
