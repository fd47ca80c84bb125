"""Where in its document a right is found, as reasons and lists cite it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from outreach.policy.language import model


@dataclass(frozen=True)
class Citation:
    """The place of a right in its document: in full, with the clause's words, and in short."""

    full: str
    document: str
    item: str

    @property
    def short(self) -> str:
        return self.document + self.item


def document_title(title: str, *, draft: bool, checked: bool = True) -> str:
    marks = ["征求意见稿"] if draft and "征求意见稿" not in title else []
    marks += [] if checked else ["未对照原文"]
    return f"《{title}》" + "".join(f"（{mark}）" for mark in marks)


def cite(document: str, item: str, clause: str, section: str = "") -> Citation:
    more = f"；{section}" if section else ""
    return Citation(f"{document}{item}：“{clause}”{more}", document, item)


def ground_citation(ground: model.Ground, rule: model.Programme, document: str, own: Citation) -> Citation:
    if not ground.clause:
        return own
    if ground.document is not None:
        document = document_title(ground.document, draft=False, checked=ground.checked)
        return cite(document, ground.item, ground.clause)
    return cite(document, ground.item or rule.item, ground.clause)


def cited(citations: Sequence[Citation]) -> tuple[str, str]:
    """Several citations in full and in short, each once; the short form gives a document's title once."""
    once = list(dict.fromkeys(citations))
    by_document: dict[str, list[str]] = {}
    for citation in once:
        by_document.setdefault(citation.document, []).append(citation.item)
    short = "、".join(document + "、".join(dict.fromkeys(items)) for document, items in by_document.items())
    return "；".join(citation.full for citation in once), short
