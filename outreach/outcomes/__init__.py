"""The log of what outreach teams found out: kept in ``state/`` from night to night, used by every night."""

from outreach.outcomes.ask import ask_departments, recall_answers, recall_questions
from outreach.outcomes.log import (
    FOLDER,
    IMPORTED,
    QUESTIONS,
    AnswerLog,
    OutcomeLog,
    OutcomeLogError,
)
from outreach.outcomes.night import missing_lots, note_published_lines, recall, remember
from outreach.outcomes.rebuild import Rebuilt, rebuild

__all__ = [
    "FOLDER",
    "IMPORTED",
    "QUESTIONS",
    "AnswerLog",
    "OutcomeLog",
    "OutcomeLogError",
    "Rebuilt",
    "ask_departments",
    "missing_lots",
    "note_published_lines",
    "rebuild",
    "recall",
    "recall_answers",
    "recall_questions",
    "remember",
]
