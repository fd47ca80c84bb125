"""The order in which people wait for a place."""

from __future__ import annotations

from pydantic import Field, model_validator

from outreach.policy.language import messages
from outreach.policy.language.model.part import Identifier, Part


class QueueClass(Part):
    """A class of those who wait for a place; who fulfils no class before it belongs to it."""

    id: Identifier
    label: str = Field(min_length=1, description="in Chinese, who belongs to it")
    sql: str | None = Field(default=None, description="SQL boolean; null = all others, the last class only")


class Queue(Part):
    """The order in which those who agreed wait for a place in a public institution (轮候), by the document.

    Within a class: by ability level, the higher first, then by the day on which they agreed.
    """

    item: str = Field(min_length=1, description="the place of the order in the document: 二15, 五（二）2, …")
    clause: str = Field(min_length=1, description="the sentence's own words")
    programmes: tuple[Identifier, ...] = Field(min_length=1, description="the programmes that give a place")
    classes: tuple[QueueClass, ...] = Field(min_length=1, description="first comes first")

    @model_validator(mode="after")
    def _classes_once(self) -> Queue:
        ids = [each.id for each in self.classes]
        twice = {name for name in ids if ids.count(name) > 1}
        if twice:
            raise ValueError(messages.CLASS_TWICE(names=messages.COMMA().join(sorted(twice))))
        if any(each.sql is None for each in self.classes[:-1]):
            raise ValueError(messages.OTHERS_LAST())
        return self
