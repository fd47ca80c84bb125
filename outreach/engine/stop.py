"""A request to stop a night, and the one moment from which it comes too late: the link that publishes moves.

A night runs in one process, so there is one request for it: `STOP`. The receiver of a signal makes it;
publication checks for it before it moves its link. A request is either in time, and then nothing is
published, or too late, and then the night is published: never half of each.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from outreach.errors import OutreachError


class StoppedError(OutreachError):
    """A stop was requested before the night published; nothing was moved."""


class StopRequest:
    """Whether the night of this process is to stop, and whether it has published."""

    def __init__(self) -> None:
        self._moving = threading.Lock()
        self._requested = False
        self._published = False

    @property
    def requested(self) -> bool:
        """A stop was requested; before publication every step ends with it."""
        return self._requested and not self._published

    @property
    def published(self) -> bool:
        """The link has moved: a request changes nothing any more."""
        return self._published

    def reset(self) -> None:
        """Forget an earlier night of this process."""
        self._requested = self._published = False

    def request(self) -> None:
        """Request a stop without waiting for an answer: safe in a signal handler of the thread that
        publishes."""
        self._requested = True

    def close(self) -> bool:
        """Request a stop from another thread than the one that publishes.

        Returns:
            True: nothing is published, and nothing will be. False: the night is published.
        """
        with self._moving:
            self._requested = True
            return not self._published

    @contextmanager
    def last_moment(self) -> Iterator[None]:
        """What is done within publishes the night.

        Raises:
            StoppedError: a stop was requested; nothing within is done.
        """
        with self._moving:
            if self._requested:
                raise StoppedError("运行被中断，未发布任何内容")
            yield
            self._published = True


STOP = StopRequest()
"""The request for the night of this process."""
