"""How every step of the night is declared: the same partitions, retries and words in two languages."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import dagster as dg

from assets.failures import RETRIES


def step(
    key: dg.AssetKey,
    partitions: dg.PartitionsDefinition[str],
    *,
    deps: Iterable[dg.AssetKey],
    label: str,
    english: str,
    chinese: str,
    kinds: set[str],
    owner: str = "operations",
    metadata: Mapping[str, object] | None = None,
    **more: Any,
) -> Callable[[Callable[..., Any]], dg.AssetsDefinition]:
    """A decorator that makes an asset of the night; its group is the first part of its key.

    Args:
        label: the step's short Chinese name, shown by the command line and the web UI.
        owner: the team that answers for it.
        more: further arguments of ``dg.asset``.
    """
    declare: Callable[[Callable[..., Any]], dg.AssetsDefinition] = dg.asset(
        key=key,
        deps=list(deps),
        group_name=key.path[0],
        partitions_def=partitions,
        retry_policy=RETRIES,
        owners=[f"team:{owner}"],
        kinds=kinds,
        metadata={"label": label, **(metadata or {})},
        description=f"{english}\n\n{chinese}",
        **more,
    )
    return declare


def check(
    key: dg.AssetKey,
    name: str,
    partitions: dg.PartitionsDefinition[str],
    words: str,
    *,
    blocking: bool = True,
) -> dg.AssetCheckSpec:
    """A check of an asset with a result for each partition: one region's never hides another's."""
    with warnings.catch_warnings():
        # checks by partition are a preview in this version of Dagster
        warnings.simplefilter("ignore", dg.PreviewWarning)
        return dg.AssetCheckSpec(
            name, asset=key, description=words, blocking=blocking, partitions_def=partitions
        )
