"""Sign-ins between their two steps: who they are is shown, their second factor is still to come.

Whatever the first step was, it ends in ``enter``: people without a second factor are in, all others
get a *pending* sign-in. It lives ten minutes, bears five tries, and is good for one session.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from registry.errors import N_, CommonsError
from registry.identity.models import PendingSignIn, Person
from registry.identity.oneself import has_factor
from registry.identity.secrets import hash_secret, new_secret
from registry.identity.starting import SignedIn, start

LIFE: Final = timedelta(minutes=10)
TRIES: Final = 5
"""Wrong answers after which the first step must be repeated."""


class SecondStepOver(CommonsError):
    """The pending sign-in was used, has run out, bore too many tries, or never was."""

    message = N_("This took too long, or too many codes were wrong. Sign in again.")


@dataclass(frozen=True, slots=True)
class Pending:
    """A sign-in that waits for its second step; the secret goes into the cookie."""

    secret: str


class SecondStepNeeded(CommonsError):
    """The first step went well, and the person has a second factor; ``pending`` is how to go on."""

    message = N_("Now show your second factor.")

    def __init__(self, pending: Pending) -> None:
        super().__init__()
        self.pending = pending


@dataclass(frozen=True, slots=True)
class Terms:
    """How sessions of this node are: how long they live, and whether roles rest without a second factor."""

    life: timedelta
    factor_asked: bool


def enter(  # noqa: PLR0913 - all that is known of a session at its beginning
    session: Session,
    person: Person,
    method: str,
    now: datetime,
    terms: Terms,
    *,
    device: str = "",
    provider_id: str | None = None,
) -> SignedIn | Pending:
    """End the first step, in the caller's transaction; raises what ``start`` does.

    For a way in that shows a second factor by itself, as a passkey does, call ``start`` instead.
    """
    if not has_factor(session, person.id):
        return start(
            session,
            person,
            method,
            now,
            terms.life,
            device=device,
            factor_asked=terms.factor_asked,
            provider_id=provider_id,
        )
    secret = new_secret()
    session.add(
        PendingSignIn(
            secret_hash=hash_secret(secret),
            person_id=person.id,
            method=method,
            provider_id=provider_id,
            tries=0,
            expires_at=now + LIFE,
        )
    )
    return Pending(secret)


def look(session: Session, secret: str, now: datetime) -> PendingSignIn:
    """The pending sign-in of this secret; raises ``SecondStepOver``."""
    row = session.get(PendingSignIn, hash_secret(secret))
    if row is None or row.expires_at <= now or row.tries >= TRIES:
        raise SecondStepOver
    return row


def count_try(session: Session, secret: str, now: datetime) -> PendingSignIn:
    """Use up one try before its answer is looked at, so that answers at once are no more than five.

    The caller's transaction must commit whatever the answer was. Raises ``SecondStepOver``.
    """
    counted: PendingSignIn | None = session.scalar(
        update(PendingSignIn)
        .where(
            PendingSignIn.secret_hash == hash_secret(secret),
            PendingSignIn.expires_at > now,
            PendingSignIn.tries < TRIES,
        )
        .values(tries=PendingSignIn.tries + 1)
        .returning(PendingSignIn)
    )
    if counted is None:
        raise SecondStepOver
    return counted


def finish(
    session: Session, row: PendingSignIn, now: datetime, terms: Terms, *, device: str = ""
) -> SignedIn:
    """Start the session of a pending sign-in whose second factor was shown; of several at once one starts.

    Raises ``SecondStepOver``, or what ``start`` does.
    """
    person_id, method, provider_id = row.person_id, row.method, row.provider_id
    session.expunge(row)
    done = session.execute(
        delete(PendingSignIn)
        .where(PendingSignIn.secret_hash == row.secret_hash)
        .returning(PendingSignIn.person_id)
        .execution_options(synchronize_session=False)
    ).first()
    person = session.get(Person, person_id)
    if done is None or person is None or not person.active:
        raise SecondStepOver
    return start(
        session,
        person,
        method,
        now,
        terms.life,
        device=device,
        confirmed=True,
        factor_asked=terms.factor_asked,
        provider_id=provider_id,
    )
