"""Where a printed list begins a new page, so that what belongs together is on one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

_MOST_BREAKS = 1_000
"""A spreadsheet takes about so many; a list of more pages is broken wherever a page is full."""
_MOST_BLANK = 0.25


@dataclass(frozen=True)
class Groups:
    """The height in points of each row of a body, the rows (from 0) with which a group begins, and titles."""

    heights: Sequence[float]
    starts: Sequence[int]
    titles: Collection[int] = ()


def page_breaks(groups: Groups, first_page: float, page: float) -> list[int]:
    """The rows with which a page begins.

    A group is not torn apart where that leaves at most a quarter of the page blank: paper counts, too. A
    title is never left alone at the foot of a page.

    Args:
        groups: the rows and their groups.
        first_page: points for rows on the first page.
        page: the same for each page after it.
    """
    found = list(_breaks(groups, first_page, page))
    return found if len(found) <= _MOST_BREAKS else []


def _breaks(groups: Groups, first_page: float, page: float) -> Iterator[int]:
    above = [0.0, *accumulate(groups.heights)]
    begin, room = 0, first_page
    while begin + 1 < len(groups.heights) and above[-1] - above[begin] > room:
        full = max(bisect_right(above, above[begin] + room) - 1, begin + 1)
        group = groups.starts[bisect_right(groups.starts, full) - 1]
        blank = room - (above[group] - above[begin])
        whole = group > begin and (blank <= room * _MOST_BLANK or full - 1 in groups.titles)
        begin = group if whole else full
        yield begin
        room = page
