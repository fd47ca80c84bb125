"""The law as data: read and check ``policies/``, compile it to SQL, decide, explain."""

from outreach.policy.decide import DecisionReport, decide
from outreach.policy.errors import PolicyError
from outreach.policy.language.load import load_policy, programme_labels, regions
from outreach.policy.language.policy import Policy

__all__ = [
    "DecisionReport",
    "Policy",
    "PolicyError",
    "decide",
    "load_policy",
    "programme_labels",
    "regions",
]
