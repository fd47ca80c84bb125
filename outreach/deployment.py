"""Where a deployment is: from options, else environment variables, else defaults."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from outreach.shipped import shipped


@dataclass(frozen=True)
class Deployment:
    """The three directories a night needs, as absolute paths."""

    home: Path
    landing: Path
    policies: Path

    @classmethod
    def find(
        cls, home: Path | None = None, landing: Path | None = None, policies: Path | None = None
    ) -> Deployment:
        """The given directories; else ``OUTREACH_HOME``, ``OUTREACH_LANDING``, ``OUTREACH_POLICIES``; else
        ``./home``, its ``landing`` and the shipped policies. Nothing is created or read.
        """
        environment = os.environ
        chosen_home = (home or Path(environment.get("OUTREACH_HOME") or "home")).resolve()
        chosen_landing = landing or Path(environment.get("OUTREACH_LANDING") or chosen_home / "landing")
        chosen_policies = policies or Path(environment.get("OUTREACH_POLICIES") or shipped("policies"))
        return cls(chosen_home, chosen_landing.resolve(), chosen_policies.resolve())

    def parameters(self, region: str) -> Path:
        """The region's own policy parameters, where the locality has set any."""
        return self.home / "parameters" / f"{region}.yaml"


def existing_ancestor(path: Path) -> Path:
    """The path itself if it exists, else the nearest directory above it that does."""
    while not path.exists():
        path = path.parent
    return path


def unwritable(home: Path) -> str | None:
    """Why the home cannot be written, as a sentence; None when it can."""
    ancestor = existing_ancestor(home)
    if not ancestor.is_dir():
        return f"部署目录 {home} 无法使用：{ancestor} 不是目录。"
    if not os.access(ancestor, os.W_OK | os.X_OK):
        return f"部署目录 {home} 不可写：当前用户对 {ancestor} 没有写权限。"
    return None
