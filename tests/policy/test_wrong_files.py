"""Every rule that a policy file can hold, written wrongly once: who reads the message can mend it.

Each message is Chinese, names the file (of several the one that is wrong), the line and the key, and says
what is meant there.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from test_files import spoil
from world import AS_OF

from outreach.policy import PolicyError, load_policy
from outreach.policy.language.files import SHIPPED
from outreach.policy.proofs.check import check_policy, check_queue

VOUCHER, TERMS = "supplements/care_voucher.yaml", "terms.yaml"
NOT_DESTITUTE = "{name: not_destitute, label: 非特困, fails: 属于特困供养对象, sql: NOT destitute}"
MONTHLY = "due_when: {label: 本月尚未探访, sql: NOT visited_this_month}"
CHILDREN = 'text: "同户有{household_carers}名成年家庭成员可参加"'


@pytest.fixture
def policies(tmp_path: Path) -> Path:
    """A set of its own, to be spoilt."""
    return Path(shutil.copytree(SHIPPED, tmp_path / "policies"))


WRONG = [
    # a key that is not known, a value of the wrong kind
    ("yanling.yaml", "    one_off: true\n", "    one_of: true\n", "one_of：没有这个键；是否应为 `one_off`"),
    ("yanling.yaml", "    one_off: true\n", "    one_off: 是\n", "one_off：此处应为 true 或 false"),
    ("yanling.yaml", "household_receipt: true", "household_reciept: true", "是否应为 `household_receipt`"),
    ("yanling.yaml", "    lead: 县民政局\n", "    leed: 县民政局\n", "leed：没有这个键；是否应为 `lead`"),
    ("yanling.yaml", "    lead: 县民政局\n", "    lead: [县民政局]\n", "lead：此处应为文字"),
    ("yanling.yaml", "kind: [物质帮助]", "kind: 物质帮助", "kind：此处应为列表"),
    ("yanling.yaml", "kind: [物质帮助]", "kind: [物质帮助，照护服务]", "几种的写成列表"),
    (
        "yanling.yaml",
        "registered: insured",
        "registered: 参保",
        "此处应为 true、false 或 insured、resident 之一",
    ),
    ("yanling.yaml", "mode: occasion", "mode: occasional", "mode：此处应为 auto、confirm、due、"),
    (
        "yanling.yaml",
        "starts: month_found",
        "starts: month_first",
        "此处应为 month_of、month_after、month_found 之一",
    ),
    ("yanling.yaml", "checked: false", "checked: 未对照", "checked：此处应为 true 或 false"),
    (VOUCHER, "ceiling: true", "celing: true", "celing：没有这个键；是否应为 `ceiling`"),
    (VOUCHER, "lists:\n", "list:\n", "list：没有这个键；是否应为 `lists`"),
    (VOUCHER, "from: 2026-01-01", "from: 2026年1月1日", "in_force_from：此处应为日期，如 2027-01-01"),
    (
        VOUCHER,
        "supplement: care_voucher",
        "supplement: 消费补贴",
        "supplement：此处应为标识：小写英文字母开头",
    ),
    (TERMS, ": [home_adaptation, special_adaptation]", ": home_adaptation", "适老化改造：此处应为列表"),
    # what is missing
    ("yanling.yaml", "    clause: 60周岁以上独生子女死亡给予特别扶助\n", "", "clause：缺少这个键，请补上"),
    ("yanling.yaml", MONTHLY, "due_when: {label: 本月尚未探访}", "due_when 写 sql 或 any 中的一个"),
    ("yanling.yaml", MONTHLY, "due_when: {sql: NOT visited_this_month}", "label：缺少这个键，请补上"),
    ("yanling.yaml", "- {when: fp_special}", "- {item: 清单第19项}", "when：缺少这个键，请补上"),
    ("yanling.yaml", "audience: NOT destitute", "audience:", "`audience` 后面没有内容，请填写，或删去这一行"),
    ("yanling.yaml", "fails: 属于特困供养对象", "fails: ''", "fails：此处不能为空"),
    ("yanling.yaml", "kind: [物质帮助]", 'kind: [""]', "应为一种服务类型"),
    # what the file or the data do not have
    (
        "yanling.yaml",
        MONTHLY,
        MONTHLY.replace("month}", "mont}"),
        "`visited_this_mont` 既不是事实，也不是术语；是否应为 visited_this_month",
    ),
    ("yanling.yaml", "- {when: fp_special}", "- {when: fp_specal}", "是否应为 fp_special？"),
    ("yanling.yaml", "sql: aged}", "sql: visit_log.visited}", "前面不加表名"),
    ("yanling.yaml", "sql: aged}", "sql: visit_log}", "`visit_log` 既不是事实，也不是术语"),
    ("yanling.yaml", "audience: NOT destitute", "audience: destitute = 1", "类型不同，不能比较"),
    (
        "yanling.yaml",
        "renew_after: renew_after\n",
        "renew_after: renew\n",
        "`renew` 不在本文件的 parameters 中",
    ),
    (
        "yanling.yaml",
        "renew_after: renew_after\n",
        "renew_after: care_subsidy\n",
        "`care_subsidy` 的单位应为 年",
    ),
    (
        "yanling.yaml",
        "life_proof: life_proof_days",
        "life_proof: care_subsidy",
        "`care_subsidy` 的单位应为 天",
    ),
    ("yanling.yaml", "  care_service_subsidy.widened: ", "  care_service_subsidy.wide: ", "请先在那里写明"),
    ("yanling.yaml", CHILDREN, CHILDREN.replace("household_", ""), "提示中的 {carers} 无法代入"),
    ("yanling.yaml", NOT_DESTITUTE, "{name: x, label: 无, none_of: exclusions}", "不在本文件的 lists 中"),
    ("yanling.yaml", "institution_priority]\n", "institution_prio]\n", "是否应为 `institution_priority`"),
    ("yaohai.yaml", "{beside: [nursing_subsidy]", "{beside: [nursing]", "`nursing` 不是本文件的项目"),
    (
        "shenyang.yaml",
        "  居家养老服务: 二",
        "  居家养老: 二",
        "不在 terms.yaml 的 works 中；是否应为 `居家养老服务`",
    ),
    (VOUCHER, "none_of: care_voucher_exclusions", "none_of: exclusions", "不在本文件的 lists 中"),
    (
        TERMS,
        "sql: unable_to_self_care OR severely_disabled",
        "sql: unable OR severely_disabled",
        "need_class_2.sql：`unable` 既不是事实，也不是术语",
    ),
    # two things that cannot be so at once
    (
        "yanling.yaml",
        NOT_DESTITUTE,
        NOT_DESTITUTE[:-1] + ", any: [{label: 无, sql: NOT destitute}]}",
        "条件只能写 sql、any、none_of 中的一种",
    ),
    ("yanling.yaml", "name: periodic_pension,", "name: age,", "条件名重复：age"),
    (
        "yanling.yaml",
        "floor: true\n      bands",
        "floor: true\n      ceiling: true\n      bands",
        "金额不能既不低于又不超过",
    ),
    (
        "yanling.yaml",
        "value: 50, source: 清单第5项}",
        "value: 50}, {from: 2024-08-01, value: 60}",
        "有两个值从同一天起",
    ),
    ("yanling.yaml", "{id: disabled_old, label", "{id: destitute, label", "轮候类别 destitute 写了两次"),
    (
        "yanling.yaml",
        "失能老年人, sql: hard_up AND disabled_old}",
        "失能老年人}",
        "只有最后一类可以不写 `sql`",
    ),
    (
        "yaohai.yaml",
        "{beside: [nursing_subsidy]",
        "{when: elder, beside: [nursing_subsidy]",
        "提示写 when 或 beside 中的一个",
    ),
    (
        "yaohai.yaml",
        "sql: NOT ever_visited}",
        "sql: NOT ever_visited, switch: meal_subsidy}",
        "是否到期不由开关决定",
    ),
    # figures
    ("yanling.yaml", "value: 50,", "value: -50,", "value：此处不能小于 0"),
    ("yanling.yaml", "times: 1/3}", "times: 三分之一}", "不是数字，也不是 1/3 这样的分数"),
]


@pytest.mark.parametrize(("file", "old", "new", "said"), WRONG)
def test_a_rule_written_wrongly_is_named_where_it_stands(
    policies: Path, file: str, old: str, new: str, said: str
) -> None:
    spoil(policies, old, new, file)
    region = file.removesuffix(".yaml") if "/" not in file and file != TERMS else "yanling"
    with pytest.raises(PolicyError) as error:
        load_policy(region, policies, as_of=AS_OF)
    assert said in str(error.value)
    for line in str(error.value).splitlines():
        assert re.match(rf"{re.escape(file)} 第\d+行", line), line
        assert re.search("[\u4e00-\u9fff]", line)
    assert len(str(error.value).splitlines()) == 1


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (
            "yanling.yaml",
            "    conditions:\n      - {name: age, label: 年满60周岁, sql: elder}\n"
            "      - {name: certificate, label: 持有效残疾人证, sql: has_certificate}\n",
            "",
            "没有写任何条件（conditions）：所有人都会符合，请写明给谁",
        ),
        (
            "yanling.yaml",
            "sql: hard_up AND aged}\n    - {id: fp",
            "sql: destitute AND aged}\n    - {id: fp",
            "轮候类别 `aged` 没有人",
        ),
    ],
)
def test_a_rule_that_can_be_read_and_says_nothing_is_found_by_proof(
    policies: Path, file: str, old: str, new: str, said: str
) -> None:
    spoil(policies, old, new, file)
    policy = load_policy("yanling", policies, as_of=AS_OF)
    found = check_queue(policy) if "轮候" in said else check_policy(policy.only(["assistive_devices"]))
    (finding,) = [f for f in found if said in f.message]
    assert finding.severity == "error"
    assert re.match(r"yanling\.yaml 第\d+行", finding.where or "")


def test_two_versions_of_a_region_do_not_begin_on_one_day(policies: Path) -> None:
    shutil.copy(policies / "yanling.yaml", policies / "yanling-2027.yaml")
    with pytest.raises(PolicyError, match=r"yanling\.yaml 第\d+行.*请改其中一个的 in_force_from"):
        load_policy("yanling", policies, as_of=AS_OF)


def test_the_same_programme_may_not_stand_twice_at_a_time(policies: Path) -> None:
    spoil(policies, "  - id: fitness\n", "  - id: education\n")
    with pytest.raises(PolicyError, match=r"yanling\.yaml 第\d+行 .*`education` 出现了两次，请删去一处"):
        load_policy("yanling", policies, as_of=AS_OF)
