"""How a generated file of ``sql/`` is put together: its opening comment and its statement."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

WIDTH = 120
UNION = "\nUNION ALL\n"


def model(
    text: str,
    *,
    source: str,
    grain: str,
    columns: Sequence[str],
    tables: Iterable[str],
    select: str,
    view: bool = False,
    command: str = "python -m contracts.generate",
) -> str:
    """A whole file.

    Args:
        text: what the model makes.
        source: the module that has the data from which it is written.
        grain: what one row is.
        columns: the columns, in order.
        tables: the tables that it reads, in any order.
        select: the statement.
        view: it is made as a view.
        command: what writes the file.
    """
    fields = {
        "grain": grain,
        "columns": ", ".join(columns),
        "from": ", ".join(sorted(tables)) or "nothing",
        **({"materialized": "view"} if view else {}),
    }
    written = f"Written from {source} by `{command}`: not to be edited."
    lines = [
        line
        for part in (text, written)
        for line in textwrap.wrap(
            part,
            WIDTH,
            initial_indent="-- ",
            subsequent_indent="-- ",
            break_long_words=False,
            break_on_hyphens=False,
        )
    ]
    for name, value in fields.items():
        lines += textwrap.wrap(
            value,
            WIDTH,
            initial_indent=f"-- {name}: ",
            subsequent_indent="--   ",
            break_long_words=False,
            break_on_hyphens=False,
        )
    return "\n".join([*lines, select]) + "\n"
