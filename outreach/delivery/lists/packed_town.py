"""All files of a town in one ZIP, under Chinese names: what is handed to the street office."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from contracts.vocabulary import ListKind
from outreach.delivery.lists.area_names import AreaNames
from outreach.delivery.lists.list_files import ListFile, put_file
from outreach.delivery.lists.zip_parts import archive, pack, store

_NO_FILE_NAME = re.compile(r'[\\:*?"<>|\x00-\x1f]|^\.+|\.\.')


def pack_town(root: Path, town: str, files: Sequence[ListFile], areas: AreaNames) -> ListFile:
    """Write ``<town>/<town>.zip`` of the town's ``files``; ``rows`` of the answer counts the files in it.

    A name that two files would share (two communities of one name) has the code behind it.
    """
    ordered = sorted(files, key=lambda file: file.path)
    names = [f"{file.label}{PurePosixPath(file.path).suffix}" for file in ordered]
    often = Counter(names)
    parts = []
    for file, name in zip(ordered, names, strict=True):
        own = name if often[name] == 1 else _with_code(name, PurePosixPath(file.path).stem)
        content = (root / file.path).read_bytes()
        member = f"{areas.town(town)}/{own}"
        member = _NO_FILE_NAME.sub("_", member)
        # Workbooks are packed already.
        parts.append(store(member, content) if own.endswith(".xlsx") else pack(member, content))
    path = f"{town}/{town}.zip"
    digest = put_file(root / path, archive(parts))
    return ListFile(path, ListKind.PACKED, None, None, town, len(parts), digest, ListKind.PACKED.chinese)


def _with_code(name: str, code: str) -> str:
    stem, _, ending = name.rpartition(".")
    return f"{stem}_{code}.{ending}"
