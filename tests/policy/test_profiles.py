"""Profiles: what they keep apart, and that deciding them is deciding every person alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlglot
from sqlglot import exp
from world import AS_OF, World, person

from outreach.policy import Policy, decide, load_policy
from outreach.policy.compile.profiles import code_facts, make_profiles
from outreach.policy.language.expressions import parse_condition


def profiles_of(people: list[dict[str, Any]], *conditions: str) -> tuple[dict[int, int], list[Any]]:
    """Each person's profile, and for each whether every condition means the same of both."""
    trees = [parse_condition(sql, {}).tree for sql in conditions]
    values = ", ".join(f"({sql})" for sql in conditions)
    with World(people).build(Path(":memory:")) as warehouse:
        con = warehouse.con
        make_profiles(con, code_facts(trees))
        found = dict(con.execute("SELECT person_key, profile FROM decisions.person_profile").fetchall())
        astray = con.execute(
            f"SELECT r.person_key FROM decisions.person_profile AS r "
            f"JOIN (SELECT person_key, [{values}] AS values_read FROM facts.person) AS p USING (person_key) "
            f"JOIN (SELECT profile, [{values}] AS values_read FROM decisions.profile) AS f USING (profile) "
            "WHERE p.values_read IS DISTINCT FROM f.values_read"
        ).fetchall()
    return found, astray


def test_ages_between_two_thresholds_are_one_profile() -> None:
    people = [person(age, age=age) for age in range(55, 95)] + [person(200, birth_date=None)]
    found, astray = profiles_of(
        people, "age >= 60", "80 <= age", "age BETWEEN 65 AND 69", "age = 90", "NOT age > 91", "age IS NULL"
    )
    assert astray == []
    bands = [
        range(55, 60),
        range(60, 65),
        range(65, 70),
        range(70, 80),
        range(80, 90),
        [90],
        [91],
        range(92, 95),
    ]
    assert [len({found[age] for age in band}) for band in bands] == [1] * len(bands)
    assert len(set(found.values())) == len(bands) + 1


def test_unknown_is_a_profile_of_its_own() -> None:
    people = [person(1, ability_level=3), person(2, ability_level=0), person(3), person(4)]
    people[3] |= {"unable_to_self_care": False}
    found, astray = profiles_of(people, "unable_to_self_care")
    assert astray == []
    assert found[2] == found[4]
    assert len(set(found.values())) == 3


def test_texts_are_distinguished_by_what_they_are_compared_with() -> None:
    people = [person(i, disability_grade=grade) for i, grade in enumerate(["1", "2", "3", "4", "none"])]
    people.append(person(9) | {"disability_grade": None})
    found, astray = profiles_of(people, "disability_grade IN ('1', '2')", "disability_grade <> '4'")
    assert astray == []
    assert found[2] == found[4]
    assert len(set(found.values())) == 5


@pytest.mark.parametrize(
    "condition",
    [
        "coalesce(age, 0) >= 60",
        "age >= CASE WHEN sex = 'F' THEN 55 ELSE 60 END",
        "nullif(disability_grade, 'none') = '1'",
        "age > ability_level",
        "age >= 60.5",
        "60 IN (age, ability_level)",
    ],
)
def test_facts_used_in_any_other_way_are_kept_whole(condition: str) -> None:
    people = [
        person(i, age=50 + i, sex="MF"[i % 2], disability_grade=["1", "none"][i % 2], ability_level=level)
        for i, level in enumerate([None, 0, 1, 2, 3, 4, None, 1, 2, 60, 61, 62])
    ]
    people.append(person(50, birth_date=None))
    _, astray = profiles_of(people, condition, "age >= 58")
    assert astray == []


def test_more_facts_than_one_key_holds() -> None:
    facts = ["hard_up", "destitute", "on_margin", "has_certificate", "lives_alone", "empty_nest"]
    ages = [f"age >= {n}" for n in range(1, 120)]
    days = [f"days_since_visit > {n}" for n in range(1, 400)]
    levels = [f"ability_level = {n}" for n in range(60)]
    everything = [*facts, *ages, *days, *levels, *(f"sex = '{s}'" for s in "MF"), "rescued", "registered"]
    more = [
        f"{fact} IS NULL" for fact in ("last_visit_on", "birth_date", "married_to", "last_health_check_on")
    ]
    booleans = ["alive", "on_minimum_living", "on_expenditure", "on_poverty_watch", "severely_disabled"]
    booleans += ["disabled_old", "partly_unable", "left_behind", "has_supporter", "fp_special"]
    booleans += [
        "periodic_pension",
        "work_injury_care",
        "long_term_care",
        "ever_visited",
        "employee_pension_open",
    ]
    trees = [sqlglot.parse_one(sql, read="duckdb") for sql in [*everything, *more, *booleans]]
    assert len(code_facts(trees).keys) > 1
    people = [person(i, age=i, days_since_visit=i % 7, ability_level=i % 5) for i in range(1, 100)]
    found, astray = profiles_of(people, *everything, *more, *booleans)
    assert astray == []
    assert len(set(found.values())) == len(people)


def test_a_policy_of_no_programme_decides_nobody() -> None:
    policy = load_policy("yaohai", as_of=AS_OF).only([])
    with World([person(1), person(2)]).build(Path(":memory:")) as warehouse:
        assert decide(warehouse, policy).decisions == {}


def _policy(tmp_path: Path, programmes: str, parameters: str = "", groups: str = "") -> Policy:
    """A set of policies with one region in it."""
    from outreach.policy.language.files import SHIPPED

    folder = tmp_path / "policies"
    folder.mkdir()
    (folder / "terms.yaml").write_text((SHIPPED / "terms.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "yaohai.yaml").write_text(
        'region: yaohai\ncode: "340102"\nname: 瑶海区\nversion: t/1\n'
        "document: {title: 试, draft: true, in_force_from: 2020-01-01}\nlast_confirmed: 2026-11-21\n"
        f"{groups}{parameters}programmes:\n{programmes}",
        encoding="utf-8",
    )
    return load_policy("yaohai", folder, as_of=AS_OF)


def _conditions(count: int) -> str:
    """``count`` conditions, of which number i asks for an age of i."""
    return "".join(
        f"      - {{name: c{i}, label: 第{i}项, sql: {'age >= ' + str(i) if i else 'lives_alone'}}}\n"
        for i in range(count)
    )


def test_a_programme_may_have_more_conditions_than_a_number_has_bits(tmp_path: Path) -> None:
    policy = _policy(
        tmp_path,
        "  - id: many\n    item: 第1项\n    name: 多\n    mode: auto\n    clause: 多\n    conditions:\n"
        + _conditions(40),
    )
    people = [
        person(1, age=70, lives_alone=True),
        person(2, age=20, lives_alone=True),
        person(3, age=70) | {"lives_alone": None},
        person(4, age=71, lives_alone=True),
    ]
    receiving = [{"person_key": 2, "programme": "many"}]
    with World(people, receiving=receiving).build(Path(":memory:")) as warehouse:
        decide(warehouse, policy)
        rows = {
            key: (decision, pattern, {c["name"]: c["value"] for c in conditions}, missing, why_not)
            for key, decision, pattern, conditions, missing, why_not in warehouse.con.execute(
                "SELECT person_key, decision, pattern, conditions, missing, why_not FROM decisions.decision"
            ).fetchall()
        }
    assert {key: row[0] for key, row in rows.items()} == {
        1: "eligible",
        2: "ineligible",
        3: "unknown",
        4: "eligible",
    }
    assert rows[1][1] == rows[4][1] != rows[3][1]
    assert all(rows[1][2].values())
    assert len(rows[1][2]) == 42
    assert [name for name, value in rows[2][2].items() if not value] == [f"c{i}" for i in range(21, 40)]
    assert [name for name, value in rows[3][2].items() if value is None] == ["c0"]
    assert rows[3][3] == [{"fact": "lives_alone", "extract": "care_survey"}]
    assert rows[2][4].startswith("第21项、第22项")


def test_who_gives_way_is_decided_person_by_person(tmp_path: Path) -> None:
    """Two of one profile: what is being paid above a floor decides for one of them alone."""
    programme = (
        "  - id: {id}\n    item: 第1项\n    name: {id}\n    mode: auto\n    clause: 补\n    conditions:\n"
        "      - {{name: age, label: 年满60周岁, sql: age >= 60}}\n"
        "    amount: {{floor: true, parameter: {id}_rate}}\n"
    )
    rate = "  {id}_rate: {{label: 补, unit: 元/人·月, values: [{{from: 2020-01-01, value: {value}}}]}}\n"
    policy = _policy(
        tmp_path,
        programme.format(id="high") + programme.format(id="low"),
        "parameters:\n" + rate.format(id="high", value=80) + rate.format(id="low", value=60),
        "groups:\n  pair: [high, low]\n",
    )
    receiving = [{"person_key": 2, "programme": "low", "amount": 100}]
    with World([person(1, age=70), person(2, age=70)], receiving=receiving).build(
        Path(":memory:")
    ) as warehouse:
        decide(warehouse, policy)
        (profiles,) = warehouse.con.execute("SELECT count(*) FROM decisions.profile").fetchall()
        represented = warehouse.con.execute(
            "SELECT person_key, programme FROM decisions.verdict WHERE decision = 'eligible' ORDER BY ALL"
        ).fetchall()
    assert profiles == (1,)
    assert represented == [(1, "high"), (2, "low")]


def test_a_threshold_crossed_soon_is_a_profile_though_nobody_has_it_today() -> None:
    people = [person(1, birth_date=date(1946, 12, 5))]
    policy = load_policy("yanling", as_of=AS_OF).only(["age_allowance"])
    with World(people, region="yanling").build(Path(":memory:")) as warehouse:
        decide(warehouse, policy)
        con = warehouse.con
        assert con.execute("SELECT profile, people FROM decisions.profile ORDER BY ALL").fetchall() == [
            (1, 1),
            (2, 0),
        ]
        assert con.execute("SELECT person_key, on_day, today FROM decisions.forecast").fetchall() == [
            (1, date(2026, 12, 5), False)
        ]
        # nobody is decided by a profile of another day
        assert con.execute("SELECT count(*) FROM decisions.evaluated").fetchall() == [(0,)]


def test_every_region_means_the_same_of_a_profile_as_of_a_person() -> None:
    """Every condition of every region, on people who differ in all that conditions ask for."""
    people = [
        person(
            i,
            age=[None, 17, 18, 59, 60, 64, 65, 79, 80, 90, 99, 100][i % 12],
            hardship_rolls=[[], [11], [12], [13], [21], [22], [31]][i % 7],
            disability_grade=["none", "1", "2", "3", "4"][i % 5],
            ability_level=[None, 0, 1, 2, 3, 4][i % 6],
            family_planning=["none", "bereaved", "disabled_child", "one_child"][i % 4],
            preferential=["none", "1", "3", "6"][(i // 3) % 4],
            days_since_visit=[None, 0, 7, 8, 31, 32][(i // 2) % 6],
            lives_alone=[None, True, False][i % 3],
            absent=[(), ("hardship_roll",), ("visit_log", "disability_certificate")][(i // 5) % 3],
        )
        for i in range(1, 400)
    ]
    for region in ("yaohai", "yanling", "shenyang", "shiyan", "changchun"):
        policy = load_policy(region, as_of=AS_OF)
        conditions = {c.expression.sql() for p in policy.programmes for c in p.conditions}
        _, astray = profiles_of(people, *sorted(conditions))
        assert astray == [], region


def test_keys_are_whole_numbers_that_a_double_holds() -> None:
    trees = [exp.column(name) for name in ("alive", "registered", "hard_up")]
    (key,) = code_facts(trees).keys
    assert [weight for _, weight in key] == [1, 3, 9]
