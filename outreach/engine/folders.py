"""Folders and files of a deployment with the modes they are meant to have, whatever the umask is.

What is published can be reached by its readers under any umask; nothing outside the owner's group reads
state, and nobody else writes anywhere.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

OPEN = 0o755
"""Folders that lead to published files: the files' own modes decide who reads them."""
GROUP = 0o750
"""Folders of lists and of state."""
OWNER = 0o700
"""Folders of what is not published (yet)."""


def make_folder(folder: Path, mode: int) -> Path:
    """The folder, made where it is missing, with exactly this mode; folders above it that are missing alike.

    A folder that is there already keeps its mode, except that others may no longer do in it what ``mode``
    does not let them (where it belongs to this user).

    Raises:
        OSError: it cannot be made, or there is something else in its place.
    """
    missing = []
    above = folder
    while not above.exists():
        missing.append(above)
        above = above.parent
    for path in reversed(missing):
        with contextlib.suppress(FileExistsError):
            path.mkdir()
            path.chmod(mode)
    if not missing:
        status = folder.stat()
        narrowed = status.st_mode & 0o7777 & ~(0o007 & ~mode)
        if narrowed != status.st_mode & 0o7777 and status.st_uid == os.geteuid():
            folder.chmod(narrowed)
    return folder


def write_new(path: Path, content: bytes, mode: int) -> None:
    """Write a file that is not there yet, with exactly this mode.

    Raises:
        OSError: it cannot be written; FileExistsError where it is there.
    """
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        os.fchmod(file.fileno(), mode)
        file.write(content)


def append_line(path: Path, line: str, mode: int) -> None:
    """Add a line to a file that only ever grows, flushed to the disk; safe with other writers.

    It begins on a line of its own, though a killed writer left half a line before it.

    Raises:
        OSError: it cannot be written.
    """
    handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, mode)
    try:
        end = os.lseek(handle, 0, os.SEEK_END)
        whole = end == 0 or os.pread(handle, 1, end - 1) == b"\n"
        os.write(handle, (b"" if whole else b"\n") + line.encode() + b"\n")
        os.fsync(handle)
    finally:
        os.close(handle)


def set_aside(path: Path, stamp: str) -> Path:
    """Rename a damaged file (or whatever is in its place), so that another can be made; its new path.

    Raises:
        OSError: it cannot be renamed.
    """
    aside = path.with_name(f"{path.name}.damaged-{stamp}")
    count = 0
    while os.path.lexists(aside):
        count += 1
        aside = path.with_name(f"{path.name}.damaged-{stamp}-{count}")
    path.rename(aside)
    return aside
