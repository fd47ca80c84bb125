"""The fixture ``run``: decide a world."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from world import AS_OF, World

from outreach.policy import Policy, decide, load_policy


@cache
def shipped(region: str) -> Policy:
    return load_policy(region, as_of=AS_OF)


@pytest.fixture
def run(tmp_path: Path) -> Any:
    """Decide a world (``only`` some programmes where others do not matter); gives rows of queries over it."""

    @contextmanager
    def decided(
        world: World, local: dict[str, Any] | None = None, only: Collection[str] = ()
    ) -> Iterator[Any]:
        parameters = None
        if local is not None:
            parameters = tmp_path / "local.yaml"
            parameters.write_text(yaml.safe_dump(local), encoding="utf-8")
        policy = (
            shipped(world.region)
            if local is None
            else load_policy(world.region, parameters=parameters, as_of=AS_OF)
        )
        if only:
            policy = policy.only(only)
        with world.build(Path(":memory:")) as warehouse:
            decide(warehouse, policy)
            yield lambda sql: warehouse.con.execute(sql).fetchall()

    return decided
