"""Nights run once for all tests."""

from sample_nights import NEXT_DAY, REGIONS, night, samples, two_nights

__all__ = ["NEXT_DAY", "REGIONS", "night", "samples", "two_nights"]
