"""A 户号 that is none makes no household: strangers who share it stay strangers."""

from __future__ import annotations

import pytest
from command import Night
from fault_batch import Batch, assessment, corrections, fact, line, paid, relief, reported, somebody
from small_world import number

NO_HOUSEHOLD = [
    "3.40102E+12",
    "３．４０１０２Ｅ＋１２",
    "3.40102e+12",
    "3.40102E12",
    "3.4E+05",
    "3.40102000012345E+17",
    "0",
    "0000000",
    "999999",
    "11111",
    "不详",
    "########",
    "＃＃＃＃",
]
"""Numbers that a spreadsheet has cut, and placeholders."""
HOUSEHOLDS = {"real": "3401020700001", "written out": "3.401020700002E+12", "short": "H7", "digit": "7"}
WHOLE = {"real": "3401020700001", "written out": "3401020700002", "short": "H7", "digit": "7"}
NAMESAKE = "欧阳文华"


def put(batch: Batch, case: str, household: str) -> None:
    """Five people under one number: two who have had the works, one who has not, an elder unable to live
    unaided, and somebody of 46."""
    for kind in ("had", "had too", "not had", "unable"):
        who = batch.register(kind, case, somebody("19480404"), 户号=household)
        batch.add("hardship_roll", relief(who))
        if kind.startswith("had"):
            batch.add("benefit_roll", paid(who, "home_adaptation"))
        if kind == "unable":
            batch.add("ability_assessment", assessment(who))
    batch.register("grown up", case, somebody("19800404"), 户号=household)


@pytest.fixture(scope="module")
def batch() -> Batch:
    batch = Batch()
    for household in NO_HOUSEHOLD:
        put(batch, household, household)
    for case, household in HOUSEHOLDS.items():
        put(batch, case, household)
    for case, people in (("sixteen", 16), ("fifteen", 15)):
        for n in range(people):
            who = batch.register(f"{case} {n}", case, somebody("19480404"), 户号=f"34010207{people}")
            if n == 0:
                batch.add("ability_assessment", assessment(who))
            if n == 1:
                batch.add("hardship_roll", relief(who))
                batch.add("benefit_roll", paid(who, "home_adaptation"))
            if n == 2:
                batch.add("hardship_roll", relief(who))
    # one name and birth date twice, the one number damaged: one person in a household, two people without one
    for case, household in (("placeholder", "0"), ("household", "3401020700003")):
        first = (NAMESAKE + case[0], number("19490404", 777))
        batch.register("namesake", case, first, 户号=household)
        row = batch.rows["household_register"][-1]
        batch.add("household_register", row | {"公民身份号码": "不详", "户籍地址": "长淮镇别处7号"})
    batch.register("no number at all", "", somebody(), 户号="")
    return batch


@pytest.fixture(scope="module")
def night(batch: Batch, tmp_path_factory: pytest.TempPathFactory) -> Night:
    return batch.run(tmp_path_factory.mktemp("households"))


def test_the_people_are_registered_and_their_household_is_not_known(night: Night, batch: Batch) -> None:
    assert night.ran.status == 0, night.ran.err
    for case in NO_HOUSEHOLD:
        for kind in ("had", "had too", "not had", "unable", "grown up"):
            assert fact(night, batch, kind, case, "household_id, registered") == (None, True), case


def test_nobody_is_stopped_or_passed_over_for_somebody_of_another_household(
    night: Night, batch: Batch
) -> None:
    for case in NO_HOUSEHOLD:
        for kind in ("had", "had too"):
            assert line(night, batch, kind, case, "home_adaptation") == "keep", case
        for kind in ("not had", "unable"):
            action, reason = line(night, batch, kind, case, "home_adaptation", "action, reason_text")
            assert action == "verify", case
            assert "户号" in reason


def test_nobody_is_made_a_carer_of_somebody_of_another_household(night: Night, batch: Batch) -> None:
    for case in NO_HOUSEHOLD:
        for kind in ("had", "not had", "unable", "grown up"):
            assert line(night, batch, kind, case, "family_care_support") is None, case
            assert fact(night, batch, kind, case, "household_has_carer") == (False,), case


def test_the_department_gets_a_question_a_cell(night: Night, batch: Batch) -> None:
    asked = corrections(night)
    for case in NO_HOUSEHOLD:
        row = batch.row("household_register", "not had", case)
        assert reported(night, "household_register", row) == [("value", "户号")], case
        assert "户号" in asked["household_register", row]


def test_a_real_household_is_still_one(night: Night, batch: Batch) -> None:
    for case, household in WHOLE.items():
        for kind in ("had", "not had", "unable", "grown up"):
            assert fact(night, batch, kind, case, "household_id") == (household,), case
        assert line(night, batch, "not had", case, "home_adaptation") is None, case
        assert line(night, batch, "unable", case, "family_care_support") == "add", case
        assert line(night, batch, "grown up", case, "family_care_support") is None, case
        row = batch.row("household_register", "not had", case)
        assert reported(night, "household_register", row) == [], case


def test_an_empty_household_number_still_costs_the_row(night: Night, batch: Batch) -> None:
    row = batch.row("household_register", "no number at all", "")
    assert reported(night, "household_register", row) == [("row", "户号")]


def test_more_than_fifteen_people_are_no_household(night: Night, batch: Batch) -> None:
    assert fact(night, batch, "sixteen 3", "sixteen", "household_id, registered") == (None, True)
    assert line(night, batch, "sixteen 0", "sixteen", "family_care_support") is None
    assert line(night, batch, "sixteen 2", "sixteen", "home_adaptation") == "verify"
    assert fact(night, batch, "fifteen 3", "fifteen", "household_id") == ("3401020715",)
    assert line(night, batch, "fifteen 0", "fifteen", "family_care_support") == "add"
    assert line(night, batch, "fifteen 2", "fifteen", "home_adaptation") is None


def test_a_placeholder_is_no_evidence_of_identity(night: Night) -> None:
    people = night.query(
        "SELECT r.name, count(DISTINCT l.person_id) FROM mart.person AS r "
        "INNER JOIN mart.identity_link AS l ON l.person_id = r.person_id "
        f"WHERE l.extract = 'household_register' AND r.name LIKE '{NAMESAKE}%' GROUP BY ALL ORDER BY ALL"
    )
    assert people == [(f"{NAMESAKE}h", 1), (f"{NAMESAKE}p", 2)]
