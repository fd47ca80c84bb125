"""Which batches start a night: complete ones, and a redelivered batch is another one."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

from pipelines.batches import complete_batch, complete_batches

DAY = dt.date(2026, 11, 20)


def deliver(landing: Path, region: str, day: dt.date = DAY, success: bool = True) -> Path:
    folder = landing / region / day.isoformat()
    folder.mkdir(parents=True)
    (folder / "household_register.csv").write_text("户号\n1\n", encoding="utf-8")
    if success:
        (folder / "_SUCCESS").touch()
    return folder


def test_a_batch_without_success_is_not_complete(tmp_path: Path) -> None:
    deliver(tmp_path, "yaohai", success=False)
    assert complete_batch(tmp_path, "yaohai", DAY) is None


def test_an_absent_batch_is_not_complete(tmp_path: Path) -> None:
    assert complete_batch(tmp_path, "yaohai", DAY) is None


def test_the_fingerprint_stays_while_nothing_changes(tmp_path: Path) -> None:
    deliver(tmp_path, "yaohai")
    first, second = (complete_batch(tmp_path, "yaohai", DAY) for _ in range(2))
    assert first is not None
    assert first == second


def test_a_redelivered_file_is_another_batch(tmp_path: Path) -> None:
    folder = deliver(tmp_path, "yaohai")
    before = complete_batch(tmp_path, "yaohai", DAY)
    register = folder / "household_register.csv"
    os.utime(register, ns=(register.stat().st_atime_ns, register.stat().st_mtime_ns + 1))
    after = complete_batch(tmp_path, "yaohai", DAY)
    assert before is not None
    assert after is not None
    assert before.fingerprint != after.fingerprint


def test_a_further_extract_is_another_batch(tmp_path: Path) -> None:
    folder = deliver(tmp_path, "yaohai")
    before = complete_batch(tmp_path, "yaohai", DAY)
    (folder / "visit_log.csv").write_text("姓名\n", encoding="utf-8")
    after = complete_batch(tmp_path, "yaohai", DAY)
    assert before is not None
    assert after is not None
    assert before.fingerprint != after.fingerprint


def test_batches_come_by_date_then_region(tmp_path: Path) -> None:
    earlier = DAY - dt.timedelta(days=1)
    for region, day in (("yaohai", DAY), ("yanling", DAY), ("yaohai", earlier)):
        deliver(tmp_path, region, day)
    found = complete_batches(tmp_path, ["yaohai", "yanling"], [DAY, earlier])
    assert [(b.region, b.as_of) for b in found] == [("yaohai", earlier), ("yaohai", DAY), ("yanling", DAY)]
