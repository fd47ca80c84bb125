"""What ``make dev`` shows: a Dagster that has seen a published night, a refused extract and a failed night.

Invented batches are laid into the landing zone, dated so that the sensor looks at them, and the nights up to
yesterday are run before the web server starts. Today's batch is left to the sensor.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from pathlib import Path

from outreach.deployment import Deployment
from outreach.intake.batch import SUCCESS
from outreach.sample import write_world
from pipelines.console import FAILED, OK, PUBLISHED_WITH_REFUSAL, out
from pipelines.partitions import today

PEOPLE = 300
SEED = 2026
OUTCOMES = {OK: "已发布", FAILED: "失败，未发布", PUBLISHED_WITH_REFUSAL: "已发布，有一份数据被拒收"}


def prepare(deployment: Deployment) -> None:
    """Lay out the batches and run the past nights, once; today's batch is delivered where it is missing."""
    day = today()
    done = deployment.home / "prepared"
    if not done.exists():
        yesterday, before = day - dt.timedelta(days=1), day - dt.timedelta(days=2)
        _deliver(deployment.landing, "yaohai", yesterday)
        _run(deployment, "yaohai", yesterday)
        _deliver(deployment.landing, "yanling", before, miscounted="pension_roll")
        _run(deployment, "yanling", before)
        failing = _deliver(deployment.landing, "yanling", yesterday, miscounted="household_register")
        _run(deployment, "yanling", yesterday)
        # Returned to the department: without the mark the sensor does not try the batch again.
        (failing / SUCCESS).unlink()
        done.touch()
    if not (deployment.landing / "yaohai" / day.isoformat()).exists():
        _deliver(deployment.landing, "yaohai", day, night=1)
    out.print("页面打开约一分钟后，感应器会自动处理今天的批次（yaohai）。")


def _deliver(
    landing: Path, region: str, as_of: dt.date, miscounted: str | None = None, night: int = 0
) -> Path:
    """A complete batch; of the extract ``miscounted`` the manifest has a wrong number of rows.

    ``night`` 1: of the people whose batch of the day before is night 0.
    """
    world = write_world(landing, region, as_of, PEOPLE, SEED, night=night, readable=True)
    batch = Path(world.batch)
    if miscounted is not None:
        first = min(path.name for path in batch.iterdir() if path.name.startswith(f"{miscounted}."))
        (batch / SUCCESS).write_text(json.dumps({first: {"rows": 1}}), encoding="utf-8")
    return batch


def _run(deployment: Deployment, region: str, as_of: dt.date) -> None:
    night = ["run", "--region", region, "--date", as_of.isoformat()]
    where = [
        "--landing",
        str(deployment.landing),
        "--home",
        str(deployment.home),
        "--policies",
        str(deployment.policies),
    ]
    ran = subprocess.run(
        [sys.executable, "-m", "pipelines.entry", *night, *where], capture_output=True, text=True, check=False
    )
    if ran.returncode not in OUTCOMES:
        sys.exit(ran.stderr)
    out.print(f"{region} {as_of}：{OUTCOMES[ran.returncode]}")


if __name__ == "__main__":
    if not os.environ.get("DAGSTER_HOME"):
        sys.exit("DAGSTER_HOME is not set: `make dev` sets it")
    prepare(Deployment.find())
