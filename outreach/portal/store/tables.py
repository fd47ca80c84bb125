"""The portal's own tables; ``migrations`` makes them."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import DateTime, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from sqlalchemy.types import TypeDecorator


class Moment(TypeDecorator[dt.datetime]):
    """A moment in UTC, with its zone also where the database keeps none (SQLite)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_result_value(self, value: dt.datetime | None, dialect: object) -> dt.datetime | None:
        """The moment, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


class Table(DeclarativeBase):
    """The base of all tables."""


class User(Table):
    """Who may sign in. ``department`` is set for a department's contact alone."""

    __tablename__ = "user_account"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60), unique=True)
    display_name: Mapped[str] = mapped_column(String(60))
    password_hash: Mapped[str | None] = mapped_column(String(255))
    department: Mapped[str | None] = mapped_column(String(60))
    is_active: Mapped[bool] = mapped_column(default=True)
    must_change: Mapped[bool] = mapped_column(default=False)
    failed_logins: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[dt.datetime | None] = mapped_column(Moment)
    created_at: Mapped[dt.datetime] = mapped_column(Moment)

    roles: Mapped[list[UserRole]] = relationship(cascade="all, delete-orphan", lazy="selectin")
    areas: Mapped[list[UserArea]] = relationship(cascade="all, delete-orphan", lazy="selectin")


class UserRole(Table):
    """A role of a user (`outreach.portal.access.roles.RoleName`)."""

    __tablename__ = "user_role"

    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    role: Mapped[str] = mapped_column(String(30), primary_key=True)


class UserArea(Table):
    """An area of a user: a region and a prefix of area codes in it, empty for the whole region."""

    __tablename__ = "user_area"

    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    region: Mapped[str] = mapped_column(String(40), primary_key=True)
    prefix: Mapped[str] = mapped_column(String(12), primary_key=True)


class Session(Table):
    """A signed-in browser. ``token_hash``: SHA-256 of the cookie; the cookie itself is kept nowhere."""

    __tablename__ = "session"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    csrf: Mapped[str] = mapped_column(String(64))
    region: Mapped[str | None] = mapped_column(String(40))
    began_at: Mapped[dt.datetime] = mapped_column(Moment)
    seen_at: Mapped[dt.datetime] = mapped_column(Moment)

    user: Mapped[User] = relationship(lazy="joined")


class Draft(Table):
    """What a user has entered and will come back to, so that nothing personal is in an address: a search,
    an upload before it is confirmed, a saved variant. ``kind`` says which; ``content`` is JSON."""

    __tablename__ = "draft"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    region: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(30))
    content: Mapped[str] = mapped_column(Text)
    made_at: Mapped[dt.datetime] = mapped_column(Moment)


class Vote(Table):
    """What a clerk says of a pair of records; where two clerks are asked, each without seeing the other's."""

    __tablename__ = "vote"
    __table_args__ = (UniqueConstraint("region", "pair_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    region: Mapped[str] = mapped_column(String(40))
    pair_id: Mapped[str] = mapped_column(String(64))
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    vote: Mapped[str] = mapped_column(String(10))
    voted_at: Mapped[dt.datetime] = mapped_column(Moment)


class AuditEntry(Table):
    """One entry of the audit chain; ``hash`` covers everything in it and the hash of the entry before."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("audit_by_user", "user_name", "at"),)

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[str] = mapped_column(String(40))
    user_name: Mapped[str] = mapped_column(String(60))
    action: Mapped[str] = mapped_column(String(30), index=True)
    region: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(120))
    detail: Mapped[str] = mapped_column(Text)
    hash: Mapped[str] = mapped_column(String(64))
