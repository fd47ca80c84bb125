"""The console script: signals are heeded before anything large is imported."""

from __future__ import annotations

import sys

from pipelines.signals import Interrupted, install, leave, say


def main() -> None:
    """Run the command line; a signal ends it in one sentence, with 130 (Ctrl-C) or 143."""
    try:
        install()
        from pipelines.cli import main as command_line

        command_line()
    except Interrupted as interrupted:
        say("已中断，未发布任何内容。" if sys.argv[1:2] == ["run"] else "已中断。")
        leave(interrupted.status)


if __name__ == "__main__":
    main()
