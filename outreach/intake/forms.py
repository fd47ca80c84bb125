"""The forms of delivered files, each with its reader; and what a file shows before its rows are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from contracts.extracts import Extract
from outreach.intake.batch import Part
from outreach.intake.csv_reader import CsvReader
from outreach.intake.file_signature import check_signature
from outreach.intake.header import plain
from outreach.intake.parquet_reader import ParquetReader
from outreach.intake.returned_list import ListTitle, read_title
from outreach.intake.xlsx_reader import XlsxReader
from outreach.settings import IntakeSettings

READERS: dict[str, type[CsvReader] | type[XlsxReader] | type[ParquetReader]] = {
    "csv": CsvReader,
    "xlsx": XlsxReader,
    "parquet": ParquetReader,
}


@dataclass(frozen=True)
class Glance:
    """What a file shows before its rows are read: the cells of its header and its title."""

    header: tuple[str, ...]
    title: ListTitle


def glance(
    part: Part,
    extract: Extract,
    limits: IntakeSettings,
    programmes: Mapping[str, set[str]],
    regions: Mapping[str, str],
) -> Glance:
    """Look at the header of a file as that of an extract, and at the title above it.

    Raises:
        ReaderError: the file cannot be read, or no column of the extract is found in it.
    """
    check_signature(part.path, part.form)
    reader = READERS[part.form](part.path, extract, limits)
    try:
        return Glance(tuple(map(plain, reader.header)), read_title(reader.title, programmes, regions))
    finally:
        reader.close()
