"""Programmes and extracts as tables: what the models of ``sql/decisions`` read of policy and delivery."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

import duckdb
import pyarrow as pa

from contracts.extracts import EXTRACT_BY_NAME
from contracts.facts import FACT_BY_NAME
from outreach.policy.compile.exclusion import excluding_facts
from outreach.policy.compile.programmes import OWN_AGE, begin_sql
from outreach.policy.compile.service import period_began, period_ends, served_fact, shows_when_given
from outreach.policy.language.policy import EXTRACT_BIT, Policy, Programme


def delivered_extracts(con: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """The extracts that were accepted (``run.extract``)."""
    return frozenset(
        name for (name,) in con.execute("SELECT extract FROM run.extract WHERE delivered").fetchall()
    )


def put(con: duckdb.DuckDBPyConnection, table: str, rows: pa.Table) -> None:
    """Make ``table`` of just these rows."""
    con.register("decisions_incoming", rows)
    con.execute(f"CREATE OR REPLACE TABLE {table} AS SELECT * FROM decisions_incoming")
    con.unregister("decisions_incoming")


def extract_table(delivered: Collection[str]) -> pa.Table:
    """``decisions.extract``: each extract's Chinese title, bit in masks, and whether it was delivered."""
    rows = [
        {
            "extract": name,
            "title": EXTRACT_BY_NAME[name].title,
            "bit": bit,
            "delivered": name in delivered,
        }
        for name, bit in EXTRACT_BIT.items()
    ]
    return pa.Table.from_pylist(rows, _EXTRACT_SCHEMA)


_EXTRACT_SCHEMA = pa.schema(
    [("extract", pa.string()), ("title", pa.string()), ("bit", pa.int64()), ("delivered", pa.bool_())]
)
_QUEUE_SCHEMA = pa.schema(
    [
        *((name, pa.string()) for name in ("programme", "class")),
        ("position", pa.int32()),
        ("label", pa.string()),
        ("classes", pa.int32()),
    ]
)
_DORMANT_SCHEMA = pa.schema(
    [
        *((name, pa.string()) for name in ("programme", "programme_name", "switch", "switch_label")),
        ("whole", pa.bool_()),
    ]
)
_PROGRAMME_SCHEMA = pa.schema(
    [
        ("programme", pa.string()),
        ("programme_name", pa.string()),
        ("item", pa.string()),
        ("mode", pa.string()),
        ("exclusive_group", pa.string()),
        ("group_order", pa.int32()),
        ("household", pa.bool_()),
        ("citation", pa.string()),
        ("citation_short", pa.string()),
        ("lead", pa.string()),
        ("funding", pa.string()),
        ("kind", pa.list_(pa.string())),
        ("extracts", pa.list_(pa.string())),
        ("amount_is_floor", pa.bool_()),
        ("amount_is_ceiling", pa.bool_()),
        ("has_amount", pa.bool_()),
        ("age_threshold", pa.int32()),
        ("policy_version", pa.string()),
        ("note", pa.string()),
        ("notice", pa.string()),
        ("received_fact", pa.string()),
        ("receipt_facts", pa.list_(pa.string())),
        ("excluding_facts", pa.list_(pa.string())),
        ("amount_mask", pa.int64()),
        ("receipts_known", pa.bool_()),
        ("extract_mask", pa.int64()),
        ("needs_registration", pa.bool_()),
        ("starts", pa.string()),
        ("stops", pa.string()),
        ("starts_from", pa.date32()),
        ("by_own_age", pa.bool_()),
        ("one_off", pa.bool_()),
        ("renewed_before", pa.date32()),
        ("household_receipt", pa.bool_()),
        ("registration_presumes", pa.bool_()),
        ("is_paid", pa.bool_()),
        ("begins_by_facts", pa.bool_()),
        ("period_began", pa.date32()),
        ("awaits_extract", pa.bool_()),
        ("life_proof_days", pa.int32()),
        ("served_fact", pa.string()),
        ("period_ends", pa.date32()),
    ]
)


def programme_table(policy: Policy, delivered: Collection[str]) -> pa.Table:
    """``decisions.programme``: each programme in force, as data for the models."""
    rows: list[dict[str, Any]] = []
    excluding = excluding_facts(policy)
    for programme in policy.programmes:
        rule = programme.rule
        needs = {"benefit_roll"} | ({rule.received_fact} if rule.received_fact else set())
        rows.append(
            {
                "programme": rule.id,
                "programme_name": rule.name,
                "item": rule.item,
                "mode": rule.mode,
                "exclusive_group": programme.group,
                "group_order": programme.group_order,
                "household": rule.household,
                "citation": programme.citation.full,
                "citation_short": programme.citation.short,
                "lead": rule.lead or None,
                "funding": rule.funding or None,
                "kind": list(rule.kind),
                "extracts": list(programme.extracts),
                "amount_is_floor": bool(rule.amount and rule.amount.floor),
                "amount_is_ceiling": bool(rule.amount and rule.amount.ceiling),
                "has_amount": rule.amount is not None,
                "age_threshold": programme.age_threshold if rule.mode == "universal" else None,
                "policy_version": f"{policy.version} {policy.sha256[:12]}",
                "note": rule.note,
                "notice": rule.notice.text if rule.notice else None,
                "received_fact": rule.received_fact,
                "receipt_facts": list(programme.receipt_facts),
                "excluding_facts": list(excluding[rule.id]),
                "amount_mask": sum(EXTRACT_BIT[extract] for extract in programme.amount_extracts),
                "receipts_known": needs <= set(delivered),
                "extract_mask": sum(EXTRACT_BIT[extract] for extract in programme.extracts),
                "needs_registration": rule.registered is True,
                "starts": rule.starts,
                "stops": rule.stops,
                "starts_from": programme.starts_from,
                "by_own_age": bool(set(programme.facts) & set(OWN_AGE)),
                "one_off": rule.one_off,
                "renewed_before": _renewed_before(programme, policy),
                "household_receipt": rule.household_receipt,
                "registration_presumes": isinstance(rule.registered, str),
                "is_paid": rule.mode == "auto" or rule.amount is not None,
                "begins_by_facts": begin_sql(programme) is not None,
                "period_began": period_began(programme, policy.as_of),
                "awaits_extract": rule.mode == "due" and not shows_when_given(programme),
                "life_proof_days": _life_proof_days(programme, policy, delivered),
                "served_fact": served_fact(programme),
                "period_ends": period_ends(programme, policy.as_of),
            }
        )
    return pa.Table.from_pylist(rows, _PROGRAMME_SCHEMA)


def queue_table(policy: Policy) -> pa.Table:
    """``decisions.queue``: each programme that gives a place × class of those who wait, the first is 1."""
    programmes = () if policy.queue is None else policy.queue.programmes
    classes = () if policy.queue is None else policy.queue.classes
    rows = [
        {
            "programme": programme.id,
            "class": each.id,
            "position": position,
            "label": each.label,
            "classes": len(classes),
        }
        for programme in programmes
        for position, (each, _) in enumerate(classes, 1)
    ]
    return pa.Table.from_pylist(rows, _QUEUE_SCHEMA)


def dormant_table(policy: Policy) -> pa.Table:
    """``decisions.dormant``: each programme that a switch keeps from being decided, or from being wider.

    ``whole``: the programme's own switch is off. ``switch_label``: what the document permits, in words.
    """
    found = [(p, p.rule.switch or "", True) for p in policy.dormant]
    found += [(p, switch, False) for p in policy.programmes for switch, _ in p.off]
    rows = [
        {
            "programme": programme.id,
            "programme_name": programme.rule.name,
            "switch": switch,
            "switch_label": policy.file.switches[switch],
            "whole": whole,
        }
        for programme, switch, whole in found
    ]
    return pa.Table.from_pylist(rows, _DORMANT_SCHEMA)


def _renewed_before(programme: Programme, policy: Policy) -> date | None:
    """The day before which a work that was done may be done again; None: never."""
    name = programme.rule.renew_after
    years = None if name is None else policy.amount(name)
    if years is None:
        return None
    return _years_before(policy.as_of, int(years))


def _life_proof_days(programme: Programme, policy: Policy, delivered: Collection[str]) -> int | None:
    """After how many days without a sign of life a payee is checked again; None: never, or it cannot be
    known.

    Where an extract with signs of life is absent, an old or missing day means nothing.
    """
    name = programme.rule.life_proof
    days = None if name is None else policy.amount(name)
    if not days or not set(FACT_BY_NAME["last_sign_of_life_on"].extracts) <= set(delivered):
        return None
    return int(days)


def _years_before(day: date, years: int) -> date:
    """The same day so many years earlier; of 29 February the 28th where there is none."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
