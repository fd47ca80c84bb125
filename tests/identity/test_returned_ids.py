"""A list that comes back names persons by published id, name and masked number: they have to agree."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from identity_nights import Night, number, reconciling, resident

from outreach.engine import Warehouse

NUMBER = number("19410930", 408)
CAO = resident("曾美金", "19410930", 408)
NEXT = resident("何秀兰", "19520312", 206)
CROWD = [resident(name, f"19{45 + i}0312", 301 + 2 * i) for i, name in enumerate(["马国强", "郭建华"])]


def masked(id_number: str) -> str:
    return f"{id_number[:6]}********{id_number[14:]}"


@pytest.fixture(scope="module")
def returned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Night]:
    """The night of a list that came back, after one that gave CAO an id."""
    opened: list[Warehouse] = []
    night = reconciling(tmp_path_factory.mktemp("returned"), opened)
    register = [CAO, NEXT, *CROWD]
    person_id = night(household_register=register).person_id("household_register", 1)
    next_number = masked(str(NEXT["id_number"]))
    yield night(
        household_register=register,
        outreach_outcome=[
            {"person_id": person_id, "name": "曾美金", "id_number": masked(NUMBER)},
            {"person_id": person_id, "name": None, "id_number": masked(NUMBER)},
            {"person_id": person_id, "name": "何秀兰", "id_number": next_number},
            {"person_id": person_id, "id_number": next_number},
            {"person_id": None, "name": "曾美金", "id_number": masked(NUMBER)},
        ],
    )
    for warehouse in opened:
        warehouse.close()


@pytest.mark.parametrize("row", [1, 2], ids=["with the name", "without a name"])
def test_a_masked_number_that_fits_does_not_speak_against_the_id(returned: Night, row: int) -> None:
    assert returned.link("outreach_outcome", row) == (returned.person(1), "exact")


def test_an_id_that_slipped_to_the_next_line_is_not_believed(returned: Night) -> None:
    assert returned.link("outreach_outcome", 3)[0] == returned.person(2)
    assert returned.link("outreach_outcome", 4) != (returned.person(1), "exact")


def test_without_an_id_name_and_masked_number_suffice(returned: Night) -> None:
    assert returned.link("outreach_outcome", 5) == (returned.person(1), "strong")
