"""Workbooks and parquet files are read in a child process: a crash, bomb or hang costs their extract alone.

The child (``outreach/intake/child.py``) starts in some 30 ms, for it imports no more than the library that
reads the file. It is bounded in memory, time and unpacked size by the settings, it ends with the process that
started it, and it hands the rows over through a pipe, a piece at a time.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import struct
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from outreach.intake.reader import CHUNK_ROWS, ReaderError
from outreach.settings import IntakeSettings

_SCRIPT = Path(__file__).with_name("child.py")
_HEAD = struct.Struct("!cQ")
_LARGEST_FRAME = 512 << 20
_READ_BYTES = 1 << 20

REASONS = {
    "damaged": "{what}已损坏或受密码保护，无法读取，请重新导出",
    "password": "{what}受密码保护，请取消密码后重新导出",
    "other_archive": "文件不是 XLSX 工作簿（其他格式的压缩文件），请另存为 .xlsx",
    "packing": "{what}的压缩方式不受支持，请用表格软件另存为 .xlsx",
    "unpacked": "{what}解压后超过 {unpacked:g} GiB，请改用 CSV 或 parquet",
    "memory": "读取{what}所需的内存超过 {memory:g} GiB，请改用 CSV，或检查其中的异常内容",
    "time": "{what}在 {seconds} 秒内没有读完，请改用 CSV，或检查其中的异常内容",
    "stopped": "{what}内容异常，读取中断（可能已损坏，或所需内存超过 {memory:g} GiB），请重新导出或改用 CSV",
    "hidden": "{what}中没有可见的工作表，请取消隐藏后重新送达",
    "extent": "工作表中有超出表格软件行列范围的单元格，请重新导出",
    "row": "{what}中有异常长的行（超过 100 万字），请检查后重新导出",
}
"""Why a file cannot be read, by the child's word for it; none of these holds content of the file."""

_WHAT = {"xlsx": "工作簿", "parquet": "Parquet 文件"}
_GIB = 1 << 30


class Fenced:
    """A child process that reads one file.

    Raises:
        ReaderError: the file cannot be read within the limits, or not at all (every method but ``close``).
        RuntimeError: the child cannot work on this machine, whatever the file.
    """

    def __init__(self, path: Path, form: str, limits: IntakeSettings) -> None:
        self._form = form
        self._limits = limits
        self._left = float(limits.reading_seconds)
        self._reading = threading.Lock()
        lifeline, self._lifeline = os.pipe()
        request = {
            "form": form,
            "path": str(path.absolute()),
            "libraries": _libraries(),
            "lifeline": lifeline,
            "memory": int(limits.reading_memory_gib * _GIB),
            "seconds": limits.reading_seconds,
            "unpacked": int(limits.unpacked_gib * _GIB),
            "rows": CHUNK_ROWS,
        }
        try:
            # Isolated (-I, -S): nothing is run that an environment adds to Python's start; so it is short.
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-S", str(_SCRIPT)],
                bufsize=0,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                pass_fds=[lifeline],
                env={**os.environ, "RUST_BACKTRACE": "0"},
            )
        except BaseException:
            os.close(self._lifeline)
            raise
        finally:
            os.close(lifeline)
        self.close = weakref.finalize(self, _end, self._process, self._lifeline, self._reading)
        """End the child, whatever it is doing; from any thread, any number of times."""
        self._ask(request)

    def header(self) -> dict[str, Any]:
        """What the child reports of the file before any row is requested."""
        content = self._frame(b"H")
        if content is None:
            raise self._fault("stopped")
        header: dict[str, Any] = json.loads(content)
        return header

    def rows(self, wanted: Mapping[str, Any]) -> Iterator[bytes]:
        """Ask for the rows; they come piece by piece."""
        self._ask(wanted)
        while (content := self._frame(b"R")) is not None:
            yield content

    def _ask(self, question: Mapping[str, Any]) -> None:
        assert self._process.stdin is not None
        # A child that has gone is noticed when its answer is read.
        with contextlib.suppress(BrokenPipeError, ValueError):
            self._process.stdin.write(json.dumps(question).encode() + b"\n")

    def _frame(self, expected: bytes) -> bytes | None:
        """The content of the next frame; None at the end."""
        with self._reading:
            kind, length = _HEAD.unpack(self._read(_HEAD.size))
            if length > _LARGEST_FRAME or kind not in (expected, b"E", b"Z"):
                raise self._fault("stopped")
            content = self._read(length)
        if kind == b"E":
            raise self._fault(content.decode("ascii", "replace"))
        return content if kind == expected else None

    def _read(self, length: int) -> bytes:
        assert self._process.stdout is not None
        if self._process.stdout.closed:
            raise self._fault("stopped")
        descriptor = self._process.stdout.fileno()
        poll = select.poll()
        poll.register(descriptor, select.POLLIN)
        content = bytearray()
        while len(content) < length:
            started = time.monotonic()
            ready = poll.poll(max(self._left, 0) * 1000)
            self._left -= time.monotonic() - started
            if not ready:
                raise self._fault("time")
            data = os.read(descriptor, min(length - len(content), _READ_BYTES))
            if not data:
                raise self._ended()
            content += data
        return bytes(content)

    def _ended(self) -> Exception:
        """Why the child ended before its work was done."""
        status = self._process.wait()
        if status > 0:
            return RuntimeError(f"the process that reads {self._form} files ended with status {status}")
        return self._fault("time" if status == -signal.SIGXCPU else "stopped")

    def _fault(self, reason: str) -> ReaderError:
        return ReaderError(
            REASONS.get(reason, REASONS["stopped"]).format(
                what=_WHAT[self._form],
                unpacked=self._limits.unpacked_gib,
                memory=self._limits.reading_memory_gib,
                seconds=self._limits.reading_seconds,
            )
        )


def _end(process: subprocess.Popen[bytes], lifeline: int, reading: threading.Lock) -> None:
    process.kill()
    os.close(lifeline)
    # Who waits for the child's next piece sees it end, and lets go.
    with reading:
        for pipe in (process.stdin, process.stdout):
            assert pipe is not None
            pipe.close()
    process.wait()


@cache
def _libraries() -> list[str]:
    """The folders in which the child finds what it imports."""
    found = (find_spec(name) for name in ("python_calamine", "pyarrow"))
    return list(dict.fromkeys(str(Path(spec.origin).parents[1]) for spec in found if spec and spec.origin))
