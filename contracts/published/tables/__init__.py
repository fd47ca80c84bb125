"""The tables of a release's ``mart.duckdb``: columns, types, meaning, what may be missing, what is unique.

A module holds the tables of one subject. The facts of ``mart.person`` are those of ``contracts.facts``,
defined once there. More columns may be added; these keep their names and meaning.
"""

from __future__ import annotations

from contracts.published.tables.answers import OUTCOME, QUESTION
from contracts.published.tables.decisions import (
    DECISION,
    DECISION_PATTERN,
    DECISION_ROW,
    FACT_SOURCE,
    FACT_SOURCE_ROW,
    PROGRAMME,
    PROGRAMME_RULE,
    SWITCHED_OFF,
)
from contracts.published.tables.identity import (
    IDENTITY_EVIDENCE,
    IDENTITY_LINK,
    IDENTITY_PATTERN,
    IDENTITY_POSSIBLE,
    IDENTITY_QUALITY,
    IDENTITY_REVIEW,
    IDENTITY_REVIEW_RECORD,
    IDENTITY_WEIGHT,
)
from contracts.published.tables.lists import CANDIDATE, CHANGE, WAITING_LIST
from contracts.published.tables.night import CODE, DELIVERY, QUARANTINE, RUN, TIMING
from contracts.published.tables.person import LEDGER, PERSON
from contracts.published.tables.statistics import (
    AREA,
    HISTORY,
    INDICATOR,
    INDICATOR_AREA,
    STATISTIC,
    STATISTIC_GROUP,
    STATISTIC_NEED,
)
from contracts.published.tables.table import PublishedColumn, PublishedTable

__all__ = ["PERSON", "TABLES", "PublishedColumn", "PublishedTable"]

TABLES: tuple[PublishedTable, ...] = (
    PERSON,
    IDENTITY_LINK,
    IDENTITY_PATTERN,
    IDENTITY_QUALITY,
    IDENTITY_WEIGHT,
    IDENTITY_EVIDENCE,
    IDENTITY_REVIEW,
    IDENTITY_REVIEW_RECORD,
    IDENTITY_POSSIBLE,
    FACT_SOURCE,
    FACT_SOURCE_ROW,
    DECISION,
    DECISION_ROW,
    DECISION_PATTERN,
    CANDIDATE,
    PROGRAMME,
    CODE,
    SWITCHED_OFF,
    CHANGE,
    OUTCOME,
    QUESTION,
    PROGRAMME_RULE,
    QUARANTINE,
    DELIVERY,
    STATISTIC,
    AREA,
    WAITING_LIST,
    STATISTIC_GROUP,
    STATISTIC_NEED,
    LEDGER,
    HISTORY,
    INDICATOR,
    INDICATOR_AREA,
    RUN,
    TIMING,
)
"""All of them, in the order in which a reader meets them."""
