"""Invented landing batches of any size, with the truth about every row and person."""

from outreach.sample.damage import PROFILES
from outreach.sample.regions import region_names
from outreach.sample.world import SampleReport, write_world

__all__ = ["PROFILES", "SampleReport", "region_names", "write_world"]
