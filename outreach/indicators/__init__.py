"""How far the targets that a region's document names are reached."""

from outreach.indicators.measure import IndicatorReport, measure

__all__ = ["IndicatorReport", "measure"]
