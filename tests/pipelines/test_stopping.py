"""A request to stop is in time or too late, never both."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from outreach.engine import StoppedError, StopRequest
from pipelines.signals import Interrupted, Stoppable, handled, install, settle, within


@pytest.fixture(autouse=True)
def heeded() -> Iterator[None]:
    """Also where the tests themselves were started with ``nohup``."""
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, before)


def send(number: signal.Signals, once: threading.Event) -> None:
    """Send this process a signal once the event has happened."""
    once.wait(5)
    signal.raise_signal(number)


def test_before_the_last_moment_nothing_is_done() -> None:
    stop = StopRequest()
    assert stop.close()
    with pytest.raises(StoppedError), stop.last_moment():
        pytest.fail("published though asked to stop")
    assert stop.requested
    assert not stop.published


def test_after_the_last_moment_it_is_too_late() -> None:
    stop = StopRequest()
    with stop.last_moment():
        pass
    assert not stop.close()
    assert stop.published
    assert not stop.requested


def test_a_move_that_failed_has_published_nothing() -> None:
    stop = StopRequest()
    with pytest.raises(OSError, match="full"), stop.last_moment():
        raise OSError("full")
    assert stop.close()


def test_a_request_waits_for_a_move_under_way() -> None:
    stop, moving, asked = StopRequest(), threading.Event(), threading.Event()

    def publish() -> None:
        with stop.last_moment():
            moving.set()
            asked.wait(5)

    thread = threading.Thread(target=publish)
    thread.start()
    moving.wait(5)
    answers: list[bool] = []
    other = threading.Thread(target=lambda: answers.append(stop.close()))
    other.start()
    asked.set()
    other.join(5)
    thread.join(5)
    assert answers == [False]


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 143)]
)
def test_work_ends_early_where_the_signal_is_in_time(number: signal.Signals, status: int) -> None:
    started, release = threading.Event(), threading.Event()

    def work() -> None:
        started.set()
        release.wait(10)

    def close() -> bool:
        release.set()
        return True

    threading.Thread(target=send, args=(number, started)).start()
    with pytest.raises(Interrupted) as interrupted:
        Stoppable(work, close).run()
    assert interrupted.value.status == status


def test_work_that_is_done_already_answers() -> None:
    started, release = threading.Event(), threading.Event()

    def work() -> str:
        started.set()
        release.wait(10)
        return "published"

    def close() -> bool:
        release.set()
        return False

    threading.Thread(target=send, args=(signal.SIGTERM, started)).start()
    assert Stoppable(work, close).run() == "published"


def test_an_error_of_the_work_is_raised_here() -> None:
    def work() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        Stoppable(work, lambda: True).run()


def test_what_has_been_settled_is_not_interrupted() -> None:
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        install()
        with pytest.raises(Interrupted):
            signal.raise_signal(signal.SIGTERM)
        settle()
        signal.raise_signal(signal.SIGTERM)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def test_a_terminal_that_closes_does_not_end_what_was_started_with_nohup() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with handled(lambda _number: pytest.fail("heeded")):
            signal.raise_signal(signal.SIGHUP)
    finally:
        signal.signal(signal.SIGHUP, before)


def test_what_is_good_to_have_is_not_waited_for(tmp_path: Path) -> None:
    forever = threading.Event()
    within(0.01, forever.wait)
    within(1.0, lambda: (tmp_path / "done").touch())
    within(1.0, lambda: (tmp_path / "no" / "such").touch())
    forever.set()
    assert (tmp_path / "done").exists()
