"""Snapshot, analyst file and lists: built aside, checked, and put in place whole."""

from outreach.delivery.analyst import write_analyst
from outreach.delivery.checks import Finding, check_release
from outreach.delivery.earlier import earlier_night
from outreach.delivery.errors import DeliveryError
from outreach.delivery.hold import HoldReason, hold_reasons
from outreach.delivery.layout import ReleasePaths
from outreach.delivery.ledger import whole_releases
from outreach.delivery.lists import ListsWritten, write_lists
from outreach.delivery.manifest import NightCounts, keep_registry, read_manifest, write_manifest
from outreach.delivery.nights import (
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
from outreach.delivery.planning import discard_release, plan_release
from outreach.delivery.publication import Release, approve, hold, list_releases, publish, withdraw
from outreach.delivery.retention import Pruned, prune, require_space
from outreach.delivery.snapshot import build_mart, read_mart, write_snapshot

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
    "build_mart",
    "built_at",
    "check_release",
    "damage_of",
    "discard_release",
    "earlier_night",
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
    "registry_copy",
    "require_space",
    "whole_releases",
    "withdraw",
    "write_analyst",
    "write_lists",
    "write_manifest",
    "write_snapshot",
]
