"""Which batches are complete in the landing zone. Only folders are looked at; intake reads the files.

Each region and date is looked at by itself: whatever is wrong with one folder is an answer about that batch
(`UnreadableBatch`), never an error that keeps the others waiting.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import stat
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from outreach.errors import OutreachError
from outreach.intake.batch import SUCCESS

SETTLED_SECONDS = 60
"""A batch that changed less than this ago may still be in copying."""


@dataclass(frozen=True)
class CompleteBatch:
    """A batch folder that holds ``_SUCCESS``."""

    region: str
    as_of: dt.date
    fingerprint: str
    """Changes when any file of the folder does: a redelivered batch is another one."""
    changed_at: float
    """Seconds since the epoch of the latest change in the folder that is not ahead of the clock."""

    def settled(self, now: float | None = None) -> bool:
        """Whether nothing changed lately.

        A file's time further ahead than any two clocks differ was set by the program that copied the file,
        once it was whole; waiting for that time would block the batch for as long as it is ahead.
        """
        return self.changed_at < (time.time() if now is None else now) - SETTLED_SECONDS


@dataclass(frozen=True)
class UnreadableBatch:
    """A batch folder that is there in some way and cannot be looked at; ``reason`` is a Chinese sentence."""

    region: str
    as_of: dt.date
    folder: Path
    reason: str


Found = CompleteBatch | UnreadableBatch


def complete_batch(landing: Path, region: str, as_of: dt.date) -> Found | None:
    """The batch of a region and date; None while it is absent or not complete. Raises nothing.

    A dangling link, a loop or a special file among the files counts as a file without content here: intake
    refuses that extract alone. What cannot be looked at is the folder itself or its ``_SUCCESS``.
    """
    folder = landing / region / as_of.isoformat()
    try:
        return _look_at(folder, region, as_of) if _is_there(folder.parent) else None
    except OSError as error:
        return _unreadable(region, as_of, folder, error)


def complete_batches(landing: Path, regions: Iterable[str], dates: Iterable[dt.date]) -> Iterator[Found]:
    """What is there of the given regions and dates, by date: complete batches and unreadable folders.

    A region's folder that cannot be looked at is one answer, of the newest date.
    """
    days = sorted(dates)
    wanted = []
    for region in regions:
        folder = landing / region
        try:
            if _is_there(folder):
                wanted.append(region)
        except OSError as error:
            yield _unreadable(region, days[-1], folder, error)
    for as_of in days:
        for region in wanted:
            batch = complete_batch(landing, region, as_of)
            if batch is not None:
                yield batch


class _BrokenLinkError(OutreachError, OSError):
    """A link that leads nowhere: a share that is not mounted, or a loop."""


class _NotAFileError(OutreachError, OSError):
    """`_SUCCESS` is there, and is no file."""


_SENTENCES: dict[type[OSError], str] = {
    PermissionError: "没有读取权限",
    NotADirectoryError: "不是文件夹",
    _BrokenLinkError: "是指向不存在位置的链接（共享目录可能未挂载）",
    _NotAFileError: "不是普通文件",
}


def _unreadable(region: str, as_of: dt.date, folder: Path, error: OSError) -> UnreadableBatch:
    words = _SENTENCES.get(type(error), f"无法读取（{error.strerror or type(error).__name__}）")
    path = error.filename if error.filename is not None else folder
    return UnreadableBatch(region, as_of, folder, f"批次 {region} {as_of}：{_shown(path)} {words}")


def _look_at(folder: Path, region: str, as_of: dt.date) -> CompleteBatch | None:
    if not _is_there(folder) or not _is_there(folder / SUCCESS, stat.S_ISREG, _NotAFileError):
        return None
    digest = hashlib.sha256()
    changed_at = 0.0
    ahead = time.time() + SETTLED_SECONDS
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: os.fsencode(entry.name)):
            try:
                found = entry.stat()
            except OSError:
                found = entry.stat(follow_symlinks=False)
            digest.update(os.fsencode(entry.name))
            digest.update(f"\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
            if found.st_mtime <= ahead:
                changed_at = max(changed_at, found.st_mtime)
    return CompleteBatch(region, as_of, digest.hexdigest()[:16], changed_at)


def _is_there(
    path: Path,
    is_right: Callable[[int], bool] = stat.S_ISDIR,
    wrong: type[OSError] = NotADirectoryError,
) -> bool:
    """Whether something of the right kind is at the path; whatever else is there raises an OSError."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        if path.is_symlink() and not isinstance(error, PermissionError):
            raise _BrokenLinkError(error.errno, error.strerror, str(path)) from None
        if isinstance(error, FileNotFoundError):
            return False
        raise
    if not is_right(mode):
        raise wrong(0, "another kind of file", str(path))
    return True


def _shown(path: object) -> str:
    """A path as text that can be printed and stored, whatever bytes it is made of."""
    return os.fsencode(str(path)).decode("utf-8", "replace")
