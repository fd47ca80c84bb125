"""Reading policy files: YAML with line numbers, the version in force, a locality's own parameters."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from outreach.policy.errors import PolicyError
from outreach.policy.language import model as model_module
from outreach.policy.language.model import LocalParameters, PolicyFile, Term, TermsFile
from outreach.shipped import shipped

SHIPPED = shipped("policies")
TERMS = "terms.yaml"


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
    """Safe YAML; a date that does not exist is told with its place."""

    def construct_date(self, node: yaml.ScalarNode) -> Any:
        try:
            return self.construct_yaml_timestamp(node)
        except ValueError as error:
            message = f"`{node.value}` is not a date: {error}"
            raise yaml.constructor.ConstructorError(None, None, message, node.start_mark) from error


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _Loader.construct_date)

_M = TypeVar("_M", bound=BaseModel)
Location = Sequence[str | int]


@dataclass(frozen=True)
class Source:
    """A YAML file and where in it each value stands."""

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
        """What the file is called in messages; a locality's own bears the name of a policy."""
        own = self.path.parent.name == "parameters"
        return f"parameters/{self.path.name}" if own else self.path.name

    def place(self, location: Location) -> str:
        """File and line of the value at ``location``."""
        return f"{self.name}, line {self.line(location)}"

    def error(self, location: Location, message: str) -> PolicyError:
        """A PolicyError that names file, line and place."""
        place = ".".join(str(step) for step in location)
        return PolicyError(f"{self.place(location)}, {place}: {message}")


@lru_cache(maxsize=64)
def _parsed(path: Path, text: str) -> tuple[Any, Source]:
    """The values in the text of a file, and where they stand; a night reads the same files at every step."""
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        data = None if node is None else loader.construct_document(node)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        raise PolicyError(
            f"{path.name}{line}: not readable as YAML: {getattr(error, 'problem', error)}"
        ) from error
    source = Source(path, node)
    _refuse_duplicate_keys(source, node)
    return data, source


def read(path: Path, model: type[_M]) -> tuple[_M, Source]:
    """The file as ``model`` and its source map.

    Raises:
        PolicyError: not YAML, or not what ``model`` allows; every mistake is named with its line.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PolicyError(f"{path.name}: cannot be read: {error}") from error
    data, source = _parsed(path, text)
    try:
        return model.model_validate(data), source
    except ValidationError as error:
        lines = []
        for issue in error.errors(include_url=False, include_input=False):
            lines.append(str(source.error(issue["loc"], _meant(issue["type"], issue["loc"], issue["msg"]))))
        raise PolicyError("\n".join(lines)) from error


_MEANT = {
    "missing": "this key is needed",
    "decimal_parsing": "an amount is meant here, such as 60 or 60.50",
    "decimal_type": "an amount is meant here, such as 60 or 60.50",
    "tuple_type": "a list is meant here: lines that begin with `- `",
    "list_type": "a list is meant here: lines that begin with `- `",
    "dict_type": "keys with values are meant here, one a line: `key: value`",
    "model_type": "keys with values are meant here, one a line: `key: value`",
    "model_attributes_type": "keys with values are meant here, one a line: `key: value`",
    "date_parsing": "a date is meant here, such as 2027-01-01",
    "date_type": "a date is meant here, such as 2027-01-01",
    "date_from_datetime_parsing": "a date is meant here, such as 2027-01-01",
    "bool_type": "true or false is meant here",
    "bool_parsing": "true or false is meant here",
}


def _meant(kind: str, location: Location, message: str) -> str:
    """What was meant, in words of the policy; pydantic's own words where there are no better."""
    if kind == "extra_forbidden":
        key = str(location[-1])
        if key in _KEYS:
            return f"this key is not known here: it belongs to a {' or '.join(_KEYS[key])}"
        near = get_close_matches(key, _KEYS, n=2)
        return "this key is not known here" + (f"; did you mean `{'` or `'.join(near)}`?" if near else "")
    return _MEANT.get(kind, message)


def _refuse_duplicate_keys(source: Source, node: yaml.Node | None) -> None:
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                raise PolicyError(
                    f"{source.path.name}, line {key.start_mark.line + 1}: `{key.value}` stands twice"
                )
            seen.add(key.value)
            _refuse_duplicate_keys(source, value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            _refuse_duplicate_keys(source, value)


def policy_paths(policies: Path) -> list[Path]:
    """The policy files of a set, in name order."""
    if not policies.is_dir():
        raise PolicyError(f"{policies}: no such folder of policies")
    return [path for path in sorted(policies.glob("*.yaml")) if path.name != TERMS]


def read_terms(policies: Path) -> tuple[Mapping[str, Term], Source | None]:
    """The common terms of a set; a set without them has none."""
    path = policies / TERMS
    if not path.exists():
        return {}, None
    file, source = read(path, TermsFile)
    return file.terms, source


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
                f"{begun[key].path.name} of the same region begins on the same day",
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
        raise PolicyError(f"no policy for region `{region}`; known regions: {', '.join(known)}")
    begun = [
        (file, source)
        for file, source in files
        if file.document.in_force_from is None or file.document.in_force_from <= as_of
    ]
    if not begun:
        first = min(file.document.in_force_from for file, _ in files if file.document.in_force_from)
        raise PolicyError(f"region `{region}`: no policy in force on {as_of}; the first begins on {first}")
    return max(begun, key=lambda pair: pair[0].document.in_force_from or date.min)


def read_local(path: Path | None) -> tuple[LocalParameters, Source | None]:
    """A locality's own parameters; nothing where there is no such file."""
    if path is None or not os.path.lexists(path):
        return LocalParameters(), None
    return read(path, LocalParameters)


def fingerprint(policies: Path, parameters: Path | None) -> str:
    """SHA-256 over the whole set (names and contents, in name order) and the local parameters."""
    digest = hashlib.sha256()
    paths = sorted(policies.glob("*.yaml"))
    if parameters is not None and os.path.lexists(parameters):
        paths.append(parameters)
    for path in paths:
        content = path.read_bytes()
        digest.update(f"{path.name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()
