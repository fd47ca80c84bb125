"""Twelve months with the ordinary engine: everybody on the first day, later only those who move.

Between two days a person's own age is the one fact that changes by itself, here as for what a night forecasts
(``decisions.forecast``). Who crosses a threshold of the policy has another profile from that day on; for all
others the decision of the day before is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from outreach.engine import build, build_stage
from outreach.policy import Policy
from outreach.policy.compile.profiles import coding
from outreach.policy.decide import tables_of
from outreach.policy.language.policy import EXTRACT_NAMES
from outreach.policy.tables import extract_table, programme_table, put

SQL = Path(__file__).with_name("sql")
_NEAR = pa.schema([("age", pa.int32()), ("threshold", pa.int32())])
_DAY = pa.schema([("on_day", pa.date32()), ("number", pa.int32())])
Months = list[list[np.ndarray]]
"""A month, a programme: the amount of every person, by person_key."""


def decide_months(con: duckdb.DuckDBPyConnection, policy: Policy, days: Sequence[date]) -> None:
    """Decide everybody on ``days[0]``, of which ``facts.person`` is, and who moves on each later day.

    Makes the tables of a night up to which of several benefits counts, with the reasons of every decision
    (``decisions.pattern``). The days are the first of each month, a year at most.
    """
    put(con, "decisions.extract", extract_table(EXTRACT_NAMES))
    put(con, "decisions.programme", programme_table(policy, EXTRACT_NAMES))
    thresholds = coding(policy).thresholds("age") or ()
    near = [{"age": age - 1, "threshold": age} for age in thresholds]
    later = [{"on_day": day, "number": day.year * 12 + day.month - 1} for day in days[1:]]
    con.execute("CREATE SCHEMA IF NOT EXISTS months")
    put(con, "months.near", pa.Table.from_pylist(near, _NEAR))
    put(con, "months.day", pa.Table.from_pylist(later, _DAY))
    build(con, "months", sql_dir=SQL)
    tables = tables_of(policy, EXTRACT_NAMES, coming="months.moving")
    build_stage(con, "decisions", tables, up_to=["displaced_today", "pattern"])


def amounts(
    con: duckdb.DuckDBPyConnection, programmes: Sequence[str], days: Sequence[date], people: int
) -> Months:
    """What ``decide_months`` decided, spelled out: an amount for every person, programme and month.

    Who gives way does so until the person's own next change. Months in which nobody's amount of a programme
    changes share one array.
    """
    table = _by_profile(con, programmes)
    today = con.execute("SELECT person_key, profile FROM decisions.person_profile").fetchnumpy()
    profile = np.empty(people, np.intp)
    profile[today["person_key"]] = today["profile"]
    months: Months = [[column[profile] for column in table]]
    for i, programme in enumerate(programmes):
        months[0][i][_gives_way(con, days[0], programme)] = 0
    for day in days[1:]:
        moved = con.execute(
            "SELECT person_key, profile FROM decisions.coming_profile WHERE on_day = ?", [day]
        ).fetchnumpy()
        month = []
        for programme, column, before in zip(programmes, table, months[-1], strict=True):
            after = column[moved["profile"]]
            after[np.isin(moved["person_key"], _gives_way(con, day, programme))] = 0
            if not np.array_equal(after, before[moved["person_key"]]):
                before = before.copy()
                before[moved["person_key"]] = after
            month.append(before)
        months.append(month)
    return months


def _gives_way(con: duckdb.DuckDBPyConnection, day: date, programme: str) -> np.ndarray:
    """Keys of those who give the programme up to a higher one on a day."""
    found = con.execute(
        "SELECT person_key FROM decisions.displaced WHERE on_day = ? AND programme = ?", [day, programme]
    ).fetchnumpy()
    return np.asarray(found["person_key"])


def _by_profile(con: duckdb.DuckDBPyConnection, programmes: Sequence[str]) -> list[np.ndarray]:
    """Of each programme the amount of every profile."""
    ((profiles,),) = con.execute("SELECT count(*) FROM decisions.profile").fetchall()
    table = []
    for programme in programmes:
        found = con.execute(
            "SELECT profile, CAST(amount_monthly AS FLOAT) AS amount FROM decisions.finding "
            "WHERE programme = ? AND amount_monthly IS NOT NULL",
            [programme],
        ).fetchnumpy()
        column = np.zeros(profiles + 1, np.float32)
        column[found["profile"]] = found["amount"]
        table.append(column)
    return table
