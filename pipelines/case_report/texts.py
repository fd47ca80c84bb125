"""How a row and a text from outside are written on a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from contracts.vocabulary import Role
from outreach.explain.release_reader import SourceRow

ROLE = {"": "", **{role.value: f"（{role.chinese}）" for role in Role}}
SHOWN_TOGETHER = 5
"""How many rows that are the person's for the same reasons are named by number."""


def visible(text: str) -> str:
    """Text from outside without what a terminal would obey."""
    return "".join(
        character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text
    )


def named_row(place: SourceRow) -> str:
    """Extract, side of a marriage and row number."""
    return f"{place.title}{ROLE[place.role]}第{place.row_number}行"


def named_rows(places: Sequence[SourceRow]) -> str:
    """The same of several rows of one extract: the first few by number, and how many there are."""
    numbers = "、".join(str(place.row_number) for place in places[:SHOWN_TOGETHER])
    more = "等" if len(places) > SHOWN_TOGETHER else ""
    return f"{places[0].title}{ROLE[places[0].role]}第{numbers}行{more}，共{len(places)}行"


def file_and_row(place: SourceRow) -> str:
    """The file and the row in it; empty where the release does not know them."""
    return "" if place.file is None else f"{place.file} 第{place.file_row}行"
