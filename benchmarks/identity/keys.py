"""What each blocking key yields and costs: the night's candidates are held against the truth, key by key.

``leads``: rows that the key pairs with their person; ``alone``: those that no other key does. The seconds
are those of the key by itself, from the same tables; keys that share a join
(``sql/identity/blocking/block_pair.sql``) cost less together.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.identity import report, worlds
from benchmarks.identity.worlds import DATE, REGION, SQL_DIR
from outreach.engine import Warehouse, build, load_models
from outreach.identity import resolve


def measure(options: argparse.Namespace) -> dict[str, Any]:
    """Measure every key in every requested world, and print what it yields and costs."""
    found: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory(prefix="identity-", dir=options.work) as name:
        for damage in options.damage:
            for seed in options.seeds:
                keys = of_world(worlds.invented(Path(name), options.people, seed, damage))
                print(f"\n## {damage} seed {seed}, {options.people:,} people\n\n{_table(keys)}", flush=True)
                found += [{"damage": damage, "seed": seed, **key} for key in keys]
    return {"people": options.people, "keys": found}


def of_world(world: Path) -> list[dict[str, Any]]:
    """Reconcile a copy of a prepared world; of each key: block, pairs, leads, leads_alone, seconds."""
    with worlds.night_of(world, world.parent) as (night, registry), Warehouse(night) as warehouse:
        resolve(warehouse, registry, region=REGION, as_of=DATE)
        con = warehouse.con
        build(con, "keys", sql_dir=SQL_DIR)
        rows = con.execute("SELECT * FROM keys.key_yield ORDER BY leads DESC, block").fetchall()
        names = ("block", "pairs", "leads", "leads_alone")
        return [{**dict(zip(names, row, strict=True)), "seconds": _seconds(con, row[0])} for row in rows]


def _seconds(con: duckdb.DuckDBPyConnection, block: str) -> float:
    """Wall seconds that the pairs of one key take by themselves."""
    (model,) = (model for model in load_models("identity") if model.name == "block_pair")
    started = time.perf_counter()
    con.execute(f"CREATE OR REPLACE TEMP TABLE alone AS FROM ({model.sql}\n) WHERE block = ?", [block])
    return time.perf_counter() - started


def _table(keys: list[dict[str, Any]]) -> str:
    rows = [
        (k["block"], f"{k['pairs']:,}", f"{k['leads']:,}", f"{k['leads_alone']:,}", f"{k['seconds']:.3f}")
        for k in keys
    ]
    return report.table(("key", "pairs", "leads", "alone", "s"), rows)
