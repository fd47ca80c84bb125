"""A region's own match weights: learned once from a night's data, then frozen until retraining is requested.

``weights.jsonl``, in the folder of the registry, holds one version a line and only ever grows; the last line
counts. A night whose region has no version of the shipped priors in force learns one
(:mod:`outreach.identity.em`). If the night has too few rows to learn from, or EM drifts from sense, the
shipped priors remain and the report says so. Levels that protect against a false link (``Level.share`` is
None) are never learned.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pydantic import FiniteFloat, PositiveFloat, TypeAdapter

from outreach.engine import append_line, make_folder, set_aside
from outreach.engine.folders import GROUP
from outreach.identity import contexts, em
from outreach.identity.levels import COMPARISONS
from outreach.identity.weights import NO_MATCH, PRIORS, VERSION, Weights, register_size

FILE_NAME = "weights.jsonl"

_MOST_ROWS = 200_000
"""More rows teach nothing more: of a larger night an even share is taken, always the same."""
_LEAST_MATCHED = 200
_STRENGTH = 200.0
_REACH = 3.0
_NO_MATCH_WITHIN = ((0.01, 0.2), (0.03, 100.0))
_NO_MATCH_ROUNDS = 20
_DRIFT = 7.0
"""A level that would move farther than this (bits) shows that EM has found something else than persons."""


@dataclass(frozen=True)
class _Stored:
    """A line of the file as a night reads it."""

    version: str
    as_of: str | None
    moved: dict[str, dict[str, FiniteFloat]]
    contexts: dict[str, dict[str, FiniteFloat]]
    nobody: tuple[PositiveFloat, PositiveFloat]
    seen: dict[str, dict[str, FiniteFloat]]


_STORED = TypeAdapter(_Stored)
_log = logging.getLogger(__name__).warning


@dataclass(frozen=True)
class WeightSet:
    """The weights of a night. ``status``: the reason for these; ``seen``: rows of one person by field and
    level."""

    version: str
    weights: Weights
    contexts: contexts.Contexts
    no_match: tuple[float, float]
    status: str
    seen: Mapping[str, Mapping[str, float]]
    line: str | None = None

    def publish(self, con: duckdb.DuckDBPyConnection) -> None:
        """Make ``identity.weights_in_force`` (version, status), one row."""
        con.execute(
            "CREATE OR REPLACE TABLE identity.weights_in_force AS"
            " SELECT $version AS version, $status AS status",
            {"version": self.version, "status": self.status},
        )

    def freeze(self, path: Path) -> None:
        """Append a version learned tonight to ``path``, safely against a crash and other writers."""
        if self.line is None:
            return
        append_line(path, self.line, 0o600)


def request_retraining(path: Path) -> None:
    """Let the next night of the region learn its weights again."""
    make_folder(path.parent, GROUP)
    WeightSet("", {}, {}, NO_MATCH, "", {}, json.dumps({"version": None})).freeze(path)


def freeze_default(path: Path) -> None:
    """Let the region use the shipped weights as if it had learned them: it learns nothing."""
    make_folder(path.parent, GROUP)
    stored: dict[str, Any] = {"version": VERSION, "shipped": VERSION, "as_of": None, "moved": {}}
    stored |= {"contexts": {}, "nobody": NO_MATCH, "seen": {}}
    WeightSet("", {}, {}, NO_MATCH, "", {}, json.dumps(stored)).freeze(path)


def frozen(path: Path, report: Callable[[str], None] = _log) -> WeightSet | None:
    """The region's frozen weights; None where there are none, or those of other shipped ones.

    A damaged file is set aside and reported; the night then learns its weights again.
    """
    if not os.path.lexists(path):
        return None
    try:
        last = _last(path)
        if last and "version" not in last:
            raise ValueError("no version")
        if last.get("shipped") != VERSION:
            return None
        stored = _STORED.validate_python(last)
    except (OSError, ValueError) as error:
        aside = set_aside(path, datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ"))
        report(
            f"比对权重 {path.name} 已损坏（{type(error).__name__}）：原文件改名为 {aside.name}，"
            "本次重新学习权重，个别记录的对应可能变化；如有备份，恢复后重跑本日即可还原"
        )
        return None
    return WeightSet(
        stored.version,
        _moved(stored.moved),
        contexts.renamed(stored.contexts),
        stored.nobody,
        f"frozen since {stored.as_of}",
        stored.seen,
    )


def learn(con: duckdb.DuckDBPyConnection, region: str, as_of: date) -> WeightSet:
    """The weights learned from ``identity.coded_pair``; where that cannot be, the shipped priors.

    Needs the shipped priors loaded (:func:`outreach.identity.weights.load`); loads contexts while it learns.

    Deterministic: the same comparisons give the same weights.
    """
    kinds = contexts.learn(con)
    contexts.load(con, kinds)
    pairs, fields, unregistered, unregistered_odds, one_of = _pairs(con)
    if not len(pairs.row):
        return WeightSet(VERSION, PRIORS, {}, NO_MATCH, "shipped: no candidates", {})
    found, no_match = _estimate(con, pairs, fields, unregistered, unregistered_odds, one_of)
    seen = {
        field.name: {
            level: round(float(n), 1) for level, n in zip(field.levels, found.seen[field.name], strict=True)
        }
        for field in fields
    }
    if found.matched < _LEAST_MATCHED:
        return WeightSet(
            VERSION,
            PRIORS,
            {},
            NO_MATCH,
            f"shipped: {found.matched:.0f} rows are too few to learn from",
            seen,
        )
    moved = {
        field.name: {
            level: round(float(after - before), 2)
            for level, before, after in zip(field.levels, field.weight, found.weight[field.name], strict=True)
            if abs(after - before) >= 0.005
        }
        for field in fields
    }
    weights = _moved(moved)
    sense = _nonsense(weights, found)
    if sense:
        status = f"shipped: what was learned is no sense, {sense}"
        return WeightSet(VERSION, PRIORS, {}, NO_MATCH, status, seen)
    stored = {
        "shipped": VERSION,
        "as_of": as_of.isoformat(),
        "moved": moved,
        "contexts": kinds,
        "nobody": no_match,
        "seen": seen,
    }
    mark = hashlib.sha256(json.dumps([moved, kinds, no_match], sort_keys=True).encode()).hexdigest()[:8]
    version = f"{VERSION}-{region}-{as_of:%Y%m%d}-{mark}"
    line = json.dumps({"version": version, **stored}, ensure_ascii=False)
    return WeightSet(
        version, weights, kinds, no_match, f"learned tonight from {found.matched:.0f} rows", seen, line
    )


def _last(path: Path) -> dict[str, Any]:
    """The last whole line of the file; one cut short by a crash is passed over.

    Raises:
        OSError: the file cannot be read.
        ValueError: it has lines, and none that is whole; or the last one is not text.
    """
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    for line in reversed(lines[-2:]):
        try:
            found = json.loads(line)
        except RecursionError as error:
            raise ValueError("nested too deep") from error
        except json.JSONDecodeError:
            continue
        if isinstance(found, dict):
            return found
    if lines:
        raise ValueError("no line can be read")
    return {}


def _moved(moved: Mapping[str, Mapping[str, float]]) -> Weights:
    return {
        field: {
            name: replace(level, weight=level.weight + moved.get(field, {}).get(name, 0.0))
            for name, level in levels.items()
        }
        for field, levels in PRIORS.items()
    }


def _nonsense(weights: Weights, found: em.Estimate) -> str | None:
    """Why learned weights are refused: a drift, or an order of levels turned over."""
    if found.shift > _DRIFT:
        return f"a level moves by {found.shift:.1f} bits"
    for field, levels in PRIORS.items():
        learned = [name for name, level in levels.items() if level.share is not None]
        for name in learned:
            before, after = levels[name].weight, weights[field][name].weight
            if before * after < 0 and abs(before) > 4.0:
                return f"{field}: {name} turned over"
            if "equal" in learned and after > weights[field]["equal"].weight:
                return f"{field}: {name} weighs more than equal"
    return None


def _estimate(
    con: duckdb.DuckDBPyConnection,
    pairs: em.Pairs,
    fields: list[em.Field],
    unregistered: npt.NDArray[np.bool_],
    unregistered_odds: em.Floats,
    one_of: int,
) -> tuple[em.Estimate, tuple[float, float]]:
    """EM, and in turn with it the odds of "nobody": of rows whose number is no one's here, and of others."""
    rows = dict(
        con.execute(
            "SELECT number_no IS NOT NULL AND NOT other_persons_number, count(*)"
            " FROM identity.unlinked_record"
            f" WHERE row_key // 10 % {one_of} = 0 GROUP BY ALL"
        ).fetchall()
    )
    no_match = NO_MATCH
    # What the odds settle within; a night whose odds swing must end all the same.
    for _ in range(_NO_MATCH_ROUNDS):
        found = em.estimate(
            pairs,
            fields,
            no_match=np.where(unregistered, no_match[1], no_match[0]) * unregistered_odds,
            strength=_STRENGTH,
            reach=_REACH,
        )
        learned = []
        for kind, shipped, (least, most) in zip((False, True), NO_MATCH, _NO_MATCH_WITHIN, strict=True):
            matched = float(found.share[unregistered == kind].sum())
            alone = rows.get(kind, 0) - matched + _STRENGTH * shipped / (1 + shipped)
            odds = alone / (matched + _STRENGTH / (1 + shipped))
            learned.append(round(min(max(odds, least), most), 3))
        before, no_match = no_match, (learned[0], learned[1])
        if all(abs(old - new) <= 0.05 * old for old, new in zip(before, no_match, strict=True)):
            break
    return found, no_match


def _pairs(
    con: duckdb.DuckDBPyConnection,
) -> tuple[em.Pairs, list[em.Field], npt.NDArray[np.bool_], em.Floats, int]:
    size = register_size(con)
    fields = [
        em.Field(
            name,
            list(levels),
            np.array([level.bits(size) for level in levels.values()]),
            np.array([np.nan if level.share is None else level.share for level in levels.values()]),
        )
        for name, levels in PRIORS.items()
    ]
    ((rows,),) = con.execute("SELECT count(DISTINCT row_key) FROM identity.comparison").fetchall()
    one_of = -(-rows // _MOST_ROWS) or 1
    table: pa.Table = con.sql(
        f"SELECT * FROM identity.coded_pair WHERE row_key // 10 % {one_of} = 0 ORDER BY ALL"
    ).to_arrow_table()
    columns = {name: table[name].to_numpy() for name in table.column_names}
    pairs = em.Pairs(
        columns["row_key"],
        {field.name: columns[field.name].astype(np.int8) for field in fields},
        {each.field: columns[f"{each.prefix}_bound"] for each in COMPARISONS if each.bounded},
        columns["roll_weight"] - size,
    )
    unregistered = columns["number_unregistered"].astype(np.bool_)
    return pairs, fields, unregistered, columns["unregistered_odds"], one_of
