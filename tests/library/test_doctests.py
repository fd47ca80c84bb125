"""Every example of the library's docstrings and pages does what it says."""

from __future__ import annotations

import doctest
from importlib import import_module
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.mark.parametrize("module", ["outreach.api", "outreach.linkage.link"])
def test_docstrings(module: str) -> None:
    result = doctest.testmod(import_module(module))
    assert result.attempted > 4
    assert result.failed == 0


@pytest.mark.parametrize("page", ["library.md", "library.zh-CN.md"])
def test_pages(page: str) -> None:
    result = doctest.testfile(str(DOCS / page), module_relative=False, encoding="utf-8")
    assert result.attempted > 8
    assert result.failed == 0
