"""``python -m outreach.engine.write_headers``: columns and sources of every header of ``sql/``."""

from __future__ import annotations

import sys

from outreach.engine.headers import sql_files, with_header
from outreach.shipped import shipped


def main() -> int:
    """Write what has changed and print the names of these files."""
    for file in sql_files(shipped("sql")):
        written = with_header(file)
        if written != file.sql:
            file.path.write_text(written, encoding="utf-8")
            print(file.path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
