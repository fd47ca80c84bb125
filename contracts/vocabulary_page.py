"""``docs/vocabulary.md``: every word of ``contracts.vocabulary`` (``python -m contracts.generate``)."""

from __future__ import annotations

from contracts.vocabulary import VOCABULARY, Word

HEADER = """# Vocabulary

What the codes in our tables are called, for people. This page is written from `contracts/vocabulary.py` by
`python -m contracts.generate`; tables, lists, messages and pages read the words from there, SQL from the
table `run.word`. The codes of the departments are in [the data dictionary](data-dictionary.md).
"""


def _section(words: type[Word]) -> str:
    lines = [
        f"## {words.list_name()}",
        "",
        (words.__doc__ or "").replace("``", "`"),
        "",
        "| code | Chinese | English | meaning |",
        "|---|---|---|---|",
        *(f"| `{word.value}` | {word.chinese} | {word.english} | {word.meaning} |" for word in words),
    ]
    return "\n".join(lines)


def markdown() -> str:
    """The whole page."""
    return "\n".join([HEADER, "\n\n".join(map(_section, VOCABULARY)), ""])
