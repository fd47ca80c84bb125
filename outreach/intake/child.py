"""What a file's own program reads: workbooks and parquet files, in a process of their own.

A script, run by its path, that imports nothing of this project: the libraries that take such files apart are
compiled code, and a file can be made so that they end the process, take all memory, or never come back. Here
that costs this process alone (``outreach.intake.fence`` starts and ends it).

It reads a request (one line of JSON) from standard input and writes frames to standard output: a letter,
the length of what follows (8 bytes), and the content. ``H`` is a header (JSON), ``R`` some rows, ``Z`` their
end, ``E`` why the file cannot be read (a key of ``outreach.intake.fence.REASONS``, nothing of the file's
content). After ``H`` it waits for a second line with the cells that are wanted.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import fcntl
import json
import os
import resource
import select
import signal
import struct
import sys
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

CELL_END, ROW_END = "\x1f", "\x1e"
"""Between the cells and the rows of a frame: control characters, which are in no value."""

EXACT_BELOW = 1e15
"""A spreadsheet keeps 15 digits of a number; beyond, the last ones are lost."""

CHUNK_ROWS = 50_000
FRAME_BYTES = 16 << 20
PIECE_BYTES = 64 << 10
LARGEST_ROW = 1 << 20
"""Characters (bytes in parquet) of a row; a spreadsheet allows 32,767 a cell."""
HEADER_SEARCHED = 40
LONGEST_HEADER = 500
EXCEL_ROWS, EXCEL_COLUMNS = 1 << 20, 1 << 14
MOST_MEMBERS = 100_000

# Spaces, control characters and what has no width: a row of nothing else is blank.
_UNSEEN = (
    "".join(map(chr, range(33)))
    + "\x7f\x85\xa0\xad\u1680\u180e\u2028\u2029\u202f\u205f\u3000\ufeff"
    + ("".join(map(chr, (*range(0x2000, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)))))
)
_BREAKS = dict.fromkeys(map(ord, "\t\r\n"), " ")
_SEPARATORS = dict.fromkeys(map(ord, CELL_END + ROW_END))

Row = tuple[int, list[str]]
Range = tuple[tuple[int, int], tuple[int, int]]


class UnreadableError(Exception):
    """The file cannot be read; the argument is the word for why."""


def main() -> None:
    """Answer one request, within its limits."""
    out = os.dup(1)
    silence = os.open(os.devnull, os.O_WRONLY)
    for descriptor in (1, 2):
        os.dup2(silence, descriptor)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent process decides what it means
    request = json.loads(sys.stdin.readline())
    limit(request)
    sys.path.extend(request["libraries"])
    try:
        readers = {"xlsx": read_workbook, "parquet": read_parquet}
        readers[request["form"]](request, out)
    except UnreadableError as reason:
        send(out, b"E", str(reason).encode())
    except MemoryError:
        send(out, b"E", b"memory")
    except BrokenPipeError:
        pass
    except ImportError:
        sys.exit(3)
    except BaseException:  # the compiled parsers' panics are outside Exception
        send(out, b"E", b"damaged")


def limit(request: dict[str, Any]) -> None:
    """Bound this process: memory, processor time, no core file, and no life after the one that started it."""
    memory, seconds = request["memory"], request["seconds"]
    # `RLIMIT_DATA` counts what is used, `RLIMIT_AS` what is reserved as well: allocators reserve much.
    for kind, value in (
        (resource.RLIMIT_DATA, memory),
        (resource.RLIMIT_CPU, 2 * seconds + 10),
        (resource.RLIMIT_CORE, 0),
    ):
        _, most = resource.getrlimit(kind)
        bound = value if most == resource.RLIM_INFINITY else min(value, most)
        resource.setrlimit(kind, (bound, most))
    # Where memory runs out all the same, this process is the one to go.
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")
    # The other end of the lifeline is never written to; it closes when the process that started this one is
    # gone, however it went, and the signal ends this one wherever it is.
    lifeline = request["lifeline"]
    signal.signal(signal.SIGIO, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGIO})
    with contextlib.suppress(OSError):  # some sandboxes have no such signal
        fcntl.fcntl(lifeline, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(lifeline, fcntl.F_SETFL, fcntl.fcntl(lifeline, fcntl.F_GETFL) | os.O_ASYNC)
    if select.select([lifeline], [], [], 0)[0]:
        os._exit(1)


def send(out: int, kind: bytes, content: bytes | memoryview) -> None:
    """Write one frame."""
    rest = memoryview(struct.pack("!cQ", kind, len(content)))
    for data in (rest, memoryview(content)):
        done = 0
        while done < len(data):
            done += os.write(out, data[done:])


def _answer(out: int, header: dict[str, Any]) -> dict[str, Any]:
    """Send the header and wait for what is wanted; leave where nothing is."""
    send(out, b"H", json.dumps(header).encode())
    line = sys.stdin.readline()
    if not line:
        sys.exit(0)
    wanted: dict[str, Any] = json.loads(line)
    return wanted


# -- workbooks --------------------------------------------------------------------------------


def read_workbook(request: dict[str, Any], out: int) -> None:
    """The first visible sheet.

    The header frame: ``sheet`` (its name), ``hidden`` (how many sheets before it are not visible), ``top``:
    the first filled rows, each with its row number in the sheet. The answer names ``header_row``, ``width``,
    ``wanted`` (places); each row that follows is its row number, the whole row's text where it has cells
    beyond the header's width (else nothing), and the wanted cells.
    """
    # Before the file is touched: a library that is missing is no fault of the file.
    from python_calamine import (
        CalamineError,
        CalamineWorkbook,
        PasswordError,
        SheetTypeEnum,
        SheetVisibleEnum,
    )

    check_archive(request["path"], request["unpacked"])
    try:
        with CalamineWorkbook.from_path(request["path"]) as book:
            sheets = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
            visible = [sheet.visible == SheetVisibleEnum.Visible for sheet in sheets]
            if True not in visible:
                raise UnreadableError("hidden")
            hidden = visible.index(True)
            sheet = book.get_sheet_by_name(sheets[hidden].name)
            if sheet.total_height > EXCEL_ROWS or sheet.total_width > EXCEL_COLUMNS:
                raise UnreadableError("extent")
            rows = numbered(sheet.iter_rows())
            first_column = sheet.start[1] if sheet.start else 0
            top = []
            for row in rows:
                top.append(row)
                if len(top) == HEADER_SEARCHED:
                    break
            header = [(line, [cell[:LONGEST_HEADER] for cell in cells]) for line, cells in top]
            request = _answer(out, {"sheet": sheet.name, "hidden": hidden, "top": header})
            below: Iterator[Row] = (
                row for group in (top, rows) for row in group if row[0] > request["header_row"]
            )
            merged = [
                ((first[0] + 1, first[1] - first_column), (last[0] + 1, last[1] - first_column))
                for first, last in sheet.merged_cell_ranges or ()
            ]
            below = spread(below, merged, request["header_row"], request["width"])
            send_rows(out, below, request["width"], request["wanted"])
    except PasswordError:
        raise UnreadableError("password") from None
    except CalamineError:
        raise UnreadableError("damaged") from None


def check_archive(path: str, unpacked: int) -> None:
    """Refuse an archive that is no workbook, or that is more than ``unpacked`` bytes when it is unpacked.

    The sizes that the archive declares are added up first; then its parts are unpacked and counted, and their
    checksums compared: the parser does not, and a flipped bit can make another number of one.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    # In turn: cut or garbled; unreadable on the disk; a name that is no UTF-8; a kind zipfile does not know.
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise UnreadableError("damaged") from None
    if "xl/workbook.xml" not in {member.filename for member in members}:
        raise UnreadableError("other_archive")
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > unpacked:
        raise UnreadableError("unpacked")
    parts = [member for member in members if member.filename.startswith("xl/")]
    if any(member.flag_bits & 1 for member in parts):
        raise UnreadableError("password")
    if any(member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for member in parts):
        raise UnreadableError("packing")
    left = unpacked
    with Path(path).open("rb") as stream:
        for member in parts:
            left -= _unpacked_size(stream, member, left)


def _unpacked_size(stream: BinaryIO, member: zipfile.ZipInfo, most: int) -> int:
    """The bytes that a packed part really holds; refused above ``most``, and where its checksum is wrong."""
    stream.seek(member.header_offset)
    head = stream.read(30)
    if len(head) < 30:
        raise UnreadableError("damaged")
    stream.seek(sum(struct.unpack("<HH", head[26:30])), os.SEEK_CUR)
    packed_left, size, checksum = member.compress_size, 0, 0
    inflate = zlib.decompressobj(-zlib.MAX_WBITS) if member.compress_type == zipfile.ZIP_DEFLATED else None
    try:
        while packed_left > 0 and not (inflate and inflate.eof):
            packed = stream.read(min(PIECE_BYTES, packed_left))
            if not packed:
                raise UnreadableError("damaged")
            packed_left -= len(packed)
            while packed:
                piece = inflate.decompress(packed, 64 * PIECE_BYTES) if inflate else packed
                packed = inflate.unconsumed_tail if inflate else b""
                size += len(piece)
                checksum = zlib.crc32(piece, checksum)
                if size > most:
                    raise UnreadableError("unpacked")
    except zlib.error:
        raise UnreadableError("damaged") from None
    if checksum != member.CRC:
        raise UnreadableError("damaged")
    return size


def numbered(rows: Iterator[list[Any]]) -> Iterator[Row]:
    """Rows as text, each with its number in the sheet, from 1; blank ones are left out."""
    for line, row in enumerate(rows, 1):
        cells = [value if type(value) is str else cell_text(value) for value in row]
        if "".join(cells).strip(_UNSEEN):
            yield line, cells


def spread(rows: Iterator[Row], merged: list[Range], header_row: int, width: int) -> Iterator[Row]:
    """The same rows, in which each cell of a merged range has the range's value.

    Ranges that begin above the rows or in the header are left as they are, and so is one over the whole width
    of the header: it is a heading or a remark. Beyond ``width`` nothing is filled.
    """
    data = sorted(
        (first, (last[0], min(last[1], width - 1)))
        for first, last in merged
        if first[0] > header_row
        and 0 <= first[1] < width
        and last > first
        and not (width > 1 and first[1] == 0 and last[1] >= width - 1)
    )
    if not data:
        yield from rows
        return
    due = len(data) - 1
    data.reverse()
    covered: dict[int, tuple[int, str]] = {}  # column: until which row, which value
    for line, cells in rows:
        cells += [""] * (width - len(cells))
        for column, (until, value) in list(covered.items()):
            if line > until:
                del covered[column]
            else:
                cells[column] = value
        while due >= 0 and data[due][0][0] <= line:
            (first_row, first), (last_row, last) = data[due]
            due -= 1
            if first_row == line and cells[first].strip(_UNSEEN):
                for column in range(first, last + 1):
                    cells[column] = cells[first]
                    if last_row > line:
                        covered[column] = (last_row, cells[first])
        yield line, cells


def send_rows(out: int, rows: Iterator[Row], width: int, wanted: list[int]) -> None:
    """Send rows in frames of bounded size, and their end.

    A row's text has its cells between tabs; a place that a row does not have is empty.
    """
    packed: list[str] = []
    size = 0
    reach = max([width, *(place + 1 for place in wanted)])
    for line, cells in rows:
        surplus = "".join(cells[width:]).strip(_UNSEEN)
        beyond = "\t".join(cell.translate(_BREAKS) for cell in cells) if surplus else ""
        if len(cells) < reach:
            cells += [""] * (reach - len(cells))
        fields = [str(line), beyond, *[cells[place] for place in wanted]]
        text = CELL_END.join(fields)
        if ROW_END in text or text.count(CELL_END) != len(fields) - 1:
            text = CELL_END.join([field.translate(_SEPARATORS) for field in fields])
        size += len(text)
        if len(text) > LARGEST_ROW:
            raise UnreadableError("row")
        packed.append(text)
        if len(packed) == CHUNK_ROWS or size > FRAME_BYTES:
            send(out, b"R", _frame(packed))
            packed, size = [], 0
    if packed:
        send(out, b"R", _frame(packed))
    send(out, b"Z", b"")


def _frame(packed: list[str]) -> bytes:
    return (ROW_END.join(packed) + ROW_END).encode("utf-8", "replace")


def cell_text(value: Any) -> str:
    """A cell as text.

    Whole numbers lose their ``.0``, others have the 15 digits that a spreadsheet shows; a number of 16 digits
    or more comes in scientific notation, for its last digits are not what was typed; dates are ISO, durations
    are days; yes/no is 1/0. NaN and infinities are nothing.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, dt.timedelta):
        value = value / dt.timedelta(days=1)
    if isinstance(value, (int, float)):
        if not abs(value) < float("inf"):
            return ""
        if abs(value) >= EXACT_BELOW:
            return f"{value:.14E}"
        return str(int(value)) if value == int(value) else f"{value:.15g}"
    if isinstance(value, (dt.date, dt.datetime, dt.time)):
        return value.isoformat()
    return "" if value is None else str(value)


# -- parquet ----------------------------------------------------------------------------------


def read_parquet(request: dict[str, Any], out: int) -> None:
    """A parquet file.

    The header frame: ``names`` and ``nested`` (the places of columns that hold more than one value a row).
    Wanted are places; each frame of rows is an Arrow stream of the wanted columns, in their order.
    """
    sys.modules["numpy"] = None  # type: ignore[assignment]  # costs more time than all else, and serves nothing here
    import pyarrow as pa
    import pyarrow.parquet as pq

    pa.set_cpu_count(1)
    try:
        with pq.ParquetFile(request["path"]) as file:
            schema = file.schema_arrow
            names: list[str] = schema.names
            nested = [place for place, field in enumerate(schema) if pa.types.is_nested(field.type)]
            wanted: list[int] = _answer(out, {"names": names, "nested": nested})["wanted"]
            chosen = {names[place] for place in wanted}
            metadata = file.metadata
            groups = sum(metadata.row_group(group).num_rows for group in range(metadata.num_row_groups))
            read = 0
            for batch in file.iter_batches(request["rows"], columns=sorted(chosen), use_threads=False):
                # Two columns of one name are both in the batch, in the order of the file.
                arrays = [
                    batch.column(_nth(batch.schema.names, names[place], names[:place].count(names[place])))
                    for place in wanted
                ]
                plain = [a.dictionary_decode() if pa.types.is_dictionary(a.type) else a for a in arrays]
                send_batch(out, pa.RecordBatch.from_arrays(plain, names=[str(place) for place in wanted]), pa)
                read += batch.num_rows
            # A damaged footer may give fewer rows: they would look like people who are gone.
            if not read == groups == metadata.num_rows:
                raise UnreadableError("damaged")
    except MemoryError:
        raise
    except (pa.ArrowException, OSError, ValueError):
        raise UnreadableError("damaged") from None
    send(out, b"Z", b"")


def _nth(names: list[str], name: str, count: int) -> int:
    """The place at which a name occurs for the ``count``-th time, from 0."""
    return [place for place, other in enumerate(names) if other == name][count]


def send_batch(out: int, batch: Any, pa: Any) -> None:
    """Send a record batch, in pieces where it is large. One row by itself is at most `LARGEST_ROW`."""
    if batch.nbytes > FRAME_BYTES and batch.num_rows > 1:
        half = batch.num_rows // 2
        send_batch(out, batch.slice(0, half), pa)
        send_batch(out, batch.slice(half), pa)
        return
    if batch.num_rows == 1 and batch.nbytes > LARGEST_ROW:
        raise UnreadableError("row")
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    send(out, b"R", memoryview(sink.getvalue()))


if __name__ == "__main__":
    main()
