"""The files of the log: ``state/<region>/outcomes/``, one for each delivery of answers (a *lot*).

A lot is written aside, flushed, and given its name; it is never written again. Its name holds its number, the
night on which it was received, the way by which it came, and begins of the SHA-256 of its content:
``00012_2026-11-20_landing_<32 hex digits>.parquet``. So a killed writer leaves no half lot, a damaged file is
noticed, and a copy of the folder is a backup. The officer's remark stays in the delivered file.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from outreach.engine.locks import LockedError, locked
from outreach.errors import OutreachError

FOLDER = "outcomes"
"""The folder of the log within ``state/<region>``."""
QUESTIONS = "questions"
"""The folder of the departments' answers, in the same place."""
IMPORTED = "import"
"""How answers come that ``outreach outcome import`` takes in: each adds to all others."""
LOCK_SECONDS = 60.0
"""How long a writer waits for another one: a lot is written in less than a second."""
LANDING = "landing"
"""The way of answers that are in a batch: a rerun of its night replaces them."""

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

ANSWER = {
    "question_id": pl.String,
    "person_id": pl.String,
    "extract": pl.String,
    "kind": pl.String,
    "answer": pl.String,
    "answer_word": pl.String,
    "answered_on": pl.Date,
}
"""A department's answer to a question: whom and what the question is about, what the department wrote, the
word of ``contracts.vocabulary.QuestionAnswer`` that it is (NULL = its own words), and the day of the
answer."""

_OUTCOME_KEY = ("person_id", "programme", "result", "contacted_on", "grade")
_ANSWER_KEY = ("question_id", "answer", "answered_on")

_NAME = re.compile(
    r"(?P<number>\d{5,})_(?P<night>\d{4}-\d\d-\d\d)_(?P<via>[a-z]+)_(?P<digest>[0-9a-f]{32})\.parquet"
)


class OutcomeLogError(OutreachError):
    """The log cannot be used; the message names the lot and what to do (Chinese, no personal data)."""


@dataclass(frozen=True)
class Lot:
    """One delivery of answers: ``number`` counts lots from 1, ``received_on`` is the night it came with."""

    number: int
    received_on: date
    via: str
    digest: str
    path: Path
    schema: Mapping[str, type[pl.DataType]]
    repair: str

    def read(self) -> pl.DataFrame:
        """The answers: the columns of the log.

        Raises:
            OutcomeLogError: the file is not what was written.
        """
        try:
            content = self.path.read_bytes()
            if _digest(content) != self.digest:
                raise ValueError
            return pl.read_parquet(io.BytesIO(content)).select(
                pl.col(name).cast(kind) for name, kind in self.schema.items()
            )
        except (OSError, ValueError, pl.exceptions.PolarsError) as error:
            raise OutcomeLogError(
                f"{self.repair.format(number=self.number, day=self.received_on, folder=self.path.parent)}"
            ) from error


class OutcomeLog:
    """The log of one region, in the folder ``state/<region>/outcomes``."""

    schema: Mapping[str, type[pl.DataType]] = ENTRY
    key: Sequence[str] = _OUTCOME_KEY
    """The columns by which an answer that comes again is known."""
    title = "走访联系结果台账"
    repair = (
        "走访联系结果台账第 {number} 份（{day} 收到）已损坏，无法读取。"
        "请从备份恢复 {folder}，或运行 outreach outcome rebuild 由历次发布重建。"
    )

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def lots(self) -> list[Lot]:
        """All lots, in the order in which they were added; nothing is read."""
        found = []
        for path in self.folder.iterdir() if self.folder.is_dir() else ():
            name = _NAME.fullmatch(path.name)
            if name is not None:
                night = date.fromisoformat(name["night"])
                found.append(
                    Lot(
                        int(name["number"]),
                        night,
                        name["via"],
                        name["digest"],
                        path,
                        self.schema,
                        self.repair,
                    )
                )
        return sorted(found, key=lambda lot: (lot.number, lot.digest))

    def counting(self, until: date) -> list[Lot]:
        """The lots received by a night: of those that came with the batch of one night, the last one."""
        received = [lot for lot in self.lots() if lot.received_on <= until]
        last = {lot.received_on: lot for lot in received if lot.via == LANDING}
        return [lot for lot in received if lot.via != LANDING or last[lot.received_on] is lot]

    def add(
        self, entries: pl.DataFrame, received_on: date, via: str, number: int | None = None
    ) -> Lot | None:
        """Add answers (the columns of the log) received on a night; on return they are on the disk.

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
        entries = self._typed(entries)
        with self._held():
            before = [lot for lot in self.counting(received_on) if lot.received_on == received_on]
            before = [lot for lot in before if lot.via == via == LANDING]
            if number is None and before and before[0].read().equals(entries):
                return before[0]
            if entries.is_empty() and not before:
                return None
            last = max((lot.number for lot in self.lots()), default=0)
            return self._put(entries, received_on, via, number or last + 1)

    def add_new(self, entries: pl.DataFrame, received_on: date, via: str) -> pl.DataFrame:
        """Add the answers that the log does not have yet; these. On return they are on the disk.

        An answer is known by the columns ``key``: what comes again adds nothing, also where two processes
        add the same at once. Of entries that are alike the first counts.

        Raises:
            OutcomeLogError: a lot is damaged, or the folder cannot be written.
        """
        with self._held():
            entries = self.unknown(entries)
            if not entries.is_empty():
                last = max((lot.number for lot in self.lots()), default=0)
                self._put(self._typed(entries), received_on, via, last + 1)
            return entries

    def unknown(self, entries: pl.DataFrame) -> pl.DataFrame:
        """The answers that the log does not have yet, each once; nothing is written.

        Raises:
            OutcomeLogError: a lot is damaged.
        """
        known = [lot.read().select(self.key) for lot in self.counting(date.max)]
        entries = entries.unique(self.key, keep="first", maintain_order=True)
        if known:
            entries = entries.join(pl.concat(known), on=list(self.key), how="anti", nulls_equal=True)
        return entries

    def _typed(self, entries: pl.DataFrame) -> pl.DataFrame:
        return entries.select(pl.col(name).cast(kind) for name, kind in self.schema.items()).sort(
            pl.all(), nulls_last=True
        )

    @contextmanager
    def _held(self) -> Iterator[None]:
        """One writer at a time."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with locked(self.folder / ".lock", self.title, LOCK_SECONDS):
                yield
        except LockedError as error:
            raise OutcomeLogError(str(error)) from error
        except OSError as error:
            raise OutcomeLogError(
                f"{self.folder} 无法写入（{error.strerror}），请检查目录权限与磁盘空间。"
            ) from error

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
        return Lot(number, received_on, via, digest, path, self.schema, self.repair)


class AnswerLog(OutcomeLog):
    """The departments' answers to our questions, in the folder ``state/<region>/questions``.

    An answer that a published night has used is carried on by ``mart.question``, too.
    """

    schema = ANSWER
    key = _ANSWER_KEY
    title = "部门答复台账"
    repair = (
        "部门答复台账第 {number} 份（{day} 收到）已损坏，无法读取。"
        "请从备份恢复 {folder}；没有备份的，将该文件移走，请部门重新送回答复。"
    )

    def secret(self) -> str:
        """The region's key, by which nobody can try out numbers against a question's number; made once.

        Raises:
            OutcomeLogError: it cannot be read or written.
        """
        path = self.folder / "key"
        try:
            with self._held():
                if not path.exists():
                    aside = self.folder / f".key-{os.getpid()}"
                    aside.unlink(missing_ok=True)
                    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
                    with os.fdopen(handle, "w") as file:
                        file.write(secrets.token_hex(16))
                        file.flush()
                        os.fsync(file.fileno())
                    aside.rename(path)
                return path.read_text(encoding="ascii").strip()
        except (OSError, ValueError) as error:
            raise OutcomeLogError(f"{path} 无法读取或写入，请检查目录权限与磁盘空间。") from error


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32]
