"""Two tables of anybody's own columns: which rows are about one and the same person.

The night's method for tables that are not the night's: Fellegi and Sunter with EM over comparison patterns,
a posterior over all candidates and *nobody* (``outreach.identity.em``). What belongs here: how columns of a
kind are made comparable (``columns``), which pairs are compared (``blocking``), at which levels they agree
(``comparisons``), and what follows (``link``). What does not: extracts, registers, ids that last.
"""

from outreach.linkage.link import Linkage, link_tables
from outreach.linkage.settings import KINDS, LinkSettings

__all__ = ["KINDS", "LinkSettings", "Linkage", "link_tables"]
