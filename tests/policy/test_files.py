"""What an officer reads when a policy file is wrong, and which version, figure and switch counts."""

from __future__ import annotations

import re
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from world import AS_OF

from outreach.policy import PolicyError, load_policy, programme_labels, regions
from outreach.policy.language.files import SHIPPED
from outreach.policy.language.schema import SCHEMAS, schema_text


@pytest.fixture
def policies(tmp_path: Path) -> Path:
    """A set of its own, to be spoilt."""
    return Path(shutil.copytree(SHIPPED, tmp_path / "policies"))


def spoil(policies: Path, old: str, new: str, file: str = "yanling.yaml") -> int:
    """Replace ``old`` (which must be there) by ``new`` once; the line on which it begins."""
    path = policies / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("sql: aged}", "sql: agd}", "`agd` is neither a fact nor a term; did you mean aged"),
        ("sql: elder}", "sql: age}", "`age` is a number, a condition must be true or false"),
        ("sql: elder}", "sql: age >= 'x'}", "are of different types"),
        ("sql: elder}", "sql: age >=}", "cannot be read as a condition"),
        ("sql: elder}", 'sql: "age >= (SELECT 60)"}', "is not allowed in a condition"),
        ("sql: elder}", 'sql: "length(sex) > 0"}', "is not allowed in a condition"),
        ("family_planning = 'bereaved'", "family_planning = 'bereft'", "is never 'bereft'"),
        ("mode: auto", "mode: automatic", "'auto', 'confirm', 'due' or 'universal'"),
        ("upto: 89", "upto: 88", "bands leave a hole at ages 89 to 89"),
        ("upto: 89", "upto: 90", "bands overlap at age 90"),
        ("parameter: age_allowance_100}", "parameter: age_allowance_99}", "is not among the parameters"),
        ("unit: 元/人·月", "unit: 元/年", "an amount is in 元/人·月"),
        ("[disability_nursing_subsidy, nursing_subsidy]", "[nursing]", "`nursing` is not a programme"),
        ("switch: nursing_subsidy.widened", "switch: widened", "`widened` is not among the switches"),
        ("clause: 按照公办", "claus: 按照公办", "this key is not known here; did you mean `clause`"),
        ("    unit: share\n", "    unit: share\n    mode: auto\n", "it belongs to a Programme"),
        ("  - id: pension_resident", "  - id: pension_employee", "`pension_employee` stands twice"),
    ],
)
def test_a_mistake_is_named_with_its_line(policies: Path, old: str, new: str, said: str) -> None:
    if "clause" in old:
        old, new = "clause: 同等条件下", "claus: 同等条件下"
    spoil(policies, old, new)
    with pytest.raises(PolicyError) as error:
        load_policy("yanling", policies, as_of=AS_OF)
    assert said in str(error.value)
    assert "yanling.yaml, line " in str(error.value)


def test_the_line_is_the_line(policies: Path) -> None:
    line = spoil(policies, "sql: family_planning = 'bereaved'", "sql: family_planing = 'bereaved'")
    with pytest.raises(PolicyError, match=f"yanling.yaml, line {line}, programmes.*family_planning"):
        load_policy("yanling", policies, as_of=AS_OF)


def test_a_key_written_twice_is_refused(policies: Path) -> None:
    spoil(policies, "name: 鄢陵县\n", "name: 鄢陵县\nname: 鄢陵\n")
    with pytest.raises(PolicyError, match="`name` stands twice"):
        load_policy("yanling", policies, as_of=AS_OF)


def test_before_the_document_is_in_force_there_is_no_policy() -> None:
    with pytest.raises(PolicyError, match="no policy in force on 2024-07-31; the first begins on 2024-08-01"):
        load_policy("yanling", as_of=date(2024, 7, 31))
    assert load_policy("yanling", as_of=date(2024, 8, 1)).programmes


def test_unknown_region_names_the_known_ones() -> None:
    with pytest.raises(PolicyError, match=r"no policy for region `nowhere`; known regions: .*yaohai"):
        load_policy("nowhere", as_of=AS_OF)


def test_a_new_version_counts_from_its_day(policies: Path) -> None:
    text = (policies / "yanling.yaml").read_text(encoding="utf-8")
    later = text.replace("in_force_from: 2024-08-01", "in_force_from: 2027-01-01").replace(
        "version: 2024-08-01/1", "version: 2027-01-01/1"
    )
    (policies / "yanling-2027.yaml").write_text(
        later.replace("sql: aged}", "sql: age >= 75}"), encoding="utf-8"
    )
    old = load_policy("yanling", policies, as_of=date(2026, 12, 31))
    new = load_policy("yanling", policies, as_of=date(2027, 1, 1))
    assert old.programme("age_allowance").age_threshold == 80
    assert new.programme("age_allowance").age_threshold == 75
    assert old.version != new.version


def test_raising_the_allowance_from_a_day_by_the_local_file(tmp_path: Path) -> None:
    local = tmp_path / "yanling.yaml"
    local.write_text(
        "parameters:\n  age_allowance_80_89:\n    - {from: 2027-01-01, value: 60}\n", encoding="utf-8"
    )
    for day, value in ((date(2026, 12, 31), 50), (date(2027, 1, 1), 60)):
        policy = load_policy("yanling", parameters=local, as_of=day)
        assert policy.amount("age_allowance_80_89") == Decimal(value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "parameters: {allowance: [{from: 2027-01-01, value: 60}]}",
            "`allowance` is not a parameter of yanling; did you mean `age_allowance_100`",
        ),
        ("parameters: {care_subsidy: [{from: 2027-01-01, value: 六十}]}", "an amount is meant here"),
        ("parameters: {care_subsidy: 60}", "a list is meant here"),
        ("parameters: {care_subsidy: [{form: 2027-01-01, value: 60}]}", "did you mean `from`"),
        ("switches: {widened: true}", "`widened` is not a switch of yanling"),
        (
            "parameters: {care_subsidy: [{from: 2027-13-01, value: 60}]}",
            "local.yaml, line 1: .*`2027-13-01` is not a date",
        ),
    ],
)
def test_a_mistake_in_the_local_file_is_named(tmp_path: Path, text: str, said: str) -> None:
    local = tmp_path / "local.yaml"
    local.write_text(text + "\n", encoding="utf-8")
    with pytest.raises(PolicyError, match=said):
        load_policy("yanling", parameters=local, as_of=AS_OF)


def test_no_local_file_is_no_mistake(tmp_path: Path) -> None:
    assert (
        load_policy("yaohai", parameters=tmp_path / "none.yaml", as_of=AS_OF).amount("nursing_rate") is None
    )


def test_the_fingerprint_changes_with_any_file_of_the_set(policies: Path, tmp_path: Path) -> None:
    before = load_policy("yaohai", policies, as_of=AS_OF).sha256
    spoil(policies, "label: 高龄\n", "label: 高龄老人\n", "terms.yaml")
    after = load_policy("yaohai", policies, as_of=AS_OF).sha256
    local = tmp_path / "local.yaml"
    local.write_text("{}\n", encoding="utf-8")
    assert len({before, after, load_policy("yaohai", policies, local, as_of=AS_OF).sha256}) == 3


def test_regions_and_programme_names() -> None:
    assert regions() == {
        "yaohai": ("340102", "瑶海区"),
        "yanling": ("411024", "鄢陵县"),
        "shenyang": ("210100", "沈阳市"),
        "shiyan": ("420300", "十堰市"),
        "changchun": ("220100", "长春市"),
    }
    labels = programme_labels()
    assert {"高龄津贴"} <= labels["age_allowance"]
    assert {"托养服务"} == labels["respite_care"]


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_the_schema_in_the_set_is_that_of_the_model(name: str) -> None:
    text = (SHIPPED / "schema" / f"{name}.schema.json").read_text(encoding="utf-8")
    assert text == schema_text(name), "run: python -m outreach.policy.language.schema"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("    unit: share\n", "", "indicators.0.unit: this key is needed"),
        ("    unit: share\n", "    unit: 户\n", "what is computed is a share: its unit is share"),
        ("target: {at_least: 1}", "target: {at_least: 100}", "a share is never above 1; write 0.6 for 60 %"),
        ("target: {at_least: 1}", "target: {}", "a target is exactly one of at_least, more_than"),
        ("due: 2025-12-31", "due: 2025-12-32", "`2025-12-32` is not a date"),
        ("programmes: [visit]", "programmes: [visits]", "`visits` is not a programme of this file"),
        ("willing: ability_assessment", "willing: ability", "`ability` is not a programme of this file"),
        (
            "denominator: eligible\n",
            "denominator: eligibel\n",
            "`eligibel` is neither a fact nor a term; did you",
        ),
        ("    denominator: eligible\n", "", "denominator and numerator go together"),
        ("denominator: age >= 65", "denominator: eligible", "`eligible` is neither a fact nor a term"),
        (
            "denominator: age >= 65",
            "denominator: age",
            "`age` is a number, a condition must be true or false",
        ),
        (
            "    missing: 彩票公益金收支（没有部门提供）",
            "",
            "an indicator is computed (denominator, numerator) or says",
        ),
        ("  - id: assessed_willing", "  - id: monthly_visits", "`monthly_visits` stands twice"),
    ],
)
def test_a_mistake_in_an_indicator_is_named_with_its_line(
    policies: Path, old: str, new: str, said: str
) -> None:
    path = policies / "yanling.yaml"
    text = path.read_text(encoding="utf-8")
    at = text.index(old, text.index("\nindicators:"))
    path.write_text(text[:at] + new + text[at + len(old) :], encoding="utf-8")
    with pytest.raises(PolicyError) as error:
        load_policy("yanling", policies, as_of=AS_OF)
    assert said in str(error.value)
    assert re.match(r"yanling.yaml, line \d+", str(error.value))
