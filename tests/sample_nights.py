"""Nights of the shipped samples, run once for all tests: fixtures for the ``conftest.py`` of a room."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict

import pytest
from command import SAMPLE_DAY, SAMPLES, Night, Ran, run_night
from filelock import FileLock

REGIONS = ("yaohai", "yanling")
NEXT_DAY = "2026-11-21"
"""The day of which yaohai's second batch is."""


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> dict[str, Night]:
    """yaohai and yanling on the shipped samples, in one home, run by whichever test process comes first."""
    own = tmp_path_factory.getbasetemp()
    shared = own if worker_id == "master" else own.parent
    home, kept = shared / "samples" / "home", shared / "samples.json"
    with FileLock(shared / "samples.lock"):
        if not kept.exists():
            ran = {region: asdict(run_night(home, SAMPLES, region).ran) for region in REGIONS}
            kept.write_text(json.dumps(ran), encoding="utf-8")
    kept_runs = json.loads(kept.read_text(encoding="utf-8"))
    return {region: Night(Ran(**kept_runs[region]), home, region, SAMPLE_DAY) for region in REGIONS}


@pytest.fixture(scope="session", params=REGIONS)
def night(request: pytest.FixtureRequest, samples: dict[str, Night]) -> Night:
    """Each of the two nights in turn."""
    return samples[request.param]


@pytest.fixture(scope="session")
def two_nights(samples: dict[str, Night], tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Night:
    """The second night of yaohai on the shipped samples, in a copy of the home of the first."""
    own = tmp_path_factory.getbasetemp()
    shared = own if worker_id == "master" else own.parent
    home, kept = shared / "two_nights" / "home", shared / "two_nights.json"
    with FileLock(shared / "two_nights.lock"):
        if not kept.exists():
            shutil.copytree(samples["yaohai"].home, home, symlinks=True)
            ran = run_night(home, SAMPLES, day=NEXT_DAY).ran
            kept.write_text(json.dumps(asdict(ran)), encoding="utf-8")
    return Night(Ran(**json.loads(kept.read_text(encoding="utf-8"))), home, "yaohai", NEXT_DAY)
