"""What a newcomer should do and open by the README is there, in both languages."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from command import ROOT, Night

READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]


@pytest.fixture(params=READMES, ids=lambda path: path.name)
def readme(request: pytest.FixtureRequest) -> str:
    path: Path = request.param
    return path.read_text(encoding="utf-8")


def test_the_first_query_answers(readme: str, samples: dict[str, Night], tmp_path: Path) -> None:
    (script,) = re.findall(r'```sh\n\.venv/bin/python -c "\n(.*?)"\n```', readme, re.DOTALL)
    home = samples["yaohai"].home
    ran = subprocess.run(
        [sys.executable, "-c", script], cwd=home.parent, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert "programme" in ran.stdout
    assert "extract" in ran.stdout


def test_the_first_lists_are_there(readme: str, two_nights: Night) -> None:
    root = two_nights.home.parent
    named = re.findall(r"`(home/[^`<]+)`", readme)
    assert len(named) >= 3
    assert [path for path in named if not (root / path).exists()] == []
    (example,) = set(re.findall(r"`(\d{9}/[a-z_]+\.[a-z]+\.xlsx)`", readme))
    assert (root / "home" / "lists" / "yaohai" / "latest" / example).is_file()


def test_every_page_it_links_exists(readme: str) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", readme)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_every_make_target_it_names_exists(readme: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"make ([a-z]+)", readme)) <= targets


def test_every_query_of_the_analyst_page_answers(samples: dict[str, Night]) -> None:
    page = (ROOT / "docs" / "analyst.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```sql\n(.*?)```", page, re.DOTALL)
    assert len(blocks) == 3
    for block in blocks:
        suffix = ".duckdb" if "mart." in block else ".analyst.duckdb"
        for query in filter(str.strip, block.split(";\n")):
            answers = 0
            for night in samples.values():
                path = night.home / "warehouse" / night.region / f"latest{suffix}"
                with duckdb.connect(str(path), read_only=True) as con:
                    answers += len(con.sql(query).fetchall())
            assert answers, query
