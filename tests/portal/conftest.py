"""The portal on two nights of the samples."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from browser import open_portal
from command import Night
from fastapi import FastAPI
from sample_nights import samples, two_nights

__all__ = ["app", "home", "samples", "two_nights"]


@pytest.fixture(scope="module")
def home(two_nights: Night, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with two nights of yaohai and one of yanling, a copy for each file of tests."""
    place = tmp_path_factory.mktemp("portal") / "home"
    shutil.copytree(two_nights.home, place, symlinks=True)
    return place


@pytest.fixture(scope="module")
def app(home: Path) -> FastAPI:
    """The portal, with a user for each role (named as the role)."""
    return open_portal(home)
