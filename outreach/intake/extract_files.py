"""The files of one extract: opened and checked, then read into typed rows chunk by chunk.

Nothing is stored here: what a chunk holds goes to ``outreach.intake.extract``.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import polars as pl

from contracts.extracts import Column, Extract
from outreach.errors import OutreachError
from outreach.intake.batch import Batch, Part
from outreach.intake.contract import check_contract
from outreach.intake.delivery import DeliveredFile
from outreach.intake.file_signature import check_signature
from outreach.intake.forms import READERS
from outreach.intake.header import Header, match_header
from outreach.intake.prefetch import prefetch
from outreach.intake.reader import Chunk, Reader, ReaderError, as_text
from outreach.intake.repeated import without_repeated_header
from outreach.intake.returned_list import FilledList, read_title, refuse_other_region
from outreach.intake.salvage import Salvaged, cells_of, salvage
from outreach.intake.typed import Typed, read_cells
from outreach.settings import IntakeSettings
from outreach.standards.characters import legible, on_one_line


class RefusedError(OutreachError):
    """The extract is refused; ``file`` is the one to blame, None where it is the set of files."""

    def __init__(self, message: str, file: str | None = None) -> None:
        super().__init__(message)
        self.file = file


@dataclass
class OpenedFile:
    """A file whose form, digest and header hold; ``known``: what is known of it so far."""

    part: Part
    reader: Reader
    header: Header
    known: DeliveredFile
    filled: FilledList | None = None


@dataclass
class ExtractFiles:
    """How the files of an extract are read on one night; ``notes``: what was found on opening, in Chinese."""

    batch: Batch
    extract: Extract
    limits: IntakeSettings
    as_of: dt.date
    programmes: Mapping[str, set[str]]
    regions: Mapping[str, str]
    notes: list[str] = field(default_factory=list)

    def open(self, part: Part) -> OpenedFile:
        """Check a file's form, digest and header; read no row."""
        try:
            check_signature(part.path, part.form)
            digest = _sha256(part)
            entry = self.batch.manifest.get(part.name)
            if entry is not None and entry.fault is not None:
                raise ReaderError(entry.fault)
            if entry is not None and entry.sha256 not in (None, digest):
                raise ReaderError("文件校验值与清单不符，可能传输不完整")
            reader = READERS[part.form](part.path, self.extract, self.limits)
            try:
                filled = self._filled(reader)
                header = match_header(reader.header, self.extract) if filled is None else filled.header
            except BaseException:
                reader.close()
                raise
        except ReaderError as error:
            raise RefusedError(str(error), part.name) from error
        except OSError as error:
            raise RefusedError(f"文件无法打开（{error.strerror}）", part.name) from error
        self.notes.extend(f"文件 {part.name}：{note}" for note in reader.notes)
        known = DeliveredFile(
            part.name, digest, reader.encoding, reader.delimiter, extra=header.extra, doubled=header.doubled
        )
        return OpenedFile(part, reader, header, known, filled)

    def _filled(self, reader: Reader) -> FilledList | None:
        """How a list of ours is read that comes back as this extract; None where none can."""
        returned = self.extract.returned
        if returned is None:
            return None
        title = read_title(reader.title, self.programmes, self.regions)
        refuse_other_region(title, self.batch.region, self.regions)
        return FilledList.open(self.extract, returned, reader.header, title, self.programmes)

    def read(self, item: OpenedFile, before: int) -> Iterator[tuple[Typed, pl.DataFrame]]:
        """A file's rows, typed and checked, and on which line each is (row_number, line); row numbers count
        on from those of the parts before."""
        positions = item.header.positions
        filled = item.filled
        width = item.header.width
        if filled is None:
            chunks = item.reader.chunks(width, sorted(positions))
        else:
            positions = filled.positions
            chunks = filled.answered(item.reader.chunks(width, filled.wanted))
        delimiter = item.reader.delimiter or "\t"
        for delivered in prefetch(chunks, item.reader.close):
            legible_chunk = delivered if item.reader.delimiter else _legible(delivered)
            chunk = without_repeated_header(legible_chunk, item.header, self.extract, delimiter)
            shift = pl.col("row_number") + before
            before -= delivered.rows - chunk.rows
            cells = chunk.cells.with_columns(shift)
            typed = read_cells(cells, positions, self.extract, self.as_of, self.programmes)
            rows, broken = check_contract(typed.rows, self.extract)
            form_faults = chunk.bad.select(shift, "rule", column_name=pl.lit(None, pl.String))
            quarantined = pl.concat([form_faults, typed.quarantined, broken])
            if rows.height + quarantined.height != chunk.rows:
                raise AssertionError(f"{self.extract.name}, {item.part.name}: a row was lost in reading")
            unread = typed.unread.join(broken, on="row_number", how="anti")
            if filled is not None:
                unread = pl.concat([unread, filled.dated_ahead(rows, self.as_of)])
            salvaged = self._salvaged(item, positions, chunk.bad.with_columns(shift), cells, typed, broken)
            lines = pl.concat([frame.select(shift, "line") for frame in (chunk.cells, chunk.bad)])
            yield Typed(rows, quarantined, unread, typed.incomplete, salvaged), lines

    def _salvaged(
        self,
        item: OpenedFile,
        positions: Mapping[int, Column],
        bad: pl.DataFrame,
        cells: pl.DataFrame,
        typed: Typed,
        broken: pl.DataFrame,
    ) -> Salvaged:
        """What can still be read of a chunk's rows in quarantine; ``bad`` are those of broken form."""
        places = [str(place) for place in sorted(positions)]
        cells = cells.join(pl.concat([typed.quarantined, broken]), on="row_number", how="semi")
        texts = [bad.select("row_number", "text"), cells.select("row_number", text=as_text(places))]
        readings = [typed.incomplete, typed.rows.join(broken, on="row_number", how="semi")]
        cells = cells.select("row_number", *places)
        whole = cells_of(bad, item.reader.delimiter, item.header.width)
        # A returned list may state its programme above the header: a broken row has no cell of it.
        from_title = [name for name in places if name not in whole.columns]
        whole = whole.with_columns(pl.lit(None, pl.String).alias(name) for name in from_title).select(
            cells.columns
        )
        if whole.height:
            read = read_cells(whole, positions, self.extract, self.as_of, self.programmes)
            readings += [read.rows, read.incomplete]
            cells = pl.concat([cells, whole])
        by_name: dict[str, list[str]] = {}
        for place in places:
            by_name.setdefault(positions[int(place)].name, []).append(place)
        named = cells.select("row_number", *(pl.coalesce(same).alias(name) for name, same in by_name.items()))
        return salvage(
            pl.concat(texts), pl.concat(readings), named, self.extract, self.as_of, self.programmes
        )


def _legible(chunk: Chunk) -> Chunk:
    """The texts of a workbook's or a parquet file's cells, each on one line and without what is invisible."""

    cells, bad = chunk.cells, chunk.bad
    return replace(
        chunk,
        cells=cells.with_columns(legible(on_one_line(cells.get_column(name))) for name in cells.columns[2:]),
        # Tabs part the cells of a broken row.
        bad=bad.with_columns(legible(bad.get_column("text"))),
    )


def _sha256(part: Part) -> str:
    with part.path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
