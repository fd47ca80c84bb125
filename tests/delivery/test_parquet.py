"""``parquet/``: the published tables for tools without DuckDB, the same as in the files, or a warning."""

from __future__ import annotations

from pathlib import Path

import duckdb
import polars as pl
import pyarrow.parquet as pq
import pytest

from delivery.conftest import BuildRelease
from outreach.delivery import DeliveryError, ReleasePaths, write_parquet


@pytest.fixture
def release_with_parquet(release: BuildRelease) -> ReleasePaths:
    paths = release()
    write_parquet(paths, "1GB")
    return paths


@pytest.mark.parametrize("schema", ["mart", "analyst"])
def test_every_table_is_there_with_the_same_rows(release_with_parquet: ReleasePaths, schema: str) -> None:
    paths = release_with_parquet
    file = paths.mart_file if schema == "mart" else paths.analyst_file
    with duckdb.connect(str(file), read_only=True) as con:
        tables = {
            str(name)
            for (name,) in con.execute(
                "SELECT table_name FROM duckdb_tables() WHERE schema_name = ?", [schema]
            ).fetchall()
        }
        named = {path.stem for path in (paths.parquet / schema).iterdir()}
        assert named == tables | ({"decision"} if schema == "mart" else set())
        for name in sorted(named):
            path = paths.parquet / schema / f"{name}.parquet"
            ((differ,),) = con.execute(
                f"SELECT count(*) FROM (FROM {schema}.{name} EXCEPT ALL FROM read_parquet('{path}'))"
            ).fetchall()
            ((rows,),) = con.execute(f"SELECT count(*) FROM {schema}.{name}").fetchall()
            assert (differ, pq.read_metadata(path).num_rows) == (0, rows), name


def test_other_tools_read_it(release_with_parquet: ReleasePaths) -> None:
    people = pl.read_parquet(release_with_parquet.parquet / "mart" / "person.parquet")
    assert people.schema["birth_date"] == pl.Date
    assert people["receiving"].dtype.is_nested()
    assert pq.read_table(release_with_parquet.parquet / "analyst" / "statistic.parquet").num_rows > 0


def test_who_may_read_a_copy_is_who_may_read_the_file(release_with_parquet: ReleasePaths) -> None:
    modes = {
        schema: {path.stat().st_mode & 0o777 for path in (release_with_parquet.parquet / schema).iterdir()}
        for schema in ("mart", "analyst")
    }
    assert modes == {"mart": {0o440}, "analyst": {0o444}}


def test_what_cannot_be_written_leaves_nothing_and_names_no_path(
    release: BuildRelease, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = release()
    monkeypatch.setattr(Path, "chmod", lambda *_: (_ for _ in ()).throw(OSError("no")))
    with pytest.raises(DeliveryError, match="parquet 副本未能写出"):
        write_parquet(paths, "1GB")
    assert not paths.parquet.exists()
