"""Nothing is lost: every row that was read is accepted or in the quarantine."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from contracts.extracts import EXTRACTS
from outreach.engine import Warehouse


@dataclass(frozen=True)
class Conservation:
    """An extract's account: what was read, what the tables hold, and whether it adds up."""

    extract: str
    rows_read: int
    rows_accepted: int
    rows_quarantined: int
    holds: bool


def check_conservation(warehouse: Warehouse, extracts: Iterable[str] | None = None) -> list[Conservation]:
    """Count, for every extract (or those named), ``run.delivery`` against the tables themselves.

    It holds where rows_read = rows_accepted + rows_quarantined, both equal the rows that really are in
    ``intake.<extract>`` and ``run.quarantine`` (severity ``row``, each row once), and no row number is in
    both or twice.
    """
    names = [extract.name for extract in EXTRACTS] if extracts is None else extracts
    return [_account(warehouse, name) for name in names]


def _account(warehouse: Warehouse, extract: str) -> Conservation:
    con = warehouse.con
    read, accepted, quarantined = con.execute(
        "SELECT coalesce(sum(rows_read), 0)::BIGINT, coalesce(sum(rows_accepted), 0)::BIGINT, "
        "coalesce(sum(rows_quarantined), 0)::BIGINT FROM run.delivery WHERE extract = ?",
        [extract],
    ).fetchall()[0]
    numbers = (
        f"SELECT row_number FROM intake.{extract} UNION ALL "
        "SELECT row_number FROM run.quarantine WHERE extract = $1 AND severity = 'row'"
    )
    held, distinct, last = con.execute(
        f"SELECT count(*), count(DISTINCT row_number), coalesce(max(row_number), 0) FROM ({numbers})",
        [extract],
    ).fetchall()[0]
    (stored,) = con.execute(f"SELECT count(*) FROM intake.{extract}").fetchall()[0]
    holds = read == accepted + quarantined and accepted == stored and read == held == distinct == last
    return Conservation(extract, int(read), int(accepted), int(quarantined), bool(holds))
