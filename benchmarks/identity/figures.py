"""The arithmetic of the comparison: intervals, thresholds, B-cubed. Nothing here knows of databases."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

# Quantile .975 of Student's t by degrees of freedom; beyond 30 the normal one is near enough.
_STUDENT = (12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145,
            2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048,
            2.045, 2.042)  # fmt: skip


def wilson(hits: int, of: int, z: float = 1.96) -> tuple[float, float]:
    """The Wilson score interval of a share; (0, 1) of nothing."""
    if of == 0:
        return 0.0, 1.0
    share = hits / of
    middle = share + z * z / (2 * of)
    half = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return (middle - half) / (1 + z * z / of), (middle + half) / (1 + z * z / of)


def mean_interval(values: Sequence[float]) -> tuple[float, float]:
    """The mean and the half width of its 95 % t-interval; the width is infinite of a single value."""
    mean = sum(values) / len(values)
    if len(values) == 1:
        return mean, math.inf
    variance = sum((value - mean) ** 2 for value in values) / (len(values) - 1)
    freedom = len(values) - 1
    quantile = _STUDENT[freedom - 1] if freedom <= len(_STUDENT) else 1.96
    return mean, quantile * math.sqrt(variance / len(values))


@dataclass(frozen=True)
class Counts:
    """Links of some rows against the truth.

    ``right`` and ``wrong`` are links to the true person and to another; ``registered`` rows have a true
    person to be linked to. A wrong link of such a row is counted as wrong and as missed, as pairs are.
    """

    right: int
    wrong: int
    registered: int

    @property
    def missed(self) -> int:
        """Rows of registered people without the right link."""
        return self.registered - self.right

    @property
    def wrong_and_missed(self) -> int:
        """Wrong and missed links together."""
        return self.wrong + self.missed

    @property
    def precision(self) -> float:
        """Share of links that are right; 1 without links."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Share of registered people's rows that are rightly linked; 1 without such rows."""
        return self.right / self.registered if self.registered else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / max(2 * self.right + self.wrong + self.missed, 1)


def count(linked: Array, right: Array, registered: Array) -> Counts:
    """Counts of rows: booleans, one a row."""
    hits = linked & right
    return Counts(int(hits.sum()), int((linked & ~right).sum()), int(registered.sum()))


def best_threshold(weight: Array, right: Array) -> float:
    """The least weight to link at, so that wrong and missed links together are fewest; inf: link nothing.

    ``weight`` of the best candidate and whether it is the true person, one a row with a candidate. Of equal
    thresholds the higher one is taken. Equal weights are linked together or not at all.
    """
    if len(weight) == 0:
        return math.inf
    order = np.argsort(-weight, kind="stable")
    ranked = weight[order]
    gain = np.cumsum(np.where(right[order], 1, -1))
    last_of_equals = np.append(ranked[1:] != ranked[:-1], True)
    gain = np.where(last_of_equals, gain, np.iinfo(np.int64).min)
    best = int(np.argmax(gain))
    return float(ranked[best]) if gain[best] > 0 else math.inf


def b_cubed(cluster: Array, truth: Array) -> tuple[float, float]:
    """B-cubed precision and recall of a clustering: means over all records.

    Of a record, precision is the share of its cluster that is of its true person; recall, the share of its
    true person's records that are in its cluster.
    """
    _, ours, size = np.unique(cluster, return_inverse=True, return_counts=True)
    _, true, true_size = np.unique(truth, return_inverse=True, return_counts=True)
    cell = ours.astype(np.int64) * len(true_size) + true
    _, where, both = np.unique(cell, return_inverse=True, return_counts=True)
    together = both[where]
    return float((together / size[ours]).mean()), float((together / true_size[true]).mean())
