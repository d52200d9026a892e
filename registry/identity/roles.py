"""The words of which the permission table is made: roles, scopes, permissions, whose things. Pure.

The table itself is ``permissions.py``; what follows from it is worked out in ``rules.py``.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What a person is in an organization."""

    MEMBER = "member"  # writes and sends reports
    ORG_ADMIN = "org-admin"  # also manages the organization's people and clients
    REVIEWER = "reviewer"  # examines reports of other organizations
    STEWARD = "steward"  # looks after this node


FACTOR_ROLES: Final = frozenset({Role.REVIEWER, Role.STEWARD})
"""Roles that rest until their person has shown a second factor."""


class OrganizationState(StrEnum):
    """Where an organization stands with this node; only an active one can act."""

    APPLIED = "applied"
    ACTIVE = "active"
    DECLINED = "declined"
    SUSPENDED = "suspended"
    NAMELESS = "nameless"  # no organization: the tenant of one report without an account
    ERASED = "erased"  # nothing is left but its random id


SCOPES: Final[dict[str, str]] = {
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

OPENS_NOTHING: Final = frozenset({"records:read", "cases:read", "cases:write", "org:admin"})
"""Scopes that no operation of the API asks for yet."""


class Permission(StrEnum):
    """Something that not everybody may do, in words that end the sentence "Who may …?"."""

    READ_SUBMISSIONS = "read their organization's reports"
    WRITE_SUBMISSIONS = "write and send reports"
    WITHDRAW_SUBMISSIONS = "take a report back"
    REVISE_PUBLISHED = "revise a published report"
    APPEAL_SUBMISSIONS = "appeal against a decline"
    NAME_SUBMISSIONS = "choose how a report names its organization"
    READ_OFFERS = "read reports that they are asked to publish for others"
    DECIDE_OFFERS = "publish a report for others, or refuse"
    ERASE_ORIGINALS = "delete the original of a report for good"
    READ_REVIEWS = "read what waits for review"
    REVIEW = "review a report"
    CHANGE_RECORDS = "ask for a change of their published report"
    READ_FLAGS = "read what is said against public records"
    CARE_FOR_RECORDS = "answer flags, and propose changes of public records"
    DECIDE_CHANGES = "decide on changes of public records"
    READ_GREEN = "read what is shared with partners only"
    CURATE_RECORDS = "say how this node reads a record of others"
    RELEASE_BATCH = "publish what is accepted without waiting"
    MANAGE_MEMBERS = "manage the organization's people"
    MANAGE_CLIENTS = "manage the organization's programs"
    MANAGE_ORGANIZATION = "change or close the organization"
    EXPORT_ORGANIZATION = "take along what the node holds on the organization"
    DECIDE_APPLICATIONS = "decide about organizations"
    MANAGE_NODE = "look after the node"
    MANAGE_ACCOUNT = "look after their own account"


class Whose(StrEnum):
    """Whose things a permission is about."""

    OWN = "their own organization"
    OTHERS = "other organizations"
    ANY = "any organization"
    ONESELF = "they themselves"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table.

    ``scope`` is what a program needs; with None no program may. ``states`` are those in which the thing
    may be acted on; None is any. ``seen`` are those in which its existence may be known to whoever
    asks; where a thing is seen but not in one of ``states``, the answer is "not now", else "not found".
    """

    roles: frozenset[Role]
    scope: str | None
    whose: Whose
    things: str
    states: frozenset[str] | None
    seen: frozenset[str] | None

    @classmethod
    def of(
        cls,
        roles: Collection[Role],
        scope: str | None,
        whose: Whose,
        things: str,
        states: Collection[str] | None,
        seen: Collection[str] | None = None,
    ) -> Line:
        """A line as the table writes it."""
        return cls(frozenset(roles), scope, whose, things, _set(states), _set(seen))


def _set(states: Collection[str] | None) -> frozenset[str] | None:
    return None if states is None else frozenset(states)
