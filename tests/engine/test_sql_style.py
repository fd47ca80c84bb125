"""How every SQL file is written: lines that fit a screen, and a person who is the person."""

import configparser
import re
from pathlib import Path

import pytest

from outreach.engine.headers import WIDTH
from outreach.engine.models import SQL_DIR

FILES = sorted(SQL_DIR.rglob("*.sql"))
NAMES = [str(path.relative_to(SQL_DIR)) for path in FILES]


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_no_line_is_too_long(path: Path) -> None:
    assert [line for line in path.read_text(encoding="utf-8").splitlines() if len(line) > WIDTH] == []


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_a_person_is_the_person(path: Path) -> None:
    words = re.findall(r"[a-z]+", path.read_text(encoding="utf-8").lower())
    assert {"she", "her", "hers", "herself"} & set(words) == set()


def test_every_rule_that_the_lint_leaves_out_says_why() -> None:
    text = (SQL_DIR.parent / ".sqruff").read_text(encoding="utf-8")
    config = configparser.ConfigParser()
    config.read_string(text)
    explained = re.findall(r"^# ((?:[A-Z]{2}\d\d(?:, )?)+): \S", text, re.MULTILINE)
    assert set(config["sqruff"]["exclude_rules"].split(",")) == set(", ".join(explained).split(", "))
