"""Why a line is on a list, or is not: everything a published release knows about one person's case.

Read from ``mart.duckdb`` alone; what the release leaves out is decided by the same policy again.
"""

from outreach.explain.case import Explanation, explain, find_bearers
from outreach.explain.release_reader import ExplainError, UnknownProgrammeError
from outreach.explain.say import spoken

__all__ = ["ExplainError", "Explanation", "UnknownProgrammeError", "explain", "find_bearers", "spoken"]
