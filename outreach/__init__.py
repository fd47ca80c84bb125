"""The library of policy-finds-people: plain functions that know nothing of Dagster.

What another program may call is in ``outreach.api`` and can be had from here: ``outreach.decide_person``,
``outreach.link_tables``, ``outreach.known_facts``, ``outreach.OutreachError``, … They are imported when they
are first used, so that ``import outreach`` itself costs nothing.

Rooms: ``standards`` (what national standards fix), ``engine`` (where SQL runs), ``intake``, ``identity``,
``linkage``, ``policy``, ``delivery``, ``sample``. They meet in tables (``docs/tables.md``), not in imports.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from outreach.api import (
        ArgumentError,
        Linkage,
        LinkSettings,
        OutreachError,
        Policy,
        PolicyError,
        ProgrammeDecision,
        Reason,
        decide_person,
        known_facts,
        link_tables,
        load_policy,
    )

__all__ = [
    "ArgumentError",
    "LinkSettings",
    "Linkage",
    "OutreachError",
    "Policy",
    "PolicyError",
    "ProgrammeDecision",
    "Reason",
    "decide_person",
    "known_facts",
    "link_tables",
    "load_policy",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'outreach' has no attribute {name!r}")
    return getattr(import_module("outreach.api"), name)


def __dir__() -> list[str]:
    return [*globals(), *__all__]
