"""The policy of the night looked at, as the files at hand have it."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from pathlib import Path

from outreach.policy import Policy, PolicyError, load_policy
from outreach.portal.pages.shared import Desk


def policy_of(desk: Desk) -> Policy | str:
    """The policy of the night; why there is none, where its files cannot be read."""
    night = desk.night
    parameters = desk.portal.deployment.parameters(night.region)
    return _loaded(desk.portal.deployment.policies, parameters, night.region, night.as_of)


@lru_cache(maxsize=8)
def _loaded(policies: Path, parameters: Path, region: str, as_of: dt.date) -> Policy | str:
    try:
        return load_policy(region, policies, parameters, as_of=as_of)
    except PolicyError as error:
        return str(error)
