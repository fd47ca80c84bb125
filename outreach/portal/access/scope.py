"""The areas of a user, as every query carries them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_PREFIX = re.compile(r"\d{0,12}")


@dataclass(frozen=True)
class Scope:
    """Regions and, in each, the prefixes of area codes that a user may see; an empty prefix is the region.

    Who has no area code is seen only by those who see the whole region.
    """

    areas: Mapping[str, Sequence[str]]

    def __post_init__(self) -> None:
        for prefixes in self.areas.values():
            for prefix in prefixes:
                if not _PREFIX.fullmatch(prefix):
                    raise ValueError("an area is 0 to 12 digits")

    @property
    def regions(self) -> tuple[str, ...]:
        """The regions of which the user sees anything, in order."""
        return tuple(sorted(self.areas))

    def is_whole(self, region: str) -> bool:
        """Whether the user sees everything of a region."""
        return "" in self.areas.get(region, ())

    def pattern(self, region: str) -> str:
        """A regular expression for the area codes (``''`` for none) that the user sees of a region.

        Made of digits alone, for ``regexp_matches(coalesce(area_code, ''), $area)``. Of a region that
        the user has nothing to do with it matches nothing.
        """
        prefixes = self.areas.get(region)
        if not prefixes:
            return "[^\\s\\S]"
        # Of '^(?:)' DuckDB's optimizer makes an equality with the empty text.
        if "" in prefixes:
            return "^"
        return f"^(?:{'|'.join(sorted(set(prefixes)))})"

    def covers(self, region: str, area_code: str | None) -> bool:
        """Whether the user sees this area."""
        return any((area_code or "").startswith(prefix) for prefix in self.areas.get(region, ()))
