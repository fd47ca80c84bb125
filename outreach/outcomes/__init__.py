"""The log of what outreach teams found out: kept in ``state/`` from night to night, used by every night."""

from outreach.outcomes.log import FOLDER, OutcomeLog, OutcomeLogError
from outreach.outcomes.night import missing_lots, note_published_lines, recall, remember
from outreach.outcomes.rebuild import Rebuilt, rebuild

__all__ = [
    "FOLDER",
    "OutcomeLog",
    "OutcomeLogError",
    "Rebuilt",
    "missing_lots",
    "note_published_lines",
    "rebuild",
    "recall",
    "remember",
]
