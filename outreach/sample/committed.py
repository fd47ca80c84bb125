"""The samples that are in the repository: one small, readable batch for each region.

Run ``python -m outreach.sample.committed DIR`` after a change of the generator.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from outreach.sample.regions import region_names
from outreach.sample.world import write_world

AS_OF = date(2026, 11, 20)
PEOPLE = 300
SEED = 2026


def write_committed_samples(out: Path) -> None:
    """Write the batches of all regions and their truth into ``out``, a landing directory."""
    for region in region_names():
        write_world(out, region, AS_OF, PEOPLE, SEED, readable=True)


if __name__ == "__main__":
    write_committed_samples(Path(sys.argv[1]))
