"""One night's reconciliation: stages, each a room of ``sql/identity``, in order.

What a model decides is in its file. Tables that SQL cannot make alone (connected components, ids, weights)
are made by functions at the place where the models of their stage need them.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from graphlib import TopologicalSorter
from itertools import groupby
from pathlib import Path

import duckdb

from outreach.engine import Warehouse, build, load_models, uncompressed, warn
from outreach.identity import clerical, contexts, learning, lunar, weights
from outreach.identity import registry as ids
from outreach.identity.components import connect
from outreach.identity.functions import registered
from outreach.identity.report import IdentityReport, read_report


@dataclass
class _Night:
    """What the functions of a stage work on. ``weights``: None until the stage that learns them."""

    con: duckdb.DuckDBPyConnection
    state: Path
    region: str
    as_of: date
    published: date | None
    weights: learning.WeightSet | None
    new_ids: int = 0
    seconds: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class _Made:
    """A table of a stage that a function makes, after the tables ``needs`` of the same stage.

    ``changes``: tables of earlier stages that it adds to; models of its stage read them after it.
    """

    table: str
    make: Callable[[_Night], None]
    needs: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()


def _load_clerical(night: _Night) -> None:
    clerical.load(night.con, night.state / clerical.FILE_NAME, partial(warn, night.con))


def _connect_register(night: _Night) -> None:
    connect(night.con, "identity.register_edge", "identity.register_component")


def _assign_registered(night: _Night) -> None:
    ids.begin_assignment(night.con, "identity.unchanged_person")
    night.new_ids += ids.assign(night.con, "register_record")
    ids.find_known_ids(night.con)


def _load_lunar(night: _Night) -> None:
    lunar.load(night.con)


def _find_clear_context(night: _Night) -> None:
    """Clear rows teach where on a roll people are; where nothing is to be learned the table stays empty."""
    limit = 0 if night.weights else None
    build(night.con, "identity", ["clear_context"], limit=limit)


def _load_weights(night: _Night) -> None:
    """The weights in force, learned first where the region has none."""
    con = night.con
    if night.weights is None:
        weights.load(con, weights.PRIORS)
        contexts.load(con, {})
        build(con, "identity", ["level_pattern", "unweighed_level", "coded_pair"])
        weights.require_weights(con)
        night.weights = learning.learn(con, night.region, night.as_of)
    weights.load(con, night.weights.weights, night.weights.seen, night.weights.no_match)
    contexts.load(con, night.weights.contexts)
    night.weights.publish(con)


def _connect_newcomers(night: _Night) -> None:
    connect(night.con, "identity.newcomer_edge", "identity.newcomer_component")


def _assign_newcomers(night: _Night) -> None:
    night.new_ids += ids.assign(night.con, "newcomer_record")
    ids.find_known_ids(night.con)


def _load_compared(night: _Night) -> None:
    ids.compare_with(night.con, night.as_of, night.published)


STAGES: Mapping[str, tuple[_Made, ...]] = {
    "records": (_Made("clerical", _load_clerical),),
    "register": (_Made("register_component", _connect_register, ("register_edge",)),),
    "ids": (_Made("assigned_id", _assign_registered, ("register_record", "unchanged_person")),),
    "deterministic": (),
    "blocking": (),
    "comparison": (_Made("lunar_day", _load_lunar), _Made("clear_context", _find_clear_context)),
    "scoring": (_Made("weight", _load_weights),),
    "decision": (_Made("newcomer_component", _connect_newcomers, ("newcomer_edge",)),),
    "history": (
        _Made(
            "newcomer_id", _assign_newcomers, ("newcomer_record",), ("assigned_id", "fresh_id", "known_id")
        ),
        _Made("compared_fingerprint", _load_compared),
    ),
    "review": (),
}
"""The rooms of ``sql/identity`` in the order in which they are built, with the tables made by functions."""

_REQUIRED: Mapping[str, Callable[[duckdb.DuckDBPyConnection], None]] = {
    "scoring": weights.require_every_pair,
}
"""What must hold after a stage, or the night fails."""


def resolve(
    warehouse: Warehouse,
    registry: Path,
    *,
    region: str,
    as_of: date,
    published: date | None = None,
    released: Sequence[Path] = (),
    copy: Path | None = None,
) -> IdentityReport:
    """Link each accepted row to a person: make every ``identity`` table of ``docs/tables.md``.

    Reads ``intake.*``, and the clerks' decisions (``clerical.jsonl``) and weights (``weights.jsonl``) next to
    ``registry``, the file that keeps person ids from night to night (one a region); it is written last, in
    one transaction. The same input, registry and decisions give the same links and ids.

    Args:
        warehouse: the working warehouse with the accepted rows.
        registry: ``<home>/state/<region>/registry.duckdb``.
        region: the region.
        as_of: the date of the night.
        published: the last published night before it, to which ``identity.relinked`` refers; None: take it
            that the night before was published.
        released: published snapshots of the region, newest first, whose ids the registry must know.
        copy: where to put a copy of the registry as the night leaves it.

    Raises:
        RegistryError: the registry is held by another run, damaged, or does not know what was published.
        ModelError: a model of ``sql/identity`` failed.
        LevelError: a comparison level has no weight, or a candidate pair was lost.
    """
    con = warehouse.con
    con.execute("DROP SCHEMA IF EXISTS identity CASCADE")
    con.execute("CREATE SCHEMA identity")
    weights_path = registry.parent / learning.FILE_NAME
    wait = warehouse.settings.locks.wait_seconds
    with registered(con), ids.attached(con, registry, wait=wait, copy=copy):
        ids.require_ids(con, registry, released)
        frozen = learning.frozen(weights_path, partial(warn, con))
        night = _Night(con, registry.parent, region, as_of, published, frozen)
        for stage, made in STAGES.items():
            with _timed(night, stage):
                _build_stage(night, stage, made)
        assert night.weights is not None
        with _timed(night, "registry"):
            night.weights.freeze(weights_path)
            ids.record(con, as_of, published)
    return read_report(con, night.new_ids, night.weights, night.seconds)


def _build_stage(night: _Night, stage: str, made: tuple[_Made, ...]) -> None:
    """Build the models of a stage and its made tables, each after those it needs."""
    models = {model.name: model for model in load_models("identity") if model.room == stage}
    functions = {each.table: each for each in made}
    makers = {table: table for table in (*models, *functions)}
    makers |= {table: each.table for each in made for table in each.changes}
    graph = {
        name: {makers[table] for need in model.needs if (table := need.removeprefix("identity.")) in makers}
        - {name}
        for name, model in models.items()
    }
    graph |= {each.table: set(each.needs) for each in made}
    order = TopologicalSorter(graph).static_order()
    # Models between two functions go in one call: there are many, and most take milliseconds.
    with uncompressed(night.con):
        for made_by_function, names in groupby(order, functions.__contains__):
            if made_by_function:
                for name in names:
                    functions[name].make(night)
            else:
                build(night.con, "identity", names)
    if stage in _REQUIRED:
        _REQUIRED[stage](night.con)


@contextmanager
def _timed(night: _Night, stage: str) -> Iterator[None]:
    started = time.perf_counter()
    yield
    night.seconds[stage] = time.perf_counter() - started
