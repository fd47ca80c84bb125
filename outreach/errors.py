"""The root of every error that this project raises of its own, and the language in which errors are worded.

``except OutreachError`` catches whatever goes wrong by a file, a setting, a release or an argument. Each room
has errors of its own below it. An error names what is wrong, where, and what to do; none holds personal data.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any

LANGUAGE_VARIABLE = "OUTREACH_LANGUAGE"
"""``zh`` (the default) or ``en``: the language of what exists in both (policy files, the library)."""


class OutreachError(Exception):
    """The root of all errors of this project."""


class ArgumentError(OutreachError, ValueError):
    """A caller of the library gave something that cannot be used; the message names what is expected."""


@dataclass(frozen=True)
class Text:
    """A sentence in Chinese and English with the same ``{names}``; called, it is filled and worded in one."""

    zh: str
    en: str

    def __call__(self, **values: Any) -> str:
        english = os.environ.get(LANGUAGE_VARIABLE, "").lower().startswith("en")
        return (self.en if english else self.zh).format(**values)
