"""What a deployment may set: ``<home>/settings.yaml``, every value with a default.

Pure data; who uses a value documents it. Unknown keys are refused, so that a misspelt limit is noticed.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from outreach.errors import OutreachError


class SettingsError(OutreachError):
    """The settings file cannot be used; the message names the key and the reason."""


class _Group(BaseModel):
    # values may hold secrets (the token of a webhook): an error names the key alone
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


_SIZE = re.compile(r"\s*([0-9]+(?:\.[0-9]+)?)\s*([KMGT])(i?)B\s*", re.IGNORECASE)
_LEAST_MEMORY = 100e6
LOCK_SECONDS = 60.0
"""How long a lock is waited for where a deployment sets nothing else."""


def _memory(text: str) -> str:
    """A size as the engine reads it; anything else never reaches it."""
    found = _SIZE.fullmatch(text)
    if found is None:
        raise ValueError("应为内存大小，如 1.5GB 或 800MB")
    unit = (1024 if found[3] else 1000) ** ("KMGT".index(found[2].upper()) + 1)
    if float(found[1]) * unit < _LEAST_MEMORY:
        raise ValueError("太小：至少 100MB")
    return f"{found[1]}{found[2].upper()}{found[3].lower()}B"


class EngineSettings(_Group):
    """Bounds of the embedded engine."""

    memory_limit: Annotated[str, AfterValidator(_memory)] = "1.5GB"
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
    ``parquet``: whether the tables are written as Parquet, too.
    """

    unusual_share: float = Field(default=0.02, ge=0, le=1)
    unusual_rows: int = Field(default=20, ge=0)
    first_night_share: float = Field(default=0.5, ge=0, le=1)
    nights_compared: int = Field(default=7, ge=1)
    keep_nights: int = Field(default=30, ge=1)
    parquet: bool = True
    min_free_gib: float = Field(default=1.0, ge=0)


class LockSettings(_Group):
    """How long a step waits for another process that holds the region's releases or registry of ids."""

    wait_seconds: float = Field(default=LOCK_SECONDS, ge=0, le=86400, allow_inf_nan=False)


class QuestionSettings(_Group):
    """Within how many days a department answers a question, by its key; ``default_days`` for all others.

    The working custom of a locality, not law.
    """

    default_days: int = Field(default=15, ge=1)
    days: dict[str, Annotated[int, Field(ge=1)]] | None = None


class AlertSettings(_Group):
    """Where alerts go in addition to the files under ``state/alerts/``, and which batches are expected.

    ``webhook_url``: gets every alert as a JSON POST. ``dagster_url``: where the web UI is reached, for links
    to runs. A region is expected to deliver every day when it is one of ``expected_regions``; where that is
    not set, when it published within the last ``expected_days``. What has not come by ``deadline`` ("HH:MM"
    in Asia/Shanghai) is missing.
    """

    webhook_url: str | None = Field(default=None, pattern=r"^https?://")
    dagster_url: str | None = Field(default=None, pattern=r"^https?://")
    expected_regions: tuple[str, ...] | None = None
    expected_days: int = Field(default=7, ge=1)
    deadline: str = Field(default="07:00", pattern=r"^([01]\d|2[0-3]):[0-5]\d$")


class NoticeSettings(_Group):
    """What a citizen's notice (告知单) has besides what the night found.

    ``phones``: the number to call, by area code (12 digits a community, 9 a town, 6 a district); the nearest
    one counts.
    """

    phones: dict[Annotated[str, Field(pattern=r"^\d{6}(\d{3}){0,2}$")], str] | None = None


class PortalSettings(_Group):
    """The web page of the teams.

    ``database_url``: where it keeps users, sessions and its audit trail: ``sqlite:///FILE`` (the default is
    ``state/portal/portal.sqlite`` of the home) or ``postgresql+psycopg://…``. ``idle_minutes``: after so long
    without a request a session ends. ``upload_mib``: the largest request. ``downloads_a_day``: so many lists
    a user may download. ``two_clerks``: a pair of records is decided when two clerks say the same, neither
    seeing the other's word. ``secure_cookie``: the page is reached by https alone, through a proxy.
    """

    database_url: str | None = Field(default=None, pattern=r"^(sqlite:///|postgresql\+psycopg://)\S+$")
    idle_minutes: int = Field(default=30, ge=1, le=720)
    upload_mib: int = Field(default=20, ge=1, le=500)
    downloads_a_day: int = Field(default=50, ge=0)
    two_clerks: bool = False
    secure_cookie: bool = False


class Settings(_Group):
    """All settings of a deployment.

    ``portal_url``: where the portal is reached, for QR codes: ``/person/`` and ``person_id`` follow it, and
    nothing else that is personal.
    """

    engine: EngineSettings = EngineSettings()
    intake: IntakeSettings = IntakeSettings()
    release: ReleaseSettings = ReleaseSettings()
    locks: LockSettings = LockSettings()
    questions: QuestionSettings = QuestionSettings()
    alerts: AlertSettings = AlertSettings()
    notices: NoticeSettings = NoticeSettings()
    portal: PortalSettings = PortalSettings()
    portal_url: str | None = Field(default=None, max_length=200, pattern=r"^https?://\S+$")


def load_settings(home: Path) -> Settings:
    """Settings of ``home/settings.yaml``, or the defaults where there is no such file.

    Raises:
        SettingsError: the file cannot be read, is not YAML, has an unknown key, or a value out of bounds.
    """
    path = home / "settings.yaml"
    if not path.exists() and not path.is_symlink():
        return Settings()
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"设置文件 {path} 无法读取：{error.strerror}。") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f"第 {mark.line + 1} 行附近" if mark else "编码或内容"
        raise SettingsError(f"设置文件 {path} 不是可读的 YAML（{line}有误），请改正后重试。") from error
    try:
        return Settings.model_validate({} if found is None else found)
    except ValidationError as error:
        mistakes = "；".join(
            f"{'.'.join(map(str, issue['loc'])) or '整个文件'}：{issue['msg'].removeprefix('Value error, ')}"
            for issue in error.errors(include_url=False, include_input=False)
        )
        raise SettingsError(f"设置文件 {path} 有误：{mistakes}。") from error
