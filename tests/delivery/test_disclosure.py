"""No small group in the tables of people, however they are counted; and no more is lost than must be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from counting import recovered, small_groups
from hypothesis import given, settings
from hypothesis import strategies as st

from delivery.world import AS_OF
from outreach.delivery import build_mart, plan_release, read_mart, write_analyst
from outreach.delivery.databases.disclosure import empty_rare_facts, empty_rare_values, empty_small_towns
from outreach.engine import Warehouse


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as con:
        con.execute("CREATE SCHEMA release_key")
        yield con


ROWS = st.lists(st.tuples(st.sampled_from(["a", "b", "c", None]), st.sampled_from([1, 2, None])), max_size=40)


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_no_value_of_fewer_than_five_rows_stays_and_what_stays_is_true(
    rows: list[tuple[str | None, int | None]],
) -> None:
    with duckdb.connect() as con:
        con.execute("CREATE TABLE fact (key BIGINT, word VARCHAR, number INTEGER)")
        for key, row in enumerate(rows):
            con.execute("INSERT INTO fact VALUES (?, ?, ?)", [key, *row])
        for column in ("word", "number"):
            empty_rare_values(con, "fact", column, (column,))
            assert not empty_rare_values(con, "fact", column, (column,))
        left = con.execute("SELECT word, number FROM fact ORDER BY key").fetchall()
    for was, now in ([[row[column] for row in table] for table in (rows, left)] for column in (0, 1)):
        counts = Counter(now)
        assert all(people >= 5 for value, people in counts.items() if value is not None)
        assert not (0 < counts[None] < 5) or counts[None] == len(now)
        assert all(after in (None, before) for before, after in zip(was, now, strict=True))
        assert {v for v, people in Counter(was).items() if v is not None and people >= 10} <= set(counts)


def test_facts_that_reveal_each_other_are_emptied_together(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(
        "CREATE TABLE release_key.fact AS SELECT i AS key, 'M' AS sex, '60-64' AS age_group, TRUE AS alive, "
        "TRUE AS registered, i % 2 = 0 AS lives_alone, i < 3 AS destitute, i < 20 AS hard_up, "
        "CASE WHEN i < 3 THEN 'destitute' WHEN i < 20 THEN 'minimum' ELSE 'none' END AS hardship "
        "FROM range(60) AS t(i)"
    )
    empty_rare_facts(con)
    rows = con.execute(
        "SELECT hardship, destitute, hard_up, lives_alone FROM release_key.fact ORDER BY key"
    ).fetchall()
    assert {row[:3] for row in rows[:3]} == {(None, None, None)}
    assert sum(row[0] is None for row in rows) == 5
    assert all((row[0] is None) == (row[1] is None) == (row[2] is None) for row in rows)
    assert None not in {row[3] for row in rows}


def test_what_is_common_in_all_may_be_rare_among_the_old(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(
        "CREATE TABLE release_key.fact AS SELECT i AS key, 'M' AS sex, TRUE AS alive, TRUE AS registered, "
        "CASE WHEN i < 30 THEN '70-74' ELSE '20-24' END AS age_group, "
        "i >= 27 AND i < 50 AS severely_disabled FROM range(90) AS t(i)"
    )
    empty_rare_facts(con)
    old = con.execute(
        "SELECT severely_disabled, count(*) FROM release_key.fact WHERE age_group = '70-74' GROUP BY ALL"
    ).fetchall()
    assert dict(old) == {None: 5, False: 25}


PLACES = st.lists(
    st.tuples(st.sampled_from(["1", "2", "3", None]), st.sets(st.integers(1, 4), min_size=1)), max_size=60
)


@settings(max_examples=40, deadline=None)
@given(PLACES)
def test_no_group_is_small_in_a_town_nor_among_those_without_one(
    people: list[tuple[str | None, set[int]]],
) -> None:
    with duckdb.connect() as con:
        con.execute(
            "CREATE SCHEMA release_key; CREATE TABLE release_key.place (key BIGINT, town_code VARCHAR)"
        )
        con.execute("CREATE TABLE release_key.place_group (key BIGINT, place_group BIGINT)")
        for key, (town, groups) in enumerate(people):
            con.execute("INSERT INTO release_key.place VALUES (?, ?)", [key, town])
            con.executemany("INSERT INTO release_key.place_group VALUES (?, ?)", [(key, g) for g in groups])
        empty_small_towns(con)
        counts = con.execute(
            "SELECT place_group, town_code, count(*) FROM release_key.place "
            "JOIN release_key.place_group USING (key) GROUP BY ALL"
        ).fetchall()
    sizes = Counter(group for _, groups in people for group in groups)
    for group, town, number in counts:
        assert number >= 5 or (town is None and number == sizes[group]), (group, town, number)


def test_plain_counting_gives_no_small_group(night: Warehouse, home: Path) -> None:
    con = night.con
    # A line of one, an amount of one, a town of two, a rare age, a rare fact.
    con.execute("UPDATE decisions.candidate SET action = 'stop', stop_evidence = 'x' WHERE person_key = 4")
    con.execute("UPDATE decisions.candidate SET amount_monthly = 777 WHERE person_key = 16")
    paths = plan_release(home, "yaohai", AS_OF, "run-1")
    build_mart(night, paths)
    with read_mart(night, paths):
        write_analyst(night, paths)
    mart = str(paths.mart if paths.mart.exists() else paths.mart_file)
    with duckdb.connect(str(paths.analyst), read_only=True) as file:
        assert small_groups(file) == []
        assert recovered(file, mart, "340102") == []
        assert file.execute("SELECT count(*) FROM analyst.candidate").fetchall() != [(0,)]
