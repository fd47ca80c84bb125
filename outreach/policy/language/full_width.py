"""Full-width characters where a policy file wants half-width ones: what a Chinese keyboard writes by default.

In prose (names, labels, clauses) they are right; in keys, conditions, figures and dates they are a slip that
neither YAML nor SQL names. Here it is found and named.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from outreach.policy.language import messages

PROSE = frozenset(
    {
        "asks", "clause", "document", "fails", "funding", "item", "kind", "label", "lead", "list", "meaning",
        "missing", "name", "no_data", "note", "section", "source", "text", "title", "unit", "version",
    }
)  # fmt: skip
"""Keys whose values are written for people; all others hold ids, conditions, figures, dates or switches."""

_PROSE_SECTIONS = ("switches", "together")
"""Sections that map names to prose."""

_MEANT = {
    "“": '"', "”": '"', "‘": "'", "’": "'", "「": "'", "」": "'", "。": ".", "、": ",", "《": "<", "》": ">",
    "〈": "<", "〉": ">", "【": "[", "】": "]", "—": "-", "–": "-", "−": "-", "≥": ">=", "≤": "<=", "≧": ">=",
    "≦": "<=", "≠": "<>",
}  # fmt: skip
_SIGNS = "≥≤≧≦≠"

_KEY = r"[A-Za-z_Ａ-Ｚａ-ｚ＿][\w.Ａ-Ｚａ-ｚ＿０-９]*?"
_SPACES = " \t\u00a0\u2002\u2003\u3000"
_KEY_LINE = re.compile(rf"[{_SPACES}]*(?:[-－—–][{_SPACES}]+)?{_KEY}[{_SPACES}]*：", re.ASCII)
_DASH_LINE = re.compile(rf"[{_SPACES}]*[－—–][{_SPACES}]*{_KEY}[{_SPACES}]*[:：]", re.ASCII)
_INDENT_LINE = re.compile(
    rf" *[\t\u00a0\u2002\u2003\u3000][{_SPACES}]*(?:-[{_SPACES}]+)?{_KEY}[{_SPACES}]*[:：]", re.ASCII
)
_OPEN_QUOTE = re.compile(r"""[:,\[{-]\s*(?:"[^"“”]*(”)|'[^'‘’]*(’))\s*(?:[,}\]]|$)""")
_COMMENT_LINE = re.compile(rf"[{_SPACES}]*＃")


@dataclass(frozen=True)
class Slip:
    """Full-width characters at a line (from 1) of a file, and their places in its structure."""

    line: int
    place: tuple[str | int, ...]
    message: str


def named(text: str) -> str | None:
    """What of ``text`` is full-width and what is meant, in the reader's language; None: nothing is."""
    found: dict[str, dict[str, str]] = {}
    for character in text:
        kind = _kind(character)
        if kind is not None:
            found.setdefault(kind, {})[character] = _MEANT.get(character) or _half(character)
    if not found:
        return None
    kinds = [kind for kind in _KINDS if kind in found]
    return messages.FULL_WIDTH(
        found=messages.COMMA().join(_KINDS[kind](found="".join(found[kind])) for kind in kinds),
        meant=messages.COMMA().join(messages.QUOTED(text="".join(found[kind].values())) for kind in kinds),
    )


_KINDS = {
    "punctuation": messages.FULL_WIDTH_PUNCTUATION,
    "digit": messages.FULL_WIDTH_DIGITS,
    "letter": messages.FULL_WIDTH_LETTERS,
    "space": messages.FULL_WIDTH_SPACE,
    "sign": messages.SIGNS,
}


def _kind(character: str) -> str | None:
    if character < "\x80":
        return None
    if character in _SIGNS:
        return "sign"
    if unicodedata.category(character) == "Zs" or character in "\u200b\ufeff":
        return "space"
    if character in _MEANT:
        return "punctuation"
    if not ("\uff01" <= character <= "\uff5e" or "\ufe50" <= character <= "\ufe6b"):
        return None
    half = _half(character)
    return "digit" if half.isdigit() else "letter" if half.isalpha() else "punctuation"


def _half(character: str) -> str:
    return "" if character in "\u200b\ufeff" else unicodedata.normalize("NFKC", character)


def structure_slips(text: str) -> Iterator[Slip]:
    """Lines whose colon, dash, indentation or comment sign is full-width: YAML takes them for prose."""
    for number, line in enumerate(text.splitlines(), start=1):
        message = named(_signs(line))
        if message is not None:
            yield Slip(number, (), message)


def _signs(line: str) -> str:
    """The part of a line that gives it its structure, where that is not as YAML wants it; else nothing."""
    if _COMMENT_LINE.match(line):
        return "＃"
    if found := _KEY_LINE.match(line):
        return found[0]
    if found := _DASH_LINE.match(line) or _INDENT_LINE.match(line):
        return found[0]
    # a half-width quote that a full-width one is meant to close runs on to the next one of the file
    if found := _OPEN_QUOTE.search(line):
        return found[1] or found[2]
    return ""


def value_slips(node: yaml.Node | None, text: str) -> Iterator[Slip]:
    """Keys, and values that are no prose, with full-width characters."""
    yield from _slips(node, text.splitlines(), (), is_prose=False)


def _slips(
    node: Any, lines: Sequence[str], place: tuple[str | int, ...], *, is_prose: bool
) -> Iterator[Slip]:
    if isinstance(node, yaml.MappingNode):
        in_section = bool(place) and place[-1] in _PROSE_SECTIONS
        for key, value in node.value:
            here = (*place, str(key.value))
            message = named(str(key.value)) if isinstance(key, yaml.ScalarNode) else None
            if message is not None:
                yield Slip(key.start_mark.line + 1, here, message)
            yield from _slips(value, lines, here, is_prose=in_section or str(key.value) in PROSE)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            yield from _slips(value, lines, (*place, index), is_prose=is_prose)
    elif isinstance(node, yaml.ScalarNode) and not is_prose:
        message = named(node.value)
        if message is not None:
            yield Slip(_line(node, lines), place, message)


def _line(node: yaml.ScalarNode, lines: Sequence[str]) -> int:
    """The line (from 1) of a scalar on which its full-width characters are."""
    first, last = node.start_mark.line, node.end_mark.line
    for number in range(first, min(last + 1, len(lines))):
        start = node.start_mark.column if number == first else 0
        if any(_kind(character) and character in node.value for character in lines[number][start:]):
            return number + 1
    return first + 1
