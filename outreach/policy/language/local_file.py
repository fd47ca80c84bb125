"""A locality's own parameters file, written: what is set in it is never overwritten.

Whatever somebody wrote stays as it is, comments included. New settings are put in as lines of their own, and
what is not settled yet follows as comments below a mark at the end; only that part is rewritten.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import yaml

from outreach.policy.errors import PolicyError
from outreach.policy.language import messages
from outreach.policy.language.model import LocalParameters

MARK = "# ──── 以下尚未设定，由 outreach policies setup 列出；设定后请写到上面相应的一节 ────"


@dataclass(frozen=True)
class Setting:
    """A figure from a day on, or a switch: ``value`` is the figure, or True."""

    name: str
    value: Decimal | bool
    from_: date | None = None
    source: str = ""


def with_settings(text: str, settings: Sequence[Setting]) -> str:
    """The file's ``text`` with these settings put in; an empty text begins a new file.

    Raises:
        PolicyError: one of them is set already, or lines cannot be put into the file as it is written.
    """
    local = LocalParameters.model_validate(yaml.safe_load(text) or {})
    for setting in settings:
        if isinstance(setting.value, bool):
            if setting.name in local.switches:
                raise PolicyError(messages.SET_ALREADY(name=setting.name))
            lines = [f"  {setting.name}: {'true' if setting.value else 'false'}"]
            text = _put_in(text, "switches", None, lines)
            continue
        begun = local.parameters.get(setting.name, ())
        if any(value.from_ == setting.from_ for value in begun):
            raise PolicyError(messages.SET_ALREADY(name=setting.name))
        source = f", source: {json.dumps(setting.source, ensure_ascii=False)}" if setting.source else ""
        item = f"    - {{from: {setting.from_}, value: {setting.value:f}{source}}}"
        if begun:
            text = _put_in(text, "parameters", setting.name, [item])
        else:
            text = _put_in(text, "parameters", None, [f"  {setting.name}:", item])
        local = LocalParameters.model_validate(yaml.safe_load(text) or {})
    return text


def with_notes(text: str, notes: Iterable[str]) -> str:
    """The file's ``text`` with ``notes`` as comments below the mark, in place of those that are there."""
    own = text.split(MARK)[0].rstrip("\n")
    lines = [MARK, *(f"# {note}".rstrip() for note in notes)]
    return (f"{own}\n\n" if own else "") + "\n".join(lines) + "\n"


def _put_in(text: str, section: str, name: str | None, lines: Sequence[str]) -> str:
    """The text with lines below ``section:``, or below ``name:`` in it."""
    found = text.split("\n")
    own = found.index(MARK) if MARK in found else len(found)
    at = next((i for i, line in enumerate(found[:own]) if line.split("#")[0].rstrip() == f"{section}:"), None)
    if at is None:
        if section in (yaml.safe_load(text) or {}):
            raise PolicyError(messages.WRITE_BY_HAND(name=section))
        kept = [*found[:own]]
        while kept and not kept[-1].strip():
            kept.pop()
        return "\n".join([*kept, *([""] if kept else []), f"{section}:", *lines, "", *found[own:]])
    if name is not None:
        inside = (i for i in range(at + 1, own) if found[i].split("#")[0].rstrip() == f"  {name}:")
        at = next(inside, None)
        if at is None:
            raise PolicyError(messages.WRITE_BY_HAND(name=name))
    return "\n".join([*found[: at + 1], *lines, *found[at + 1 :]])
