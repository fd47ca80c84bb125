"""What is written from the contracts, and nowhere by hand: ``python -m contracts.generate``.

``make generate`` runs this and what else is generated. A test holds that every file is as it would be
written now.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from contracts import fact_models
from contracts import vocabulary_page as vocabulary
from contracts.extracts import document as extracts
from contracts.extracts import models as extract_models
from contracts.published import document as published

ROOT = Path(__file__).resolve().parent.parent

GENERATED: Mapping[str, Callable[[], str]] = {
    "docs/data-dictionary.md": extracts.markdown,
    "docs/published.md": published.markdown,
    "docs/vocabulary.md": vocabulary.markdown,
    "sql/changes/fact.sql": fact_models.changed_fact,
    "sql/decisions/last_day.sql": fact_models.last_day,
    "sql/facts/delivered.sql": extract_models.delivered,
    "sql/facts/stated_contact.sql": extract_models.stated_contact,
    "sql/mart/person.sql": fact_models.published_person,
    "sql/identity/records/extract_name.sql": extract_models.extract_name,
    "sql/identity/records/source_row.sql": extract_models.source_row,
}
"""Files by their path from the root of the repository, each with what writes it."""


def write_generated(root: Path = ROOT) -> list[Path]:
    """Write what has changed; gives the paths of these files."""
    changed = []
    for name, text in ((root / name, write()) for name, write in GENERATED.items()):
        if not name.exists() or name.read_text(encoding="utf-8") != text:
            name.write_text(text, encoding="utf-8")
            changed.append(name)
    return changed


def main() -> int:
    """Write what has changed and print the names of these files."""
    for path in write_generated():
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
