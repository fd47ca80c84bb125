"""Every key that a policy file may have is named on a page, and the template is a policy without mistakes."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pydantic import BaseModel

from outreach.policy import load_policy
from outreach.policy.language import model
from outreach.policy.language.files import SHIPPED, TERMS
from outreach.sample.regions import KEYS, read_region

PAGE = (SHIPPED.parent / "docs" / "policies.md").read_text(encoding="utf-8")
PREFIXES: dict[type[BaseModel], str] = {
    model.PolicyFile: "",
    model.Document: "document.",
    model.Term: "terms.",
    model.Parameter: "parameters.",
    model.ParameterValue: "values.",
    model.ListParameter: "lists.",
    model.ListValue: "lists.values.",
    model.Programme: "programmes.",
    model.Condition: "conditions.",
    model.Alternative: "any.",
    model.DueWhen: "due_when.",
    model.Notice: "notice.",
    model.Ground: "grounds.",
    model.Amount: "amount.",
    model.Band: "bands.",
    model.Indicator: "indicators.",
    model.Target: "target.",
    model.Queue: "queue.",
    model.QueueClass: "classes.",
}
FILES = (model.TermsFile, model.LocalParameters, model.SupplementFile)
"""Files whose keys are those of others."""


def keys() -> Iterator[str]:
    for part, prefix in PREFIXES.items():
        for name, field in part.model_fields.items():
            yield prefix + (field.alias or name)


def test_every_part_of_a_policy_file_is_looked_at() -> None:
    defined = [part for part in vars(model).values() if isinstance(part, type)]
    parts = {part for part in defined if issubclass(part, model.Part) and part is not model.Part}
    assert parts == {*PREFIXES, *FILES}


@pytest.mark.parametrize("key", [*keys(), *KEYS])
def test_every_key_is_documented(key: str) -> None:
    assert re.search(rf"^\| `{re.escape(key)}` \| \S", PAGE, re.MULTILINE)


def test_no_key_is_documented_that_there_is_not() -> None:
    assert set(re.findall(r"^\| `([a-z_.]+)` \|", PAGE, re.MULTILINE)) == {*keys(), *KEYS}


def test_the_template_is_a_policy_and_has_people(tmp_path: Path) -> None:
    shutil.copy(SHIPPED / "templates" / "region.yaml", tmp_path / "example.yaml")
    shutil.copy(SHIPPED / TERMS, tmp_path / TERMS)
    policy = load_policy("example", tmp_path, as_of=date(2026, 11, 20))
    assert [programme.id for programme in policy.programmes] == ["age_allowance", "nursing_subsidy", "visit"]
    region = read_region("example", tmp_path)
    assert len(region.counties) > 1
    assert {str(code)[:4] for code, _ in region.counties} == {"3401"}
