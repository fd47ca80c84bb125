"""Every programme of every region against its cases: ``tests/policy/<region>/<programme>.yaml``; those of a
supplement, ``tests/policy/supplements/<programme>.yaml``, in every region that switches it on.

A case is one person: ``given`` facts over the defaults of ``world.person``, extracts ``absent`` (what rests
on them is NULL; a whole night without them is in ``test_actions``), a locality's ``parameters``, ``lists``
and ``switches``; ``expect`` is the decision, ``amount`` the amount a month, ``action`` the line (or none),
``missing`` the extracts that an unknown decision must name, or what must be asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml
from world import AS_OF, World, person

from outreach.policy import decide, load_policy, regions
from outreach.policy.language.files import SHIPPED, SUPPLEMENTS, read_supplements

HERE = Path(__file__).parent


def _cases(region: str) -> list[tuple[str, dict[str, Any]]]:
    return [
        (path.stem, case)
        for path in sorted((HERE / region).glob("*.yaml"))
        for case in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


Group = tuple[dict[str, Any], list[tuple[str, dict[str, Any]]]]


def _together(region: str) -> list[Group]:
    """Cases that can be decided in one run: their settings do not contradict each other."""
    groups: list[Group] = []
    for programme, case in _cases(region):
        settings = {f"parameters.{name}": value for name, value in case.get("parameters", {}).items()}
        settings |= {f"lists.{name}": value for name, value in case.get("lists", {}).items()}
        settings |= {f"switches.{name}": True for name in case.get("switches", [])}
        for group_settings, members in groups:
            contradict = any(group_settings.get(name, value) != value for name, value in settings.items())
            if bool(group_settings) == bool(settings) and not contradict:
                group_settings.update(settings)
                members.append((programme, case))
                break
        else:
            groups.append((settings, [(programme, case)]))
    return groups


def _local(settings: dict[str, Any], switched_on: Iterable[str]) -> str:
    switches = dict.fromkeys(switched_on, True)
    local: dict[str, dict[str, Any]] = {"parameters": {}, "lists": {}, "switches": switches}
    for setting, value in settings.items():
        section, _, name = setting.partition(".")
        key = {"parameters": "value", "lists": "names"}.get(section)
        local[section][name] = value if key is None else [{"from": "2020-01-01", key: value}]
    return yaml.safe_dump(local)


@pytest.mark.parametrize("region", sorted(regions()))
def test_cases(region: str, tmp_path: Path) -> None:
    _check(region, region, (), tmp_path)


@pytest.mark.parametrize("region", sorted(regions()))
def test_cases_of_supplements(region: str, tmp_path: Path) -> None:
    switches = [supplement.supplement for supplement, _ in read_supplements(SHIPPED)]
    _check(SUPPLEMENTS, region, switches, tmp_path)


def _check(folder: str, region: str, switched_on: Iterable[str], tmp_path: Path) -> None:
    """Every case of a folder comes out as it says, decided by the region's policy with these switches on."""
    wrong = []
    for i, (settings, cases) in enumerate(_together(folder)):
        local = tmp_path / f"{i}.yaml"
        local.write_text(_local(settings, switched_on), encoding="utf-8")
        policy = load_policy(region, parameters=local, as_of=AS_OF)
        named = {programme for programme, _ in cases}
        policy = policy.only(named)
        people = [
            person(key, absent=case.get("absent", ()), **case["given"]) for key, (_, case) in enumerate(cases)
        ]
        with World(people, region=region).build(Path(":memory:")) as warehouse:
            decide(warehouse, policy)
            acted = {
                (key, programme): action
                for key, programme, action in warehouse.con.execute(
                    "SELECT person_key, programme, action FROM decisions.candidate"
                ).fetchall()
            }
            found = {
                (key, programme): (decision, amount, missing)
                for key, programme, decision, amount, missing in warehouse.con.execute(
                    "SELECT person_key, programme, decision, amount_monthly, missing FROM decisions.decision"
                ).fetchall()
            }
        for key, (programme, case) in enumerate(cases):
            decision, amount, missing = found.get((key, programme), ("ineligible", None, []))
            got = {"expect": decision}
            if "amount" in case:
                got["amount"] = None if amount is None else str(amount)
                case["amount"] = None if case["amount"] is None else f"{case['amount']:.2f}"
            if "action" in case:
                got["action"] = acted.get((key, programme), "none")
            if "missing" in case:
                # what no extract supplies is named by what to find out
                got["missing"] = sorted({m["extract"] or m["fact"] for m in missing})
            expected = {
                name: sorted(case[name]) if name == "missing" else case[name]
                for name in ("expect", "amount", "action", "missing")
                if name in case
            }
            if got != expected:
                wrong.append(f"{programme}: {case['case']}: expected {expected}, got {got}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("folder", [*sorted(regions()), SUPPLEMENTS])
def test_every_programme_has_yes_no_and_unknown_cases(folder: str) -> None:
    seen = defaultdict(set)
    for name, case in _cases(folder):
        seen[name].add(case["expect"])
    policy = load_policy("yaohai" if folder == SUPPLEMENTS else folder, as_of=AS_OF)
    programmes = [
        programme
        for programme in (*policy.programmes, *policy.dormant)
        if (programme.source is policy.source) != (folder == SUPPLEMENTS)
    ]
    for programme in programmes:
        expected = {"eligible", "ineligible", "unknown"}
        if any(condition.has_no_data for condition in programme.conditions):
            expected = expected - {"eligible"}
        assert seen[programme.id] == expected, programme.id
    assert seen.keys() <= {programme.id for programme in programmes}
