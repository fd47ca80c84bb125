"""Night after night in one home: killed, refused, allowed, run again, held back."""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import subprocess
from pathlib import Path

import pytest
from command import OUTREACH, Night, call, outreach, run_night
from small_world import DAY, FILLERS, GRANDMOTHER, REGION, benefit, deliver, number, person, register, world

NEXT = "2026-11-21"
BROKEN = "2026-11-22"


@pytest.fixture(scope="module")
def landing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three batches: in order; with a shrunken survey and one benefit fewer; without a register."""
    landing = tmp_path_factory.mktemp("nights")
    surveyed = world()
    surveyed["care_survey"] += [person(who, 独居="否", 空巢="否", 留守="否") for who in FILLERS * 4]
    deliver(landing, surveyed)
    shrunk = world()
    shrunk["benefit_roll"] = [row for row in shrunk["benefit_roll"] if row["项目编码"] != "age_allowance"]
    deliver(landing, shrunk, NEXT)
    unusable = world()
    for row in unusable["household_register"]:
        del row["姓名"]
    deliver(landing, unusable, BROKEN)
    return landing


@pytest.fixture(scope="module")
def yesterday(landing: Path, tmp_path_factory: pytest.TempPathFactory) -> Night:
    """The first night, published."""
    night = run_night(tmp_path_factory.mktemp("home"), landing)
    assert night.ran.status == 0, night.ran.err
    return night


def published(home: Path) -> dict[str, bytes]:
    """Every published file of the home's latest night with its bytes, through the stable paths."""
    files = [home / "warehouse" / REGION / name for name in ("latest.duckdb", "latest.analyst.duckdb")]
    files += sorted(path for path in (home / "lists" / REGION / "latest").rglob("*") if path.is_file())
    return {str(path): path.read_bytes() for path in files}


def kill_after(label: str, home: Path, landing: Path, day: str) -> None:
    """Start the night and kill it, as a power cut would, once a step has ended."""
    command: list[str | Path] = [OUTREACH, "run", "--region", REGION, "--date", day]
    command += ["--landing", landing, "--home", home]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if label in line:
                os.kill(process.pid, signal.SIGKILL)
                break
        process.wait()
    assert process.returncode == -signal.SIGKILL


@pytest.mark.parametrize("label", [pytest.param("户籍人口", marks=pytest.mark.soak), "结果表文件"])
def test_a_killed_night_leaves_yesterday_in_place(yesterday: Night, landing: Path, label: str) -> None:
    before = published(yesterday.home)
    kill_after(label, yesterday.home, landing, NEXT)
    assert published(yesterday.home) == before
    assert not (yesterday.home / "warehouse" / REGION / f"{NEXT}.duckdb").exists()


def test_the_night_after_a_kill_succeeds_but_refuses_what_shrank(yesterday: Night, landing: Path) -> None:
    night = run_night(yesterday.home, landing, day=NEXT)
    assert night.ran.status == 3, night.ran.err
    assert "与 2026-11-20 的发布相比" in night.ran.out
    assert "数据变化" in night.ran.out
    assert night.query("SELECT status FROM mart.delivery WHERE extract = 'care_survey'") == [("refused",)]
    assert night.query("SELECT DISTINCT lives_alone FROM mart.person") == [(None,)]
    assert not list((night.home / "releases").rglob(".building-*"))


def test_what_changed_since_the_published_night_has_its_cause(yesterday: Night) -> None:
    assert "首次发布" in yesterday.ran.out
    night = Night(yesterday.ran, yesterday.home, REGION, NEXT)
    assert yesterday.query("SELECT count(*) FROM mart.change") == [(0,)]
    (line,) = night.query(
        "SELECT person_id, action_before, action, cause, cause_text, compared_with FROM mart.change "
        "WHERE programme = 'age_allowance'"
    )
    assert line[1:4] == ("keep", "add", "data")
    assert line[4:] == ("待遇发放：在享受→未享受", dt.date(2026, 11, 20))
    seen = (
        "SELECT first_seen_on FROM mart.candidate JOIN mart.change USING (person_id, programme) "
        "WHERE programme = 'age_allowance'"
    )
    assert night.query(seen) == [(dt.date(2026, 11, 21),)]
    kept = "SELECT DISTINCT first_seen_on FROM mart.candidate WHERE action = 'keep'"
    assert night.query(kept) == [(dt.date(2026, 11, 20),)]
    folder = night.home / "lists" / REGION / NEXT
    listed = (folder / "changes.csv").read_text(encoding="utf-8-sig")
    assert GRANDMOTHER[0] in listed
    assert "待遇发放：在享受→未享受" in listed
    assert GRANDMOTHER[1] not in listed
    assert (folder / "340102001" / "changes.xlsx").exists()
    assert "changes.csv" in (folder / "index.csv").read_text(encoding="utf-8-sig")
    assert not (night.home / "lists" / REGION / DAY / "changes.csv").exists()


def test_what_the_operator_allows_by_name_is_taken_in_on_a_rerun(yesterday: Night, landing: Path) -> None:
    home = yesterday.home
    first = (home / "releases" / REGION / NEXT / "current").readlink()
    reader = Night(yesterday.ran, home, REGION, NEXT)
    ids = reader.query("SELECT id_number, person_id FROM mart.person ORDER BY ALL")
    arguments = ("--region", REGION, "--date", NEXT, "--landing", landing, "--home", home)
    ran = outreach("run", *arguments, "--allow", "care_survey")
    assert ran.status == 0, ran.err
    assert (home / "releases" / REGION / NEXT / "current").readlink() != first
    assert (home / "releases" / REGION / NEXT / first / "manifest.json").exists()
    assert reader.query("SELECT status FROM mart.delivery WHERE extract = 'care_survey'") == [("accepted",)]
    assert reader.query("SELECT compared_with FROM mart.run") == [(dt.date(2026, 11, 20),)]
    assert reader.query("SELECT id_number, person_id FROM mart.person ORDER BY ALL") == ids


def test_persons_keep_their_ids_from_night_to_night(yesterday: Night) -> None:
    query = "SELECT id_number, person_id FROM mart.person ORDER BY ALL"
    assert Night(yesterday.ran, yesterday.home, REGION, NEXT).query(query) == yesterday.query(query)


def test_without_a_register_nothing_is_published(yesterday: Night, landing: Path) -> None:
    before = published(yesterday.home)
    night = run_night(yesterday.home, landing, day=BROKEN)
    assert night.ran.status == 1
    assert "户籍人口" in night.ran.err
    assert "表头缺少必需的列：姓名" in night.ran.err
    assert published(yesterday.home) == before
    assert not (night.home / "releases" / REGION / BROKEN / "current").exists()
    (alert,) = (night.home / "state" / "alerts").glob(f"{BROKEN}-{REGION}-*.json")
    content = alert.read_text(encoding="utf-8")
    assert json.loads(content)["region"] == REGION
    assert GRANDMOTHER[0] not in content


def test_an_unusual_number_of_stops_waits_for_an_operator(tmp_path: Path) -> None:
    payees = [(f"何{chr(0x5B80 + i)}", number("19400201", 100 + 2 * i)) for i in range(60)]
    dead = [
        {
            **register()[0],
            "户号": f"D{i}",
            "公民身份号码": id_number,
            "姓名": name,
            "出生日期": "1940-02-01",
            "人员状态": "死亡注销",
        }
        for i, (name, id_number) in enumerate(payees)
    ]
    extracts = world()
    extracts["household_register"] += dead
    extracts["benefit_roll"] += [benefit(who, "age_allowance", "100") for who in payees]
    deliver(tmp_path / "landing", extracts)
    night = run_night(tmp_path / "home", tmp_path / "landing")
    assert night.ran.status == 1
    assert "停发" in night.ran.err
    assert "release approve" in night.ran.err
    assert not (night.home / "warehouse" / REGION / f"{DAY}.duckdb").exists()

    listed = call("release", "list", "--home", night.home)
    assert "暂缓发布待审批" in listed.out
    approved = call(
        "release", "approve", "--region", REGION, "--date", DAY, "--by", "测试员", "--why", "已核实",
        "--home", night.home,
    )  # fmt: skip
    assert approved.status == 0, approved.err
    assert night.query("SELECT count(*) FROM mart.candidate WHERE action = 'stop'") == [(60,)]
    assert "测试员" in call("release", "list", "--home", night.home).out
