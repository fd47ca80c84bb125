"""All assets of a night, in the order a row walks."""

from __future__ import annotations

import dagster as dg

from assets.changes import change_asset
from assets.decisions import decision_asset
from assets.facts import facts_asset
from assets.identity import person_asset
from assets.indicators import indicator_asset
from assets.intake import extract_asset
from assets.landing import batch_asset
from assets.mart import candidate_asset
from assets.release import release_assets
from contracts.extracts import EXTRACTS


def night_assets(partitions: dg.PartitionsDefinition[str]) -> list[dg.AssetsDefinition]:
    """Batch, sixteen extracts, persons, facts, decisions, indicators, the published tables, the release."""
    return [
        batch_asset(partitions),
        *(extract_asset(extract, partitions) for extract in EXTRACTS),
        person_asset(partitions),
        facts_asset(partitions),
        decision_asset(partitions),
        indicator_asset(partitions),
        change_asset(partitions),
        candidate_asset(partitions),
        *release_assets(partitions),
    ]
