"""The fixtures ``night``, ``learning_night`` and ``shared_night``: reconcile a few rows as one night."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from identity_nights import Night, Rows, reconciling

from outreach.engine import Warehouse


@pytest.fixture
def night(tmp_path: Path) -> Iterator[Callable[..., Night]]:
    """``night(household_register=[…], …)`` reconciles those rows; one registry for all nights of a test.

    ``quarantined``: rows in quarantine (see ``land``). The shipped weights hold.
    """
    opened: list[Warehouse] = []
    yield reconciling(tmp_path, opened)
    for warehouse in opened:
        warehouse.close()


@pytest.fixture
def learning_night(tmp_path: Path) -> Iterator[Callable[..., Night]]:
    """The same of a region without weights: its first night learns them, and who is on which roll."""
    opened: list[Warehouse] = []
    yield reconciling(tmp_path, opened, learns=True)
    for warehouse in opened:
        warehouse.close()


@pytest.fixture(scope="module")
def shared_night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Night]]:
    """``shared_night(household_register=[…], …)``: the same rows are reconciled once in a module.

    For cases that are a row each and do not touch each other; each night has a registry of its own.
    """
    opened: list[Warehouse] = []
    nights: dict[str, Night] = {}

    def reconciled(**extracts: Rows) -> Night:
        key = repr(extracts)
        if key not in nights:
            nights[key] = reconciling(tmp_path_factory.mktemp("shared"), opened)(**extracts)
        return nights[key]

    yield reconciled
    for warehouse in opened:
        warehouse.close()
