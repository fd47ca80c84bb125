"""What the departments promise: one pandera model an extract, grouped by department, and their registry."""

from contracts.extracts.codes import CODE_SETS, Code, CodeSet
from contracts.extracts.columns import Column, ExtractModel, Kind
from contracts.extracts.registry import (
    DEPARTMENTS,
    EXTRACT_BY_NAME,
    EXTRACTS,
    ID_STATES,
    QUESTION_ANSWER,
    Department,
    Extract,
    ReturnedList,
    derived_names,
)

__all__ = [
    "CODE_SETS",
    "DEPARTMENTS",
    "EXTRACTS",
    "EXTRACT_BY_NAME",
    "ID_STATES",
    "QUESTION_ANSWER",
    "Code",
    "CodeSet",
    "Column",
    "Department",
    "Extract",
    "ExtractModel",
    "Kind",
    "ReturnedList",
    "derived_names",
]
