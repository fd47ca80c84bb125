"""Addresses, made comparable: what two spellings of one door have in common.

Offices write one door in many ways: 石桥村3组120号, 石桥村三组120#, 石桥村村委会3社120. What a number counts
(组, 号, 栋, 室 …) is what they agree on least, so a key keeps the numbers and not their units.
"""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

UNITS = (
    *("号楼", "号院", "号", "#", "村民小组", "居民小组", "小组", "组", "生产队", "队", "社"),
    *("栋", "幢", "座", "单元", "门", "层", "楼", "室", "户", "弄", "巷", "排"),
)
"""What the number before it counts; the longer ones precede those that they begin with."""
_NOTE = r"\([^()]*\)?"
_DROPPED = r"""[\s\p{Cc}\p{Cf},、。.;:'"“”‘’|/\\·]|NO"""
_COUNTED = rf"第?([0-9]+)(?:{'|'.join(UNITS)})?[-‐‑–—~]*"
_MOST_DIFFERENT = 50_000
"""So many different matches are looked up at once; more, of hostile texts, would fill the memory."""
_NUMERAL = rf"[一二三四五六七八九十](?:{'|'.join(UNITS)})"
_ONES = "一二三四五六七八九"
_COMMITTEES = {
    **{f"{village}{committee}": "村" for village in ("村", "") for committee in ("村民委员会", "村委会")},
    **{f"社区{committee}": "社区" for committee in ("居民委员会", "居委会")},
}


_FOLDED = r"[^\x{4e00}-\x{9fff}0-9A-Z#()-]"
"""Whatever else a text holds, NFKC and upper case may change it; nearly all addresses hold nothing else."""


def folded(texts: pl.Series) -> pl.Series:
    """NFKC in upper case (String, same length and order); only texts that this can change are rewritten."""
    odd = texts.str.contains(_FOLDED)
    some = texts.filter(odd)
    if some.is_empty():
        return texts
    return texts.clone().scatter(odd.arg_true(), some.str.normalize("NFKC").str.to_uppercase())


def rewritten(texts: pl.Series, pattern: str, rewrite: Callable[[pl.Series], pl.Series]) -> pl.Series:
    """Every match of the pattern rewritten (String, same length and order).

    Matches that are alike are rewritten once, however many texts have them.

    Args:
        texts: any texts.
        pattern: a regular expression whose match is the longest one from where it begins.
        rewrite: makes of distinct matches, as a Series, what is put in their place.
    """
    found = texts.str.extract_all(pattern).explode(empty_as_null=True).drop_nulls().unique()
    if len(found) > _MOST_DIFFERENT and len(texts) > 1:
        half = len(texts) // 2
        return pl.concat([rewritten(part, pattern, rewrite) for part in (texts[:half], texts[half:])])
    if found.is_empty():
        return texts
    # What begins alike is looked up longest first.
    pairs = pl.DataFrame({"found": found, "new": rewrite(found)}).sort(
        pl.col("found").str.len_bytes(), descending=True
    )
    return texts.str.replace_many(dict(pairs.iter_rows()), leftmost=True)


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
    text = folded(distinct).str.replace_all(_NOTE, "")
    text = text.str.replace_all(_DROPPED, "").str.replace_many(_COMMITTEES, leftmost=True)
    in_words = text.str.contains(_NUMERAL)
    digits = text.filter(in_words).str.replace_many(_numerals(), leftmost=True)
    text = text.scatter(in_words.arg_true(), digits) if len(digits) else text
    key = rewritten(text, _COUNTED, lambda counted: counted.str.replace(_COUNTED, "$1-")).replace("", None)
    pairs = pl.DataFrame({"address": distinct, "key": key})
    return (
        addresses.alias("address")
        .to_frame()
        .join(pairs, on="address", how="left", maintain_order="left")["key"]
    )
