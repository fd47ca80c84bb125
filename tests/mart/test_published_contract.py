"""What models of mart make is what contracts/published promises; the check sees what breaks the promise."""

import datetime as dt

import duckdb
import pytest
from sql_cases import Case, build_needed, empty_warehouse, fill

from contracts.facts import FACTS
from contracts.published import TABLES, check_published
from outreach.engine.models import SQL_DIR

NIGHT = Case(
    "a small night",
    {
        "household_register": [
            {"person": 1, "name": "张三"},
            {"person": 2},
            {"person": 3, "birth_date": dt.date(1940, 1, 1)},
        ],
        "ability_assessment": [{"person": 3, "assessed_on": dt.date(2026, 1, 1), "level": 3}],
        "visit_log": [{"person": 1, "name": "张三", "visited_on": dt.date(2026, 11, 1)}],
        "marriage_register": [{"husband": 1, "wife": 2, "event": 1}],
        "decisions.programme": [
            {"programme": "visit", "programme_name": "探访服务", "mode": "due", "citation": "第23项"}
        ],
        "decisions.pattern": [{"programme": "visit", "pattern": 1}],
        "decisions.dormant": [
            {"programme": "m", "programme_name": "就餐补贴", "switch": "m", "switch_label": "可适当给予"}
        ],
        "decisions.decision": [{"person": 1, "programme": "visit", "pattern": 1, "decision": "eligible"}],
        "decisions.candidate": [
            {
                "person": 1,
                "programme": "visit",
                "action": "due",
                "identity_grade": "exact",
                "reason_text": "80 周岁",
                "need_class": 4,
            }
        ],
        "decisions.queue": [
            {"programme": "visit", "class": "all", "position": 1, "label": "老年人", "classes": 1}
        ],
        "decisions.waiting": [
            {"person": 1, "programme": "visit", "agreed_on": dt.date(2026, 11, 1), "grade": "exact"}
        ],
        "decisions.waiting_class": [{"person": 1, "position": 1}],
        "run.received_outcome": [
            {
                "lot": 1,
                "received_on": dt.date(2026, 11, 20),
                "via": "landing",
                "person_id": "P1",
                "programme": "visit",
                "result": "同意",
                "contacted_on": dt.date(2026, 11, 19),
                "grade": "exact",
            }
        ],
        "identity.possible_link": [
            {"person": 1, "extract": "death_record", "row_number": 1, "role": "", "reason": "name"}
        ],
        "changes.line": [
            {"person_id": "P1", "programme": "visit", "programme_name": "探访服务", "change": "appeared"}
        ],
        "changes.cause": [
            {
                "person_id": "P1",
                "programme": "visit",
                "cause": "birthday",
                "causes": ["birthday"],
                "text": "年满80周岁",
            }
        ],
        "changes.night": [{"run_id": "R0", "as_of": dt.date(2026, 11, 19)}],
        "changes.rule": [{"programme": "visit", "part": "mode", "label": "享受方式", "rule": "定期服务"}],
        "indicators.indicator": [
            {
                "indicator": "visits",
                "measure": "visits",
                "name": "月探访率",
                "unit": "share",
                "citation": "第23项",
                "counted": True,
                "status": "computed",
            }
        ],
        "indicators.count": [
            {
                "measure": "visits",
                "area_code": "340102001001",
                "numerator": 1,
                "denominator": 2,
                "unknown": 0,
                "may_raise": 0,
                "may_lower": 0,
            }
        ],
        "run.column_code": [{"column_name": "action", "code": "due", "name": "应服务", "position": 1}],
        "run.provenance": [{"engine": "duckdb"}],
        "run.delivery": [{"extract": "visit_log", "status": "accepted"}],
        "run.quarantine": [
            {"extract": "visit_log", "severity": "value", "rule": "date", "column_name": "visited_on"}
        ],
    },
    {},
)


@pytest.fixture
def mart() -> duckdb.DuckDBPyConnection:
    con = empty_warehouse()
    fill(con, NIGHT)
    build_needed(con, {table.table for table in TABLES}, set())
    return con


def test_models_keep_the_contract(mart: duckdb.DuckDBPyConnection) -> None:
    assert check_published(mart) == []


def test_every_published_table_has_a_model_and_a_row_here(mart: duckdb.DuckDBPyConnection) -> None:
    models = {path.stem for path in (SQL_DIR / "mart").glob("*.sql")}
    assert {table.name for table in TABLES} == models
    filled = {
        table.name
        for table in TABLES
        if mart.execute(f"SELECT count(*) FROM {table.table}").fetchall()[0][0] > 0
    }
    assert models - filled == {
        "identity_review",
        "identity_review_record",
        "identity_evidence",
        "identity_pattern",
        "identity_quality",
        "identity_weight",
        "question",
    }


def test_facts_have_the_types_of_their_contract(mart: duckdb.DuckDBPyConnection) -> None:
    rows = mart.execute("DESCRIBE facts.person").fetchall()
    types = {name: kind for name, kind, *_ in rows}
    assert {fact.name: types.get(fact.name) for fact in FACTS} == {fact.name: fact.sql_type for fact in FACTS}


@pytest.mark.parametrize(
    ("damage", "finding"),
    [
        ("DROP TABLE mart.indicator", "mart.indicator: the table is missing"),
        ("ALTER TABLE mart.person DROP hard_up", "mart.person.hard_up: the column is missing"),
        (
            "ALTER TABLE mart.statistic ALTER value TYPE VARCHAR",
            "mart.statistic.value: is VARCHAR, promised is DOUBLE",
        ),
        (
            "UPDATE mart.candidate SET action = 'pay'",
            "mart.candidate.action: 1 rows hold a value that is not",
        ),
        ("UPDATE mart.person SET alive = NULL", "mart.person.alive: 3 rows have no value"),
        (
            "INSERT INTO mart.decision SELECT * FROM mart.decision",
            "mart.decision: 1 rows repeat the key (person_id, programme)",
        ),
        (
            "UPDATE mart.identity_link SET person_id = 'X' WHERE role = 'wife'",
            "mart.identity_link: 1 rows name a person who is not in mart.person",
        ),
        ("DELETE FROM mart.run", "mart.run: has 0 rows, promised is one"),
    ],
)
def test_check_sees_a_broken_promise(mart: duckdb.DuckDBPyConnection, damage: str, finding: str) -> None:
    mart.execute(damage)
    found = check_published(mart)
    assert len(found) == 1
    assert found[0].startswith(finding)


def test_findings_hold_no_persons_data(mart: duckdb.DuckDBPyConnection) -> None:
    mart.execute("UPDATE mart.person SET identity_grade = name")
    assert "张三" not in " ".join(check_published(mart))
