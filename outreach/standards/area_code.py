"""Area codes 行政区划代码 (GB/T 2260, GB/T 10114): county 6, town 3, village or community 3 digits."""

from __future__ import annotations

import polars as pl

LENGTH = 12


def pad(code: pl.Expr) -> pl.Expr:
    """A code of 6 to 12 digits right-padded with 0 to 12; NULL where it cannot be an area code."""
    return pl.when(code.str.contains(r"^[1-9][0-9]{5,11}$")).then(code.str.pad_end(LENGTH, "0"))


def own_part(region: str) -> str:
    """What the codes of a region begin with: of a county its 6 digits, of a city (code ending in 00) the
    first 4, of a province the first 2."""
    return region[:2] if region.endswith("0000") else region[:4] if region.endswith("00") else region[:6]
