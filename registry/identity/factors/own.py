"""What people do with their own second factors: one-time codes and recovery codes.

Once there is a factor, only a session that has shown one may change anything here. Each change is in
the audit trail, and word of it goes to the person by mail.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from registry import audit
from registry.audit import Step
from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.errors import N_, Conflict, NotFound
from registry.identity.factors.held import held_by, roles_of
from registry.identity.factors.last import refuse_last
from registry.identity.factors.letters import FACTORS_CHANGED
from registry.identity.factors.recovery import RecoveryCodes
from registry.identity.factors.rules import Held, needs_one
from registry.identity.factors.totp import OneTimeCodes, SetUp, wrong_code
from registry.identity.models import Person, SignIn
from registry.identity.oneself import NotFresh, own_session, prove_oneself
from registry.identity.rules import Actor
from registry.identity.starting import by, rise
from registry.outbox import enqueue


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a person stands: ``needed`` by a role, and whether this session ``shown`` a factor."""

    held: Held
    needed: bool
    shown: bool
    has_password: bool

    @property
    def locked(self) -> bool:
        """Whether nothing can be changed in this session: there is a factor, and it was not shown."""
        return self.held.any and not self.shown

    @property
    def last(self) -> bool:
        """Whether the one factor there is must stay."""
        return self.needed and self.held.factors <= 1


@dataclass(frozen=True, slots=True)
class Risen:
    """A factor was added: the session's new secret, and recovery codes if there were none."""

    secret: str
    codes: tuple[str, ...]


class OwnFactors:
    """The factors of whoever is signed in; ``secret`` is that of the session's cookie.

    ``asked`` is the setting ``second_factor``.
    """

    def __init__(
        self,
        private: PrivateDatabase,
        clock: Clock,
        codes: OneTimeCodes,
        paper: RecoveryCodes,
        *,
        asked: bool,
    ) -> None:
        self._private, self._clock = private, clock
        self._codes, self._paper, self._asked = codes, paper, asked

    def standing(self, actor: Actor, secret: str) -> Standing:
        """What the person has and needs; raises ``NotSignedIn``."""
        with self._private.read() as session:
            here = own_session(session, actor, secret, self._clock())
            return Standing(
                held=held_by(session, actor.id),
                needed=needs_one(roles_of(session, actor.id), asked=self._asked),
                shown=here.confirmed_at is not None,
                has_password=session.get_one(Person, actor.id).password_hash is not None,
            )

    def prepare(self, actor: Actor, secret: str, password: str) -> None:
        """Begin to set up one-time codes; raises what ``prove_oneself`` does, or ``Conflict``."""
        prove_oneself(self._private, actor, secret, password, self._clock())
        with self._private.work() as session:
            _own_row(session, actor)
            self._codes.prepare(session, actor.id)

    def setting_up(self, actor: Actor, secret: str) -> SetUp:
        """What to give the app; raises ``NotBegun``."""
        with self._private.read() as session:
            self._here(session, actor, secret)
            person = session.get_one(Person, actor.id)
            return self._codes.shown(session, person.id, person.email)

    def confirm(self, actor: Actor, secret: str, code: str) -> Risen:
        """End the set-up with a code of the app: from now on signing in asks for one.

        The session rises: roles that rested awake in it. Other sessions of the person in which no
        factor was shown end. Raises ``NotBegun``, or ``Invalid`` at ``/code``.
        """
        now = self._clock()
        with self._private.work() as session:
            person = _own_row(session, actor)
            here = self._here(session, actor, secret)
            good = self._codes.confirm(session, person.id, code, now)
            if not good:
                raise wrong_code()
            made = () if held_by(session, person.id).recovery_left else self._paper.make(session, person.id)
            risen = rise(session, here, now)
            _end_weaker(session, person.id, now)
            _note(session, actor, "add-one-time-codes", now)
        return Risen(risen, made)

    def remove(self, actor: Actor, secret: str, code: str) -> None:
        """Take one-time codes away, showing one more of them.

        Raises ``NotFound``, ``Conflict`` for the last factor of somebody who must have one, or
        ``Invalid`` at ``/code``.
        """
        now = self._clock()
        with self._private.work() as session:
            person = _own_row(session, actor)
            self._here(session, actor, secret)
            held = held_by(session, person.id)
            if not held.totp:
                raise NotFound
            if self._asked:
                refuse_last(session, person.id)
            if not self._codes.check(session, person.id, code, now):
                raise wrong_code()
            self._codes.remove(session, person.id)
            _note(session, actor, "remove-one-time-codes", now)

    def new_codes(self, actor: Actor, secret: str, password: str) -> tuple[str, ...]:
        """New recovery codes, which end the old ones; raises what ``prove_oneself`` does, or ``Conflict``."""
        now = self._clock()
        prove_oneself(self._private, actor, secret, password, now)
        with self._private.work() as session:
            person = _own_row(session, actor)
            self._here(session, actor, secret)
            if not held_by(session, person.id).any:
                raise Conflict(N_("Set up a second factor first."))
            made = self._paper.make(session, person.id)
            _note(session, actor, "make-recovery-codes", now)
        return made

    def _here(self, session: Session, actor: Actor, secret: str) -> SignIn:
        """This session, if it may change factors; raises ``NotFresh``."""
        here = own_session(session, actor, secret, self._clock())
        if here.confirmed_at is None and held_by(session, actor.id).any:
            raise NotFresh
        return here


def _own_row(session: Session, actor: Actor) -> Person:
    """The person, locked, so that two changes of their factors do not pass each other unseen."""
    return session.get_one(Person, actor.id, with_for_update=True)


def _end_weaker(session: Session, person_id: str, now: datetime) -> None:
    session.execute(
        update(SignIn)
        .where(SignIn.person_id == person_id, SignIn.ended_at.is_(None), SignIn.confirmed_at.is_(None))
        .values(ended_at=now)
        .execution_options(synchronize_session=False)
    )


def _note(session: Session, actor: Actor, action: str, now: datetime) -> None:
    audit.append(session, Step("person", actor.id, action), by(actor), now)
    enqueue(session, FACTORS_CHANGED, {"person_id": actor.id}, now)
