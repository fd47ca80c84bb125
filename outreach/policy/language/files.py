"""Reading policy files: YAML with line numbers, the version in force, a locality's own parameters."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from outreach.policy.errors import PolicyError
from outreach.policy.language import full_width, messages
from outreach.policy.language import model as model_module
from outreach.policy.language.model import LocalParameters, PolicyFile, SupplementFile, TermsFile
from outreach.shipped import shipped

SHIPPED = shipped("policies")
TERMS = "terms.yaml"
SUPPLEMENTS = "supplements"


def _known_keys() -> dict[str, list[str]]:
    """Every key that a policy file may have somewhere, with what it belongs to."""
    known: dict[str, list[str]] = {}
    for name, part in vars(model_module).items():
        if isinstance(part, type) and issubclass(part, BaseModel) and not name.startswith("_"):
            for field, info in part.model_fields.items():
                known.setdefault(info.alias or field, []).append(name)
    return known


_KEYS = _known_keys()

_BaseLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_BaseLoader):  # type: ignore[misc]
    """Safe YAML; a date that does not exist is reported with its place."""

    def construct_date(self, node: yaml.ScalarNode) -> Any:
        try:
            return self.construct_yaml_timestamp(node)
        except ValueError as error:
            message = full_width.named(node.value) or messages.YAML_DATE(value=node.value)
            raise yaml.constructor.ConstructorError(None, None, message, node.start_mark) from error


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _Loader.construct_date)

_M = TypeVar("_M", bound=BaseModel)
Location = Sequence[str | int]


@dataclass(frozen=True)
class Source:
    """A YAML file and the place of each value in it."""

    path: Path
    root: yaml.Node | None

    def line(self, location: Location) -> int:
        """The line (from 1) of the value at ``location``, or of its nearest enclosing value."""
        node = self.root
        line = node.start_mark.line if node is not None else 0
        for step in location:
            child: yaml.Node | None = None
            if isinstance(node, yaml.MappingNode):
                for key, value in node.value:
                    if key.value == str(step):
                        line, child = key.start_mark.line, value
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                child = node.value[step]
                line = child.start_mark.line
            if child is None:
                break
            node = child
        return line + 1

    @property
    def name(self) -> str:
        """What the file is called in messages; a locality's own has the name of a policy."""
        folder = self.path.parent.name
        return f"{folder}/{self.path.name}" if folder in ("parameters", SUPPLEMENTS) else self.path.name

    def place(self, location: Location) -> str:
        """File and line of the value at ``location``."""
        return messages.AT_LINE(file=self.name, line=self.line(location))

    def error(self, location: Location, message: str) -> PolicyError:
        """A PolicyError that names file, line and place."""
        return self.error_at(self.line(location), location, message)

    def error_at(self, line: int, location: Location, message: str) -> PolicyError:
        """A PolicyError that names file, a ``line`` (from 1) and place."""
        place, key = messages.AT_LINE(file=self.name, line=line), ".".join(map(str, location))
        if not key:
            return PolicyError(messages.AT(place=place, message=message))
        return PolicyError(messages.AT_KEY(place=place, key=key, message=message))


@lru_cache(maxsize=64)
def _parsed(path: Path, text: str) -> tuple[Any, Source]:
    """The values in the text of a file, and their places; a night reads the same files at every step."""
    named = Source(path, None)
    _refuse(named, full_width.structure_slips(text))
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        data = None if node is None else loader.construct_document(node)
        source = Source(path, node)
        _refuse(source, full_width.value_slips(node, text))
        _refuse_slips(source, node)
    except (yaml.YAMLError, RecursionError) as error:
        raise _not_yaml(named, text, error) from error
    return data, source


def _refuse(source: Source, slips: Iterable[full_width.Slip]) -> None:
    found = [str(source.error_at(slip.line, slip.place, slip.message)) for slip in slips]
    if found:
        raise PolicyError("\n".join(found))


_PROBLEMS = (
    ("mapping values are not allowed", messages.YAML_INDENT),
    ("could not find expected ':'", messages.YAML_COLON),
    ("cannot start any token", messages.YAML_TAB),
    ("unexpected end of stream", messages.YAML_END),
    ("did not find expected", messages.YAML_EXPECTED),
)


def _not_yaml(source: Source, text: str, error: Exception) -> PolicyError:
    """What is wrong where a file is no YAML; full-width signs nearby are the likely reason."""
    problem = str(getattr(error, "problem", None) or type(error).__name__)
    marks = [getattr(error, name, None) for name in ("problem_mark", "context_mark")]
    at = [mark.line for mark in marks if mark is not None]
    lines = text.splitlines()
    place = messages.AT_LINE(file=source.name, line=at[0] + 1 if at else 1)
    known = next((words for part, words in _PROBLEMS if part in problem), None)
    # the loader's own message about a date is worded already
    words = known() if known else messages.YAML_OTHER() if problem.isascii() else problem
    found = [messages.NOT_YAML(place=place, problem=words)]
    for number in sorted({near for line in at for near in (line - 1, line)}):
        slip = full_width.named(lines[number]) if 0 <= number < len(lines) else None
        if slip is not None:
            found.append(str(source.error_at(number + 1, (), slip)))
    return PolicyError("\n".join(found))


def read(path: Path, model: type[_M]) -> tuple[_M, Source]:
    """The file as ``model`` and its source map.

    Raises:
        PolicyError: not YAML, or not what ``model`` allows; every mistake is named with its line.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise PolicyError(messages.UNREADABLE(file=path.name, reason=reason)) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise PolicyError(messages.NOT_UTF8(file=path.name, line=line)) from error
    data, source = _parsed(path, text)
    if data is None and model is LocalParameters:
        data = {}  # nothing but comments: nothing is set
    try:
        return model.model_validate(data), source
    except ValidationError as error:
        issues = error.errors(include_url=False)
        # of a key that may be true, false or a word, pydantic says each by itself
        either = {
            issue["loc"][:-1]
            for issue in issues
            if issue["loc"] and str(issue["loc"][-1]).startswith("literal[")
        }
        lines = []
        for issue in issues:
            place = issue["loc"]
            if place[:-1] in either:
                if issue["type"] != "literal_error":
                    continue
                place = place[:-1]
            if issue["type"] == "too_short" and issue["input"]:
                continue  # what is wrong in it is reported already
            message = messages.TRUE_FALSE_OR(words=_words(issue)) if place in either else _meant(issue)
            lines.append(str(source.error(place, message)))
        raise PolicyError("\n".join(lines)) from error


_MEANT = {
    "missing": messages.MISSING_KEY,
    "decimal_parsing": messages.AMOUNT_MEANT,
    "decimal_type": messages.AMOUNT_MEANT,
    "finite_number": messages.AMOUNT_MEANT,
    "tuple_type": messages.LIST_MEANT,
    "list_type": messages.LIST_MEANT,
    "too_short": messages.LIST_EMPTY,
    "dict_type": messages.KEYS_MEANT,
    "model_type": messages.KEYS_MEANT,
    "model_attributes_type": messages.KEYS_MEANT,
    "date_parsing": messages.DATE_MEANT,
    "date_type": messages.DATE_MEANT,
    "date_from_datetime_parsing": messages.DATE_MEANT,
    "date_from_datetime_inexact": messages.DATE_MEANT,
    "bool_type": messages.BOOL_MEANT,
    "bool_parsing": messages.BOOL_MEANT,
    "int_type": messages.INTEGER_MEANT,
    "int_parsing": messages.INTEGER_MEANT,
    "int_from_float": messages.INTEGER_MEANT,
    "string_type": messages.TEXT_MEANT,
    "string_too_short": messages.TEXT_EMPTY,
}


def _meant(issue: ErrorDetails) -> str:
    """What was meant, in words of the policy; pydantic's own words where there are no better."""
    kind, context, value = issue["type"], issue.get("ctx", {}), issue["input"]
    slip = full_width.named(value) if isinstance(value, str) else None
    if slip is not None:
        return slip
    if kind == "value_error":
        return str(context["error"])
    if kind == "extra_forbidden":
        key = str(issue["loc"][-1])
        near = [f"`{other}`" for other in get_close_matches(key, _KEYS, n=2)]
        if key in _KEYS and not (len(issue["loc"]) == 1 and f"{key}s" in _KEYS):
            return messages.KEY_ELSEWHERE(parts=messages.OR().join(_KEYS[key]))
        near = [f"`{key}s`"] if f"{key}s" in _KEYS else near
        hint = messages.DID_YOU_MEAN(names=messages.OR().join(near)) if near else ""
        return messages.UNKNOWN_KEY(hint=hint)
    if kind == "string_pattern_mismatch":
        return messages.CODE_MEANT() if "d{6}" in context["pattern"] else messages.ID_MEANT()
    if kind == "literal_error":
        return messages.ONE_OF(values=_words(issue))
    if kind == "greater_than_equal":
        return messages.AT_LEAST(least=context["ge"])
    if kind in ("model_type", "model_attributes_type") and len(issue["loc"]) == 0:
        return messages.NOT_A_MAPPING()
    meant = _MEANT.get(kind)
    return meant() if meant is not None else messages.NOT_USABLE(reason=issue["msg"])


def _words(issue: ErrorDetails) -> str:
    return messages.COMMA().join(re.findall(r"'([^']*)'", issue["ctx"]["expected"]))


def _refuse_slips(source: Source, node: yaml.Node | None, depth: int = 0) -> None:
    """A key that occurs twice, or that has nothing after it: what it was to define would be ignored.

    A heading of the file under which everything is a comment is no slip.
    """
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                raise source.error_at(key.start_mark.line + 1, (), messages.TWICE(name=key.value))
            if depth and isinstance(value, yaml.ScalarNode) and value.value == "" and not value.style:
                raise source.error_at(key.start_mark.line + 1, (), messages.NOTHING_AFTER(name=key.value))
            seen.add(key.value)
            _refuse_slips(source, value, depth + 1)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            _refuse_slips(source, value, depth + 1)


def policy_paths(policies: Path) -> list[Path]:
    """The policy files of a set, in name order."""
    if not policies.is_dir():
        raise PolicyError(messages.NO_FOLDER(path=policies))
    return [path for path in sorted(policies.glob("*.yaml")) if path.name != TERMS]


def read_terms(policies: Path) -> tuple[TermsFile, Source | None]:
    """The common terms and works of a set; a set without them has none."""
    path = policies / TERMS
    return (TermsFile(terms={}), None) if not path.exists() else read(path, TermsFile)


def read_supplements(policies: Path) -> list[tuple[SupplementFile, Source]]:
    """Every supplement of a set, in name order.

    Raises:
        PolicyError: a file cannot be used, or two of one id begin on the same day.
    """
    found = [read(path, SupplementFile) for path in sorted((policies / SUPPLEMENTS).glob("*.yaml"))]
    begun: dict[tuple[str, date | None], Source] = {}
    for file, source in found:
        key = (file.supplement, file.document.in_force_from)
        if key in begun:
            message = messages.SAME_BEGINNING(file=begun[key].path.name)
            raise source.error(("document", "in_force_from"), message)
        begun[key] = source
    return found


def supplements_in_force(policies: Path, as_of: date) -> list[tuple[SupplementFile, Source]]:
    """Of each supplement the latest file that has begun on a day."""
    latest: dict[str, tuple[SupplementFile, Source]] = {}
    for file, source in read_supplements(policies):
        begins = file.document.in_force_from or date.min
        known = latest.get(file.supplement)
        if begins <= as_of and (known is None or (known[0].document.in_force_from or date.min) < begins):
            latest[file.supplement] = (file, source)
    return list(latest.values())


def read_all(policies: Path) -> list[tuple[PolicyFile, Source]]:
    """Every policy file of a set, checked one by one.

    Raises:
        PolicyError: a file cannot be used, or two files of one region begin on the same day.
    """
    files = [read(path, PolicyFile) for path in policy_paths(policies)]
    begun: dict[tuple[str, date | None], Source] = {}
    for file, source in files:
        key = (file.region, file.document.in_force_from)
        if key in begun:
            raise source.error(
                ("document", "in_force_from"),
                messages.SAME_BEGINNING(file=begun[key].path.name),
            )
        begun[key] = source
    return files


def in_force(policies: Path, region: str, as_of: date) -> tuple[PolicyFile, Source]:
    """The region's file in force on a day: the latest that has begun.

    Raises:
        PolicyError: no file of that region, or none in force yet.
    """
    files = [(file, source) for file, source in read_all(policies) if file.region == region]
    if not files:
        known = sorted({file.region for file, _ in read_all(policies)})
        raise PolicyError(messages.NO_POLICY(region=region, known=messages.COMMA().join(known)))
    begun = [
        (file, source)
        for file, source in files
        if file.document.in_force_from is None or file.document.in_force_from <= as_of
    ]
    if not begun:
        first = min(file.document.in_force_from for file, _ in files if file.document.in_force_from)
        raise PolicyError(messages.NOT_IN_FORCE(region=region, day=as_of, first=first))
    return max(begun, key=lambda pair: pair[0].document.in_force_from or date.min)


def read_local(path: Path | None) -> tuple[LocalParameters, Source | None]:
    """A locality's own parameters; nothing where there is no such file."""
    if path is None or not os.path.lexists(path):
        return LocalParameters(), None
    return read(path, LocalParameters)


def fingerprint(policies: Path, parameters: Path | None) -> str:
    """SHA-256 over the whole set (names and contents, in name order) and the local parameters."""
    digest = hashlib.sha256()
    paths = [*sorted(policies.glob("*.yaml")), *sorted((policies / SUPPLEMENTS).glob("*.yaml"))]
    if parameters is not None and os.path.lexists(parameters):
        paths.append(parameters)
    for path in paths:
        content = path.read_bytes()
        digest.update(f"{path.name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()
