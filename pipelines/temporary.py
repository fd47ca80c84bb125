"""Temporary files of a night are under the home: the system's own folder may be full, and is everybody's."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from outreach.engine.folders import OWNER, make_folder


@contextmanager
def temporary_files(folder: Path) -> Iterator[None]:
    """Within, every temporary file of this process and of those it starts is in a folder within ``folder``.

    Only this user may enter it; it is removed at the end, with ``folder`` and the folder above where they are
    empty.
    """
    make_folder(folder, OWNER)
    chosen, variable = tempfile.tempdir, os.environ.get("TMPDIR")
    try:
        with tempfile.TemporaryDirectory(prefix="tmp-", dir=folder, ignore_cleanup_errors=True) as name:
            tempfile.tempdir = os.environ["TMPDIR"] = name
            yield
    finally:
        tempfile.tempdir = chosen
        if variable is None:
            os.environ.pop("TMPDIR", None)
        else:
            os.environ["TMPDIR"] = variable
        for empty in (folder, folder.parent):
            with suppress(OSError):
                empty.rmdir()
