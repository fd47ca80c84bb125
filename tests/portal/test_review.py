"""Pairs of records: side by side, decided by one clerk or by two who do not see each other's word."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from browser import PASSWORD, REGION, Browser, new_user, open_portal, sign_in, text_of
from fastapi import FastAPI

from outreach.portal.access.roles import RoleName

_PAIR = re.compile(r'href="/review/([0-9a-f-]{16,})"')


def decisions(home: Path) -> list[dict[str, object]]:
    """What binds the next night."""
    path = home / "state" / REGION / "clerical.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


@pytest.fixture
def clerk(app: FastAPI) -> Browser:
    return sign_in(app, RoleName.CLERK.value)


def pairs(clerk: Browser) -> list[str]:
    """The pairs that are shown, in order."""
    return list(dict.fromkeys(_PAIR.findall(clerk.get("/review").text)))


def test_two_records_are_shown_with_their_differences_marked(clerk: Browser) -> None:
    page = clerk.get(f"/review/{pairs(clerk)[0]}")
    assert 'class="differs"' in page.text
    assert "第" in text_of(page)
    assert "证据（比特）" in page.text
    assert clerk.get(f"/review/{pairs(clerk)[0]}/evidence.svg").status_code == 200


def test_a_clerks_word_binds_the_next_night(home: Path, clerk: Browser) -> None:
    pair, before = pairs(clerk)[0], len(decisions(home))
    clerk.post(f"/review/{pair}", data={"choice": "same"})
    written = decisions(home)
    assert len(written) == before + 1
    assert written[-1]["same"] is True
    assert written[-1]["by"] == RoleName.CLERK.chinese
    assert "已定：是同一人" in clerk.text(f"/review/{pair}")


def test_a_word_can_be_corrected_and_unsure_decides_nothing(home: Path, clerk: Browser) -> None:
    pair = pairs(clerk)[-1]
    clerk.post(f"/review/{pair}", data={"choice": "unsure"})
    before = decisions(home)
    clerk.post(f"/review/{pair}", data={"choice": "different"})
    clerk.post(f"/review/{pair}", data={"choice": "different"})
    assert [one["same"] for one in decisions(home)[len(before) :]] == [False]


def test_a_pair_that_is_not_there_or_elsewhere_cannot_be_decided(app: FastAPI, clerk: Browser) -> None:
    pair = pairs(clerk)[0]
    assert clerk.post("/review/0123456789abcdef", data={"choice": "same"}).status_code == 404
    assert clerk.post(f"/review/{pair}", data={"choice": "perhaps"}).status_code == 400
    other = new_user(app, "other_clerk", RoleName.CLERK, [(REGION, "340102999")])
    assert other.get(f"/review/{pair}").status_code == 404
    assert pairs(other) == []


def test_where_two_are_asked_neither_sees_the_other_and_one_word_does_not_bind(home: Path) -> None:
    (home / "settings.yaml").write_text("portal:\n  two_clerks: true\n", encoding="utf-8")
    app = open_portal(home, add=False)
    first = sign_in(app, RoleName.CLERK.value)
    second = new_user(app, "second_clerk", RoleName.CLERK, [(REGION, "")])
    pair, before = pairs(first)[-2], len(decisions(home))
    first.post(f"/review/{pair}", data={"choice": "different"})
    assert len(decisions(home)) == before
    page = second.text(f"/review/{pair}")
    assert "您的意见" not in page
    assert "不是同一人，待" not in page
    second.post(f"/review/{pair}", data={"choice": "different"})
    assert len(decisions(home)) == before + 1
    assert PASSWORD not in page
