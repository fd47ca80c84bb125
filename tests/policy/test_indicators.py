"""Every computed indicator against its cases: ``tests/policy/<region>/indicators/<indicator>.yaml``.

A case is some people: their facts over the defaults of ``world.person``, with ``receiving``
(programme: its row of the benefit roll), ``declined`` (programmes they refused) and ``in_doubt`` (refused, by
a link under review). ``of`` names the row of one programme. ``absent`` extracts and a locality's
``parameters`` hold for the whole case. ``expect``: numerator, denominator, unknown, and where given value,
lowest, highest, reached; or ``missing``, the extracts whose absence the status must name; or the ``status``.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
import yaml
from world import AS_OF, World, person

from contracts.extracts import EXTRACT_BY_NAME
from outreach.engine import build
from outreach.indicators import measure
from outreach.policy import decide, load_policy, regions

HERE = Path(__file__).parent
FIGURES = ("numerator", "denominator", "unknown", "value", "lowest", "highest", "reached")
NOBODY: dict[str, Any] = {**dict.fromkeys(FIGURES), "numerator": 0, "denominator": 0, "unknown": 0}
Case = tuple[str, dict[str, Any]]


def cases_of(region: str) -> list[Case]:
    return [
        (path.stem, case)
        for path in sorted((HERE / region / "indicators").glob("*.yaml"))
        for case in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


def together(region: str) -> list[list[Case]]:
    """Cases that can be counted in one night: each in a community of its own."""
    groups: dict[str, list[Case]] = defaultdict(list)
    for name, case in cases_of(region):
        groups[repr((sorted(case.get("absent", ())), case.get("parameters")))].append((name, case))
    return list(groups.values())


def night(cases: list[Case], region: str, code: str) -> World:
    """The people of all cases; the community of a case has its number."""
    absent = cases[0][1].get("absent", ())
    people: list[dict[str, Any]] = []
    receiving: list[dict[str, Any]] = []
    declined: list[dict[str, Any]] = []
    for number, (_, case) in enumerate(cases):
        for one in case["people"]:
            key = len(people)
            facts = {name: one[name] for name in one if name not in ("receiving", "declined", "in_doubt")}
            people.append(person(key, absent=absent, area_code=f"{code}{number:06d}", **facts))
            receiving += [
                {"person_key": key, "programme": programme, **row}
                for programme, row in one.get("receiving", {}).items()
            ]
            declined += [{"person_key": key, "programme": p} for p in one.get("declined", ())]
            declined += [
                {"person_key": key, "programme": p, "grade": "review"} for p in one.get("in_doubt", ())
            ]
    return World(people, receiving, declined, absent=frozenset(absent), region=region)


def local_file(path: Path, parameters: dict[str, Any]) -> Path:
    values = {name: [{"from": "2020-01-01", "value": value}] for name, value in parameters.items()}
    path.write_text(yaml.safe_dump({"parameters": values}), encoding="utf-8")
    return path


@pytest.mark.parametrize("region", sorted(regions()))
def test_cases(region: str, tmp_path: Path) -> None:
    code = regions()[region][0]
    wrong = []
    for i, cases in enumerate(together(region)):
        local = local_file(tmp_path / f"{i}.yaml", cases[0][1].get("parameters", {}))
        policy = load_policy(region, parameters=local, as_of=AS_OF)
        with night(cases, region, code).build(Path(":memory:")) as warehouse:
            con = warehouse.con
            build(con, "facts", only=["delivered"])
            decide(warehouse, policy)
            measure(warehouse, policy)
            statuses = dict(con.execute("SELECT indicator, status FROM indicators.indicator").fetchall())
            figures = {
                (indicator, area): dict(zip(FIGURES, found, strict=True))
                for indicator, area, *found in con.execute(
                    f"SELECT indicator, area_code, {', '.join(FIGURES)} FROM indicators.figure"
                ).fetchall()
            }
        for number, (name, case) in enumerate(cases):
            row = f"{name}.{case['of']}" if "of" in case else name
            expect = case["expect"]
            got = figures.get((row, f"{code}{number:06d}"), NOBODY)
            if "missing" in expect:
                titles = "、".join(EXTRACT_BY_NAME[extract].title for extract in expect["missing"])
                expect, got = {"status": f"未收到可用的数据：{titles}"}, {}
            got = {**got, "status": statuses[row]}
            expect = {"status": "computed", **expect}
            if {figure: _rounded(got[figure]) for figure in expect} != expect:
                shown = {figure: _rounded(got[figure]) for figure in expect}
                wrong.append(f"{row}: {case['case']}: expected {expect}, got {shown}")
    assert not wrong, "\n".join(wrong)


def _rounded(value: Any) -> Any:
    return round(value, 4) if isinstance(value, float) else value


@pytest.mark.parametrize("region", sorted(regions()))
def test_every_computed_indicator_has_its_cases(region: str) -> None:
    seen: dict[str, set[str]] = defaultdict(set)
    for name, case in cases_of(region):
        expect = case["expect"]
        seen[name] |= {
            kind
            for kind, holds in {
                "counted": 0 < (expect.get("numerator") or 0) < expect.get("denominator", 0),
                "unknown": expect.get("unknown", 0) > 0,
                "nobody": expect.get("denominator") == 0,
                "absent": "missing" in expect,
            }.items()
            if holds
        }
    computed = {i.id for i in load_policy(region, as_of=AS_OF).indicators if i.rule.missing is None}
    assert seen.keys() == computed
    assert {name: kinds for name, kinds in seen.items() if len(kinds) < 4} == {}
