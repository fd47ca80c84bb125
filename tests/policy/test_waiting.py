"""Who waits for a place in a public institution, and in which class of the document's own sentence."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from test_files import spoil
from world import AS_OF, World, person

from outreach.policy import PolicyError, decide, load_policy
from outreach.policy.language.files import SHIPPED
from outreach.policy.proofs.check import check_queue

PLACE = "institution_priority"
CENTRAL = "destitute_central"


def agrees(key: int, programme: str = PLACE, **more: Any) -> dict[str, Any]:
    return {"person_key": key, "programme": programme, **more}


def waiting(world: World) -> dict[tuple[int, str], tuple[str, date]]:
    """Class and day of the answer, by person and programme."""
    with world.build(Path(":memory:")) as warehouse:
        decide(warehouse, load_policy(world.region, as_of=AS_OF))
        rows = warehouse.con.execute(
            "SELECT w.person_key, w.programme, q.class, w.agreed_on FROM decisions.waiting AS w "
            "JOIN decisions.waiting_class AS k USING (person_key) "
            "JOIN decisions.queue AS q ON q.programme = w.programme AND q.position = k.position"
        ).fetchall()
    return {(key, programme): (kind, day) for key, programme, kind, day in rows}


def test_who_agreed_and_is_eligible_waits_and_nobody_else() -> None:
    special: dict[str, Any] = {"age": 70, "family_planning": "bereaved"}
    people = [
        *(person(key, **special) for key in (1, 2, 3, 4)),
        person(5, age=59, family_planning="bereaved"),
        person(6, age=70),
    ]
    world = World(
        people,
        receiving=[{"person_key": 4, "programme": PLACE}],
        declined=[agrees(2)],
        agreed=[agrees(1, agreed_on=date(2026, 3, 1)), agrees(4), agrees(5), agrees(6)],
    )
    assert waiting(world) == {(1, PLACE): ("fp_special", date(2026, 3, 1))}


@pytest.mark.parametrize(
    ("region", "facts", "kind"),
    [
        ("yaohai", {"hardship_rolls": [13], "ability_level": 1}, "destitute_disabled"),
        ("yaohai", {"hardship_rolls": [13], "ability_level": 0}, "destitute"),
        ("yaohai", {"hardship_rolls": [13]}, "destitute"),
        ("yanling", {"hardship_rolls": [13], "ability_level": 4}, "destitute"),
        ("yanling", {"hardship_rolls": [11], "ability_level": 1, "has_supporter": False}, "disabled_old"),
        ("yanling", {"hardship_rolls": [11], "ability_level": 0, "has_supporter": False}, "no_supporter"),
        ("yanling", {"hardship_rolls": [21], "disability_grade": "4", "age": 85}, "certificate"),
        ("yanling", {"hardship_rolls": [22], "age": 80, "family_planning": "bereaved"}, "aged"),
        ("yanling", {"family_planning": "bereaved", "preferential": "1"}, "fp_special"),
        ("yanling", {"preferential": "6"}, "preferential"),
        ("shenyang", {"hardship_rolls": [11], "ability_level": 1, "has_supporter": False}, "no_supporter"),
        ("shenyang", {"hardship_rolls": [12]}, "destitute"),
        ("shiyan", {"age": 80}, "aged"),
        ("shiyan", {"hardship_rolls": [11], "ability_level": 1, "age": 90}, "disabled_old"),
        ("shiyan", {"preferential": "3"}, "martyr_family"),
        ("changchun", {"hardship_rolls": [21], "ability_level": 2}, "disabled_old"),
        ("changchun", {"hardship_rolls": [21], "ability_level": 1, "disability_grade": "2"}, "certificate"),
        ("changchun", {"preferential": "2", "ability_level": 2}, "martyr_family"),
    ],
)
def test_the_class_is_the_first_of_the_document_that_holds(
    region: str, facts: dict[str, Any], kind: str
) -> None:
    destitute = bool({12, 13} & set(facts.get("hardship_rolls", ())))
    programme = CENTRAL if destitute else PLACE
    world = World([person(1, **{"age": 70, **facts})], agreed=[agrees(1, programme)], region=region)
    assert waiting(world) == {(1, programme): (kind, AS_OF)}


def test_what_is_not_known_puts_nobody_in_front() -> None:
    one = person(1, age=85, hardship_rolls=[11], absent=["ability_assessment", "care_survey"])
    world = World([one], agreed=[agrees(1)], region="shenyang")
    assert waiting(world) == {(1, PLACE): ("aged", AS_OF)}


@pytest.fixture
def policies(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path / "policies"))


def found(policies: Path, region: str) -> list[str]:
    policy = load_policy(region, policies, as_of=AS_OF)
    return [f.message for f in check_queue(policy)]


@pytest.mark.parametrize("region", ["yaohai", "yanling", "shenyang", "shiyan", "changchun"])
def test_every_shipped_queue_has_a_class_for_everybody(region: str) -> None:
    assert load_policy(region, as_of=AS_OF).queue is not None
    assert found(SHIPPED, region) == []


def test_a_queue_that_forgets_somebody_is_found(policies: Path) -> None:
    spoil(
        policies,
        "    - {id: preferential, label: 老年人优待抚恤对象, sql: preferential_object}\n",
        "",
        "shenyang.yaml",
    )
    assert found(policies, "shenyang") == ["轮候的各类有遗漏：符合 `institution_priority` 的人不属于任何一类"]


def test_a_class_behind_one_that_holds_everybody_of_it_is_found(policies: Path) -> None:
    spoil(policies, "sql: destitute AND disabled_old}", "sql: destitute}", "yaohai.yaml")
    assert found(policies, "yaohai") == ["轮候类别 `destitute` 没有人：符合条件的人都已归入前面的类"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("programmes: [destitute_central, inst", "programmes: [destitute_centre, inst", "不是本文件的项目"),
        ("sql: destitute AND disabled_old}", "sql: destitute AND disabledold}", "disabledold"),
        (", sql: destitute AND disabled_old}", "}", "只有最后一类可以不写"),
        ("id: destitute_disabled,", "id: destitute,", "写了两次"),
    ],
)
def test_a_slip_in_the_queue_is_reported_with_its_line(
    policies: Path, old: str, new: str, expected: str
) -> None:
    spoil(policies, old, new, "yaohai.yaml")
    with pytest.raises(PolicyError, match=r"yaohai\.yaml 第\d+行") as error:
        load_policy("yaohai", policies, as_of=AS_OF)
    assert expected in str(error.value)
