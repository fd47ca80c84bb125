"""The files of the log: ``state/<region>/outcomes/``, one for each delivery of answers (a *lot*).

A lot is written aside, flushed, and given its name; it is never written again. Its name says its number, the
night on which it was received, the way by which it came, and begins of the SHA-256 of its content:
``00012_2026-11-20_landing_<32 hex digits>.parquet``. So a killed writer leaves no half lot, a damaged file is
noticed, and a copy of the folder is a backup. The officer's remark stays in the delivered file.
"""

from __future__ import annotations

import fcntl
import hashlib
import io
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from outreach.errors import OutreachError

FOLDER = "outcomes"
"""The folder of the log within ``state/<region>``."""
LANDING = "landing"
"""How answers come that lie in a batch: a rerun of its night replaces them."""

ENTRY = {
    "person_id": pl.String,
    "programme": pl.String,
    "result": pl.String,
    "contacted_on": pl.Date,
    "handler": pl.String,
    "grade": pl.String,
    "about": pl.String,
    "row_number": pl.Int64,
}
"""An answer. ``grade``: of the link to the person, or ``possible`` for a refusal that may be this person's.
``about``: the rule of the list line that was answered, NULL = not known. ``row_number``: in its extract."""

_NAME = re.compile(
    r"(?P<number>\d{5,})_(?P<night>\d{4}-\d\d-\d\d)_(?P<via>[a-z]+)_(?P<digest>[0-9a-f]{32})\.parquet"
)


class OutcomeLogError(OutreachError):
    """The log cannot be used; the message says which lot and what to do (Chinese, no personal data)."""


@dataclass(frozen=True)
class Lot:
    """One delivery of answers: ``number`` counts lots from 1, ``received_on`` is the night it came with."""

    number: int
    received_on: date
    via: str
    digest: str
    path: Path

    def read(self) -> pl.DataFrame:
        """The answers: the columns of ``ENTRY``.

        Raises:
            OutcomeLogError: the file is not what was written.
        """
        try:
            content = self.path.read_bytes()
            if _digest(content) != self.digest:
                raise ValueError
            return pl.read_parquet(io.BytesIO(content)).select(pl.col(n).cast(t) for n, t in ENTRY.items())
        except (OSError, ValueError, pl.exceptions.PolarsError) as error:
            raise OutcomeLogError(
                f"走访联系结果台账第 {self.number} 份（{self.received_on} 收到）已损坏，无法读取。"
                f"请从备份恢复 {self.path.parent}，或运行 outreach outcome rebuild 由历次发布重建。"
            ) from error


class OutcomeLog:
    """The log of one region, in the folder ``state/<region>/outcomes``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def lots(self) -> list[Lot]:
        """All lots, in the order in which they were added; nothing is read."""
        found = []
        for path in self.folder.iterdir() if self.folder.is_dir() else ():
            name = _NAME.fullmatch(path.name)
            if name is not None:
                night = date.fromisoformat(name["night"])
                found.append(Lot(int(name["number"]), night, name["via"], name["digest"], path))
        return sorted(found, key=lambda lot: (lot.number, lot.digest))

    def counting(self, until: date) -> list[Lot]:
        """The lots received by a night: of those that came with the batch of one night, the last one."""
        received = [lot for lot in self.lots() if lot.received_on <= until]
        last = {lot.received_on: lot for lot in received if lot.via == LANDING}
        return [lot for lot in received if lot.via != LANDING or last[lot.received_on] is lot]

    def add(
        self, entries: pl.DataFrame, received_on: date, via: str, number: int | None = None
    ) -> Lot | None:
        """Add answers (the columns of ``ENTRY``) received on a night; on return they are on the disk.

        Answers that came with a batch replace those that its night had received so before; where they are
        the same, nothing is written. Answers that came otherwise are added to all others. None: there was
        nothing to add, and nothing to replace.

        Args:
            entries: the answers.
            received_on: the night, or the day of import.
            via: how they came: ``landing``, or another word of small letters.
            number: only to put a lost lot back.

        Raises:
            OutcomeLogError: the folder cannot be written.
        """
        entries = entries.select(pl.col(name).cast(kind) for name, kind in ENTRY.items()).sort(
            pl.all(), nulls_last=True
        )
        with self._held():
            before = [lot for lot in self.counting(received_on) if lot.received_on == received_on]
            before = [lot for lot in before if lot.via == via == LANDING]
            if number is None and before and before[0].read().equals(entries):
                return before[0]
            if entries.is_empty() and not before:
                return None
            last = max((lot.number for lot in self.lots()), default=0)
            return self._put(entries, received_on, via, number or last + 1)

    @contextmanager
    def _held(self) -> Iterator[None]:
        """One writer at a time; the folder is its owner's alone, so nobody else can hold the lock."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(self.folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise OutcomeLogError(
                f"{self.folder} 无法写入（{error.strerror}），请检查目录权限与磁盘空间。"
            ) from error
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def _put(self, entries: pl.DataFrame, received_on: date, via: str, number: int) -> Lot:
        buffer = io.BytesIO()
        entries.write_parquet(buffer)
        content = buffer.getvalue()
        digest = _digest(content)
        path = self.folder / f"{number:05d}_{received_on}_{via}_{digest}.parquet"
        aside = self.folder / f".new-{os.getpid()}"
        try:
            aside.unlink(missing_ok=True)
            handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            aside.rename(path)
            folder = os.open(self.folder, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
        except OSError as error:
            raise OutcomeLogError(
                f"{self.folder} 无法写入（{error.strerror}），请检查目录权限与磁盘空间。"
            ) from error
        return Lot(number, received_on, via, digest, path)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32]
