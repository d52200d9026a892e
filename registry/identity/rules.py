"""Roles, scopes, and the one table that says who may do what. Pure.

Read a line of ``PERMISSIONS`` as: this may be done by a person with one of these roles, or by a
client with this scope, on objects of their own organization or of any. The same line answers
"may I?" (``allowed``) and "which rows?" (``sees_only_own``), so a list never shows what an item hides.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What a person is in an organization."""

    MEMBER = "member"  # writes and sends reports
    ORG_ADMIN = "org-admin"  # also manages the organization's people and clients
    REVIEWER = "reviewer"  # examines reports of other organizations
    STEWARD = "steward"  # looks after this node


class OrganizationState(StrEnum):
    """Where an organization stands with this node; only an active one can act."""

    APPLIED = "applied"
    ACTIVE = "active"
    DECLINED = "declined"
    SUSPENDED = "suspended"
    ERASED = "erased"  # nothing is left but its random id


SCOPES: dict[str, str] = {
    "records:read": "read public records (never needed)",
    "submissions:read": "read your organization's reports",
    "submissions:write": "write and send reports for your organization",
    "cases:read": "read your organization's cases",
    "cases:write": "change your organization's cases",
    "reviews:read": "read reports that wait for review",
    "reviews:write": "review reports",
    "org:admin": "manage your organization",
    "node:admin": "manage this node",
}
"""Scope → what it lets a client do, in plain words."""


class Permission(StrEnum):
    """Something that not everybody may do."""

    WRITE_SUBMISSIONS = "write submissions"
    READ_SUBMISSIONS = "read submissions"
    READ_REVIEWS = "read reviews"
    REVIEW = "review"
    RELEASE_BATCH = "release the publication batch"
    MANAGE_MEMBERS = "manage members"
    MANAGE_CLIENTS = "manage programs"
    MANAGE_ORGANIZATION = "manage the organization"
    EXPORT_ORGANIZATION = "export what the node holds on the organization"
    DECIDE_APPLICATIONS = "decide applications of organizations"
    MANAGE_NODE = "manage the node"


FACTOR_ROLES = frozenset({Role.REVIEWER, Role.STEWARD})
"""Roles that rest until their person has shown a second factor."""


class Reach(StrEnum):
    """On whose objects a permission works."""

    OWN = "own organization"
    OTHERS = "other organizations"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table."""

    roles: frozenset[Role]
    scope: str | None
    reach: Reach


PERMISSIONS: dict[Permission, Line] = {
    Permission.WRITE_SUBMISSIONS: Line(
        frozenset({Role.MEMBER, Role.ORG_ADMIN}), "submissions:write", Reach.OWN
    ),
    Permission.READ_SUBMISSIONS: Line(
        frozenset({Role.MEMBER, Role.ORG_ADMIN}), "submissions:read", Reach.OWN
    ),
    Permission.READ_REVIEWS: Line(frozenset({Role.REVIEWER}), "reviews:read", Reach.OTHERS),
    Permission.REVIEW: Line(frozenset({Role.REVIEWER}), "reviews:write", Reach.OTHERS),
    Permission.RELEASE_BATCH: Line(frozenset({Role.REVIEWER, Role.STEWARD}), "node:admin", Reach.ANY),
    Permission.MANAGE_MEMBERS: Line(frozenset({Role.ORG_ADMIN}), "org:admin", Reach.OWN),
    Permission.MANAGE_CLIENTS: Line(frozenset({Role.ORG_ADMIN}), "org:admin", Reach.OWN),
    Permission.MANAGE_ORGANIZATION: Line(frozenset({Role.ORG_ADMIN}), "org:admin", Reach.OWN),
    Permission.EXPORT_ORGANIZATION: Line(frozenset({Role.ORG_ADMIN}), "org:admin", Reach.OWN),
    Permission.DECIDE_APPLICATIONS: Line(frozenset({Role.STEWARD}), "node:admin", Reach.ANY),
    Permission.MANAGE_NODE: Line(frozenset({Role.STEWARD}), "node:admin", Reach.ANY),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is acting, for one organization.

    A person with their ``roles``; a program by itself (``client_id`` is its ``id``) with its ``scopes``; or a
    person through a program, who may do what the person's roles *and* the program's scopes allow.
    ``lacks_factor`` is true of a person whose more trusted roles rest until a second factor is shown.
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

    @property
    def role(self) -> str:
        """The word for the audit trail: the client, or the most trusted role."""
        if not self.roles:
            return "client"
        return max(self.roles, key=list(Role).index).value

    def holds(self, permission: Permission) -> bool:
        """Whether the actor has this permission at all."""
        line = PERMISSIONS[permission]
        by_role = bool(self.roles & line.roles)
        by_scope = line.scope is not None and line.scope in self.scopes
        if self.client_id is None:
            return by_role
        return by_scope if self.client_id == self.id else by_role and by_scope


def allowed(actor: Actor, permission: Permission, owner_id: str) -> bool:
    """Whether the actor may do this to an object of organization ``owner_id``."""
    reach = PERMISSIONS[permission].reach
    own = actor.organization_id == owner_id
    reachable = {Reach.OWN: own, Reach.OTHERS: not own, Reach.ANY: True}[reach]
    return actor.holds(permission) and reachable
