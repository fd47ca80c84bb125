"""A fresh landing zone and warehouse for each test, and the place of a workbook in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from landing_zone import AS_OF, Landing

from outreach.engine import Warehouse
from outreach.intake import begin_run


@pytest.fixture
def landing(tmp_path: Path) -> Iterator[Landing]:
    folder = tmp_path / "landing" / "yaohai" / AS_OF.isoformat()
    folder.mkdir(parents=True)
    with Warehouse(tmp_path / "work.duckdb") as warehouse:
        begin_run(warehouse, "r1", "yaohai", "340102", AS_OF)
        yield Landing(folder, warehouse)


@pytest.fixture
def path(landing: Landing) -> Path:
    """Where the landing zone has its register as a workbook; nothing is there yet."""
    return landing.folder / "household_register.xlsx"
