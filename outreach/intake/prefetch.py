"""Read the next piece while this one is worked on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def prefetch(items: Iterator[T], stop: Callable[[], object]) -> Iterator[T]:
    """The same items in the same order, each made in a second thread while the one before is in use.

    At most two items exist at a time. What ``items`` raises is raised here. Where the items are not used to
    their end (an error, an interrupted night), ``stop`` is called so that nobody waits for the next one.
    """
    with ThreadPoolExecutor(1) as pool:
        try:
            pending = pool.submit(next, items, None)
            while (item := pending.result()) is not None:
                pending = pool.submit(next, items, None)
                yield item
        except BaseException:
            stop()
            raise
