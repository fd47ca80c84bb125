"""A locality's parameters file, written: what somebody wrote stays, what is set is not set again."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
import yaml

from outreach.policy import PolicyError, load_policy
from outreach.policy.language.local_file import MARK, Setting, with_notes, with_settings
from outreach.policy.language.model import LocalParameters
from outreach.policy.simulation.setup import open_choices

DAY = date(2027, 1, 1)
OWN = """# our own file
switches:
  # decided on 5 May
  nursing_subsidy.widened: true

parameters:
  age_allowance_80_89:  # raised
    - {from: 2026-01-01, value: 55, source: 鄢民〔2026〕1号}
"""


def read(text: str) -> LocalParameters:
    return LocalParameters.model_validate(yaml.safe_load(text) or {})


def test_a_new_file_holds_what_was_set() -> None:
    settings = [Setting("a", Decimal("60.50"), DAY, '民〔2026〕5号：第"二"条'), Setting("b.widened", True)]
    local = read(with_settings("", settings))
    (value,) = local.parameters["a"]
    assert (value.from_, value.value, value.source) == (DAY, Decimal("60.50"), '民〔2026〕5号：第"二"条')
    assert local.switches == {"b.widened": True}


def test_what_is_there_stays_word_for_word_and_a_later_figure_is_added() -> None:
    text = with_settings(
        OWN,
        [
            Setting("age_allowance_80_89", Decimal(60), DAY),
            Setting("bereaved_aid", Decimal(590), DAY),
            Setting("home_adaptation.widened", True),
        ],
    )
    assert [line for line in OWN.splitlines() if line not in text.splitlines()] == []
    local = read(text)
    assert {v.from_: v.value for v in local.parameters["age_allowance_80_89"]} == {
        date(2026, 1, 1): 55,
        DAY: 60,
    }
    assert local.switches == {"nursing_subsidy.widened": True, "home_adaptation.widened": True}


@pytest.mark.parametrize(
    "setting",
    [
        Setting("nursing_subsidy.widened", False),
        Setting("age_allowance_80_89", Decimal(60), date(2026, 1, 1)),
    ],
)
def test_what_is_set_is_not_overwritten(setting: Setting) -> None:
    with pytest.raises(PolicyError, match="已经设定，不改写"):
        with_settings(OWN, [setting])


def test_a_file_that_lines_cannot_be_put_into_is_left_alone() -> None:
    with pytest.raises(PolicyError, match="请手工添加"):
        with_settings("switches: {a: true}\n", [Setting("b", True)])
    with pytest.raises(PolicyError, match="请手工添加"):
        with_settings("parameters:\n  a: [{from: 2026-01-01, value: 1}]\n", [Setting("a", Decimal(2), DAY)])


def test_notes_are_comments_at_the_end_and_are_written_again() -> None:
    once = with_notes(OWN, ["first", "", "  second:"])
    assert once.startswith(OWN.rstrip("\n"))
    assert once.split(MARK)[1] == "\n# first\n#\n#   second:\n"
    twice = with_notes(once, ["third"])
    assert twice == with_notes(OWN, ["third"])
    assert read(twice) == read(OWN)
    assert read(with_settings(twice, [Setting("b", True)])).switches["b"] is True


def test_open_choices_are_what_is_unset_or_off() -> None:
    def changed(change: str) -> object:
        raise AssertionError("nothing is tried without a night")

    policy = load_policy("yanling", as_of=date(2026, 11, 20))
    choices = {choice.name: choice for choice in open_choices(policy, changed, None)}  # type: ignore[arg-type]
    assert "age_allowance_80_89" not in choices
    assert choices["bereaved_aid"].kind == "amount"
    assert choices["bereaved_aid"].programmes == ("失独特别扶助金",)
    assert choices["nursing_subsidy.widened"].kind == "switch"
    assert choices["nursing_subsidy.widened"].programmes == ("护理补贴",)
    assert choices["care_voucher"].programmes == ("养老服务消费补贴",)
    assert choices["renew_after"].kind == "working setting"
    assert choices["care_voucher_exclusions"].kind == "list"
