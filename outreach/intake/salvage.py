"""What can still be read of a row in quarantine: whose it may be, and what it could mean.

Such a row gives no fact, but a person whom it may be about is not decided as if the row did not exist
(``sql/facts/guard.sql``). Where its cells are in their columns they are read as ever, the unreadable ones
missing; of a row whose form is broken (too few cells, a quote left open) only what shows what it is by itself
counts: numbers, names, labels, days.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from contracts.extracts import CodeSet, Extract, Kind
from contracts.vocabulary import Truth
from outreach.intake import clean
from outreach.intake.decoding import WRONG
from outreach.standards import identity_number
from outreach.standards.addresses import address_key
from outreach.standards.names import SEPARATORS, name_key

RECORD_SCHEMA: dict[str, pl.DataType] = {
    "row_number": pl.Int64(),
    "is_by_column": pl.Boolean(),
    "person_id": pl.String(),
    "birth_date": pl.Date(),
    "sex": pl.String(),
    "area_code": pl.String(),
    "address_key": pl.String(),
    "programme": pl.String(),
    "scheme": pl.Int32(),
    "category": pl.Int32(),
    "level": pl.Int32(),
    "status": pl.Int32(),
    "result": pl.String(),
    "work_injury_care": pl.Boolean(),
    "happened_on": pl.Date(),
    "ended_on": pl.Date(),
    "mentions_death": pl.Boolean(),
}
"""Columns of ``run.quarantined_record`` in addition to ``extract``."""
IDENTIFIER_SCHEMA: dict[str, pl.DataType] = {
    "row_number": pl.Int64(),
    "number18": pl.String(),
    "damaged_number": pl.String(),
    "name_key": pl.String(),
}
"""Columns of ``run.quarantined_identifier`` in addition to ``extract``."""

_TOKEN = r'[^\t,|"]+'
_NAME = rf"^\p{{Han}}[\p{{Han}}{SEPARATORS} ?？□*]{{0,14}}$"
# A certificate number begins with the identity number and goes on with category, grade and suffix.
_CERTIFICATE = r"^[0-9]{17}[0-9X][1-7][1-4](B[0-9])?$"
_NUMBER_WITHIN = r"(?:^|[^0-9])([1-9][0-9]{16}[0-9X])(?:[^0-9X]|$)"
_DAMAGED = r"^[0-9OQDILX]{16,19}$"
_DEATH = "去世|死亡|已故|亡故|病故|身故|离世|过世"
_DEATH_IS_SAID_IN = ("visit_log", "outreach_outcome")
_NOTE_AFTER = r"[(（\[【〔].*$"
_PERSON_ID = r"^[a-z2-7]{20}$"
_DOOR = r"\p{Han}{2}.*[0-9] *(?:号|组|社|队|栋|幢|座|单元|室|户|门|楼|#)"
_YES_NO = (Truth.TRUE.chinese, Truth.FALSE.chinese, "有", "无")
_OTHER_PERSONS_NAMES = ("guardian_name",)
_NUMBER_KINDS = (Kind.IDENTITY_NUMBER, Kind.CERTIFICATE_NUMBER)
_SAME = (
    *("person_id", "birth_date", "sex", "area_code", "programme"),
    *("scheme", "category", "level", "status", "result", "work_injury_care"),
)
_HAPPENED = ("died_on", "contacted_on", "visited_on", "assessed_on", "status_date", "recognised_on")
_ENDED = ("ended_on", "valid_until")
_ADDRESSES = ("residence_address_key", "address_key", "registered_address_key")


@dataclass(frozen=True)
class Salvaged:
    """``records``: one row a row in quarantine (``RECORD_SCHEMA``). ``identifiers``: the valid numbers,
    damaged numbers and names in it, one each (``IDENTIFIER_SCHEMA``). Words that are no names are harmless:
    nobody in the register has them.
    """

    records: pl.DataFrame
    identifiers: pl.DataFrame


def nothing_salvaged() -> Salvaged:
    """Of no row."""
    return Salvaged(pl.DataFrame(schema=RECORD_SCHEMA), pl.DataFrame(schema=IDENTIFIER_SCHEMA))


def salvage(
    texts: pl.DataFrame,
    readings: pl.DataFrame,
    cells: pl.DataFrame,
    extract: Extract,
    as_of: dt.date,
    programmes: Mapping[str, set[str]],
) -> Salvaged:
    """What is left of rows in quarantine.

    Args:
        texts: every such row (``row_number``, ``text``).
        readings: those of them whose cells are in their columns, as the table of the extract has them,
            NULL where a cell cannot be read.
        cells: the text of the same rows, by the names of the extract's columns.
    """
    if texts.height == 0:
        return nothing_salvaged()
    loose = texts.join(readings, on="row_number", how="anti")
    tokens = _tokens(loose)
    read = []
    if readings.height:
        read.append(_by_column(readings, cells, extract, programmes))
    if loose.height:
        read.append(_by_token(loose, tokens, extract, programmes))
    records = pl.concat(read)
    if extract.name in _DEATH_IS_SAID_IN:
        dead = texts.select("row_number", mentions_death=pl.col("text").str.contains(_DEATH))
        records = records.drop("mentions_death").join(dead, on="row_number", how="left")
    return Salvaged(
        records.select(*RECORD_SCHEMA),
        _identifiers(pl.concat([_named_cells(cells, extract), tokens]), as_of),
    )


def _tokens(texts: pl.DataFrame) -> pl.DataFrame:
    """What is between delimiters and quotes (``row_number``, ``token``, ``is_number``: may be one)."""
    found = (
        texts.select("row_number", token=pl.col("text").str.extract_all(_TOKEN))
        .explode("token")
        .drop_nulls("token")
    )
    return found.with_columns(
        token=clean.trimmed(found.get_column("token")), is_number=pl.lit(True), is_name=pl.lit(True)
    ).drop_nulls("token")


def _named_cells(cells: pl.DataFrame, extract: Extract) -> pl.DataFrame:
    """The cells that name or number somebody, in the shape of :func:`_tokens`.

    A name may be in the cell of a number and a number in that of a name: two cells swapped.
    """
    parts = [_tokens(pl.DataFrame(schema={"row_number": pl.Int64, "text": pl.String}))]
    for column in extract.columns:
        if column.name in cells.columns and (column.kind is Kind.NAME or column.kind in _NUMBER_KINDS):
            token = clean.trimmed(cells.get_column(column.name)).alias("token")
            parts.append(
                pl.DataFrame([cells.get_column("row_number"), token])
                .drop_nulls()
                .with_columns(
                    is_number=pl.lit(column.kind in _NUMBER_KINDS),
                    is_name=pl.lit(column.name not in _OTHER_PERSONS_NAMES),
                )
            )
    return pl.concat(parts)


def _identifiers(tokens: pl.DataFrame, as_of: dt.date) -> pl.DataFrame:
    number = clean.identity_text(tokens.get_column("token"))
    text = pl.col("number")
    number = (
        number.alias("number")
        .to_frame()
        .select(
            pl.when(text.str.contains(_CERTIFICATE))
            .then(text.str.slice(0, 18))
            .otherwise(pl.coalesce(text.str.extract(_NUMBER_WITHIN), text))
        )
        .to_series()
    )
    examined = identity_number.examine(number, as_of)
    is_valid = pl.col("number18").is_not_null()
    return (
        tokens.with_columns(
            number.alias("number"),
            examined.get_column("number18"),
            name_key(tokens.get_column("token")).alias("name_key"),
        )
        .with_columns(
            damaged_number=pl.when(~is_valid & pl.col("is_number") & text.str.contains(_DAMAGED)).then(text),
            name_key=pl.when(~is_valid & pl.col("is_name") & pl.col("token").str.contains(_NAME)).then(
                "name_key"
            ),
        )
        .filter(pl.any_horizontal(pl.col("number18", "damaged_number", "name_key").is_not_null()))
        .select(*IDENTIFIER_SCHEMA)
        .unique(maintain_order=True)
    )


def _by_column(
    readings: pl.DataFrame, cells: pl.DataFrame, extract: Extract, programmes: Mapping[str, set[str]]
) -> pl.DataFrame:
    table = extract.table

    def first(*names: str, dtype: pl.DataType) -> pl.Expr:
        there = [pl.col(name) for name in names if name in table and table[name] == dtype]
        return pl.coalesce(there) if there else pl.lit(None, dtype)

    same = {name: first(name, dtype=RECORD_SCHEMA[name]) for name in _SAME}
    records = readings.select(
        "row_number",
        is_by_column=pl.lit(True),
        happened_on=first(*_HAPPENED, dtype=pl.Date()),
        ended_on=first(*_ENDED, dtype=pl.Date()),
        address_key=first(*_ADDRESSES, dtype=pl.String()),
        mentions_death=pl.lit(False),
        **same,
    )
    for name in ("programme", "programme_name"):
        if name in cells.columns:
            meant = _meant_programme(clean.trimmed(cells.get_column(name)), programmes).alias("meant")
            records = (
                records.join(
                    pl.DataFrame([cells.get_column("row_number"), meant]), on="row_number", how="left"
                )
                .with_columns(programme=pl.coalesce("programme", "meant"))
                .drop("meant")
            )
    return records.select(*RECORD_SCHEMA)


def _meant_programme(text: pl.Series, programmes: Mapping[str, set[str]]) -> pl.Series:
    """The programme that a text means for certain: an id or label, also with a note in brackets after it."""
    return clean.programmes(text.str.replace(_NOTE_AFTER, ""), programmes)


def _by_token(
    texts: pl.DataFrame, tokens: pl.DataFrame, extract: Extract, programmes: Mapping[str, set[str]]
) -> pl.DataFrame:
    """What words show by themselves; what two of them contradict each other in is not known.

    The first of several days is taken for the birth date, the longest word that ends like one for the
    address: both only narrow down (``sql/identity/decision/quarantined_link.sql``).
    """
    token = tokens.get_column("token")
    meanings: dict[str, pl.Series] = {}
    for column in extract.columns:
        if column.kind is Kind.PROGRAMME:
            meanings[column.name] = _meant_programme(token, programmes)
        elif column.name in RECORD_SCHEMA and column.codes is not None:
            labels = _labels(column.codes)
            meanings[column.name] = token.replace_strict(
                list(labels), list(labels.values()), default=None, return_dtype=RECORD_SCHEMA[column.name]
            )
    if "person_id" in extract.table:
        meanings["person_id"] = token.set(~token.str.contains(_PERSON_ID), None)
    place = pl.col("token").filter(pl.col("token").str.contains(_DOOR))
    found = (
        tokens.select("row_number", "token", born=clean.dates(token))
        .with_columns(meaning.alias(name) for name, meaning in meanings.items())
        .group_by("row_number")
        .agg(
            birth_date=pl.col("born").min(),
            place=place.sort_by(place.str.len_chars(), descending=True).first(),
            **{name: _only(pl.col(name)) for name in meanings},
        )
    )
    records = texts.select("row_number").join(found, on="row_number", how="left")
    records = records.with_columns(
        address_key=address_key(records.get_column("place")),
        is_by_column=pl.lit(False),
        mentions_death=pl.lit(False),
    )
    missing = [pl.lit(None, dtype).alias(n) for n, dtype in RECORD_SCHEMA.items() if n not in records.columns]
    return records.with_columns(missing).select(*RECORD_SCHEMA)


def _only(values: pl.Expr) -> pl.Expr:
    """The value of a group; NULL where there are several."""
    known = values.drop_nulls()
    return pl.when(known.n_unique() == 1).then(known.first())


def _labels(codes: CodeSet) -> dict[str, int | str | bool]:
    """The words for the codes of a set, not their figures: a figure alone shows nothing."""
    return {label: e.value for e in codes.entries for label in (e.label, *e.also) if label not in _YES_NO}


def cells_of(bad: pl.DataFrame, delimiter: str | None, width: int) -> pl.DataFrame:
    """The cells of lines of broken form (``row_number``, ``text``) that are in their columns all the same.

    These are the lines with as many cells as the header: a byte that no text has, or a quote left open,
    spoils a cell and moves none. Columns: row_number, and each cell named by its place; a cell with such a
    byte is NULL. ``delimiter`` None: the file has no lines.
    """
    places = [str(place) for place in range(width)]
    if delimiter is None:
        return pl.DataFrame(schema={"row_number": pl.Int64, **dict.fromkeys(places, pl.String)})
    cell = pl.col("cell").struct
    cells = (
        bad.filter(pl.col("text").str.count_matches(delimiter, literal=True) == width - 1)
        .select("row_number", cell=pl.col("text").str.split_exact(delimiter, width - 1))
        .select("row_number", *(cell.field(f"field_{place}").alias(place) for place in places))
    )
    bare = pl.col(places).str.replace_all('"', "", literal=True)
    return cells.with_columns(pl.when(~bare.str.contains(WRONG, literal=True)).then(bare).name.keep())
