"""Signing in and out: sessions in the database, a random cookie, lock-out after wrong passwords."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from sqlalchemy import delete, select
from sqlalchemy.orm import Session as Transaction

from outreach.portal.access.passwords import is_right
from outreach.portal.store.tables import Session, User

WRONG_PASSWORDS = 5
"""So many wrong passwords in a row lock an account …"""
LOCKED = dt.timedelta(minutes=15)
"""… for so long."""
LONGEST = dt.timedelta(hours=12)
"""A session ends after this, used or not."""
_SEEN_STEP = dt.timedelta(minutes=1)


def now() -> dt.datetime:
    """This moment, in UTC."""
    return dt.datetime.now(dt.UTC)


def signed_in_user(transaction: Transaction, name: str, password: str) -> User | None:
    """The user of a name and password; None: unknown, wrong, locked, inactive. Wrong ones are counted.

    An unknown name takes as long as a known one, so that names cannot be found out.
    """
    user = transaction.scalar(select(User).where(User.name == name).with_for_update())
    is_locked = user is not None and user.locked_until is not None and user.locked_until > now()
    right = is_right(password, user.password_hash if user is not None else None)
    if user is None or is_locked:
        return None
    if not right or not user.is_active:
        user.failed_logins += 1
        if user.failed_logins >= WRONG_PASSWORDS:
            user.locked_until, user.failed_logins = now() + LOCKED, 0
        return None
    user.failed_logins, user.locked_until = 0, None
    return user


def begin(transaction: Transaction, user: User, region: str | None) -> str:
    """A new session; the cookie's value, which is kept nowhere else. Sessions that have ended are cleared."""
    transaction.execute(delete(Session).where(Session.began_at < now() - LONGEST))
    token = secrets.token_urlsafe(32)
    transaction.add(
        Session(
            token_hash=_digest(token),
            user_id=user.id,
            csrf=secrets.token_urlsafe(24),
            region=region,
            began_at=now(),
            seen_at=now(),
        )
    )
    return token


def find(transaction: Transaction, token: str | None, idle: dt.timedelta) -> Session | None:
    """The session of a cookie that is still good: in use, its user active."""
    if not token:
        return None
    session = transaction.get(Session, _digest(token))
    if session is None or not session.user.is_active:
        return None
    if session.seen_at < now() - idle or session.began_at < now() - LONGEST:
        return None
    return session


def needs_touch(session: Session) -> bool:
    """Whether the moment at which the session was last used is to be written: not at every request."""
    return session.seen_at < now() - _SEEN_STEP


def touch(transaction: Transaction, session: Session) -> None:
    """Note that the session is in use."""
    found = transaction.get(Session, session.token_hash)
    if found is not None:
        found.seen_at = now()


def end(transaction: Transaction, session: Session) -> None:
    """Sign out."""
    transaction.execute(delete(Session).where(Session.token_hash == session.token_hash))


def end_all(transaction: Transaction, user_id: int) -> None:
    """Sign a user out everywhere: after a change of password, role or area."""
    transaction.execute(delete(Session).where(Session.user_id == user_id))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
