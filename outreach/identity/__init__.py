"""Who is one and the same person in sixteen extracts: rows become persons with stable ids.

``resolve`` is the whole of it; what it decides is in ``sql/identity``, tables in ``docs/tables.md``.
"""

from outreach.identity.rebuild import Rebuilt, Released, rebuild
from outreach.identity.registry import RegistryError, forget_night, require_registry
from outreach.identity.report import IdentityReport
from outreach.identity.resolve import resolve
from outreach.identity.weights import LevelError

__all__ = [
    "IdentityReport",
    "LevelError",
    "Rebuilt",
    "RegistryError",
    "Released",
    "forget_night",
    "rebuild",
    "require_registry",
    "resolve",
]
