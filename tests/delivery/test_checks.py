"""What must not be published is found on the disk before it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from delivery.conftest import BuildRelease, build_release
from outreach.delivery import ReleasePaths, check_release
from outreach.engine import Warehouse

NightFault = Callable[[Warehouse], object]


def sql(statement: str) -> NightFault:
    return lambda night: night.con.execute(statement)


ROLL = "extract = 'benefit_roll'"
FAULTS: list[tuple[str, NightFault]] = [
    ("conservation", sql(f"UPDATE mart.delivery SET rows_accepted = rows_accepted - 1 WHERE {ROLL}")),
    ("conservation", sql(f"UPDATE mart.delivery SET rows_read = rows_read + 1 WHERE {ROLL}")),
    ("conservation", sql("DELETE FROM mart.identity_link WHERE extract = 'benefit_roll' AND row_number = 1")),
    ("conservation", sql("INSERT INTO mart.identity_link FROM mart.identity_link WHERE row_number = 1")),
    ("conservation", sql("UPDATE mart.delivery SET status = 'refused' WHERE extract = 'benefit_roll'")),
    ("conservation", sql("DELETE FROM mart.delivery WHERE extract = 'benefit_roll'")),
    ("conservation", sql("INSERT INTO mart.quarantine BY NAME "
                         "SELECT 'benefit_roll' AS extract, 900 AS row_number, 'row' AS severity")),
    ("conservation", sql("UPDATE mart.delivery SET rows_read = 1, rows_accepted = 1 "
                         "WHERE extract = 'marriage_register'")),
    ("person", sql("INSERT INTO mart.person FROM mart.person WHERE person_id = 'P1'")),
    ("contract", sql("UPDATE mart.candidate SET action = 'delete' WHERE action = 'due'")),
    ("candidate", sql("UPDATE mart.candidate SET identity_grade = 'review' WHERE action = 'stop'")),
    ("candidate", sql("UPDATE mart.candidate SET stop_evidence = NULL WHERE action = 'stop'")),
    ("candidate", sql("DELETE FROM mart.person WHERE person_id = 'P3'")),
    ("candidate", sql("INSERT INTO mart.candidate FROM mart.candidate WHERE person_id = 'P3'")),
    ("contract", sql("ALTER TABLE mart.candidate DROP COLUMN mode")),
    ("run", sql("INSERT INTO mart.run FROM mart.run")),
]  # fmt: skip


def test_a_sound_night_has_no_finding(night: Warehouse, home: Path) -> None:
    night.con.execute("INSERT INTO run.delivery BY NAME SELECT 'visit_log' AS extract, 'absent' AS status")
    assert check_release(build_release(night, home)) == []


@pytest.mark.parametrize(("check", "fault"), FAULTS)
def test_a_faulty_night_is_found_out(night: Warehouse, home: Path, check: str, fault: NightFault) -> None:
    paths = build_release(night, home)
    paths.mart_file.chmod(0o640)
    with duckdb.connect(str(paths.mart_file)) as con:
        fault(_Opened(con))  # type: ignore[arg-type]
    found = check_release(paths)
    assert check in {finding.check for finding in found}
    assert not re.search(r"P\d|王|138\d{8}", "".join(finding.message for finding in found))


class _Opened:
    """A published file in the place of a warehouse."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self.con = con


def change_file(path: Path) -> None:
    path.chmod(0o640)
    path.write_bytes(path.read_bytes()[:-1] + b"x")


FILE_FAULTS: list[tuple[str, Callable[[ReleasePaths], object]]] = [
    ("index", lambda p: next(p.lists.rglob("*.due.xlsx")).unlink()),
    ("index", lambda p: change_file(next(p.lists.rglob("*.due.csv")))),
    ("index", lambda p: change_file(next(p.lists.rglob("by_household/*.xlsx")))),
    ("index", lambda p: (p.lists / "stray.csv").write_text("")),
    ("manifest", lambda p: change_file(p.lists / "index.csv")),
    ("mode", lambda p: p.mart_file.chmod(0o644)),
    ("readable", lambda p: p.manifest.unlink()),
    ("readable", lambda p: p.analyst_file.unlink()),
]


@pytest.mark.parametrize(("check", "fault"), FILE_FAULTS)
def test_a_changed_file_is_found_out(
    release: BuildRelease, check: str, fault: Callable[[ReleasePaths], object]
) -> None:
    paths = release()
    assert check_release(paths) == []
    fault(paths)
    assert check in {finding.check for finding in check_release(paths)}


def test_lists_of_another_night_are_found_out(night: Warehouse, home: Path) -> None:
    paths = build_release(night, home)
    paths.mart_file.chmod(0o640)
    with duckdb.connect(str(paths.mart_file)) as con:
        con.execute("DELETE FROM mart.candidate WHERE person_id = 'P3'")
    assert "lists" in {finding.check for finding in check_release(paths)}


def test_a_release_of_another_run_is_found_out(release: BuildRelease) -> None:
    first, second = release("run-1"), release("run-2")
    second.manifest.unlink()
    second.manifest.write_bytes(first.manifest.read_bytes())
    assert {finding.check for finding in check_release(second)} >= {"manifest", "run"}
