"""What a night reports of itself, by the command line or the daemon: refused extracts, held releases."""

from __future__ import annotations

import datetime as dt
import json
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import dagster as dg
import pytest
from command import Night, run_night
from small_world import DAY, REGION, benefit, deliver, number, register, world

from assets.release import REFUSED_TAG
from outreach.deployment import Deployment
from pipelines.definitions import build_defs
from pipelines.partitions import night_key

AS_OF = dt.date.fromisoformat(DAY)


@dataclass(frozen=True)
class DagsterNight:
    """A night that was executed against an instance that remembers."""

    instance: dg.DagsterInstance
    defs: dg.Definitions
    run: dg.ExecuteInProcessResult
    home: Path

    def look(self, sensor_name: str) -> None:
        """Let a sensor of the daemon see how the run ended."""
        sensor = self.defs.get_repository_def().get_sensor_def(sensor_name)
        assert isinstance(sensor, dg.RunStatusSensorDefinition)
        kinds = (dg.DagsterEventType.RUN_SUCCESS, dg.DagsterEventType.RUN_FAILURE)
        (ended,) = [event for event in self.run.all_events if event.event_type in kinds]
        context = dg.build_run_status_sensor_context(
            sensor_name=sensor_name,
            dagster_event=ended,
            dagster_instance=self.instance,
            dagster_run=self.run.dagster_run,
            resources=self.defs.resources,
        )
        sensor(context if self.run.success else context.for_run_failure())


def alerts(home: Path) -> list[dict[str, str]]:
    paths = sorted((home / "state" / "alerts").glob("*.json"))
    return [json.loads(path.read_text(encoding="utf-8")) for path in paths]


def execute(root: Path, instance: dg.DagsterInstance) -> DagsterNight:
    deployment = Deployment.find(root / "home", root / "landing")
    defs = build_defs(deployment, including=AS_OF)
    run = defs.resolve_job_def("nightly").execute_in_process(
        instance=instance, partition_key=night_key(REGION, AS_OF), raise_on_error=False
    )
    return DagsterNight(instance, defs, run, deployment.home)


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dg.DagsterInstance]:
    folder = str(tmp_path_factory.mktemp("dagster"))
    with dg.DagsterInstance.local_temp(folder, overrides={"telemetry": {"enabled": False}}) as instance:
        yield instance


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory, instance: dg.DagsterInstance) -> DagsterNight:
    """A night whose survey has another number of rows than its manifest has."""
    root = tmp_path_factory.mktemp("refused")
    folder = deliver(root / "landing", world())
    (folder / "_SUCCESS").write_text(json.dumps({"care_survey.csv": {"rows": 99}}), encoding="utf-8")
    (root / "home").mkdir()
    settings = {"alerts": {"dagster_url": "https://dagster.example"}}
    (root / "home" / "settings.yaml").write_text(json.dumps(settings), encoding="utf-8")
    return execute(root, instance)


@pytest.fixture(scope="module")
def unusual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A landing folder with sixty dead payees."""
    landing = tmp_path_factory.mktemp("unusual")
    payees = [(f"何{chr(0x5B80 + i)}", number("19400201", 100 + 2 * i)) for i in range(60)]
    extracts = world()
    for i, (name, id_number) in enumerate(payees):
        dead = {"户号": f"D{i}", "公民身份号码": id_number, "姓名": name, "出生日期": "1940-02-01"}
        extracts["household_register"].append({**register()[0], **dead, "人员状态": "死亡注销"})
        extracts["benefit_roll"].append(benefit((name, id_number), "age_allowance", "100"))
    deliver(landing, extracts)
    return landing


def test_a_published_night_that_refused_an_extract_is_not_silent(refused: DagsterNight) -> None:
    assert refused.run.success
    refused.look("extract_refused")
    refused.look("extract_refused")
    (alert,) = alerts(refused.home)
    assert (alert["kind"], alert["region"], alert["date"]) == ("extract_refused", REGION, DAY)
    assert "care_survey" in alert["reason"]
    assert shlex.split(alert["command"])[:6] == ["outreach", "run", "--region", REGION, "--date", DAY]
    assert alert["link"] == f"https://dagster.example/runs/{refused.run.run_id}"


def test_the_list_of_runs_shows_what_was_refused(refused: DagsterNight) -> None:
    run = refused.instance.get_run_by_id(refused.run.run_id)
    assert run is not None
    assert run.tags[REFUSED_TAG] == "care_survey"


def test_a_checks_result_is_its_nights_own(refused: DagsterNight) -> None:
    (contract,) = [
        check
        for check in refused.run.get_asset_check_evaluations()
        if check.check_name == "contract" and check.asset_key.path[-1] == "care_survey"
    ]
    assert not contract.passed
    assert contract.partition == night_key(REGION, AS_OF)


@pytest.fixture(scope="module")
def held(unusual: Path, tmp_path_factory: pytest.TempPathFactory) -> Night:
    return run_night(tmp_path_factory.mktemp("held"), unusual)


def test_a_hold_is_not_called_a_failure_and_names_the_command_that_approves(held: Night) -> None:
    assert held.ran.status == 1
    (alert,) = alerts(held.home)
    assert alert["kind"] == "release_held"
    assert "停发 60" in alert["reason"]
    words = shlex.split(alert["command"])
    options = dict(zip(words[3::2], words[4::2], strict=True))
    assert words[:3] == ["outreach", "release", "approve"]
    assert (options["--region"], options["--date"], options["--home"]) == (REGION, DAY, str(held.home))
    assert (held.home / "releases" / REGION / DAY / options["--run"] / "held.json").exists()
    assert "--why" in options
    assert alert["command"] in held.ran.err
    assert alert["link"] is None
