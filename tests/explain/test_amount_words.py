"""How an amount comes about, in words: the part of the rule that applies, and no other."""

import datetime as dt
from pathlib import Path

import pytest

from outreach.policy import load_policy
from outreach.policy.reasons.amount_words import amount_words

DAY = dt.date(2026, 11, 20)


def words(
    region: str, programme: str, *, parameters: Path | None = None, age: int | None = 70, **holds: bool | None
) -> str:
    policy = load_policy(region, parameters=parameters, as_of=DAY)
    decided = policy.programme(programme)
    known = {when: holds.get(when, False) for when in decided.cases}
    return "\n".join(amount_words(decided, policy, age, known))


@pytest.mark.parametrize(
    ("age", "band", "figure"), [(89, "80至89", "50"), (90, "90至99", "100"), (100, "100及以上", "300")]
)
def test_the_band_of_the_persons_age(age: int, band: str, figure: str) -> None:
    worded = words("yanling", "age_allowance", age=age)
    assert f"“{band}周岁”" in worded
    assert f" {figure} 元/人·月" in worded
    assert "不低于" in worded


def test_an_age_that_is_not_known_or_in_no_band() -> None:
    assert "周岁未知" in words("yanling", "age_allowance", age=None)
    assert "不在任何一档" in words("yanling", "age_allowance", age=79)


def test_the_first_case_that_holds_and_the_source_of_its_figure() -> None:
    worded = words("yaohai", "care_service_subsidy", unable_to_self_care=True)
    assert (
        worded
        == "按情形分档：符合“生活不能自理”：养老服务补贴（失能） 600 元/人·月（清单第12项，自 2023-12-10 起）"
    )
    assert "400" in words("yaohai", "care_service_subsidy", partly_unable=True)


def test_a_case_before_it_that_is_unknown_leaves_the_amount_unknown() -> None:
    worded = words("yaohai", "care_service_subsidy", unable_to_self_care=None, partly_unable=True)
    assert worded == "按情形分档：“生活不能自理”是否成立未知，金额无法确定"


def test_an_amount_that_is_not_set_is_worded_as_unset() -> None:
    assert "待地方核定" in words("yaohai", "disability_living_subsidy")


def test_sums_shares_and_caps_are_worded_part_by_part(tmp_path: Path) -> None:
    parameters = tmp_path / "yaohai.yaml"
    parameters.write_text(
        "parameters:\n"
        "  minimum_living_standard: [{from: 2026-01-01, value: 1000}]\n"
        "  consumption_per_head: [{from: 2026-01-01, value: 2000}]\n"
        "  minimum_wage: [{from: 2026-01-01, value: 2400}]\n"
        "  nursing_rate: [{from: 2026-01-01, value: 80}]\n",
        encoding="utf-8",
    )
    worded = words("yaohai", "destitute_dispersed", parameters=parameters)
    assert "以下各项相加" in worded
    assert "以下各项取最高" in worded
    assert "1000 元/人·月（自 2026-01-01 起） × 1.3" in worded


def test_a_third_stays_a_third() -> None:
    assert " × 1/3" in words("yanling", "destitute_dispersed", unable_to_self_care=True)


def test_no_amount_no_words() -> None:
    assert words("yaohai", "legal_aid") == ""
