"""A rule of the country as one file, that any region switches on: care_voucher as the example."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from decided_lines import actions, one, receives
from world import AS_OF, World, person

from outreach.policy import Policy, PolicyError, load_policy, programme_labels, regions
from outreach.policy.language.files import SHIPPED
from outreach.policy.proofs.check import check_policy

VOUCHER = "care_voucher"


def local(folder: Path, **settings: Any) -> Path:
    path = folder / "parameters" / "local.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
    return path


def switched_on(region: str, folder: Path, as_of: date = AS_OF, **settings: Any) -> Policy:
    own = local(folder, switches={VOUCHER: True}, **settings)
    return load_policy(region, parameters=own, as_of=as_of)


@pytest.mark.parametrize("region", sorted(regions()))
def test_nothing_of_it_is_decided_where_it_is_not_switched_on(region: str, tmp_path: Path) -> None:
    off = load_policy(region, as_of=AS_OF)
    assert VOUCHER not in {p.id for p in off.programmes}
    assert VOUCHER in {p.id for p in off.dormant}
    on = switched_on(region, tmp_path)
    assert on.programme(VOUCHER).rule.mode == "confirm"
    assert [f for f in check_policy(on.only([VOUCHER])) if f.severity == "error" and f.programme] == []


def test_it_begins_on_its_day_and_a_switch_set_before_stops_no_earlier_night(tmp_path: Path) -> None:
    assert VOUCHER in {p.id for p in switched_on("yaohai", tmp_path, date(2026, 1, 1)).programmes}
    before = switched_on("yaohai", tmp_path, date(2025, 12, 31))
    assert VOUCHER not in {p.id for p in (*before.programmes, *before.dormant)}


def test_its_citation_is_its_own_and_marked_as_not_checked(tmp_path: Path) -> None:
    citation = switched_on("yaohai", tmp_path).programme(VOUCHER).citation
    assert citation.document == "《向中度以上失能老年人发放养老服务消费补贴》（未对照原文）"
    assert "瑶海" not in citation.full


def test_the_benefit_roll_may_name_it() -> None:
    assert programme_labels()[VOUCHER] == {"养老服务消费补贴"}


def test_paying_less_than_the_most_is_right_and_more_is_adjusted(run: Any) -> None:
    people = [person(key, age=70, ability_level=3) for key in (1, 2, 3, 4)]
    rolls = [receives(1, VOUCHER, 300), receives(2, VOUCHER, 500), receives(3, VOUCHER, 501)]
    settings = {
        "switches": {VOUCHER: True},
        "parameters": {"care_voucher_most": [{"from": "2026-01-01", "value": 500}]},
    }
    with run(World(people, rolls), settings, only=[VOUCHER]) as query:
        assert actions(query, VOUCHER) == {1: "keep", 2: "keep", 3: "adjust", 4: "add"}
        assert "应为不超过500.00元" in one(query, VOUCHER, "reason_text", 3)


def test_a_list_names_facts_and_terms_that_are_known(tmp_path: Path) -> None:
    names = [{"from": date(2026, 7, 1), "names": ["destitute", "long_term_car"]}]
    with pytest.raises(PolicyError, match="long_term_care"):
        switched_on("yaohai", tmp_path, lists={"care_voucher_exclusions": names})
    # before its day the list is empty
    early = switched_on("yaohai", tmp_path, date(2026, 6, 30), lists={"care_voucher_exclusions": names})
    assert [c.name for c in early.programme(VOUCHER).conditions] == ["alive", "registered", "age", "ability"]
    with pytest.raises(PolicyError, match="不是 yaohai 的名单"):
        switched_on("yaohai", tmp_path, lists={"exclusions": names})


def test_a_name_that_the_region_has_already_is_refused(tmp_path: Path) -> None:
    policies = Path(shutil.copytree(SHIPPED, tmp_path / "policies"))
    path = policies / "supplements" / "care_voucher.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("- id: care_voucher", "- id: care_service_subsidy"), encoding="utf-8")
    with pytest.raises(PolicyError, match=r"supplements/care_voucher\.yaml 第\d+行 .*yaohai"):
        load_policy("yaohai", policies, as_of=AS_OF)


def test_a_mistake_is_named_with_the_supplements_own_line(tmp_path: Path) -> None:
    policies = Path(shutil.copytree(SHIPPED, tmp_path / "policies"))
    path = policies / "supplements" / "care_voucher.yaml"
    lines = path.read_text(encoding="utf-8").replace("ability_level = 2", "ability_levle = 2").splitlines()
    path.write_text("\n".join(lines), encoding="utf-8")
    line = next(i for i, text in enumerate(lines, start=1) if "ability_levle" in text)
    with pytest.raises(PolicyError, match=rf"supplements/care_voucher\.yaml 第{line}行 .*ability_levle"):
        load_policy("yanling", policies, as_of=AS_OF)
