"""Which batches lie complete in the landing zone. Only folders are looked at; intake reads the files."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

SUCCESS = "_SUCCESS"


@dataclass(frozen=True)
class CompleteBatch:
    """A batch folder that holds ``_SUCCESS``."""

    region: str
    as_of: dt.date
    fingerprint: str
    """Changes when any file of the folder does: a redelivered batch is another one."""
    changed_at: float
    """Seconds since the epoch of the latest change in the folder."""


def complete_batch(landing: Path, region: str, as_of: dt.date) -> CompleteBatch | None:
    """The batch of a region and date, or None while it is absent or not complete."""
    folder = landing / region / as_of.isoformat()
    if not (folder / SUCCESS).is_file():
        return None
    digest = hashlib.sha256()
    changed_at = 0.0
    for path in sorted(folder.iterdir()):
        stat = path.stat()
        digest.update(f"{path.name}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
        changed_at = max(changed_at, stat.st_mtime)
    return CompleteBatch(region, as_of, digest.hexdigest()[:16], changed_at)


def complete_batches(
    landing: Path, regions: Iterable[str], dates: Iterable[dt.date]
) -> Iterator[CompleteBatch]:
    """The complete batches among the given regions and dates, by date."""
    wanted = tuple(regions)
    for as_of in sorted(dates):
        for region in wanted:
            batch = complete_batch(landing, region, as_of)
            if batch is not None:
                yield batch
