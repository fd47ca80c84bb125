"""Characters as files deliver them, made legible: what is invisible, what a private-use code means.

GBK keeps 80 characters (0xFE50 to 0xFEA0) and some signs that Unicode did not have yet in the private use
area; GB 18030-2000, -2005 and -2022 moved them, each some, to the codes assigned since. Programs of
different age write the one or the other. Sources: GB 18030-2000, annex E (the codes from 0xFE50 on, and
what Unicode 3.1 had by then), GB 18030-2005 (0xA8BC), GB 18030-2022 (the last 24, which Unicode 4.1 and 5.1
had assigned).
"""

from __future__ import annotations

import re

import polars as pl

UNREADABLE = "?"
"""Characters in place of one that cannot be read: a private-use code that nothing assigns, U+FFFD."""

_GBK_FIRST = 0xE815
_GBK = (
    "⺁𠂇𠂉𠃌⺄㑳㑇⺈⺋龴㖞㘚㘎⺌⺗㥮㤘龵㧏㧟㩳㧐龶龷㭎㱮㳠⺧𡗗龸⺪䁖䅟⺮䌷⺳⺶⺷𢦏䎱"
    "䎬⺻䏝䓖䙡䙌龹䜣䜩䝼䞍⻊䥇䥺䥽䦂䦃䦅䦆䦟䦛䦷䦶龺𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻"
)
_SIGNS = {
    0xE76C: "€",
    0xE7C7: "ḿ",
    0xE7C8: "ǹ",
    0xE7E7: "〾",
    **dict(enumerate("⿰⿱⿲⿳⿴⿵⿶⿷⿸⿹⿺⿻", 0xE7E8)),
    **dict(enumerate("︐︒︑︓︔︕︖︗︘︙", 0xE78D)),
}
ASSIGNED: dict[str, str] = {
    **{chr(_GBK_FIRST + place): character for place, character in enumerate(_GBK)},
    **{chr(code): character for code, character in _SIGNS.items()},
}
"""The private-use characters of GBK and GB 18030, each with the character assigned since."""

# Control characters (but not tab and line ends), and what Unicode calls format or default ignorable: soft
# hyphen, joiners, zero-width spaces, direction marks, byte order marks, fillers, variation selectors, tags;
# line and paragraph separators.
_INVISIBLE_RANGES = (
    *((0x00, 0x08), (0x0B, 0x0C), (0x0E, 0x1F), (0x7F, 0x9F), (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C)),
    *((0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x200B, 0x200F), (0x2028, 0x202E)),
    *((0x2060, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0)),
    *((0xFFF0, 0xFFFB), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF)),
)
INVISIBLE_CHARACTERS = "".join(f"{chr(first)}-{chr(last)}" for first, last in _INVISIBLE_RANGES)
"""Characters without meaning at any place, as the inside of a regular expression's brackets."""
_INVISIBLE = f"[{INVISIBLE_CHARACTERS}]"
_UNASSIGNED = r"[\p{Co}\x{FFFD}]"
_ODD = rf"[{INVISIBLE_CHARACTERS}\p{{Co}}\x{{FFFD}}]"
# The first bytes, in UTF-8, of all that is odd beyond control characters: bytes are found ten times as fast.
_ODD_BYTES = tuple(
    bytes([lead]) for lead in (0xC2, 0xCD, 0xD8, 0xE1, 0xE2, 0xE3, 0xEE, 0xEF, 0xF0, 0xF3, 0xF4)
)
_BREAK = r"[\t\r\n\x0B\x0C]+"


def is_plain(utf8: bytes) -> bool:
    """Whether no character of the text can be odd (beyond control characters): a quick look at its bytes."""
    return not any(lead in utf8 for lead in _ODD_BYTES)


def legible(text: pl.Series) -> pl.Series:
    """Text without invisible characters, each private-use code as the character that it means.

    A private-use code that nothing assigns, and U+FFFD, become ``?``: a character is there, which cannot be
    read. Tabs and line ends stay.
    """
    if not text.str.contains(_ODD).any():
        return text
    return (
        text.str.replace_all(_INVISIBLE, "")
        .str.replace_many(list(ASSIGNED), list(ASSIGNED.values()))
        .str.replace_all(_UNASSIGNED, UNREADABLE)
    )


def on_one_line(text: pl.Series) -> pl.Series:
    """Text without line ends and tabs: a space where they part Latin letters or digits, else nothing."""
    if not text.str.contains(_BREAK).any():
        return text
    return text.str.replace_all(rf"([!-~]) *{_BREAK} *([!-~])", "$1 $2").str.replace_all(_BREAK, "")


def visible(text: str) -> str:
    """One text without invisible characters."""
    return re.sub(_INVISIBLE, "", text)
