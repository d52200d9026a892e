"""Which second factors a person has, asked of the database."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.identity.factors import recovery, totp
from registry.identity.factors.models import Passkey
from registry.identity.factors.rules import Held
from registry.identity.models import Membership
from registry.identity.roles import Role


def held_by(session: Session, person_id: str) -> Held:
    """The person's second factors and what is left of their recovery codes."""
    passkeys = select(func.count()).select_from(Passkey).where(Passkey.person_id == person_id)
    return Held(
        totp=totp.is_set_up(session, person_id),
        passkeys=session.scalar(passkeys) or 0,
        recovery_left=recovery.left(session, person_id),
    )


def roles_of(session: Session, person_id: str) -> frozenset[Role]:
    """Every role of the person, in whichever organization."""
    roles = session.scalars(select(Membership.role).where(Membership.person_id == person_id))
    return frozenset(Role(role) for role in roles)
