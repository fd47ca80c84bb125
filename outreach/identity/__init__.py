"""Who is one and the same person in sixteen extracts: rows become persons with stable ids.

``resolve`` is the whole of it; what it decides is in ``sql/identity``, tables in ``docs/tables.md``.
"""

from outreach.identity.registry import RegistryError
from outreach.identity.report import IdentityReport
from outreach.identity.resolve import resolve

__all__ = ["IdentityReport", "RegistryError", "resolve"]
