"""The latest night of each region: opened once, exchanged for the next one while pages go on reading."""

from __future__ import annotations

import logging
import os
import secrets
import threading
from collections.abc import Mapping
from pathlib import Path

from outreach.delivery import last_sound
from outreach.engine import make_folder
from outreach.engine.folders import GROUP
from outreach.errors import OutreachError
from outreach.portal.errors import NoNightError
from outreach.portal.nights.night import OpenNight
from outreach.settings import EngineSettings

_log = logging.getLogger(__name__)


class Shelf:
    """The open nights of a home.

    Args:
        home: the deployment's home.
        regions: key of a region → area code and Chinese name (`outreach.policy.regions`).
    """

    def __init__(self, home: Path, regions: Mapping[str, tuple[str, str]], engine: EngineSettings) -> None:
        self.home = home
        self.regions = regions
        self._engine = engine
        self._folder = home / "state" / "portal" / "nights"
        self._open: dict[str, OpenNight] = {}
        self._opening: dict[str, threading.Lock] = {region: threading.Lock() for region in regions}
        self._tried: dict[str, Path | None] = {}
        self._clear()

    def night(self, region: str) -> OpenNight:
        """The latest published night. A newer one than is open is opened aside; until then the older serves.

        Raises:
            NoNightError: nothing is published, or what is published is damaged.
        """
        if region not in self.regions:
            raise NoNightError
        there = self._open.get(region)
        latest = self._latest(region)
        if there is None:
            with self._opening[region]:
                return self._open.get(region) or self._exchange(region)
        if latest not in (None, there.mart, self._tried.get(region)) and self._opening[region].acquire(
            blocking=False
        ):
            self._tried[region] = latest
            threading.Thread(target=self._exchange_aside, args=(region,), daemon=True).start()
        return there

    def published(self) -> tuple[str, ...]:
        """The regions that have a published night."""
        return tuple(region for region in sorted(self.regions) if self._latest(region) is not None)

    def close(self) -> None:
        """Close all nights."""
        for night in self._open.values():
            night.retire()
        self._open.clear()

    def _latest(self, region: str) -> Path | None:
        link = self.home / "warehouse" / region / "latest.duckdb"
        return link.resolve() if link.exists() else None

    def _exchange_aside(self, region: str) -> None:
        try:
            self._exchange(region)
        except (OutreachError, OSError):
            _log.exception("night of %s could not be opened; the one before serves on", region)
        finally:
            self._opening[region].release()

    def _exchange(self, region: str) -> OpenNight:
        night, _ = last_sound(self.home, region)
        if night is None:
            raise NoNightError
        make_folder(self._folder, GROUP)
        place = self._folder / f"{os.getpid()}-{region}-{secrets.token_hex(4)}.duckdb"
        code, name = self.regions[region]
        opened = OpenNight(night, place, (region, name, code), self._engine)
        opened.take_answers(self.home)
        before = self._open.get(region)
        self._open[region] = opened
        if before is not None:
            before.retire()
        return opened

    def _clear(self) -> None:
        """Remove files that a killed process left."""
        for path in self._folder.glob("*.duckdb*") if self._folder.is_dir() else ():
            try:
                os.kill(int(path.name.partition("-")[0]), 0)
            except (ProcessLookupError, ValueError, OverflowError):
                path.unlink(missing_ok=True)
            except PermissionError:
                continue
