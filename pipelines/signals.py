"""Ctrl-C, ``kill`` and a closed terminal end a command within seconds, and report truly what was published.

A night runs in a thread of its own while the main thread waits for its end or for a signal. A signal cannot
be lost in a long query then, and no exception is raised in the middle of a step that writes. Nothing that a
night leaves behind when it is cut off harms the next one, so a step that does not end soon is not waited for.

Imports nothing heavy: it is loaded before everything else.
"""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Generic, NoReturn, TypeVar

T = TypeVar("T")

STATUS = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 143}
"""Exit statuses: a closed terminal ends a command as ``kill`` does."""

GRACE_SECONDS = 2.0
"""So long the running step may take to end by itself; within 5 seconds of the signal all is over."""

_LOOK_SECONDS = 0.2


class Interrupted(BaseException):
    """A signal requested the command's end. Not an ``Exception``: nobody takes it for a fault and goes on."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.status = STATUS[signal.Signals(number)]


def heeded() -> list[signal.Signals]:
    """The signals that end a command. One started with ``nohup`` outlives its terminal."""
    return [s for s in STATUS if s is not signal.SIGHUP or signal.getsignal(s) is not signal.SIG_IGN]


_outcome = threading.Event()


def install() -> None:
    """From now on a signal raises `Interrupted` in the main thread."""
    _outcome.clear()
    for number in heeded():
        signal.signal(number, _raise)


def settle() -> None:
    """What the command is for has been done: a signal that still comes must not report otherwise."""
    _outcome.set()


def _raise(number: int, _frame: FrameType | None) -> None:
    if not _outcome.is_set():
        raise Interrupted(number)


@contextlib.contextmanager
def handled(handler: Callable[[int], None]) -> Iterator[None]:
    """Signals call ``handler`` meanwhile. Does nothing outside the main thread, which alone gets them."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in heeded()}
    for number in before:
        signal.signal(number, lambda received, _frame: handler(received))
    try:
        yield
    finally:
        for number, previous in before.items():
            signal.signal(number, previous)


def undisturbed() -> contextlib.AbstractContextManager[None]:
    """What takes a moment and must not be left half done is finished; a signal meanwhile is too late."""
    return handled(lambda _number: None)


class Stoppable(Generic[T]):
    """Work in a thread of its own, which signals may end early.

    Args:
        work: what to do.
        close: requests the work's end; True where it will come to nothing, False where it is done already.
    """

    def __init__(self, work: Callable[[], T], close: Callable[[], bool]) -> None:
        self._work = work
        self._close = close
        self._mail: queue.SimpleQueue[int | None] = queue.SimpleQueue()
        self._result: T | None = None
        self._error: BaseException | None = None

    def run(self, on_signal: Callable[[], None] = lambda: None) -> T:
        """Do the work, and answer what it answers.

        Args:
            on_signal: called once, in the main thread, where a signal came in time.

        Raises:
            Interrupted: a signal came in time. The thread may still be at work: the process must be left soon
                (`leave`).
        """
        with handled(self._mail.put):
            threading.Thread(target=self._do, name="night", daemon=True).start()
            number = self._next()
            if number is not None and self._close():
                on_signal()
                # until the thread ends, the time is over, or a second signal shows impatience
                with contextlib.suppress(queue.Empty):
                    self._mail.get(timeout=GRACE_SECONDS)
                raise Interrupted(number)
            while number is not None:  # too late for a signal: what remains is short
                number = self._next()
        if self._error is not None:
            raise self._error
        return self._result  # type: ignore[return-value]

    def _next(self) -> int | None:
        """The next signal, or None at the end of the work.

        A signal that the system hands to another thread wakes nobody here; it is seen at the next look.
        """
        while True:
            with contextlib.suppress(queue.Empty):
                return self._mail.get(timeout=_LOOK_SECONDS)

    def _do(self) -> None:
        try:
            self._result = self._work()
        except BaseException as error:
            self._error = error
        finally:
            self._mail.put(None)


def leave(status: int) -> NoReturn:
    """End the process now, whatever its threads are at."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(status)


def within(seconds: float, work: Callable[[], object]) -> None:
    """Do what is good to have before leaving, for no longer than that; an error of it changes nothing."""

    def quietly() -> None:
        with contextlib.suppress(Exception):
            work()

    thread = threading.Thread(target=quietly, daemon=True)
    thread.start()
    thread.join(seconds)


def say(sentence: str) -> None:
    """A line on standard error, where somebody still reads it."""
    with contextlib.suppress(OSError, ValueError):
        print(f"outreach: {sentence}", file=sys.stderr, flush=True)
