"""From the bytes of a text file to decoded lines: encodings, wrong bytes, line ends. Streamed."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from outreach.standards.characters import INVISIBLE_CHARACTERS

WRONG = "\ufdd0"
"""In the place of a byte that could not be decoded: a noncharacter, so it is in no text."""

BLOCK_BYTES = 24 << 20
LONGEST_LINE = 4 << 20
HEAD_BYTES = 256 << 10

BOMS = (
    (codecs.BOM_UTF8, "UTF-8-BOM"),
    (codecs.BOM_UTF16_LE, "UTF-16LE"),
    (codecs.BOM_UTF16_BE, "UTF-16BE"),
)
CODECS = {
    "UTF-8": "utf-8",
    "UTF-8-BOM": "utf-8",
    "GB18030": "gb18030",
    "UTF-16LE": "utf-16-le",
    "UTF-16BE": "utf-16-be",
}
_NEWLINES = {"UTF-16LE": (b"\n\0", b"\r\0"), "UTF-16BE": (b"\0\n", b"\0\r")}


def _mark(error: UnicodeError) -> tuple[str, int]:
    if isinstance(error, UnicodeDecodeError):
        return WRONG, error.end
    raise error


codecs.register_error("mark_wrong_bytes", _mark)


def bom_of(head: bytes) -> tuple[str | None, int]:
    """The encoding that a byte order mark declares, and its length in bytes."""
    for bom, encoding in BOMS:
        if head.startswith(bom):
            return encoding, len(bom)
    return None, 0


def candidates(head: bytes) -> list[str]:
    """Encodings worth trying on a file that begins like this, the likeliest first."""
    encoding, _ = bom_of(head)
    wide = ["UTF-16LE", "UTF-16BE"] if b"\0" in head else []
    return [*([encoding] if encoding else []), *wide, "UTF-8", "GB18030"]


def first_lines(head: bytes, encoding: str, count: int) -> bytes:
    """The beginning of a file with at least its first ``count`` lines, as long as it has them."""
    if encoding in _NEWLINES:
        return head
    return b"\n".join(head.split(b"\n", count)[:count])


def decode(data: bytes, encoding: str) -> str:
    """Text with ``\\n`` as the only line end; :data:`WRONG` for bytes that are none of the encoding."""
    text = data.decode(CODECS[encoding], "mark_wrong_bytes")
    if encoding in _NEWLINES and (WRONG in text or _has_high_newline(text)):
        text = _decode_lines(data, encoding)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text


def _has_high_newline(text: str) -> bool:
    """Whether UTF-16 text lost its alignment: a newline read as the high half of a character (U+0Axx)."""
    return re.search("[\u0a00-\u0aff]", text) is not None


def _decode_lines(data: bytes, encoding: str) -> str:
    """Each line of damaged UTF-16 by itself, so that a lost byte spoils one line and not the rest."""
    newline, _ = _NEWLINES[encoding]
    codec = CODECS[encoding]
    return "\n".join(line.decode(codec, "mark_wrong_bytes") for line in data.split(newline))


def blocks(path: Path, encoding: str) -> Iterator[str]:
    """The whole text in blocks of complete lines, without a byte order mark."""
    newline, carriage = _NEWLINES.get(encoding, (b"\n", b"\r"))
    rest = b""
    with path.open("rb") as stream:
        stream.seek(bom_of(stream.read(4))[1])
        while data := stream.read(BLOCK_BYTES):
            data = rest + data
            cut = data.rfind(newline)
            if cut < 0:
                # Files of old systems end lines with CR alone; the last byte may be half of CR LF.
                cut = data.rfind(carriage, 0, len(data) - len(carriage))
            if cut >= 0:
                cut += len(newline)
            elif len(data) < LONGEST_LINE:
                rest = data
                continue
            else:
                cut = len(data)
            yield decode(data[:cut], encoding)
            rest = data[cut:]
    if rest:
        yield decode(rest, encoding)


def line_counts(path: Path, encoding: str) -> frozenset[int]:
    """The numbers of lines that programs count in a text file: line ends; lines, a last one without an end,
    too; and lines that are not blank."""
    ends = filled = unended = 0
    for text in blocks(path, encoding):
        lines = text.split("\n")
        blank = pl.Series(lines).str.replace_all(f"[\\s{INVISIBLE_CHARACTERS}]", "") == ""
        ends += len(lines) - 1
        filled += len(lines) - int(blank.sum())
        unended = int(not blank[-1])
    return frozenset({ends, ends + unended, filled})
