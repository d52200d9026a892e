"""A person's own passkeys: adding, naming, removing.

Adding takes two steps. The first shows that it is still the person who sits there and writes a
challenge for this one session; the second brings the device's answer to it, once and within five
minutes. Whatever the answer is, its challenge is used up.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from webauthn.helpers import bytes_to_base64url, generate_challenge

from registry import audit
from registry.audit import Step
from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.errors import N_, Conflict, Invalid, NotFound
from registry.identity.factors import ceremony, recovery
from registry.identity.factors.ceremony import NewKey, Whom
from registry.identity.factors.challenges import LIFE, ChallengeOver
from registry.identity.factors.last import refuse_last
from registry.identity.factors.letters import FACTORS_CHANGED
from registry.identity.factors.models import FactorChallenge, Passkey
from registry.identity.factors.own import Risen
from registry.identity.factors.recovery import RecoveryCodes
from registry.identity.factors.relying import RelyingParty
from registry.identity.models import Person, SignIn
from registry.identity.oneself import own_session, prove_oneself
from registry.identity.removal import end_sessions
from registry.identity.rules import Actor, Permission, demand
from registry.identity.starting import by, rise
from registry.identity.tenants.rules import misleads, name_problems, one_line
from registry.outbox import enqueue

PASSKEYS_MAX: Final = 20
NAME_MAX: Final = 80
UNNAMED: Final = "Passkey"
SUBJECT: Final = "passkey"


class NoPasskeysHere(Conflict):
    """Browsers offer no passkeys for the address of this node."""

    message = N_("This node has an address for which browsers offer no passkeys.")


@dataclass(frozen=True, slots=True)
class PasskeyView:
    """A passkey as its person sees it; ``mark`` names it in addresses."""

    mark: str
    name: str
    created_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Site:
    """For whom passkeys of this node are: ``party`` is None where browsers offer none."""

    party: RelyingParty | None
    name: str

    def known(self) -> RelyingParty:
        """The relying party; raises ``NoPasskeysHere``."""
        if self.party is None:
            raise NoPasskeysHere
        return self.party


class Passkeys:
    """What a signed-in person does with their passkeys.

    ``secret`` is that of the session's cookie. ``required`` is the setting ``second_factor``.
    """

    def __init__(
        self, private: PrivateDatabase, clock: Clock, site: Site, paper: RecoveryCodes, *, required: bool
    ) -> None:
        self._private, self._clock, self._site = private, clock, site
        self._paper, self._required = paper, required

    @property
    def party(self) -> RelyingParty | None:
        """For whom passkeys are made here, or None where they cannot be."""
        return self._site.party

    def all(self, actor: Actor) -> list[PasskeyView]:
        """The actor's passkeys, oldest first."""
        demand(actor, Permission.MANAGE_ACCOUNT)
        with self._private.read() as session:
            return [_view(row) for row in _of(session, actor.id)]

    def prepare(self, actor: Actor, secret: str, password: str) -> None:
        """First step of adding one; raises what ``prove_oneself`` does, or ``Conflict``."""
        self._site.known()
        now = self._clock()
        prove_oneself(self._private, actor, secret, password, now)
        with self._private.work() as session:
            here = own_session(session, actor, secret, now)
            if len(_of(session, actor.id)) >= PASSKEYS_MAX:
                raise Conflict(N_("You have many passkeys already. Remove one that you no longer use."))
            session.execute(delete(FactorChallenge).where(FactorChallenge.sign_in_id == here.id))
            challenge = bytes_to_base64url(generate_challenge()[: ceremony.CHALLENGE_BYTES])
            session.add(
                FactorChallenge(sign_in_id=here.id, challenge=challenge, expires_at=now + LIFE, tries=0)
            )

    def options(self, actor: Actor, secret: str) -> str:
        """What the browser is to be asked, as JSON; raises ``ChallengeOver`` before the first step."""
        party, now = self._site.known(), self._clock()
        with self._private.read() as session:
            here = own_session(session, actor, secret, now)
            row = session.get(FactorChallenge, here.id)
            if row is None or row.expires_at <= now:
                raise ChallengeOver
            person = session.get_one(Person, actor.id)
            whom = Whom(handle(person.id), person.email, person.name)
            known = [key.id for key in _of(session, actor.id)]
        return ceremony.creation_options(party, self._site.name, whom, row.challenge, known)

    def add(self, actor: Actor, secret: str, name: str, answer: str) -> Risen:
        """Second step: keep the passkey that the browser answered with.

        The session rises, as with any factor that is added, and other sessions of the person in which
        none was shown end. Raises ``PasskeyRefused``, ``ChallengeOver``, ``Invalid`` for a name that
        misleads, or ``Conflict`` for one that is kept already.
        """
        party, said, now = self._site.known(), ceremony.read(answer), self._clock()
        called = _name(name)
        with self._private.work() as session:
            here = own_session(session, actor, secret, now)
            challenge = _use_up(session, here.id, now)
        made = ceremony.check_new(party, said, challenge)
        try:
            with self._private.work() as session:
                return self._keep(session, actor, secret, made, called)
        except IntegrityError as error:
            raise Conflict(N_("This passkey is registered already.")) from error

    def rename(self, actor: Actor, which: str, name: str) -> None:
        """Give a passkey another name; raises ``NotFound`` or ``Invalid``."""
        demand(actor, Permission.MANAGE_ACCOUNT)
        with self._private.work() as session:
            row = _find(session, actor.id, which)
            row.name = _name(name)
            audit.append(
                session, Step("person", actor.id, "rename-passkey", reason=which), by(actor), self._clock()
            )

    def remove(self, actor: Actor, secret: str, which: str, password: str) -> None:
        """Forget a passkey.

        Raises what ``prove_oneself`` does, ``NotFound``, or ``Conflict`` for the last factor of somebody
        who must have one.
        """
        now = self._clock()
        prove_oneself(self._private, actor, secret, password, now)
        with self._private.work() as session:
            session.get_one(Person, actor.id, with_for_update=True)
            row = _find(session, actor.id, which)
            if self._required:
                refuse_last(session, actor.id)
            session.delete(row)
            audit.append(session, Step("person", actor.id, "remove-passkey", reason=which), by(actor), now)
            enqueue(session, FACTORS_CHANGED, {"person_id": actor.id}, now)

    def _keep(self, session: Session, actor: Actor, secret: str, made: NewKey, name: str) -> Risen:
        now = self._clock()
        session.get_one(Person, actor.id, with_for_update=True)
        here = own_session(session, actor, secret, now)
        session.add(
            Passkey(
                id=made.id,
                person_id=actor.id,
                public_key=made.public_key,
                sign_count=made.sign_count,
                name=name,
                created_at=now,
            )
        )
        session.flush()
        codes = () if recovery.left(session, actor.id) else self._paper.make(session, actor.id)
        risen = rise(session, here, now)
        weaker = (SignIn.person_id == actor.id) & SignIn.confirmed_at.is_(None)
        end_sessions(session, weaker, now)
        step = Step("person", actor.id, "add-passkey", reason=ceremony.mark(made.id))
        audit.append(session, step, by(actor), now)
        enqueue(session, FACTORS_CHANGED, {"person_id": actor.id}, now)
        return Risen(risen, codes)


def handle(person_id: str) -> bytes:
    """The person as authenticators know them: random, and telling nothing (section 14.6.1)."""
    return bytes.fromhex(person_id)


def _use_up(session: Session, sign_in_id: str, now: datetime) -> str:
    """Take the challenge of this session away and give it; of several at once one gets it."""
    taken = session.execute(
        delete(FactorChallenge)
        .where(FactorChallenge.sign_in_id == sign_in_id)
        .returning(FactorChallenge.challenge, FactorChallenge.expires_at)
    ).first()
    if taken is None or taken.expires_at <= now:
        raise ChallengeOver
    return str(taken.challenge)


def _of(session: Session, person_id: str) -> list[Passkey]:
    mine = select(Passkey).where(Passkey.person_id == person_id)
    return list(session.scalars(mine.order_by(Passkey.created_at, Passkey.id)))


def _find(session: Session, person_id: str, which: str) -> Passkey:
    for row in _of(session, person_id):
        if ceremony.mark(row.id) == which:
            return row
    raise NotFound


def _name(name: str) -> str:
    if misleads(name):
        raise Invalid([*name_problems("/name", name, NAME_MAX)])
    return one_line(name)[:NAME_MAX] or UNNAMED


def _view(row: Passkey) -> PasskeyView:
    return PasskeyView(ceremony.mark(row.id), row.name, row.created_at, row.last_used_at)
