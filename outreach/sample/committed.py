"""The samples in the repository: a small, readable batch for each region, of one also the day after.

Run ``python -m outreach.sample.committed DIR`` after a change of the generator.
"""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path

from outreach.sample.regions import region_names
from outreach.sample.world import write_world

AS_OF = date(2026, 11, 20)
PEOPLE = 300
SEED = 2026
FOLLOWED = "yaohai"
"""The region whose batch of the day after is there, too, so that a newcomer sees what changes overnight."""


def write_committed_samples(out: Path) -> None:
    """Write the batches of all regions and their truth into ``out``, a landing directory."""
    for region in region_names():
        write_world(out, region, AS_OF, PEOPLE, SEED, readable=True)
    write_world(out, FOLLOWED, AS_OF + timedelta(days=1), PEOPLE, SEED, readable=True, night=1)


if __name__ == "__main__":
    write_committed_samples(Path(sys.argv[1]))
