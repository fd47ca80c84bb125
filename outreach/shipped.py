"""What travels with the library's code: the models of ``sql/`` and the shipped policies.

In a checkout they are top-level folders of the repository; in an installed wheel they are inside the package.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def shipped(folder: str) -> Path:
    """The folder ``sql`` or ``policies`` that belongs to this installation."""
    installed = _PACKAGE / "_shipped" / folder
    return installed if installed.is_dir() else _PACKAGE.parent / folder
