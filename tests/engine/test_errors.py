"""Every error that this project raises of its own can be caught by one name."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from string import Formatter

import pytest

import assets
import contracts
import outreach
import pipelines
from outreach.errors import LANGUAGE_VARIABLE, OutreachError, Text

OWN_PROCESS = {"outreach.intake.child.UnreadableError"}
"""A script that imports nothing of the project: its error never leaves its own process."""


def _modules() -> Iterator[str]:
    for package in (outreach, contracts, assets, pipelines):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            # A migration's entry runs within Alembic alone.
            if not found.name.endswith(("__main__", ".migrations.env")):
                yield found.name


def test_every_error_of_the_project_has_one_root() -> None:
    strangers, seen = set(), set()
    for name in _modules():
        for found in vars(importlib.import_module(name)).values():
            if isinstance(found, type) and issubclass(found, Exception) and found.__module__ == name:
                seen.add(f"{name}.{found.__qualname__}")
                if not issubclass(found, OutreachError):
                    strangers.add(f"{name}.{found.__qualname__}")
    assert strangers == OWN_PROCESS
    assert {"outreach.policy.errors.PolicyError", "outreach.intake.batch.BatchError"} <= seen


def _texts() -> Iterator[tuple[str, Text]]:
    for name in _modules():
        for label, found in vars(importlib.import_module(name)).items():
            if isinstance(found, Text):
                yield f"{name}.{label}", found


def _fields(sentence: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(sentence) if field is not None}


def test_a_text_fills_in_the_same_values_in_both_languages() -> None:
    texts = list(_texts())
    assert len(texts) > 40
    for label, text in texts:
        assert _fields(text.zh) == _fields(text.en), label


def test_chinese_unless_english_is_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    text = Text("缺少 {key}", "{key} is missing")
    monkeypatch.delenv(LANGUAGE_VARIABLE, raising=False)
    assert text(key="id") == "缺少 id"
    monkeypatch.setenv(LANGUAGE_VARIABLE, "en")
    assert text(key="id") == "id is missing"
