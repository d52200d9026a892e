"""What services of tenancy give back: plain, frozen, detached from the database."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from registry.identity.models import Organization
from registry.identity.rules import OrganizationState, Role


@dataclass(frozen=True, slots=True)
class OrganizationView:
    """An organization as its own people and the steward see it."""

    id: str
    name: str
    descriptor: str
    language: str
    state: OrganizationState
    may_review: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Member:
    """A person with their roles in one organization, in the order of ``Role``."""

    id: str
    name: str
    email: str
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class InvitationView:
    """An invitation that waits; ``known`` when the address is that of a person here already."""

    id: str
    organization: str
    organization_id: str
    email: str
    roles: tuple[Role, ...]
    language: str
    expires_at: datetime
    known: bool = False


@dataclass(frozen=True, slots=True)
class ApplicationView:
    """What an organization wrote when it applied; ``confirmed`` when the applicant's address was."""

    applicant: str
    email: str
    website: str
    purpose: str
    applied_at: datetime
    confirmed: bool


@dataclass(frozen=True, slots=True)
class RulingView:
    """A decision of the steward, with its reason; ``by`` is a name, or empty for the operator."""

    action: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OrganizationFile:
    """Everything that the steward sees of an organization; ``alike`` are others with a name like its own."""

    organization: OrganizationView
    application: ApplicationView | None
    rulings: tuple[RulingView, ...]
    admins: tuple[Member, ...]
    people: int
    programs: int
    alike: tuple[OrganizationView, ...]


def organization_view(row: Organization) -> OrganizationView:
    """The view of a row."""
    return OrganizationView(
        id=row.id,
        name=row.name,
        descriptor=row.descriptor,
        language=row.language,
        state=OrganizationState(row.state),
        may_review=row.may_review,
        created_at=row.created_at,
    )


def ordered(roles: Collection[str]) -> tuple[Role, ...]:
    """Role words in the order of ``Role``."""
    return tuple(role for role in Role if role.value in roles)
