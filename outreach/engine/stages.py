"""A step whose tables come from SELECTs and from code: both in one order, read from what each needs."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import duckdb

from outreach.engine.models import (
    SQL_DIR,
    ModelError,
    ModelResult,
    build_model,
    for_one_night,
    load_models,
    timings_of,
)


@dataclass(frozen=True)
class MadeTable:
    """A table of a step that ``make`` fills, in place of a SELECT.

    ``needs``: the tables of the same step that it reads. ``also``: tables of the step that it makes besides.
    It takes the place of a model of the same name.
    """

    name: str
    make: Callable[[duckdb.DuckDBPyConnection], object]
    needs: frozenset[str] = frozenset()
    also: tuple[str, ...] = ()


def build_stage(
    con: duckdb.DuckDBPyConnection,
    step: str,
    made: Iterable[MadeTable] = (),
    *,
    up_to: Collection[str] = (),
    sql_dir: Path = SQL_DIR,
) -> Sequence[ModelResult]:
    """Make the tables of a step, models and made ones, each after those it needs.

    ``up_to``: only these tables and what they need of the step; empty: all. One result a table, views aside.

    Raises:
        ModelError: a model failed, they need each other in a circle, or ``up_to`` names no table of the step.
    """
    by_name = {each.name: each for each in made}
    maker = {table: each.name for each in by_name.values() for table in (each.name, *each.also)}
    models = {m.name: m for m in load_models(step, sql_dir) if m.name not in maker}
    maker |= {name: name for name in models}
    needs = {
        name: {need.removeprefix(f"{step}.") for need in m.needs if need.startswith(f"{step}.")}
        for name, m in models.items()
    }
    needs |= {name: set(each.needs) for name, each in by_name.items()}
    graph = {name: {maker[n] for n in read if n in maker} - {name} for name, read in needs.items()}
    if unknown := set(up_to) - maker.keys():
        raise ModelError(f"sql/{step}: no table {', '.join(sorted(unknown))}")
    wanted = _with_needs(graph, [maker[table] for table in up_to]) if up_to else graph.keys()
    try:
        order = [name for name in TopologicalSorter(graph).static_order() if name in wanted]
    except CycleError as error:
        raise ModelError(f"sql/{step}: tables need each other in a circle: {error.args[1]}") from error
    results: list[ModelResult] = []
    with for_one_night(con) as note:
        con.execute(f"CREATE SCHEMA IF NOT EXISTS {step}").fetchall()
        for name in order:
            made_table = by_name.get(name)
            result = (
                build_model(con, models[name], sql_dir)
                if made_table is None
                else _make(con, step, made_table)
            )
            if result is not None:
                results.append(result)
        note(timings_of(results))
    return results


def _with_needs(graph: dict[str, set[str]], names: list[str]) -> set[str]:
    found: set[str] = set()
    while names:
        name = names.pop()
        if name not in found:
            found.add(name)
            names.extend(graph[name])
    return found


def _make(con: duckdb.DuckDBPyConnection, step: str, made: MadeTable) -> ModelResult:
    started = time.perf_counter()
    made.make(con)
    seconds = time.perf_counter() - started
    ((rows,),) = con.execute(f"SELECT count(*) FROM {step}.{made.name}").fetchall()
    return ModelResult(f"{step}.{made.name}", int(rows), seconds)
