"""What a user entered and comes back to: kept in the database, so that no address holds anything personal."""

from __future__ import annotations

import datetime as dt
import json
import secrets
from typing import Any

from sqlalchemy import delete

from outreach.portal.access.sessions import now
from outreach.portal.pages.shared import Desk
from outreach.portal.store.tables import Draft

_KEPT = dt.timedelta(hours=12)
LASTING = "variant"
"""The only kind that is kept until its user deletes it: a saved variant of the policy."""


def keep_draft(desk: Desk, kind: str, content: dict[str, Any]) -> str:
    """Keep something for its user, for half a day; its key."""
    key = secrets.token_urlsafe(16)
    with desk.portal.database.transaction() as transaction:
        transaction.execute(delete(Draft).where(Draft.made_at < now() - _KEPT, Draft.kind != LASTING))
        transaction.add(
            Draft(
                id=key,
                user_id=desk.visit.user.id,
                region=desk.region,
                kind=kind,
                content=json.dumps(content, ensure_ascii=False, default=str),
                made_at=now(),
            )
        )
    return key


def read_draft(desk: Desk, kind: str, key: str | None) -> dict[str, Any] | None:
    """What was kept; None: nothing, or somebody else's, or of another kind or region."""
    if not key:
        return None
    with desk.portal.database.reading() as transaction:
        draft = transaction.get(Draft, key)
    if draft is None or (draft.user_id, draft.region, draft.kind) != (desk.visit.user.id, desk.region, kind):
        return None
    content: dict[str, Any] = json.loads(draft.content)
    return content
