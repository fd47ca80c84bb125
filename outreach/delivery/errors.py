"""What can go wrong in delivery, worded for an operator. No message holds a person's data."""

from __future__ import annotations

from outreach.errors import OutreachError


class DeliveryError(OutreachError):
    """A release cannot be built, checked or put in place; the message names the reason and what to do."""
