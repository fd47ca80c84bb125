"""What is not as it was on the published night before, and why."""

from outreach.changes.find import ChangeReport, explain_changes

__all__ = ["ChangeReport", "explain_changes"]
