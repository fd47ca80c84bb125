"""What the tests of list lines share: people, and the lines that were decided for them."""

from __future__ import annotations

from typing import Any

from world import person

HARD_UP_UNABLE: dict[str, Any] = {"age": 70, "hardship_rolls": [11], "ability_level": 3}


def actions(query: Any, programme: str) -> dict[int, str]:
    """Of each person with a line of the programme its action."""
    return dict(
        query(
            f"SELECT person_key, action FROM decisions.candidate WHERE programme = '{programme}' ORDER BY ALL"
        )
    )


def one(query: Any, programme: str, columns: str, key: int = 1) -> Any:
    """Columns of the person's only line of the programme: one value, or a row of several."""
    rows = query(
        f"SELECT {columns} FROM decisions.candidate WHERE programme = '{programme}' AND person_key = {key}"
    )
    assert len(rows) == 1
    return rows[0] if "," in columns else rows[0][0]


def receives(key: int, programme: str, amount: Any = None, **more: Any) -> dict[str, Any]:
    """A programme that the person receives, as ``World`` takes it."""
    return {"person_key": key, "programme": programme, "amount": amount, **more}


def both(key: int, **more: Any) -> dict[str, Any]:
    """A person with a right to both nursing benefits of the exclusive group."""
    return person(key, **HARD_UP_UNABLE, disability_grade="1", **more)


def nursing(query: Any) -> dict[tuple[int, str], str]:
    """Actions by person and nursing benefit."""
    rows = query(
        "SELECT person_key, programme, action FROM decisions.candidate "
        "WHERE programme LIKE '%nursing_subsidy' ORDER BY ALL"
    )
    return {(key, programme): action for key, programme, action in rows}
