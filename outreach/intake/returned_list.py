"""A list of ours that comes back filled in by hand, delivered as the extract that takes the answers.

What belongs here: the title lines above its header, the lines that nobody has touched, the tick boxes of a
printed list, the programme that only the title or the matter states. The forms (CSV, XLSX) read it as any
other file; ``contracts.extracts.ReturnedList`` names the extract this is for.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from contracts.extracts import Column, Extract, ReturnedList
from outreach.intake import clean
from outreach.intake.header import Header, match_header, plain, recognised
from outreach.intake.reader import Chunk, ReaderError
from outreach.intake.typed import PROBLEM_SCHEMA

_EMPTY_SIGNS = r"^[-‐–—－_＿/／\\＼.。．·、,，~～…*＊:：;；\s]*$"
"""What an officer, or a spreadsheet, leaves in a cell that holds no answer; a tick is an answer."""
_TICK = "☑☒✓✔√■"
_UNTICKED = r"[□☐]\s*[^\s□☐☑☒✓✔√■]+"
_TICKED = rf"[{_TICK}]\s*([^\s□☐{_TICK}]+)"
_TICKED_AFTER = rf"^([^\s□☐{_TICK}]+)\s*[{_TICK}]$"
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})")


@dataclass(frozen=True)
class ListTitle:
    """What the lines above a list's header state; None = not stated, or not clearly.

    ``region``: a region's id. ``night``: the date of the night that published the list.
    """

    region: str | None = None
    night: dt.date | None = None
    programme: str | None = None


def below_title(rows: Sequence[Sequence[str]], extract: Extract) -> tuple[list[str], Sequence[Sequence[str]]]:
    """The lines above the header as text, and the rows from the header on.

    Only an extract that may be a returned list can have lines above its header: of any other, all rows come
    back as they are. The header is the row that names most columns of the extract, the first of equals.
    """
    counts = [recognised(row, extract) for row in rows]
    if extract.returned is None or not any(counts):
        return [], rows
    place = counts.index(max(counts))
    return [" ".join(filter(None, map(str.strip, row))) for row in rows[:place]], rows[place:]


def read_title(
    lines: Sequence[str], programmes: Mapping[str, set[str]], regions: Mapping[str, str]
) -> ListTitle:
    """What the title lines state.

    Args:
        programmes: programme ids with their Chinese names.
        regions: the Chinese names of all regions, with their ids.
    """
    text = unicodedata.normalize("NFKC", " ".join(lines))
    named = {label: programme for programme, labels in programmes.items() for label in (programme, *labels)}
    found = _DAY.search(text)
    night = None
    if found is not None:
        try:
            night = dt.date(*map(int, found.groups()))
        except ValueError:
            night = None
    return ListTitle(_only(text, regions), night, _only(text, named))


def _only(text: str, meanings: Mapping[str, str]) -> str | None:
    """The one meaning of the names in the text, longer ones before shorter; None: none, or several."""
    names = {unicodedata.normalize("NFKC", name): meaning for name, meaning in meanings.items()}
    if not names or not text:
        return None
    either = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    found = {names[name] for name in re.findall(either, text)}
    return found.pop() if len(found) == 1 else None


@dataclass(frozen=True)
class FilledList:
    """How the cells of one returned list are read: its header, title and the programmes that there are."""

    extract: Extract
    returned: ReturnedList
    header: Header
    title: ListTitle
    programmes: Mapping[str, set[str]]
    matters: int | None

    @classmethod
    def open(
        cls,
        extract: Extract,
        returned: ReturnedList,
        cells: Sequence[str],
        title: ListTitle,
        programmes: Mapping[str, set[str]],
    ) -> FilledList:
        """The list under its header ``cells``.

        Raises:
            ReaderError: as :func:`outreach.intake.header.match_header`, unless the missing column is the
                programme and title or matters state it.
        """
        names = [plain(cell) for cell in cells]
        matters = names.index(returned.matters) if returned.matters in names else None
        stated = title.programme is not None or matters is not None
        header = match_header(
            cells,
            extract,
            elsewhere=(returned.programme,) if stated and returned.programme else (),
            printed={plain(name) for name in returned.printed},
        )
        return cls(extract, returned, header, title, programmes, matters)

    @property
    def positions(self) -> dict[int, Column]:
        """The columns by the place of their cells; a programme stated elsewhere has one behind the last."""
        positions = dict(self.header.positions)
        if self.returned.programme is None:
            return positions
        column = next(c for c in self.extract.columns if c.name == self.returned.programme)
        if column not in positions.values():
            positions[self.header.width] = column
        return positions

    @property
    def wanted(self) -> list[int]:
        """The places whose cells have to be read from the file."""
        places = set(self.header.positions)
        return sorted(places if self.matters is None else {*places, self.matters})

    def answered(self, chunks: Iterator[Chunk]) -> Iterator[Chunk]:
        """The chunks without the lines that nobody has filled in; rows count from 1 without them.

        An answer ticked in a printed box is read as that answer. An empty programme is filled with what
        the title states, else with the one matter of the line.
        """
        done = 0
        for chunk in chunks:
            cells = self._answers(chunk.cells)
            kept = pl.concat([cells.select("row_number"), chunk.bad.select("row_number")]).sort("row_number")
            kept = kept.with_columns(number=pl.int_range(done + 1, done + 1 + pl.len(), dtype=pl.Int64))
            yield Chunk(_renumbered(cells, kept), _renumbered(chunk.bad, kept), kept.height)
            done += kept.height

    def _answers(self, cells: pl.DataFrame) -> pl.DataFrame:
        place = {column.name: str(place) for place, column in self.positions.items()}
        answers = [place[name] for name in self.returned.answers if name in place]
        boxes = [
            str(at)
            for at, column in self.header.positions.items()
            if column.codes is not None and column.name in self.returned.answers
        ]
        cells = cells.with_columns(_ticked(pl.col(name)) for name in boxes)
        if answers:
            trimmed = cells.select(clean.trimmed(cells.get_column(name)) for name in answers)
            filled = trimmed.select(
                pl.any_horizontal(~pl.all().fill_null("").str.contains(_EMPTY_SIGNS)).alias("filled")
            )
            cells = cells.filter(filled.get_column("filled"))
        if self.returned.programme is None:
            return cells
        programme = place[self.returned.programme]
        stated: list[pl.Expr] = []
        if programme in cells.columns:
            own = clean.trimmed(cells.get_column(programme))
            stated.append(pl.lit(own.set(own.str.contains(_EMPTY_SIGNS), None)))
        if self.title.programme is not None:
            stated.append(pl.lit(self.title.programme))
        if self.matters is not None:
            stated.append(_only_matter(pl.col(str(self.matters)), self.programmes))
        if not stated:
            return cells
        return cells.with_columns(pl.coalesce(stated).alias(programme))

    def dated_ahead(self, rows: pl.DataFrame, as_of: dt.date) -> pl.DataFrame:
        """A problem for each date of an accepted row that is after the as-of date."""
        dated = [c for c in self.extract.columns if c.without_year]
        ahead = [
            rows.filter(pl.col(column.name) > as_of).select(
                "row_number", rule=pl.lit("answer_ahead"), column_name=pl.lit(column.header)
            )
            for column in dated
        ]
        return pl.concat([pl.DataFrame(schema=PROBLEM_SCHEMA), *ahead])


def refuse_other_region(title: ListTitle, region: str, regions: Mapping[str, str]) -> None:
    """Refuse a list whose title names another region.

    Raises:
        ReaderError: it does; the message names both.
    """
    if title.region not in (None, region):
        names = {identifier: name for name, identifier in regions.items()}
        raise ReaderError(
            f"名单标题写明是{names[title.region or '']}的名单，"
            f"不是{names.get(region, region)}的，请送达相应地区"
        )


def _ticked(cell: pl.Expr) -> pl.Expr:
    """The answer whose printed box is ticked; nothing where no box is; any other text as it is."""
    ticked = cell.str.extract_all(_TICKED)
    return (
        pl.when(ticked.list.len() == 1)
        .then(cell.str.extract(_TICKED, 1))
        .when(cell.str.contains(_TICKED_AFTER))
        .then(cell.str.extract(_TICKED_AFTER, 1))
        .when(ticked.list.len() == 0)
        .then(cell.str.replace_all(_UNTICKED, ""))
        .otherwise(cell)
        .name.keep()
    )


def _only_matter(cell: pl.Expr, programmes: Mapping[str, set[str]]) -> pl.Expr:
    """The programme that the matters of a line name, where it is one; NULL for none or several.

    A matter is written ``action：programme``.
    """
    names = {f"：{label}": programme for programme, labels in programmes.items() for label in labels}
    ordered = sorted(names, key=len, reverse=True)
    found = (
        cell.str.extract_many(ordered, leftmost=True)
        .list.eval(pl.element().replace_strict(names, default=None, return_dtype=pl.String))
        .list.unique()
    )
    return pl.when(found.list.len() == 1).then(found.list.first())


def _renumbered(rows: pl.DataFrame, kept: pl.DataFrame) -> pl.DataFrame:
    if rows.is_empty():
        return rows
    return rows.join(kept, on="row_number", maintain_order="left").select(
        pl.col("number").alias("row_number"), pl.exclude("row_number", "number")
    )
