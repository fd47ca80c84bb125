"""Registrations that leave in doubt whether a person lives, or who it is: questions, no stop and no offer."""

from __future__ import annotations

import datetime as dt

import pytest
from command import Night
from fault_batch import Batch, Person, corrections, fact, line, paid, person_of, somebody
from small_world import number, person

OLD, NEW = "old", "new"


def twice(batch: Batch, case: str, who: Person, *rows: dict[str, str]) -> None:
    """Two rows of one number: a change of state, and another."""
    for row in rows:
        batch.register("taken back", case, who, 户号=f"34010208{len(batch.who):05}", **row)


def registered_again(
    batch: Batch, case: str, before: str, after: str, old: dict[str, str], new: dict[str, str]
) -> None:
    """A name in one household twice, under two numbers; ``before``, ``after``: birth date and sequence."""
    name, household = somebody()[0], f"34010209{len(batch.who):05}"
    for kind, birth_and_sequence, more in ((OLD, before, old), (NEW, after, new)):
        birth, sequence = birth_and_sequence.split("/")
        who = (name, number(birth, int(sequence)))
        batch.register(kind, case, who, **{"户号": household, "户籍地址": f"长淮镇柳村{household}号", **more})
        if kind == OLD:
            batch.add("benefit_roll", paid(who, "age_allowance"))


GONE = {"人员状态": "其他注销", "状态变更日期": "2026-03-01"}
MOVED = {"人员状态": "迁出注销", "状态变更日期": "2026-03-01"}
DEAD = {"人员状态": "死亡注销", "状态变更日期": "2026-03-01"}
BACK = {"人员状态": "正常", "状态变更日期": "2026-05-01"}
HERE = {"人员状态": "正常"}


@pytest.fixture(scope="module")
def batch() -> Batch:
    batch = Batch()
    for case, rows in (
        ("taken back", (DEAD, BACK)),
        ("the other order", (BACK, DEAD)),
        ("dead after", (DEAD | {"状态变更日期": "2026-06-01"}, BACK)),
        ("no day of the death", (DEAD | {"状态变更日期": ""}, BACK)),
        ("no day of the other", (DEAD, HERE)),
        ("of one day", (DEAD | {"状态变更日期": "2026-05-01"}, BACK)),
    ):
        who = somebody("19400404")
        twice(batch, case, who, *rows)
        batch.add("benefit_roll", paid(who, "age_allowance"))
    who = somebody("19400404")
    twice(batch, "not paid", who, DEAD, BACK)
    who = somebody("19400404")
    twice(batch, "buried since", who, DEAD, BACK)
    batch.add("benefit_roll", paid(who, "age_allowance"))
    batch.add("death_record", person(who, 死亡日期="2026-10-10"))
    who = somebody("19400404")
    twice(batch, "recorded before", who, DEAD, BACK)
    batch.add("benefit_roll", paid(who, "age_allowance"))
    batch.add("death_record", person(who, 死亡日期="2026-02-28"))

    far = {"户号": "3401020799999", "户籍地址": "别处9号"}
    registered_again(batch, "another year", "19400404/311", "19420404/313", GONE, HERE)
    registered_again(batch, "another day", "19400404/321", "19411115/323", MOVED, HERE)
    registered_again(batch, "a decade, the same day", "19400404/331", "19230404/533", GONE, HERE)
    registered_again(batch, "sequence kept", "19400404/341", "19251213/341", GONE, HERE)
    registered_again(batch, "struck off as dead", "19400404/351", "19420404/353", DEAD, HERE)
    registered_again(batch, "the same day, another number", "19400404/361", "19400404/363", GONE, HERE)
    registered_again(batch, "its number is another's, too", "19400404/371", "19400404/373", GONE, HERE)
    batch.register("outsider", "", (somebody()[0], number("19400404", 371)))
    registered_again(batch, "a generation apart", "19250404/381", "19460919/383", GONE, HERE)
    registered_again(batch, "another household", "19400404/391", "19420404/393", GONE, far)
    registered_again(
        batch, "a placeholder", "19400404/401", "19420404/403", GONE | {"户号": "0"}, far | {"户号": "0"}
    )
    registered_again(batch, "another sex", "19400404/411", "19420404/412", GONE, {"性别": "女"})
    return batch


@pytest.fixture(scope="module")
def night(batch: Batch, tmp_path_factory: pytest.TempPathFactory) -> Night:
    return batch.run(tmp_path_factory.mktemp("registrations"))


def test_a_death_that_a_later_registration_takes_back_makes_nobody_dead(night: Night, batch: Batch) -> None:
    assert night.ran.status == 0, night.ran.err
    for case in ("taken back", "the other order", "not paid"):
        assert fact(night, batch, "taken back", case, "alive, registered, died_on") == (True, True, None), (
            case
        )
    # paid rightly, and kept
    assert line(night, batch, "taken back", "taken back", "age_allowance") == "keep"


def test_nothing_is_offered_on_such_a_life_without_a_question(night: Night, batch: Batch) -> None:
    action, reason = line(night, batch, "taken back", "not paid", "age_allowance", "action, reason_text")
    assert action == "verify"
    assert "死亡注销" in reason


def test_a_death_on_that_day_or_later_or_without_a_day_remains_valid(night: Night, batch: Batch) -> None:
    for case in ("dead after", "no day of the death", "no day of the other", "of one day", "buried since"):
        assert fact(night, batch, "taken back", case, "alive") == (False,), case
        assert line(night, batch, "taken back", case, "age_allowance") == "stop", case
    assert fact(night, batch, "taken back", "buried since", "died_on") == (dt.date(2026, 10, 10),)


def test_a_record_of_the_death_that_was_taken_back_stops_nobody(night: Night, batch: Batch) -> None:
    assert line(night, batch, "taken back", "recorded before", "age_allowance") == "verify"


def test_a_second_registration_is_one_question_at_both_numbers(night: Night, batch: Batch) -> None:
    for case in (
        "another year",
        "another day",
        "a decade, the same day",
        "sequence kept",
        "struck off as dead",
        "the same day, another number",
    ):
        for kind in (OLD, NEW):
            action, reason = line(night, batch, kind, case, "age_allowance", "action, reason_text")
            assert (case, kind, action) == (case, kind, "verify")
            assert "更正后重新登记" in reason
        assert person_of(night, batch, OLD, case) != person_of(night, batch, NEW, case)


def test_namesakes_who_cannot_be_one_are_not_doubted(night: Night, batch: Batch) -> None:
    for case in ("a generation apart", "another household", "a placeholder", "another sex"):
        assert line(night, batch, OLD, case, "age_allowance") == "stop", case
        assert line(night, batch, NEW, case, "age_allowance") == "add", case


def test_public_security_gets_the_question(night: Night, batch: Batch) -> None:
    asked = corrections(night)
    places = {(row["姓名"], row["人员状态"]): n for n, row in enumerate(batch.rows["household_register"], 1)}
    back = places[batch.who["taken back", "not paid"][0], "死亡注销"]
    assert "已撤销" in asked["household_register", back]
    for state in ("其他注销", "正常"):
        row = places[batch.who[OLD, "another year"][0], state]
        assert "是否同一人" in asked["household_register", row]
