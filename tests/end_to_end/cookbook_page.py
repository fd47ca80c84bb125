"""``docs/cookbook.md``: its questions asked of a home, its answers, charts and notebook written.

    python tests/end_to_end/cookbook_page.py HOME            # write answers, charts and notebook anew
    python tests/end_to_end/cookbook_page.py --check HOME    # only compare the answers

It needs DuckDB alone (of any version from 1.2 on) to compare, Altair and vl-convert to draw.
"""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE = DOCS / "cookbook.md"
CHARTS = DOCS / "charts"
NOTEBOOK = DOCS / "notebooks" / "cookbook.ipynb"
REGION = "yaohai"
FONT = "Noto Sans CJK SC, Microsoft YaHei, PingFang SC, SimSun, sans-serif"
FILES = {"analyst": "latest.analyst.duckdb", "mart": "latest.duckdb"}


@dataclass(frozen=True)
class Question:
    """A section of the page: number, title, the file asked, query, drawing (empty: none), printed answer."""

    number: int
    title: str
    words: str
    file: str
    query: str
    chart: str
    answer: str


def questions(page: str) -> list[Question]:
    """The questions in the order of the page."""
    found = []
    for section in re.split(r"^## ", page, flags=re.MULTILINE)[1:]:
        number, title = section.splitlines()[0].split(". ", 1)
        words = section.split("\n", 2)[2].split("\n\n```", 1)[0]
        query = re.findall(r"```sql\n(.*?)\n```", section, re.DOTALL)[0]
        chart = re.findall(r"```(?:chart|python)\n(.*?)\n```", section, re.DOTALL)
        table = re.findall(r"^\|.*(?:\n\|.*)*", section, re.MULTILINE)
        file = "analyst" if words.startswith("`analyst`") else "mart"
        found.append(
            Question(int(number), title, words, file, query, "".join(chart), table[0] if table else "")
        )
    return found


def ask(home: Path, question: Question) -> list[dict[str, Any]]:
    """The answer's rows."""
    path = home / "warehouse" / REGION / FILES[question.file]
    with duckdb.connect(str(path), read_only=True) as con:
        asked = con.execute(question.query)
        names = [column[0] for column in asked.description]
        return [dict(zip(names, row, strict=True)) for row in asked.fetchall()]


def table(rows: list[dict[str, Any]]) -> str:
    """Rows as a table of the page; what is not known is empty."""

    def line(values: Any) -> str:
        return "| " + " | ".join("" if value is None else str(value) for value in values) + " |"

    head = list(rows[0])
    return "\n".join([line(head), "|" + "---|" * len(head), *(line(row.values()) for row in rows)])


def draw(question: Question, rows: list[dict[str, Any]]) -> str:
    """The chart as SVG."""
    import altair
    import vl_convert

    values = [{name: _plain(value) for name, value in row.items()} for row in rows]
    made = eval(question.chart, {"alt": altair, "answer": _Data(values).of(altair)})
    return str(vl_convert.vegalite_to_svg(made.configure(font=FONT).to_json()))


@dataclass(frozen=True)
class _Data:
    values: list[dict[str, Any]]

    def of(self, altair: Any) -> Any:
        import polars

        return polars.DataFrame(self.values)


def _plain(value: Any) -> Any:
    return float(value) if type(value).__name__ == "Decimal" else value


def chart_name(question: Question) -> str:
    """The name of the question's picture."""
    return f"question-{question.number:02}.svg"


def written(page: str, home: Path) -> str:
    """The page with the answers of the home."""
    head, *sections = re.split(r"^(?=## )", page, flags=re.MULTILINE)
    parts = [head]
    for section, question in zip(sections, questions(page), strict=True):
        body = re.sub(r"\n\n\|.*(?:\n\|.*)*|\n\n!\[[^\]]*\]\([^)]*\)", "", section.rstrip())
        body = body.replace("```chart", "```python")
        query, found, drawing = body.partition("\n\n```python\n")
        body = query + "\n\n" + table(ask(home, question)) + found + drawing
        if question.chart:
            body += f"\n\n![{question.title.split(' · ')[1]}](charts/{chart_name(question)})"
        parts.append(body + "\n\n")
    return "".join(parts).rstrip() + "\n"


def notebook(page: str) -> str:
    """The questions as a notebook of format 4: run it in the folder in which `make run` was typed."""
    start = (
        "from pathlib import Path\n\nimport altair as alt\nimport duckdb\n\n"
        'HOME = Path("home")  # where `make run` put it; change it to your own\n'
        f'FILES = {{name: str(HOME / "warehouse" / "{REGION}" / file) for name, file in '
        + json.dumps(FILES)
        + ".items()}\n\n\n"
        "def ask(name, query):\n"
        '    """The answer as a polars table; nothing can be changed in the file."""\n'
        "    with duckdb.connect(FILES[name], read_only=True) as con:\n"
        "        return con.sql(query).pl()"
    )
    cells = [
        _cell("markdown", "# The analyst's cookbook\n\nWritten from `docs/cookbook.md`."),
        _cell("code", start),
    ]
    for question in questions(page):
        words = f"## {question.number}. {question.title}\n\n{question.words}"
        cells.append(_cell("markdown", words))
        cells.append(_cell("code", f'answer = ask("{question.file}", """\n{question.query}\n""")\nanswer'))
        if question.chart:
            cells.append(_cell("code", question.chart))
        cells.append(_cell("markdown", question.answer))
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number:02}"
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    return (
        json.dumps(
            {"cells": cells, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5},
            ensure_ascii=False,
            indent=1,
        )
        + "\n"
    )


def _cell(kind: str, text: str) -> dict[str, Any]:
    lines = text.splitlines(keepends=True)
    more: dict[str, Any] = {"execution_count": None, "outputs": []} if kind == "code" else {}
    return {"cell_type": kind, "metadata": {}, "source": lines, **more}


def wrong(page: str, home: Path) -> list[str]:
    """Titles of the questions whose printed answer is not that of the home."""
    return [q.title for q in questions(page) if table(ask(home, q)) != q.answer]


def main(arguments: list[str]) -> int:
    """Write, or only compare."""
    home, page = Path(arguments[-1]), PAGE.read_text(encoding="utf-8")
    if "--check" in arguments:
        found = wrong(page, home)
        print(
            f"DuckDB {duckdb.__version__}: {len(questions(page))} questions, {len(found)} answered otherwise",
            *found,
            sep="\n",
        )
        return bool(found)
    page = written(page, home)
    PAGE.write_text(page, encoding="utf-8")
    CHARTS.mkdir(exist_ok=True)
    for question in questions(page):
        if question.chart:
            (CHARTS / chart_name(question)).write_text(draw(question, ask(home, question)), encoding="utf-8")
    NOTEBOOK.parent.mkdir(exist_ok=True)
    NOTEBOOK.write_text(notebook(page), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
