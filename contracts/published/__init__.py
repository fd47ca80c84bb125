"""What a release promises its readers: the tables of ``mart`` and the check before publication."""

from contracts.published.check import check_published
from contracts.published.tables import TABLES, PublishedColumn, PublishedTable

__all__ = ["TABLES", "PublishedColumn", "PublishedTable", "check_published"]
