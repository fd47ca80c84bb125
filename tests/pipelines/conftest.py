"""Definitions of a deployment that has the shipped policies and nothing else."""

from __future__ import annotations

from pathlib import Path

import dagster as dg
import pytest

from outreach.deployment import Deployment
from pipelines.definitions import build_defs


@pytest.fixture
def deployment(tmp_path: Path) -> Deployment:
    return Deployment.find(tmp_path / "home", tmp_path / "landing")


@pytest.fixture
def defs(deployment: Deployment) -> dg.Definitions:
    return build_defs(deployment)
