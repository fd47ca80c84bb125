"""A release appears whole or not at all, and what was published never changes."""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from delivery.conftest import BuildRelease, build_release
from delivery.world import AS_OF, PEOPLE
from outreach.delivery import (
    DeliveryError,
    check_release,
    last_published,
    list_releases,
    plan_release,
    prune,
    publish,
    read_manifest,
)
from outreach.engine import Warehouse
from outreach.settings import Settings

YESTERDAY = AS_OF - dt.timedelta(days=1)
TOMORROW = AS_OF + dt.timedelta(days=1)


def shown(home: Path, name: str) -> set[str]:
    """The runs that the stable paths of a date (or ``latest``) lead to; {} = not published."""
    paths = (
        home / f"warehouse/yaohai/{name}.duckdb",
        home / f"warehouse/yaohai/{name}.analyst.duckdb",
        home / f"lists/yaohai/{name}/index.csv",
    )
    return {
        path.resolve().relative_to(home.resolve() / "releases").parts[2] for path in paths if path.exists()
    }


def test_a_night_is_found_under_its_stable_paths(night: Warehouse, home: Path) -> None:
    paths = build_release(night, home)
    assert check_release(paths) == []
    assert shown(home, "2026-11-20") == set()
    publish(paths)
    assert shown(home, "2026-11-20") == shown(home, "latest") == {"run-1"}
    for name in ("2026-11-20", "latest"):
        with duckdb.connect(str(home / f"warehouse/yaohai/{name}.duckdb"), read_only=True) as con:
            assert con.execute("SELECT count(*) FROM mart.person").fetchall() == [(PEOPLE,)]
        with duckdb.connect(str(home / f"warehouse/yaohai/{name}.analyst.duckdb"), read_only=True) as con:
            assert con.execute("SELECT count(*) FROM analyst.person").fetchall() == [(PEOPLE,)]
    assert (home / "lists/yaohai/latest/340102001/visit.due.xlsx").exists()


def test_the_snapshot_opens_by_the_path_of_the_release_too(release: BuildRelease) -> None:
    """DuckDB refuses ``mart.person`` as ambiguous where the database itself is called mart."""
    done = publish(release())
    with duckdb.connect(str(done.directory / "mart.duckdb"), read_only=True) as con:
        assert con.execute("SELECT count(*) FROM mart.person").fetchall() == [(PEOPLE,)]
    with duckdb.connect(str(done.directory / "analyst.duckdb"), read_only=True) as con:
        assert con.execute("SELECT count(*) FROM analyst.person").fetchall() == [(PEOPLE,)]


def test_files_are_read_only_and_only_the_analyst_file_is_for_all(release: BuildRelease) -> None:
    done = publish(release())
    assert done.mart.stat().st_mode & 0o777 == 0o440
    assert done.analyst.stat().st_mode & 0o777 == 0o444
    assert done.directory.stat().st_mode & 0o777 == 0o755
    for path in done.lists.rglob("*"):
        assert path.stat().st_mode & 0o007 == 0, path
        assert path.is_dir() or path.stat().st_mode & 0o777 == 0o440, path


def test_nobody_else_may_enter_while_it_is_built(home: Path) -> None:
    paths = plan_release(home, "yaohai", AS_OF, "run-1")
    assert paths.directory.stat().st_mode & 0o077 == 0


def test_a_rerun_moves_the_link_and_leaves_the_old_release_as_it_was(
    release: BuildRelease, home: Path
) -> None:
    first = publish(release("run-1"))
    before = {p: p.stat().st_mtime_ns for p in first.directory.rglob("*")}
    publish(release("run-2"))
    assert shown(home, "2026-11-20") == shown(home, "latest") == {"run-2"}
    assert {p: p.stat().st_mtime_ns for p in first.directory.rglob("*")} == before
    assert [(r.run_id, r.status) for r in list_releases(home, "yaohai")] == [
        ("run-1", "superseded"),
        ("run-2", "published"),
    ]


def test_a_reader_with_the_old_release_open_is_not_disturbed(release: BuildRelease, home: Path) -> None:
    publish(release("run-1"))
    with duckdb.connect(str(home / "warehouse/yaohai/latest.duckdb"), read_only=True) as con:
        publish(release("run-2"))
        prune(home, Settings(), now=dt.datetime.now(dt.UTC) + dt.timedelta(days=400))
        assert con.execute("SELECT count(*) FROM mart.person").fetchall() == [(PEOPLE,)]


def test_latest_never_goes_back(release: BuildRelease, home: Path) -> None:
    publish(release("run-1"))
    publish(release("run-2", as_of=YESTERDAY))
    assert shown(home, "latest") == {"run-1"}
    publish(release("run-3", as_of=TOMORROW))
    assert shown(home, "latest") == {"run-3"}
    assert shown(home, YESTERDAY.isoformat()) == {"run-2"}


def test_a_published_run_is_never_written_again(release: BuildRelease, home: Path) -> None:
    publish(release("run-1"))
    with pytest.raises(DeliveryError, match="never written again"):
        plan_release(home, "yaohai", AS_OF, "run-1")


@pytest.mark.parametrize(
    ("region", "run_id"),
    [("../yaohai", "r"), ("yaohai", "../r"), ("yaohai", "current"), ("", "r"), ("y", ".r")],
)
def test_names_that_are_no_plain_folders_are_refused(home: Path, region: str, run_id: str) -> None:
    with pytest.raises(DeliveryError, match="folder's name"):
        plan_release(home, region, AS_OF, run_id)


def test_an_incomplete_release_is_not_published(release: BuildRelease, home: Path) -> None:
    publish(release("run-1"))
    broken = release("run-2")
    broken.manifest.unlink()
    with pytest.raises(DeliveryError, match="not whole"):
        publish(broken)
    assert shown(home, "latest") == {"run-1"}


def test_no_personal_data_in_names_manifest_or_ledger(night: Warehouse, home: Path) -> None:
    done = publish(build_release(night, home))
    persons = night.con.execute(
        "SELECT DISTINCT unnest([person_id, name, id_number, phone, address]) FROM mart.person"
    ).fetchall()
    written = [str(path.relative_to(home)) for path in home.rglob("*")]
    written += [done.manifest.read_text(), (home / "state/yaohai/releases.jsonl").read_text()]
    text = "\n".join(written)
    found = [value for (value,) in persons if f"/{value}." in text or f'"{value}"' in text]
    assert found == []


def test_the_volume_rule_compares_with_the_last_night_that_accepted(
    release: BuildRelease, home: Path
) -> None:
    publish(release("run-1", as_of=YESTERDAY))
    refused = release("run-2")
    manifest = json.loads(refused.manifest.read_text())
    manifest["counts"]["extracts"]["benefit_roll"] = {
        "status": "refused", "delivered": False, "rows_read": 3, "rows_accepted": 0, "rows_quarantined": 0,
    }  # fmt: skip
    refused.manifest.unlink()
    refused.manifest.write_text(json.dumps(manifest))
    publish(refused)
    last = last_published(home, "yaohai", AS_OF)
    assert last is not None
    assert last.night.run_id == "run-2"
    wanted = read_manifest(last.night.directory)["counts"]["extracts"]["household_register"]["rows_read"]
    assert last.rows_read["household_register"] == wanted == PEOPLE
    assert last.rows_read["benefit_roll"] > 3
    assert last.history["household_register"] == (PEOPLE, PEOPLE)
    assert last.history["benefit_roll"] == (last.rows_read["benefit_roll"],)
    newest = last_published(home, "yaohai", AS_OF, nights_compared=1)
    assert newest is not None
    assert newest.history["household_register"] == (PEOPLE,)
    assert last_published(home, "yaohai", YESTERDAY - dt.timedelta(days=1)) is None
    assert last_published(home, "yanling", AS_OF) is None


STEPS: tuple[tuple[Any, str], ...] = (
    (Path, "rename"), (Path, "replace"), (Path, "symlink_to"), (Path, "chmod"), (Path, "unlink"),
    (os, "fsync"), (os, "sync"), (os, "write"),
)  # fmt: skip


def break_at(step: int, happens: Callable[[], None], monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Let something happen just before the step-th change of the disk; answers a counter of the changes."""
    count = [0]

    def counting(original: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*args: Any, **named: Any) -> Any:
            count[0] += 1
            if count[0] == step:
                happens()
            return original(*args, **named)

        return wrapped

    for owner, name in STEPS:
        monkeypatch.setattr(owner, name, counting(getattr(owner, name)))
    return count


def number_of_steps(release: BuildRelease, monkeypatch: pytest.MonkeyPatch) -> int:
    paths = release("run-2")
    with monkeypatch.context() as patch:
        count = break_at(0, lambda: None, patch)
        publish(paths)
        return count[0]


def assert_old_or_new(home: Path) -> None:
    """Whichever release the date shows, it is one release, whole, and it can be read."""
    runs = shown(home, "2026-11-20")
    assert runs in ({"run-1"}, {"run-2"})
    assert shown(home, "latest") == runs
    with duckdb.connect(str(home / "warehouse/yaohai/2026-11-20.duckdb"), read_only=True) as con:
        assert con.execute("SELECT count(*) FROM mart.person").fetchall() == [(PEOPLE,)]
    assert read_manifest(home / "releases/yaohai/2026-11-20/current")["counts"]["actions"]


def test_killed_at_any_step_of_publishing_the_date_shows_one_whole_release(
    release: BuildRelease,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    publish(release("run-1"))
    steps = number_of_steps(release, monkeypatch)
    assert steps > 10
    outcomes = set()
    for step in range(1, steps + 1):
        home.rename(tmp_path_factory.mktemp("done") / "home")
        publish(release("run-1"))
        paths = release("run-2")
        child = os.fork()
        if child == 0:
            plan_release(home, "yaohai", AS_OF, "run-2")
            break_at(step, lambda: os.kill(os.getpid(), signal.SIGKILL), monkeypatch)
            publish(paths)
            os._exit(0)
        assert os.WIFSIGNALED(os.waitpid(child, 0)[1]), step
        assert_old_or_new(home)
        outcomes |= shown(home, "2026-11-20")
        publish(release("run-3"))
        prune(home, Settings(), now=dt.datetime.now(dt.UTC) + dt.timedelta(days=2))
        assert shown(home, "2026-11-20") == shown(home, "latest") == {"run-3"}
        hidden = [str(path) for path in home.rglob("*") if path.name.startswith(".")]
        assert hidden == [], step
    assert outcomes == {"run-1", "run-2"}


def test_a_failing_disk_at_any_step_of_the_first_night_publishes_nothing_or_all(
    release: BuildRelease,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    steps = number_of_steps(release, monkeypatch)

    def fail() -> None:
        raise OSError(28, "No space left on device")

    for step in range(1, steps + 1):
        home.rename(tmp_path_factory.mktemp("done") / "home")
        paths = release("run-2")
        with monkeypatch.context() as patch:
            break_at(step, fail, patch)
            reported: list[str] = []
            try:
                publish(paths, reported.append)
                done = True
            except OSError:
                done = False
        assert shown(home, "2026-11-20") == ({"run-2"} if done else set()), step
        assert not done or reported, step
        publish(paths)
        assert shown(home, "2026-11-20") == shown(home, "latest") == {"run-2"}, step


def test_the_current_link_is_moved_once(
    release: BuildRelease, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(release("run-1"))
    paths = release("run-2")
    moved: list[str] = []
    original: Callable[[Path, Path], Path] = Path.replace

    def replace(self: Path, target: Path) -> Path:
        moved.append(str(target.relative_to(home.resolve())))
        return original(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    publish(paths)
    assert moved == ["releases/yaohai/2026-11-20/current"]


def test_a_run_killed_between_closing_and_publishing_goes_on(release: BuildRelease, home: Path) -> None:
    paths = release("run-1")
    paths.directory.rename(paths.final)
    again = plan_release(home, "yaohai", AS_OF, "run-1")
    assert again.directory == paths.final
    publish(again)
    assert shown(home, "latest") == {"run-1"}


@pytest.mark.parametrize("alias", ["m", "mart", "decision_row"])
def test_decisions_can_be_read_under_any_name(release: BuildRelease, alias: str) -> None:
    """``mart.decision`` is a view: it must find its tables wherever the file is attached."""
    done = publish(release())
    with duckdb.connect(":memory:") as con:
        con.execute("CREATE SCHEMA mart; CREATE TABLE mart.decision_row AS SELECT 'X' AS person_id")
        con.execute(f"ATTACH '{done.mart}' AS {alias} (READ_ONLY)")
        found = con.execute(
            f"SELECT count(*), count(DISTINCT conditions) FROM {alias}.mart.decision "
            f"JOIN {alias}.mart.person USING (person_id)"
        ).fetchall()
    with duckdb.connect(str(done.mart), read_only=True) as con:
        assert con.execute("SELECT count(*), 1 FROM mart.decision").fetchall() == found
        listed = con.execute("SELECT table_type FROM information_schema.tables WHERE table_name = 'decision'")
        assert listed.fetchall() == [("VIEW",)]
