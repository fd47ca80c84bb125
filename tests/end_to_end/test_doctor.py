"""``outreach doctor``: green where nights can run, red with what to do where something must be done."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from command import SAMPLES, Night, Ran, call
from small_world import DAY, deliver, world

from outreach.delivery import list_releases
from pipelines.alerts import Alert, Kind, raise_alert


@pytest.fixture(autouse=True)
def without_dagster(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DAGSTER_HOME", raising=False)


@pytest.fixture
def home(samples: dict[str, Night], tmp_path: Path) -> Iterator[Path]:
    """A copy of the home after ``make run``."""
    home = tmp_path / "home"
    shutil.copytree(samples["yaohai"].home, home, symlinks=True)
    yield home
    shutil.rmtree(home)


def doctor(home: Path, *more: str | Path) -> Ran:
    return call("doctor", "--home", home, *more)


def line(ran: Ran, what: str) -> str:
    (found,) = [text for text in ran.out.splitlines() if what in text]
    return found


def test_a_machine_on_which_nothing_has_run_is_fit_and_left_alone(tmp_path: Path) -> None:
    fit = doctor(tmp_path / "home", "--landing", SAMPLES)
    assert fit.status == 0, fit.out
    assert not (tmp_path / "home").exists()


def test_after_make_run_all_is_green(home: Path) -> None:
    ran = doctor(home)
    assert ran.status == 0, ran.out
    assert "✗" not in ran.out
    for region in ("yaohai", "yanling"):
        assert line(ran, f"最近一晚 {region}").startswith(f"✓ 最近一晚 {region}：{DAY} 已发布")


def test_only_what_exists_is_ticked(tmp_path: Path) -> None:
    assert line(doctor(tmp_path), "设置文件").startswith("–")
    (tmp_path / "settings.yaml").write_text("{}", encoding="utf-8")
    assert line(doctor(tmp_path), "设置文件").startswith("✓")
    (tmp_path / "settings.yaml").write_text("nonsense: 1", encoding="utf-8")
    ran = doctor(tmp_path)
    assert ran.status == 1
    assert line(ran, "设置文件").startswith("✗")


def test_a_landing_folder_that_was_named_must_be_there(tmp_path: Path) -> None:
    ran = doctor(tmp_path, "--landing", tmp_path / "nowhere")
    assert ran.status == 1
    assert line(ran, "收件目录").startswith("✗")


def test_the_newest_batch_is_reported_as_complete_or_not(tmp_path: Path) -> None:
    folder = deliver(tmp_path / "landing", world())
    assert line(doctor(tmp_path), "批次 yaohai") == f"✓ 批次 yaohai：最新一批 {DAY}，已送齐"
    (folder / "_SUCCESS").unlink()
    assert line(doctor(tmp_path), "批次 yaohai").startswith("–")
    shutil.rmtree(folder.parent)
    folder.parent.symlink_to("/no/such/share")
    ran = doctor(tmp_path)
    assert ran.status == 1
    assert line(ran, "批次 yaohai").startswith("✗")


def test_a_region_that_should_have_delivered_today(tmp_path: Path) -> None:
    (tmp_path / "landing").mkdir()
    settings = {"alerts": {"expected_regions": ["yaohai"], "deadline": "00:00"}}
    (tmp_path / "settings.yaml").write_text(json.dumps(settings), encoding="utf-8")
    (tmp_path / "state" / "yaohai").mkdir(parents=True)
    ran = doctor(tmp_path)
    assert ran.status == 1
    assert line(ran, "今日批次 yaohai").startswith("✗")


def test_a_held_release_waits_with_its_command(home: Path) -> None:
    (release,) = list_releases(home, "yaohai")
    ledger = home / "state" / "yaohai" / "releases.jsonl"
    ledger.unlink()
    (home / "releases" / "yaohai" / DAY / "current").unlink()
    release.directory.chmod(0o755)
    (release.directory / "held.json").write_text('{"reasons": [{"message": "停发 60"}]}', encoding="utf-8")
    ran = doctor(home)
    assert ran.status == 1
    assert line(ran, "最近一晚 yaohai").startswith("✗")
    assert f"outreach release approve --region yaohai --date {DAY} --run {release.run_id}" in ran.out


@pytest.mark.parametrize("name", ["registry.duckdb", "releases.jsonl"])
def test_a_state_file_that_cannot_be_read_is_named(home: Path, name: str) -> None:
    (home / "state" / "yaohai" / name).write_bytes(b"\xff\xfe no state\n" * 9)
    ran = doctor(home)
    assert ran.status == 1
    assert name in line(ran, "状态文件 yaohai")


def test_a_lost_registry_is_noticed(home: Path) -> None:
    (home / "state" / "yaohai" / "registry.duckdb").unlink()
    ran = doctor(home)
    assert ran.status == 1
    assert line(ran, "状态文件 yaohai").startswith("✗")


def test_an_alert_is_open_until_its_night_is_published(home: Path) -> None:
    raise_alert(home, Alert(Kind.night_failed, "yaohai", "2026-11-21", "盘满", "outreach run …", "r1"))
    ran = doctor(home)
    assert ran.status == 1
    assert "2026-11-21" in line(ran, "告警")
    (path,) = (home / "state" / "alerts").iterdir()
    body = json.loads(path.read_text(encoding="utf-8"))
    # the same of a night that was published since
    path.write_text(json.dumps(body | {"date": DAY, "at": "2020-01-01T00:00:00+08:00"}), encoding="utf-8")
    assert doctor(home).status == 0
    path.write_text("{", encoding="utf-8")
    assert doctor(home).status == 0


def test_a_daemon_that_never_ran(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dagster = tmp_path / "dagster"
    dagster.mkdir()
    monkeypatch.setenv("DAGSTER_HOME", str(dagster))
    assert "没有 dagster.yaml" in line(doctor(tmp_path), "Dagster 守护进程")
    (dagster / "dagster.yaml").write_text("telemetry: {enabled: false}\n", encoding="utf-8")
    ran = doctor(tmp_path)
    assert ran.status == 1
    assert line(ran, "Dagster 守护进程").startswith("✗ Dagster 守护进程：从未运行")
