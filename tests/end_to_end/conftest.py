"""Nights run once for all tests."""

from __future__ import annotations

import pytest
from command import SAMPLES, Night, run_night


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Night]:
    """yaohai and yanling on the shipped samples, in one home."""
    home = tmp_path_factory.mktemp("samples") / "home"
    return {region: run_night(home, SAMPLES, region) for region in ("yaohai", "yanling")}


@pytest.fixture(scope="session", params=["yaohai", "yanling"])
def night(request: pytest.FixtureRequest, samples: dict[str, Night]) -> Night:
    """Each of the two nights in turn."""
    return samples[request.param]
