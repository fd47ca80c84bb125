"""The law as data: read and check ``policies/``, compile it to SQL, decide, explain."""

from outreach.policy.changes import ChangeReport, explain_changes
from outreach.policy.decide import DecisionReport, decide
from outreach.policy.errors import PolicyError
from outreach.policy.indicators import IndicatorReport, measure
from outreach.policy.policy import Policy, load_policy, programme_labels, regions

__all__ = [
    "ChangeReport",
    "DecisionReport",
    "IndicatorReport",
    "Policy",
    "PolicyError",
    "decide",
    "explain_changes",
    "load_policy",
    "measure",
    "programme_labels",
    "regions",
]
