"""Results of contacts, entered on a page and written to the region's log at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from contracts.vocabulary import ContactResult, Grade
from outreach.outcomes import FOLDER, OutcomeLog
from outreach.portal.nights.night import OpenNight, Row

PORTAL = "portal"
"""How answers come that are entered on a page."""


@dataclass(frozen=True)
class Entry:
    """One answer as it was entered."""

    person_id: str
    programme: str
    result: str
    contacted_on: dt.date | None


@dataclass(frozen=True)
class Recorded:
    """What became of entries: how many were taken, how many the log had, and why others were not taken."""

    taken: int
    known: int
    refused: dict[str, int]


def record(
    night: OpenNight, home: Path, area: str, handler: str, entries: Sequence[Entry], today: dt.date
) -> Recorded:
    """Add what fits to the log of the night's region; the pages show it from then on.

    Args:
        area: the pattern of the areas that the user may see; lines outside it are refused.
        handler: who made the contact, as the list names them.
        entries: answers to lines of the night.
        today: the day in China.

    Raises:
        OutcomeLogError: the log is damaged or cannot be written; nothing was added.
    """
    lines = night.rows("lines_of_persons", area=area, persons=sorted({entry.person_id for entry in entries}))
    by_key: dict[tuple[str, str], list[Row]] = {}
    for line in lines:
        by_key.setdefault((str(line["person_id"]), str(line["programme"])), []).append(line)
    refused: dict[str, int] = {}
    good = []
    for entry in entries:
        there = by_key.get((entry.person_id, entry.programme), [])
        why = _unfit(entry, there, today)
        if why is not None:
            refused[why] = refused.get(why, 0) + 1
            continue
        good.append(
            {
                "person_id": entry.person_id,
                "programme": entry.programme,
                "result": entry.result,
                "contacted_on": entry.contacted_on,
                "handler": handler,
                "grade": Grade.EXACT.value,
                "about": there[0]["rule"],
                "row_number": None,
            }
        )
    if not good:
        return Recorded(0, 0, refused)
    log = OutcomeLog(home / "state" / night.region / FOLDER)
    frame = pl.DataFrame(good, schema=dict(log.schema))
    added = log.add_new(frame, night.as_of + dt.timedelta(days=1), PORTAL)
    night.take_answers(home)
    return Recorded(added.height, len(good) - added.height, refused)


def _unfit(entry: Entry, there: Sequence[Row], today: dt.date) -> str | None:
    """Why an answer cannot be taken; None: it can."""
    if not there:
        return "不在今日名单上，或不在您的辖区内"
    if entry.result not in ContactResult.codes():
        return "结果不是可选的结果"
    if not any(ContactResult(entry.result).fits(str(line["action"])) for line in there):
        return "结果不适用于该事项"
    if entry.contacted_on is None:
        return "联系日期无法识别"
    if entry.contacted_on > today:
        return "联系日期晚于今天"
    return None
