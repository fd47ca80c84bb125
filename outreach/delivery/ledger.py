"""The ledger of a region's releases, ``state/<region>/releases.jsonl``: what happened, when, by whom.

What is published is what the links say; the ledger remembers. Lines are only ever added.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
from pathlib import Path
from typing import Any

from outreach.delivery.layout import state_dir


def record(home: Path, region: str, event: str, as_of: dt.date, run_id: str, **more: Any) -> None:
    """Add one line to the region's ledger of releases and flush it to the disk."""
    line = {
        "at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "event": event,
        "date": as_of.isoformat(),
        "run_id": run_id,
        **more,
    }
    path = state_dir(home, region) / "releases.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
    try:
        # A line cut short by a kill must not swallow the next one.
        start = b"" if _ends_clean(path) else b"\n"
        os.write(handle, start + json.dumps(line, ensure_ascii=False).encode() + b"\n")
        os.fsync(handle)
    finally:
        os.close(handle)


def _ends_clean(path: Path) -> bool:
    with path.open("rb") as handle:
        if handle.seek(0, os.SEEK_END) == 0:
            return True
        handle.seek(-1, os.SEEK_END)
        return handle.read(1) == b"\n"


def read_ledger(home: Path, region: str) -> list[dict[str, Any]]:
    """The events of a region's releases, oldest first; a line cut short by a kill is passed over."""
    path = state_dir(home, region) / "releases.jsonl"
    if not path.exists():
        return []
    events = []
    for line in path.read_text(encoding="utf-8").splitlines():
        with contextlib.suppress(ValueError):
            events.append(json.loads(line))
    return events
