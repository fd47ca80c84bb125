"""Models of ``sql/`` that name every fact, or every fact of a kind, written from ``contracts.facts``."""

from __future__ import annotations

from contracts.facts import ENDING_FACTS, FACTS, LOOKED_UP_EXTRACTS
from contracts.model_text import model
from contracts.published.tables import PERSON
from contracts.vocabulary import HARDSHIP_ROLLS

_SOURCE = "contracts/facts.py"
_FIRST = (
    *("person_id", "region", "household_id", "name", "id_number", "former_id_number", "sex", "birth_date"),
    *("age", "alive", "died_on", "registered", "area_code", "town_code"),
    *("address", "address_source", "address_date", "phone", "phone_source", "phone_date"),
)
"""Columns of ``mart.person`` that come before all others: who it is, and where the person is found."""


def changed_fact() -> str:
    """``changes.fact``: facts that differ between two nights."""
    pairs = ",\n".join(
        f"                    struct_pack(\n"
        f"                        fact := '{fact.name}',\n"
        f"                        before := CAST(previous.{fact.name} AS VARCHAR),\n"
        f"                        after := CAST(tonight.{fact.name} AS VARCHAR)\n"
        f"                    )"
        for fact in FACTS
        if not fact.sql_type.endswith("[]")
    )
    return model(
        "Facts that differ between the two nights, of the persons whose lines differ. Only of persons who "
        "were there on both nights; facts that are lists are left out: no condition names them.",
        source=_SOURCE,
        grain="a person × fact, both values as text",
        columns=["person_id", "fact", "before", "after"],
        tables=["changes.subject", "previous.person", "facts.person"],
        select=f"""\
SELECT
    differing.person_id,
    differing.fact.fact AS fact,
    differing.fact.before AS before,
    differing.fact.after AS after
FROM (
    SELECT
        subject.person_id,
        unnest(
            list_filter(
                [
{pairs}
                ],
                lambda value: value.before IS DISTINCT FROM value.after
            )
        ) AS fact
    FROM changes.subject AS subject
    INNER JOIN previous.person AS previous ON previous.person_id = subject.person_id_before
    INNER JOIN facts.person AS tonight ON tonight.person_key = subject.person_key
) AS differing""",
    )


def last_day() -> str:
    """``decisions.last_day``: until when facts held that no longer do, and who is named at all."""
    ended = [f"ended_{name}" for name in ENDING_FACTS]
    named = [f"in_{name}" for name in LOOKED_UP_EXTRACTS]
    days = ",\n".join(
        f"        min(ended.ended_on) FILTER (WHERE ended.fact = '{name}') AS ended_{name}"
        for name in ENDING_FACTS
    )
    places = ",\n".join(
        f"        bool_or(named.extract = '{name}') AS in_{name}" for name in LOOKED_UP_EXTRACTS
    )
    items = ",\n".join(
        [
            "    person.person_key",
            *(f"    last_day.{name}" for name in ended),
            *(f"    coalesce(named.{name}, FALSE) AS {name}" for name in named),
        ]
    )
    return model(
        "Until when the facts of a person held that no longer do (ended_…), and which extracts name the "
        "person at all (in_…).",
        source=_SOURCE,
        grain="a person of decisions.lost",
        columns=["person_key", *ended, *named],
        tables=["decisions.lost", "facts.ended", "facts.named"],
        select=f"""\
WITH person AS (
    SELECT DISTINCT person_key
    FROM decisions.lost
),

last_day AS (
    SELECT
        ended.person_key,
{days}
    FROM facts.ended AS ended
    INNER JOIN person ON person.person_key = ended.person_key
    GROUP BY ended.person_key
),

named AS (
    SELECT
        named.person_key,
{places}
    FROM facts.named AS named
    INNER JOIN person ON person.person_key = named.person_key
    GROUP BY named.person_key
)

SELECT
{items}
FROM person
LEFT JOIN last_day ON last_day.person_key = person.person_key
LEFT JOIN named ON named.person_key = person.person_key""",
    )


def published_person() -> str:
    """``mart.person``: the published person with every fact."""
    names = "\n".join(f"            WHEN {number} THEN '{roll}'" for number, roll in HARDSHIP_ROLLS.items())
    rolls = (
        "    list_transform(\n"
        "        person.hardship_rolls,\n"
        f"        lambda number: CASE number\n{names}\n        END\n"
        "    ) AS hardship_rolls"
    )
    receiving = (
        "    CASE\n"
        "        WHEN delivered.benefit_roll\n"
        "            THEN coalesce(\n"
        "                paid.receiving, CAST([] AS STRUCT(programme VARCHAR, amount DECIMAL(12, 2))[])\n"
        "            )\n"
        "    END AS receiving"
    )
    special = {"region": "    context.region", "hardship_rolls": rolls, "receiving": receiving}
    columns = [*_FIRST, *(column.name for column in PERSON.columns if column.name not in _FIRST)]
    items = ",\n".join(special.get(name, f"    person.{name}") for name in columns)
    return model(
        "The published person: who it is, where the person is found, and every fact.",
        source="contracts/facts.py and contracts/published/tables/person.py",
        grain="a person",
        columns=columns,
        tables=["facts.delivered", "facts.person", "facts.receiving", "run.context"],
        select=f"""\
WITH paid AS (
    SELECT
        person_key,
        array_sort(list(struct_pack(programme := programme, amount := amount))) AS receiving
    FROM facts.receiving
    GROUP BY person_key
)

SELECT
{items}
FROM facts.person AS person
CROSS JOIN run.context AS context
CROSS JOIN facts.delivered AS delivered
LEFT JOIN paid ON paid.person_key = person.person_key""",
    )
