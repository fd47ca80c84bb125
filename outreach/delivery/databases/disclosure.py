"""No group of fewer than five people in the tables of people of ``analyst.duckdb``.

What may be counted, and is never smaller than five (``docs/analyst.md``): people by any one column; lines by
programme, decision, being received and action together; and both in a town where the statistics and the
views count them there. Too small a group loses its value, its town or its line; where what is empty would
itself be a small group, a few more lose theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import duckdb
import polars as pl

from contracts.facts import DERIVED_FROM, GROUP_OF_FACT
from outreach.delivery.databases.suppression import SMALL
from outreach.engine import build
from outreach.engine.models import SQL_DIR

_FOLDER = SQL_DIR / "analyst"
_PEOPLE = ("person", "outcome", "fact", "place")
_AFTER = ("shown_line", "shown_value", "place_group")
_OF_ELDERS = {"hard_up", "disabled_old", "severely_disabled", "lives_alone", "fp_special"}
"""What ``analyst.elders_in_need`` counts of those of 60 or more who live here."""
_WHO = {"alive", "registered", "age_group"}
_ELDERS = "alive AND registered AND (age_group >= '60' OR age_group = '100+')"
_HIDDEN = """
SELECT DISTINCT l.key FROM release_key.line AS l
INNER JOIN release_key.line_group AS g
    ON g.programme = l.programme AND g.decision IS NOT DISTINCT FROM l.decision
    AND g.received = l.received AND g.action IS NOT DISTINCT FROM l.action
WHERE g.is_hidden AND l.received
"""
_OF_RARE_AGE = f"""
SELECT key FROM release_key.fact
WHERE age_group IS NOT NULL
QUALIFY count(*) OVER (PARTITION BY sex, age_group, coalesce(alive AND registered, FALSE)) < {SMALL}
"""
_EMPTY = "SELECT key FROM release_key.fact WHERE receiving IS NULL"
_ALONE = {"register", "birth", "death"}
"""Groups of facts that do not reveal each other: each column is emptied for itself."""


def prepare(con: duckdb.DuckDBPyConnection, statistic: pl.DataFrame, region_code: str) -> None:
    """Make ``release_key.*``: random keys, what is left out, facts and towns that may be shown.

    ``statistic``: the suppressed statistics (``suppression.suppress``). ``mart`` must be readable on ``con``.
    """
    suppressed = statistic.filter((pl.col("area_code") == region_code) & pl.col("suppressed"))
    con.execute("CREATE SCHEMA IF NOT EXISTS release_key")
    con.register("suppressed_cell", suppressed.select("programme", "measure"))
    con.execute("CREATE OR REPLACE TABLE release_key.suppressed AS FROM suppressed_cell")
    con.unregister("suppressed_cell")
    build(con, "release_key", only=_PEOPLE, sql_dir=_FOLDER)
    empty_rare_facts(con)
    leave_out_few_lines(con)
    build(con, "release_key", only=_AFTER, sql_dir=_FOLDER)
    empty_small_towns(con)


def empty_rare_facts(con: duckdb.DuckDBPyConnection) -> None:
    """Empty in ``release_key.fact`` what fewer than five people share.

    Of everybody: any value of a column. Of women and of men who live here, and of others: an age group. Of
    the older people who live here: the facts of `_OF_ELDERS`. One makes groups of the other smaller, so
    all are looked at until nothing changes.
    """
    table = "release_key.fact"
    described = con.execute(f"SELECT column_name FROM (DESCRIBE {table})").fetchall()
    together = families(name for (name,) in described if name != "key")
    everything = [(column, family, "TRUE") for family in together for column in family]
    everything += [(column, family, _ELDERS) for column, family, _ in everything if column in _OF_ELDERS]
    looked_at = everything
    while looked_at:
        changed = {
            family
            for column, family, where in looked_at
            if empty_rare_values(con, table, column, family, where)
        }
        if con.execute(f"SELECT count(*) FROM ({_OF_RARE_AGE})").fetchall() != [(0,)]:
            con.execute(f"UPDATE {table} SET age_group = NULL WHERE key IN ({_OF_RARE_AGE})")
            changed.add(("age_group",))
        moved = any(column in _WHO for family in changed for column in family)
        looked_at = [at for at in everything if at[1] in changed or (moved and at[2] == _ELDERS)]


def leave_out_few_lines(con: duckdb.DuckDBPyConnection) -> None:
    """Make ``release_key.line`` and ``release_key.line_group``: which lines are alike, which are left out.

    Of a person whose receipt is left out, nothing that is received is shown: it would reveal the line. That
    makes other groups smaller, so it is done until nothing changes.
    """
    build(con, "release_key", only=["line"], sql_dir=_FOLDER)
    while True:
        build(con, "release_key", only=["line_group"], sql_dir=_FOLDER)
        ((hidden,),) = con.execute(f"SELECT count(*) FROM ({_HIDDEN})").fetchall()
        if not hidden:
            return
        con.execute(f"UPDATE release_key.fact SET receiving = NULL WHERE key IN ({_HIDDEN})")
        empty_rare_values(con, "release_key.fact", "receiving", ("receiving",))
        con.execute(
            f"UPDATE release_key.line SET received = NULL WHERE received IS NOT NULL AND key IN ({_EMPTY})"
        )
        con.execute(
            "DELETE FROM release_key.line WHERE coalesce(decision, action) IS NULL AND received IS NULL"
        )


def families(columns: Iterable[str]) -> list[tuple[str, ...]]:
    """Columns that reveal each other: the facts from the same rows, and what is computed from them."""
    found: dict[str, list[str]] = {}
    for column in columns:
        fact = column
        while fact not in GROUP_OF_FACT and fact in DERIVED_FROM:
            fact = DERIVED_FROM[fact][0]
        group = GROUP_OF_FACT.get(fact, column)
        found.setdefault(column if group in _ALONE else group, []).append(column)
    return [tuple(family) for family in found.values()]


def empty_rare_values(
    con: duckdb.DuckDBPyConnection, table: str, column: str, family: Sequence[str], where: str = "TRUE"
) -> bool:
    """Empty (NULL) every value of ``column`` that fewer than five rows ``where`` have; whether any was.

    All columns of its ``family`` are emptied in these rows. Where fewer than five rows would then be empty,
    so are rows of the commonest value. ``table`` has a column ``key``, whose order reveals nothing.
    """
    counts: dict[object, int] = dict(
        con.execute(
            f"SELECT CAST({column} AS VARCHAR), count(*) FROM {table} WHERE {where} GROUP BY {column}"
        ).fetchall()
    )
    empty = counts.pop(None, 0)
    rare = [value for value, people in counts.items() if people < SMALL]
    empty += sum(counts.pop(value) for value in rare)
    chosen = [f"CAST({column} AS VARCHAR) IN ({', '.join(map(_quoted, rare))})"] if rare else []
    if 0 < empty < SMALL and counts:
        commonest = max(counts, key=lambda value: (counts[value], str(value)))
        wanted = SMALL - empty if counts[commonest] - (SMALL - empty) >= SMALL else counts[commonest]
        chosen.append(
            f"key IN (SELECT key FROM {table} WHERE ({where}) AND CAST({column} AS VARCHAR) = "
            f"{_quoted(commonest)} ORDER BY key LIMIT {wanted})"
        )
    if not chosen:
        return False
    emptied = ", ".join(f"{name} = NULL" for name in family)
    con.execute(f"UPDATE {table} SET {emptied} WHERE ({where}) AND ({' OR '.join(chosen)})")
    return True


def _quoted(value: object) -> str:
    return "'" + str(value).replace("'", "''") + "'"


def empty_small_towns(con: duckdb.DuckDBPyConnection) -> None:
    """Take the town from whom a group of fewer than five of a town is; until no such group is left."""
    while True:
        build(con, "town", sql_dir=_FOLDER)
        ((few,),) = con.execute("SELECT count(*) FROM town.few").fetchall()
        if not few:
            break
        con.execute("UPDATE release_key.place SET town_code = NULL WHERE key IN (SELECT key FROM town.few)")
    con.execute("DROP SCHEMA town CASCADE")
