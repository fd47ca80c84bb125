"""Connected components of an edge table, by passing the smallest label along until nothing changes."""

from __future__ import annotations

import duckdb


def connect(con: duckdb.DuckDBPyConnection, edges: str, into: str) -> None:
    """Make table ``into`` (row_key, component) from ``edges`` (left_key, right_key).

    ``component`` is the smallest key reachable. Rows without an edge are not in it. Deterministic.
    """
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE neighbour AS
        SELECT left_key AS a, right_key AS b FROM {edges} UNION SELECT right_key, left_key FROM {edges}"""
    )
    con.execute(
        f"""CREATE OR REPLACE TABLE {into} AS
        SELECT a AS row_key, least(a, min(b)) AS component FROM neighbour GROUP BY a"""
    )
    while True:
        con.execute(
            f"""CREATE OR REPLACE TEMP TABLE relabelled AS
            SELECT n.a AS row_key, least(min(l.component), min(own.component)) AS component
            FROM neighbour n JOIN {into} l ON n.b = l.row_key JOIN {into} own ON n.a = own.row_key
            GROUP BY n.a"""
        )
        changed = con.execute(
            f"SELECT count(*) FROM relabelled r JOIN {into} l USING (row_key) WHERE r.component < l.component"
        ).fetchall()
        con.execute(f"CREATE OR REPLACE TABLE {into} AS SELECT * FROM relabelled")
        if not changed or changed[0][0] == 0:
            break
    con.execute("DROP TABLE neighbour")
    con.execute("DROP TABLE relabelled")
