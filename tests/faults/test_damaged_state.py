"""Whole nights in a home whose state and earlier releases are damaged, under odd names and umasks."""

from __future__ import annotations

import json
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest
from command import Night, Ran, call, outreach, run_night
from small_world import REGION, deliver, number, person, register, world

from outreach.engine import this_process

FIRST, SECOND, THIRD = "2026-11-20", "2026-11-21", "2026-11-22"
ODD = """it's "my" [home] {x} %s ; --"""
NAMES = [surname + given for surname in "赵钱孙李周吴郑王" for given in ("安邦", "昌德", "恩丰")]
TOWN = [(name, number(f"19{40 + i}0315", 100 + 2 * i)) for i, name in enumerate(NAMES)]
WITHOUT_NUMBER = [{"姓名": "无名氏", "身份证号": ""}, {"姓名": "某老太", "身份证号": ""}]


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


@pytest.fixture(scope="module")
def landing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three batches: people whom numbers tie, visits whose numbers have a slip, people without a number."""
    landing = tmp_path_factory.mktemp("nights") / ODD
    for night, day in enumerate((FIRST, SECOND, THIRD)):
        extracts = world()
        extracts["household_register"] += [
            {
                **register()[0],
                "户号": f"T{i}",
                "姓名": name,
                "公民身份号码": id_number,
                "出生日期": id_number[6:14],
            }
            for i, (name, id_number) in enumerate(TOWN)
        ]
        slips = [(name, f"{text[:16]}{(int(text[16]) + 3) % 10}{text[17]}") for name, text in TOWN]
        extracts["visit_log"] += [person(who, 探访日期="2026-10-01") for who in slips]
        extracts["visit_log"] += [{**row, "探访日期": "2026-10-02"} for row in WITHOUT_NUMBER]
        extracts["visit_log"] = extracts["visit_log"][night:] + extracts["visit_log"][:night]
        deliver(landing, extracts, day)
    return landing


@pytest.fixture(scope="module")
def first(landing: Path, tmp_path_factory: pytest.TempPathFactory) -> Night:
    """The first night, in a home of an odd name, where everybody may do everything by default."""
    home = tmp_path_factory.mktemp("deployment") / ODD
    home.mkdir()
    (home / "settings.yaml").write_text("engine: {threads: 4}\n", encoding="utf-8")
    with umask(0o000):
        night = run_night(home, landing, day=FIRST)
    assert night.ran.status == 0, night.ran.err
    assert "警告" not in night.ran.err
    return night


@pytest.fixture(scope="module")
def rerun(first: Night, landing: Path) -> tuple[Path, Path]:
    """The releases of the first night and of its rerun, where nobody else may do anything by default."""
    before = current(first.home, FIRST)
    with umask(0o077):
        night = run_night(first.home, landing, day=FIRST)
    assert night.ran.status == 0, night.ran.err
    return before, current(first.home, FIRST)


def current(home: Path, day: str) -> Path:
    return (home / "releases" / REGION / day / "current").resolve()


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def ids(night: Night) -> dict[tuple[object, ...], object]:
    """The id of every row that can be distinguished by its content."""
    rows = night.query("SELECT name, id_number, person_id FROM mart.person ORDER BY ALL")
    return {row[:2]: row[2] for row in rows}


def one_sentence(ran: Ran) -> bool:
    return len(ran.err.strip().splitlines()) == 1 and "Traceback" not in ran.err


def test_modes_hang_on_no_umask(first: Night, rerun: tuple[Path, Path]) -> None:
    home = first.home
    for release in rerun:
        assert mode(release / "mart.duckdb") == mode(release / "manifest.json") == 0o440
        assert mode(release / "analyst.duckdb") == 0o444
        assert mode(release / "registry.duckdb") == 0o440
        for path in (release / "lists").rglob("*"):
            assert mode(path) == (0o750 if path.is_dir() else 0o440), path
    for path in home.rglob("*"):
        assert path.is_symlink() or mode(path) & 0o002 == 0, path
        if path.is_relative_to(home / "state"):
            assert mode(path) & 0o007 == 0, path
    leading = [home / "releases", home / "warehouse", home / "lists"]
    for folder in [f for top in leading for f in (top, top / REGION)] + [rerun[0], rerun[0].parent]:
        assert mode(folder) == 0o755, folder
    for lock in home.rglob("*.lock"):
        assert mode(lock) == 0o660


def test_a_rerun_publishes_the_same_to_the_last_digit(rerun: tuple[Path, Path]) -> None:
    with duckdb.connect() as con:
        for name, release in zip(("a", "b"), rerun, strict=True):
            path = str((release / "mart.duckdb").resolve()).replace("'", "''")
            con.execute(f"ATTACH '{path}' AS {name} (READ_ONLY)")
        tables = con.execute("SELECT table_name FROM duckdb_tables() WHERE database_name = 'a'").fetchall()
        # every figure of the history names the run that published it
        shown = {table: "* EXCLUDE (run_id)" if table == "history" else "*" for (table,) in tables}
        differing = [
            table
            for table, columns in shown.items()
            if con.execute(
                f"(SELECT {columns} FROM a.mart.{table} EXCEPT ALL SELECT {columns} FROM b.mart.{table})"
                " UNION ALL "
                f"(SELECT {columns} FROM b.mart.{table} EXCEPT ALL SELECT {columns} FROM a.mart.{table})"
            ).fetchall()
        ]
        linked = con.execute("SELECT count(*) FROM a.mart.identity_evidence").fetchall()
    assert set(differing) == {"run", "timing"}
    assert linked[0][0] >= len(TOWN)
    assert (rerun[0] / "lists/index.csv").read_bytes() == (rerun[1] / "lists/index.csv").read_bytes()


@pytest.fixture(scope="module")
def damaged(first: Night, rerun: tuple[Path, Path], landing: Path) -> Night:
    """The second night, after a bad day: nothing that it reads of earlier nights is whole."""
    home, state = first.home, first.home / "state" / REGION
    release = rerun[1]
    (release / "mart.duckdb").resolve().chmod(0o640)
    os.truncate((release / "mart.duckdb").resolve(), 100_000)
    (release / "manifest.json").unlink()
    (release / "manifest.json").write_bytes(b'{"run_id": "cut sh')
    with (state / "releases.jsonl").open("ab") as file:
        file.write(b"\xff\xfe\x00 garbage\n")
    (state / "weights.jsonl").write_bytes(b"\x00\xff" * 99)
    (state / "clerical.jsonl").write_bytes(b"\xff{]\n" * 3)
    other = home / "releases" / "yanling" / FIRST / "held-run"
    other.mkdir(parents=True)
    (other / "held.json").write_bytes(b'{"reasons": [{"mess')
    (home / "state" / "yanling").mkdir()
    (home / "state" / "yanling" / "releases.jsonl").write_bytes(b"\xff\xff\n")
    killed = home / "warehouse" / ".work" / REGION / "2026-11-19" / "killed-run"
    killed.mkdir(parents=True)
    note = json.loads(this_process().line()) | {"pid": 1, "started": "0"}
    (killed / "process.json").write_text(json.dumps(note), encoding="utf-8")
    return run_night(home, landing, day=SECOND)


def test_the_night_after_a_bad_day_is_published_and_reports_what_is_damaged(damaged: Night) -> None:
    assert damaged.ran.status == 0, damaged.ran.err
    for words in ("releases.jsonl", "weights.jsonl", "clerical.jsonl", f"{FIRST} 已发布的版本已损坏"):
        assert words in damaged.ran.err
    assert damaged.query("SELECT compared_with FROM mart.run") == [(None,)]
    manifest = json.loads((current(damaged.home, SECOND) / "manifest.json").read_text(encoding="utf-8"))
    assert len(manifest["warnings"]) >= 3
    (alert,) = (damaged.home / "state" / "alerts").glob(f"{SECOND}-*.json")
    assert "releases.jsonl" in alert.read_text(encoding="utf-8")
    state = damaged.home / "state" / REGION
    assert list(state.glob("releases.jsonl.damaged-*"))
    assert list(state.glob("weights.jsonl.damaged-*"))
    assert not (damaged.home / "warehouse" / ".work").exists() or not list(
        (damaged.home / "warehouse" / ".work").glob("*/*/*")
    )
    listed = call("release", "list", "--home", damaged.home)
    assert listed.status == 0
    assert listed.out.count("已发布") == 2


def test_the_damaged_date_is_put_right_by_running_it_again(damaged: Night, landing: Path) -> None:
    night = run_night(damaged.home, landing, day=FIRST)
    assert night.ran.status == 0, night.ran.err
    assert "警告" not in night.ran.err or "clerical.jsonl" in night.ran.err
    assert night.query("SELECT count(*) > 0 FROM mart.person") == [(True,)]
    assert ids(night) == ids(damaged)


@pytest.mark.parametrize(
    "damage", ["lost", *(pytest.param(damage, marks=pytest.mark.soak) for damage in ("empty", "garbage"))]
)
def test_a_night_without_its_registry_gives_nobody_a_new_id(
    damaged: Night, landing: Path, tmp_path: Path, damage: str
) -> None:
    home = tmp_path / "home"
    shutil.copytree(damaged.home, home, symlinks=True)
    registry = home / "state" / REGION / "registry.duckdb"
    registry.unlink()
    if damage != "lost":
        registry.write_bytes(b"" if damage == "empty" else b"garbage" * 5000)
    refused = run_night(home, landing, day=THIRD)
    assert refused.ran.status == 1
    assert "outreach identity registry rebuild" in refused.ran.err
    assert one_sentence(refused.ran) or damage != "lost"
    assert not (home / "warehouse" / REGION / f"{THIRD}.duckdb").exists()
    if damage == "garbage":
        for copy in (home / "releases" / REGION).glob("*/*/registry.duckdb"):
            copy.unlink()
    if damage == "empty":
        return
    made = call("identity", "registry", "rebuild", "--region", REGION, "--home", home)
    assert made.status == 0, made.err
    assert registry.stat().st_mode & 0o777 == 0o600
    night = run_night(home, landing, day=THIRD)
    assert night.ran.status == 0, night.ran.err
    before, after = ids(damaged), ids(night)
    assert before.keys() == after.keys()
    changed = {name for name in before if before[name] != after[name]}
    # without a copy of the registry nothing is known of who has neither number nor register row
    assert changed == (set() if damage == "lost" else {("无名氏", None), ("某老太", None)})


def test_a_withdrawn_night_is_published_again_by_a_run(damaged: Night, landing: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(damaged.home, home, symlinks=True)
    word = ("--region", REGION, "--date", SECOND, "--by", "李主任", "--why", "名单有误", "--home", home)
    assert call("release", "withdraw", *word).status == 0
    assert not (home / "warehouse" / REGION / f"{SECOND}.duckdb").exists()
    listed = call("release", "list", "--region", REGION, "--home", home).out
    assert "已撤回" in listed
    assert "李主任 撤回：名单有误" in listed
    latest = (home / "warehouse" / REGION / "latest.duckdb").resolve()
    assert latest.parent.parent.name == FIRST
    ran = outreach("run", "--region", REGION, "--date", SECOND, "--landing", landing, "--home", home)
    assert ran.status == 0, ran.err
    assert ids(Night(ran, home, REGION, SECOND)) == ids(damaged)
