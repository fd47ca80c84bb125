"""One person decided through the library is decided as the night decides them; mistakes are named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import dagster as dg
import duckdb
import pytest
from command import SAMPLES

import assets.decisions
import outreach
from contracts.facts import DERIVED_FROM, FACTS
from outreach.deployment import Deployment
from outreach.engine import Warehouse
from outreach.policy import Policy, decide
from outreach.policy.person_facts import DATED
from pipelines.definitions import build_defs
from pipelines.partitions import night_key

AS_OF = date(2026, 11, 20)
REGION = "yaohai"
EACH = 5
"""People of a night who are looked at for every rule of an action."""
UNSURE = (
    "facts.guard",
    "identity.possible_link",
    "facts.not_begun",
    "facts.swapped_death",
)
"""What a night knows of its rows and no fact says: who has such a row is decided by it."""


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """The working tables of a night of the committed sample, as they are when its decisions are made."""
    home, kept = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("kept") / "work.duckdb"

    def keep(warehouse: Warehouse, policy: Policy) -> Any:
        report = decide(warehouse, policy)
        ((name,),) = warehouse.con.execute("SELECT current_database()").fetchall()
        warehouse.con.execute(f"ATTACH '{kept}' AS kept")
        for schema, table in warehouse.con.execute(
            "SELECT schema_name, table_name FROM duckdb_tables() WHERE schema_name IN ('facts', 'decisions') "
            "UNION SELECT schema_name, view_name FROM duckdb_views() "
            "WHERE schema_name IN ('facts', 'decisions') UNION SELECT 'identity', 'possible_link'"
        ).fetchall():
            warehouse.con.execute(f"CREATE SCHEMA IF NOT EXISTS kept.{schema}")
            warehouse.con.execute(f"CREATE TABLE kept.{schema}.{table} AS FROM {name}.{schema}.{table}")
        warehouse.con.execute("DETACH kept")
        return report

    with pytest.MonkeyPatch.context() as patch, dg.DagsterInstance.ephemeral() as instance:
        patch.setattr(assets.decisions, "decide", keep)
        job = build_defs(Deployment.find(home, SAMPLES), including=AS_OF).resolve_job_def("nightly")
        assert job.execute_in_process(instance=instance, partition_key=night_key(REGION, AS_OF)).success
    with duckdb.connect(str(kept), read_only=True) as con:
        yield con


def rows(con: duckdb.DuckDBPyConnection, sql: str, *values: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = con.sql(sql, params=list(values)).to_arrow_table().to_pylist()
    return found


def facts_of(con: duckdb.DuckDBPyConnection, key: int, *, derived: bool) -> dict[str, Any]:
    """What the night knows of a person, by the names of the library; without what follows from the rest."""
    (row,) = rows(con, "FROM facts.person WHERE person_key = ?", key)
    names = [fact.name for fact in (*FACTS, *DATED)]
    if not derived:
        # they rest on other people's rows, or on more days than the facts keep
        not_alone = {"household_has_carer", "household_carers", "no_supporter", "last_sign_of_life_on"}
        follows = {n for n, sources in DERIVED_FROM.items() if all(row[s] is not None for s in sources)}
        names = [n for n in names if n not in follows - not_alone]
    facts = {name: row[name] for name in names}

    def of(table: str) -> list[dict[str, Any]]:
        return rows(con, f"FROM facts.{table} WHERE person_key = ?", key)

    facts["receiving"] = {
        r["programme"]: {n: r[n] for n in ("amount", "start_month", "last_paid_month", "grade")}
        for r in of("receiving")
    }
    facts["served"] = [r["programme"] for r in of("served")]
    facts["declined"] = {r["programme"]: r["declined_on"] for r in of("declined")}
    facts["agreed"] = {r["programme"]: r["said_on"] for r in of("wish") if r["result"] == "同意"}
    facts["contacts"] = {
        r["programme"]: {n: r[n] for n in ("said", "said_on", "about")}
        for r in of("last_contact")
        if r["said"]
    }
    for report in of("reported"):
        facts["reported"] = {n: report[n] for n in ("kind", "reported_on", "source")}
    for doubt in of("doubt"):
        facts["doubt"] = doubt["kind"]
    facts["grades"] = {r["extract"]: r["grade"] for r in of("grade")}
    facts["named_in"] = [r["extract"] for r in of("named")]
    facts["ended"] = {r["fact"]: r["ended_on"] for r in of("ended") if r["ended_on"]}
    return facts


def looked_at(con: duckdb.DuckDBPyConnection) -> list[int]:
    """Some people for every rule that gave a line, and some of whom nothing is to be done."""
    unsure = " UNION ".join(f"SELECT person_key FROM {table}" for table in UNSURE)
    sure = (
        "SELECT p.person_key, p.household_id FROM facts.person AS p "
        "WHERE NOT EXISTS (SELECT 1 FROM "
        f"({unsure}) AS u INNER JOIN facts.person AS m ON m.person_key = u.person_key "
        "WHERE m.person_key = p.person_key OR m.household_id = p.household_id) "
        # what is paused or about to run out, and that there is no sign of life, only a night finds out
        "AND NOT EXISTS (SELECT 1 FROM decisions.candidate AS r WHERE r.person_key = p.person_key "
        "AND (r.rule IN ('recheck:suspended', 'recheck:expiring') "
        "OR (r.rule = 'recheck:no_sign_of_life' AND p.last_sign_of_life_on IS NULL)))"
    )
    return [
        key
        for (key,) in con.execute(
            f"SELECT DISTINCT person_key FROM (SELECT s.person_key, row_number() OVER (PARTITION BY c.rule "
            f"ORDER BY md5(CAST(s.person_key AS VARCHAR))) AS place FROM ({sure}) AS s "
            f"LEFT JOIN decisions.candidate AS c ON c.person_key = s.person_key) "
            f"WHERE place <= {EACH} ORDER BY 1"
        ).fetchall()
    ]


def test_the_night_and_the_library_decide_alike(night: duckdb.DuckDBPyConnection) -> None:
    people = looked_at(night)
    assert len(people) > 15
    policy = outreach.load_policy(REGION, as_of=AS_OF)
    seen = set()
    for place, key in enumerate(people):
        derived = place % 2 == 0
        (own,) = rows(night, "SELECT household_id FROM facts.person WHERE person_key = ?", key)
        mates = rows(
            night,
            "SELECT person_key FROM facts.person WHERE household_id = ? AND person_key <> ? ORDER BY 1",
            own["household_id"],
            key,
        )
        decided = outreach.decide_person(
            facts_of(night, key, derived=derived),
            policy,
            AS_OF,
            household=[facts_of(night, mate["person_key"], derived=derived) for mate in mates],
        )
        assert [d.programme for d in decided] == [p.id for p in policy.programmes]
        by_night = {
            line["programme"]: (
                line["action"],
                line["rule"],
                line["amount_monthly"],
                line["current_amount"],
                line["effective_on"],
                line["first_payment_month"],
                line["reason_text"],
            )
            for line in rows(night, "FROM decisions.candidate WHERE person_key = ?", key)
        }
        by_library = {
            d.programme: (
                d.action,
                d.rule,
                d.amount,
                d.current_amount,
                d.since,
                d.first_payment_month,
                d.reason,
            )
            for d in decided
            if d.action is not None
        }
        assert by_library == by_night
        reasons = {
            line["programme"]: (line["decision"], [(c["name"], c["value"]) for c in line["conditions"]])
            for line in rows(night, "FROM decisions.decision WHERE person_key = ?", key)
        }
        of_library = {d.programme: (d.decision, [(c.name, c.value) for c in d.conditions]) for d in decided}
        assert {name: of_library[name] for name in reasons} == reasons
        left_out = {name for name in of_library if name not in reasons}
        assert {of_library[name][0] for name in left_out} <= {"ineligible", "outside"}
        seen |= {line[0] for line in by_night.values()}
    assert {"add", "keep", "stop", "verify", "due", "upcoming"} <= seen


FACTS_OF_ONE = {"registered": True, "birth_date": date(1941, 3, 12)}


def one(programme: str = "age_allowance", **facts: Any) -> outreach.ProgrammeDecision:
    decided = outreach.decide_person({**FACTS_OF_ONE, **facts}, "yanling", AS_OF)
    return next(d for d in decided if d.programme == programme)


def test_what_is_not_given_is_unknown() -> None:
    assert one().action == "verify"  # nobody knows whether it is being paid
    assert one(receiving={}).action == "add"
    (unknown,) = {d.decision for d in outreach.decide_person({}, "yanling", AS_OF) if d.mode == "auto"}
    assert unknown == "unknown"


def test_an_amount_can_be_given_as_a_number_a_text_or_with_its_months() -> None:
    for amount in (50, "50", 50.0, {"amount": 50, "start_month": "2026-01-01"}):
        assert one(receiving={"age_allowance": amount}).action == "keep"
    lower = one(receiving={"age_allowance": 30})
    assert (lower.action, lower.amount, lower.current_amount) == ("adjust", Decimal(50), Decimal(30))


def test_a_dead_person_is_stopped_with_the_money_paid_since() -> None:
    paid = {"amount": 50, "start_month": date(2025, 1, 1), "last_paid_month": date(2026, 10, 1)}
    stop = one(registered=False, died_on="2026-07-15", receiving={"age_allowance": paid})
    assert (stop.action, stop.rule, stop.since) == ("stop", "stop:dead", date(2026, 7, 15))
    assert "2026-08至2026-10多发3个月，计150.00元" in stop.reason


def test_of_a_programme_of_one_to_a_household_one_member_has_it() -> None:
    right = {"hardship_rolls": [12], "disability_grade": "1", "receiving": {}}
    elder = {**FACTS_OF_ONE, **right, "birth_date": "1935-01-01"}

    def of_household(household: list[dict[str, Any]] | None) -> outreach.ProgrammeDecision:
        decided = outreach.decide_person({**FACTS_OF_ONE, **right}, "yanling", AS_OF, household=household)
        return next(d for d in decided if d.programme == "home_adaptation")

    unknown, alone, with_elder = of_household(None), of_household([]), of_household([elder])
    assert (unknown.decision, unknown.rule) == ("eligible", "verify:household")
    assert (alone.decision, alone.action) == ("eligible", "add")
    assert (with_elder.decision, with_elder.action) == ("ineligible", None)
    assert "同户" in with_elder.reason


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"hard_upp": True}, "没有名为 `hard_upp` 的事实；是否应为 `hard_up`"),
        ({"经济困难": True}, "是否应为 `hard_up`"),
        ({"zzz": None}, "known_facts"),
        ({"age": "85"}, "`age`（周岁）应为整数，不能是 str"),
        ({"age": True}, "应为整数，不能是 bool"),
        ({"alive": 1}, "`alive`（在世）应为True 或 False"),
        ({"birth_date": "1941-13-01"}, "应为日期"),
        ({"hardship_rolls": 11}, "应为整数列表"),
        ({"hardship": "poor"}, "只能是 minimum_living"),
        ({"age": 70, "birth_date": "1941-03-12"}, "`age` 与 `birth_date` 矛盾：按 `birth_date` 应为 85"),
        ({"hard_up": False, "hardship_rolls": [11]}, "`hard_up` 与 `hardship_rolls` 矛盾"),
        ({"receiving": {"age_alowance": 50}}, "是否应为 `age_allowance`"),
        ({"receiving": {"age_allowance": "五十"}}, "应为金额"),
        ({"receiving": {"age_allowance": {"ammount": 50}}}, "是否应为 `amount`"),
        ({"grades": {"hardship_rol": "review"}}, "是否应为 `hardship_roll`"),
        ({"declined": {"age_allowance": "soon"}}, "应为日期"),
    ],
)
def test_a_wrong_fact_is_named_and_the_nearest_suggested(facts: dict[str, Any], expected: str) -> None:
    with pytest.raises(outreach.ArgumentError) as error:
        outreach.decide_person(facts, "yanling", AS_OF)
    assert expected in str(error.value)


def test_a_policy_is_of_its_day_and_region() -> None:
    policy = outreach.load_policy("yanling", as_of=AS_OF)
    with pytest.raises(outreach.ArgumentError, match="2026-11-20"):
        outreach.decide_person({}, policy, date(2027, 1, 1))
    with pytest.raises(outreach.OutreachError, match="没有地区 `nowhere`"):
        outreach.decide_person({}, "nowhere", AS_OF)
    with pytest.raises(outreach.ArgumentError, match="as_of"):
        outreach.decide_person({}, "yanling", "today")


def test_no_message_holds_what_was_given_of_a_person() -> None:
    with pytest.raises(outreach.ArgumentError) as error:
        outreach.decide_person({"birth_date": "19410312 王秀英"}, "yanling", AS_OF)
    assert "王秀英" not in str(error.value)


def test_importing_the_library_reads_nothing_large() -> None:
    import subprocess
    import sys

    large = "assert not {'duckdb', 'polars', 'dagster', 'pydantic', 'sqlglot'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", f"import sys, outreach; dir(outreach); {large}"], check=True)
