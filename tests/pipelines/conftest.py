"""Definitions of a deployment that has the shipped policies and nothing else."""

from __future__ import annotations

from pathlib import Path

import dagster as dg
import pytest

from outreach.deployment import Place
from pipelines.definitions import build_defs


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place.find(tmp_path / "home", tmp_path / "landing")


@pytest.fixture
def defs(place: Place) -> dg.Definitions:
    return build_defs(place)
