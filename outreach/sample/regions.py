"""What the generator has to know of a region: read from its policy file, so that any region has worlds.

A region's policy file gives its area code, its name and its programmes. Who lives there, and what the office
pays where the document sets no amount, may be given next to it, in ``worlds/<region>.yaml`` (``Region``);
where it is not, a likely region of that code is made up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from outreach.errors import ArgumentError, Text
from outreach.shipped import shipped
from outreach.standards.area_code import PROVINCES

NO_REGION = Text(
    "没有地区 `{region}` 的政策文件；可用：{known}", "no policy file of a region `{region}`: one of {known}"
)
NO_KEY = Text("{file}：没有键 `{key}`；可用：{known}", "{file}: `{key}` is none of {known}")

WORLDS = "worlds"
_NOT_A_REGION = "000000"
_RURAL = {"县": 0.75, "旗": 0.75, "区": 0.15}
_RURAL_ELSEWHERE = 0.4
_INVENTED_DISTRICTS = ((2, "城关区"), (3, "河东区"), (21, "山前县"))
"""Of a prefecture of which no districts are given: what is added to its code and to its name."""


@dataclass(frozen=True)
class Region:
    """A policy region: its districts (6 digits, full name) and how its people are made up.

    ``programmes``: names by id, in the policy's order. ``standards``: CNY a month that the office pays.
    ``care_subsidy_for``: who has the subsidy for care, ``needy``, ``impaired`` or ``frail`` elders;
    ``care_subsidy``: its amount for who cannot look after themselves, and for others (NULL: a standard).
    """

    name: str
    code: int
    counties: tuple[tuple[int, str], ...]
    rural_share: float
    minorities: tuple[str, ...] = ("回族",)
    minority_share: float = 0.01
    programmes: Mapping[str, str] = field(default_factory=dict)
    standards: Mapping[str, float] = field(default_factory=dict)
    care_subsidy_for: str = "needy"
    care_subsidy: tuple[float, float] | None = None


KEYS = (
    "districts",
    "rural_share",
    "minorities",
    "minority_share",
    "standards",
    "care_subsidy_for",
    "care_subsidy",
)
"""The keys of ``worlds/<region>.yaml``."""


def region_names(policies: Path | None = None) -> tuple[str, ...]:
    """Every region that has a policy file, by name."""
    return tuple(sorted(_policy_files(policies or shipped("policies"))))


def read_region(name: str, policies: Path | None = None) -> Region:
    """The region ``name`` of a folder of policy files (the shipped one).

    Raises:
        ArgumentError: no policy file is about this region; the message names those that there are. Or what is
            given of its worlds has an unknown key.
    """
    folder = policies or shipped("policies")
    files = _policy_files(folder)
    if name not in files:
        raise ArgumentError(NO_REGION(region=name, known=", ".join(sorted(files))))
    policy = files[name]
    code, title = int(policy["code"]), str(policy["name"])
    given: dict[str, Any] = {"rural_share": _RURAL.get(title[-1:], _RURAL_ELSEWHERE)}
    given |= _local(folder / WORLDS / f"{name}.yaml")
    counties = given.pop("districts", None) or _districts(code, title)
    return Region(
        name,
        code,
        tuple((int(number), str(full)) for number, full in counties.items()),
        programmes={p["id"]: p["name"] for p in policy["programmes"]},
        **given,
    )


def _districts(code: int, title: str) -> dict[int, str]:
    province = PROVINCES.get(str(code)[:2], "")
    full = title if title.startswith(province) else province + title
    if code % 100:
        return {code: full}
    return {code + more: full + suffix for more, suffix in _INVENTED_DISTRICTS}


def _local(path: Path) -> dict[str, Any]:
    """What is given of a region's worlds.

    Raises:
        ArgumentError: a key is none of ``KEYS``; the message names the file and the key.
    """
    if not path.is_file():
        return {}
    given = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not set(given) <= set(KEYS):
        raise ArgumentError(NO_KEY(file=path.name, key=min(set(given) - set(KEYS)), known=", ".join(KEYS)))
    return {key: tuple(value) if isinstance(value, list) else value for key, value in given.items()}


def _policy_files(folder: Path) -> dict[str, dict[str, Any]]:
    """The policies by region; of several of one region the last by file name."""
    found = {}
    for path in sorted(folder.glob("*.yaml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        if isinstance(content, dict) and content.get("code", _NOT_A_REGION) != _NOT_A_REGION:
            found[str(content["region"])] = content
    return found
