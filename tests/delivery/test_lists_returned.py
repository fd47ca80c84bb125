"""Lists as they were published go through the door of the extract that takes their answers."""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path

import pytest

from delivery.world import AS_OF
from outreach.delivery import plan_release, write_lists
from outreach.engine import Warehouse, build
from outreach.intake import Delivery, begin_run, intake_extract, open_batch
from outreach.policy import programme_labels, regions
from outreach.settings import Settings

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


def filled(published: Path, folder: Path) -> Path:
    """The list with a result and a day in its first line; all else, its pictures too, as it was."""
    copy = folder / published.name
    with zipfile.ZipFile(published) as book, zipfile.ZipFile(copy, "w") as out:
        for name in book.namelist():
            content = book.read(name)
            if name == "xl/worksheets/sheet1.xml":
                for text in ("已服务", "11月19日"):
                    cell = f'<c t="inlineStr"><is><t>{text}</t></is></c>'
                    content = re.sub(rb'<c s="\d+"/>', cell.encode(), content, count=1)
            out.writestr(name, content)
    return copy


@pytest.mark.parametrize("kind", ["*/visit.due.xlsx", "*/visit.due.csv", "*/by_household/*.xlsx"])
def test_a_list_with_codes_comes_back_as_one_without(
    night: Warehouse, home: Path, tmp_path: Path, kind: str
) -> None:
    night.settings = Settings(portal_url="https://portal.example.cn")
    build(night.con, "mart", only=["candidate", "person"])
    paths = plan_release(home, "yaohai", AS_OF, "run-1")
    write_lists(night, paths)
    published = sorted(paths.lists.glob(kind))[0]
    delivery = deliver(tmp_path / "untouched", published)
    assert (delivery.status, delivery.rows_read, delivery.extra_columns) == ("accepted", 0, ())
    if published.suffix == ".xlsx":
        delivery = deliver(tmp_path / "filled", filled(published, tmp_path))
        assert (delivery.status, delivery.rows_read, delivery.extra_columns) == ("accepted", 1, ())
