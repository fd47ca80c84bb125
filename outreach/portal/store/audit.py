"""The audit chain: who saw, searched, unmasked, downloaded and decided what, each entry bound to the last.

An entry's hash is the SHA-256 of its fields and of the hash before it, so that an entry that was changed,
removed or put in between is found. No entry holds a name, number, phone or address of a person: a person is
named by ``person_id``.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session as Transaction

from outreach.portal.store.tables import AuditEntry

_FIRST = "0" * 64
# Any number of its own: whoever adds an entry in PostgreSQL holds this lock until the commit. In SQLite every
# transaction is the only writer.
_LOCK = 71_202_601
_BATCH = 1_000


@dataclass(frozen=True)
class Break:
    """Where the chain does not hold: the entry, and what is wrong (Chinese)."""

    number: int
    fault: str


def add(
    transaction: Transaction,
    user_name: str,
    action: str,
    region: str = "",
    subject: str = "",
    **detail: object,
) -> None:
    """Add an entry, within the transaction of what it tells of: both are there, or neither.

    Args:
        action: `outreach.portal.store.words.Deed`.
        subject: what it was done to: a person_id, a pair, a list.
        detail: more, as plain values; nothing personal.
    """
    if transaction.get_bind().dialect.name == "postgresql":
        transaction.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    last = transaction.execute(
        select(AuditEntry.number, AuditEntry.hash).order_by(AuditEntry.number.desc()).limit(1)
    ).first()
    number, before = (last.number + 1, last.hash) if last else (1, _FIRST)
    entry = AuditEntry(
        number=number,
        at=dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds"),
        user_name=user_name,
        action=action,
        region=region,
        subject=subject,
        detail=json.dumps(detail, ensure_ascii=False, sort_keys=True, default=str),
    )
    entry.hash = _hash(entry, before)
    transaction.add(entry)
    transaction.flush()


def verify(transaction: Transaction) -> Iterator[Break]:
    """Every place at which the chain does not hold; nothing where it is whole."""
    number, before = 0, _FIRST
    while True:
        entries = transaction.scalars(
            select(AuditEntry).where(AuditEntry.number > number).order_by(AuditEntry.number).limit(_BATCH)
        ).all()
        if not entries:
            return
        for entry in entries:
            if entry.number != number + 1:
                yield Break(entry.number, f"第 {number + 1} 至 {entry.number - 1} 条缺失")
            if entry.hash != _hash(entry, before):
                yield Break(entry.number, "内容与校验值不符")
            number, before = entry.number, entry.hash
        transaction.expunge_all()


def length(transaction: Transaction) -> int:
    """How many entries there are."""
    return transaction.scalar(select(func.count()).select_from(AuditEntry)) or 0


def _hash(entry: AuditEntry, before: str) -> str:
    fields: Mapping[str, object] = {
        name: getattr(entry, name)
        for name in ("number", "at", "user_name", "action", "region", "subject", "detail")
    }
    return hashlib.sha256(
        f"{before}{json.dumps(fields, ensure_ascii=False, sort_keys=True)}".encode()
    ).hexdigest()
