"""Cells to values: each kind of column has its way of being read. Nothing is guessed.

Every function takes a column of trimmed text (NULL = missing) and gives the values, NULL where the text
cannot be read. Columns with few distinct texts (dates, codes, amounts) are read once a text.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import cache

import polars as pl

from contracts.extracts import CodeSet
from outreach.standards import area_code
from outreach.standards.calendar import EARLIEST_YEAR, real_date

MISSING = (
    "",
    "无",
    "无。",
    "(无)",
    "（无）",
    "暂无",
    "没有",
    "空",
    "NULL",
    "null",
    "Null",
    "(null)",
    "(NULL)",
    "<NULL>",
    "<null>",
    "\\N",
    "N/A",
    "n/a",
    "<NA>",
    "ＮＵＬＬ",
    "Ｎ／Ａ",
    "None",
    "nan",
    "NaN",
    "NaT",
)
"""Texts that mean: no value (spec, and what spreadsheets, databases and data frames leave)."""

# Nothing but strokes and points, as forms are crossed out with: - — ―― / ／ \ … 。
_SIGNS = r"[\p{Pd}−─━ー_＿/／\\＼|｜~～.．。·…‥,，、;；:：\s]+"
# What a failed formula leaves (#N/A, #REF!, #DIV/0! … also of other languages, Err:502), or a column too
# narrow (####).
_ERROR = r"^#+$|^#(?:N/A(?:N/A)?|NA|N/D|NV|GETTING_DATA|[A-ZÄÖÜÉÈÇ/0-9_]+[!?])$|^ERR:[0-9]{3}$"
_MAY_BE_NOTHING = rf"^(?:[#＃]|[Ee][Rr][Rr]|{_SIGNS}$)"

# Days since 1899-12-30, as spreadsheets count. Below, a number may be a year; above, it is after 2099.
_SERIAL_FIRST, _SERIAL_LAST = 2200, 73050
_SERIAL_ZERO = dt.date(1899, 12, 30)
_INSTANT = (
    r"^(\d{4})[-–—/.]?(\d{1,2})[-–—/.]?(\d{1,2})[Tt\s]\s*(\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?"
    r"\s*([Zz]|UTC|GMT)?(?:([+−-])(\d{1,2})(?::?(\d{2}))?)?(?:\[[\w/]+\])?$"
)
_HERE = "Asia/Shanghai"
_LAST_DAY = dt.date(9999, 12, 31)
_LAST_SERIAL = "2958465"
"""The last day that a spreadsheet knows, as it counts days."""

EMPTY_DAYS = (
    dt.date(1858, 11, 17),
    dt.date(1899, 12, 30),
    dt.date(1899, 12, 31),
    dt.date(1900, 1, 1),
    dt.date(1904, 1, 1),
    dt.date(1969, 12, 31),
    dt.date(1970, 1, 1),
    dt.date(1980, 1, 1),
)
"""What databases and spreadsheets write for no day: the days from which they count (years before 1850 are
unreadable anyway)."""

_STOPGAP_HOUSEHOLD = r"^(?:[-_./]*0[-_./0]*|1{2,}|2{2,}|3{2,}|4{2,}|5{2,}|6{2,}|7{2,}|8{2,}|9{2,})$"
# A mantissa and a power of ten; the first digits of a number that was cut; a number of more than 15 digits
# of which a spreadsheet has put zeros for the others.
_DAMAGED_HOUSEHOLD = (
    r"^[+-]?[0-9]+[.,][0-9]*E[+-]?[0-9]+$|^[0-9]+E[+-][0-9]+$|^[0-9]E[0-9]{1,2}$"
    r"|^[0-9]+[.,]?[0-9]*[×*X]10\^?[0-9]+$|\.{2,}$|^[0-9]{15}0{3,}$"
)
_NO_HOUSEHOLD_WORDS = ("NA", "NIL", "NONE", "UNKNOWN", "TEST", "#N/A")
_COUNTED_UP = ("12345678901234567890", "01234567890123456789")
_LARGEST_AMOUNT = 9_999_999_999.99
_QUOTES = "'’‘`´\"“”"
# A certificate number begins with the identity number and goes on with category, grade and suffix.
_CERTIFICATE = r"^([0-9]{17}[0-9X])[1-7][1-4](?:B[0-9])?$"
_IN_PARTS = r"^([0-9]{6})[-‐–—_.·/]([0-9]{8})[-‐–—_.·/]?([0-9]{3}[0-9X])$"


def trimmed(cells: pl.Series) -> pl.Series:
    """Text without surrounding spaces and Excel's text markers; NULL where it means missing
    (:data:`MISSING`, signs as forms are crossed out with, the errors of spreadsheets)."""
    text = cells.str.strip_chars()
    if text.str.starts_with("'").any():
        text = text.str.strip_chars_start("'").str.strip_chars()
    if text.str.starts_with('="').any():
        text = text.str.replace(r'^="([^"]*)"$', "$1").str.strip_chars()
    return text.set(_is_missing(text), None)


def unhidden_households(cells: pl.Series) -> pl.Series:
    """Cells of household numbers where ``#####``, what a column too narrow shows, is a number that is not
    known, and not a missing one: the row is read, without a household."""
    return cells.str.replace(r"^\s*[#＃]+\s*$", "0")


def _is_missing(text: pl.Series) -> pl.Series:
    """Whether a text means: no value. Errors of spreadsheets count in any width and case."""
    distinct = text.drop_nulls().unique()
    nothing = distinct.filter(_means_nothing(distinct))
    if nothing.is_empty():
        return pl.repeat(False, len(text), eager=True)
    return text.is_in(nothing.implode()).fill_null(False)


def _means_nothing(distinct: pl.Series) -> pl.Series:
    missing = distinct.is_in(MISSING)
    candidate = distinct.str.contains(_MAY_BE_NOTHING)
    if not candidate.any():
        return missing
    narrow = (
        distinct.set(~candidate, None).str.normalize("NFKC").str.replace_all(r"\s", "").str.to_uppercase()
    )
    is_nothing = narrow.str.contains(f"^(?:{_SIGNS})?$") | narrow.str.contains(_ERROR)
    return missing | is_nothing.fill_null(False)


def folded(text: pl.Series) -> pl.Series:
    """NFKC without spaces: full-width digits and letters as ASCII."""
    unusual = text.str.contains(r"[^\x21-\x7e]")
    if not unusual.any():
        return text
    result = text.str.normalize("NFKC").str.replace_all(r"\s", "")
    return result.set(_is_missing(result), None)


def identity_text(text: pl.Series) -> pl.Series:
    """An identity number as delivered: form only (NFKC, no spaces, upper case), never repaired.

    Nor are there marks between its parts (340102-19410930-0017), or quotes around it.
    """
    number = folded(text).str.to_uppercase()
    if number.str.contains(f"[{_QUOTES}]").any():
        number = number.str.strip_chars(_QUOTES)
    if not number.str.contains(_IN_PARTS).any():
        return number
    return number.str.replace(_IN_PARTS, "$1$2$3")


def certificate_identity(number: pl.Series) -> pl.Series:
    """The identity number with which a disability certificate number begins; any other text as it is."""
    return number.str.replace(_CERTIFICATE, "$1")


def exact_digits(text: pl.Series) -> pl.Series:
    """Whole numbers as spreadsheets and data frames write them: without ``.0``, ``3.4E+5`` written out.

    Only where every digit is there: ``3.40102E+11`` has lost some and stays as it is.
    """
    text = text.str.replace(r"^([0-9]+)\.0+$", "$1")
    if not text.str.contains(r"[0-9][Ee]\+?[0-9]").any():
        return text
    parts = pl.col("text").str.extract_groups(r"^([0-9])(?:\.([0-9]+))?[Ee]\+?([0-9]{1,2})$")
    lead, fraction, power = (parts.struct.field(str(i)) for i in (1, 2, 3))
    fraction = fraction.fill_null("")
    exponent = power.cast(pl.Int32, strict=False)
    complete = fraction.str.len_bytes().cast(pl.Int32) == exponent
    return (
        text.alias("text")
        .to_frame()
        .select(pl.when(complete.fill_null(False)).then(lead + fraction).otherwise(pl.col("text")))
        .to_series()
    )


def _by_distinct(text: pl.Series, read: Callable[[pl.Series], pl.Series]) -> pl.Series:
    distinct = text.drop_nulls().unique()
    if distinct.is_empty():
        return read(distinct).extend_constant(None, len(text)) if len(text) else read(distinct)
    values = read(distinct)
    return text.replace_strict(distinct, values, default=None, return_dtype=values.dtype)


def _groups(pattern: str) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    """The three groups of a pattern: year, month, day."""
    found = pl.col("text").str.extract_groups(pattern)
    return found.struct.field("1"), found.struct.field("2"), found.struct.field("3")


def _read_dates(distinct: pl.Series) -> pl.Series:
    """The usual forms first, for they are fast; what is left is tried in every other."""
    text = pl.col("text")
    dashed = text.str.replace_many(["/", ".", "年", "月", "日"], ["-", "-", "-", "-", ""])
    usual = pl.coalesce(
        dashed.str.to_date("%Y-%m-%d", strict=False),
        pl.when(text.str.contains(r"^[0-9]{8}$")).then(text).str.to_date("%Y%m%d", strict=False),
    )
    read = distinct.alias("text").to_frame().select(usual).to_series()
    read = read.set(~read.dt.year().is_between(EARLIEST_YEAR, 9999), None)
    other = distinct.filter(read.is_null()).unique()
    if other.is_empty():
        return read
    unusual = distinct.replace_strict(other, _read_unusual_dates(other), default=None, return_dtype=pl.Date)
    return read.zip_with(read.is_not_null(), unusual)


def _read_unusual_dates(distinct: pl.Series) -> pl.Series:
    plain = distinct.str.normalize("NFKC").str.strip_chars().alias("text")
    text = (
        pl.col("text")
        .str.replace(r"[Tt\s日]\s*\d{1,2}[:时].*$", "")
        .str.replace_all(r"\s", "")
        .str.replace(r"^(\d+)\.0+$", "$1")
    )
    serial = pl.col("text").str.extract(r"^(\d{4,5})(?:\.\d+)?$").cast(pl.Int32, strict=False)
    in_range = serial.is_between(_SERIAL_FIRST, _SERIAL_LAST)
    value = pl.coalesce(
        pl.col("here"),
        real_date(*_groups(r"^(\d{4})[-–—/.年](\d{1,2})[-–—/.月](\d{1,2})日?$")),
        real_date(*_groups(r"^(\d{4})(\d{2})(\d{2})(?:\d{6})?$")),
        pl.when(in_range).then(pl.lit(_SERIAL_ZERO) + pl.duration(days=serial)),
        pl.when(pl.col("text").str.contains(rf"^{_LAST_SERIAL}(?:\.\d+)?$")).then(pl.lit(_LAST_DAY)),
    )
    # An instant has a time of day; to read one is as costly as all else here.
    timed = plain.str.contains(r"\d[Tt\s]\s*\d{1,2}:?\d{2}").any()
    here = _day_here(pl.col("text")) if timed else pl.lit(None, pl.Date)
    return plain.to_frame().with_columns(text, here.alias("here")).select(value.cast(pl.Date)).to_series()


def _day_here(text: pl.Expr) -> pl.Expr:
    """The day in Asia/Shanghai of an instant with a zone (``2026-10-31T16:00:00Z``); NULL for other texts."""
    parts = text.str.extract_groups(_INSTANT)
    year, month, day, hour, minute, second, zone, sign, off_hours, off_minutes = (
        parts.struct.field(str(place)) for place in range(1, 11)
    )
    hours, minutes, seconds, ahead_hours, ahead_minutes = (
        part.cast(pl.Int64, strict=False).fill_null(0)
        for part in (hour, minute, second, off_hours, off_minutes)
    )
    ahead = (ahead_hours * 60 + ahead_minutes) * pl.when(sign.is_in(["-", "−"])).then(-1).otherwise(1)
    start = real_date(year, month, day)
    utc = start.cast(pl.Datetime("ms")) + pl.duration(hours=hours, minutes=minutes - ahead, seconds=seconds)
    here = utc.dt.replace_time_zone("UTC").dt.convert_time_zone(_HERE).dt.date()
    is_instant = (zone.is_not_null() | sign.is_not_null()) & (hours <= 24) & (minutes < 60)
    return pl.when(is_instant & start.is_not_null()).then(pl.min_horizontal(here, pl.lit(_LAST_DAY)))


def _read_months(distinct: pl.Series) -> pl.Series:
    """A month is read as its first day: the day is put in, then both are read alike."""
    text = pl.col("text").str.normalize("NFKC").str.strip_chars()
    is_instant = text.str.contains(r"\d[Tt\s]\s*\d{1,2}:")
    text = (
        pl.when(is_instant)
        .then(text)
        .otherwise(text.str.replace_all(r"\s", "").str.replace(r"^(\d+)\.0+$", "$1"))
    )
    with_day = text.str.replace(r"^(\d{4})[-–—/年](\d{1,2})月?$", "$1-$2-1").str.replace(
        r"^(\d{4})\.?(\d{2})$", "$1-$2-1"
    )
    # Five digits like 20261 are a year and a month cut short rather than a serial number of the fifties.
    with_day = pl.when(~text.str.contains(r"^(19|20)\d{3}$")).then(with_day)
    return _read_dates(distinct.alias("text").to_frame().select(with_day).to_series()).dt.month_start()


def dates(text: pl.Series) -> pl.Series:
    """Days in every delivered form (``1945-03-12`` ``1945/3/12`` ``19450312`` ``1945.03.12``
    ``1945年3月12日``, serial numbers), a time of day left aside; of an instant with a zone the day here."""
    return _by_distinct(text, _read_dates)


def months(text: pl.Series) -> pl.Series:
    """Months as their first day: ``2026-11`` ``202611`` ``2026年11月``, or any day of the month."""
    return _by_distinct(text, _read_months)


_NUMERALS = {
    text: str(number)
    for number in range(1, 32)
    for text in (
        ("" if number < 10 else ("", "一", "二", "三")[number // 10] if number >= 20 else "")
        + ("十" if number >= 10 else "")
        + ("", "一", "二", "三", "四", "五", "六", "七", "八", "九")[number % 10],
    )
}
"""一 to 三十一."""


def recent_days(text: pl.Series, as_of: dt.date) -> pl.Series:
    """Days written without their year, as officers write them: the last such day not after ``as_of``.

    ``11月22日`` ``11月22号下午`` ``十一月二十二日``; ``11.22`` ``11/22`` ``11-22`` only where the second
    number can be no month; and ``26年11月22日``, of this century. NULL where the text is none of these.
    """

    def read(distinct: pl.Series) -> pl.Series:
        plain = distinct.str.normalize("NFKC").str.replace_all(r"\s", "").alias("text").to_frame()
        number = r"(\d{1,2}|[一二三四五六七八九十]{1,3})"
        in_words = pl.col("text").str.extract_groups(rf"^{number}月{number}(?:(?:日|号).*)?$")
        in_marks = pl.col("text").str.extract_groups(r"^(\d{1,2})[./-](\d{1,2})$")
        month, day = (
            pl.coalesce(
                in_words.struct.field(place).replace(_NUMERALS),
                pl.when(in_marks.struct.field("2").cast(pl.Int32, strict=False) > 12).then(
                    in_marks.struct.field(place)
                ),
            )
            for place in ("1", "2")
        )
        years = range(as_of.year, as_of.year - 9, -1)
        found = [real_date(pl.lit(str(year)), month, day) for year in years]
        year, month_of_year, day_of_month = _groups(r"^(\d{2})年(\d{1,2})月(\d{1,2})(?:日|号)?$")
        return plain.select(
            pl.coalesce(
                *(pl.when(candidate <= as_of).then(candidate) for candidate in found),
                real_date("20" + year, month_of_year, day_of_month),
            ).cast(pl.Date)
        ).to_series()

    return _by_distinct(text, read)


def _read_amounts(distinct: pl.Series) -> pl.Series:
    plain = distinct.str.contains(r"^[0-9]{1,10}(?:\.[0-9]{1,2})?$")
    usual = distinct.set(~plain, None).cast(pl.Decimal(12, 2))
    return usual if plain.all() else usual.zip_with(plain, _read_unusual_amounts(distinct))


def _read_unusual_amounts(distinct: pl.Series) -> pl.Series:
    text = pl.col("text").str.normalize("NFKC").str.replace_all(r"\s", "")
    bare = text.str.replace(r"^(?:人民币|CNY|RMB|¥|￥)", "").str.replace(
        r"(?:人民币)?(?:元|圆)?(?:整|正)?(?:/月|每月|/人/月|/人)?$", ""
    )
    whole = bare.str.contains(r"^\+?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d*)?$|^\d\.\d+[Ee]\+?\d$")
    number = bare.str.replace_all(",", "", literal=True).cast(pl.Float64, strict=False).round(2)
    value = pl.when(whole & (number <= _LARGEST_AMOUNT)).then(number).cast(pl.Decimal(12, 2), strict=False)
    return distinct.alias("text").to_frame().select(value).to_series()


def amounts(text: pl.Series) -> pl.Series:
    """Amounts in CNY: ``600`` ``1,234.50`` ``600元``; a negative one cannot be read."""
    return _by_distinct(text, _read_amounts)


@cache
def _spellings(codes: CodeSet) -> dict[str, int | str | bool]:
    spellings: dict[str, int | str | bool] = {}
    for entry in codes.entries:
        spellings[entry.code] = entry.value
        for label in (entry.label, *entry.also):
            spellings[label] = entry.value
        for bracketed in entry.also:
            spellings[f"{entry.label}({bracketed})"] = entry.value
        if isinstance(entry.value, bool):
            spellings[str(entry.value).upper()] = entry.value
    return spellings


def code_values(text: pl.Series, codes: CodeSet) -> pl.Series:
    """Values of a code set from codes or labels, a label with or without its part in brackets."""
    spellings = _spellings(codes)
    values = pl.Series(list(spellings.values()))
    dtype = pl.Int32 if values.dtype.is_integer() else values.dtype

    def read(distinct: pl.Series) -> pl.Series:
        key = (
            folded(distinct)
            .str.to_uppercase()
            .str.replace_all(r"[\[【〔]", "(")
            .str.replace_all(r"[\]】〕]", ")")
            .str.replace(r"^([0-9]+)\.0+$", "$1")
            .str.replace(r"^0+([0-9])", "$1")
        )
        return key.replace_strict(list(spellings), values, default=None, return_dtype=dtype)

    return _by_distinct(text, read)


def programmes(text: pl.Series, catalogue: Mapping[str, set[str]]) -> pl.Series:
    """Programme ids of the catalogue from ids or labels; NULL for what no catalogue has."""
    spellings = {plain: name for name, labels in catalogue.items() for plain in (name, *labels)}
    keys = folded(pl.Series(list(spellings), dtype=pl.String)).str.to_lowercase()

    def read(distinct: pl.Series) -> pl.Series:
        key = folded(distinct).str.to_lowercase()
        names = pl.DataFrame({"key": keys, "name": pl.Series(list(spellings.values()), dtype=pl.String)})
        names = names.unique("key", keep="first", maintain_order=True)
        return key.replace_strict(names["key"], names["name"], default=None, return_dtype=pl.String)

    return _by_distinct(text, read)


def phones(text: pl.Series) -> pl.Series:
    """The digits of the first telephone number in the text, without the country code of China."""
    number = text
    if text.str.contains(r"[^0-9]").any():
        number = (
            exact_digits(folded(text))
            .str.replace_all(r"[-()‐–—]", "")
            .str.replace(r"^(?:\+|00)86", "")
            .str.extract(r"([0-9]{5,})")
        )
    number = number.str.replace(r"^86(1[0-9]{10})$", "$1")
    return number.set(~number.str.len_bytes().is_between(5, 20), None)


def area_codes(text: pl.Series) -> pl.Series:
    """Area codes of 12 digits; shorter ones are padded, what cannot be one is NULL."""

    def read(distinct: pl.Series) -> pl.Series:
        digits = exact_digits(folded(distinct))
        return digits.alias("code").to_frame().select(area_code.pad(pl.col("code"))).to_series()

    return _by_distinct(text, read)


def households(text: pl.Series) -> pl.Series:
    """Numbers that people of one household share; NULL for what is no household.

    No household is a number that a spreadsheet has cut (``3.40102E+12``; with every digit there it is
    written out), a placeholder (``0``, one character repeated, figures counted up) and words (``不详``).
    """
    number = exact_digits(folded(text).str.to_uppercase())
    none = number.str.contains(_STOPGAP_HOUSEHOLD) | number.str.contains(_DAMAGED_HOUSEHOLD)
    without_figure = ~number.str.contains(r"[0-9]")
    if without_figure.any():
        characters = number.str.split("").list.n_unique()
        none = none | (
            without_figure
            & (
                ~number.str.contains(r"[A-Z一二三四五六七八九十]")
                | ((characters == 1) & (number.str.len_chars() > 1))
                | number.is_in(_NO_HOUSEHOLD_WORDS)
            )
        )
    for figures in _COUNTED_UP:
        starts = [figures[:length] for length in range(6, len(figures) + 1)]
        none = none | number.is_in(starts)
    return number.set(none.fill_null(False), None)


def references(text: pl.Series) -> pl.Series:
    """Numbers that only the department gives meaning to: NFKC, no spaces, no ``.0``."""
    result = folded(text)
    return result.str.replace(r"^([0-9]+)\.0+$", "$1") if result.str.contains(r"\.0+$").any() else result
