"""``make dev``: a newcomer finds a published night, a refused extract and a failed night in Dagster."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import dagster as dg
import pytest
from command import ROOT

from outreach.deployment import Deployment
from pipelines.batches import CompleteBatch, complete_batch
from pipelines.demo import prepare
from pipelines.jobs import started_for
from pipelines.partitions import today


@pytest.mark.soak
def test_what_a_newcomer_sees(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dagster = tmp_path / "dagster"
    dagster.mkdir()
    shutil.copy(ROOT / "deploy" / "dagster.dev.yaml", dagster / "dagster.yaml")
    monkeypatch.setenv("DAGSTER_HOME", str(dagster))
    monkeypatch.chdir(ROOT)
    deployment = Deployment.find(tmp_path / "home", tmp_path / "landing")
    prepare(deployment)
    day, yesterday = today(), today() - dt.timedelta(days=1)
    batch = complete_batch(deployment.landing, "yaohai", day)
    assert isinstance(batch, CompleteBatch)
    with dg.DagsterInstance.get() as instance:
        runs = {
            (run.tags["dagster/partition/region"], run.tags["dagster/partition/date"]): run
            for run in instance.get_runs()
        }
        ended = {night: run.status.value for night, run in runs.items()}
        assert sorted(ended.values()) == ["FAILURE", "SUCCESS", "SUCCESS"]
        assert ended["yaohai", yesterday.isoformat()] == "SUCCESS"
        assert ended["yanling", yesterday.isoformat()] == "FAILURE"
        assert [run.tags["outreach/refused"] for run in runs.values() if "outreach/refused" in run.tags] == [
            "pension_roll"
        ]
        # today's batch waits for the sensor, and the sensor will not repeat what was run
        assert not started_for(instance, batch.fingerprint)
        ran = complete_batch(deployment.landing, "yaohai", yesterday)
        assert isinstance(ran, CompleteBatch)
        assert started_for(instance, ran.fingerprint)
        assert complete_batch(deployment.landing, "yanling", yesterday) is None
        count = len(runs)
        prepare(deployment)
        assert len(instance.get_runs()) == count
