"""A list that comes back names persons by published id, name and masked number: they have to agree."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from identity_nights import Night, number, resident

NUMBER = number("19410930", 408)
CAO = resident("曾美金", "19410930", 408)
NEXT = resident("何秀兰", "19520312", 206)
CROWD = [resident(name, f"19{45 + i}0312", 301 + 2 * i) for i, name in enumerate(["马国强", "郭建华"])]


def masked(id_number: str) -> str:
    return f"{id_number[:6]}********{id_number[14:]}"


@pytest.mark.parametrize("name", ["曾美金", None])
def test_a_masked_number_that_fits_does_not_speak_against_the_id(
    night: Callable[..., Night], name: str | None
) -> None:
    person_id = night(household_register=[CAO, NEXT, *CROWD]).person_id("household_register", 1)
    n = night(
        household_register=[CAO, NEXT, *CROWD],
        outreach_outcome=[{"person_id": person_id, "name": name, "id_number": masked(NUMBER)}],
    )
    assert n.link("outreach_outcome") == (n.person(1), "exact")


def test_an_id_that_slipped_to_the_next_line_is_not_believed(night: Callable[..., Night]) -> None:
    person_id = night(household_register=[CAO, NEXT, *CROWD]).person_id("household_register", 1)
    n = night(
        household_register=[CAO, NEXT, *CROWD],
        outreach_outcome=[
            {"person_id": person_id, "name": "何秀兰", "id_number": masked(str(NEXT["id_number"]))},
            {"person_id": person_id, "id_number": masked(str(NEXT["id_number"]))},
        ],
    )
    assert n.link("outreach_outcome", 1)[0] == n.person(2)
    assert n.link("outreach_outcome", 2) != (n.person(1), "exact")


def test_without_an_id_name_and_masked_number_tell(night: Callable[..., Night]) -> None:
    n = night(
        household_register=[CAO, NEXT, *CROWD],
        outreach_outcome=[{"person_id": None, "name": "曾美金", "id_number": masked(NUMBER)}],
    )
    assert n.link("outreach_outcome") == (n.person(1), "strong")
