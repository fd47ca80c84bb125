"""Invented landing batches of any size, with the truth about every row and person beside them."""

from outreach.sample.damage import PROFILES
from outreach.sample.places import REGIONS
from outreach.sample.world import SampleReport, write_world

__all__ = ["PROFILES", "REGIONS", "SampleReport", "write_world"]
