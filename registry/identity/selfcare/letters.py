"""Letters about one's own account: links to set it right, and word of what was changed.

A queued job carries ids only; see ``tenants/letters.py`` for when letters are made. Word of a change
goes out even if the person made it: it is how somebody else's doing comes to light.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.identity.models import Person
from registry.identity.providers.held import has_provider
from registry.identity.tenants import proofs
from registry.identity.tenants.letters import Letter, Payload

RESET = "mail.reset-password"
NO_PASSWORD = "mail.no-password"  # noqa: S105 - the kind of a letter
PASSWORD_CHANGED = "mail.password-changed"  # noqa: S105 - the kind of a letter
PASSWORD_CHANGED_ALONE = "mail.password-changed-alone"  # noqa: S105 - the kind of a letter
VERIFY = "mail.verify-address"
CHANGE = "mail.change-address"
CHANGING = "mail.address-changing"
ADDRESS_TAKEN = "mail.address-taken"
RESET_LIFE = timedelta(hours=1)
ADDRESS_LIFE = timedelta(days=1)


class AccountLetters:
    """Making the letters that queued jobs ask for."""

    def __init__(self, private: PrivateDatabase, clock: Clock) -> None:
        self._private, self._clock = private, clock

    def write(self, kind: str, payload: Payload) -> Letter | None:
        """The letter of a job, or None when there is no reason for it any more."""
        with self._private.work() as session:
            person = session.get(Person, payload["person_id"])
            if person is None or not person.active:
                return None
            return WRITERS[kind](session, person, self._clock())


def _reset(session: Session, person: Person, now: datetime) -> Letter | None:
    if person.email_verified_at is None:
        return None  # nobody has shown yet that the mailbox is theirs
    if person.password_hash is None and has_provider(session, person.id):
        return Letter(NO_PASSWORD, person.email, person.language)
    secret = proofs.issue(session, proofs.RESET, person.id, now, RESET_LIFE)
    return Letter(RESET, person.email, person.language, secret=secret)


def _verify(session: Session, person: Person, now: datetime) -> Letter | None:
    if person.email_verified_at is not None:
        return None
    secret = proofs.issue(session, proofs.CONFIRM, person.id, now, ADDRESS_LIFE)
    return Letter(VERIFY, person.email, person.language, secret=secret)


def _change(session: Session, person: Person, now: datetime) -> Letter | None:
    """To the new address: a link, or word that it belongs to another account already."""
    if person.new_email is None:
        return None
    held = select(Person.id).where(Person.email == person.new_email, Person.email_verified_at.is_not(None))
    if session.scalar(held.limit(1)) is not None:
        return Letter(ADDRESS_TAKEN, person.new_email, person.language)
    secret = proofs.issue(session, proofs.CHANGE, person.id, now, ADDRESS_LIFE)
    return Letter(CHANGE, person.new_email, person.language, secret=secret)


def _word(kind: str) -> Callable[[Session, Person, datetime], Letter | None]:
    def write(_session: Session, person: Person, _now: datetime) -> Letter | None:
        return Letter(kind, person.email, person.language)

    return write


WRITERS: Mapping[str, Callable[[Session, Person, datetime], Letter | None]] = {
    RESET: _reset,
    VERIFY: _verify,
    CHANGE: _change,
    CHANGING: _word(CHANGING),
    PASSWORD_CHANGED: _word(PASSWORD_CHANGED),
    PASSWORD_CHANGED_ALONE: _word(PASSWORD_CHANGED_ALONE),
}
"""Kind of job → what makes its letter."""
