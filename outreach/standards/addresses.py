"""Addresses, made comparable: what two spellings of one door have in common.

Offices write one door in many ways: 石桥村3组120号, 石桥村三组120#, 石桥村村委会3社120. What a number counts
(组, 号, 栋, 室 …) is what they agree on least, so a key keeps the numbers and not their units.
"""

from __future__ import annotations

import polars as pl

UNITS = (
    *("号楼", "号院", "号", "#", "村民小组", "居民小组", "小组", "组", "生产队", "队", "社"),
    *("栋", "幢", "座", "单元", "门", "层", "楼", "室", "户", "弄", "巷", "排"),
)
"""What the number before it counts; the longer ones precede those that they begin with."""
_NOTE = r"\([^()]*\)?"
_DROPPED = r"""[\s\p{Cc}\p{Cf},、。.;:'"“”‘’|/\\·]|NO"""
_COUNTED = rf"第?([0-9]+)(?:{'|'.join(UNITS)})?[-‐‑–—~]*"
_NUMERAL = rf"[一二三四五六七八九十](?:{'|'.join(UNITS)})"
_ONES = "一二三四五六七八九"
_COMMITTEES = {
    **{f"{village}{committee}": "村" for village in ("村", "") for committee in ("村民委员会", "村委会")},
    **{f"社区{committee}": "社区" for committee in ("居民委员会", "居委会")},
}


def _numerals() -> dict[str, str]:
    """Numbers below 100 in words (十二, 二十一), with each unit, and the same in digits."""
    numerals = {one: str(value) for value, one in enumerate(_ONES, 1)}
    for ten in range(1, 10):
        tens = ("" if ten == 1 else _ONES[ten - 1]) + "十"
        numerals |= {tens + one: str(10 * ten + value) for value, one in enumerate(["", *_ONES])}
    return {numeral + unit: digits + unit for numeral, digits in numerals.items() for unit in UNITS}


def address_key(addresses: pl.Series) -> pl.Series:
    """The key by which addresses are compared (String, same length and order; NULL where nothing is left).

    NFKC, without spaces, punctuation and notes in brackets; numbers in digits (三组), each followed by ``-``
    whatever it counts, so that an address that begins another (石桥村3-) does not begin its neighbour's
    (石桥村31-); the committee of a village as the village (石桥村村委会).
    """
    distinct = addresses.unique().drop_nulls()
    folded = distinct.str.normalize("NFKC").str.to_uppercase().str.replace_all(_NOTE, "")
    folded = folded.str.replace_all(_DROPPED, "").str.replace_many(_COMMITTEES, leftmost=True)
    in_words = folded.str.contains(_NUMERAL)
    digits = folded.filter(in_words).str.replace_many(_numerals(), leftmost=True)
    folded = folded.scatter(in_words.arg_true(), digits) if len(digits) else folded
    key = folded.str.replace_all(_COUNTED, "$1-").replace("", None)
    pairs = pl.DataFrame({"address": distinct, "key": key})
    return (
        addresses.alias("address")
        .to_frame()
        .join(pairs, on="address", how="left", maintain_order="left")["key"]
    )
