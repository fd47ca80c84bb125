"""A lock names its holder, ends, and is nobody else's to hold."""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from outreach.engine import LockedError, locked

WHAT = "yaohai 的发布"
HOLD = "import sys, time; from pathlib import Path; from outreach.engine import locked\n"
HOLD += "with locked(Path(sys.argv[1]), 'x', 0):\n    print('held', flush=True); time.sleep(600)"
OTHER_PROGRAM = "import fcntl, sys, time\nf = open(sys.argv[1]); fcntl.flock(f, fcntl.LOCK_EX)\n"
OTHER_PROGRAM += "print('held', flush=True); time.sleep(600)"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "publication.lock"


@contextlib.contextmanager
def held_by(path: Path, code: str) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen([sys.executable, "-c", code, path], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.send_signal(signal.SIGKILL)


@pytest.mark.parametrize("code", [HOLD, OTHER_PROGRAM], ids=["a night", "another program"])
def test_waiting_too_long_names_the_holder(path: Path, code: str) -> None:
    with locked(path, WHAT, 0):
        pass
    with held_by(path, code) as process:
        with pytest.raises(LockedError) as raised, locked(path, WHAT, 0.3):
            pass
        for words in (WHAT, f"进程 {process.pid}", "用户", str(path)):
            assert words in str(raised.value)
    with locked(path, WHAT, 5):
        pass


def test_a_killed_holder_leaves_no_lock(path: Path) -> None:
    with held_by(path, HOLD) as process:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        with locked(path, WHAT, 0):
            pass


def test_only_owner_and_group_can_open_it(path: Path) -> None:
    path.parent.mkdir(mode=0o777)
    path.parent.chmod(0o777)
    path.touch()
    path.chmod(0o666)
    with locked(path, WHAT, 0):
        assert stat.S_IMODE(path.stat().st_mode) == 0o660
        assert stat.S_IMODE(path.parent.stat().st_mode) & 0o007 == 0


def test_a_removed_lock_is_not_held_twice(path: Path) -> None:
    with locked(path, WHAT, 0), path.open("a") as stale:
        path.unlink()
        with locked(path, WHAT, 0), pytest.raises(BlockingIOError):
            fcntl.flock(stale, fcntl.LOCK_EX | fcntl.LOCK_NB)


@pytest.mark.parametrize("make", [Path.mkdir, lambda path: path.symlink_to("elsewhere")], ids=["dir", "link"])
def test_what_is_no_file_is_no_lock(path: Path, make: object) -> None:
    path.parent.mkdir()
    assert callable(make)
    make(path)
    with pytest.raises(LockedError, match="无法加锁"), locked(path, WHAT, 0):
        pass
