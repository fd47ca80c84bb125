"""Ctrl-C, ``kill`` and a closed terminal stop a night: soon, with its status, and nothing is published."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from command import OUTREACH, SAMPLE_DAY, SAMPLES, run_night

REGION = "yaohai"
MOMENTS = [
    (signal.SIGTERM, None, 143),
    (signal.SIGHUP, "开始处理", 143),
    (signal.SIGINT, "探访记录", 130),
    (signal.SIGTERM, "发布", 143),
    *(
        pytest.param(*moment, marks=pytest.mark.soak)
        for moment in (
            (signal.SIGTERM, "救助登记", 143),
            (signal.SIGHUP, "分析库", 143),
            (signal.SIGINT, "结果表文件", 130),
        )
    ),
]
"""What is sent once that step has ended (None: while the command is still loading), and the status."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("signals") / "home"


@pytest.fixture(autouse=True)
def heeded() -> Iterator[None]:
    """Also where the tests themselves were started with ``nohup``."""
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, before)


def is_published(home: Path) -> bool:
    return (home / "releases" / REGION / SAMPLE_DAY / "current").exists()


@pytest.mark.parametrize(("number", "moment", "status"), MOMENTS)
def test_a_signal_ends_the_night(home: Path, number: signal.Signals, moment: str | None, status: int) -> None:
    before = is_published(home)
    command: list[str | Path] = [
        OUTREACH,
        "run",
        "--region",
        REGION,
        "--date",
        SAMPLE_DAY,
        "--landing",
        SAMPLES,
        "--home",
        home,
    ]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as process:
        assert process.stderr is not None
        if moment is None:
            time.sleep(0.3)
        else:
            while moment not in process.stderr.readline():
                assert process.poll() is None
        process.send_signal(number)
        # 5 seconds are promised; a machine that does much else at the time is given more.
        words = process.communicate(timeout=15)[1]
    assert "Traceback" not in words
    if process.returncode == 0:
        # Only a signal that came when the link had moved may come too late.
        assert moment in ("结果表文件", "发布")
        assert is_published(home)
    elif moment is None and process.returncode == -number:
        assert not is_published(home)  # the interpreter itself was still starting
    else:
        assert process.returncode == status
        assert "已中断，未发布任何内容" in words
        assert is_published(home) == before


def test_the_next_night_is_good_and_nothing_is_left_over(home: Path) -> None:
    night = run_night(home, SAMPLES)
    assert night.ran.status == 0, night.ran.err
    assert night.query("SELECT count(*) > 0 FROM mart.candidate") == [(True,)]
    left = [path for path in home.rglob("*") if path.name.startswith(".building") or ".work" in path.parts]
    assert [path for path in left if path.is_file()] == []
    assert list((home / "state" / REGION / "building").glob("*")) == []


def test_an_interrupted_night_is_reported_with_what_to_do(home: Path) -> None:
    paths = sorted((home / "state" / "alerts").glob("*.json"))
    bodies = [json.loads(path.read_text(encoding="utf-8")) for path in paths]
    assert bodies
    assert {body["kind"] for body in bodies} == {"night_interrupted"}
    assert all(f"outreach run --region {REGION}" in body["command"] for body in bodies)
