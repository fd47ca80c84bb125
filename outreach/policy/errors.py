"""What goes wrong with policy files, worded so that an officer can correct it."""

from __future__ import annotations

from outreach.errors import OutreachError


class PolicyError(OutreachError):
    """A policy cannot be used; the message names the file, the line and what was meant."""
