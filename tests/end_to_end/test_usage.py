"""Bad usage gets one clear sentence, the right exit status, and leaves nothing behind."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from command import SAMPLES, call, outreach
from small_world import DAY, deliver, world

from outreach.deployment import Deployment
from pipelines.clock import today
from pipelines.night import check
from pipelines.partitions import nights

RUN = ("run", "--region", "yaohai", "--date", DAY)


def one_sentence(output: str) -> bool:
    lines = output.strip().splitlines()
    return len(lines) == 1 and "Traceback" not in output


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
    ran = call(
        "release", "approve", "--region", "yaohai", "--date", DAY, "--why", "已核实", "--home", tmp_path
    )
    assert ran.status == 1
    assert one_sentence(ran.err), ran.err


@pytest.mark.parametrize("command", ["approve", "withdraw"])
def test_an_operators_decision_on_a_release_needs_a_reason(tmp_path: Path, command: str) -> None:
    arguments = ("release", command, "--region", "yaohai", "--date", DAY, "--home", tmp_path)
    assert call(*arguments).status == 2
    blank = call(*arguments, "--why", " ")
    assert blank.status == 2
    assert "--why" in blank.err
    assert not any(tmp_path.iterdir())


def test_withdrawing_what_is_not_published(tmp_path: Path) -> None:
    arguments = ("release", "withdraw", "--region", "yaohai", "--date", DAY, "--why", "日期写错")
    ran = call(*arguments, "--home", tmp_path)
    assert ran.status == 1
    assert one_sentence(ran.err), ran.err


@pytest.mark.parametrize("days", [2, 30, 26_000])
def test_a_date_after_tomorrow_is_taken_for_a_mistake(tmp_path: Path, days: int) -> None:
    day = (today() + dt.timedelta(days=days)).isoformat()
    deliver(tmp_path / "landing", world(), day)
    run = ("run", "--region", "yaohai", "--date", day, "--landing", tmp_path / "landing")
    ran = call(*run, "--home", tmp_path / "home")
    assert ran.status == 2
    assert one_sentence(ran.err), ran.err
    assert "--future" in ran.err
    assert not (tmp_path / "home").exists()
    deployment = Deployment.find(tmp_path / "home", tmp_path / "landing")
    assert check(deployment, "yaohai", dt.date.fromisoformat(day), (), future=True).region == "yaohai"


def test_tomorrow_is_no_mistake(tmp_path: Path) -> None:
    tomorrow = today() + dt.timedelta(days=1)
    deliver(tmp_path / "landing", world(), tomorrow.isoformat())
    deployment = Deployment.find(tmp_path / "home", tmp_path / "landing")
    assert check(deployment, "yaohai", tomorrow, ()).region == "yaohai"


def test_no_partition_is_ahead_of_the_clock() -> None:
    keys = nights(["yaohai"]).get_partition_keys()
    assert max(key.keys_by_dimension["date"] for key in keys) == today().isoformat()


def test_a_folder_without_policies_has_nothing_to_check(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        ran = call("policies", "check", "--policies", folder)
        assert ran.status == 2
        assert one_sentence(ran.err), ran.err


def test_a_region_without_releases_has_no_registry_to_rebuild(tmp_path: Path) -> None:
    ran = call("identity", "registry", "rebuild", "--region", "yaohai", "--home", tmp_path)
    assert ran.status == 1
    assert one_sentence(ran.err), ran.err
    assert not any(tmp_path.iterdir())


@pytest.mark.parametrize(
    "content",
    [
        b"engine: {memory_limit: \"1GB'; ATTACH 'x.duckdb' AS x; --\"}",
        b"engine: {memory_limit: lots}",
        b"engine: {memory_limit: 5MB}",
        b"engine: {memory_limit: -1GB}",
        b"engine: {memory_limit: 100%}",
        b"\xff\xfe\x00garbage",
        b"[1, 2]",
        b"engine: [",
        b"locks: {wait_seconds: .inf}",
    ],
)
def test_settings_that_cannot_be_used(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "settings.yaml").write_bytes(content)
    ran = call(*RUN, "--landing", SAMPLES, "--home", tmp_path)
    assert ran.status == 2
    assert one_sentence(ran.err), ran.err
    assert "settings.yaml" in ran.err
    assert [path.name for path in tmp_path.iterdir()] == ["settings.yaml"]


def test_settings_that_lead_nowhere_are_not_taken_for_none(tmp_path: Path) -> None:
    (tmp_path / "settings.yaml").symlink_to(tmp_path / "gone.yaml")
    ran = call(*RUN, "--landing", SAMPLES, "--home", tmp_path)
    assert ran.status == 2
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
