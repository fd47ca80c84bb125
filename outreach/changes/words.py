"""What facts and their values are called where a change is explained."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from contracts.extracts.codes import DISABILITY_CATEGORY, PREFERENTIAL
from contracts.facts import FACTS, HARDSHIP_NAMES
from contracts.vocabulary import DisabilityGrade, FamilyPlanning, Hardship, Sex, Truth

SHOWN = {
    "hard_up": "hardship",
    "destitute": "hardship",
    **{f"on_{name}": "hardship" for name in HARDSHIP_NAMES.values()},
    "has_certificate": "disability_grade",
    "severely_disabled": "disability_grade",
    "has_assessment": "ability_level",
    "disabled_old": "ability_level",
    "unable_to_self_care": "ability_level",
    "partly_unable": "ability_level",
    "fp_special": "family_planning",
    "ever_visited": "last_visit_on",
    **dict.fromkeys(("days_since_visit", "visited_this_week", "visited_this_month"), "last_visit_on"),
    "health_checked_this_year": "last_health_check_on",
}
"""The fact by whose values a derived fact is shown, where both differ."""

_VALUES: Mapping[str, Mapping[str, str]] = {
    "sex": Sex.names(),
    "hardship": Hardship.names(),
    "disability_category": {entry.code: entry.label for entry in DISABILITY_CATEGORY.entries},
    "disability_grade": DisabilityGrade.names(),
    "family_planning": FamilyPlanning.names(),
    "preferential": {entry.code: entry.label for entry in PREFERENTIAL.entries},
}


def fact_labels() -> Iterator[tuple[str, str | None, str]]:
    """The words of each fact (value None) and of its values."""
    for fact in FACTS:
        yield fact.name, None, fact.label
        if fact.sql_type == "BOOLEAN":
            yield fact.name, "true", Truth.TRUE.chinese
            yield fact.name, "false", Truth.FALSE.chinese
        for value, label in _VALUES.get(fact.name, {}).items():
            yield fact.name, value, label
        if fact.sql_type == "VARCHAR":
            yield fact.name, "none", "无"
