"""What each step of this project is worth: it is taken away, and the links are counted again.

A step is taken away by changing the table that a model of ``sql/identity`` made, before the next reads it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any
from unittest.mock import patch

import duckdb
import polars as pl

from benchmarks.identity import report, worlds
from benchmarks.identity.judge import AUTOMATIC, EVEN_ODDS, WITH_REVIEW, Judge, Verdict
from benchmarks.identity.process import run
from outreach.engine import build, load_models
from outreach.identity import learning

LEARNED = "weights learned by EM, and how likely a person is on the roll at all"

_PLAIN_NAME = "name_level IN ('equal', 'former', 'missing')"
_PLAIN_NUMBER = "number_level IN ('equal', 'former', 'held by another', 'other, both valid')"
_MEAN_RARITY = (
    "(SELECT -log2(sum(n * n) / power(sum(n), 2))"
    " FROM (SELECT count(*) AS n FROM identity.register_profile GROUP BY name_key))"
)
_NOTHING = "SELECT * FROM {table} WHERE FALSE"

STEPS: Mapping[str, Mapping[str, str]] = {
    "links by evidence: number and name alone": {"block_pair": _NOTHING},
    "keys on parts of a damaged number": {
        "block_pair": "SELECT * FROM {table} WHERE block NOT LIKE '%number%'"
        " OR block IN ('number held', 'holder of the number')"
    },
    "levels of a damaged number": {
        "comparison": f"SELECT * REPLACE (CASE WHEN {_PLAIN_NUMBER} THEN number_level ELSE 'missing' END"
        " AS number_level) FROM {table}"
    },
    "levels of a damaged name": {
        "number_match": "SELECT * REPLACE (name_level // 6 * 6 AS name_level) FROM {table}",
        "comparison": f"SELECT * REPLACE (CASE WHEN {_PLAIN_NAME} THEN name_level ELSE 'different' END"
        " AS name_level) FROM {table}",
    },
    "levels of a birth date": {
        "comparison": "SELECT * REPLACE (CASE WHEN birth_level IN ('equal', 'missing') THEN birth_level"
        " ELSE 'differs' END AS birth_level) FROM {table}"
    },
    "phones and addresses": {
        "known_contact": _NOTHING,
        "comparison": "SELECT * REPLACE ('missing' AS phone_level, 'missing' AS address_level) FROM {table}",
    },
    "spouses, families, holders of the number": {"related_household": _NOTHING},
    "adjacent rows: where on a roll people are": {"adjacent_row": _NOTHING},
    "rarity of names, phones, addresses": {
        "comparison": f"SELECT * REPLACE (name_bound * 0 + {_MEAN_RARITY} AS name_bound,"
        " CAST(NULL AS DOUBLE) AS phone_bound, CAST(NULL AS DOUBLE) AS address_bound) FROM {table}"
    },
    "the other candidates: posterior and margin": {
        "best_candidate": "SELECT v.* REPLACE (1000.0 AS margin,"
        " 1.0 / (1.0 + t.usual * power(2.0, -least(v.weight, 200.0))) AS probability)"
        " FROM {table} v CROSS JOIN identity.no_match_odds t"
    },
    LEARNED: {},
}
"""What is taken away, and how the tables of which models change; ``{table}`` is the model's table."""


@contextmanager
def without(step: str, state: Path) -> Iterator[None]:
    """While the block runs, ``resolve`` does without ``step``; ``state`` is the folder of its registry."""
    if step == LEARNED:
        learning.freeze_default(state / learning.FILE_NAME)
    changes = STEPS[step]

    def changed(con: duckdb.DuckDBPyConnection, schema: str, only: Iterable[str], **how: Any) -> None:
        wanted = set(only)
        for model in load_models(schema):
            if model.name in wanted:
                build(con, schema, [model.name], **how)
                if model.name in changes:
                    sql = changes[model.name].format(table=model.table)
                    con.execute(f"CREATE OR REPLACE TABLE {model.table} AS {sql}").fetchall()

    with ExitStack() as patched:
        for name, module in list(sys.modules.items()):
            if name.startswith("outreach.identity.") and getattr(module, "build", None) is build:
                patched.enter_context(patch.object(module, "build", changed))
        yield


def measure(options: argparse.Namespace) -> dict[str, Any]:
    """Take every step away in every requested world, and print what it costs."""
    found: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory(prefix="identity-", dir=options.work) as name:
        for damage in options.damage:
            for seed in options.seeds:
                file = worlds.invented(Path(name), options.people, seed, damage)
                verdicts = {step: _judge(file, step) for step in (None, *STEPS)}
                print(
                    f"\n## {damage} seed {seed}, {options.people:,} people: without …\n\n{_table(verdicts)}",
                    flush=True,
                )
                found += [
                    {"damage": damage, "seed": seed, "without": step, **asdict(verdict)}
                    for step, verdict in verdicts.items()
                ]
    return {"people": options.people, "ablation": found}


def _judge(world: Path, step: str | None) -> Verdict:
    answer = world.with_name("ours.parquet")
    run("benchmarks.identity.ours", world, *([step] if step else []), answer)
    ours = pl.read_parquet(answer)
    return Judge(world, ours).ours(ours)


def _table(verdicts: dict[str | None, Verdict]) -> str:
    rows = []
    for step, verdict in verdicts.items():
        readings = {reading.name: reading for reading in verdict.readings}
        sure, proposed, even = (readings[name] for name in (AUTOMATIC, WITH_REVIEW, EVEN_ODDS))
        in_review = proposed.every.right + proposed.every.wrong - sure.every.right - sure.every.wrong
        hard = [f"{r.hard.wrong}+{r.hard.missed}" for r in (sure, proposed, even)]
        rows.append(
            (
                step or "— (nothing)",
                f"{sure.every.precision:.5f}",
                f"{sure.every.recall:.5f}",
                f"{in_review:,}",
                *hard,
            )
        )
    head = ("without", "automatic: precision", "recall", "in review")
    return report.table((*head, "hard, wrong+missed: automatic", "with review", "p ≥ 0.5"), rows)
