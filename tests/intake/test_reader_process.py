"""The process that reads a workbook: it ends in time, and with the process that started it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
import raw_workbook as raw
from landing_zone import GOOD, HEAD, HEADER, Landing

from contracts.extracts import EXTRACT_BY_NAME
from outreach.engine import Warehouse
from outreach.intake.fence import Fenced
from outreach.intake.xlsx_reader import XlsxReader
from outreach.settings import IntakeSettings, Settings


def test_a_workbook_that_is_not_read_in_time_is_refused(
    landing: Landing, path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    hanging = tmp_path / "hanging.py"
    hanging.write_text("import time\ntime.sleep(600)\n")
    monkeypatch.setattr("outreach.intake.fence._SCRIPT", hanging)
    landing.warehouse.settings = Settings(intake=IntakeSettings(reading_seconds=1))
    raw.write_parts(path, HEAD + GOOD)
    delivery = landing.take()
    assert delivery.status == "refused"
    assert "1 秒内没有读完" in delivery.message


def test_a_reader_that_cannot_start_is_no_fault_of_the_file(
    landing: Landing, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("outreach.intake.fence._SCRIPT", Path("/nowhere/child.py"))
    raw.write_parts(path, HEAD + GOOD)
    with pytest.raises(RuntimeError):
        landing.take()


def test_a_workbook_is_read_from_any_thread(path: Path) -> None:
    raw.write_parts(path, HEAD + GOOD)
    seen: list[int] = []

    def opened() -> None:
        forms.append(XlsxReader(path, EXTRACT_BY_NAME["household_register"], IntakeSettings()))

    forms: list[XlsxReader] = []
    for work in (opened, lambda: seen.extend(c.rows for c in forms[0].chunks(len(HEADER), [0]))):
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    assert seen == [1]


def test_nothing_of_the_file_is_in_the_arguments_of_the_process(path: Path) -> None:
    raw.write_parts(path, HEAD + GOOD)
    child = Fenced(path, "xlsx", IntakeSettings())
    child.header()
    arguments = Path(f"/proc/{child._process.pid}/cmdline").read_bytes().decode()
    child.close()
    assert "household_register" not in arguments
    assert child._process.returncode is not None


def test_the_reader_ends_with_the_process_that_started_it(path: Path, tmp_path: Path) -> None:
    raw.write_parts(path, HEAD + GOOD)
    parent = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys, time\nfrom pathlib import Path\nfrom outreach.intake.fence import Fenced\n"
            "from outreach.settings import IntakeSettings\n"
            f"child = Fenced(Path({str(path)!r}), 'xlsx', IntakeSettings())\nchild.header()\n"
            "print(child._process.pid, flush=True)\ntime.sleep(600)",
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    os.kill(child, signal.SIGSTOP)  # it does nothing by itself any more, as one that hangs in compiled code
    parent.kill()
    parent.wait()
    parent.stdout.close()
    os.kill(child, signal.SIGCONT)
    for _ in range(200):
        state = Path(f"/proc/{child}/stat")
        if not state.exists() or state.read_text().rsplit(")", 1)[1].split()[0] == "Z":
            break
        time.sleep(0.05)
    else:
        os.kill(child, signal.SIGKILL)
        pytest.fail("the child outlived its parent")


def test_a_refusal_leaves_no_process(landing: Landing, path: Path, tmp_path: Path) -> None:
    def children() -> set[str]:
        return set(Path(f"/proc/self/task/{threading.get_native_id()}/children").read_text().split())

    before = children()
    raw.write_parts(path, raw.row(1, HEADER[1:]) + GOOD)
    assert "缺少必需的列" in landing.take().message
    raw.write_parts(path.with_name("household_register.part01.xlsx"), HEAD + GOOD)
    raw.write_parts(path.with_name("household_register.part02.xlsx"), HEAD + GOOD)
    path.unlink()
    with Warehouse(tmp_path / "other.duckdb"):
        assert landing.take().rows_accepted == 2
    assert children() <= before
