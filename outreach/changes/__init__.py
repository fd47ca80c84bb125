"""What is not as it was on the published night before, and why."""

from outreach.changes.find import ChangeReport, find_changes

__all__ = ["ChangeReport", "find_changes"]
