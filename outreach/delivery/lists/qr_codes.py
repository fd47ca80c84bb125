"""QR codes of many addresses at once, as pictures of two colours.

A code made by itself takes segno a millisecond or more; a night has one for each person on a list. Texts
of one length give codes of one size, and with a fixed mask each module of such a code is a sum (modulo 2)
over the bits of the text: the error correction of a QR code is linear. So segno makes one code, and one
more for each bit of the text; all others are put together from these.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import segno

Bytes = npt.NDArray[np.uint8]

PIXELS_A_MODULE = 2
QUIET_MODULES = 2
"""White around the code; what is about it on the list is white or light, too."""
_MASK = 2  # any of the eight is read; one for all makes the sum possible
_AT_ONCE = 2_000
_BITS = 8


def qr_pictures(beginning: str, endings: Sequence[str]) -> dict[str, bytes]:
    """A PNG for each distinct ending: the QR code of ``beginning`` and it, black on white, 1 bit a pixel.

    Error correction M. What is made once is kept, so the beginning should be the same from call to call.
    """
    by_length: dict[int, list[bytes]] = {}
    for ending in dict.fromkeys(endings):
        content = ending.encode()
        by_length.setdefault(len(content), []).append(content)
    found: dict[str, bytes] = {}
    for length, contents in by_length.items():
        for start in range(0, len(contents), _AT_ONCE):
            some = contents[start : start + _AT_ONCE]
            for content, picture in zip(some, _pictures(beginning.encode(), length, some), strict=True):
                found[content.decode()] = picture
    return found


def _modules(content: bytes) -> Bytes:
    """The modules of a code, 1 = dark; a row is packed into whole bytes, the first module highest."""
    code = segno.make(content, error="m", mode="byte", mask=_MASK, boost_error=False, micro=False)
    rows = np.array([list(row) for row in code.matrix], dtype=np.uint8)
    packed: Bytes = np.packbits(np.pad(rows, QUIET_MODULES), axis=1)
    return packed


@lru_cache(maxsize=4)
def _parts(beginning: bytes, length: int) -> tuple[Bytes, list[Bytes]]:
    """The code of the beginning and ``length`` zero bytes; what each byte adds at each of their places."""
    blank = beginning + bytes(length)
    modules = _modules(blank)
    values = np.arange(1 << _BITS)
    added = []
    for place in range(len(beginning), len(blank)):
        table = np.zeros((values.size, modules.size), dtype=np.uint8)
        for bit in range(_BITS):
            content = bytearray(blank)
            content[place] = 1 << bit
            table[values >> bit & 1 == 1] ^= (_modules(bytes(content)) ^ modules).ravel()
        added.append(table)
    return modules, added


def _pictures(beginning: bytes, length: int, endings: Sequence[bytes]) -> Iterator[bytes]:
    """The pictures of the beginning with each of these endings, which are ``length`` bytes long."""
    modules, added = _parts(beginning, length)
    side = len(modules)
    codes = np.repeat(modules.reshape(1, -1), len(endings), axis=0)
    text = np.frombuffer(b"".join(endings), dtype=np.uint8).reshape(len(endings), -1)
    for place, table in enumerate(added):
        codes ^= table[text[:, place]]
    # Each module as so many pixels: a byte of modules becomes as many bytes of pixels. In a PNG, 1 is white.
    every_byte = np.unpackbits(np.arange(1 << _BITS, dtype=np.uint8)[:, None], axis=1)
    pixel_bytes = np.packbits(1 - np.repeat(every_byte, PIXELS_A_MODULE, axis=1), axis=1)
    wide = pixel_bytes[codes].reshape(len(endings), side, -1)
    pixels = side * PIXELS_A_MODULE
    used = -(-pixels // _BITS)
    # Before each line its filter: as it is, or (2) equal to the line above, of which nothing differs.
    lines = np.zeros((len(endings), side, PIXELS_A_MODULE, used + 1), dtype=np.uint8)
    lines[:, :, 0, 1:] = wide[:, :, :used]
    lines[:, :, 1:, 0] = 2
    data, size = lines.tobytes(), lines[0].size
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", pixels, pixels, 1, 0, 0, 0, 0))
    before, after = b"\x89PNG\r\n\x1a\n" + head, _chunk(b"IEND", b"")
    for start in range(0, len(data), size):
        yield before + _chunk(b"IDAT", zlib.compress(data[start : start + size], 1)) + after


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
