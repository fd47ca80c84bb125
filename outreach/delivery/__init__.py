"""Snapshot, analyst file and lists: built aside, checked, and put in place whole."""

from outreach.delivery.databases.analyst import write_analyst
from outreach.delivery.databases.parquet import write_parquet
from outreach.delivery.databases.snapshot import build_mart, complete_timing, read_mart, write_snapshot
from outreach.delivery.errors import DeliveryError
from outreach.delivery.lists.region_lists import ListsWritten, write_lists
from outreach.delivery.release.checks import Finding, check_release
from outreach.delivery.release.earlier_nights import recall_earlier_nights
from outreach.delivery.release.hold import HoldReason, hold_reasons
from outreach.delivery.release.ledger import whole_releases
from outreach.delivery.release.manifest import NightCounts, keep_registry, read_manifest, write_manifest
from outreach.delivery.release.nights import (
    LastPublished,
    PublishedNight,
    built_at,
    damage_of,
    last_published,
    last_sound,
    published_nights,
    published_snapshots,
    read_history,
    registry_copy,
)
from outreach.delivery.release.planning import discard_release, plan_release
from outreach.delivery.release.previous_release import attach_previous_release
from outreach.delivery.release.publication import Release, approve, hold, list_releases, publish, withdraw
from outreach.delivery.release.retention import Pruned, prune, require_space
from outreach.delivery.release_paths import ReleasePaths

__all__ = [
    "DeliveryError",
    "Finding",
    "HoldReason",
    "LastPublished",
    "ListsWritten",
    "NightCounts",
    "Pruned",
    "PublishedNight",
    "Release",
    "ReleasePaths",
    "approve",
    "attach_previous_release",
    "build_mart",
    "built_at",
    "check_release",
    "complete_timing",
    "damage_of",
    "discard_release",
    "hold",
    "hold_reasons",
    "keep_registry",
    "last_published",
    "last_sound",
    "list_releases",
    "plan_release",
    "prune",
    "publish",
    "published_nights",
    "published_snapshots",
    "read_history",
    "read_manifest",
    "read_mart",
    "recall_earlier_nights",
    "registry_copy",
    "require_space",
    "whole_releases",
    "withdraw",
    "write_analyst",
    "write_lists",
    "write_manifest",
    "write_parquet",
    "write_snapshot",
]
