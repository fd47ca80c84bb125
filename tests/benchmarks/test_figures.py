"""The arithmetic behind the benchmark of identity, on cases small enough to work out by hand."""

from __future__ import annotations

import math
import re
from pathlib import Path

import numpy as np
import pytest

from benchmarks.identity.calibration import calibration, draw, pooled
from benchmarks.identity.figures import b_cubed, best_threshold, count, mean_interval, wilson


def test_wilson_of_nine_in_ten() -> None:
    low, high = wilson(9, 10)
    assert (round(low, 4), round(high, 4)) == (0.5958, 0.9821)


def test_wilson_of_a_perfect_share_does_not_claim_certainty() -> None:
    low, high = wilson(1000, 1000)
    assert 0.995 < low < 1
    assert high == pytest.approx(1)
    assert wilson(0, 0) == (0.0, 1.0)


def test_mean_has_the_interval_of_student() -> None:
    mean, half = mean_interval([1, 2, 3, 4, 5])
    assert mean == 3
    assert half == pytest.approx(2.776 * math.sqrt(2.5 / 5))
    assert mean_interval([7.0]) == (7.0, math.inf)


def test_a_wrong_link_of_a_registered_row_is_wrong_and_missed() -> None:
    linked = np.array([True, True, True, False, False])
    right = np.array([True, False, False, True, False])
    registered = np.array([True, True, False, True, False])
    counts = count(linked, right, registered)
    assert (counts.right, counts.wrong, counts.missed, counts.wrong_and_missed) == (1, 2, 2, 4)
    assert counts.precision == pytest.approx(1 / 3)
    assert counts.recall == pytest.approx(1 / 3)
    assert counts.f1 == pytest.approx(1 / 3)


def test_nothing_linked_is_precise_and_finds_nothing() -> None:
    none = np.array([False, False])
    counts = count(none, none, np.array([True, True]))
    assert (counts.precision, counts.recall, counts.f1) == (1.0, 0.0, 0.0)


def test_best_threshold_makes_fewest_errors() -> None:
    weight = np.array([9.0, 8.0, 7.0, 6.0, 5.0, 4.0])
    right = np.array([True, True, False, True, True, False])
    assert best_threshold(weight, right) == 5.0


def test_best_threshold_takes_the_higher_of_equal_ones_and_ties_together() -> None:
    assert best_threshold(np.array([3.0, 2.0, 1.0]), np.array([True, False, True])) == 3.0
    assert best_threshold(np.array([3.0, 3.0, 3.0]), np.array([True, False, False])) == math.inf
    assert best_threshold(np.array([]), np.array([], dtype=bool)) == math.inf


def test_b_cubed_of_a_small_clustering() -> None:
    # Clusters {a a b} and {b}, people a: 2 records, b: 2 records.
    precision, recall = b_cubed(np.array([1, 1, 1, 2]), np.array(["a", "a", "b", "b"]))
    assert precision == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)
    assert recall == pytest.approx((1 + 1 + 1 / 2 + 1 / 2) / 4)


def test_b_cubed_is_perfect_whatever_clusters_are_called() -> None:
    assert b_cubed(np.array([5, 5, 9]), np.array([1, 1, 2])) == (1.0, 1.0)


def test_calibration_counts_each_candidate_once() -> None:
    bins = calibration(np.array([0.0, 0.05, 0.3, 0.5, 0.99995, 1.0]), np.array([False] * 3 + [True] * 3))
    assert [(b.low, b.high, b.rows, b.right) for b in bins] == [
        (0.0, 0.05, 2, 0),
        (0.25, 0.5, 2, 1),
        (0.9999, 1.0, 2, 2),
    ]
    assert bins[1].mean == pytest.approx(0.4)


def test_bins_of_worlds_are_pooled() -> None:
    first = calibration(np.array([0.6, 0.7]), np.array([True, False]))
    second = calibration(np.array([0.65, 0.01]), np.array([True, False]))
    together = pooled([first, second])
    assert [(b.low, b.rows, b.right) for b in together] == [(0.0, 1, 0), (0.5, 3, 2)]
    assert together[1].mean == pytest.approx(0.65)


def test_the_picture_of_a_calibration_names_each_contender_and_both_axes(tmp_path: Path) -> None:
    bins = calibration(np.array([0.3, 0.6, 0.99995]), np.array([False, True, True]))
    draw({"this project": bins, "another": bins}, "Predicted and found", tmp_path / "calibration.svg")
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", (tmp_path / "calibration.svg").read_text())
    assert {"this project", "another", "Predicted and found", "predicted chance of error"} <= set(texts)
