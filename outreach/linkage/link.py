"""Link two tables: candidates, levels, weights learned by EM, the probability of each pair."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import polars as pl

from outreach.identity import em
from outreach.linkage import blocking, columns
from outreach.linkage.comparisons import Comparison, comparisons
from outreach.linkage.settings import LinkSettings

_SURE, _MARGIN = 0.999, 8.0
"""From this probability, and so many bits before the next candidate, nobody has to look."""
_AGREEING = 0.75
"""Share of one person's rows at a comparison's best level before anything is learned."""
_STRENGTH, _REACH = 20.0, 12.0
"""The start is a guess, not measured: it counts for few rows and may move far."""
_BY_CHANCE = 10.0
"""For so many pairs of two people the expected chance of a level counts."""
_NOBODY = (0.001, 1000.0)
"""Within which odds of "nobody" are learned; they begin even."""
_ROUNDS = 10
_MOST_ROWS = 200_000
"""More rows teach nothing more: of a larger table an even share is learned from."""
_NO_BOUND = 60.0


@dataclass(frozen=True)
class Linkage:
    """What linking two tables gave.

    Attributes:
        links: one row a pair whose probability reaches the threshold, the most probable of a left row first:
            ``left``, ``right`` (the rows' ids, or their numbers from 0), ``probability`` (that they are about
            one person, against all other candidates of the left row and nobody), ``weight`` in bits,
            ``grade`` (``exact``: sure, and everything that is filled is equal; ``strong``: sure, 8 bits
            before any other; ``review``: somebody should look), ``evidence`` (a list of ``comparison``,
            ``level``, ``label`` in Chinese, ``weight`` in bits).
        weights: one row a comparison and level: ``comparison``, ``level``, ``label``, ``m`` and ``u`` (its
            share among rows of one person, and among two people), ``weight`` (log2 m/u; of
            equal ones for a value that one row has), ``seen`` (expected pairs of one person at it).
        keys: one row a key by which candidates were found: ``key``, ``pairs``, ``skipped`` (values that are
            too common).
        pairs: how many pairs were compared.
        matched: how many left rows are expected to have a partner.
    """

    links: pl.DataFrame
    weights: pl.DataFrame
    keys: pl.DataFrame
    pairs: int
    matched: float


def link_tables(left: Any, right: Any, settings: LinkSettings | Mapping[str, Any]) -> Linkage:
    """Find which rows of two tables are about one and the same person, without any labelled example.

    Every left row is linked by itself: its candidates, and nobody, share one probability. Weights are learned
    from the two tables (Fellegi and Sunter, EM), so that they fit their damage; agreement on a frequent value
    is worth less than on a rare one.

    >>> import outreach
    >>> register = {
    ...     "id": ["a", "b", "c", "d"],
    ...     "name": ["王秀英", "李建国", "赵玉兰", "周志强"],
    ...     "born": ["1941-03-12", "1950-01-01", "1956-07-07", "1980-08-08"],
    ...     "phone": ["13800000001", "13800000002", "13800000003", None],
    ... }
    >>> roll = {
    ...     "name": ["王秀瑛", "李建国", "孙大力"],
    ...     "birth": ["19410312", "19500101", "19660606"],
    ...     "tel": ["138 0000 0001", None, "13900000009"],
    ... }
    >>> settings = outreach.LinkSettings(
    ...     columns={"name": "full_name", ("birth", "born"): "birth_date", ("tel", "phone"): "phone"},
    ...     right_id="id",
    ... )
    >>> found = outreach.link_tables(roll, register, settings)
    >>> found.links.select("left", "right").rows()
    [(0, 'a'), (1, 'b')]
    >>> [(e["comparison"], e["level"]) for e in found.links["evidence"][0]]
    [('name', 'same reading'), ('birth date', 'equal'), ('tel', 'equal')]

    Args:
        left: the rows to be linked: a frame of polars or pandas, an Arrow table, a DuckDB relation, a mapping
            of columns, or the path of a CSV or Parquet file.
        right: the rows among which their persons are looked for; best each person once.
        settings: which column is of which kind, and how sure a link has to be; or a mapping of its names.

    Returns:
        The links, the weights, the keys (:class:`Linkage`).

    Raises:
        ArgumentError: no such column, kind or setting (the nearest is suggested), or no table.
    """
    chosen = LinkSettings.of(settings)
    tables = columns.read(left, columns.LEFT), columns.read(right, columns.RIGHT)
    here, there = (columns.prepare(table, chosen, place) for place, table in enumerate(tables))
    compared = comparisons(chosen)
    pairs, keys = blocking.candidates(here, there, chosen)
    fields, codes = _compared(here, there, pairs, compared)
    places = pairs["left"].to_numpy(), pairs["right"].to_numpy()
    if pairs.height:
        given = em.Pairs(places[0], codes, _bounds(there, compared, places[1]),
                         np.full(pairs.height, -np.log2(max(there.height, 1))))  # fmt: skip
        found, nobody = _learned(given, fields, here.height)
        total = em.weigh(given, fields, found.weight)
        probability = em.posterior(given.row, total, nobody)
    else:
        given, found, total, probability = None, None, np.zeros(0), np.zeros(0)
    links = pairs.with_columns(
        pl.Series("weight", total, dtype=pl.Float64), pl.Series("probability", probability, dtype=pl.Float64)
    )
    links = _graded(links, compared, codes)
    wanted = links.filter(pl.col("probability") >= chosen.threshold)
    weight = {field.name: field.weight for field in fields} if found is None else found.weight
    wanted = _with_evidence(wanted, compared, codes, given, weight)
    ids = [
        table[name] if name else pl.Series(np.arange(table.height))
        for table, name in zip(tables, (chosen.left_id, chosen.right_id), strict=True)
    ]
    ordered = wanted.sort("left", "probability", "right", descending=[False, True, False])
    return Linkage(
        links=ordered.with_columns(
            ids[0].gather(ordered["left"]).alias("left"), ids[1].gather(ordered["right"]).alias("right")
        ).select("left", "right", "probability", "weight", "grade", "evidence"),
        weights=_weights(compared, fields, found),
        keys=keys,
        pairs=pairs.height,
        matched=0.0 if found is None else float(probability.sum()),
    )


def _compared(
    here: pl.DataFrame, there: pl.DataFrame, pairs: pl.DataFrame, compared: Sequence[Comparison]
) -> tuple[list[em.Field], dict[str, Any]]:
    """Each comparison as a field with its starting weights, and the level of each pair in it."""
    chance = blocking.by_chance(there.height)
    fields, codes = [], {}
    for comparison in compared:
        names = list(comparison.columns)
        one, other = here.select(names), there.select(names)
        codes[comparison.name] = comparison.codes(one[pairs["left"]], other[pairs["right"]])
        agreed = comparison.codes(other[chance[0]], other[chance[1]])
        counts = np.bincount(agreed, minlength=len(comparison.levels) + 1)
        fields.append(_start(comparison, counts, there.height))
    return fields, codes


def _start(comparison: Comparison, by_chance: Any, people: int) -> em.Field:
    """A comparison's start: u from pairs of two people, m guessed; a missing value is no evidence.

    Where values are rare or frequent, u of equal ones is that of a value that one row has; ``_bounds`` holds
    frequent ones down.
    """
    expected = np.array([level.chance for level in comparison.levels])
    u = by_chance[1:] + _BY_CHANCE * expected / expected.sum() + 0.5
    u = u / u.sum()
    if comparison.value is not None:
        u[0] = min(u[0], 1 / max(people, 1))
    m = np.full(len(comparison.levels), (1 - _AGREEING) / (len(comparison.levels) - 1))
    m[0] = _AGREEING
    return em.Field(
        comparison.name,
        ["missing", *(level.name for level in comparison.levels)],
        np.r_[0.0, np.log2(m) - np.log2(u)],
        np.r_[np.nan, m],
    )


def _bounds(
    there: pl.DataFrame, compared: Sequence[Comparison], right: blocking.Places
) -> dict[str, em.Floats]:
    """By comparison the most that agreement of a pair can weigh: how rare its value is in the right table."""
    bounds = {}
    for comparison in compared:
        if comparison.value is None:
            continue
        value = there.select(comparison.value.alias("v"))
        share = value.select(pl.when(pl.col("v").is_not_null()).then(pl.len().over("v")))[:, 0] / there.height
        rare = (-share.log(2.0)).fill_null(_NO_BOUND).to_numpy()
        bounds[comparison.name] = np.asarray(rare[right], dtype=np.float64)
    return bounds


def _learned(pairs: em.Pairs, fields: list[em.Field], rows: int) -> tuple[em.Estimate, float]:
    """EM, and in turn with it the odds that a left row is about nobody of the right table."""
    one_of = -(-rows // _MOST_ROWS) or 1
    if one_of > 1:
        kept = pairs.row % one_of == 0
        pairs = em.Pairs(
            pairs.row[kept],
            {name: codes[kept] for name, codes in pairs.codes.items()},
            {name: bound[kept] for name, bound in pairs.bound.items()},
            pairs.prior[kept],
        )
    nobody = 1.0
    for _ in range(_ROUNDS):
        found = em.estimate(pairs, fields, no_match=nobody, strength=_STRENGTH, reach=_REACH)
        matched = found.matched
        odds = (-(-rows // one_of) - matched + 0.5) / (matched + 0.5)
        before, nobody = nobody, float(min(max(odds, _NOBODY[0]), _NOBODY[1]))
        if abs(before - nobody) <= 0.01 * before:
            break
    # of few rows the guess of a rare level may outweigh what is equal
    weight = {
        name: np.minimum(bits, np.r_[np.inf, np.full(len(bits) - 1, bits[1])])
        for name, bits in found.weight.items()
    }
    return replace(found, weight=weight), nobody


def _graded(links: pl.DataFrame, compared: Sequence[Comparison], codes: Mapping[str, Any]) -> pl.DataFrame:
    """With ``grade``; a link is sure where it is the row's first by far."""
    best = np.ones(links.height, dtype=np.bool_)
    for comparison in compared:
        best &= codes[comparison.name] <= 1
    place = pl.col("weight").rank("ordinal", descending=True).over("left")
    after = pl.col("weight").sort(descending=True).get(1, null_on_oob=True).over("left")
    sure = (
        (pl.col("probability") >= _SURE)
        & (place == 1)
        & (pl.col("weight") - after.fill_null(-np.inf) >= _MARGIN)
    )
    all_equal = pl.lit(pl.Series(best))
    grade = pl.when(sure & all_equal).then(pl.lit("exact")).when(sure).then(pl.lit("strong"))
    return links.with_columns(
        grade.otherwise(pl.lit("review")).alias("grade"), pl.int_range(pl.len()).alias("pair")
    )


_EVIDENCE = pl.List(
    pl.Struct({"comparison": pl.String, "level": pl.String, "label": pl.String, "weight": pl.Float64})
)


def _with_evidence(
    links: pl.DataFrame,
    compared: Sequence[Comparison],
    codes: Mapping[str, Any],
    pairs: em.Pairs | None,
    weight: Mapping[str, em.Floats],
) -> pl.DataFrame:
    kept = links["pair"].to_numpy()
    parts = []
    for comparison in compared:
        code = codes[comparison.name][kept]
        bits = weight[comparison.name][code]
        if pairs is not None and comparison.name in pairs.bound:
            bits = np.minimum(bits, pairs.bound[comparison.name][kept])
        levels = pl.Series(["missing", *(level.name for level in comparison.levels)])
        labels = pl.Series(["缺失", *(level.label for level in comparison.levels)])
        parts.append(
            pl.DataFrame(
                {
                    "comparison": pl.repeat(comparison.name, len(kept), dtype=pl.String, eager=True),
                    "level": levels.gather(code),
                    "label": labels.gather(code),
                    "weight": pl.Series(bits, dtype=pl.Float64).round(3),
                }
            ).to_struct(comparison.name)
        )
    evidence = pl.DataFrame(parts).select(pl.concat_list(pl.all()).cast(_EVIDENCE).alias("evidence"))
    return links.hstack(evidence)


def _weights(
    compared: Sequence[Comparison], fields: Sequence[em.Field], found: em.Estimate | None
) -> pl.DataFrame:
    rows = []
    for comparison, field in zip(compared, fields, strict=True):
        m = field.m if found is None else found.m[field.name]
        weight = field.weight if found is None else found.weight[field.name]
        seen = np.zeros(len(field.levels)) if found is None else found.seen[field.name]
        for place, level in enumerate(comparison.levels, start=1):
            rows.append(
                {
                    "comparison": comparison.name,
                    "level": level.name,
                    "label": level.label,
                    "m": float(m[place]),
                    "u": float(field.m[place] / np.exp2(field.weight[place])),
                    "weight": float(weight[place]),
                    "seen": float(seen[place]),
                }
            )
    return pl.DataFrame(rows)
