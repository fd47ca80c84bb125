from __future__ import annotations

import pytest
from sample_worlds import Written

from outreach.sample import region_names


@pytest.fixture(scope="session")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Written]:
    """A small dirty world of every region."""
    out = tmp_path_factory.mktemp("worlds")
    return {region: Written.make(out, region, 400, 11, "dirty") for region in region_names()}


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """20,000 people with ordinary damage: enough to count shares."""
    return Written.make(tmp_path_factory.mktemp("town"), "yaohai", 20_000, 5, "ordinary")
