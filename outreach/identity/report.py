"""What a night's reconciliation gave, as figures without personal data."""

from __future__ import annotations

from dataclasses import dataclass, field

import duckdb

from outreach.identity.learning import WeightSet


@dataclass(frozen=True)
class IdentityReport:
    """Figures of one reconciliation: for the run's summary and the asset's metadata.

    ``links`` counts source rows by extract, then grade; ``pairs_by_block`` candidates by blocking key, of
    the rows that were compared tonight; ``estimated_precision`` is by grade (``automatic``: exact and strong
    together), as ``sql/identity/review/quality.sql`` estimates it without the truth; ``seconds`` wall time
    by stage.
    """

    links: dict[str, dict[str, int]]
    persons: int
    registered_persons: int
    two_row_persons: int
    estimated_precision: dict[str, float]
    new_ids: int
    review_pairs: int
    possible: int
    pairs_by_block: dict[str, int]
    weights_version: str
    weights_status: str
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def by_grade(self) -> dict[str, int]:
        """Source rows by grade, over all extracts."""
        totals: dict[str, int] = {}
        for grades in self.links.values():
            for grade, rows in grades.items():
                totals[grade] = totals.get(grade, 0) + rows
        return totals


def _one(con: duckdb.DuckDBPyConnection, sql: str) -> int:
    row = con.execute(sql).fetchall()
    return int(row[0][0]) if row else 0


def read_report(
    con: duckdb.DuckDBPyConnection,
    new_ids: int,
    in_force: WeightSet,
    seconds: dict[str, float],
) -> IdentityReport:
    """The report of the identity tables in the warehouse."""
    links: dict[str, dict[str, int]] = {}
    for extract, grade, rows in con.execute(
        "SELECT extract, grade, CAST(value AS BIGINT) FROM identity.quality WHERE measure = 'links'"
        " ORDER BY extract, grade"
    ).fetchall():
        links.setdefault(extract, {})[grade] = rows
    blocks = con.execute(
        "SELECT block, count(*) FROM identity.block_pair GROUP BY block ORDER BY block"
    ).fetchall()
    return IdentityReport(
        links=links,
        persons=_one(con, "SELECT count(*) FROM identity.person"),
        registered_persons=_one(con, "SELECT count(*) FROM identity.person WHERE in_register"),
        two_row_persons=_one(
            con, "SELECT value FROM identity.quality WHERE measure = 'persons with two register rows'"
        ),
        estimated_precision=dict(
            con.execute(
                "SELECT grade, value FROM identity.quality WHERE measure = 'estimated precision'"
                " AND extract IS NULL AND value IS NOT NULL ORDER BY grade"
            ).fetchall()
        ),
        new_ids=new_ids,
        review_pairs=_one(con, "SELECT count(*) FROM identity.review"),
        possible=_one(con, "SELECT count(*) FROM identity.possible_link"),
        pairs_by_block=dict(blocks),
        weights_version=in_force.version,
        weights_status=in_force.status,
        seconds=seconds,
    )
