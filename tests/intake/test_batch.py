"""The batch: its folder, manifest, unknown files; limits on quarantine and volume."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from landing_zone import AS_OF, Landing, line

from outreach.intake import BatchError, open_batch
from outreach.intake.extract import unusual_fall
from outreach.settings import IntakeSettings


def opened(landing: Landing):  # type: ignore[no-untyped-def]
    return open_batch(landing.folder.parent.parent, "yaohai", AS_OF)


def test_a_batch_without_folder_or_files(tmp_path: Path, landing: Landing) -> None:
    with pytest.raises(BatchError, match="没有找到"):
        open_batch(tmp_path, "nowhere", AS_OF)
    with pytest.raises(BatchError, match="没有任何"):
        opened(landing)
    landing.put("readme.txt", "x")
    landing.put("_SUCCESS", "")
    with pytest.raises(BatchError, match="没有任何"):
        opened(landing)


def test_what_is_no_extract_is_noticed(landing: Landing) -> None:
    landing.register(line())
    for name in ("notes.csv", "household_register.csv.tmp", "household_register.tmp", "~$visit_log.xlsx"):
        landing.put(name, "x")
    (landing.folder / "notes").mkdir()
    batch = opened(landing)
    assert not batch.complete
    assert set(batch.unknown) == {
        "notes.csv",
        "household_register.csv.tmp",
        "household_register.tmp",
        "~$visit_log.xlsx",
        "notes",
    }
    assert landing.take("visit_log").status == "absent"
    assert landing.warehouse.con.sql("SELECT extract, file, status FROM run.delivery").fetchall() == [
        ("visit_log", None, "absent")
    ]


@pytest.mark.parametrize("content", ["{", "ok", "[1]", '"x"', b"\xff\xfe{"])
def test_a_manifest_that_cannot_be_read_stops_the_batch(landing: Landing, content: str | bytes) -> None:
    landing.register(line())
    landing.put("_SUCCESS", content)
    with pytest.raises(BatchError, match="清单"):
        opened(landing)


def test_a_manifest_that_agrees(landing: Landing) -> None:
    path = landing.register(line(), "", "坏", line())
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    landing.put("_SUCCESS", "\ufeff" + json.dumps({path.name: {"rows": 3, "sha256": digest.upper()}}))
    assert opened(landing).complete
    assert landing.take().status == "accepted_with_quarantine"


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ({"rows": 5}, "清单为 5 行"),
        ({"sha256": "0" * 64}, "校验值与清单不符"),
        ({"rows": "3"}, "行数无法读取"),
        ({"sha256": "x"}, "校验值无法读取"),
        ([], "条目无法读取"),
    ],
)
def test_a_manifest_that_disagrees_refuses_the_file(landing: Landing, entry: object, reason: str) -> None:
    landing.register(line(), "坏", line())
    landing.put("_SUCCESS", json.dumps({"household_register.csv": entry}))
    delivery = landing.take()
    assert delivery.status == "refused"
    assert reason in delivery.message
    assert landing.rows() == []


def test_a_file_that_the_manifest_lists_and_is_not_there(landing: Landing) -> None:
    landing.register(line(), name="household_register.part01.csv")
    landing.put("_SUCCESS", json.dumps({"household_register.part02.csv": {}, "visit_log.csv": {"rows": 1}}))
    for extract in ("household_register", "visit_log"):
        delivery = landing.take(extract)
        assert delivery.status == "refused"
        assert "没有送达" in delivery.message


def fifo(path: Path) -> None:
    os.mkfifo(path)


def bound_socket(path: Path) -> None:
    with contextlib.chdir(path.parent), socket.socket(socket.AF_UNIX) as end:
        end.bind(path.name)


def dangling(path: Path) -> None:
    path.symlink_to(path.parent / "gone.csv")


def loop(path: Path) -> None:
    path.symlink_to(path)


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def link_to_fifo(path: Path) -> None:
    os.mkfifo(path.parent.parent / "pipe")
    path.symlink_to(path.parent.parent / "pipe")


@pytest.mark.parametrize("make", [fifo, bound_socket, dangling, loop, device, link_to_fifo, Path.mkdir])
@pytest.mark.parametrize("name", ["visit_log.csv", "visit_log.part02.xlsx"])
def test_what_is_no_file_refuses_its_extract_alone(
    landing: Landing, make: Callable[[Path], None], name: str
) -> None:
    landing.register(line())
    if "part" in name:
        landing.put("visit_log.part01.csv", "姓名,身份证号,探访日期\n王秀英,1,2026-11-01\n")
    make(landing.folder / name)
    delivery = landing.take("visit_log")
    assert delivery.status == "refused"
    assert name in delivery.message
    assert landing.take().status == "accepted"
    assert all(part.path.is_file() for parts in opened(landing).parts.values() for part in parts)


def test_a_batch_of_nothing_but_a_pipe_waits_for_nobody(landing: Landing) -> None:
    os.mkfifo(landing.folder / "household_register.csv")
    delivery = landing.take()
    assert delivery.status == "refused"
    assert "household_register.csv" in delivery.message


def test_quarantine_above_both_limits_refuses(landing: Landing) -> None:
    good = [line(户号=f"H{n}") for n in range(400)]
    landing.register(*good, *["坏"] * 50)
    assert landing.take().status == "accepted_with_quarantine"
    landing.register(*good, *["坏"] * 51)
    delivery = landing.take()
    assert (delivery.status, delivery.rows_read, delivery.rows_accepted) == ("refused", 451, 0)
    assert delivery.quarantine == {"extract_refused": 400, "ragged_row": 51}
    assert landing.rows() == []
    assert landing.take(allowed=["visit_log"]).status == "refused"
    delivery = landing.take(allowed=["household_register"])
    assert (delivery.status, delivery.rows_accepted) == ("accepted_with_quarantine", 400)
    assert "放行" in delivery.message
    landing.register(*good, *good[:60], *["坏"] * 51)
    assert landing.take().status == "accepted_with_quarantine"


def test_a_fall_in_volume_refuses(landing: Landing) -> None:
    landing.register(*[line(户号=f"H{n}") for n in range(80)])
    assert landing.take(earlier=[100]).status == "accepted"
    delivery = landing.take(earlier=[101])
    assert (delivery.status, delivery.rows_read) == ("refused", 80)
    assert landing.take(earlier=[101], allowed=["household_register"]).status == "accepted"
    landing.put("rescue_register.csv", "姓名,救助日期\n")
    assert landing.take("rescue_register", earlier=[4]).status == "accepted"
    assert landing.take("rescue_register", earlier=[5]).status == "refused"


@pytest.mark.parametrize(
    ("earlier", "read", "is_refused"),
    [
        ((), 1, False),
        ((1000,), 750, True),
        ((1000,), 801, False),
        ((1000,) * 10, 750, True),
        ((1000,) * 10, 940, True),
        ((1000,) * 10, 950, False),
        ((1000,) * 10, 1300, False),
        ((1000, 1000, 1000), 900, False),
        # Its own nights lost 4 % at most: 8 % may be lost, not 9 %.
        ((1000, 1010, 970, 1000, 960, 1000), 921, False),
        ((1000, 1010, 970, 1000, 960, 1000), 905, True),
        # A fall that an operator let through does not make every fall usual; nor does a roll that grew.
        ((1700, 1700, 1000, 1000, 1000, 1000), 750, True),
        ((100, 300, 700, 1000, 1000, 1000), 750, True),
        ((1000, 1000, 1000, 0, 1000), 750, True),
        # Small rolls: a few rows are no sign.
        ((16,) * 10, 12, False),
        ((20,) * 10, 15, True),
        ((3, 0, 0, 0, 0), 0, False),
    ],
)
def test_what_an_extract_may_lose_in_a_night(earlier: tuple[int, ...], read: int, is_refused: bool) -> None:
    assert (unusual_fall(read, earlier, IntakeSettings()) is not None) is is_refused


def test_a_log_may_bring_as_little_as_it_likes(landing: Landing) -> None:
    landing.put("outreach_outcome.csv", "人员编号,项目编码,结果,联系日期\nP1,visit,同意,2026-11-19\n")
    assert landing.take("outreach_outcome", earlier=[500]).delivered


@pytest.mark.parametrize("allowed", [(), ("care_survey",)])
def test_an_extract_whose_every_row_is_quarantined_is_refused(
    landing: Landing, allowed: tuple[str, ...]
) -> None:
    header = "姓名,身份证号,独居,空巢,留守"
    landing.put("care_survey.csv", [header, *[",1,是,否,否"] * 20])
    delivery = landing.take("care_survey", allowed=allowed)
    assert (delivery.status, delivery.rows_read, delivery.rows_quarantined) == ("refused", 20, 20)
    assert "全部 20 行" in delivery.message
    landing.put("care_survey.csv", [header, *[",1,是,否,否"] * 19])
    assert landing.take("care_survey", allowed=allowed).status == "accepted_with_quarantine"
    landing.put("care_survey.csv", [header, *[",1,是,否,否"] * 20, "王秀英,1,是,否,否"])
    assert landing.take("care_survey", allowed=allowed).status == "accepted_with_quarantine"


def test_an_intake_can_be_repeated(landing: Landing) -> None:
    landing.register(line(), "坏", line(出生日期="1949-02-30"))
    first = landing.take()
    tables = ("run.delivery", "run.quarantine", "run.extract", "intake.household_register")
    before = [landing.warehouse.con.sql(f"FROM {table} ORDER BY ALL").fetchall() for table in tables]
    second = landing.take()
    assert (first.files, first.quarantine, first.values) == (second.files, second.quarantine, second.values)
    assert before == [landing.warehouse.con.sql(f"FROM {t} ORDER BY ALL").fetchall() for t in tables]
