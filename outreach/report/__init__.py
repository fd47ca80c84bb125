"""The month's report: what a region may publish, from the de-identified files of its published nights."""

from outreach.report.figures import MonthFigures, NoNightError, read_month
from outreach.report.page import write_report

__all__ = ["MonthFigures", "NoNightError", "read_month", "write_report"]
