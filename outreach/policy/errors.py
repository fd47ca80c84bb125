"""What goes wrong with policy files, said so that an officer can mend it."""

from __future__ import annotations


class PolicyError(Exception):
    """A policy cannot be used; the message names the file, the line and what was meant."""
