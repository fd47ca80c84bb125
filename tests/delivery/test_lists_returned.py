"""Lists as they were published go through the door of the extract that takes their answers."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from delivery.world import AS_OF
from outreach.delivery import plan_release, write_lists
from outreach.engine import Warehouse, build
from outreach.intake import Delivery, begin_run, intake_extract, open_batch
from outreach.policy import programme_labels, regions

EXTRACT = "outreach_outcome"


@pytest.fixture
def lists(night: Warehouse, home: Path) -> Path:
    """The lists of the night."""
    build(night.con, "mart", only=["candidate", "person"])
    paths = plan_release(home, "yaohai", AS_OF, "run-1")
    write_lists(night, paths)
    return paths.lists


def deliver(tmp_path: Path, published: Path) -> Delivery:
    """Deliver a file as answers, untouched; what became of it."""
    folder = tmp_path / "landing" / "yaohai" / AS_OF.isoformat()
    folder.mkdir(parents=True)
    shutil.copy(published, folder / f"{EXTRACT}{published.suffix}")
    (folder / "_SUCCESS").touch()
    with Warehouse(tmp_path / "work.duckdb") as warehouse:
        begin_run(warehouse, "r", "yaohai", "340102", AS_OF)
        return intake_extract(
            warehouse,
            open_batch(tmp_path / "landing", "yaohai", AS_OF),
            EXTRACT,
            as_of=AS_OF,
            earlier_rows=(),
            allowed=frozenset(),
            programmes=programme_labels(),
            regions={name: region for region, (_, name) in regions().items()},
        )


@pytest.mark.parametrize("kind", ["*/visit.due.xlsx", "*/visit.due.csv", "*/by_household/*.xlsx"])
def test_a_list_that_nobody_has_touched_brings_no_row_and_no_fault(
    lists: Path, tmp_path: Path, kind: str
) -> None:
    delivery = deliver(tmp_path, sorted(lists.glob(kind))[0])
    assert (delivery.status, delivery.rows_read, delivery.extra_columns) == ("accepted", 0, ())
