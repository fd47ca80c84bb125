"""EM over comparison patterns: how often each level is seen on rows of one person, learned without labels.

Fellegi and Sunter (1969) weigh a level by log2(m/u); Winkler (1988) found m and u by EM. Here u stays as it
is in the starting weights (it is a property of the register, not of a night's damage) and m is learned: a
row's candidates, "nobody" among them, share one probability, so that a row counts once however many
candidates its blocks gave it. Pairs are summed up to patterns only within a row; all is array arithmetic in
a fixed order: the same pairs give the same weights.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

ROUNDS = 50
_SETTLED = 1e-4
"""EM ends when no weight moves by more bits than this."""


@dataclass(frozen=True)
class Field:
    """A compared field: its levels (in the order of the codes) with their starting weights and m.

    ``weight`` in bits; ``m``: share of the level among rows of one person whose field is filled, or NaN for a
    level that is not learned (missing, or fixed).
    """

    name: str
    levels: Sequence[str]
    weight: Floats
    m: Floats


@dataclass(frozen=True)
class Pairs:
    """Candidate pairs, sorted by row.

    ``row``: whose candidates belong together. ``codes``: for each field the level of each pair (index into
    :attr:`Field.levels`). ``bound``: for some fields the most that an agreement of this pair can weigh (term
    frequency), in bits. ``prior``: of each pair, log2 of its chance before the evidence that is learned.
    """

    row: npt.NDArray[np.int64]
    codes: Mapping[str, npt.NDArray[np.int8]]
    bound: Mapping[str, Floats]
    prior: Floats


@dataclass(frozen=True)
class Estimate:
    """What was learned: weights and m by field and level, and how much spoke for it.

    ``seen``: expected rows of one person at each level. ``matched``: expected rows with a person.
    ``share``: the probability of each pair. ``rows``: rows with a candidate. ``shift``: the farthest that a
    level seen ``enough`` times wanted to move, in bits, before it was held back.
    """

    weight: Mapping[str, Floats]
    m: Mapping[str, Floats]
    seen: Mapping[str, Floats]
    rows: int
    matched: float
    share: Floats
    shift: float
    rounds: int


def weigh(pairs: Pairs, fields: Sequence[Field], weight: Mapping[str, Floats]) -> Floats:
    """The total weight of each pair in bits, its prior in it."""
    total = pairs.prior.copy()
    for field in fields:
        part = weight[field.name][pairs.codes[field.name]]
        if field.name in pairs.bound:
            part = np.minimum(part, pairs.bound[field.name])
        total += part
    return total


def posterior(row: npt.NDArray[np.int64], total: Floats, no_match: float | Floats) -> Floats:
    """The probability of each candidate of a row, against all others and ``no_match``.

    ``no_match``: its odds (not bits) before any evidence, one for all or one a pair, alike within a row.
    """
    odds = np.exp2(np.minimum(total, 200.0))
    starts = np.flatnonzero(np.r_[True, row[1:] != row[:-1]])
    sums = np.add.reduceat(odds, starts) + np.broadcast_to(no_match, len(row))[starts]
    return np.asarray(odds / np.repeat(sums, np.diff(np.r_[starts, len(row)])))


def estimate(
    pairs: Pairs,
    fields: Sequence[Field],
    *,
    no_match: float | Floats,
    strength: float,
    reach: float,
    enough: float = 50.0,
) -> Estimate:
    """Learn m of every level by EM, held near the start.

    Args:
        pairs: the candidates; at least one.
        fields: levels with starting weights.
        no_match: odds of "nobody" before any evidence (:func:`posterior`).
        strength: how many rows the start counts for in each field (Dirichlet prior).
        reach: no weight moves farther from the start than this, in bits.
        enough: how often a level has to be seen for its movement to count in :attr:`Estimate.shift`.
    """
    weight = {field.name: field.weight for field in fields}
    m = {field.name: field.m for field in fields}
    seen: dict[str, Floats] = {}
    share = np.zeros(0)
    shift = 0.0
    rounds = 0
    while rounds < ROUNDS:
        rounds += 1
        share = posterior(pairs.row, weigh(pairs, fields, weight), no_match)
        moved = shift = 0.0
        for field in fields:
            learned = ~np.isnan(field.m)
            counts: Floats = np.bincount(
                pairs.codes[field.name], weights=share, minlength=len(field.levels)
            ).astype(np.float64)
            seen[field.name] = counts
            if not learned.any():
                continue
            start = np.where(learned, field.m, 0.0)
            start = start / start.sum()
            known = np.where(learned, counts, 0.0)
            new = (known + strength * start) / (known.sum() + strength)
            with np.errstate(divide="ignore", invalid="ignore"):
                change = np.where(learned, np.log2(new) - np.log2(start), 0.0)
            wanted = change[learned & (counts >= enough)]
            shift = max(shift, float(np.abs(wanted).max(initial=0.0)))
            after = field.weight + np.clip(change, -reach, reach)
            moved = max(moved, float(np.abs(after - weight[field.name]).max()))
            weight[field.name] = after
            m[field.name] = np.where(learned, new, np.nan)
        if moved < _SETTLED:
            break
    rows = 1 + int((pairs.row[1:] != pairs.row[:-1]).sum())
    return Estimate(weight, m, seen, rows, float(share.sum()), share, shift, rounds)
