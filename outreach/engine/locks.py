"""One process at a time: a lock of the kernel on an open file, which names who holds it.

A killed process leaves no lock behind. Only the owner and the group may open a lock's file, so nobody else
can hold it.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import pwd
import time
from collections.abc import Iterator
from pathlib import Path

from outreach.engine.folders import GROUP, make_folder
from outreach.engine.processes import read_note, started_at, this_process
from outreach.errors import OutreachError

_AGAIN_SECONDS = 0.1


class LockedError(OutreachError):
    """A lock is held by another process for too long, or cannot be used; the message names the holder."""


@contextlib.contextmanager
def locked(path: Path, what: str, seconds: float) -> Iterator[None]:
    """Hold the lock ``path`` (mode 0660; its folder 0750 where it is made).

    Args:
        path: the lock's file; while it is held, a note in it names by whom and since when.
        what: what the lock guards, in Chinese, for the message.
        seconds: how long to wait for another process.

    Raises:
        LockedError: another process held it all the time, or the file cannot be used.
    """
    deadline = time.monotonic() + seconds
    try:
        make_folder(path.parent, GROUP)
        while not (handle := _taken(path)):
            if time.monotonic() >= deadline:
                raise LockedError(
                    f"{what}被占用，已等待 {seconds:g} 秒：{_holder(path)}。等它结束后重试；"
                    f"确认该进程已无用时，终止它即可（锁文件 {path}，不要删除）。"
                )
            time.sleep(_AGAIN_SECONDS)
    except OSError as error:
        raise LockedError(
            f"{what}无法加锁：{path} 不可用（{error.strerror or type(error).__name__}）。"
            "请检查该文件及其目录的属主与权限。"
        ) from error
    try:
        os.ftruncate(handle, 0)
        os.pwrite(handle, this_process().line().encode(), 0)
        yield
    finally:
        with contextlib.suppress(OSError):
            os.ftruncate(handle, 0)
        os.close(handle)


def _taken(path: Path) -> int | None:
    """An open file that holds the lock; None where another process holds it."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK, 0o660)
    try:
        if os.fstat(handle).st_uid == os.geteuid():
            os.fchmod(handle, 0o660)
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # who removed the file meanwhile would let a second process lock another one of that name
        if os.path.samestat(os.fstat(handle), path.stat()):
            return handle
    except (BlockingIOError, FileNotFoundError):
        pass
    except BaseException:
        os.close(handle)
        raise
    os.close(handle)
    return None


def _holder(path: Path) -> str:
    """Who holds the lock, in words: by the note in it, else as the kernel names the process."""
    note = read_note(path) or {}
    holders = _kernel_holders(path)
    pid = note.get("pid")
    if isinstance(pid, int) and (pid in holders or not holders):
        host, user, since = (note.get(key) for key in ("host", "user", "since"))
        return f"持有者为进程 {pid}（主机 {host}，用户 {user}，自 {since} 起）"
    if holders:
        return "持有者为" + "、".join(f"进程 {other}（用户 {_owner(other)}）" for other in sorted(holders))
    return "持有者不明"


def _kernel_holders(path: Path) -> set[int]:
    """Processes of this host that hold a lock on the file, where the system knows them."""
    try:
        inode = str(path.stat().st_ino)
        lines = Path("/proc/locks").read_text(encoding="ascii").splitlines()
    except (OSError, ValueError):
        return set()
    held = [line.split() for line in lines if "->" not in line]
    pids = {int(words[4]) for words in held if len(words) > 5 and words[5].rpartition(":")[2] == inode}
    return {pid for pid in pids if pid > 0 and started_at(pid)}


def _owner(pid: int) -> str:
    try:
        uid = Path(f"/proc/{pid}").stat().st_uid
    except OSError:
        return "不明"
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"uid {uid}"
