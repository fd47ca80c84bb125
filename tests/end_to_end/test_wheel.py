"""The built wheel alone, away from the repository: models and policies travel in it, and a night runs."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from command import ROOT, SAMPLE_DAY, SAMPLES

Outreach = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def outreach(tmp_path_factory: pytest.TempPathFactory) -> Outreach:
    """The command line of a wheel that was built and unpacked into an empty folder."""
    root = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run(
        [*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", root, ROOT], check=True
    )
    (wheel,) = root.glob("*.whl")
    installed = root / "installed"
    subprocess.run([*pip, "install", "--no-deps", "--target", installed, wheel], check=True)
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("OUTREACH_", "DAGSTER_"))}
    environment["PYTHONPATH"] = str(installed)
    main = (
        "import outreach, pathlib; from pipelines.cli import main;"
        f"assert pathlib.Path(outreach.__file__).is_relative_to({str(installed)!r}); main()"
    )

    def call(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", main, *map(str, arguments)]
        return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)

    return call


def test_a_night_runs_from_the_wheel(outreach: Outreach, tmp_path: Path) -> None:
    home = tmp_path / "home"
    ran = outreach("run", "--region", "yanling", "--date", SAMPLE_DAY, "--landing", SAMPLES, "--home", home)
    assert ran.returncode == 0, ran.stderr
    with duckdb.connect(str(home / "warehouse/yanling/latest.duckdb"), read_only=True) as con:
        assert con.sql("SELECT count(*) > 0 FROM mart.candidate").fetchall() == [(True,)]


def test_the_policies_travel_in_the_wheel(outreach: Outreach) -> None:
    shown = outreach("policies", "show", "changchun")
    assert shown.returncode == 0, shown.stderr
    assert "长春" in shown.stdout
