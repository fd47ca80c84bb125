"""Numbers and names of which a part is masked: what is shown is compared, the rest proves nothing."""

import pytest
from identity_nights import MakeNight, Night, number, resident

PERSON = number("19410930", 408)
CAO = resident("曾美金", "19410930", 408)
OTHER = resident("曾美金", "19380512", 622)
CROWD = [
    resident(name, f"19{45 + i}0312", 201 + 2 * i) for i, name in enumerate(["马国强", "何秀兰", "郭建华"])
]


def levels(n: Night, person: int, extract: str | None = None, row: int = 1) -> tuple[str, str]:
    """The levels of number and birth date of the one row compared with a person, or of that row."""
    ((number_level, birth_level),) = n.con.execute(
        "SELECT scored.number_level, scored.birth_level FROM identity.score AS scored"
        " JOIN identity.link AS link ON link.row_key = scored.row_key"
        " WHERE scored.person_key = $person"
        " AND ($extract IS NULL OR (link.extract = $extract AND link.row_number = $row))",
        {"person": n.person(person), "extract": extract, "row": row},
    ).fetchall()
    return number_level, birth_level


SHOWN = {
    f"340102********{PERSON[14:]}": ("masked", "missing"),
    f"340102XXXXXXXX{PERSON[14:]}": ("masked", "missing"),
    f"340102****{PERSON[14:]}": ("masked", "missing"),
    f"{PERSON[:3]}***********{PERSON[14:]}": ("masked", "missing"),
    PERSON[-4:]: ("masked", "missing"),
    PERSON[-6:]: ("masked", "missing"),
    f"{PERSON[:14]}****": ("scientific", "equal"),
    f"身份证{PERSON}": ("letters for digits", "missing"),
    f"{PERSON}（本人）": ("letters for digits", "missing"),
    f"{PERSON}.0": ("letters for digits", "missing"),
}
"""What is written of a person's number, with the levels of number and birth date."""


def shown_digits(shared_night: MakeNight) -> Night:
    """One night of rows of which a part of the number, or the name's spelling, is all there is."""
    last4 = number("19410930", 617)[14:]
    return shared_night(
        household_register=[CAO, OTHER, *CROWD],
        visit_log=[{"name": "曾美金", "id_number": each} for each in SHOWN],
        health_management=[{"name": "曾美金", "id_number": f"340102********{last4}"}],
        hardship_roll=[
            {"name": "ceng mei jin", "id_number": "3.40102E+17", "birth_date": "1941-09-30", "sex": "F"}
        ],
    )


@pytest.mark.parametrize("said", SHOWN)
def test_the_digits_that_are_shown_are_compared(shared_night: MakeNight, said: str) -> None:
    n = shown_digits(shared_night)
    row = [*SHOWN].index(said) + 1
    assert levels(n, 1, "visit_log", row) == SHOWN[said]
    assert n.link("visit_log", row) == (n.person(1), "strong")


def test_hidden_digits_of_another_are_another_number(shared_night: MakeNight) -> None:
    n = shown_digits(shared_night)
    assert levels(n, 1, "health_management")[0] == "other, damaged"
    assert n.link("health_management")[1] != "strong"


def test_a_name_spelt_in_letters_is_found_by_the_birth_date(shared_night: MakeNight) -> None:
    n = shown_digits(shared_night)
    assert n.could_be("hardship_roll") == {n.person(1)} or n.link("hardship_roll")[0] == n.person(1)


def test_a_register_that_hides_digits_is_found_from_the_whole_number(night: MakeNight) -> None:
    hidden = resident("曾美金", "19410930", 408, id_number=f"340102********{PERSON[14:]}")
    n = night(
        household_register=[hidden, *CROWD],
        pension_roll=[{"name": "曾美金", "id_number": PERSON, "birth_date": "1941-09-30"}],
    )
    assert levels(n, 1)[0] == "masked"
    assert n.link("pension_roll") == (n.person(1), "strong")


def test_two_hidden_names_are_not_one_name(night: MakeNight) -> None:
    """In the register, too, only the surname is shown: 曾** may be any 曾 of two more characters."""
    hidden = resident("曾**", "19410930", 408, id_number=None, phone="13512345678")
    n = night(
        household_register=[hidden, *CROWD],
        visit_log=[{"name": "曾某某", "phone": "13512345678", "id_number": "3.40102E+17"}],
    )
    assert n.one("SELECT count(*) FROM identity.score WHERE name_level = 'equal'") == 0


def test_the_number_links_under_a_name_masked_titled_or_in_another_order(night: MakeNight) -> None:
    names = ["曾金美", "美金曾", "曾某某", "曾美金女士"]
    n = night(
        household_register=[CAO, *CROWD],
        visit_log=[{"name": name, "id_number": PERSON} for name in names],
    )
    links = {name: n.link("visit_log", row) for row, name in enumerate(names, start=1)}
    assert links == dict.fromkeys(names, (n.person(1), "exact"))


def test_a_sister_of_a_name_in_another_order_keeps_the_own_row(night: MakeNight) -> None:
    sister = resident("曾金美", "19440611", 624, household_no=CAO["household_no"])
    n = night(
        household_register=[CAO, sister, *CROWD],
        visit_log=[{"name": "曾金美", "id_number": PERSON}],
    )
    assert n.link("visit_log")[1] in ("review", "new")
