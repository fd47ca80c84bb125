"""The log made again from the releases that used it: every release holds the answers of its night."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

from outreach.outcomes.log import ENTRY, OutcomeLog, OutcomeLogError


@dataclass(frozen=True)
class Rebuilt:
    """What was put back: lots and answers, and the numbers of lots that no release holds any more."""

    lots: int
    answers: int
    lost: tuple[int, ...]


def rebuild(log: OutcomeLog, snapshots: Iterable[Path]) -> Rebuilt:
    """Put back the lots that are missing or damaged, from ``mart.outcome`` of published snapshots.

    Lots that are whole stay as they are; a damaged file is kept next to them under another name. A snapshot
    that cannot be read, or is older than the log, is passed over.

    Args:
        log: the region's log.
        snapshots: the files ``mart.duckdb`` of its releases, the newest first.
    """
    damaged = set()
    for lot in log.lots():
        try:
            lot.read()
        except OutcomeLogError:
            lot.path.rename(lot.path.with_name(f"damaged-{lot.path.name}"))
            damaged.add(lot.number)
    there = {lot.number for lot in log.lots()}
    lots = answers = 0
    for snapshot in snapshots:
        for number, entries in _lots_of(snapshot):
            if number in there:
                continue
            received_on, via = entries.select("received_on", "via").row(0)
            log.add(entries.select(*ENTRY), received_on, via, number)
            there.add(number)
            lots += 1
            answers += entries.height
    return Rebuilt(lots, answers, tuple(sorted(damaged - there)))


def _lots_of(snapshot: Path) -> list[tuple[int, pl.DataFrame]]:
    try:
        with duckdb.connect(str(snapshot.resolve()), read_only=True) as con:
            found = con.sql("SELECT * FROM mart.outcome WHERE lot IS NOT NULL").pl()
    except duckdb.Error:
        return []
    return [
        (int(number), entries)
        for (number,), entries in sorted(found.partition_by("lot", as_dict=True).items())
    ]
