"""One's address: showing that it is one's own, and changing it.

A new address counts once its link was opened *and* whoever opened it is signed in or knows the
password, so that neither a stolen session nor a stranger's mailbox alone changes anything. The old
address gets word at once. Whether a new one belongs to somebody else is told to its mailbox only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry import audit
from registry.audit import By, Step
from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.errors import N_, Invalid, Problem
from registry.identity.factors.models import MailedProof
from registry.identity.models import Person
from registry.identity.oneself import WRONG_PASSWORD, prove_oneself
from registry.identity.rules import Actor, Permission, demand
from registry.identity.secrets import password_matches
from registry.identity.selfcare.letters import CHANGE, CHANGING, VERIFY
from registry.identity.starting import by
from registry.identity.tenants import proofs
from registry.identity.tenants.applications import forget_unconfirmed
from registry.identity.tenants.proofs import LinkDead, Proven
from registry.identity.tenants.rules import is_email
from registry.outbox import enqueue

KINDS = (proofs.CHANGE, proofs.CONFIRM)


@dataclass(frozen=True, slots=True)
class Address:
    """A person's address: whether it is shown to be theirs, and the one they wish to have instead."""

    email: str
    verified: bool
    wished: str | None
    has_password: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """What a link is about: the address that will count, whose it is, and whether a password can be typed."""

    email: str
    person_id: str
    has_password: bool


class Mailbox:
    """What people do about their address."""

    def __init__(self, private: PrivateDatabase, clock: Clock) -> None:
        self._private, self._clock = private, clock

    def mine(self, actor: Actor) -> Address:
        """The actor's own address."""
        demand(actor, Permission.MANAGE_ACCOUNT)
        with self._private.read() as session:
            row = session.get_one(Person, actor.id)
            return Address(
                row.email, row.email_verified_at is not None, row.new_email, row.password_hash is not None
            )

    def wish(self, actor: Actor, secret: str, email: str, password: str) -> None:
        """Wish for another address: a link goes there, and word to the old one.

        Raises what ``prove_oneself`` does, or ``Invalid`` at ``/email``. An address that belongs to
        somebody else is taken like any other.
        """
        address, now = email.strip().casefold(), self._clock()
        person = prove_oneself(self._private, actor, secret, password, now)
        if not is_email(address):
            raise Invalid([Problem("/email", N_("This should be an e-mail address."))])
        if address == person.email:
            raise Invalid([Problem("/email", N_("This is your address already."))])
        with self._private.work() as session:
            row = session.get_one(Person, actor.id, with_for_update=True)
            row.new_email = address
            proofs.end(session, proofs.CHANGE, row.id)
            audit.append(session, Step("person", row.id, "wish-email"), by(actor), now)
            enqueue(session, CHANGE, {"person_id": row.id}, now)
            enqueue(session, CHANGING, {"person_id": row.id}, now)

    def give_up(self, actor: Actor) -> None:
        """Keep the old address; the link that was sent is dead."""
        demand(actor, Permission.MANAGE_ACCOUNT)
        with self._private.work() as session:
            row = session.get_one(Person, actor.id, with_for_update=True)
            if row.new_email is not None:
                row.new_email = None
                proofs.end(session, proofs.CHANGE, row.id)
                audit.append(session, Step("person", row.id, "keep-email"), by(actor), self._clock())

    def send_proof(self, actor: Actor) -> None:
        """Send a link to the actor's own address, which is not shown to be theirs yet; else do nothing."""
        demand(actor, Permission.MANAGE_ACCOUNT)
        with self._private.work() as session:
            if session.get_one(Person, actor.id).email_verified_at is None:
                enqueue(session, VERIFY, {"person_id": actor.id}, self._clock())

    def opened(self, secret: str) -> Opened:
        """What a link is about, without using it up; raises ``LinkDead``."""
        with self._private.read() as session:
            proven, person = self._living(session, secret)
            return Opened(self._meant(session, proven, person), person.id, person.password_hash is not None)

    def confirm(self, actor: Actor | None, secret: str, password: str) -> None:
        """Let the address count. Raises ``LinkDead``, or ``Invalid`` at ``/password``.

        Somebody who is signed in as the link's person needs no password; everybody else does.
        """
        now = self._clock()
        with self._private.read() as session:
            _, person = self._living(session, secret)
        signed_in = actor is not None and actor.id == person.id and actor.client_id is None
        if not signed_in and not password_matches(password, person.password_hash):
            raise Invalid([Problem("/password", WRONG_PASSWORD)])
        try:
            with self._private.work() as session:
                self._take(session, secret, now, by(actor) if actor and signed_in else None)
        except IntegrityError as error:
            raise LinkDead from error  # somebody else showed this mailbox to be theirs at the same moment

    def _take(self, session: Session, secret: str, now: datetime, who: By | None) -> None:
        proven, person = self._living(session, secret)
        address = self._meant(session, proven, person)
        proofs.use(session, proven, now)
        if address != person.email:
            holder = session.scalar(select(Person).where(Person.email == address))
            if holder is not None and holder.email_verified_at is not None:
                raise LinkDead
            if holder is not None:
                forget_unconfirmed(session, holder, now)
                session.flush()
            for kind in (proofs.RESET, proofs.CONFIRM):
                proofs.end(session, kind, person.id)
        action = "verify-email" if address == person.email else "change-email"
        person.email, person.email_verified_at = address, now
        person.new_email = None if address == person.new_email else person.new_email
        session.flush()
        audit.append(session, Step("person", person.id, action), who or By("person", person.id), now)

    def _living(self, session: Session, secret: str) -> tuple[Proven, Person]:
        proven = None
        for kind in KINDS:
            try:
                proven = proofs.look(session, kind, secret, self._clock())
            except LinkDead:
                continue
        person = session.get(Person, proven.subject_id) if proven is not None else None
        if proven is None or person is None or not person.active:
            raise LinkDead
        return proven, person

    def _meant(self, session: Session, proven: Proven, person: Person) -> str:
        row = session.get_one(MailedProof, proven.secret_hash)
        meant = person.new_email if row.kind == proofs.CHANGE else person.email
        if meant is None:
            raise LinkDead
        return meant
