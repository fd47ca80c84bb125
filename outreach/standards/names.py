"""Person names, made comparable: what two spellings of one name have in common.

The separator inside minority names is U+00B7 (notice of twelve ministries, 2016); its look-alikes are in use.
"""

from __future__ import annotations

from functools import lru_cache

import polars as pl

from outreach.standards.characters import legible

SEPARATORS = "·•・･‧∙⋅᛫▪．。｡.\u0387\u2024\u2e31\u02d9"
"""Characters used for U+00B7 between the parts of a minority name."""

_PLAIN = r"^[\x{4E00}-\x{9FFF}]*$"
_DROPPED = rf"[\s\p{{Cc}}\p{{Cf}}{SEPARATORS}'`’‘＇,，、\-‐‑–—]"
_BRACKETED_END = r"(?:[(\[{【〔〈《「][^(\[{【〔〈《「]*[)\]}】〕〉》」]?)+$"
_BRACKETED_START = r"^[(\[【〔][^)\]】〕]*[)\]】〕]"
_DIGIT_MARK = r"[_#]*[0-9]+$"
_TITLE = "(?:先生|女士|同志|老人|大爷|大妈|大叔|大婶|大娘|爷爷|奶奶|婆婆|阿姨|师傅|老师)$"
_TITLED = rf"^(..+){_TITLE}"
"""What is left of a title is a whole name: 王先生 stays, for 王 alone would be too little."""
_WITHHELD = "某"
_UNIFIED = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0x20000, 0x2F7FF), (0x30000, 0x3347F))
"""Ideographs; those for compatibility (U+F900, U+2F800) NFKC has replaced before."""
_ONE_NAME = {"甦": "苏", "甯": "宁", "礆": "碱"}
"""Written for each other in registers, though OpenCC keeps them apart."""
_ODD = rf"{_TITLED}|.{_WITHHELD}"


@lru_cache(maxsize=1)
def traditional_to_simplified() -> dict[str, str]:
    """The simplified character for each traditional one that differs, of all unified ideographs (OpenCC)."""
    # a tenth of a second to import, and most commands compare no names
    from opencc import OpenCC

    characters = [chr(code) for first, last in _UNIFIED for code in range(first, last + 1)]
    simplified = OpenCC("t2s").convert("\n".join(characters)).split("\n")
    return {old: new for old, new in zip(characters, simplified, strict=True) if new != old} | _ONE_NAME


def _stripped(text: pl.Expr) -> pl.Expr:
    """Without brackets at its ends and digit marks, as long as something is left."""
    for pattern in (_BRACKETED_END, _BRACKETED_START, _DIGIT_MARK, _BRACKETED_END):
        shorter = text.str.replace(pattern, "")
        text = pl.when(shorter == "").then(text).otherwise(shorter)
    return text.str.replace(_TITLED, "$1")


def _withheld(text: pl.Expr) -> pl.Expr:
    """With ``*`` for each 某 (王某某), a character that is withheld; not where the name begins so."""
    return text.str.slice(0, 1) + text.str.slice(1).str.replace_all(_WITHHELD, "*", literal=True)


def name_key(names: pl.Series) -> pl.Series:
    """The key by which names are compared (String, same length and order; NULL where nothing is left).

    NFKC, traditional characters as simplified, without spaces, separators (any ``·`` form), a suffix in
    brackets （已故）, a digit mark (张伟2) or a title (张伟先生), upper case. The mark of an unreadable
    character (``?``, ``□``, ``*``) stays, and a private-use code that nothing assigns becomes ``?``; 某,
    which marks one that is withheld (张某), becomes ``*``.
    """
    table = traditional_to_simplified()
    distinct = names.unique()
    is_plain = distinct.str.contains(_PLAIN) & ~distinct.str.contains(_ODD)
    unusual = distinct.filter(~is_plain)
    folded = legible(unusual).str.normalize("NFKC").str.to_uppercase().str.replace_all(_DROPPED, "")
    stripped = folded.alias("n").to_frame().select(_withheld(_stripped(pl.col("n")))).to_series()
    plain = distinct.filter(is_plain)
    key = pl.concat([plain, stripped])
    # Of some four thousand characters few occur: looking for all of them costs more than most columns.
    occurring = sorted(table.keys() & set(key.str.join().item() or ""))
    if occurring:
        key = key.str.replace_many(occurring, [table[character] for character in occurring])
    pairs = pl.DataFrame({"name": pl.concat([plain, unusual]), "key": key}).with_columns(
        pl.col("key").replace("", None)
    )
    return names.alias("name").to_frame().join(pairs, on="name", how="left", maintain_order="left")["key"]
