"""Pictures of a sheet, each in its cell: the parts of a workbook that hold them, written as text.

A picture is anchored at both corners, so that it is hidden, moved and sorted with its row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from outreach.delivery.lists.zip_parts import Part, pack, store

_DRAWING = "xl/drawings/drawing1.xml"
_LINKS = "xl/drawings/_rels/drawing1.xml.rels"
_MEDIA = "xl/media/"
SIDE_MILLIMETRES = 14
"""The side of a picture on paper."""
_SIDE = SIDE_MILLIMETRES * 36_000
_UNITS_A_PIXEL, _UNITS_A_POINT = 9_525, 12_700

_DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/drawingml/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


@dataclass(frozen=True)
class Pictures:
    """PNGs in rows of a sheet (from 0) that are so many points high; one is in place of many objects."""

    rows: Sequence[int] = ()
    heights: Sequence[float] = ()
    images: Sequence[bytes] = ()


def is_drawn(name: str) -> bool:
    """Whether a part of a workbook is one of those that `drawing` writes."""
    return name in (_DRAWING, _LINKS) or name.startswith(_MEDIA)


def drawing(pictures: Pictures, column: int, pixels: int) -> Iterator[Part]:
    """The parts for square pictures in the middle of cells of one column, which is so many pixels wide.

    A picture that several rows show is there once.
    """
    numbers: dict[bytes, int] = {}
    for image in pictures.images:
        numbers.setdefault(image, len(numbers) + 1)
    left = max(pixels * _UNITS_A_PIXEL - _SIDE, 0) // 2
    anchors = "".join(_anchors(pictures, numbers, column, left))
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/image" Target="../media/code{number}.png"/>'
        for number in numbers.values()
    )
    spaces = f'xmlns:xdr="{_MAIN}/spreadsheetDrawing" xmlns:a="{_MAIN}/main" xmlns:r="{_OFFICE}"'
    yield pack(_DRAWING, f"{_DECLARED}<xdr:wsDr {spaces}>{anchors}</xdr:wsDr>".encode())
    yield pack(_LINKS, f'{_DECLARED}<Relationships xmlns="{_PACKAGE}">{links}</Relationships>'.encode())
    for image, number in numbers.items():
        yield store(f"{_MEDIA}code{number}.png", image)


def _anchors(pictures: Pictures, numbers: dict[bytes, int], column: int, left: int) -> Iterator[str]:
    each = zip(pictures.rows, pictures.heights, pictures.images, strict=True)
    for number, (row, height, image) in enumerate(each, 1):
        top = max(int(height * _UNITS_A_POINT) - _SIDE, 0) // 2
        yield (
            '<xdr:twoCellAnchor editAs="twoCell">'
            f"<xdr:from>{_corner(column, left, row, top)}</xdr:from>"
            f"<xdr:to>{_corner(column, left + _SIDE, row, top + _SIDE)}</xdr:to>"
            f'<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="{number + 1}" name="QR {number}" descr="二维码"/>'
            '<xdr:cNvPicPr><a:picLocks noChangeAspect="1"/></xdr:cNvPicPr></xdr:nvPicPr>'
            f'<xdr:blipFill><a:blip r:embed="rId{numbers[image]}"/>'
            "<a:stretch><a:fillRect/></a:stretch></xdr:blipFill>"
            f'<xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{_SIDE}" cy="{_SIDE}"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic><xdr:clientData/>'
            "</xdr:twoCellAnchor>"
        )


def _corner(column: int, right: int, row: int, down: int) -> str:
    return (
        f"<xdr:col>{column}</xdr:col><xdr:colOff>{right}</xdr:colOff>"
        f"<xdr:row>{row}</xdr:row><xdr:rowOff>{down}</xdr:rowOff>"
    )
