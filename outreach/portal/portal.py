"""What all pages share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from outreach.deployment import Deployment
from outreach.portal.nights.shelf import Shelf
from outreach.portal.store.database import Database
from outreach.settings import Settings

Rerun = Callable[[str, dt.date], None]
"""Starts the night of a region and a date again, and returns at once."""


@dataclass
class Portal:
    """The open portal: settings, database, nights. ``rerun`` None: nights are run from the command line."""

    deployment: Deployment
    settings: Settings
    database: Database
    shelf: Shelf
    today: Callable[[], dt.date]
    rerun: Rerun | None

    @property
    def home(self) -> Path:
        """The deployment's home."""
        return self.deployment.home

    @property
    def idle(self) -> dt.timedelta:
        """After so long without a request a session ends."""
        return dt.timedelta(minutes=self.settings.portal.idle_minutes)
