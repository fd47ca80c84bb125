"""Which column holds which codes, and what each is called: the rows of ``mart.code``.

The names are those of ``contracts.vocabulary``, of the departments' code sets, of the facts and extracts;
no name is defined here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from contracts.extracts import DEPARTMENTS, EXTRACTS
from contracts.extracts.codes import (
    DISABILITY_CATEGORY,
    PENSION_SCHEME,
    PENSION_STATUS,
    PREFERENTIAL,
    REGISTER_STATUS,
    CodeSet,
)
from contracts.facts import FACT_GROUPS, FACTS
from contracts.vocabulary import (
    AbilityLevel,
    Action,
    AreaLevel,
    Cause,
    Change,
    Decision,
    DeliveryStatus,
    DisabilityGrade,
    FamilyPlanning,
    Grade,
    Hardship,
    Measure,
    Mode,
    QuestionStatus,
    RecheckCause,
    Role,
    Sex,
    StopEvidence,
)

NONE = {"none": "无"}
"""The code of a person on no roll of a kind, where the extract was delivered."""


def _of(codes: CodeSet) -> dict[str, str]:
    return {str(entry.value): entry.label for entry in codes.entries}


_EXTRACT = {extract.name: extract.title for extract in EXTRACTS}
_NAMES: Mapping[tuple[str, ...], Mapping[str, str]] = {
    ("action", "action_before"): Action.names(),
    ("mode",): Mode.names(),
    ("decision",): Decision.names(),
    ("stop_evidence", "death_evidence"): StopEvidence.names(),
    ("grade", "identity_grade"): Grade.names(),
    ("cause", "causes"): Cause.names(),
    ("change",): Change.names(),
    ("recheck_cause",): RecheckCause.names(),
    ("measure",): Measure.names(),
    ("area.level",): AreaLevel.names(),
    ("delivery.status",): DeliveryStatus.names(),
    ("question.status",): QuestionStatus.names(),
    ("role", "left_role", "right_role"): Role.names(),
    ("sex",): Sex.names(),
    ("hardship", "hardship_rolls"): Hardship.names() | NONE,
    ("family_planning",): FamilyPlanning.names() | NONE,
    ("ability_level",): AbilityLevel.names(),
    ("disability_grade",): DisabilityGrade.names() | NONE,
    ("disability_category",): _of(DISABILITY_CATEGORY) | NONE,
    ("preferential",): _of(PREFERENTIAL) | NONE,
    ("pension_scheme",): _of(PENSION_SCHEME),
    ("pension_status",): _of(PENSION_STATUS),
    ("last_register_status",): _of(REGISTER_STATUS),
    ("fact",): {fact.name: fact.label for fact in FACTS},
    ("fact_group",): {group.name: group.label for group in FACT_GROUPS},
    ("department",): {department.key: department.title for department in DEPARTMENTS},
    (
        "extract",
        "left_extract",
        "right_extract",
        "address_source",
        "phone_source",
        "ability_source",
        "rests_on",
    ): _EXTRACT,
}


def codes_of_columns() -> Iterator[tuple[str, str, str, int]]:
    """Column, code, Chinese name and order: the rows of ``mart.code``.

    A column is named without its table, unless columns of one name hold different codes.
    """
    for columns, names in _NAMES.items():
        for column in columns:
            for position, (code, name) in enumerate(names.items(), 1):
                yield column, code, name, position
