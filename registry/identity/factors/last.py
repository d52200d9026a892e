"""The last second factor of somebody who must have one stays."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.errors import N_, Conflict
from registry.identity.factors.models import Passkey, TotpFactor
from registry.identity.models import Membership
from registry.identity.rules import FACTOR_ROLES

LAST_FACTOR = N_("Your roles need a second factor, and this is your last one. Add another one first.")


def must_stay(roles: Collection[str], factors: int) -> bool:
    """Whether one of so many factors must stay, given all roles of its person in any organization."""
    return factors <= 1 and bool(FACTOR_ROLES & set(roles))


def refuse_last(session: Session, person_id: str) -> None:
    """Raises ``Conflict`` when one factor less would leave somebody without who must have one.

    The caller holds the person's row locked, so that two removals do not each see the other's factor.
    """
    roles = session.scalars(select(Membership.role).where(Membership.person_id == person_id)).all()
    if must_stay(roles, count(session, person_id)):
        raise Conflict(LAST_FACTOR)


def count(session: Session, person_id: str) -> int:
    """How many second factors of the person work; recovery codes are none."""
    passkeys = select(func.count()).select_from(Passkey).where(Passkey.person_id == person_id)
    codes = select(func.count()).select_from(TotpFactor)
    codes = codes.where(TotpFactor.person_id == person_id, TotpFactor.confirmed_at.is_not(None))
    return (session.scalar(passkeys) or 0) + (session.scalar(codes) or 0)
