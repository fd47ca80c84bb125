"""A night after another: only what may have changed is compared anew, all else keeps last night's comparison.

Links, scores and ids are made anew every night, from all comparisons; it is the comparisons that cost. One
depends on the residual row, on the register row, and on what ``sql/identity/residual_state.sql`` gathers. A
row is compared anew (``affected.sql``) where its state is another than last night, where one of its
candidates changed or vanished, or where a changed register row is among its candidates now; then it is
compared with the whole register, by the same models as ever. So the night is the same as one made in full.
"""

from __future__ import annotations

from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import duckdb

from outreach.engine import build, load_models

_COMPARING = ("block_pair", "side_by_side", "comparison")
_KEYS = "row_key, register_key, person_key"


def model_version(con: duckdb.DuckDBPyConnection) -> str:
    """What comparisons rest on beside the rows: models, code, libraries, size of the register, stopgaps."""
    library = Path(__file__).parents[1]
    code = sorted([*library.glob("identity/*.py"), *library.glob("standards/*.py")])
    said = [path.read_text(encoding="utf-8") for path in code]
    said += [model.sql for model in load_models("identity")]
    said += [version(library) for library in ("duckdb", "numpy", "pypinyin", "rapidfuzz")]
    said += [
        repr(con.execute(f"SELECT * FROM identity.{table} ORDER BY ALL").fetchall())
        for table in ("register_size", "stopgap_number")
    ]
    return sha256("\n".join(said).encode()).hexdigest()


def why_in_full(remembered: str | None, tonight: str) -> str | None:
    """Why nothing can be carried over from the night that :func:`model_version` made so; None: it can."""
    if remembered is None:
        return "no night is remembered"
    if remembered != tonight:
        return "models, code, libraries, the register's size or its stopgap numbers are not those of then"
    return None


def compare(con: duckdb.DuckDBPyConnection, in_full: bool) -> int:
    """Make ``identity.block_pair``, ``side_by_side`` and ``comparison`` of all residual rows.

    Not ``in_full``, ``identity.block_pair`` names the key of pairs kept from last night `as last night`.
    Returns how many rows were compared anew.
    """
    if in_full:
        build(con, "identity", ["residual_state", *_COMPARING])
        return _count(con, "identity.residual")
    build(con, "identity", ["residual_state", "changed_register"])
    _find_changed_candidates(con)
    build(con, "identity", ["affected"])
    con.execute("ALTER TABLE identity.residual RENAME TO every_residual")
    con.execute(
        "CREATE TABLE identity.residual AS"
        " SELECT * FROM identity.every_residual SEMI JOIN identity.affected USING (row_key)"
    )
    build(con, "identity", _COMPARING)
    con.execute("DROP TABLE identity.residual")
    con.execute("ALTER TABLE identity.every_residual RENAME TO residual")
    con.execute(
        """INSERT INTO identity.comparison BY NAME
        SELECT s.row_key, r.row_key AS register_key, r.person_key, p.* EXCLUDE (state, content)
        FROM identity.residual_state s
        ANTI JOIN identity.affected a ON s.row_key = a.row_key
        JOIN last_night.pair p ON s.state = p.state
        JOIN identity.unchanged_register r ON p.content = r.content"""
    )
    con.execute(
        f"""INSERT INTO identity.block_pair BY NAME
        SELECT DISTINCT {_KEYS}, 'as last night' AS block
        FROM identity.comparison ANTI JOIN identity.affected USING (row_key)"""
    )
    return _count(con, "identity.affected")


def _find_changed_candidates(con: duckdb.DuckDBPyConnection) -> None:
    """Make ``identity.changed_candidate`` (row_key): rows for which blocking finds a changed register row.

    It is the model of blocking itself, over the changed rows only. What it leaves out for being shared by
    too many (``bearer``, ``busy_day``, ``known_contact``) is counted over the whole register all the same.
    """
    (blocking,) = (model for model in load_models("identity") if model.name == "block_pair")
    sql = blocking.sql.replace("identity.register_profile", "identity.changed_register")
    con.execute(f"CREATE OR REPLACE TABLE identity.changed_candidate AS SELECT DISTINCT row_key FROM ({sql})")


def remember(con: duckdb.DuckDBPyConnection) -> None:
    """Write tonight's states and comparisons to the attached memory (within the caller's transaction)."""
    con.execute(
        "CREATE OR REPLACE TABLE last_night.residual AS SELECT DISTINCT state FROM identity.residual_state"
    )
    con.execute(
        f"""CREATE OR REPLACE TABLE last_night.pair AS
        WITH first AS (SELECT state, min(row_key) AS row_key FROM identity.residual_state GROUP BY state)
        SELECT f.state, r.content, c.* EXCLUDE ({_KEYS})
        FROM first f
        JOIN identity.comparison c ON f.row_key = c.row_key
        JOIN identity.register_profile r ON c.register_key = r.row_key"""
    )


def _count(con: duckdb.DuckDBPyConnection, table: str) -> int:
    ((rows,),) = con.execute(f"SELECT count(*) FROM {table}").fetchall()
    return int(rows)
