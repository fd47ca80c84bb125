"""When a release waits for an operator's word: an unusual number of stops or of cut amounts.

A wrong rule or a spoilt extract shows as many people losing something at once. What is usual is read
from the last published nights of the region.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import fmean

from contracts.vocabulary import Cause, Loss
from outreach.delivery.release.manifest import NightCounts, count_night, run_context
from outreach.delivery.release.nights import read_history
from outreach.engine import Warehouse
from outreach.settings import ReleaseSettings, Settings

# A programme that was never decided before has no usual night, and wrong payees gather on a roll that
# nobody reconciled. Only when nearly all of many payees would be stopped is the rule itself in doubt.
_NEW_PROGRAMME_SHARE = 0.95
_NEW_PROGRAMME_ROWS = 5


@dataclass(frozen=True)
class HoldReason:
    """One unusual count. ``programme`` None: the whole region; ``usual`` None: no earlier nights."""

    kind: str
    programme: str | None
    count: int
    usual: float | None
    receiving: int
    message: str


def hold_reasons(warehouse: Warehouse, home: Path, settings: Settings) -> list[HoldReason]:
    """Why the night in the warehouse should be held back; empty = nothing unusual.

    Held when stops (or cuts: ``adjust`` below the amount paid) exceed the mean of the last
    ``nights_compared`` published nights before this date by more than ``unusual_rows`` and by more than
    ``unusual_share`` of those receiving; tried for the whole region and for each programme. On a region's
    first night ``first_night_share`` of all who receive is the limit. A count of at most
    ``unusual_rows`` never holds. Days are compared by date, so that a rerun does not learn from itself,
    and only with nights that had every extract of this one: without an extract there are fewer stops, and
    its return must not look like an accident. A night whose manifest is damaged is left out.
    """
    night = count_night(warehouse)
    region, as_of = run_context(warehouse)
    nights = read_history(home, region, before=as_of).nights
    comparable = (counts for _, counts in reversed(nights) if counts.delivered >= night.delivered)
    earlier = list(islice(comparable, settings.release.nights_compared))
    return list(_reasons(night, earlier, _causes(warehouse), settings.release))


Causes = dict[tuple[str, str | None], dict[str, int]]
"""People newly stopped or cut, by kind and programme (None: all of them), then by main cause."""


def _causes(warehouse: Warehouse) -> Causes:
    """Needs ``release.loss_cause``, which `count_night` makes."""
    rows = warehouse.con.execute("SELECT kind, programme, cause, people FROM release.loss_cause").fetchall()
    causes: Causes = {}
    for kind, programme, cause, people in rows:
        for whole in (programme, None):
            counts = causes.setdefault((kind, whole), {})
            counts[cause] = counts.get(cause, 0) + people
    return causes


def _reasons(
    night: NightCounts, earlier: list[NightCounts], causes: Causes, settings: ReleaseSettings
) -> Iterator[HoldReason]:
    for kind in Loss:
        count = sum(night.of(kind).values())
        receiving = sum(night.receiving.values())
        usual = fmean(sum(e.of(kind).values()) for e in earlier) if earlier else None
        if _is_unusual(count, usual, receiving, settings.first_night_share, 1, settings):
            yield _reason(kind, None, count, usual, receiving, causes)
        for programme, rows in sorted(night.of(kind).items()):
            known = [e for e in earlier if programme in e.receiving]
            usual = fmean(e.of(kind).get(programme, 0) for e in known) if known else None
            receiving = night.receiving.get(programme, 0)
            if _is_unusual(rows, usual, receiving, _NEW_PROGRAMME_SHARE, _NEW_PROGRAMME_ROWS, settings):
                yield _reason(kind, programme, rows, usual, receiving, causes)


def _is_unusual(
    count: int,
    usual: float | None,
    receiving: int,
    first_share: float,
    first_rows: int,
    settings: ReleaseSettings,
) -> bool:
    if usual is None:
        return count > settings.unusual_rows * first_rows and count > first_share * receiving
    more = count - usual
    return more > settings.unusual_rows and more > settings.unusual_share * receiving


def _reason(
    kind: str, programme: str | None, count: int, usual: float | None, receiving: int, causes: Causes
) -> HoldReason:
    where = f"项目 {programme}" if programme else "全区"
    against = "此前没有可比的发布" if usual is None else f"近期各夜平均 {usual:.1f} 人次"
    message = f"{where}{Loss(kind).chinese} {count} 人次，在享受 {receiving} 人次，{against}"
    new = causes.get((kind, programme), {})
    if new:
        told = "、".join(
            f"{Cause(cause).chinese} {people}" for cause, people in sorted(new.items(), key=_most_first)
        )
        message += f"；较上次发布新出现 {sum(new.values())} 人次：{told}"
    return HoldReason(kind, programme, count, usual, receiving, message)


def _most_first(item: tuple[str, int]) -> tuple[int, str]:
    return -item[1], item[0]
