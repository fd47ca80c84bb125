"""Every programme of every region against its cases: ``tests/policy/<region>/<programme>.yaml``.

A case is one person: ``given`` facts over the defaults of ``world.person``, extracts ``absent`` (what rests
on them is NULL; a whole night without them is in ``test_actions``), a locality's ``parameters`` and
``switches``; ``expect`` is her decision, ``amount`` her amount a month, ``action`` her line (or none),
``missing`` the extracts that an unknown decision must name.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
import yaml
from world import AS_OF, World, person

from outreach.policy import decide, load_policy, regions

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
        settings = {**case.get("parameters", {}), **dict.fromkeys(case.get("switches", []), True)}
        for group_settings, members in groups:
            contradict = any(group_settings.get(name, value) != value for name, value in settings.items())
            if bool(group_settings) == bool(settings) and not contradict:
                group_settings.update(settings)
                members.append((programme, case))
                break
        else:
            groups.append((settings, [(programme, case)]))
    return groups


def _local(settings: dict[str, Any]) -> str:
    switches = {name: value for name, value in settings.items() if value is True}
    parameters = {
        name: [{"from": "2020-01-01", "value": value}]
        for name, value in settings.items()
        if value is not True
    }
    return yaml.safe_dump({"parameters": parameters, "switches": switches})


@pytest.mark.parametrize("region", sorted(regions()))
def test_cases(region: str, tmp_path: Path) -> None:
    wrong = []
    for i, (settings, cases) in enumerate(_together(region)):
        local = tmp_path / f"{i}.yaml"
        local.write_text(_local(settings), encoding="utf-8")
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
                got["missing"] = sorted({m["extract"] for m in missing})
            expected = {
                name: sorted(case[name]) if name == "missing" else case[name]
                for name in ("expect", "amount", "action", "missing")
                if name in case
            }
            if got != expected:
                wrong.append(f"{programme}: {case['case']}: expected {expected}, got {got}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("region", sorted(regions()))
def test_every_programme_has_yes_no_and_unknown_cases(region: str) -> None:
    seen = defaultdict(set)
    for name, case in _cases(region):
        seen[name].add(case["expect"])
    for programme in load_policy(region, as_of=AS_OF).programmes:
        assert seen[programme.id] == {"eligible", "ineligible", "unknown"}, programme.id
    assert seen.keys() <= {programme.id for programme in load_policy(region, as_of=AS_OF).programmes}
