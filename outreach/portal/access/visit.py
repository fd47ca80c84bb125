"""Who makes a request, and what of which region they may see."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from outreach.portal.access.roles import PERMISSIONS, Permission, RoleName
from outreach.portal.access.scope import Scope
from outreach.portal.store.tables import Session, User


@dataclass(frozen=True)
class Visit:
    """A request of a signed-in user. ``region`` is the one looked at; None: the user has none."""

    session: Session
    region: str | None

    @property
    def user(self) -> User:
        """The user."""
        return self.session.user

    @cached_property
    def roles(self) -> tuple[RoleName, ...]:
        """The user's roles, in the order of the vocabulary."""
        own = {role.role for role in self.user.roles}
        return tuple(role for role in RoleName if role.value in own)

    @cached_property
    def permissions(self) -> frozenset[Permission]:
        """All that the user's roles allow."""
        return frozenset().union(*(PERMISSIONS[role] for role in self.roles))

    @cached_property
    def scope(self) -> Scope:
        """The user's areas."""
        areas: dict[str, list[str]] = {}
        for area in self.user.areas:
            areas.setdefault(area.region, []).append(area.prefix)
        return Scope(areas)

    @property
    def area(self) -> str:
        """The pattern of the area codes that the user sees of the region looked at."""
        return self.scope.pattern(self.region or "")

    def may(self, permission: Permission) -> bool:
        """Whether the user may do this."""
        return permission in self.permissions
