"""Counts by area: protected where they are small, of the user's own areas alone."""

from __future__ import annotations

import re

import pytest
from browser import REGION, Browser, new_user, sign_in, text_of
from command import Night
from fastapi import FastAPI

from outreach.portal.access.roles import RoleName

TOWN = "340102002"


@pytest.fixture
def supervisor(app: FastAPI) -> Browser:
    return sign_in(app, RoleName.SUPERVISOR.value)


def numbers(page: str) -> list[int]:
    """The counts in the cells of a page's tables."""
    return [int(cell) for cell in re.findall(r'<td class="number">(\d+)</td>', page)]


def test_counts_are_those_of_the_night_and_none_is_small(supervisor: Browser, two_nights: Night) -> None:
    page = supervisor.get("/statistics").text
    ((due,),) = two_nights.query(
        "SELECT value FROM mart.statistic "
        "WHERE area_code = '340102' AND programme = 'visit' AND measure = 'due'"
    )
    row = re.search(r"探访服务</a></th>(.*?)</tr>", page)
    assert row
    assert f">{due:.0f}<" in row[1]
    assert not [count for count in numbers(page) if 0 < count < 5]
    assert "对象少，不显示" in page


def test_a_programme_is_shown_by_area_and_night(supervisor: Browser) -> None:
    page = supervisor.get("/statistics?programme=visit").text
    assert f"area={TOWN}" in page
    assert "2026-11-20" in page
    assert not [count for count in numbers(page) if 0 < count < 5]
    picture = supervisor.get("/statistics/nights.svg?programme=visit")
    assert picture.headers["content-type"] == "image/svg+xml"
    assert "在享受" in picture.text


def test_a_town_sees_its_own_counts_and_no_others(app: FastAPI) -> None:
    town = new_user(app, "town", RoleName.SUPERVISOR, [(REGION, TOWN)])
    page = town.get("/statistics")
    assert "340102100" not in page.text
    assert "指标" not in text_of(page)
    for path in ("/statistics?area=340102", "/statistics/nights.svg?area=340102&programme=visit"):
        assert town.get(path).status_code == 404
