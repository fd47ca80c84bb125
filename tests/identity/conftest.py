"""The fixtures ``night`` and ``shared_night``: reconcile a few rows as one night."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from identity_nights import AS_OF, Night, Rows, land

from outreach.engine import Warehouse
from outreach.identity import resolve


def _reconciling(folder: Path, opened: list[Warehouse]) -> Callable[..., Night]:
    def reconcile(
        as_of: dt.date = AS_OF,
        quarantined: Rows | None = None,
        published: dt.date | None = None,
        released: Sequence[Path] = (),
        copy: Path | None = None,
        **extracts: Rows,
    ) -> Night:
        warehouse = Warehouse(folder / f"night{len(opened)}.duckdb")
        opened.append(warehouse)
        land(warehouse, extracts, quarantined or [], as_of)
        registry = folder / "state" / "registry.duckdb"
        resolve(
            warehouse,
            registry,
            region="yaohai",
            as_of=as_of,
            published=published,
            released=released,
            copy=copy,
        )
        return Night(warehouse)

    return reconcile


@pytest.fixture
def night(tmp_path: Path) -> Iterator[Callable[..., Night]]:
    """``night(household_register=[…], …)`` reconciles those rows; one registry for all nights of a test.

    ``quarantined``: rows in quarantine (see ``land``).
    """
    opened: list[Warehouse] = []
    yield _reconciling(tmp_path, opened)
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
            nights[key] = _reconciling(tmp_path_factory.mktemp("shared"), opened)(**extracts)
        return nights[key]

    yield reconciled
    for warehouse in opened:
        warehouse.close()
