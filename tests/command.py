"""The command line as an operator types it, and the nights it runs."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
from typer.testing import CliRunner

from pipelines.cli import app

ROOT = Path(__file__).resolve().parents[1]
OUTREACH = Path(sys.executable).parent / "outreach"
SAMPLES = ROOT / "data_samples"
SAMPLE_DAY = "2026-11-20"


@dataclass(frozen=True)
class Ran:
    """A command that ended: exit status and what it printed."""

    status: int
    out: str
    err: str


@dataclass(frozen=True)
class Night:
    """A night that was run: how it ended, and where."""

    ran: Ran
    home: Path
    region: str
    day: str

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows from the published snapshot, read as an analyst would."""
        with duckdb.connect(
            str(self.home / "warehouse" / self.region / f"{self.day}.duckdb"), read_only=True
        ) as con:
            return con.sql(sql).fetchall()


def outreach(*arguments: str | Path) -> Ran:
    """Run the command line in a process of its own, as cron would: no terminal, no settings of ours."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("OUTREACH_", "DAGSTER_"))}
    done = subprocess.run(
        [OUTREACH, *map(str, arguments)],
        capture_output=True,
        text=True,
        env=environment,
        cwd="/",
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def call(*arguments: str | Path) -> Ran:
    """The command line within this process: quicker, for what is no night."""
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    return Ran(result.exit_code, result.stdout, result.stderr)


def run_night(
    home: Path,
    landing: Path,
    region: str = "yaohai",
    day: str = SAMPLE_DAY,
    switches: Sequence[str] = (),
) -> Night:
    """``outreach run`` for one region and day. ``switches``: those that the locality has on."""
    if switches:
        own = home / "parameters" / f"{region}.yaml"
        own.parent.mkdir(parents=True, exist_ok=True)
        own.write_text(
            "".join(["switches:\n", *(f"  {name}: true\n" for name in switches)]), encoding="utf-8"
        )
    ran = outreach("run", "--region", region, "--date", day, "--landing", landing, "--home", home)
    return Night(ran, home, region, day)
