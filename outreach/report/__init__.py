"""The month's report: what a region may publish, from the de-identified files of its published nights."""

from outreach.report.figures import MonthFigures, NoNightError, read_month
from outreach.report.page import ReportToolsError, write_report

__all__ = ["MonthFigures", "NoNightError", "ReportToolsError", "read_month", "write_report"]
