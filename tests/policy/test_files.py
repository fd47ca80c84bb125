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
    ("old", "new", "expected"),
    [
        ("sql: aged}", "sql: agd}", "`agd` 既不是事实，也不是术语；是否应为 aged"),
        ("sql: elder}", "sql: age}", "`age` 是数字，条件必须是能判定真假的"),
        ("sql: elder}", "sql: age >= 'x'}", "类型不同，不能比较"),
        ("sql: elder}", "sql: age >=}", "无法作为条件读懂"),
        ("sql: elder}", 'sql: "age >= (SELECT 60)"}', "不能用在条件里"),
        ("sql: elder}", 'sql: "length(sex) > 0"}', "不能用在条件里"),
        ("family_planning = 'bereaved'", "family_planning = 'bereft'", "不会是 'bereft'"),
        ("mode: auto", "mode: automatic", "此处应为 auto、confirm、due、universal、occasion 之一"),
        ("upto: 89", "upto: 88", "年龄段缺了 89 至 89 岁"),
        ("upto: 89", "upto: 90", "年龄段在 90 岁处重叠"),
        ("parameter: age_allowance_100}", "parameter: age_allowance_99}", "不在本文件的 parameters 中"),
        ("unit: 元/人·月", "unit: 元/年", "金额的单位应为 元/人·月"),
        ("[disability_nursing_subsidy, nursing_subsidy]", "[nursing]", "`nursing` 不是本文件的项目"),
        ("switch: nursing_subsidy.widened", "switch: widened", "`widened` 不在本文件的 switches 中"),
        ("clause: 按照公办", "claus: 按照公办", "没有这个键；是否应为 `clause`"),
        ("    unit: share\n", "    unit: share\n    mode: auto\n", "它属于 Programme"),
        ("  - id: pension_resident", "  - id: pension_employee", "`pension_employee` 出现了两次"),
    ],
)
def test_a_mistake_is_named_with_its_line(policies: Path, old: str, new: str, expected: str) -> None:
    if "clause" in old:
        old, new = "clause: 同等条件下", "claus: 同等条件下"
    spoil(policies, old, new)
    with pytest.raises(PolicyError) as error:
        load_policy("yanling", policies, as_of=AS_OF)
    assert expected in str(error.value)
    assert re.match(r"yanling.yaml 第\d+行 ", str(error.value))


def test_the_line_is_the_line(policies: Path) -> None:
    line = spoil(policies, "sql: family_planning = 'bereaved'", "sql: family_planing = 'bereaved'")
    with pytest.raises(PolicyError, match=f"yanling.yaml 第{line}行 programmes.*family_planning"):
        load_policy("yanling", policies, as_of=AS_OF)


def test_a_key_written_twice_is_refused(policies: Path) -> None:
    spoil(policies, "name: 鄢陵县\n", "name: 鄢陵县\nname: 鄢陵\n")
    with pytest.raises(PolicyError, match=r"yanling\.yaml 第5行：`name` 出现了两次"):
        load_policy("yanling", policies, as_of=AS_OF)


def test_before_the_document_is_in_force_there_is_no_policy() -> None:
    with pytest.raises(PolicyError, match="在 2024-07-31 没有生效的政策；最早的一份自 2024-08-01 起"):
        load_policy("yanling", as_of=date(2024, 7, 31))
    assert load_policy("yanling", as_of=date(2024, 8, 1)).programmes


def test_unknown_region_names_the_known_ones() -> None:
    with pytest.raises(PolicyError, match=r"没有地区 `nowhere` 的政策文件；现有地区：.*yaohai"):
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
    ("text", "expected"),
    [
        (
            "parameters: {allowance: [{from: 2027-01-01, value: 60}]}",
            "`allowance` 不是 yanling 的参数；是否应为 `age_allowance_100`",
        ),
        ("parameters: {care_subsidy: [{from: 2027-01-01, value: 六十}]}", "此处应为金额"),
        ("parameters: {care_subsidy: 60}", "此处应为列表"),
        ("parameters: {care_subsidy: [{form: 2027-01-01, value: 60}]}", "是否应为 `from`"),
        ("switches: {widened: true}", "`widened` 不是 yanling 的开关"),
        (
            "parameters: {care_subsidy: [{from: 2027-13-01, value: 60}]}",
            "local.yaml 第1行：.*`2027-13-01` 不是有效的日期",
        ),
    ],
)
def test_a_mistake_in_the_local_file_is_named(tmp_path: Path, text: str, expected: str) -> None:
    local = tmp_path / "local.yaml"
    local.write_text(text + "\n", encoding="utf-8")
    with pytest.raises(PolicyError, match=expected):
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
    assert (
        regions().items()
        >= {
            "yaohai": ("340102", "瑶海区"),
            "yanling": ("411024", "鄢陵县"),
            "shenyang": ("210100", "沈阳市"),
            "shiyan": ("420300", "十堰市"),
            "changchun": ("220100", "长春市"),
        }.items()
    )
    labels = programme_labels()
    assert {"高龄津贴"} <= labels["age_allowance"]
    assert {"托养服务"} == labels["respite_care"]


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_the_schema_in_the_set_is_that_of_the_model(name: str) -> None:
    text = (SHIPPED / "schema" / f"{name}.schema.json").read_text(encoding="utf-8")
    assert text == schema_text(name), "run: python -m outreach.policy.language.schema"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("    unit: share\n", "", "indicators.0.unit：缺少这个键"),
        ("    unit: share\n", "    unit: 户\n", "可计算的指标是比例，unit 应为 share"),
        ("target: {at_least: 1}", "target: {at_least: 100}", "比例不能大于 1；60% 写作 0.6"),
        ("target: {at_least: 1}", "target: {}", "目标只能是 at_least 或 more_than 中的一个"),
        ("due: 2025-12-31", "due: 2025-12-32", "`2025-12-32` 不是有效的日期"),
        ("programmes: [visit]", "programmes: [visits]", "`visits` 不是本文件的项目；是否应为 `visit`"),
        ("willing: ability_assessment", "willing: ability", "`ability` 不是本文件的项目"),
        (
            "denominator: eligible\n",
            "denominator: eligibel\n",
            "`eligibel` 既不是事实，也不是术语；是否应为 eligible",
        ),
        ("    denominator: eligible\n", "", "denominator 和 numerator 要同时写"),
        ("denominator: age >= 65", "denominator: eligible", "`eligible` 既不是事实，也不是术语"),
        (
            "denominator: age >= 65",
            "denominator: age",
            "`age` 是数字，条件必须是能判定真假的",
        ),
        (
            "    missing: 彩票公益金收支（没有部门提供）",
            "",
            "指标要么可计算（写 denominator、numerator），要么",
        ),
        ("  - id: assessed_willing", "  - id: monthly_visits", "`monthly_visits` 出现了两次"),
    ],
)
def test_a_mistake_in_an_indicator_is_named_with_its_line(
    policies: Path, old: str, new: str, expected: str
) -> None:
    path = policies / "yanling.yaml"
    text = path.read_text(encoding="utf-8")
    at = text.index(old, text.index("\nindicators:"))
    path.write_text(text[:at] + new + text[at + len(old) :], encoding="utf-8")
    with pytest.raises(PolicyError) as error:
        load_policy("yanling", policies, as_of=AS_OF)
    assert expected in str(error.value)
    assert re.match(r"yanling.yaml 第\d+行", str(error.value))
