"""What the command line prints: one clear sentence for a problem, a line or a bar for a step."""

from __future__ import annotations

from types import TracebackType
from typing import NoReturn

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

OK, FAILED, USAGE, PUBLISHED_WITH_REFUSAL = 0, 1, 2, 3
"""Exit statuses, fixed by what the pipeline publishes."""

FILE_COLUMNS = 110
"""Width of tables where the output is no terminal."""

out = Console(highlight=False, soft_wrap=True)
if not out.is_terminal:
    out.width = FILE_COLUMNS
err = Console(stderr=True, highlight=False, soft_wrap=True)


def refuse(sentence: str, status: int = USAGE) -> NoReturn:
    """Say why nothing was done and leave with that status."""
    err.print(f"outreach: {sentence}", markup=False)
    raise typer.Exit(status)


class Steps:
    """Progress of work in known steps: a bar on a terminal, a line a step elsewhere."""

    def __init__(self, total: int, console: Console = err) -> None:
        self._total = total
        self._done = 0
        self._console = console
        self._bar: Progress | None = None
        if console.is_terminal:
            self._bar = Progress(
                SpinnerColumn(),
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeElapsedColumn(),
                console=console,
                transient=True,
            )
            self._task = self._bar.add_task("", total=total)

    def __enter__(self) -> Steps:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar:
            self._bar.stop()

    def tell(self, line: str) -> None:
        """What the running step is at, on a terminal only."""
        if self._bar:
            self._bar.update(self._task, description=line)

    def end(self, label: str, seconds: float, failed: bool = False) -> None:
        """A step ended; its line stays."""
        self._done += 1
        mark = "✗" if failed else "✓"
        line = f"{mark} [{self._done:>2}/{self._total}] {label}  {seconds:.1f} s"
        self._console.print(line, markup=False)
        if self._bar:
            self._bar.update(self._task, completed=self._done)
