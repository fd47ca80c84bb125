"""ZIP archives put together from members that are packed already: equal content is equal bytes."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """A packed member of a zip archive; ``stored``: as it is, because it is packed already."""

    name: str
    data: bytes
    crc: int
    size: int
    stored: bool = False


def pack(name: str, content: bytes | Sequence[bytes | memoryview], level: int = 1) -> Part:
    """Pack a member. Level 1: row XML is so regular that more effort saves little."""
    pieces = [content] if isinstance(content, bytes) else content
    squeeze = zlib.compressobj(level, zlib.DEFLATED, -15)
    crc = size = 0
    out = []
    for piece in pieces:
        crc = zlib.crc32(piece, crc)
        size += len(piece)
        out.append(squeeze.compress(piece))
    out.append(squeeze.flush())
    return Part(name, b"".join(out), crc, size)


def store(name: str, content: bytes) -> Part:
    """A member that is put in as it is."""
    return Part(name, content, zlib.crc32(content), len(content), stored=True)


def archive(parts: Iterable[Part]) -> bytes:
    """A zip archive of packed members, with a fixed date, so that equal content is equal bytes."""
    out, directory, offset, count = [], [], 0, 0
    for part in parts:
        name = part.name.encode()
        # version 2.0, name in UTF-8 or ASCII, deflated or stored, 1980-01-01 00:00
        flags = 0 if part.name.isascii() else 0x800
        method = 0 if part.stored else 8
        common = struct.pack(
            "<HHHHHIIIHH", 20, flags, method, 0, 0x21, part.crc, len(part.data), part.size, len(name), 0
        )
        local = b"PK\x03\x04" + common + name
        out += [local, part.data]
        directory.append(
            b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, offset) + name
        )
        offset += len(local) + len(part.data)
        count += 1
    central = b"".join(directory)
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count, count, len(central), offset, 0)
    return b"".join([*out, central, end])
