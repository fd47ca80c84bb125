"""Questions to departments over four nights: raised, moved to other lines and files, answered, settled.

Night 1 raises them. On night 2 every row is on another line of another file, and one extract is not
delivered. Answers come in before night 3; before night 4 one department has corrected its row.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from command import Night, outreach, run_night
from fault_batch import Batch, paid, relief, somebody
from small_world import REGION, Rows, deliver, person

DAYS = ("2026-11-20", "2026-11-21", "2026-11-22", "2026-11-23")


@dataclass
class Nights:
    """The nights of one home, and who is who."""

    batch: Batch
    nights: list[Night]
    imported: str
    again: str

    @property
    def home(self) -> Path:
        return self.nights[0].home

    def questions(self, night: int, case: str, extract: str = "benefit_roll") -> list[dict[str, Any]]:
        """The questions about somebody's rows of an extract."""
        columns = (
            "question_id", "status", "kind", "file", "sheet_line", "row_number", "first_asked_on", "due_by",
            "answer", "answered_on", "worth",
        )  # fmt: skip
        name = self.batch.who["q", case][0]
        rows = self.nights[night].query(
            f"SELECT {', '.join(columns)} FROM mart.question WHERE extract = '{extract}' AND name = '{name}' "
            "ORDER BY kind"
        )
        return [dict(zip(columns, row, strict=True)) for row in rows]

    def one(self, night: int, case: str, extract: str = "benefit_roll") -> dict[str, Any]:
        (question,) = self.questions(night, case, extract)
        return question


def night_of(root: Path, day: str, rows: dict[str, Rows], name: str = "{}.csv") -> Night:
    """Put the rows there as a batch of the day and run its night."""
    deliver(root / "landing", rows, day=day, name=name)
    return run_night(root / "home", root / "landing", day=day)


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Nights:
    root = tmp_path_factory.mktemp("questions")
    batch = Batch()
    for case in ("dead", "unknown", "late"):
        batch.register("q", case, somebody("19400101"))
    for n in range(8):
        batch.register("q", f"other{n}", somebody("19900101"))
    batch.add("benefit_roll", paid(batch.who["q", "dead"], "age_allowance"))
    outsider = somebody("19410101")
    batch.who["q", "outsider"] = outsider
    batch.add("benefit_roll", paid(outsider, "age_allowance", "60"))
    batch.add("death_record", person(batch.who["q", "dead"], 死亡日期="2026-10-01"))
    wrong = (batch.who["q", "late"][0], batch.who["q", "late"][1][:-1] + "?")
    batch.add("hardship_roll", relief(wrong))
    batch.add("hardship_roll", relief(batch.who["q", "other0"], 认定日期="不详", 救助类别="九十九"))
    first = night_of(root, DAYS[0], batch.rows)
    assert first.ran.status == 0, first.ran.err

    moved = {name: [*reversed(rows)] for name, rows in batch.rows.items() if name != "hardship_roll"}
    moved["benefit_roll"] = [paid(batch.who["q", "other1"], "leisure", "1"), *moved["benefit_roll"]]
    second = night_of(root, DAYS[1], moved, "{}.part1.csv")
    assert second.ran.status == 0, second.ran.err

    path = second.home / "lists" / REGION / DAYS[1] / "corrections" / "civil_affairs.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if row["姓名"] == outsider[0]:
            row["答复"] = "记录无误"
        elif row["姓名"] == batch.who["q", "dead"][0]:
            row["答复"] = "家属称已停发，待查账"
    returned = root / "民政 答复.csv"
    with returned.open("w", encoding="gb18030", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    imported = outreach("outcome", "import", returned, "--region", REGION, "--home", second.home)
    assert imported.status == 0, imported.out + imported.err
    again = outreach("outcome", "import", returned, "--region", REGION, "--home", second.home)
    assert again.status == 0, again.out + again.err

    third = night_of(root, DAYS[2], {**moved, "hardship_roll": batch.rows["hardship_roll"]})
    assert third.ran.status == 0, third.ran.err
    mended = {**moved, "hardship_roll": [*reversed(batch.rows["hardship_roll"])]}
    mended["benefit_roll"] = [
        row for row in moved["benefit_roll"] if row["姓名"] != batch.who["q", "dead"][0]
    ]
    fourth = night_of(root, DAYS[3], mended)
    assert fourth.ran.status == 0, fourth.ran.err
    return Nights(batch, [first, second, third, fourth], imported.out, again.out)


def test_a_question_keeps_its_number_on_another_line_of_another_file(nights: Nights) -> None:
    before, after = nights.one(0, "dead"), nights.one(1, "dead")
    assert before["question_id"] == after["question_id"]
    assert (before["file"], before["sheet_line"]) == ("benefit_roll.csv", 2)
    assert (after["file"], after["sheet_line"], after["row_number"]) == ("benefit_roll.part1.csv", 4, 3)
    assert str(after["first_asked_on"]) == DAYS[0]
    assert str(after["due_by"]) == "2026-12-05"
    assert after["worth"] == 100


def test_nothing_is_concluded_while_an_extract_is_not_there(nights: Nights) -> None:
    states = "SELECT question_id, status FROM mart.question WHERE extract = 'hardship_roll' ORDER BY 1"
    first = nights.nights[0].query(states)
    assert {status for _, status in first} == {"open"}
    assert nights.one(0, "late", "hardship_roll")["kind"] == "号码"
    assert nights.nights[1].query(states) == first
    assert nights.nights[2].query(states) == first


def test_the_question_about_a_quarantined_row_keeps_its_number(nights: Nights) -> None:
    unread = "SELECT question_id FROM mart.question WHERE kind = '整行未收' AND status = 'open'"
    assert len(nights.nights[0].query(unread)) == 1
    assert nights.nights[0].query(unread) == nights.nights[3].query(unread)


def test_an_answer_counts_from_the_next_night_on_and_ends_no_payment(nights: Nights) -> None:
    assert nights.one(1, "outsider")["status"] == "open"
    answered = nights.one(2, "outsider")
    assert (answered["status"], answered["answer"]) == ("answered", "记录无误")
    own_words = nights.one(2, "dead")
    assert (own_words["status"], own_words["answer"]) == ("answered", "家属称已停发，待查账")
    for night in nights.nights[:3]:
        lines = night.query(
            "SELECT action FROM mart.candidate WHERE programme = 'age_allowance' "
            f"AND id_number = '{nights.batch.who['q', 'outsider'][1]}'"
        )
        assert lines == [("verify",)]


def test_an_answered_question_is_not_sent_again(nights: Nights) -> None:
    path = nights.home / "lists" / REGION / DAYS[2] / "corrections" / "civil_affairs.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        listed = {row["姓名"] for row in csv.DictReader(file)}
    assert nights.batch.who["q", "outsider"][0] not in listed
    assert nights.batch.who["q", "late"][0] in listed


def test_a_question_is_settled_when_the_data_no_longer_raise_it(nights: Nights) -> None:
    settled = nights.one(3, "dead")
    assert settled["status"] == "settled"
    assert settled["worth"] == 100
    assert nights.one(3, "outsider")["status"] == "answered"


def test_the_indicator_and_the_summary_count_what_was_answered_in_time(nights: Nights) -> None:
    figures = nights.nights[2].query(
        "SELECT numerator, denominator FROM mart.indicator WHERE indicator = 'questions_in_time'"
    )
    assert figures == [(2, 2)]
    assert "已答复 2 条" in nights.nights[2].ran.out
    assert "已解决 1 条（涉及每月 100.00 元）" in nights.nights[3].ran.out


def test_the_same_file_imported_twice_adds_nothing(nights: Nights) -> None:
    assert "记入 2 条" in nights.imported
    assert "记入 0 条" in nights.again
    assert len(list((nights.home / "state" / REGION / "questions").glob("*.parquet"))) == 1


def test_the_answers_are_their_owners_alone(nights: Nights) -> None:
    folder = nights.home / "state" / REGION / "questions"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir() if path.name != ".lock"} == {0o400}
