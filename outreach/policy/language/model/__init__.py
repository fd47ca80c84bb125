"""The language of a policy file: pydantic models of ``policies/*.yaml`` and of a locality's own parameters.

Pure data and the rules that need nothing but the file itself; expressions are checked in ``expressions``.
"""

from __future__ import annotations

from outreach.policy.language.model.amount import Amount, Band, Share
from outreach.policy.language.model.file import (
    Document,
    LocalParameters,
    PolicyFile,
    SupplementFile,
    Term,
    TermsFile,
)
from outreach.policy.language.model.indicator import SHARE, Indicator, Target
from outreach.policy.language.model.parameters import (
    DAYS,
    MONTHLY,
    YEARS,
    ListParameter,
    ListValue,
    Parameter,
    ParameterValue,
)
from outreach.policy.language.model.part import Identifier, Part
from outreach.policy.language.model.programme import (
    Alternative,
    Condition,
    DueWhen,
    Ground,
    Mode,
    MonthConvention,
    Notice,
    Presumed,
    Programme,
    StartConvention,
)
from outreach.policy.language.model.queue import Queue, QueueClass

__all__ = [
    "DAYS",
    "MONTHLY",
    "SHARE",
    "YEARS",
    "Alternative",
    "Amount",
    "Band",
    "Condition",
    "Document",
    "DueWhen",
    "Ground",
    "Identifier",
    "Indicator",
    "ListParameter",
    "ListValue",
    "LocalParameters",
    "Mode",
    "MonthConvention",
    "Notice",
    "Parameter",
    "ParameterValue",
    "Part",
    "PolicyFile",
    "Presumed",
    "Programme",
    "Queue",
    "QueueClass",
    "Share",
    "StartConvention",
    "SupplementFile",
    "Target",
    "Term",
    "TermsFile",
]
