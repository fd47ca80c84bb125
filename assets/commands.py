"""Commands that a message suggests: complete, so that they can be copied into a shell."""

from __future__ import annotations

import shlex
from pathlib import Path


def run_command(region: str, as_of: object, *, landing: Path | str, home: Path | str) -> str:
    """The command that runs a night (again)."""
    night = ["outreach", "run", "--region", region, "--date", str(as_of)]
    return shlex.join([*night, "--landing", str(landing), "--home", str(home)])


def approve_command(region: str, as_of: object, run_id: str, *, home: Path | str) -> str:
    """The command that approves a held release; who runs it puts the reason in place of the dots."""
    held = ["outreach", "release", "approve", "--region", region, "--date", str(as_of), "--run", run_id]
    return f'{shlex.join(held)} --why "…" {shlex.join(["--home", str(home)])}'


def doctor_command(home: Path | str) -> str:
    """The command that examines a deployment."""
    return shlex.join(["outreach", "doctor", "--home", str(home)])
