"""One small night, built once; each test works on its own home."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from delivery.world import AS_OF, PEOPLE, make_night
from outreach.delivery import (
    ReleasePaths,
    build_mart,
    plan_release,
    read_mart,
    write_analyst,
    write_lists,
    write_manifest,
    write_snapshot,
)
from outreach.engine import Warehouse
from outreach.outcomes import ask_departments

BuildRelease = Callable[..., ReleasePaths]


def build_release(
    warehouse: Warehouse, home: Path, run_id: str = "run-1", region: str = "yaohai", as_of: dt.date = AS_OF
) -> ReleasePaths:
    """Everything up to publication, as the assets call it."""
    warehouse.con.execute("UPDATE run.context SET run_id = ?, region = ?, as_of = ?", [run_id, region, as_of])
    warehouse.con.execute("UPDATE mart.run SET run_id = ?, region = ?, as_of = ?", [run_id, region, as_of])
    paths = plan_release(home, region, as_of, run_id)
    ask_departments(warehouse, {}, 15)
    build_mart(warehouse, paths)
    with read_mart(warehouse, paths):
        write_snapshot(warehouse, paths)
        write_analyst(warehouse, paths)
        write_lists(warehouse, paths)
        write_manifest(paths, warehouse)
    return paths


@pytest.fixture(autouse=True)
def no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests kill processes, they do not cut the power; flushing a busy machine's disk takes seconds."""
    monkeypatch.setattr(os, "sync", lambda: None)
    monkeypatch.setattr(os, "fsync", lambda _: None)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture(scope="session")
def shared_night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    """A night of some people that no test changes."""
    with make_night(tmp_path_factory.mktemp("night") / "working.duckdb", PEOPLE) as warehouse:
        yield warehouse


@pytest.fixture
def night(shared_night: Warehouse, tmp_path: Path) -> Iterator[Warehouse]:
    """A copy of the night that the test may change."""
    shared_night.con.execute("CHECKPOINT")
    shutil.copy(shared_night.path, tmp_path / "working.duckdb")
    with Warehouse(tmp_path / "working.duckdb") as warehouse:
        yield warehouse


@pytest.fixture(scope="session")
def template(shared_night: Warehouse, tmp_path_factory: pytest.TempPathFactory) -> ReleasePaths:
    """A built release, not yet published, to be copied."""
    return build_release(shared_night, tmp_path_factory.mktemp("template"))


@pytest.fixture
def release(template: ReleasePaths, home: Path) -> BuildRelease:
    """Put a copy of the built release into the test's home, under any run and date; same content."""

    def put(run_id: str = "run-1", as_of: dt.date = AS_OF, region: str = "yaohai") -> ReleasePaths:
        paths = plan_release(home, region, as_of, run_id)
        shutil.copytree(template.directory, paths.directory, symlinks=True, dirs_exist_ok=True)
        named = replace(template, directory=paths.directory)
        for file, link, name in (
            (named.mart_file, paths.mart, paths.mart_file),
            (named.analyst_file, paths.analyst, paths.analyst_file),
        ):
            file.rename(name)
            link.unlink()
            link.symlink_to(name.name)
        manifest = json.loads(paths.manifest.read_text(encoding="utf-8"))
        sealed = manifest["files"]
        for file, name in (
            (template.mart_file, paths.mart_file),
            (template.analyst_file, paths.analyst_file),
        ):
            sealed[name.name] = sealed.pop(file.name)
        manifest |= {"run_id": run_id, "region": region, "as_of": as_of.isoformat()}
        manifest["built_at"] = dt.datetime.now(dt.UTC).isoformat()
        paths.manifest.unlink()
        paths.manifest.write_text(json.dumps(manifest), encoding="utf-8")
        return paths

    return put
