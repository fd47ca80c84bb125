"""The files themselves: a region, a supplement, the common terms, the figures of a locality."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from outreach.policy.language.model.indicator import Indicator
from outreach.policy.language.model.parameters import ListParameter, ListValue, Parameter, ParameterValue
from outreach.policy.language.model.part import Identifier, Part
from outreach.policy.language.model.programme import Programme
from outreach.policy.language.model.queue import Queue


class Document(Part):
    """The document a policy reads."""

    title: str = Field(description="full title, as printed")
    draft: bool = Field(description="true for 征求意见稿: not adopted when it was read")
    in_force_from: date | None = Field(description="null = the document gives none; taken as in force")
    list: str | None = Field(default=None, description="title of the attached list, where there is one")
    checked: bool = Field(default=True, description="false = cited by name, not checked against its text")


class Term(Part):
    """A word that conditions use by name."""

    label: str
    sql: str
    meaning: str = ""


class PolicyFile(Part):
    """One file of ``policies/``: a region's list as read on a day."""

    region: Identifier
    code: str = Field(pattern=r"^\d{6}$")
    name: str
    version: str
    document: Document
    last_confirmed: date
    groups: dict[Identifier, tuple[Identifier, ...]] = Field(default_factory=dict)
    switches: dict[str, str] = Field(default_factory=dict)
    terms: dict[Identifier, Term] = Field(default_factory=dict)
    parameters: dict[Identifier, Parameter] = Field(default_factory=dict)
    lists: dict[Identifier, ListParameter] = Field(default_factory=dict)
    together: dict[str, str] = Field(
        default_factory=dict, description="works (terms.yaml) that a person may have twice here, and why"
    )
    programmes: tuple[Programme, ...] = Field(min_length=1)
    queue: Queue | None = Field(default=None, description="轮候: in which order people wait for a place")
    indicators: tuple[Indicator, ...] = ()


class SupplementFile(Part):
    """One file of ``policies/supplements/``: a rule of the country or province, for any region to switch on.

    Its id is the switch: nothing of it is decided in a region whose parameters do not have it on.
    """

    supplement: Identifier
    name: str = Field(min_length=1)
    version: str
    document: Document
    last_confirmed: date
    parameters: dict[Identifier, Parameter] = Field(default_factory=dict)
    lists: dict[Identifier, ListParameter] = Field(default_factory=dict)
    programmes: tuple[Programme, ...] = Field(min_length=1)


class TermsFile(Part):
    """``policies/terms.yaml``: the common terms, and which programmes are the same work.

    ``works``: of the programmes of one work nobody has two in one region, unless its file allows it
    (``together``) or they exclude each other (``groups``).
    """

    terms: dict[Identifier, Term]
    works: dict[str, tuple[Identifier, ...]] = Field(default_factory=dict)


class LocalParameters(Part):
    """A locality's own file, ``<home>/parameters/<region>.yaml``: figures, lists and switches."""

    parameters: dict[Identifier, tuple[ParameterValue, ...]] = Field(default_factory=dict)
    lists: dict[Identifier, tuple[ListValue, ...]] = Field(default_factory=dict)
    switches: dict[str, bool] = Field(default_factory=dict)
