"""``outreach explain``: one person's case, for an officer's eyes or as JSON."""

from pipelines.case_report.page import explain_by_number, explain_person

__all__ = ["explain_by_number", "explain_person"]
