"""A region's policy from its files: with supplements, the locality's own figures, and what is tried out."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path

from outreach.policy.errors import PolicyError
from outreach.policy.language import files, full_width, messages, model
from outreach.policy.language.builder import Builder, Origin
from outreach.policy.language.expressions import ExpressionError, parse_condition
from outreach.policy.language.files import SHIPPED, Location, Source
from outreach.policy.language.policy import Policy

NATIONAL = "000000"
"""The code of a base list that no region runs by: a yardstick for comparison only."""


def load_policy(
    region: str,
    policies: Path = SHIPPED,
    parameters: Path | None = None,
    *,
    as_of: date,
    changes: Sequence[str] = (),
) -> Policy:
    """The policy of ``region`` in force on ``as_of``, with the locality's ``parameters`` file, if it exists.

    ``changes`` are tried out on top, each ``<parameter>=<figure>`` or ``<switch>=on`` (or ``off``).

    Raises:
        PolicyError: no policy, none in force, or a mistake in a file; the message names file, line and what
            was meant.
    """
    common, common_source = files.read_terms(policies)
    if common_source is not None:
        _check_terms(common.terms, common_source)
    file, source = files.in_force(policies, region, as_of)
    origins = [Origin(source, index, file.document) for index in range(len(file.programmes))]
    others = [supplement for supplement, _ in files.read_supplements(policies)]
    supplements = [] if file.code == NATIONAL else files.supplements_in_force(policies, as_of)
    file, added = _supplemented(file, supplements)
    local, local_source = files.read_local(parameters)
    local = _changed(local, file, changes, as_of)
    return Builder(
        file,
        source,
        {**common.terms, **file.terms},
        common.works,
        local,
        local_source,
        as_of,
        (*origins, *added),
        others,
    ).build(files.fingerprint(policies, parameters))


def _check_terms(terms: Mapping[str, model.Term], source: Source) -> None:
    """The common terms are readable by themselves: a mistake is named in their own file."""
    for name, term in terms.items():
        try:
            parse_condition(term.sql, terms)
        except ExpressionError as error:
            raise source.error(("terms", name, "sql"), str(error)) from error


def _supplemented(
    file: model.PolicyFile, supplements: Sequence[tuple[model.SupplementFile, Source]]
) -> tuple[model.PolicyFile, list[Origin]]:
    """The region's file with what each supplement adds, its programmes under the supplement's own switch."""
    origins: list[Origin] = []
    programmes, parameters = list(file.programmes), dict(file.parameters)
    lists, switches = dict(file.lists), dict(file.switches)
    for supplement, source in supplements:
        ids = [programme.id for programme in programmes]
        names: list[tuple[Location, str, Collection[str]]] = [
            (("supplement",), supplement.supplement, switches),
            *((("parameters", name), name, parameters) for name in supplement.parameters),
            *((("lists", name), name, lists) for name in supplement.lists),
            *((("programmes", i, "id"), rule.id, ids) for i, rule in enumerate(supplement.programmes)),
        ]
        for place, name, known in names:
            if name in known:
                raise source.error(place, messages.SUPPLEMENT_CLASH(name=name, region=file.region))
        switches[supplement.supplement] = f"{supplement.name}（补充政策：《{supplement.document.title}》）"
        parameters.update(supplement.parameters)
        lists.update(supplement.lists)
        for index, rule in enumerate(supplement.programmes):
            programmes.append(rule.model_copy(update={"switch": rule.switch or supplement.supplement}))
            origins.append(Origin(source, index, supplement.document))
    update = {
        "programmes": tuple(programmes), "parameters": parameters, "lists": lists, "switches": switches,
    }  # fmt: skip
    return (file.model_copy(update=update) if supplements else file), origins


def _changed(
    local: model.LocalParameters, file: model.PolicyFile, changes: Sequence[str], as_of: date
) -> model.LocalParameters:
    parameters, switches = dict(local.parameters), dict(local.switches)
    for change in changes:
        name, _, value = (part.strip() for part in change.partition("="))
        if name in file.switches and value in ("on", "off"):
            switches[name] = value == "on"
        elif name in file.parameters and re.fullmatch(r"\d+(\.\d{1,2})?", value):
            tried = model.ParameterValue.model_validate({"from": as_of, "value": value, "source": "--change"})
            kept = tuple(v for v in parameters.get(name, ()) if v.from_ != as_of)
            parameters[name] = (*kept, tried)
        else:
            known = ", ".join([*file.parameters, *file.switches])
            slip = full_width.named(change)
            expected = messages.CHANGE_FORM(change=change, region=file.region, known=known)
            raise PolicyError(expected if slip is None else messages.AT(place=f"`{change}`", message=slip))
    return local.model_copy(update={"parameters": parameters, "switches": switches})


def regions(policies: Path = SHIPPED) -> dict[str, tuple[str, str]]:
    """Every region of a set: its GB/T 2260 code and Chinese name."""
    return {
        file.region: (file.code, file.name) for file, _ in files.read_all(policies) if file.code != NATIONAL
    }


def programme_labels(policies: Path = SHIPPED) -> dict[str, set[str]]:
    """Every programme id of the set with all its Chinese names: the code set of 项目编码."""
    labels: dict[str, set[str]] = {}
    regional = [file.programmes for file, _ in files.read_all(policies) if file.code != NATIONAL]
    for programmes in [*regional, *(file.programmes for file, _ in files.read_supplements(policies))]:
        for programme in programmes:
            labels.setdefault(programme.id, set()).add(programme.name)
    return labels
