"""What a name that is not known may have been meant to be, in words."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches

from outreach.policy.language import messages


def near_names(name: str, known: Collection[str]) -> str:
    listed = messages.COMMA().join(known) or messages.NONE()
    return did_you_mean(name, known) or messages.IT_HAS(names=listed)


def did_you_mean(name: str, known: Collection[str]) -> str:
    near = [f"`{other}`" for other in get_close_matches(name, dict.fromkeys(known), n=2)]
    return messages.DID_YOU_MEAN(names=messages.OR().join(near)) if near else ""
