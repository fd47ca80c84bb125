"""Which facts a programme fears: they end a condition by being true."""

from __future__ import annotations

from world import AS_OF

from outreach.policy import load_policy
from outreach.policy.compile.exclusion import excluding_facts


def test_a_condition_that_a_fact_ends_names_it_and_one_that_a_fact_makes_true_does_not() -> None:
    facts = excluding_facts(load_policy("yaohai", as_of=AS_OF))
    assert facts["disability_nursing_subsidy"] == ("destitute", "work_injury_care")
    assert facts["home_adaptation"] == ("on_destitute_central", "on_destitute_dispersed")
    assert facts["family_care_support"] == ()
    assert facts["pension_employee"] == ("employee_pension_drawn",)
    assert facts["minimum_living"] == facts["age_allowance"] == ()


def test_of_a_condition_of_several_facts_each_counts_by_itself() -> None:
    facts = excluding_facts(load_policy("yanling", as_of=AS_OF))
    assert facts["disability_nursing_subsidy"] == ("has_assessment", "destitute", "work_injury_care")
