"""Bad usage gets one clear sentence, the right exit status, and leaves nothing behind."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command import SAMPLES, call, outreach
from small_world import DAY, deliver, world

RUN = ("run", "--region", "yaohai", "--date", DAY)


def one_sentence(told: str) -> bool:
    lines = told.strip().splitlines()
    return len(lines) == 1 and "Traceback" not in told


@pytest.mark.parametrize(
    ("arguments", "status", "names"),
    [
        (("run", "--region", "atlantis", "--date", DAY), 2, "atlantis"),
        (("run", "--region", "../yaohai", "--date", DAY), 2, "../yaohai"),
        (("run", "--region", "yaohai", "--date", "2026-02-30"), 2, "2026-02-30"),
        (("run", "--region", "yaohai", "--date", "20261120"), 2, "20261120"),
        (("run", "--region", "yaohai", "--date", "yesterday"), 2, "yesterday"),
        ((*RUN, "--engine", "spark"), 2, "Spark"),
        ((*RUN, "--allow", "no_such_extract"), 2, "no_such_extract"),
        ((*RUN, "--landing", "/no/such/landing"), 2, "/no/such/landing"),
        ((*RUN, "--policies", "/no/such/policies"), 2, "/no/such/policies"),
    ],
)
def test_bad_usage(tmp_path: Path, arguments: tuple[str, ...], status: int, names: str) -> None:
    home = tmp_path / "home"
    landing = () if "--landing" in arguments else ("--landing", SAMPLES)
    ran = call(*arguments, *landing, "--home", home)
    assert ran.status == status
    assert one_sentence(ran.err), ran.err
    assert names in ran.err
    assert not home.exists()


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("run",),
        ("run", "--region", "yaohai"),
        ("run", "--nonsense"),
        ("nonsense",),
        (*RUN, "--engine", "oracle"),
    ],
)
def test_what_the_parser_refuses(arguments: tuple[str, ...]) -> None:
    assert call(*arguments).status == 2


def test_an_empty_landing_folder(tmp_path: Path) -> None:
    (tmp_path / "landing" / "yaohai" / DAY).mkdir(parents=True)
    ran = outreach(*RUN, "--landing", tmp_path / "landing", "--home", tmp_path / "home")
    assert ran.status == 1
    assert one_sentence(ran.err), ran.err
    assert not (tmp_path / "home").exists()


def test_no_batch_of_that_date(tmp_path: Path) -> None:
    ran = call(
        "run", "--region", "yaohai", "--date", "2026-11-01", "--landing", SAMPLES, "--home", tmp_path / "h"
    )
    assert ran.status == 1
    assert one_sentence(ran.err), ran.err
    assert not (tmp_path / "h").exists()


def test_a_batch_that_is_not_complete(tmp_path: Path) -> None:
    (deliver(tmp_path / "landing", world()) / "_SUCCESS").unlink()
    ran = call(*RUN, "--landing", tmp_path / "landing", "--home", tmp_path / "home")
    assert ran.status == 1
    assert "_SUCCESS" in ran.err
    assert one_sentence(ran.err), ran.err
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("what", ["dangling", "loop", "file", "mark", "region"])
def test_a_landing_folder_that_cannot_be_looked_at(tmp_path: Path, what: str) -> None:
    region = tmp_path / "landing" / "yaohai"
    folder = region / DAY
    folder.parent.parent.mkdir()
    if what == "region":
        region.symlink_to("/no/such/share")
    else:
        region.mkdir()
    if what in ("dangling", "loop"):
        folder.symlink_to("/no/such/share" if what == "dangling" else DAY)
    elif what == "file":
        folder.touch()
    elif what == "mark":
        deliver(tmp_path / "other", world()).rename(folder)
        (folder / "_SUCCESS").unlink()
        (folder / "_SUCCESS").mkdir()
    ran = outreach(*RUN, "--landing", tmp_path / "landing", "--home", tmp_path / "home")
    assert ran.status == 1
    assert one_sentence(ran.err), ran.err
    assert str(region) in ran.err
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(("complete", "kind"), [(False, "batch_missing"), (True, "batch_unreadable")])
def test_a_batch_that_cannot_be_run_is_alerted_where_nobody_reads_the_terminal(
    tmp_path: Path, complete: bool, kind: str
) -> None:
    (tmp_path / "home").mkdir()
    if complete:
        (deliver(tmp_path / "landing", world()) / "_SUCCESS").write_text("{", encoding="utf-8")
    else:
        (tmp_path / "landing").mkdir()
    for _ in range(2):
        ran = outreach(*RUN, "--landing", tmp_path / "landing", "--home", tmp_path / "home")
        assert ran.status == 1
    (path,) = (tmp_path / "home" / "state" / "alerts").iterdir()
    body = json.loads(path.read_text(encoding="utf-8"))
    assert body["kind"] == kind
    assert body["reason"] in ran.err


def test_a_home_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    ran = call(*RUN, "--landing", SAMPLES, "--home", tmp_path / "file" / "home")
    assert ran.status == 1
    assert one_sentence(ran.err), ran.err


def test_a_disk_nearly_full(tmp_path: Path) -> None:
    (tmp_path / "settings.yaml").write_text("release: {min_free_gib: 1000000}\n", encoding="utf-8")
    ran = call(*RUN, "--landing", SAMPLES, "--home", tmp_path)
    assert ran.status == 1
    assert one_sentence(ran.err), ran.err
    assert [path.name for path in tmp_path.iterdir()] == ["settings.yaml"]


def test_a_misspelt_setting(tmp_path: Path) -> None:
    (tmp_path / "settings.yaml").write_text("relase: {}\n", encoding="utf-8")
    ran = call(*RUN, "--landing", SAMPLES, "--home", tmp_path)
    assert ran.status == 2
    assert "relase" in ran.err


def test_approving_what_is_not_held(tmp_path: Path) -> None:
    ran = call("release", "approve", "--region", "yaohai", "--date", DAY, "--home", tmp_path)
    assert ran.status == 1
    assert one_sentence(ran.err), ran.err


def test_the_shipped_policies_pass_their_checks() -> None:
    ran = call("policies", "check", "--date", DAY)
    assert ran.status == 0, ran.out
    assert "错误 0 处" in ran.out


def test_a_policy_is_shown_item_by_item() -> None:
    ran = call("policies", "show", "yaohai", "--date", DAY)
    assert ran.status == 0
    assert "age_allowance" in ran.out
    assert call("policies", "show", "atlantis").status == 2


def test_a_list_covers_itself() -> None:
    assert call("policies", "compare", "yaohai", "yaohai", "--date", DAY).status == 0
