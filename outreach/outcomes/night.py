"""The log and one night: what it remembers is put into the warehouse, what the night received is added."""

from __future__ import annotations

from datetime import date

import duckdb
import polars as pl

from outreach.engine import Warehouse
from outreach.outcomes.log import ENTRY, LANDING, OutcomeLog

EXTRACT = "outreach_outcome"


def recall(warehouse: Warehouse, log: OutcomeLog, as_of: date) -> int:
    """Fill ``run.remembered_outcome`` with the answers that were received by the night; how many they are.

    What came with the night's own batch is left out where that batch was taken in: it is delivered again,
    so that a rerun uses the same answers as the first run. Answers received later are not used.

    Raises:
        OutcomeLogError: a lot is damaged; no answer may be forgotten unnoticed.
    """
    con = warehouse.con
    delivered = con.execute(
        "SELECT coalesce(bool_or(delivered), FALSE) FROM run.extract WHERE extract = ?", [EXTRACT]
    ).fetchall()[0][0]
    lots = [
        lot
        for lot in log.counting(as_of)
        if not (delivered and lot.via == LANDING and lot.received_on == as_of)
    ]
    con.execute("DELETE FROM run.remembered_outcome")
    con.execute("DELETE FROM run.received_outcome")
    if not lots:
        return 0
    entries = pl.concat(
        lot.read().with_columns(
            lot=pl.lit(lot.number), received_on=pl.lit(lot.received_on), via=pl.lit(lot.via)
        )
        for lot in lots
    )
    con.register("recalled", entries.to_arrow())
    con.execute("INSERT INTO run.remembered_outcome BY NAME SELECT * FROM recalled")
    con.unregister("recalled")
    return int(entries.height)


def note_published_lines(con: duckdb.DuckDBPyConnection) -> None:
    """Fill ``run.published_line`` with the lines of the earlier night that tonight's answers are about.

    Needs ``previous.candidate`` (``outreach.delivery.attach_previous_release``) and the night's persons.
    """
    con.execute("DELETE FROM run.published_line")
    con.execute(
        """INSERT INTO run.published_line
        SELECT c.person_id, c.programme, c.rule
        FROM previous.candidate AS c
        SEMI JOIN (
            SELECT p.person_id, o.programme
            FROM intake.outreach_outcome AS o
            INNER JOIN identity.link AS l ON l.extract = 'outreach_outcome' AND l.row_number = o.row_number
            INNER JOIN identity.person AS p ON p.person_key = l.person_key
        ) AS a ON a.person_id = c.person_id AND a.programme = c.programme
        WHERE c.rule IS NOT NULL"""
    )


def missing_lots(con: duckdb.DuckDBPyConnection, log: OutcomeLog) -> list[int]:
    """The lots that the earlier night used and that the log no longer has. Needs ``previous.outcome``."""
    used = con.execute(
        "SELECT DISTINCT lot FROM previous.outcome WHERE lot IS NOT NULL ORDER BY lot"
    ).fetchall()
    there = {lot.number for lot in log.lots()}
    return [int(number) for (number,) in used if number not in there]


def remember(warehouse: Warehouse, log: OutcomeLog, as_of: date) -> int:
    """Add the answers of the night's batch (``facts.received``) to the log; how many are new.

    ``run.received_outcome`` then holds them as the log does. Repeating it changes nothing. A night whose
    batch has no answers that were taken in leaves the log as it is.

    Raises:
        OutcomeLogError: the log cannot be written.
    """
    con = warehouse.con
    con.execute("DELETE FROM run.received_outcome")
    delivered = con.execute("SELECT delivered FROM run.extract WHERE extract = ?", [EXTRACT]).fetchall()
    if delivered != [(True,)]:
        return 0
    entries: pl.DataFrame = con.sql(f"SELECT {', '.join(ENTRY)} FROM facts.received").pl()
    lot = log.add(entries, as_of, LANDING)
    if lot is None:
        return 0
    con.execute(
        "INSERT INTO run.received_outcome BY NAME "
        f"SELECT {', '.join(ENTRY)}, $lot AS lot, $night::DATE AS received_on, $via AS via "
        "FROM facts.received",
        {"lot": lot.number, "night": as_of, "via": LANDING},
    )
    return int(entries.height)
