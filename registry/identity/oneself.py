"""What a person must show before they change their own way in: that it is still they who sit there.

An open session is not enough: it may have been left open, or stolen. With a password, the password is
typed again; without one, the session must be fresh. Whoever has a second factor must have shown it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.db.private import PrivateDatabase
from registry.errors import N_, Invalid, NotAllowed, NotSignedIn, Problem
from registry.identity.factors.models import Passkey, TotpFactor
from registry.identity.models import Person, SignIn
from registry.identity.rules import Actor, Permission, demand
from registry.identity.secrets import hash_secret, password_matches

FRESH: Final = timedelta(minutes=10)
"""How long after signing in somebody without a password may change their way in."""
WRONG_PASSWORD: Final = N_("This is not your present password.")


class NotFresh(NotAllowed):
    """The session is too old, or shows too little, for what is asked."""

    message = N_("To be sure that it is you: sign out, sign in again, and do this within ten minutes.")


def prove_oneself(
    private: PrivateDatabase, actor: Actor, secret: str, password: str, now: datetime
) -> Person:
    """The person, who showed that it is they; ``secret`` is that of the session's cookie.

    Raises ``NotSignedIn``, ``NotFresh``, or ``Invalid`` for a wrong password.
    """
    demand(actor, Permission.MANAGE_ACCOUNT)
    with private.read() as session:
        here = own_session(session, actor, secret, now)
        person = session.get_one(Person, actor.id)
        unshown = here.confirmed_at is None and has_factor(session, actor.id)
    fresh = max(here.started_at, here.confirmed_at or here.started_at) + FRESH > now
    if unshown or (person.password_hash is None and not fresh):
        raise NotFresh
    if person.password_hash is not None and not password_matches(password, person.password_hash):
        raise Invalid([Problem("/password", WRONG_PASSWORD)])
    return person


def own_session(session: Session, actor: Actor, secret: str, now: datetime) -> SignIn:
    """The living session whose cookie holds ``secret``, if it is the actor's; raises ``NotSignedIn``."""
    row = session.get(SignIn, hash_secret(secret))
    if row is None or row.person_id != actor.id or row.ended_at is not None or row.expires_at <= now:
        raise NotSignedIn
    return row


def has_factor(session: Session, person_id: str) -> bool:
    """Whether the person has a second factor that works."""
    passkey = select(Passkey.id).where(Passkey.person_id == person_id).limit(1)
    codes = select(TotpFactor.person_id).where(
        TotpFactor.person_id == person_id, TotpFactor.confirmed_at.is_not(None)
    )
    return session.scalar(passkey) is not None or session.scalar(codes) is not None
