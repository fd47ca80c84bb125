"""The analyst's cookbook: every question is answered on the samples as the page and the notebook say."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from command import Night
from cookbook_page import CHARTS, NOTEBOOK, PAGE, Question, ask, chart_name, notebook, questions, table

QUESTIONS = questions(PAGE.read_text(encoding="utf-8"))


def test_there_are_twenty_questions_in_both_languages() -> None:
    assert [question.number for question in QUESTIONS] == list(range(1, 21))
    assert [q.title for q in QUESTIONS if not re.search(r"[a-z]{3}.* · .*[一-龥]{3}", q.title)] == []


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: f"question-{question.number}")
def test_the_samples_answer_as_printed(two_nights: Night, question: Question) -> None:
    rows = ask(two_nights.home, question)
    assert table(rows) == question.answer, "run: python tests/end_to_end/cookbook_page.py HOME"


@pytest.mark.parametrize("question", [q for q in QUESTIONS if q.chart], ids=lambda q: f"question-{q.number}")
def test_the_chart_is_there_and_shows_what_the_answer_names(question: Question) -> None:
    drawn = (CHARTS / chart_name(question)).read_text(encoding="utf-8")
    texts = "".join(re.findall(r"<text[^>]*>([^<]*)</text>", drawn))
    assert re.search("[一-龥]", texts)
    assert f"charts/{chart_name(question)})" in PAGE.read_text(encoding="utf-8")


def test_no_person_can_be_found_in_the_answers() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert not re.search(r"person_id\b(?![^`|]*`)", "".join(question.answer for question in QUESTIONS))
    assert not re.search(r"\d{15}|1[3-9]\d{9}", text)


def test_the_notebook_is_the_page_and_its_cells_run(
    two_nights: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = NOTEBOOK.read_text(encoding="utf-8")
    assert held == notebook(PAGE.read_text(encoding="utf-8")), (
        "run: python tests/end_to_end/cookbook_page.py HOME"
    )
    monkeypatch.chdir(two_nights.home.parent)
    names: dict[str, Any] = {}
    answers = 0
    for cell in json.loads(held)["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), names)
            answers += "answer" in names
            # A chart that names a column which is not there fails here.
    assert answers >= len(QUESTIONS)
    assert Path("home").is_dir()
