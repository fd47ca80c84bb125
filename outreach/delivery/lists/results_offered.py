"""The results that a list offers, by the action of its lines."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from contracts.vocabulary import Action
from outreach.delivery.lists.workbook import Answers


def offered_by_action(rows: pl.DataFrame) -> Sequence[Answers]:
    """The results to choose from, by the rows (``at``) of which they can be the answer."""
    words = {action.value: action.results for action in Action}
    offered = list(dict.fromkeys(words.values()))
    kinds = {action: offered.index(results) for action, results in words.items()}
    stretches = (
        rows.with_columns(kind=pl.col("action").replace_strict(kinds, return_dtype=pl.Int32))
        .with_columns(run=(pl.col("kind").diff().fill_null(1).ne(0) | (pl.col("at").diff() != 1)).cum_sum())
        .group_by("run", maintain_order=True)
        .agg(pl.col("kind").first(), first=pl.col("at").first(), last=pl.col("at").last())
    )
    return [
        Answers(results, stretches.filter(pl.col("kind") == kind).select("first", "last").rows())
        for kind, results in enumerate(offered)
    ]
