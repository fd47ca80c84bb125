"""What comes back on its own: filled-in lists and answered questions, read and added to the region's logs."""

from outreach.returns.take import FileTaken, Returns, ReturnsError

__all__ = ["FileTaken", "Returns", "ReturnsError"]
