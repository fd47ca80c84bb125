"""The fixture ``night``: reconcile a few rows as one night."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from identity_nights import AS_OF, Night, Rows, land

from outreach.engine import Warehouse
from outreach.identity import resolve


@pytest.fixture
def night(tmp_path: Path) -> Iterator[Callable[..., Night]]:
    """``night(household_register=[…], …)`` reconciles those rows; one registry for all nights of a test.

    ``quarantined``: rows in quarantine (see ``land``).
    """
    opened: list[Warehouse] = []

    def reconcile(
        as_of: dt.date = AS_OF,
        quarantined: Rows | None = None,
        published: dt.date | None = None,
        released: Sequence[Path] = (),
        copy: Path | None = None,
        **extracts: Rows,
    ) -> Night:
        warehouse = Warehouse(tmp_path / f"night{len(opened)}.duckdb")
        opened.append(warehouse)
        land(warehouse, extracts, quarantined or [], as_of)
        registry = tmp_path / "state" / "registry.duckdb"
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

    yield reconcile
    for warehouse in opened:
        warehouse.close()
