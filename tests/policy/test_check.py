"""The policy checked and compared by proof: the shipped set passes, seeded mistakes are found."""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import duckdb
import polars as pl
import pytest
from test_files import spoil
from world import AS_OF, World, person

from outreach.policy import decide, load_policy, regions
from outreach.policy.language.files import SHIPPED
from outreach.policy.proofs.check import Finding, check_indicators, check_policy
from outreach.policy.proofs.compare import Comparison, compare


@pytest.fixture
def policies(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path / "policies"))


def errors(policies: Path, region: str = "yanling", *only: str) -> list[Finding]:
    policy = load_policy(region, policies, as_of=AS_OF)
    found = check_policy(policy.only(only) if only else policy)
    return [f for f in found if f.severity == "error" and not (only and f.programme is None)]


def test_the_shipped_set_has_no_errors() -> None:
    assert errors(SHIPPED, "yaohai") == []
    assert errors(SHIPPED, "yanling") == []


def test_a_band_that_begins_too_late_leaves_an_eligible_person_without(policies: Path) -> None:
    spoil(policies, "{from: 80, upto: 89, parameter", "{from: 82, upto: 89, parameter")
    (finding,) = errors(policies, "yanling", "age_allowance")
    assert "有遗漏" in finding.message
    assert finding.person["age"] in (80, 81)


def test_cases_that_leave_a_hole_or_overlap(policies: Path) -> None:
    spoil(
        policies,
        "when: partly_unable, parameter: care_subsidy_partly",
        "when: ability_level = 1, parameter: care_subsidy_partly",
        "yaohai.yaml",
    )
    (finding,) = errors(policies, "yaohai", "care_service_subsidy")
    assert finding.person["ability_level"] == 2
    spoil(
        policies, "when: ability_level = 1, parameter", "when: ability_level >= 1, parameter", "yaohai.yaml"
    )
    (finding,) = errors(policies, "yaohai", "care_service_subsidy")
    assert "有重叠" in finding.message


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("age >= 80 AND age < 80", "各条件互相矛盾，没有人能同时符合"),
        ("age >= 80 OR age < 80", "永远成立"),
        ("hard_up AND NOT hard_up AND aged", "各条件互相矛盾，没有人能同时符合"),
    ],
)
def test_a_dead_condition_is_found(policies: Path, sql: str, expected: str) -> None:
    spoil(policies, "sql: aged}", f'sql: "{sql}"}}')
    assert any(expected in finding.message for finding in errors(policies, "yanling", "age_allowance"))


def test_conditions_that_contradict_each_other_by_what_facts_mean(policies: Path) -> None:
    spoil(
        policies,
        "{name: not_destitute, label: 非特困, fails: 属于特困供养对象, sql: NOT destitute}\n"
        "      - {name: ability",
        "{name: x, label: 特困, sql: NOT hard_up}\n      - {name: ability",
    )
    (finding,) = errors(policies, "yanling", "nursing_subsidy")
    assert finding.message == "各条件互相矛盾，没有人能同时符合"


def test_a_parameter_not_begun_or_not_used_is_found(policies: Path) -> None:
    spoil(policies, "value: 300", "value: 300")
    spoil(policies, "{from: 2024-08-01, value: 300", "{from: 2028-08-01, value: 300")
    spoil(policies, "  bereaved_aid:", "  unused: {label: 无用, unit: 元/人·月}\n  bereaved_aid:")
    policy = load_policy("yanling", policies, as_of=AS_OF).only(["age_allowance"])
    messages = [finding.message for finding in check_policy(policy)]
    assert "参数 `age_allowance_100` 在 2026-11-20 还没有值；最早的自 2028-08-01 起" in messages
    assert "参数 `unused` 没有任何生效项目使用" in messages


def test_a_clause_must_be_in_its_document(tmp_path: Path) -> None:
    policy = load_policy("yanling", as_of=AS_OF).only(["age_allowance"])
    clause = policy.programme("age_allowance").rule.clause
    (tmp_path / "yanling.txt").write_text(f"…\n{clause[:9]}\n {clause[9:]}…", encoding="utf-8")
    assert not [f for f in check_policy(policy, tmp_path) if "政策原文中没有" in f.message]
    (tmp_path / "yanling.txt").write_text("别的文件", encoding="utf-8")
    assert [f for f in check_policy(policy, tmp_path) if "政策原文中没有这些字句" in f.message]


# indicators


def test_the_indicators_of_every_region_have_no_errors() -> None:
    for region in regions():
        assert list(check_indicators(load_policy(region, as_of=AS_OF))) == []


@pytest.mark.parametrize(
    ("old", "new", "expected", "example"),
    [
        ("denominator: eligible\n", "denominator: eligible AND age < 60\n", "没有人能计入分母", {}),
        (
            "numerator: visited_this_month",
            "numerator: ever_visited AND age < 60",
            "分母中没有人能计入分子：结果总是 0",
            {"ever_visited": True},
        ),
        (
            "numerator: visited_this_month",
            "numerator: ever_visited OR age >= 60",
            "分母中所有人都计入分子：结果总是 1",
            {"alive": True, "registered": True},
        ),
        (
            "numerator: visited_this_month",
            "numerator: days_since_visit <= 31",
            "数据全部到齐时，是否计入分子仍可能无法判定",
            {"days_since_visit": None},
        ),
        (
            "denominator: receiving AND payment_due\n    numerator: paid_on_time",
            "denominator: NOT receiving\n    numerator: paid_on_time",
            "结果总是 0",
            {"receiving": True, "paid_on_time": True},
        ),
    ],
)
def test_an_indicator_that_cannot_be_computed_is_found_with_a_person(
    policies: Path, old: str, new: str, expected: str, example: dict[str, object]
) -> None:
    spoil(policies, old, new)
    findings = list(check_indicators(load_policy("yanling", policies, as_of=AS_OF)))
    assert findings
    assert all(expected in finding.message for finding in findings)
    assert example.items() <= findings[0].person.items()


def test_an_indicator_cites_its_document_word_for_word(policies: Path, tmp_path: Path) -> None:
    def messages(region: str, indicator: str) -> list[str]:
        indicators_alone = replace(load_policy(region, policies, as_of=AS_OF), programmes=())
        return [f.message for f in check_policy(indicators_alone, tmp_path) if f.programme == indicator]

    (tmp_path / "yanling.txt").write_text("每月至少开展一次探访关爱服务", encoding="utf-8")
    not_there = "到2025年，特殊困难老年人月探访率达到100%"
    assert messages("yanling", "monthly_visits") == [f"政策原文中没有这些字句：{not_there}"]
    there = "    name: 特殊困难老年人月探访率"
    spoil(policies, f"item: 二7\n{there}", f"item: 清单第7项\n{there}", "shiyan.yaml")
    assert messages("shiyan", "monthly_visits") == ["引用了清单第7项，但文件没有附清单（document.list）"]


# compare


def by_programme(found: list[Comparison]) -> dict[str, Comparison]:
    return {comparison.programme: comparison for comparison in found}


def test_a_policy_covers_itself(policies: Path) -> None:
    policy = load_policy("yanling", as_of=AS_OF)
    assert {c.outcome for c in compare(policy, policy)} == {"covered"}


def test_missing_narrower_and_lower_amount_are_reported_with_a_person(policies: Path) -> None:
    upper = load_policy("yanling", policies, as_of=AS_OF)
    spoil(policies, "  - id: fitness", "  - id: fitness_for_all")
    spoil(policies, "sql: aged}", "sql: age >= 85}")
    spoil(policies, "{from: 80, upto: 89", "{from: 85, upto: 89")
    spoil(policies, "value: 60, source: 清单第7项", "value: 59.5, source: 清单第7项")
    found = by_programme(compare(upper, load_policy("yanling", policies, as_of=AS_OF)))
    assert found["fitness"].outcome == "missing"
    assert found["age_allowance"].outcome == "narrower"
    assert 80 <= found["age_allowance"].person["age"] < 85
    lowered = found["care_service_subsidy"]
    assert (lowered.outcome, lowered.upper_amount, lowered.lower_amount) == (
        "lower amount",
        Decimal("60.00"),
        Decimal("59.50"),
    )
    others = found.keys() - {"fitness", "age_allowance", "care_service_subsidy"}
    assert {found[name].outcome for name in others} == {"covered"}


def test_a_lower_band_is_found_where_it_is_lower(policies: Path) -> None:
    upper = load_policy("yanling", policies, as_of=AS_OF).only(["age_allowance"])
    spoil(policies, "value: 100, source", "value: 90, source")
    (found,) = compare(upper, load_policy("yanling", policies, as_of=AS_OF))
    assert found.outcome == "lower amount"
    assert 90 <= found.person["age"] <= 99


def test_the_person_found_is_decided_so_by_the_engine_too() -> None:
    """The solver and the compiled SQL must mean the same: every example is run through both policies."""
    upper, lower = load_policy("national", as_of=AS_OF), load_policy("yanling", as_of=AS_OF)
    found = [c for c in compare(upper, lower) if c.outcome == "narrower"]
    assert len(found) > 2
    people = [person(key, **c.person) for key, c in enumerate(found)]
    for policy, expected in ((upper, True), (lower, False)):
        with World(people).build(Path(":memory:")) as warehouse:
            decide(warehouse, policy)
            eligible = set(
                warehouse.con.execute(
                    "SELECT person_key, programme FROM decisions.evaluated WHERE verdict"
                ).fetchall()
            )
        for key, comparison in enumerate(found):
            assert ((key, comparison.programme) in eligible) is expected, comparison


def test_a_document_without_a_list_lacks_nothing_that_its_text_leaves_out() -> None:
    national = load_policy("national", as_of=AS_OF)
    found = by_programme(compare(national, load_policy("shiyan", as_of=AS_OF)))
    assert found["age_allowance"].outcome == "not in the text"
    assert found["nursing_subsidy"].outcome == "covered"
    with_list = by_programme(compare(national, load_policy("yanling", as_of=AS_OF).only(["visit"])))
    assert with_list["age_allowance"].outcome == "missing"


def test_who_has_the_same_work_by_another_item_is_covered(policies: Path) -> None:
    spoil(
        policies,
        "- {name: not_central, label: 非特困集中供养, fails: 属于特困集中供养对象, "
        "sql: NOT on_destitute_central}\n      - name: not_special",
        "- name: not_special",
        "yaohai.yaml",
    )
    lower = load_policy("yaohai", policies, as_of=AS_OF)
    upper = load_policy("national", policies, as_of=AS_OF).only(["home_adaptation"])
    assert [c.outcome for c in compare(upper, lower)] == ["covered"]
    assert [c.outcome for c in compare(upper, lower.only(["home_adaptation"]))] == ["narrower"]


def test_the_yardstick_grants_nursing_to_who_needs_care_and_not_to_the_destitute() -> None:
    national = load_policy("national", as_of=AS_OF)
    facts = {
        name: set(national.programme(name).facts)
        for name in ("disability_nursing_subsidy", "nursing_subsidy")
    }
    assert {"has_assessment", "ability_level", "destitute"} <= facts["disability_nursing_subsidy"]
    assert "destitute" in facts["nursing_subsidy"]


# switches and works


def test_a_switch_that_widens_nobody_is_found(policies: Path) -> None:
    for roll in ("on_margin", "on_expenditure"):
        spoil(policies, f"sql: {roll}, switch: nursing", "sql: on_minimum_living, switch: nursing")
    (finding,) = errors(policies, "yanling", "nursing_subsidy")
    assert finding.message == "开关 `nursing_subsidy.widened` 打开后不会增加任何人"


def test_a_programme_that_is_switched_off_is_checked_too(policies: Path) -> None:
    spoil(
        policies,
        "      - {name: hard_up, label: 经济困难, sql: hard_up}\n"
        "      - {name: not_central, label: 非特困集中供养, fails: 属于特困集中供养对象, "
        "sql: NOT on_destitute_central}\n    amount: {parameter: meal_subsidy}",
        "      - {name: hard_up, label: 经济困难, sql: hard_up AND NOT hard_up}\n"
        "    amount: {parameter: meal_subsidy}",
        "yaohai.yaml",
    )
    policy = load_policy("yaohai", policies, as_of=AS_OF)
    assert "meal_subsidy" in {p.id for p in policy.dormant}
    found = [f for f in check_policy(policy) if f.severity == "error"]
    assert {f.programme for f in found} == {"meal_subsidy"}


def test_the_same_work_twice_is_found_unless_the_file_allows_it(policies: Path) -> None:
    spoil(
        policies,
        "sql: NOT (on_destitute_dispersed AND aged_or_disabled)",
        "sql: NOT fp_special",
        "yaohai.yaml",
    )
    (finding,) = errors(policies, "yaohai", "home_adaptation", "special_adaptation")
    assert "同一项工作（适老化改造）" in finding.message
    assert finding.person["on_destitute_dispersed"] is True
    spoil(
        policies,
        "\nprogrammes:\n",
        "\ntogether: {适老化改造: 一户可以改造两次}\n\nprogrammes:\n",
        "yaohai.yaml",
    )
    assert errors(policies, "yaohai", "home_adaptation", "special_adaptation") == []


def test_works_declared_as_given_together_can_be(policies: Path) -> None:
    spoil(policies, "\nprogrammes:\n", "\ntogether: {适老化改造: 可以并享}\n\nprogrammes:\n", "yaohai.yaml")
    policy = load_policy("yaohai", policies, as_of=AS_OF)
    found = [f for f in check_policy(policy) if f.severity == "error"]
    assert [f.message for f in found] == ["together 写明 适老化改造 可以并享，但没有人能同时享受"]


# what a policy officer reads


def test_a_finding_names_file_and_line(policies: Path) -> None:
    lines = (policies / "yanling.yaml").read_text(encoding="utf-8").splitlines()
    spoil(policies, "{from: 80, upto: 89, parameter", "{from: 81, upto: 89, parameter")
    (hole,) = errors(policies, "yanling", "age_allowance")
    amount = lines.index("    amount:", lines.index("  - id: age_allowance"))
    assert hole.where == f"yanling.yaml 第{amount + 1}行"
    line = spoil(policies, "sql: aged}", "sql: age >= 0}")
    (dead,) = (f for f in errors(policies, "yanling", "age_allowance") if "永远成立" in f.message)
    assert dead.where == f"yanling.yaml 第{line}行"


def test_a_locality_may_not_go_below_the_least_amount(tmp_path: Path) -> None:
    local = tmp_path / "parameters" / "yanling.yaml"
    local.parent.mkdir()
    for figure, wrong in (("49.99", ["age_allowance"]), ("50", []), ("60", [])):
        figures = f"{{age_allowance_80_89: [{{from: 2026-11-01, value: {figure}}}]}}"
        local.write_text(f"parameters: {figures}", encoding="utf-8")
        policy = load_policy("yanling", parameters=local, as_of=AS_OF).only(["age_allowance"])
        found = [f for f in check_policy(policy) if "不低于" in f.message]
        assert [f.programme for f in found] == wrong, figure


# simulate


def test_simulation_shows_winners_losers_moved_amounts_and_budget(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from outreach.policy.simulation.simulate import simulate

    people = [
        person(1, age=85),
        person(2, age=95),
        person(3, age=70, hardship_rolls=[21], ability_level=3),
        person(4, age=70, hardship_rolls=[11], ability_level=3, disability_grade="1"),
    ]
    snapshot = tmp_path / "published.duckdb"
    with World(people, region="yanling").build(tmp_path / "night.duckdb") as warehouse:
        con = warehouse.con
        con.execute(f"ATTACH '{snapshot}' AS published")
        con.execute("CREATE SCHEMA published.mart")
        con.execute(
            "CREATE TABLE published.mart.person AS SELECT *, [{'programme': 'age_allowance', "
            "'amount': 50::DECIMAL(12,2)}] AS receiving FROM facts.person"
        )
        con.execute("CREATE TABLE published.mart.run AS SELECT run_id, region, as_of FROM run.context")
        con.execute(
            "CREATE TABLE published.mart.delivery AS SELECT extract, 'accepted' AS status FROM run.extract"
        )
        con.execute(
            "CREATE TABLE published.mart.identity_link AS SELECT person_id, 'household_register' AS extract, "
            "person_key AS row_number FROM facts.person"
        )
        con.execute("DETACH published")
    before = load_policy("yanling", as_of=AS_OF)
    after = load_policy(
        "yanling",
        as_of=AS_OF,
        changes=["age_allowance_80_89=80", "nursing_subsidy.widened=on", "nursing_subsidy=100"],
    )
    result = simulate(snapshot, before, after)
    moved = {
        (p, programme): kind
        for p, programme, kind in result.people.select("person_id", "programme", "kind").iter_rows()
    }
    assert moved == {
        ("P000001", "age_allowance"): "more",
        ("P000003", "nursing_subsidy"): "gains",
        # 100 is now more than the 75 of the disability allowance
        ("P000004", "nursing_subsidy"): "gains",
        ("P000004", "disability_nursing_subsidy"): "loses",
    }
    row = result.by_programme.row(by_predicate=pl.col("programme") == "age_allowance", named=True)
    assert (row["eligible_before"], row["eligible_after"], row["more"]) == (2, 2, 1)
    assert (row["monthly_before"], row["monthly_after"], row["yearly_difference"]) == (150, 180, 360)
    paths = result.write(tmp_path / "out")
    assert {path.name for path in paths} == {
        "by_programme.csv",
        "by_town.csv",
        "by_lead.csv",
        "by_funding.csv",
        "people.csv",
        "chart.svg",
    }
    by_lead = dict(result.by_lead.select("lead", "yearly_difference").iter_rows())
    assert by_lead["县民政局"] == 360 + 2 * 12 * 100
    assert by_lead["县民政局、县残联"] == -12 * 75
    table = (tmp_path / "out" / "by_programme.csv").read_text(encoding="utf-8-sig").splitlines()
    allowance = dict(zip(table[0].split(","), table[1].split(","), strict=True))
    assert (allowance["项目"], allowance["提高"], allowance["每年差额（元）"]) == ("高龄津贴", "1", "360.00")
    drawn = ElementTree.parse(tmp_path / "out" / "chart.svg").getroot()
    words = " ".join("".join(text.itertext()) for text in drawn.iter("{http://www.w3.org/2000/svg}text"))
    assert all(word in words for word in ("高龄津贴", "+360元", "提高1人", "340102001", "减少1人"))
    with monkeypatch.context() as missing:
        missing.setitem(sys.modules, "vl_convert", None)
        again = result.write(tmp_path / "out")
    assert {path.name for path in again} == {path.name for path in paths} - {"chart.svg"}
    assert not (tmp_path / "out" / "chart.svg").exists()
    with duckdb.connect(str(snapshot), read_only=True) as con:
        assert con.execute("SELECT count(*) FROM mart.person").fetchone() == (4,)


def test_a_change_that_names_nothing_is_refused() -> None:
    from outreach.policy import PolicyError

    for change in ("allowance=80", "age_allowance_80_89=much", "nursing_subsidy.widened=1"):
        with pytest.raises(PolicyError, match="应写作 <参数>=<金额> 或 <开关>=on"):
            load_policy("yanling", as_of=AS_OF, changes=[change])
