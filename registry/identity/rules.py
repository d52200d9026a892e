"""What follows from the permission table: who is acting, and what they may do. Pure.

The table is ``permissions.py``, its words are ``roles.py``. ``rows.py`` turns the same lines into
conditions for lists, so a list never shows what an item hides.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from registry.errors import NotAllowed, NotFound
from registry.identity.outside import Outside
from registry.identity.permissions import GUEST_MAY, PERMISSIONS
from registry.identity.roles import (
    FACTOR_ROLES,
    OPENS_NOTHING,
    SCOPES,
    Line,
    OrganizationState,
    Permission,
    Role,
    Whose,
)

__all__ = [
    "FACTOR_ROLES",
    "GUEST",
    "GUEST_MAY",
    "OPENS_NOTHING",
    "PERMISSIONS",
    "SCOPES",
    "Actor",
    "Line",
    "OrganizationState",
    "Permission",
    "Role",
    "Whose",
    "allowed",
    "demand",
    "sees",
    "show",
]


GUEST: Final = "guest"
"""What the trail calls somebody without an account."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is acting, for one organization.

    A person with their ``roles``; a program by itself (``client_id`` is its ``id``) with its ``scopes``; or a
    person through a program, who may do what the person's roles *and* the program's scopes allow.
    ``provider_id`` names the identity provider that vouched for a person, for its own organization only.
    ``lacks_factor`` is true of a person whose more trusted roles rest until a second factor is shown.
    ``outside`` is why a person acts for no organization: then there are no roles, and no organization's id.
    ``guest`` is true of somebody without an account: ``organization_id`` is the tenant of their one report.
    """

    id: str
    organization_id: str
    organization: str
    name: str
    roles: frozenset[Role] = field(default_factory=frozenset)
    scopes: frozenset[str] = field(default_factory=frozenset)
    language: str = "en"
    client_id: str | None = None
    lacks_factor: bool = False
    provider_id: str | None = None
    outside: Outside | None = None
    guest: bool = False

    @property
    def bound(self) -> bool:
        """Whether the person may act for this organization only, whose provider vouched for them."""
        return self.provider_id is not None

    @property
    def role(self) -> str:
        """The word for the audit trail: the client, or the most trusted role that does not rest."""
        if self.guest:
            return GUEST
        if not self.roles:
            return "person" if self.lacks_factor or self.outside else "client"
        return max(self.roles, key=list(Role).index).value

    def holds(self, permission: Permission) -> bool:
        """Whether the actor has this permission at all; roles that rest count for nothing."""
        if self.guest:
            return permission in GUEST_MAY
        line = PERMISSIONS[permission]
        if line.whose is Whose.ONESELF:
            return self.client_id is None
        awake = self.roles - FACTOR_ROLES if self.lacks_factor else self.roles
        by_role = bool(awake & line.roles)
        by_scope = line.scope is not None and line.scope in self.scopes
        if self.client_id is None:
            return by_role and self.outside is None
        return by_scope if self.client_id == self.id else by_role and by_scope


def allowed(actor: Actor, permission: Permission, owner_id: str, state: str | None = None) -> bool:
    """Whether the actor may do this now, to a thing of ``owner_id`` in this state.

    ``owner_id`` is an organization, or a person where the line is about oneself. Where the line names
    states, a thing without one is never allowed.
    """
    return _holds_over(actor, permission, owner_id) and _among(PERMISSIONS[permission].states, state)


def sees(actor: Actor, permission: Permission, owner_id: str, state: str | None = None) -> bool:
    """Whether the thing exists for somebody who asks to do this to it, if not now then later."""
    return _holds_over(actor, permission, owner_id) and _among(PERMISSIONS[permission].seen, state)


def demand(actor: Actor, permission: Permission) -> None:
    """Raises ``NotAllowed`` without the permission; asked before any look-up."""
    if not actor.holds(permission):
        raise NotAllowed


def show(actor: Actor, permission: Permission, owner_id: str, state: str | None = None) -> None:
    """Raises ``NotFound`` for a thing that does not exist for this actor, as for one that never did."""
    if not sees(actor, permission, owner_id, state):
        raise NotFound


def _holds_over(actor: Actor, permission: Permission, owner_id: str) -> bool:
    own = actor.organization_id == owner_id
    reached = {
        Whose.OWN: own,
        Whose.OTHERS: not own,
        Whose.ANY: True,
        Whose.ONESELF: actor.id == owner_id,
    }
    return actor.holds(permission) and reached[PERMISSIONS[permission].whose]


def _among(states: frozenset[str] | None, state: str | None) -> bool:
    return states is None or state in states
