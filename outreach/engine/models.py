"""Models of ``sql/``: one portable SELECT a file, run in the order that follows from the SQL itself.

``sql/<step>/<name>.sql`` makes the table ``<step>.<name>``. A step with many models has rooms instead:
``sql/<step>/<room>/<name>.sql`` makes ``<step>.<name>``, too. Which model needs which is read from the
headers of the files, which are written from the statements and held equal to them by a test; of a file
without such a header from the statement itself, which takes longer. A model whose header
(``outreach.engine.headers``) says ``materialized: view`` is made as a view: right where one other model reads
it, once. ``$name`` in a model of a step with ``thresholds.toml`` is a threshold of it, or a set of its
``sets.toml``
(``outreach.engine.thresholds``).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Literal

import duckdb
import sqlglot
from sqlglot import exp

from outreach.engine.headers import read_header, sources_of
from outreach.engine.sql_functions import define_functions
from outreach.engine.thresholds import NamedSet, Threshold, load_sets, load_thresholds, with_thresholds
from outreach.engine.timing import Timing, note_timings
from outreach.errors import OutreachError
from outreach.shipped import shipped

SQL_DIR = shipped("sql")


Kind = Literal["table", "view"]


class ModelError(OutreachError):
    """A model that cannot be read, ordered or run; the message names the file."""


@dataclass(frozen=True)
class Model:
    """One SELECT that makes one table or view ``step.name`` from ``needs`` (``schema.table`` names)."""

    step: str
    name: str
    path: Path
    sql: str
    needs: frozenset[str]
    kind: Kind = "table"
    room: str = ""

    @property
    def table(self) -> str:
        return f"{self.step}.{self.name}"


@dataclass(frozen=True)
class ModelResult:
    """What building a model gave: its table, rows and wall seconds."""

    table: str
    rows: int
    seconds: float


def _sources(path: Path, sql: str) -> tuple[str, ...]:
    try:
        tree = sqlglot.parse_one(sql, read="duckdb")
    except sqlglot.errors.ParseError as error:
        raise ModelError(f"{path}: not readable as SQL: {error}") from error
    if not isinstance(tree, exp.Query):
        raise ModelError(f"{path}: a model is exactly one SELECT")
    return sources_of(tree)


@cache
def load_models(step: str, sql_dir: Path = SQL_DIR) -> tuple[Model, ...]:
    """The models of one step, each after those it needs.

    Raises:
        ModelError: a file cannot be read as SQL or names an unknown threshold, or the models need each
            other in a circle.
    """
    models: dict[str, Model] = {}
    folder = sql_dir / step
    thresholds: dict[str, Threshold | NamedSet] = {
        **load_thresholds(step, sql_dir),
        **load_sets(step, sql_dir),
    }
    for path in sorted(folder.glob("*.sql")) or sorted(folder.glob("*/*.sql")):
        sql = path.read_text(encoding="utf-8")
        header = read_header(sql)
        if thresholds:
            try:
                sql = with_thresholds(sql, thresholds)
            except KeyError as error:
                raise ModelError(f"{path}: no threshold or set ${error.args[0]} in sql/{step}") from error
        room = path.parent.name if path.parent != folder else ""
        kind: Kind = "view" if header.materialized == "view" else "table"
        needs = frozenset(header.sources if header.grain is not None else _sources(path, sql))
        models[f"{step}.{path.stem}"] = Model(
            step, path.stem, path, sql.rstrip().rstrip(";"), needs, kind, room
        )
    graph = {name: {n for n in m.needs if n in models and n != name} for name, m in models.items()}
    try:
        order = list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        raise ModelError(f"sql/{step}: models need each other in a circle: {error.args[1]}") from error
    return tuple(models[name] for name in order)


def build(
    con: duckdb.DuckDBPyConnection,
    step: str,
    only: Iterable[str] | None = None,
    sql_dir: Path = SQL_DIR,
    *,
    without: Iterable[str] = (),
    kind: Kind | None = None,
    limit: int | None = None,
) -> Sequence[ModelResult]:
    """Make every table and view of a step, or ``only`` those and none of ``without``, in order; existing ones
    are replaced.

    ``kind``: make them so, whatever their headers say: what is long one night may be short another, and
    worth a table. ``limit``: keep so many rows of each; 0 makes it empty, with its columns.
    One result a table: a view has no rows before it is read. No result stays open on ``con``. Tables of the
    working warehouse are written uncompressed: they live for one night, and compressing costs more than
    all else about a wide table. Tables of an attached file, which is published, are compressed as ever.
    Rows and seconds of tables of the working warehouse are noted in ``run.timing``.

    Raises:
        ModelError: a model failed; the message names the file and the engine's reason.
    """
    wanted = None if only is None else set(only)
    unwanted = set(without)
    chosen = [
        model
        for model in load_models(step, sql_dir)
        if model.name not in unwanted and (wanted is None or model.name in wanted)
    ]
    with for_one_night(con) as note:
        con.execute(f"CREATE SCHEMA IF NOT EXISTS {step}").fetchall()
        results = [
            made for model in chosen if (made := build_model(con, model, sql_dir, kind=kind, limit=limit))
        ]
        note(timings_of(results))
    return results


def build_model(
    con: duckdb.DuckDBPyConnection,
    model: Model,
    sql_dir: Path = SQL_DIR,
    *,
    kind: Kind | None = None,
    limit: int | None = None,
) -> ModelResult | None:
    """Make one table or view, as `build` does; what was made, None of a view.

    Raises:
        ModelError: the model failed; the message names the file and the engine's reason.
    """
    started = time.perf_counter()
    made_as = kind or model.kind
    define_functions(con, model.sql, sql_dir)
    sql = model.sql if limit is None else f"SELECT * FROM ({model.sql}\n) LIMIT {limit}"
    try:
        made = con.execute(f"CREATE OR REPLACE {made_as} {model.table} AS {sql}").fetchall()
    except duckdb.Error as error:
        raise ModelError(f"{model.path}: {error}") from error
    if made_as == "view":
        return None
    ((rows,),) = made
    return ModelResult(model.table, int(rows), time.perf_counter() - started)


@contextmanager
def for_one_night(con: duckdb.DuckDBPyConnection) -> Iterator[Callable[[Iterable[Timing]], None]]:
    """What is made within is of one night: yields what notes its timings in ``run.timing``.

    Tables of the working warehouse are written uncompressed, and noted; those of an attached file, to which
    new tables go at the moment, are compressed as ever, and noted by whoever attached it.
    """
    if not _writes_to_opened_file(con):
        yield lambda _: None
        return
    with uncompressed(con):
        yield partial(note_timings, con)


def query(
    con: duckdb.DuckDBPyConnection, step: str, name: str, **parameters: object
) -> duckdb.DuckDBPyRelation:
    """The rows of ``sql/<step>/<name>.sql``, a query that makes no table; ``parameters``: its ``$name``."""
    return con.sql(query_text(step, name), params=parameters or None)


@cache
def query_text(step: str, name: str) -> str:
    """The text of ``sql/<step>/<name>.sql``."""
    return (SQL_DIR / step / f"{name}.sql").read_text(encoding="utf-8")


def timings_of(results: Iterable[ModelResult]) -> list[Timing]:
    """What ``build`` gave, as ``run.timing`` notes it (for tables of an attached file: by its caller)."""
    return [
        Timing(
            "model",
            result.table.partition(".")[0],
            result.table.partition(".")[2],
            result.rows,
            result.seconds,
        )
        for result in results
    ]


def _writes_to_opened_file(con: duckdb.DuckDBPyConnection) -> bool:
    """New tables go to the database that was opened first, and not to one attached since."""
    ((opened,),) = con.execute(
        "SELECT current_database() = arg_min(database_name, database_oid) "
        "FROM duckdb_databases() WHERE NOT internal"
    ).fetchall()
    return bool(opened)


@contextmanager
def uncompressed(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Tables written within, which live for one night, are not compressed; the setting is put back after."""
    ((before,),) = con.execute("SELECT current_setting('force_compression')").fetchall()
    con.execute("SET force_compression = 'uncompressed'").fetchall()
    try:
        yield
    finally:
        con.execute(f"SET force_compression = '{before}'").fetchall()
