"""What became of an extract and of each of its files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class DeliveredFile:
    """One file of an extract as it was taken in. ``extra``: which of its columns are none of the extract,
    by place. ``doubled``: columns that it has more than once. ``last_line``: the line (or row of its sheet)
    of its last row.
    """

    file: str | None
    sha256: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    rows_read: int = 0
    rows_accepted: int = 0
    rows_quarantined: int = 0
    extra: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    last_line: int = 0


@dataclass(frozen=True)
class Delivery:
    """What became of an extract.

    ``status``: ``accepted``, ``accepted_with_quarantine``, ``refused``, ``absent``. ``quarantine``: rows
    quarantined, by rule; ``values``: cells of accepted rows that count as missing, by rule. ``message``: one
    Chinese sentence for operators, without personal data. ``over_limits``: the limits that were passed
    (``quarantine``, ``volume``, ``whole``: a file that breaks off within a line), whether the extract was
    refused for it or let through by an operator.
    """

    extract: str
    status: str
    files: tuple[DeliveredFile, ...]
    message: str
    quarantine: Mapping[str, int] = field(default_factory=dict)
    values: Mapping[str, int] = field(default_factory=dict)
    over_limits: frozenset[str] = frozenset()
    seconds: float = 0.0

    @property
    def delivered(self) -> bool:
        """Whether the extract's rows count (with or without quarantine)."""
        return self.status in ("accepted", "accepted_with_quarantine")

    @property
    def rows_read(self) -> int:
        return sum(file.rows_read for file in self.files)

    @property
    def rows_accepted(self) -> int:
        return sum(file.rows_accepted for file in self.files)

    @property
    def rows_quarantined(self) -> int:
        return sum(file.rows_quarantined for file in self.files)

    @property
    def extra_columns(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for file in self.files for name in file.extra))
