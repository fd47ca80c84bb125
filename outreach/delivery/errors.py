"""What can go wrong in delivery, said to an operator. No message holds a person's data."""

from __future__ import annotations


class DeliveryError(Exception):
    """A release cannot be built, checked or put in place; the message says why and what to do."""
