"""The console script: signals are heeded before anything large is imported."""

from __future__ import annotations

import gc
import os
import sys

from pipelines.signals import Interrupted, install, leave, say


def main() -> None:
    """Run the command line; a signal ends it in one sentence, with 130 (Ctrl-C) or 143."""
    try:
        install()
        # One command is a short life with many lasting objects (Dagster's definitions, the policy's trees):
        # looking for garbage after every 700 new ones costs a small night a twentieth of its time.
        gc.set_threshold(100_000, 20, 20)
        # Names are read character by character; the readings of phrases take a third of a second to load.
        os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
        from pipelines.cli import main as command_line

        command_line()
    except Interrupted as interrupted:
        say("已中断，未发布任何内容。" if sys.argv[1:2] == ["run"] else "已中断。")
        leave(interrupted.status)


if __name__ == "__main__":
    main()
