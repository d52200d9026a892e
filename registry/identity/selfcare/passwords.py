"""Changing one's password, and making a new one with a mailed link.

Whoever asks for a link gets one answer, whether the address is known or not, after the same work: a
job is queued either way, and the letter is the worker's. A new password ends every session (but the
one that changed it) and what programs may do for the person, because whoever else knew the old one must
go, and whatever they let in. Who changes it knowing the old one may keep the programs. It takes no second
factor away.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from registry import audit
from registry.audit import By, Step
from registry.clock import Clock
from registry.db.columns import random_key, storable
from registry.db.private import PrivateDatabase
from registry.errors import N_, Conflict, Invalid, Problem
from registry.identity.models import Membership, Organization, PendingSignIn, Person, SignIn
from registry.identity.oneself import own_session, prove_oneself
from registry.identity.providers.held import has_provider
from registry.identity.removal import disconnect, end_sessions
from registry.identity.rules import Actor
from registry.identity.secrets import hash_password, password_matches
from registry.identity.selfcare.letters import PASSWORD_CHANGED, PASSWORD_CHANGED_ALONE, RESET
from registry.identity.selfcare.rules import password_problems
from registry.identity.starting import by
from registry.identity.tenants import proofs
from registry.identity.tenants.proofs import LinkDead, Proven
from registry.outbox import enqueue

EMAIL_MAX: Final = 254


class NoPassword(Conflict):
    """The person signs in through their organization and has no password here."""

    message = N_("You sign in through your organization. There is no password to change here.")


class Passwords:
    """What people do about their passwords."""

    def __init__(self, private: PrivateDatabase, clock: Clock) -> None:
        self._private, self._clock = private, clock

    def change(
        self, actor: Actor, secret: str, present: str, new: str, *, keep_programs: bool = False
    ) -> None:
        """Change it, knowing the present one; every other session of the person ends.

        What programs may do for them ends too, unless ``keep_programs``. ``secret`` is that of the
        session's cookie. Raises what ``prove_oneself`` does, ``NoPassword``, or
        ``Invalid`` at ``/new``.
        """
        now = self._clock()
        person = prove_oneself(self._private, actor, secret, present, now)
        if person.password_hash is None:
            raise NoPassword
        self._refuse(person, new, "/new")
        if password_matches(new, person.password_hash):
            raise Invalid([Problem("/new", N_("This is your present password. Choose another one."))])
        password_hash = hash_password(new)
        with self._private.work() as session:
            here = own_session(session, actor, secret, now)
            row = session.get_one(Person, actor.id, with_for_update=True)
            if row.password_hash != person.password_hash:
                raise Conflict
            others = (SignIn.person_id == actor.id) & (SignIn.id != here.id)
            letter = PASSWORD_CHANGED_ALONE if keep_programs else PASSWORD_CHANGED
            _set(session, row, password_hash, now, letter)
            end_sessions(session, others, now)
            audit.append(session, Step("person", actor.id, "change-password"), by(actor), now)
            if not keep_programs:
                disconnect(session, actor.id, by(actor), now, "the password was changed")

    def ask(self, email: str) -> None:
        """Have a link sent to this address if it is somebody's; nobody learns whether it is."""
        with self._private.work() as session:
            wanted = storable(email.strip().casefold()[:EMAIL_MAX])
            found = session.scalar(select(Person.id).where(Person.email == wanted))
            enqueue(session, RESET, {"person_id": found or random_key()}, self._clock())

    def opened(self, secret: str) -> None:
        """Raises ``LinkDead`` unless the link still works."""
        with self._private.read() as session:
            self._living(session, secret)

    def reset(self, secret: str, new: str) -> None:
        """Take a new password from whoever has the link; sessions and grants end.

        Raises ``LinkDead``, or ``Invalid`` at ``/new``.
        """
        now = self._clock()
        with self._private.read() as session:
            _, person = self._living(session, secret)
        self._refuse(person, new, "/new")
        password_hash = hash_password(new)
        with self._private.work() as session:
            proven, person = self._living(session, secret)
            proofs.use(session, proven, now)
            who = By("person", person.id)
            _set(session, person, password_hash, now, PASSWORD_CHANGED)
            end_sessions(session, SignIn.person_id == person.id, now)
            audit.append(session, Step("person", person.id, "reset-password"), who, now)
            disconnect(session, person.id, who, now, "the password was reset")

    def _living(self, session: Session, secret: str) -> tuple[Proven, Person]:
        proven = proofs.look(session, proofs.RESET, secret, self._clock())
        person = session.get(Person, proven.subject_id)
        if person is None or not person.active:
            raise LinkDead
        if person.password_hash is None and has_provider(session, person.id):
            raise LinkDead  # they sign in through their organization, and nothing else
        return proven, person

    def _refuse(self, person: Person, new: str, pointer: str) -> None:
        with self._private.read() as session:
            houses = list(
                session.scalars(
                    select(Organization.name)
                    .join(Membership, Membership.organization_id == Organization.id)
                    .where(Membership.person_id == person.id)
                )
            )
        problems = password_problems(new, [person.name, person.email, *houses])
        if problems:
            raise Invalid([Problem(pointer, one.message, one.facts) for one in problems])


def _set(session: Session, person: Person, password_hash: str, now: datetime, letter: str) -> None:
    """Keep the new hash; sign-ins half done and links mailed for the old one are dead. Tell the person."""
    person.password_hash = password_hash
    session.execute(delete(PendingSignIn).where(PendingSignIn.person_id == person.id))
    proofs.end(session, proofs.RESET, person.id)
    session.flush()  # the row is held from here on: no program is let in for this person meanwhile
    enqueue(session, letter, {"person_id": person.id}, now)
