"""``make run`` on the shipped samples: what is published is what the specification promises."""

from __future__ import annotations

import csv
import hashlib
import json
import stat
from pathlib import Path

import duckdb
import polars as pl
from command import SAMPLES, Night
from counting import recovered, small_groups

from contracts.extracts import EXTRACT_BY_NAME

FACTS = (
    "alive",
    "registered",
    "age",
    "sex",
    "area_code",
    "hardship",
    "hard_up",
    "disability_category",
    "disability_grade",
    "ability_level",
    "lives_alone",
    "family_planning",
    "preferential",
    "long_term_care",
    "last_visit_on",
    "last_health_check_on",
    "rescued",
)
TABLES = {
    "person",
    "identity_link",
    "identity_review",
    "decision",
    "candidate",
    "quarantine",
    "delivery",
    "statistic",
    "indicator",
    "indicator_area",
    "run",
}


def test_the_night_is_published(night: Night) -> None:
    assert night.ran.status == 0, night.ran.err
    assert "已发布" in night.ran.out
    assert str(night.home / "lists" / night.region / night.day) in night.ran.out


def test_every_table_can_be_queried_without_the_pipeline(night: Night) -> None:
    names = night.query("SELECT table_name FROM information_schema.tables WHERE table_schema = 'mart'")
    assert {str(name) for (name,) in names} >= TABLES
    assert night.query("SELECT region, as_of::VARCHAR, engine FROM mart.run") == [
        (night.region, night.day, "duckdb")
    ]


def test_nothing_is_lost_between_the_door_and_the_links(night: Night) -> None:
    accounts = night.query(
        "SELECT extract, sum(rows_read) = sum(rows_accepted) + sum(rows_quarantined) FROM mart.delivery "
        "GROUP BY ALL"
    )
    assert {extract for extract, _ in accounts} == set(EXTRACT_BY_NAME)
    assert all(holds for _, holds in accounts)
    linked = night.query(
        "SELECT extract, count(*), count(DISTINCT (row_number, role)) FROM mart.identity_link GROUP BY ALL"
    )
    accepted = dict(night.query("SELECT extract, sum(rows_accepted)::BIGINT FROM mart.delivery GROUP BY ALL"))
    for extract, links, distinct in linked:
        assert links == distinct == accepted[extract] * (2 if extract == "marriage_register" else 1), extract


def test_stable_paths_lead_to_the_release(night: Night) -> None:
    warehouse = night.home / "warehouse" / night.region
    lists = night.home / "lists" / night.region
    for name in (night.day, "latest"):
        release = night.home / "releases" / night.region / name / "current"
        assert (warehouse / f"{name}.duckdb").samefile(release / "mart.duckdb")
        assert (warehouse / f"{name}.analyst.duckdb").samefile(release / "analyst.duckdb")
        assert (lists / name / "index.csv").is_file()
    mart = (warehouse / f"{night.day}.duckdb").resolve()
    assert stat.S_IMODE(mart.stat().st_mode) == 0o440
    assert stat.S_IMODE((mart.parent / "analyst.duckdb").stat().st_mode) == 0o444


def test_the_index_names_every_list_with_its_digest(night: Night) -> None:
    root = night.home / "lists" / night.region / night.day
    with (root / "index.csv").open(encoding="utf-8-sig", newline="") as file:
        index = list(csv.DictReader(file))
    assert {row["文件"] for row in index} == {
        str(path.relative_to(root)) for path in root.rglob("*") if path.is_file() and path.name != "index.csv"
    }
    for row in index:
        assert hashlib.sha256((root / row["文件"]).read_bytes()).hexdigest() == row["SHA-256"]


def test_every_candidate_is_on_a_list_with_a_masked_number(night: Night) -> None:
    root = night.home / "lists" / night.region / night.day
    listed = 0
    for path in root.glob("*/*.*.csv"):
        content = path.read_text(encoding="utf-8-sig")
        with path.open(encoding="utf-8-sig", newline="") as file:
            listed += sum(1 for _ in csv.DictReader(file))
        for (number,) in night.query(
            "SELECT DISTINCT id_number FROM mart.candidate WHERE length(id_number) = 18"
        ):
            assert str(number) not in content
    assert listed == night.query("SELECT count(*) FROM mart.candidate")[0][0] > 0


def test_indicators_are_computed_or_name_what_is_missing(night: Night) -> None:
    rows = night.query("SELECT indicator, value, status, citation, due, reached FROM mart.indicator")
    computed = {indicator for indicator, value, *_ in rows if value is not None}
    assert {"weekly_visits" if night.region == "yaohai" else "monthly_visits", "assessed_willing"} <= computed
    assert all((status == "computed") == (value is not None) for _, value, status, *_ in rows)
    assert any(str(status).startswith("缺少：") for _, _, status, *_ in rows)
    # Coverage is in the statistics, too, and is the same.
    coverage = night.query(
        "SELECT i.value, s.value FROM mart.indicator AS i JOIN mart.statistic AS s "
        "ON s.programme = i.programme AND s.measure = 'coverage' AND length(s.area_code) = 6 "
        "WHERE i.indicator LIKE 'subsidies_coverage.%'"
    )
    assert len(coverage) == 5
    assert all(ours == theirs for ours, theirs in coverage)


def test_the_analyst_file_holds_nobody(night: Night) -> None:
    names = {str(value) for (value,) in night.query("SELECT name FROM mart.person WHERE length(name) > 2")}
    numbers = {
        str(value) for (value,) in night.query("SELECT id_number FROM mart.person WHERE id_number <> ''")
    }
    ids = {str(value) for (value,) in night.query("SELECT person_id FROM mart.person")}
    path = night.home / "warehouse" / night.region / f"{night.day}.analyst.duckdb"
    with duckdb.connect(str(path), read_only=True) as con:
        tables = con.sql("SELECT table_schema, table_name FROM information_schema.tables").fetchall()
        assert tables
        for schema, table in tables:
            values = {
                str(v) for row in con.sql(f'SELECT * FROM "{schema}"."{table}"').fetchall() for v in row
            }
            assert not values & (names | numbers | ids), f"{schema}.{table}"


def test_counting_in_the_analyst_file_gives_nobody_small(night: Night) -> None:
    path = night.home / "warehouse" / night.region / f"{night.day}.analyst.duckdb"
    mart = path.with_name(f"{night.day}.duckdb")
    ((code,),) = night.query("SELECT min(area_code) FROM mart.statistic WHERE length(area_code) = 6")
    with duckdb.connect(str(path), read_only=True) as con:
        assert small_groups(con) == []
        assert recovered(con, str(mart), str(code)) == []
        ((left,),) = con.execute("SELECT count(*) FROM analyst.decision_row").fetchall()
    ((made,),) = night.query("SELECT count(*) FROM mart.decision_row")
    assert left > 0.8 * int(str(made))


def test_no_message_or_log_names_anybody(night: Night) -> None:
    output = night.ran.out + night.ran.err
    state = night.home / "state" / night.region
    output += "".join(path.read_text(encoding="utf-8") for path in state.rglob("*.json*"))
    mart = (night.home / "warehouse" / night.region / f"{night.day}.duckdb").resolve()
    output += (mart.parent / "manifest.json").read_text(encoding="utf-8")
    for name, number, phone in night.query("SELECT name, id_number, phone FROM mart.person"):
        for value in (name, number, phone):
            assert value is None or len(str(value)) < 3 or str(value) not in output


def test_no_working_files_stay(night: Night) -> None:
    assert list((night.home / "warehouse").rglob("work.duckdb*")) == []
    assert list((night.home / "releases").rglob(".building-*")) == []


def test_the_manifest_names_the_code_and_the_policy(night: Night) -> None:
    mart = (night.home / "warehouse" / night.region / f"{night.day}.duckdb").resolve()
    manifest = json.loads((mart.parent / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["region"] == night.region
    ((code, version, digest),) = night.query(
        "SELECT code_version, policy_version, policy_sha256 FROM mart.run"
    )
    assert code
    assert version
    assert len(str(digest)) == 64


def test_the_night_records_where_its_time_went(night: Night) -> None:
    steps = {
        f"{step}/{model}": seconds
        for step, model, seconds in night.query(
            "SELECT step, model, seconds FROM mart.timing WHERE kind = 'step' ORDER BY number"
        )
    }
    assert len([name for name in steps if str(name).startswith("intake/")]) == 16
    assert {"landing/batch", "identity/person", "release/analyst", "release/lists"} <= steps.keys()
    rows = dict(night.query("SELECT step || '.' || model, rows FROM mart.timing WHERE kind = 'model'"))
    for table in ("facts.person", "decisions.finding", "decisions.candidate", "lists.line", "mart.person"):
        assert rows[table] is not None
    assert rows["mart.person"] == night.query("SELECT count(*) FROM mart.person")[0][0]
    ((apart,),) = night.query(
        "SELECT count(*) FROM (SELECT step, sum(seconds) AS parts FROM mart.timing WHERE kind = 'model' "
        "GROUP BY step) AS m JOIN (SELECT step, sum(seconds) AS whole FROM mart.timing WHERE kind = 'step' "
        "GROUP BY step) AS s USING (step) WHERE parts > whole"
    )
    assert apart == 0
    mart = (night.home / "warehouse" / night.region / f"{night.day}.duckdb").resolve()
    timing = json.loads((mart.parent / "manifest.json").read_text(encoding="utf-8"))["timing"]
    assert timing["model"]["mart.person"]["rows"] == rows["mart.person"]
    assert timing["step"].keys() == {name.replace("/", ".") for name in steps}


def clear_people(night: Night) -> pl.DataFrame:
    """Truth about registered people all of whose rows everywhere are undamaged, with the person_id given."""
    truth = SAMPLES / "truth" / night.region / night.day
    rows = pl.read_parquet(truth / "row.parquet")
    spoilt = rows.filter((pl.col("damage_kinds").list.len() > 0) | pl.col("quarantined"))["true_person"]
    links = pl.DataFrame(
        night.query(
            "SELECT row_number, person_id FROM mart.identity_link WHERE extract = 'household_register'"
        ),
        schema={"row_number": pl.Int64, "person_id": pl.String},
        orient="row",
    )
    register = rows.filter(pl.col("extract") == "household_register").join(links, on="row_number")
    person = pl.read_parquet(truth / "person.parquet")
    return (
        person.join(register.select("true_person", "person_id").unique(), on="true_person")
        .filter(~pl.col("true_person").is_in(spoilt.implode()))
        .filter(pl.col("person_id").is_unique())
    )


def test_facts_are_the_truth_where_links_are_clear(night: Night) -> None:
    found = _facts(night)
    truth = clear_people(night).select("person_id", *(pl.col(fact).cast(pl.String) for fact in FACTS))
    assert truth.height > 200
    both = truth.join(found, on="person_id", suffix="_found")
    assert both.height == truth.height
    for fact in FACTS:
        wrong = both.filter(pl.col(fact).ne_missing(pl.col(f"{fact}_found")))
        assert wrong.height == 0, (fact, wrong.height)


def _facts(night: Night) -> pl.DataFrame:
    return pl.DataFrame(
        night.query(f"SELECT person_id, {', '.join(f'{fact}::VARCHAR' for fact in FACTS)} FROM mart.person"),
        schema=dict.fromkeys(["person_id", *FACTS], pl.String),
        orient="row",
    )


def test_the_age_allowance_goes_to_whom_the_truth_says(night: Night) -> None:
    truth = clear_people(night)
    due = truth.filter(pl.col("alive") & pl.col("registered") & (pl.col("age") >= 80))
    eligible = {
        str(person)
        for (person,) in night.query(
            "SELECT person_id FROM mart.decision WHERE programme = 'age_allowance' AND decision = 'eligible'"
        )
    }
    assert due.height > 0
    assert eligible & set(truth["person_id"]) == set(due["person_id"])


def test_the_yearly_check_is_due_to_whom_the_truth_says(night: Night) -> None:
    truth = clear_people(night)
    due = truth.filter(
        pl.col("alive") & pl.col("registered") & (pl.col("age") >= 65) & ~pl.col("health_checked_this_year")
    )
    listed = {
        str(person)
        for (person,) in night.query(
            "SELECT person_id FROM mart.candidate WHERE programme = 'health_management' "
            "AND action IN ('due', 'declined')"
        )
    }
    assert listed & set(truth["person_id"]) == set(due["person_id"])


def test_the_dead_are_on_no_list_but_to_stop(night: Night) -> None:
    dead = night.query(
        "SELECT c.action FROM mart.candidate AS c JOIN mart.person AS p USING (person_id) WHERE NOT p.alive"
    )
    assert {action for (action,) in dead} <= {"stop", "verify"}


def test_both_regions_share_a_home(samples: dict[str, Night]) -> None:
    homes = {night.home for night in samples.values()}
    assert len(homes) == 1
    root: Path = homes.pop() / "releases"
    assert {path.name for path in root.iterdir()} == {"yaohai", "yanling"}
