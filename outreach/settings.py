"""What a deployment may set: ``<home>/settings.yaml``, every value with a default.

Pure data; who uses a value documents it. Unknown keys are refused, so that a misspelt limit is noticed.
"""

from __future__ import annotations

from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError


class SettingsError(Exception):
    """The settings file cannot be used; the message says which key and why."""


class _Group(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class EngineSettings(_Group):
    """Bounds of the embedded engine."""

    memory_limit: str = "1.5GB"
    threads: int = Field(default=0, ge=0, description="0 = as many as there are cores")


class IntakeSettings(_Group):
    """When an extract is refused although its form is right, and what reading one may cost.

    An extract is refused that lost more than ``volume_drop_rows`` rows and more than ``volume_drop_share`` of
    them since the last published night. Where ``volume_own_nights`` or more of the last ``volume_nights``
    accepted it, its own nights make the share smaller: twice the largest fall from one of them to the next,
    at least ``volume_own_share``. An extract of ``quarantine_all_rows`` rows or more that are all quarantined
    is refused, too.

    Workbooks and parquet files are read in a process of their own: ``reading_seconds`` is how long the night
    waits for it, ``reading_memory_gib`` what it may take (a full sheet of a million rows and 15 columns needs
    1.6), ``unpacked_gib`` how large a workbook may be unpacked.
    """

    quarantine_share: float = Field(default=0.10, ge=0, le=1)
    quarantine_rows: int = Field(default=50, ge=0)
    quarantine_all_rows: int = Field(default=20, ge=1)
    volume_drop_share: float = Field(default=0.20, ge=0, le=1)
    volume_drop_rows: int = Field(default=4, ge=0)
    volume_own_share: float = Field(default=0.05, ge=0, le=1)
    volume_own_nights: int = Field(default=4, ge=2)
    volume_nights: int = Field(default=10, ge=2)
    reading_seconds: int = Field(default=300, ge=1)
    reading_memory_gib: float = Field(default=4.0, ge=0.25)
    unpacked_gib: float = Field(default=4.0, gt=0)


class ReleaseSettings(_Group):
    """When a release is held back, and how many are kept.

    A release is held when its stops (or cuts) exceed the mean of the last published nights by more than
    ``unusual_rows`` and by more than ``unusual_share`` of all who are receiving. On a region's first
    night, with nothing to compare to, ``first_night_share`` of all who are receiving is the limit.
    """

    unusual_share: float = Field(default=0.02, ge=0, le=1)
    unusual_rows: int = Field(default=20, ge=0)
    first_night_share: float = Field(default=0.5, ge=0, le=1)
    nights_compared: int = Field(default=7, ge=1)
    keep_nights: int = Field(default=30, ge=1)
    min_free_gib: float = Field(default=1.0, ge=0)


class AlertSettings(_Group):
    """Where a failed night is told: a webhook (JSON POST) and a file under ``state/``."""

    webhook_url: str | None = None


class Settings(_Group):
    """All settings of a deployment."""

    engine: EngineSettings = EngineSettings()
    intake: IntakeSettings = IntakeSettings()
    release: ReleaseSettings = ReleaseSettings()
    alerts: AlertSettings = AlertSettings()


def load_settings(home: Path) -> Settings:
    """Settings of ``home/settings.yaml``, or the defaults where there is no such file.

    Raises:
        SettingsError: the file is not YAML, has an unknown key, or a value out of bounds.
    """
    path = home / "settings.yaml"
    if not path.exists():
        return Settings()
    try:
        return Settings.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")) or {})
    except (yaml.YAMLError, ValidationError) as error:
        raise SettingsError(f"{path}: {error}") from error
