"""One night's reconciliation: the steps, in order. What each decides is said in ``sql/identity``."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from outreach.engine import Warehouse, build, uncompressed, warn
from outreach.identity import carried, clerical, contexts, learning, lunar, memory, weights
from outreach.identity import registry as ids
from outreach.identity.components import connect
from outreach.identity.functions import registered
from outreach.identity.report import IdentityReport, read_report


def resolve(
    warehouse: Warehouse,
    registry: Path,
    *,
    region: str,
    as_of: date,
    published: date | None = None,
    released: Sequence[Path] = (),
    copy: Path | None = None,
) -> IdentityReport:
    """Say who each accepted row is: make every ``identity`` table of ``docs/tables.md``.

    Reads ``intake.*``, and the clerks' decisions (``clerical.jsonl``) beside ``registry``, the file that
    keeps person ids from night to night (one a region); it is written last, in one transaction, and after it
    the memory of the night (``memory.duckdb``). The same input, registry and decisions give the same links
    and ids.

    Args:
        warehouse: the working warehouse with the accepted rows.
        registry: ``<home>/state/<region>/registry.duckdb``.
        region: the region.
        as_of: the date of the night.
        published: the last published night before it, to which ``identity.relinked`` refers; None: take it
            that the night before was published.
        released: published snapshots of the region, newest first, whose ids the registry must know.
        copy: where to put a copy of the registry as the night leaves it.

    Raises:
        RegistryError: the registry is held by another run, damaged, or does not know what was published.
        ModelError: a model of ``sql/identity`` failed.
    """
    con = warehouse.con
    seconds: dict[str, float] = {}

    @contextmanager
    def stage(name: str) -> Iterator[None]:
        started = time.perf_counter()
        yield
        seconds[name] = time.perf_counter() - started

    def models(names: str) -> None:
        build(con, "identity", names.split())

    con.execute("DROP SCHEMA IF EXISTS identity CASCADE")
    con.execute("CREATE SCHEMA identity")
    with (
        registered(con),
        ids.attached(con, registry, wait=warehouse.settings.locks.wait_seconds, copy=copy),
        memory.attached(con, registry.parent / memory.FILE_NAME) as last_night,
    ):
        ids.require_ids(con, registry, released)
        weights_path = registry.parent / learning.FILE_NAME
        in_force = learning.frozen(weights_path, partial(warn, con))
        with stage("register"):
            recalled = last_night.recall(as_of, published)
            basis = memory.Basis(carried.models_version(), "")
            carry = recalled.basis.models == basis.models and carried.has_room(con)
            last_night.begin(carry)
            clerical.load(con, registry.parent / clerical.FILE_NAME, partial(warn, con))
            models("source_row extract_name name_grade")
            carried.begin_register(con, last_night, carry)
            models("repeated_number stopgap_number busy_day register_candidate register_pair register_edge")
            connect(con, "identity.register_edge", "identity.register_component")
            models("shared_number")
            carried.finish_register(con, last_night, carry)
            models("register_size known_number bearer big_household register_record register_doubt")
        with stage("ids"), uncompressed(con):
            carried.find_unchanged_persons(con, carry)
            ids.begin_assignment(con, "identity.unchanged_person")
            new_ids = ids.assign(con, "register_record", "identity.touched_person" if carry else None)
            ids.find_known_ids(con)
        with stage("number and name"):
            lunar.load(con)
            carried.begin_links(con, carry)
            models(
                "born_by tied doubtful_tie same_number_and_name unmatched ruled given_id"
                " number_bearer number_match live_link number_link known_name residual shown_surname"
                " quarantined_competitor quarantined_link companion known_contact household_contact kind"
            )
            build(con, "identity", ["clear_context", "sampled_row"], limit=0 if in_force else None)
            models("beside residual_state")
        with stage("comparison"):
            if in_force:
                basis = replace(basis, outcomes=carried.outcomes_version(con, in_force.version, as_of))
            carried.begin_outcomes(con, carry and recalled.basis == basis)
            carried.block(con, "asked", "register_profile")
            models("row_context side_by_side known_by comparison standing place")
        with stage("weights"):
            if in_force is None:
                weights.load(con, weights.PRIORS)
                contexts.load(con, {})
                models("coded_pair")
                in_force = learning.learn(con, region, as_of)
                basis = replace(basis, outcomes=carried.outcomes_version(con, in_force.version, as_of))
            weights.load(con, in_force.weights, in_force.seen, in_force.nobody)
            contexts.load(con, in_force.contexts)
            in_force.tell(con)
        with stage("links"):
            models("score verdict outcome evidence newcomer_edge")
            connect(con, "identity.newcomer_edge", "identity.newcomer_component")
            models("residual_link link pattern newcomer_record vague like_pair plausible possible quality")
        with stage("ids of newcomers"), uncompressed(con):
            new_ids += ids.assign(con, "newcomer_record")
            ids.find_known_ids(con)
            models("person review linked_content")
            # of a first night it is only read once: to be remembered
            build(con, "identity", ["content_link"], kind="view" if recalled.night is None else None)
            last_night.tell_moves(recalled)
        with stage("registry"):
            in_force.freeze(weights_path)
            ids.record(con, as_of)
            last_night.remember(recalled, as_of, basis, carry)
    return read_report(con, new_ids, in_force, seconds)
